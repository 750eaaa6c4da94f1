"""What a publication says of itself."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from brief_nlp.schema.base import Value


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
