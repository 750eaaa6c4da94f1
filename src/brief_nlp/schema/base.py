"""What all values are made of: spans of the text and boxes on the pages."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.dataclasses import dataclass


class Value(BaseModel):
    """Base of all values: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# Region and TextLine are slotted dataclasses: a document has tens of thousands of them, and models take much memory
STRICT = ConfigDict(extra="forbid")


class Span(Value):
    """A stretch of `Brief.text`."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
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
