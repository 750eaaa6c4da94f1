"""What is tagged in the text: dates, entities, quantities."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from brief_nlp.schema.base import Span, Value


class DateType(StrEnum):
    """What kind of time an expression speaks of."""

    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    SET = "set"
    INTERVAL = "interval"


class DateMention(Span):
    """A temporal expression. `value` is EDTF, an ISO 8601 duration, or PAST_REF, PRESENT_REF, FUTURE_REF."""

    text: str
    type: DateType
    value: str
    mod: str | None = Field(None, description="start, mid, end, approx, less, more, equal_or_more …")
    anchor: str | None = Field(None, description="what it was resolved against: `published` or an EDTF value")
    earliest: str | None = Field(None, description="first day covered, ISO 8601")
    latest: str | None = Field(None, description="last day covered, ISO 8601")
    by: str


class EntityType(StrEnum):
    """What kind of thing a name names."""

    PERSON = "PERSON"
    ORG = "ORG"
    PLACE = "PLACE"
    EVENT = "EVENT"
    POLICY = "POLICY"
    LAW = "LAW"
    PUBLICATION = "PUBLICATION"
    FACILITY = "FACILITY"
    WEAPON = "WEAPON"


class Meeting(Value):
    """The parts of a numbered meeting's name."""

    body: str | None = Field(None, description="as printed, without its term")
    body_id: str | None = Field(None, description="id in the gazetteer")
    term: int | None = Field(None, description="of the body: 8 in the 8th Central Committee, 제8기")
    kind: str = Field(description="plenary meeting, enlarged meeting, congress, conference, session, meeting")
    number: int


class Entity(Span):
    """A mention of a named thing. Mentions may nest."""

    text: str
    type: EntityType
    canonical_id: str | None = Field(None, description="id in the gazetteer, or a document-local id")
    name: str = Field(description="canonical name; the mention itself where none is known")
    meeting: Meeting | None = None
    by: str


class Quantity(Span):
    """A figure with what it counts."""

    text: str
    value: float
    high: float | None = Field(None, description="upper end of a range")
    unit: str | None = Field(None, description="UCUM, ISO 4217, or `%` and `fold`")
    counted: str | None = None
    per: str | None = None
    approx: bool = False
    by: str
