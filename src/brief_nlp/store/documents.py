"""One document is one transaction: its old rows go, its new rows and the ledger's `done` come, together."""

from __future__ import annotations

from sqlalchemy import Engine, delete, insert, select

from brief_nlp.rows import TABLES, to_rows
from brief_nlp.schema import Brief
from brief_nlp.store import ledger
from brief_nlp.store.tables import documents, metadata


def write(engine: Engine, brief: Brief) -> None:
    """Replace what the store holds of a document; verdicts stay."""
    rows = to_rows(brief)
    with engine.begin() as connection:
        connection.execute(delete(documents).where(documents.c.document_id == brief.document_id))
        for name in TABLES:
            if rows[name]:
                connection.execute(insert(metadata.tables[name]), rows[name])
        ledger.finish(connection, brief.document_id)


def read(engine: Engine, document_id: str) -> Brief | None:
    """A brief as it was stored."""
    with engine.connect() as connection:
        stored = connection.execute(select(documents.c.brief).where(documents.c.document_id == document_id)).scalar()
    return Brief.model_validate_json(stored) if stored else None


def read_all(engine: Engine) -> list[Brief]:
    """All briefs of a store, by title and then by id."""
    with engine.connect() as connection:
        stored = connection.execute(select(documents.c.brief).order_by(documents.c.title, documents.c.document_id))
        return [Brief.model_validate_json(one) for one in stored.scalars()]
