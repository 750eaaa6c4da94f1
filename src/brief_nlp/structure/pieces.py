"""A block before its text is put together, and what is told apart by looking at all of them."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, replace

from brief_nlp.schema import BlockKind
from brief_nlp.structure.lines import Line, without_start
from brief_nlp.structure.margins import SIZE_STEP

BOX_TITLE_LINES, BOX_TITLE_GAP = 3, 3.5  # lines at most; how far the text below stands off, in sizes of the title
QUOTED_WORDS = 4  # of a pull quote, at least
TURNS, LONGEST_NAME = 3, 20  # of a speaker in an interview, at least; characters of the name, at most

_LETTERS = re.compile(r"\W+")
_BEFORE_A_COLON = re.compile(r"[^\W\d_][\w.]{0,15}(?: [\w.]{1,15}){0,2}\s?[:：](?=\s)")
_TERMINAL = re.compile(r"[.?!。:;…][\"'”’」』》〉)\]）]*$")


@dataclass(frozen=True)
class Piece:
    """A block before its text is put together."""

    kind: BlockKind
    lines: tuple[Line, ...]
    level: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    bullet: str | None = None

    @property
    def text(self) -> str:
        """Its lines with plain spaces between them: good enough to judge by."""
        return " ".join(line.text for line in self.lines)


def without_pull_quotes(pieces: list[Piece]) -> list[Piece]:
    """Large print that says again what a paragraph says: it floats, as captions do, and opens no section."""
    large = [place for place, piece in enumerate(pieces) if _may_be_a_pull_quote(piece)]
    if not large:
        return pieces
    running = _LETTERS.sub("", "".join(piece.text for piece in pieces if piece.kind is BlockKind.PARAGRAPH)).lower()
    quotes = {place for place in large if _LETTERS.sub("", pieces[place].text).lower() in running}
    return [
        replace(piece, kind=BlockKind.CAPTION, level=None) if place in quotes else piece
        for place, piece in enumerate(pieces)
    ]


def _may_be_a_pull_quote(piece: Piece) -> bool:
    return (
        piece.kind is BlockKind.HEADING
        and len(piece.text.split()) >= QUOTED_WORDS
        and piece.text.rstrip("\"'”’").endswith(".")
    )


def with_box_titles(pieces: list[Piece], body: float) -> list[Piece]:
    """The name of a box: bold words in small print right above text as small. It is read as a caption is."""
    names = {
        place
        for place, (piece, following) in enumerate(itertools.pairwise(pieces))
        if piece.kind is BlockKind.PARAGRAPH and _names_a_box(piece, following, body)
    }
    return [replace(piece, kind=BlockKind.CAPTION) if place in names else piece for place, piece in enumerate(pieces)]


def _names_a_box(piece: Piece, following: Piece, body: float) -> bool:
    last, first = piece.lines[-1], following.lines[0]
    return (
        following.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
        and all(line.bold for line in piece.lines)
        and not first.bold
        and len(piece.lines) <= BOX_TITLE_LINES
        and not finished(last)
        and first.size <= (1 - SIZE_STEP) * body
        and (1 - SIZE_STEP) * first.size <= last.size < body
        and last.page == first.page
        and 0 < first.baseline - last.baseline < BOX_TITLE_GAP * last.size
    )


def without_speakers(pieces: list[Piece]) -> list[Piece]:
    """Takes out who speaks where the same names open many paragraphs, as in an interview."""
    labels = [_speaker(piece) for piece in pieces]
    often = {name for name, count in Counter(labels).items() if name and count >= TURNS}
    return [_unlabelled(piece, name) if name in often else piece for piece, name in zip(pieces, labels, strict=True)]


def _unlabelled(piece: Piece, name: str) -> Piece:
    first = without_start(piece.lines[0], len(name))
    return piece if first is None else replace(piece, lines=(first, *piece.lines[1:]), bullet=name.strip(" :："))


def _speaker(piece: Piece) -> str:
    """What a paragraph opens with in a type of its own, or before a colon; empty where there is nothing like it."""
    if piece.kind is not BlockKind.PARAGRAPH:
        return ""
    line = piece.lines[0]
    match = _BEFORE_A_COLON.match(line.text)
    if match:
        return match[0]
    name = line.runs[0].text.strip()
    apart = len(line.runs) > 1 and line.runs[0].font != line.runs[1].font
    return name if apart and 2 <= len(name) <= LONGEST_NAME and name.replace(" ", "").isalpha() else ""


def finished(line: Line) -> bool:
    """Whether a line ends with a stop; a call for a note may stand behind it."""
    if _TERMINAL.search(line.text):
        return True
    call = line.runs[-1]
    return len(line.runs) > 1 and line.is_raised(call) and _TERMINAL.search(_without_call(line)) is not None


def _without_call(line: Line) -> str:
    return line.text.removesuffix(line.runs[-1].text.strip()).rstrip()
