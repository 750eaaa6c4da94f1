"""Verdicts: what people decided about claims; appended, never changed."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy import Connection, Engine, insert, select

from brief_nlp.errors import BriefError
from brief_nlp.rows import Row, work_of
from brief_nlp.schema import Brief, Claim, Label
from brief_nlp.store import journal
from brief_nlp.store.attaching import How, Quoted, quoted, rows_for
from brief_nlp.store.database import writing
from brief_nlp.store.derived import unpacked
from brief_nlp.store.differences import INSERT, change
from brief_nlp.store.tables import attachments, briefs, claims, documents, verdicts


class Action(StrEnum):
    """What a reviewer can do. Of those that settle a claim (all but note and undo) the newest counts."""

    ACCEPT = "accept"
    RELABEL = "relabel"
    EDIT = "edit"
    REJECT = "reject"
    NOTE = "note"
    UNDO = "undo"


NEEDED = {
    Action.ACCEPT: "label",
    Action.RELABEL: "label",
    Action.EDIT: "edited",
    Action.NOTE: "note",
    Action.UNDO: "undoes",
}


class Verdict(BaseModel):
    """One decision on one claim, as it was given."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(default_factory=lambda: uuid4().hex, pattern=r"^[0-9a-f]{32}$")
    document_id: str = Field(pattern=r"^[0-9a-f]{64}$")
    work: str | None = None
    claim_id: str = Field(pattern=r"^[0-9a-f]{32}$")
    action: Action
    label: Label | None = None
    edited: str | None = Field(None, min_length=1, max_length=10_000)
    note: str | None = Field(None, min_length=1, max_length=10_000)
    undoes: int | None = None
    reviewer: str = Field(min_length=1, max_length=200)
    given_at: datetime
    quote: str = Field(max_length=10_000)
    prefix: str = Field("", max_length=200)
    suffix: str = Field("", max_length=200)
    occurrences: int | None = None
    label_seen: Label | None = None
    probability_seen: float | None = Field(None, ge=0, le=1)

    @model_validator(mode="after")
    def _whole(self) -> Verdict:
        needed = NEEDED.get(self.action)
        if needed and getattr(self, needed) is None:
            raise ValueError(f"{self.action} needs `{needed}`")
        return self


def give(
    brief: Brief,
    claim: Claim,
    action: Action,
    reviewer: str,
    **more: Any,
) -> Verdict:
    """A verdict on a claim of a brief, given now; `more` are further fields of it, such as `label` or `note`."""
    if action is Action.ACCEPT:
        more.setdefault("label", claim.label)
    return Verdict(
        action=action,
        reviewer=reviewer,
        given_at=datetime.now(UTC),
        work=work_of(brief.masthead, brief.language),
        label_seen=claim.label,
        probability_seen=claim.probability,
        **quoted(brief, claim)._asdict(),
        **more,
    )


def append(engine: Engine, verdict: Verdict) -> int:
    """Store a verdict, attach it, and give its number; one with the same key that is there already is left alone.

    Raises `BriefError` where it takes back a verdict that is not there.
    """
    with writing(engine) as connection:
        return append_in(connection, verdict)


def append_in(connection: Connection, verdict: Verdict) -> int:
    """The same inside a transaction."""
    before = select(verdicts.c.verdict_id).where(verdicts.c.key == verdict.key)
    if (known := connection.execute(before).scalar()) is not None:
        return int(known)
    if verdict.undoes is not None:
        _check_undo(connection, verdict.undoes)
    row = verdict.model_dump() | {"action": verdict.action.value}
    row |= {name: value.value if value else None for name, value in _labels(verdict).items()}
    key = connection.execute(insert(verdicts).values(row)).inserted_primary_key
    number = int(key[0]) if key else 0
    made = [change(INSERT, verdicts.name, [{"verdict_id": number, **row}])]
    if found := _found(connection, verdict, number):
        connection.execute(insert(attachments), found)
        made.append(change(INSERT, attachments.name, found))
    journal.record(connection, verdict.document_id, made)
    return number


def of_document(engine: Engine, document_id: str) -> list[Verdict]:
    """The verdicts given on a document, oldest first."""
    columns = [column for column in verdicts.c if column.name != "verdict_id"]
    query = select(*columns).where(verdicts.c.document_id == document_id).order_by(verdicts.c.verdict_id)
    with engine.connect() as connection:
        return [Verdict(**row) for row in connection.execute(query).mappings()]


def _labels(verdict: Verdict) -> dict[str, Label | None]:
    return {"label": verdict.label, "label_seen": verdict.label_seen}


def _check_undo(connection: Connection, number: int) -> None:
    action = connection.execute(select(verdicts.c.action).where(verdicts.c.verdict_id == number)).scalar()
    if action is None or action == Action.UNDO:
        raise BriefError(
            f"Verdict {number} cannot be taken back: it is not there, or takes one back itself.",
            "Give the number of a verdict that settles something.",
        )


def _found(connection: Connection, verdict: Verdict, number: int) -> list[Row]:
    """The rows that attach a new verdict: to its claim, and to the same claim of other editions."""
    rows: list[Row] = []
    if verdict.action is Action.UNDO:
        return rows
    # words that the text has once are those of the id; of others an imported verdict may mean another place
    there = select(claims.c.claim_id).where(claims.c.claim_id == verdict.claim_id)
    if verdict.occurrences == 1 and connection.execute(there).first():
        rows.append({"claim_id": verdict.claim_id, "verdict_id": number, "how": How.CLAIM.value})
    others = select(briefs.c.body).join(documents, documents.c.document_id == briefs.c.document_id)
    others = others.where(
        (documents.c.work == verdict.work) & (documents.c.document_id != verdict.document_id)
        if rows
        else (documents.c.document_id == verdict.document_id) | (documents.c.work == verdict.work)
    )
    given = Quoted(*(getattr(verdict, name) for name in Quoted._fields))
    for body in connection.execute(others).scalars().all():
        rows += rows_for(unpacked(body), [(number, given)])
    return rows
