"""How a document lies on its pages."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field
from pydantic.dataclasses import dataclass

from brief_nlp.schema.base import STRICT, Region, Span, Value


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
    bullet: str | None = Field(
        None, description="bullet or number of a list item, or who speaks in an interview; kept out of the text"
    )
    ocr: bool = False
    confidence: float | None = Field(None, description="mean OCR confidence, 0 to 1")


class Furniture(Value):
    """Running head, running foot or page number: kept apart from the text."""

    kind: FurnitureKind
    text: str
    region: Region


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
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
