"""The values that the whole package speaks of.

Every annotation is stand-off: `start` and `end` are character offsets into `Brief.text`
(Python string offsets, end exclusive). Regions are in PDF points, origin at the top left of
the page as it is shown. All values are immutable.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.dataclasses import dataclass

if TYPE_CHECKING:
    import pandas as pd

SCHEMA_VERSION = 1


class Value(BaseModel):
    """Base of all values: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# Region and TextLine are slotted dataclasses: a document has tens of thousands of them, and models take much memory
_STRICT = ConfigDict(extra="forbid")


class Span(Value):
    """A stretch of `Brief.text`."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Region:
    """A box on a page; `page` counts from 1."""

    page: Annotated[int, Field(ge=1)]
    x0: float
    top: float
    x1: float
    bottom: float


class Language(StrEnum):
    """The languages that are read."""

    EN = "en"
    KO = "ko"


class BlockKind(StrEnum):
    """What a block is."""

    TITLE = "title"
    BYLINE = "byline"
    MASTHEAD = "masthead"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_CELL = "table_cell"
    CAPTION = "caption"
    COPYRIGHT = "copyright"
    DISCLAIMER = "disclaimer"
    FOOTNOTE = "footnote"


class FurnitureKind(StrEnum):
    """What stands in the margins."""

    HEADER = "header"
    FOOTER = "footer"
    PAGE_NUMBER = "page_number"


class Block(Span):
    """A typographic unit of the reading text. `index` is its place in `Brief.blocks`."""

    index: int
    kind: BlockKind
    regions: tuple[Region, ...]
    section: int | None = Field(None, description="index of the heading block it stands under")
    level: int | None = Field(None, description="depth of a heading, from 1")
    row: int | None = Field(None, description="row of a table cell, from 0")
    column: int | None = Field(None, description="column of a table cell, from 0")
    table: int | None = Field(None, description="number of the table a cell belongs to, from 0")
    bullet: str | None = Field(None, description="bullet or number of a list item, kept out of the text")
    ocr: bool = False
    confidence: float | None = Field(None, description="mean OCR confidence, 0 to 1")


class Furniture(Value):
    """Running head, running foot or page number: kept apart from the text."""

    kind: FurnitureKind
    text: str
    region: Region


class Marker(Value):
    """Where a note is called: the offset in the text at which the marker stood."""

    label: str
    offset: int
    block: int = Field(description="index of the block that carries it")
    regions: tuple[Region, ...]


class CitationKind(StrEnum):
    """What is cited."""

    NEWSPAPER = "newspaper"
    BOOK = "book"
    REPORT = "report"
    ARTICLE = "article"
    CHAPTER = "chapter"
    WEB = "web"
    LAW = "law"
    REPEAT = "repeat"
    OTHER = "other"


class FieldName(StrEnum):
    """The fields of a citation; `container` is the newspaper, journal, site or book that a piece is in."""

    AUTHOR = "author"
    EDITOR = "editor"
    TITLE = "title"
    CONTAINER = "container"
    PUBLISHER = "publisher"
    PLACE = "place"
    DATE = "date"
    VOLUME = "volume"
    ISSUE = "issue"
    NUMBER = "number"
    PAGES = "pages"
    URL = "url"
    ACCESSED = "accessed"


class CitedField(Span):
    """One field of a citation and where it stands. `value` is as printed, dates as EDTF, page ranges with a hyphen."""

    name: FieldName
    value: str


class Citation(Span):
    """A bibliographic reference in a footnote; `fields` in their printed order, authors and editors one by one."""

    kind: CitationKind
    fields: tuple[CitedField, ...] = ()
    repeats: int | None = Field(None, description="index of the earlier footnote that an Ibid. or op. cit. repeats")
    by: str

    def values(self, name: FieldName) -> tuple[str, ...]:
        """All values of a field."""
        return tuple(field.value for field in self.fields if field.name is name)

    def value(self, name: FieldName) -> str | None:
        """A field's first value; None where the citation does not give it."""
        return next(iter(self.values(name)), None)


class FootnoteKind(StrEnum):
    """What a note does."""

    REFERENCE = "reference"
    EXPLANATION = "explanation"
    BOTH = "both"


class Footnote(Span):
    """A note and the markers that call it. `index` is its place in `Brief.footnotes`."""

    index: int
    label: str
    block: int = Field(description="index of its block")
    markers: tuple[Marker, ...]
    citations: tuple[Citation, ...] = ()
    kind: FootnoteKind = FootnoteKind.EXPLANATION


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


class Entity(Span):
    """A mention of a named thing. Mentions may nest."""

    text: str
    type: EntityType
    canonical_id: str | None = Field(None, description="id in the gazetteer, or a document-local id")
    name: str = Field(description="canonical name; the mention itself where none is known")
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


class Label(StrEnum):
    """The label of a claim."""

    FACT = "fact"
    ASSESSMENT = "assessment"


