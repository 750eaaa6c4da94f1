"""Writing briefs and reading rows back, for the tests of the store."""

from __future__ import annotations

from sqlalchemy import Engine, select

from brief_nlp.claims.find import claim_id, normalised
from brief_nlp.schema import Brief, Claim
from brief_nlp.store import documents, ledger
from brief_nlp.store.differences import CARRIED
from brief_nlp.store.tables import metadata


def write(engine: Engine, brief: Brief) -> None:
    """Write a brief as a run does."""
    ledger.start(engine, brief.document_id, "a.pdf", brief.fingerprint)
    documents.write(engine, brief)


def dump(engine: Engine) -> dict[str, list[tuple]]:
    """All rows that the feed carries, by table."""
    with engine.connect() as connection:
        return {
            name: sorted(map(tuple, connection.execute(select(metadata.tables[name])).all()), key=repr)
            for name in CARRIED
        }


def reissued(brief: Brief, document_id: str, old: str = "", new: str = "") -> Brief:
    """The same publication under another id, with some words of its text replaced: claims move and get new ids."""
    text = brief.text.replace(old, new) if old else brief.text
    claims: list[Claim] = []
    seen: dict[str, int] = {}
    at = 0
    for claim in brief.claims:
        words = claim.text.replace(old, new) if old else claim.text
        at = text.index(words, at)
        quote = normalised(words)
        seen[quote] = seen.get(quote, 0) + 1
        moved = {"id": claim_id(document_id, quote, seen[quote]), "start": at, "end": at + len(words), "text": words}
        claims.append(claim.model_copy(update={**moved, "clauses": (), "mixed": False}))
    return brief.model_copy(update={"document_id": document_id, "text": text, "claims": tuple(claims)})
