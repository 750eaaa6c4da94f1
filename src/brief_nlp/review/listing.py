"""Which claims a reviewer asked for, in order, and how each stands now."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection

from brief_nlp.schema import Label
from brief_nlp.store import words
from brief_nlp.store.query import bound, spellings

MOST = 50_000  # claims of one list
SHOWN = 400  # characters of a claim in the list


class State(StrEnum):
    """How far a claim is settled."""

    ALL = "all"
    UNREVIEWED = "unreviewed"
    REVIEWED = "reviewed"
    UNSURE = "unsure"
    MIXED = "mixed"
    REJECTED = "rejected"


Words = Annotated[str, Field(max_length=300)]
Day = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


class Filter(BaseModel):
    """What is asked for; what is not given does not matter."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: Label | None = None
    state: State = State.ALL
    order: Literal["document", "unsure"] = "document"
    document: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    source: Words | None = Field(None, description="who says so: any spelling of a name, or `author`")
    entity: Words | None = Field(None, description="who or what the claim names, in any spelling")
    since: Day | None = Field(None, description="published on this day or later")
    until: Day | None = Field(None, description="published on this day or earlier")
    section: Words | None = Field(None, description="words of the heading that the claim stands under")
    notes: Literal["with", "without"] | None = None
    words: Words | None = Field(None, description="words of the claim, and phrases in quotation marks")


class Listed(BaseModel):
    """A claim in the list; `state` is the verdict that counts now."""

    id: str
    label: Label
    unsure: bool
    state: str | None


class Row(Listed):
    """A claim as a line of the list shows it."""

    document: str
    title: str | None
    published: str | None
    page: int | None
    text: str
    source: str
    probability: float
    notes: int
    reviewer: str | None


_STATES = {
    State.UNREVIEWED: "c.reviewed = 0",
    State.REVIEWED: "c.reviewed = 1",
    State.UNSURE: "c.needs_review AND c.reviewed = 0",
    State.MIXED: "c.mixed",
    State.REJECTED: "c.rejected = 1",
}
_SURE = "CASE WHEN c.label = 'fact' THEN 1 - c.probability ELSE c.probability END"


def matching(dialect: str, asked: Filter) -> tuple[str, dict[str, Any]]:
    """The condition in SQL over claims `c` and documents `d`, and its values. Raises `BriefError` for no words."""
    parts, values = ["1 = 1"], dict[str, Any]()
    if asked.state in _STATES:
        parts.append(_STATES[asked.state])
    for condition, name, value in (
        ("c.current_label = :label", "label", asked.label.value if asked.label else None),
        ("c.document_id = :document", "document", asked.document),
        ("d.published_latest >= :since", "since", asked.since),
        (
            "d.published_earliest <= :until",
            "until",
            asked.until + "-12-31"[len(asked.until) - 4 :] if asked.until else None,
        ),
    ):
        if value is not None:
            parts.append(condition)
            values[name] = value
    if asked.notes:
        parts.append("c.notes > 0" if asked.notes == "with" else "c.notes = 0")
    if asked.section:
        parts.append(
            "EXISTS (SELECT 1 FROM blocks b WHERE b.document_id = c.document_id AND b.block = c.section"
            " AND LOWER(b.text) LIKE :section ESCAPE '!')"
        )
        values["section"] = f"%{_literally(asked.section.lower())}%"
    if asked.source:
        parts.append(
            "c.claim_id IN (SELECT s.claim_id FROM claim_sources s"
            " WHERE s.canonical_id = :source_id OR s.name IN :source)"
        )
        values["source"], values["source_id"] = spellings(asked.source)
    if asked.entity:
        parts.append(
            "c.claim_id IN (SELECT l.claim_id FROM entities e"
            " JOIN mentions m ON m.document_id = e.document_id AND m.entity = e.entity"
            " JOIN claim_mentions l ON l.document_id = m.document_id AND l.mention = m.mention"
            " WHERE e.canonical_id = :entity_id OR e.name IN :entity)"
        )
        values["entity"], values["entity_id"] = spellings(asked.entity)
    if asked.words and asked.words.strip():
        parts.append(words.matching(dialect))
        values["words"] = words.condition(asked.words, dialect)
    return " AND ".join(parts), values


def sure_of(above: float) -> tuple[str, dict[str, Any]]:
    """The condition under which claims may be accepted unseen: unreviewed, sure, of one label, above a probability."""
    return f"c.reviewed = 0 AND NOT c.needs_review AND NOT c.mixed AND {_SURE} >= :above", {"above": above}


def listed(connection: Connection, asked: Filter) -> list[Listed]:
    """The claims asked for, in order, at most `MOST`."""
    where, values = matching(connection.dialect.name, asked)
    order = "" if asked.order == "document" else "c.reviewed, ABS(c.probability - 0.5), "
    query = f"""
        SELECT c.claim_id AS id, c.current_label AS label, c.needs_review AS unsure, c.verdict AS state
        FROM claims_current c JOIN documents d ON d.document_id = c.document_id
        WHERE {where}
        ORDER BY {order} d.published_latest DESC NULLS LAST, d.title NULLS LAST, c.document_id, c.claim
        LIMIT {MOST}
    """  # noqa: S608 - conditions are the project's own, what is asked is bound
    return [Listed(**row) for row in connection.execute(bound(query, values), values).mappings()]


def rows(connection: Connection, ids: Sequence[str]) -> list[Row]:
    """How some claims stand now; those that are not stored any more are left out."""
    query = f"""
        SELECT c.claim_id AS id, c.current_label AS label, c.needs_review AS unsure, c.verdict AS state,
               c.document_id AS document, d.title, d.published, c.page, c.source, c.probability, c.notes, c.reviewer,
               SUBSTR(COALESCE(c.edited, c.text), 1, {SHOWN}) AS text
        FROM claims_current c JOIN documents d ON d.document_id = c.document_id
        WHERE c.claim_id IN :ids
    """  # noqa: S608 - the number is the project's own
    values = {"ids": list(ids)}
    return [Row(**row) for row in connection.execute(bound(query, values), values).mappings()]


def counted(connection: Connection, where: str, values: dict[str, Any]) -> int:
    """How many claims meet a condition."""
    query = f"""
        SELECT COUNT(*) FROM claims_current c JOIN documents d ON d.document_id = c.document_id WHERE {where}
    """  # noqa: S608
    return int(connection.execute(bound(query, values), values).scalar_one())


def _literally(asked: str) -> str:
    return asked.replace("!", "!!").replace("%", "!%").replace("_", "!_")
