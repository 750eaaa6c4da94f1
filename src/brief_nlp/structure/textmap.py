"""From any span of the text to its boxes on the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from brief_nlp.pdf.pages import Page, word_starts
from brief_nlp.schema import Region, TextLine
from brief_nlp.structure.lines import Line

NARROW_EM, LATIN_EM, HANGUL_EM = 0.28, 0.5, 0.95  # usual widths of characters, in sizes of the font


class _Ems(dict[str, float]):
    """The usual width of each character."""

    def __missing__(self, char: str) -> float:
        self[char] = NARROW_EM if char in " .,;:'’‘!|il()[]" else HANGUL_EM if char > "\u1100" else LATIN_EM
        return self[char]


_EMS = _Ems()


def width(text: str) -> float:
    """About how wide a text is, in sizes of its font."""
    return sum(map(_EMS.__getitem__, text))


class TextMap:
    """Leads from offsets to regions by the lines on which the text stands."""

    def __init__(self, lines: Sequence[TextLine], text: str) -> None:
        self._lines = sorted(lines, key=lambda line: line.start)
        self._starts = [line.start for line in self._lines]
        self._text = text
        self._same: dict[float, float] = {}

    def regions(self, start: int, end: int) -> tuple[Region, ...]:
        """One box for each line that the span touches, in reading order."""
        at = max(0, bisect_right(self._starts, start) - 1)
        found: list[Region] = []
        while at < len(self._lines) and self._lines[at].start < end:
            line = self._lines[at]
            at += 1
            left, right = max(start, line.start), min(end, line.end)
            if left < right:
                found.append(self._region(line, left, right))
        return tuple(found)

    def _region(self, line: TextLine, left: int, right: int) -> Region:
        x0, x1 = line.words[0] / 100, line.words[-1] / 100
        if right - left < line.end - line.start:
            words = self._text[line.start : line.end]
            x0, x1 = round(x_at(line, left, words), 2), round(x_at(line, right, words), 2)
        if x0 > x1:
            x0, x1 = x1, x0
        if line.turn:
            return shown_region(line.page, line.turn, line.across, line.down, (x0, line.top, x1, line.bottom))
        same = self._same.setdefault  # most lines start and end at the same edges
        return Region(page=line.page, x0=same(x0, x0), top=line.top, x1=same(x1, x1), bottom=line.bottom)


def x_at(line: TextLine, offset: int, text: str) -> float:
    """Where the character at `offset` starts, along the line whose text is `text`.

    Exact where a word starts; inside a word by the usual widths of its characters.
    """
    offset -= line.start
    if offset <= 0:
        return line.words[0] / 100
    if offset >= len(text):
        return line.words[-1] / 100
    starts = word_starts(text)
    word = bisect_right(starts, offset) - 1
    left, right = line.words[word], line.words[word + 1]
    stop = starts[word + 1] if word + 1 < len(starts) else len(text)
    before, after = width(text[starts[word] : offset]), width(text[offset:stop])
    return (left + (right - left) * before / (before + after)) / 100


def region_of(line: Line, page: Page) -> Region:
    """The box of a whole line of a page."""
    return shown_region(page.number, page.turn, page.width, page.height, (line.x0, line.top, line.x1, line.bottom))


def shown_region(page: int, turn: int, across: float, down: float, box: tuple[float, float, float, float]) -> Region:
    """A box (left, top, right, bottom) on the page as shown: undoes the turn under which the page was read."""
    x0, top, x1, bottom = box
    if turn == 90:
        x0, top, x1, bottom = top, across - x1, bottom, across - x0
    elif turn == 180:
        x0, top, x1, bottom = across - x1, down - bottom, across - x0, down - top
    elif turn == 270:
        x0, top, x1, bottom = down - bottom, x0, down - top, x1
    return Region(page=page, x0=round(x0, 2), top=round(top, 2), x1=round(x1, 2), bottom=round(bottom, 2))
