"""Finding claims by words."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Engine, text

from brief_nlp.store import words


class Hit(NamedTuple):
    """A claim that holds the words asked for."""

    claim_id: str
    title: str | None
    published: str | None
    page: int | None
    label: str
    source: str
    text: str


def search(engine: Engine, asked: str, most: int = 50) -> list[Hit]:
    """The claims that hold all words asked for, the newest publications first. Raises `BriefError` for no words."""
    dialect = engine.dialect.name
    query = f"""
        SELECT c.claim_id, d.title, d.published, c.page, c.current_label, c.source, COALESCE(c.edited, c.text)
        FROM claims_current c JOIN documents d ON d.document_id = c.document_id
        WHERE {words.matching(dialect)}
        ORDER BY d.published_earliest DESC NULLS LAST, d.document_id, c.claim
        LIMIT :most
    """  # noqa: S608 - the condition is the project's own, what is asked is bound
    with engine.connect() as connection:
        found = connection.execute(text(query), {"words": words.condition(asked, dialect), "most": most})
        return [Hit(*row) for row in found]
