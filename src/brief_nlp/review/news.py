"""What happened in the store since a reviewer last looked: verdicts of others, runs that changed claims."""

from __future__ import annotations

from pydantic import BaseModel
from sqlalchemy import Connection, select

from brief_nlp.store import journal
from brief_nlp.store.tables import attachments, claims, documents, verdicts

AT_ONCE = 20  # changes that are looked through for one answer
_CLAIMS = (claims.name, documents.name)


class News(BaseModel):
    """Up to which change it goes, which documents have other claims now, and which claims other verdicts."""

    change: int
    more: bool
    documents: list[str]
    claims: list[str]


def news(connection: Connection, since: int) -> News:
    """The news after a change; a store that was put back to an older state is all news."""
    newest = journal.last(connection)
    if since > newest:
        return News(change=newest, more=False, documents=["*"], claims=[])
    anew: dict[str, None] = {}
    said: set[int] = set()
    last = since
    for entry in journal.read_after(connection, since, AT_ONCE):
        last = entry.change_id
        for change in entry.changes:
            if change.table in _CLAIMS:
                anew[entry.document_id] = None
            elif change.table == verdicts.name:
                for row in change.rows:
                    told = dict(zip(change.columns, row, strict=True))
                    said.add(told.get("undoes") or told["verdict_id"])
    query = select(attachments.c.claim_id).where(attachments.c.verdict_id.in_(said)).distinct()
    touched = list(connection.execute(query).scalars()) if said else []
    return News(change=last, more=last < newest, documents=list(anew), claims=touched)
