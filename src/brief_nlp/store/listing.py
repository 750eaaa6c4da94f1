"""What a collection holds, counted: for `brief-nlp entities`."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select

from brief_nlp.store.database import open_existing
from brief_nlp.store.tables import entities, mentions

MOST_SPELLINGS = 6


class EntityCount(NamedTuple):
    """An entity with how often, in how many documents and in which spellings it is named."""

    name: str
    type: str
    canonical_id: str | None
    mentions: int
    documents: int
    spellings: tuple[str, ...]


def entity_counts(url: str, kind: str | None, most: int) -> list[EntityCount]:
    """The entities of a database, the most frequent first."""
    named = func.sum(entities.c.mentions).label("mentions")
    identity = func.coalesce(entities.c.canonical_id, entities.c.name)
    counted = (
        select(
            func.min(entities.c.name).label("name"),
            entities.c.type,
            func.min(entities.c.canonical_id).label("canonical_id"),
            identity.label("identity"),
            named,
            func.count(entities.c.document_id.distinct()).label("documents"),
        )
        .group_by(identity, entities.c.type)
        .order_by(named.desc(), identity)
        .limit(most)
    )
    if kind:
        counted = counted.where(entities.c.type == kind)
    with open_existing(url).connect() as connection:
        found = connection.execute(counted).all()
        return [
            EntityCount(
                row.name,
                row.type,
                row.canonical_id,
                int(row.mentions),
                row.documents,
                tuple(
                    connection.execute(
                        select(mentions.c.text)
                        .join(entities)
                        .where(identity == row.identity, entities.c.type == row.type)
                        .group_by(mentions.c.text)
                        .order_by(func.count().desc(), mentions.c.text)
                        .limit(MOST_SPELLINGS)
                    ).scalars()
                ),
            )
            for row in found
        ]
