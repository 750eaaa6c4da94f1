"""Bringing another database level with a store, by its feed: one transaction there for each transaction here.

The other database keeps the number of the last change in the transaction that takes it over, so a crash of either side
loses nothing and doubles nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from sqlalchemy import Connection, Engine, func, insert, select, update

from brief_nlp.errors import BriefError
from brief_nlp.store import journal
from brief_nlp.store.database import writing
from brief_nlp.store.differences import apply
from brief_nlp.store.feed import POLL_SECONDS
from brief_nlp.store.journal import Entry
from brief_nlp.store.tables import cursors, documents, verdicts


def sync(
    source: Engine, target: Engine, *, follow: bool = False, wait: Callable[[float], None] = time.sleep
) -> Iterator[Entry]:
    """Take over what the target lacks, and give each change as it has been taken over.

    Raises `BriefError` where the target is the source, holds rows of its own, or is ahead of the source.
    """
    with source.connect() as connection:
        store, newest = journal.store_id(connection), journal.last(connection)
    with writing(target) as connection:
        done = _begin(connection, store, newest)
    while True:
        with source.connect() as connection:
            entries = list(journal.read_after(connection, done))
        for entry in entries:
            with writing(target) as connection:
                taken = _taken(connection, store)
                if taken >= entry.change_id:  # another sync was here meanwhile
                    continue
                apply(connection, entry.changes)
                journal.record(connection, entry.document_id, entry.changes)
                changed = update(cursors).where(cursors.c.store == store).values(change_id=entry.change_id)
                connection.execute(changed)
            done = entry.change_id
            yield entry
        if entries:
            done = max(done, entries[-1].change_id)
            continue
        if not follow:
            return
        wait(POLL_SECONDS)


def _begin(connection: Connection, store: str, newest: int) -> int:
    """How far the target is, after a look at whether it may follow this store at all."""
    if journal.store_id(connection) == store:
        raise BriefError("Source and target are the same store, or one is a copy of the other's file.", _ADVICE)
    known = connection.execute(select(cursors)).mappings().first()
    if known is None:
        own = sum(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in _OWN)
        if own:
            raise BriefError("The target holds documents or verdicts of its own.", _ADVICE)
        connection.execute(insert(cursors).values(store=store, change_id=0))
        return 0
    if known["store"] != store:
        raise BriefError("The target follows another store.", _ADVICE)
    if known["change_id"] > newest:
        raise BriefError(
            f"The target is at change {known['change_id']}, the source ends at {newest}: it was put back.", _ADVICE
        )
    return int(known["change_id"])


def _taken(connection: Connection, store: str) -> int:
    """The last change taken over; in PostgreSQL the row stays locked until the transaction ends."""
    query = select(cursors.c.change_id).where(cursors.c.store == store).with_for_update()
    return int(connection.execute(query).scalar_one())


_OWN = (documents, verdicts)
_ADVICE = "Give an empty database with --to; a target that is followed into is only read by others."
