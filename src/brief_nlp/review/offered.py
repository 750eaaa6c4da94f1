"""What a list can be narrowed to, and verdicts that lost their claim."""

from __future__ import annotations

from datetime import datetime
from threading import Lock

from pydantic import BaseModel, Field
from sqlalchemy import Connection, text

from brief_nlp.store import journal, teaching
from brief_nlp.store.tables import attachments, verdicts

MOST = 500  # of each kind
_SAID = frozenset({verdicts.name, attachments.name})  # what a verdict changes; no choice is made of it
LOOKED_THROUGH = 100  # changes that are read to learn whether only verdicts came; more are not worth it


class Choice(BaseModel):
    """A document or source and the number of its claims, or an entity and the number of its mentions."""

    value: str
    name: str
    count: int


class Totals(BaseModel):
    """How many claims there are, and how many of them are settled."""

    claims: int
    reviewed: int
    untaught: int = Field(description="claims with verdicts that no model was taught by yet")
    taught: int = Field(description="number of the newest verdict when a model was last taught; 0: none was")


class Choices(Totals):
    """The most frequent of each kind, and how many claims are settled."""

    documents: list[Choice]
    sources: list[Choice]
    entities: list[Choice]


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
        GROUP BY d.document_id, d.title, d.published_latest
        ORDER BY d.published_latest DESC NULLS LAST, name LIMIT :most
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


# as the view claims_current has it, without its rows: it need not look at claims that nobody settled
_REVIEWED = """
    SELECT COUNT(DISTINCT a.claim_id) FROM attachments a JOIN verdicts w ON w.verdict_id = a.verdict_id
    WHERE w.action NOT IN ('note', 'undo') AND NOT EXISTS (SELECT 1 FROM verdicts u WHERE u.undoes = w.verdict_id)
"""


class Offered:
    """Counts once for all reviewers: totals anew with each change of the store, choices only where claims changed."""

    def __init__(self) -> None:
        self._lock = Lock()  # many pages ask at once when a verdict came: one counts, the others take it
        self._totals: tuple[tuple[int, int], Totals] | None = None
        self._lists: tuple[int, dict[str, list[Choice]]] | None = None

    def totals(self, connection: Connection) -> Totals:
        """How far the store is settled."""
        # asked first: what is counted is as new or newer; teaching a model is no change of rows
        newest = journal.last(connection), teaching.taught_until(connection)
        with self._lock:
            if self._totals is None or self._totals[0] != newest:
                self._totals = newest, _totals(connection)
            return self._totals[1]

    def choices(self, connection: Connection) -> Choices:
        """What the store has to choose from, and how far it is settled."""
        totals = self.totals(connection)
        newest = journal.last(connection)
        with self._lock:
            if self._lists is None or not _only_verdicts(connection, self._lists[0], newest):
                self._lists = newest, _lists(connection)
            else:
                self._lists = newest, self._lists[1]
            return Choices(**self._lists[1], **totals.model_dump())


def _totals(connection: Connection) -> Totals:
    claims = connection.execute(text("SELECT COUNT(*) FROM claims")).scalar_one()
    reviewed = connection.execute(text(_REVIEWED)).scalar_one()
    taught, new = teaching.untaught(connection)
    return Totals(claims=claims, reviewed=reviewed, untaught=new, taught=taught)


def _lists(connection: Connection) -> dict[str, list[Choice]]:
    return {
        name: [Choice(**row) for row in connection.execute(text(query), {"most": MOST}).mappings()]
        for name, query in _QUERIES.items()
    }


def _only_verdicts(connection: Connection, since: int, newest: int) -> bool:
    """Whether nothing but verdicts came after a change; a store put back to an older state is another one."""
    if not 0 <= newest - since <= LOOKED_THROUGH:
        return False
    entries = journal.read_after(connection, since, LOOKED_THROUGH)
    return all(change.table in _SAID for entry in entries for change in entry.changes)


def orphans(connection: Connection) -> list[Orphan]:
    """Verdicts without a claim, the newest first."""
    query = text("""
        SELECT v.document_id AS document, d.title, v.action, v.label, v.edited, v.note, v.reviewer, v.given_at, v.quote
        FROM verdicts_orphaned v LEFT JOIN documents d ON d.document_id = v.document_id
        WHERE NOT EXISTS (SELECT 1 FROM verdicts u WHERE u.undoes = v.verdict_id)
        ORDER BY v.verdict_id DESC LIMIT :most
    """)
    return [Orphan(**row) for row in connection.execute(query, {"most": MOST}).mappings()]
