"""What a reader gives: pages of runs, in the frame of the page as it is shown.

A run is a stretch of characters that share a font, a size and a baseline. Lengths are in PDF
points; x grows to the right and y downwards. On a page whose text runs at right angles, `turn`
says by how many degrees clockwise the frame was turned so that its text stands upright.
"""

from __future__ import annotations

import itertools
import re
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, TypeAdapter

Length = Annotated[float, Field(ge=-100_000, le=100_000, allow_inf_nan=False)]
Ratio = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class Font(NamedTuple):
    """A font as a run refers to it, by its place in `Page.fonts`."""

    name: str
    bold: bool
    italic: bool

    @property
    def is_called_bold(self) -> bool:
        """Whether its name names a heavy weight."""
        name = self.name.lower()
        return any(word in name for word in ("bold", "black", "heavy")) and "semilight" not in name


class Run(NamedTuple):
    """Characters of one font, size and baseline.

    `words` holds the x coordinate at which each word of `text` starts (see `word_starts`).
    """

    text: str
    x0: Length
    x1: Length
    baseline: Length
    size: Length
    font: Annotated[int, Field(ge=0)]
    words: list[Length]
    confidence: Ratio | None = None


class Box(NamedTuple):
    """A rectangle: a ruling line where it is thin, a frame or a table cell elsewhere."""

    x0: Length
    top: Length
    x1: Length
    bottom: Length


class Page(NamedTuple):
    """One page. `tables` holds, for each ruled table, its rows of cells (None: no cell there).

    `dots` are small shapes about as wide as tall: browsers draw the bullets of a list.
    """

    number: Annotated[int, Field(ge=1)]
    width: Length
    height: Length
    turn: Literal[0, 90, 180, 270]
    runs: list[Run]
    fonts: list[Font]
    rules: list[Box]
    tables: list[list[list[Box | None]]]
    ocr: bool = False
    dots: tuple[Box, ...] = ()


class Pages(NamedTuple):
    """A whole PDF as a reader saw it."""

    pages: list[Page]
    metadata: dict[str, str]
    reader: str


PAGES = TypeAdapter(Pages)
MAYBE_SPACE = "\N{THIN SPACE}"  # in recognised Korean: white that may part two words or not
_WORD_START = re.compile(r" (?=[^ ])")


def word_starts(text: str) -> list[int]:
    """Offsets at which the words of a run start; 0 is always one of them."""
    words = text.split(" ")
    if "" not in words:
        return list(itertools.accumulate(map(len, words[:-1]), lambda start, length: start + length + 1, initial=0))
    return [0, *(match.end() for match in _WORD_START.finditer(text))]
