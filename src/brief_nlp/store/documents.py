"""One document is one transaction: its old rows go, its new rows and the ledger's `done` come, together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, Row, select, text

from brief_nlp.schema import Brief, Claim, Label
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
        ordered = select(documents.c.document_id).order_by(documents.c.title.nulls_last(), documents.c.document_id)
        for document_id in connection.execute(ordered).scalars().all():
            stored = connection.execute(select(briefs.c.body).where(briefs.c.document_id == document_id)).scalar()
            if stored:
                yield unpacked(stored)


def find(engine: Engine, start: str) -> list[str]:
    """The ids of documents that begin so, two at most: more say no more."""
    known = documents.c.document_id
    with engine.connect() as connection:
        query = select(known).where(known.startswith(start, autoescape=True)).order_by(known).limit(2)
        return list(connection.execute(query).scalars())


def read_reviewed(engine: Engine, document_id: str | None = None) -> Iterator[Brief]:
    """Briefs one after the other as reviewers left them, or one: settled labels, and no claim that was rejected."""
    query = text("SELECT claim_id, current_label, reviewer, rejected, edited FROM claims_current WHERE reviewed = 1")
    with engine.connect() as connection:
        settled = {row.claim_id: row for row in connection.execute(query)}
    found = read_all(engine) if document_id is None else filter(None, [read(engine, document_id)])
    for brief in found:
        claims = (_settled(claim, settled.get(claim.id)) for claim in brief.claims)
        yield brief.model_copy(update={"claims": tuple(claim for claim in claims if claim)})


def _settled(claim: Claim, verdict: Row[Any] | None) -> Claim | None:
    """A claim as its newest verdict leaves it; None where it was rejected."""
    if verdict is None:
        return claim
    if verdict.rejected:
        return None
    label = Label(verdict.current_label)
    new = {"label": label, "text": verdict.edited or claim.text, "needs_review": False, "by": verdict.reviewer}
    if label is not claim.label:  # what was told of the other label does not hold
        new |= {"kind": None, "likelihood": None, "mixed": False, "clauses": ()}
    return claim.model_copy(update=new)
