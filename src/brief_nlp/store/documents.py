"""One document is one transaction: its old rows go, its new rows and the ledger's `done` come, together."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Engine, select

from brief_nlp.schema import Brief
from brief_nlp.store import journal, ledger
from brief_nlp.store.database import writing
from brief_nlp.store.derived import put, stored_rows, unpacked
from brief_nlp.store.differences import apply, difference
from brief_nlp.store.tables import briefs, documents


def write(engine: Engine, brief: Brief) -> None:
    """Replace what the store holds of a document; verdicts stay, and are attached to the claims that there are now."""
    with writing(engine) as connection:
        put(connection, brief)
        ledger.finish(connection, brief.document_id)


def remove(engine: Engine, document_id: str) -> bool:
    """Take a document out of the store, and say whether it was there. Its verdicts stay, as orphans."""
    with writing(engine) as connection:
        made = difference(stored_rows(connection, document_id), {})
        apply(connection, made)
        journal.record(connection, document_id, made)
        ledger.forget(connection, document_id)
    return bool(made)


def read(engine: Engine, document_id: str) -> Brief | None:
    """A brief as it was stored."""
    with engine.connect() as connection:
        stored = connection.execute(select(briefs.c.body).where(briefs.c.document_id == document_id)).scalar()
    return unpacked(stored) if stored else None


def read_all(engine: Engine) -> Iterator[Brief]:
    """All briefs of a store, one after the other, by title and then by id."""
    with engine.connect() as connection:
        ordered = select(documents.c.document_id).order_by(documents.c.title, documents.c.document_id)
        for document_id in connection.execute(ordered).scalars().all():
            stored = connection.execute(select(briefs.c.body).where(briefs.c.document_id == document_id)).scalar()
            if stored:
                yield unpacked(stored)
