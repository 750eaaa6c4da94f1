"""What a model was last taught by, as the store remembers it, and how much was decided since."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, Engine, func, insert, select, update

from brief_nlp.store.database import writing
from brief_nlp.store.decisions import Action
from brief_nlp.store.tables import identity, verdicts

NAME = "taught"  # in `identity`: number of the newest verdict when a model was last taught
TEACH = (Action.ACCEPT.value, Action.RELABEL.value, Action.EDIT.value)  # those that teach (docs/teaching.md)


class Untaught(NamedTuple):
    """The newest verdict that a model was taught by, 0 where none was, and how many claims got later ones."""

    taught: int
    claims: int


def newest_verdict(connection: Connection) -> int:
    """The number of the newest verdict; 0 where there is none."""
    return connection.execute(select(func.max(verdicts.c.verdict_id))).scalar() or 0


def note_taught(engine: Engine, verdict_id: int) -> None:
    """Remember that a model was taught by the verdicts up to this one."""
    with writing(engine) as connection:
        changed = update(identity).where(identity.c.name == NAME).values(value=str(verdict_id))
        if connection.execute(changed).rowcount == 0:
            connection.execute(insert(identity).values(name=NAME, value=str(verdict_id)))


def taught_until(connection: Connection) -> int:
    """The newest verdict that a model was taught by; 0 where none was."""
    return int(connection.execute(select(identity.c.value).where(identity.c.name == NAME)).scalar() or 0)


def untaught(connection: Connection) -> Untaught:
    """How many claims got verdicts that no model was taught by yet; those taken back do not count."""
    taught = taught_until(connection)
    undo = verdicts.alias()
    query = select(func.count(verdicts.c.claim_id.distinct())).where(
        verdicts.c.verdict_id > taught,
        verdicts.c.action.in_(TEACH),
        ~select(undo.c.verdict_id).where(undo.c.undoes == verdicts.c.verdict_id).exists(),
    )
    return Untaught(taught, connection.execute(query).scalar_one())
