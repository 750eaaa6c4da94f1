"""What is derived from a brief: its rows, put in place by their difference from those that are there."""

from __future__ import annotations

import zlib

from pydantic import ValidationError
from sqlalchemy import Connection, delete, select, update

from brief_nlp.rows import Row, to_rows
from brief_nlp.schema import Brief
from brief_nlp.store import journal
from brief_nlp.store.attaching import attached, attachments_of
from brief_nlp.store.differences import apply, difference, read_rows
from brief_nlp.store.tables import attachments, briefs, documents, identity, ledger

ROWS_VERSION = "2"  # to be raised with every change of what rows are made of a brief


def put(connection: Connection, brief: Brief) -> None:
    """Make the rows of a document those of a brief, and log what changed; inside a transaction."""
    new = {**to_rows(brief), attachments.name: attachments_of(connection, brief)}
    known = select(documents.c.document_id).where(documents.c.document_id == brief.document_id)
    old = stored_rows(connection, brief.document_id) if connection.execute(known).first() else {}
    made = difference(old, new)
    apply(connection, made)
    journal.record(connection, brief.document_id, made)


def stored_rows(connection: Connection, document_id: str) -> dict[str, list[Row]]:
    """All that the store derived from a document, with the attachments of verdicts to its claims."""
    return {**read_rows(connection, document_id), attachments.name: attached(connection, document_id)}


def unpacked(body: bytes) -> Brief:
    """The brief in a stored body. Raises `ValueError` where it is none of this version."""
    return Brief.model_validate_json(zlib.decompress(body))


def is_derived(connection: Connection) -> bool:
    """Whether the rows were derived by the rules of this version."""
    version = connection.execute(select(identity.c.value).where(identity.c.name == "rows")).scalar()
    return version == ROWS_VERSION


def derive_anew(connection: Connection) -> None:
    """Derive all rows again where they were derived by other rules; inside a transaction.

    A brief that this version cannot read goes, and its ledger entry with it, so that the next run makes it anew.
    """
    if is_derived(connection):
        return
    for document_id in connection.execute(select(briefs.c.document_id)).scalars().all():
        body = connection.execute(select(briefs.c.body).where(briefs.c.document_id == document_id)).scalar_one()
        try:
            brief = unpacked(body)
        except ValidationError:
            connection.execute(delete(documents).where(documents.c.document_id == document_id))
            connection.execute(delete(ledger).where(ledger.c.document_id == document_id))
        else:
            put(connection, brief)
    connection.execute(update(identity).where(identity.c.name == "rows").values(value=ROWS_VERSION))