class AssessmentKind(StrEnum):
    """What kind of judgement an assessment is."""

    INTERPRETATION = "interpretation"
    EVALUATION = "evaluation"
    CAUSE = "cause"
    FORECAST = "forecast"
    ESTIMATE = "estimate"
    RECOMMENDATION = "recommendation"


class Likelihood(StrEnum):
    """The seven bands of ICD 203."""

    ALMOST_NO_CHANCE = "almost no chance"
    VERY_UNLIKELY = "very unlikely"
    UNLIKELY = "unlikely"
    ROUGHLY_EVEN = "roughly even"
    LIKELY = "likely"
    VERY_LIKELY = "very likely"
    ALMOST_CERTAIN = "almost certain"


class Cue(Span):
    """Words that speak for a label, and the rule that says so."""

    text: str
    category: str
    rule: str
    weight: float = Field(description="log-odds towards assessment; negative towards fact")


class Speaker(Value):
    """One link of a source chain. The writer is `author`, without a place in the text."""

    name: str
    canonical_id: str | None = None
    start: int | None = None
    end: int | None = None


AUTHOR = Speaker(name="author")


class EvidenceScope(StrEnum):
    """What a note backs: the sentence it stands in, the paragraph it closes, the section it heads."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    SECTION = "section"


class Evidence(Value):
    """A footnote behind a claim, and how it came to be linked."""

    footnote: int = Field(description="index in Brief.footnotes")
    scope: EvidenceScope


class Claim(Span):
    """A sentence that claims something. See docs/labels.md for what the label means."""

    id: str = Field(description="hash of document, normalised quote and its occurrence; never of a label")
    text: str
    block: int
    label: Label
    probability: float = Field(ge=0, le=1, description="probability that it is an assessment")
    needs_review: bool
    kind: AssessmentKind | None = None
    likelihood: Likelihood | None = None
    mixed: bool = False
    source: tuple[Speaker, ...] = Field((AUTHOR,), description="outermost speaker first")
    cues: tuple[Cue, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    entities: tuple[int, ...] = Field((), description="indices in Brief.entities")
    dates: tuple[int, ...] = Field((), description="indices in Brief.dates")
    quantities: tuple[int, ...] = Field((), description="indices in Brief.quantities")
    section: int | None = Field(None, description="index of the heading block it stands under")
    regions: tuple[Region, ...]
    by: str


class Author(Value):
    """A writer with position and division, as the byline gives them."""

    name: str
    position: str | None = None
    division: str | None = None


class DateSource(StrEnum):
    """How a publication date is known."""

    PRINTED = "printed"
    METADATA = "metadata"
    LATEST_CITED = "latest_cited"


class PublicationDate(Value):
    """When the document came out, and how that is known. A latest cited day is a lower bound."""

    value: str = Field(description="EDTF")
    derived_from: DateSource
    evidence: str = Field(description="the words or the metadata field it was read from")


class Masthead(Value):
    """What a publication says of itself; `missing` names the fields that were not found."""

    title: str | None = None
    series: str | None = None
    number: str | None = None
    publisher: str | None = None
    authors: tuple[Author, ...] = ()
    published: PublicationDate | None = None
    isbn: str | None = None
    issn: str | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICT)
class TextLine:
    """A piece of the text that stands on one line of a page.

    `start` and `end` are offsets in the text; `words` holds the x at which each word of the piece
    starts, and the x at which the piece ends, in hundredths of a point. On a page read under a `turn`
    (degrees clockwise), `top`, `bottom` and `words` are in the turned frame, which is `across` wide
    and `down` high; `structure.textmap` turns boxes back.
    """

    start: int
    end: int
    page: int
    top: float
    bottom: float
    words: tuple[int, ...]
    turn: int = 0
    across: float = 0.0
    down: float = 0.0


class Brief(Value):
    """All that is known of one document."""

    schema_version: int = SCHEMA_VERSION
    document_id: str = Field(description="sha256 of the PDF's bytes")
    fingerprint: str = Field(description="hash of package version, models, rules and settings")
    language: Language
    page_count: int
    masthead: Masthead
    text: str
    blocks: tuple[Block, ...]
    furniture: tuple[Furniture, ...]
    footnotes: tuple[Footnote, ...]
    markers_without_note: tuple[Marker, ...]
    entities: tuple[Entity, ...]
    dates: tuple[DateMention, ...]
    quantities: tuple[Quantity, ...]
    claims: tuple[Claim, ...]
    lines: tuple[TextLine, ...] = Field(repr=False)
    warnings: tuple[str, ...] = ()
    provenance: dict[str, str] = Field(description="what made each kind of annotation, with its version")

    def to_frames(self) -> dict[str, pd.DataFrame]:
        """The brief as tables, keyed by table name; one row an annotation."""
        from brief_nlp.rows import to_frames

        return to_frames(self)
