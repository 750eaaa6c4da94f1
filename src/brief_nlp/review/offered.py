"""What a list can be narrowed to, and verdicts that lost their claim."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel
from sqlalchemy import Connection, text

MOST = 500  # of each kind


class Choice(BaseModel):
    """A document or source and the number of its claims, or an entity and the number of its mentions."""

    value: str
    name: str
    count: int


class Choices(BaseModel):
    """The most frequent of each kind, and how many claims are settled."""

    documents: list[Choice]
    sources: list[Choice]
    entities: list[Choice]
    claims: int
    reviewed: int


class Orphan(BaseModel):
    """A verdict that fits no claim any more."""

    document: str
    title: str | None
    action: str
    label: str | None
    edited: str | None
    note: str | None
    reviewer: str
    given_at: datetime
    quote: str


_QUERIES = {
    "documents": """
        SELECT d.document_id AS value, COALESCE(d.title, d.document_id) AS name, COUNT(c.claim_id) AS count
        FROM documents d LEFT JOIN claims c ON c.document_id = d.document_id
        GROUP BY d.document_id, d.title, d.published_latest ORDER BY d.published_latest DESC, name LIMIT :most
    """,
    "sources": """
        SELECT MIN(s.name) AS value, MIN(s.name) AS name, COUNT(DISTINCT s.claim_id) AS count FROM claim_sources s
        GROUP BY COALESCE(s.canonical_id, s.name) ORDER BY count DESC, name LIMIT :most
    """,
    "entities": """
        SELECT MIN(e.name) AS value, MIN(e.name) AS name, SUM(e.mentions) AS count FROM entities e
        GROUP BY COALESCE(e.canonical_id, e.name) ORDER BY count DESC, name LIMIT :most
    """,
}


def choices(connection: Connection) -> Choices:
    """What the store has to choose from."""
    found = {
        name: [Choice(**row) for row in connection.execute(text(query), {"most": MOST}).mappings()]
        for name, query in _QUERIES.items()
    }
    count, reviewed = connection.execute(text("SELECT COUNT(*), SUM(reviewed) FROM claims_current")).one()
    return Choices(**found, claims=count, reviewed=reviewed or 0)


def orphans(connection: Connection) -> list[Orphan]:
    """Verdicts without a claim, the newest first."""
    query = text("""
        SELECT v.document_id AS document, d.title, v.action, v.label, v.edited, v.note, v.reviewer, v.given_at, v.quote
        FROM verdicts_orphaned v LEFT JOIN documents d ON d.document_id = v.document_id
        WHERE NOT EXISTS (SELECT 1 FROM verdicts u WHERE u.undoes = v.verdict_id)
        ORDER BY v.verdict_id DESC LIMIT :most
    """)
    return [Orphan(**row) for row in connection.execute(query, {"most": MOST}).mappings()]
