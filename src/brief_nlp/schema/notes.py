"""Footnotes: their markers, and what they cite."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from brief_nlp.schema.base import Region, Span, Value


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
