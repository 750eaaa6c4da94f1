"""From any span of the text to its boxes on the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from brief_nlp.pdf.pages import Page
from brief_nlp.schema import Region, TextLine
from brief_nlp.structure.lines import Line


class TextMap:
    """Leads from offsets to regions by the lines on which the text stands."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self._lines = sorted(lines, key=lambda line: line.start)
        self._starts = [line.start for line in self._lines]

    def regions(self, start: int, end: int) -> tuple[Region, ...]:
        """One box for each line that the span touches, in reading order."""
        at = max(0, bisect_right(self._starts, start) - 1)
        found: list[Region] = []
        while at < len(self._lines) and self._lines[at].start < end:
            line = self._lines[at]
            at += 1
            left, right = max(start, line.start), min(end, line.end)
            if left < right:
                x0, x1 = sorted((x_at(line, left), x_at(line, right)))
                found.append(shown_region(line, x0, x1))
        return tuple(found)


def x_at(line: TextLine, offset: int) -> float:
    """Where the character at `offset` starts, along the line: exact at words, interpolated inside them."""
    offsets = [place for place, _ in line.anchors]
    after = bisect_right(offsets, offset)
    if after == 0:
        return line.anchors[0][1]
    if after == len(offsets):
        return line.anchors[-1][1]
    (left, x_left), (right, x_right) = line.anchors[after - 1], line.anchors[after]
    return x_left + (x_right - x_left) * (offset - left) / (right - left)


def shown_region(line: TextLine, x0: float, x1: float) -> Region:
    """A stretch of a line as a box on the page as shown: undoes the turn under which it was read."""
    return _turned_back(line.page, line.turn, line.across, line.down, (x0, line.top, x1, line.bottom))


def region_of(line: Line, page: Page) -> Region:
    """The box of a whole line of a page."""
    box = (line.x0, line.top, line.x1, line.bottom)
    return _turned_back(page.number, page.turn, page.width, page.height, box)


def _turned_back(page: int, turn: int, across: float, down: float, box: tuple[float, float, float, float]) -> Region:
    x0, top, x1, bottom = box
    if turn == 90:
        x0, top, x1, bottom = top, across - x1, bottom, across - x0
    elif turn == 180:
        x0, top, x1, bottom = across - x1, down - bottom, across - x0, down - top
    elif turn == 270:
        x0, top, x1, bottom = down - bottom, x0, down - top, x1
    return Region(page=page, x0=round(x0, 2), top=round(top, 2), x1=round(x1, 2), bottom=round(bottom, 2))
