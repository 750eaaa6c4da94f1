"""Running heads, running feet and page numbers: what repeats in the margins."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from brief_nlp.pdf.pages import Page
from brief_nlp.schema import Furniture, FurnitureKind
from brief_nlp.structure.labels import opening_label
from brief_nlp.structure.lines import Line
from brief_nlp.structure.textmap import region_of

MARGIN = 0.13  # of the page's height: how far from the edge furniture stands at most
HEAD_RULE = 0.5  # of the page's width: how long the rule under a running head is at least
SAME_HEIGHT = 4.0  # points between the places of one running head on two pages
APART = 1.5  # of the font size: how far from the text it is set at least
LARGE = 1.3  # of the usual font size of a page: how large a title is at least
FEW_LINES = 5  # a page with fewer tells no usual size
LONE_GAP = 2.2  # of the font size: white space that sets a running head off on a page of its own

_PAGE_NUMBER = re.compile(
    r"[-–—·|\s]*(?:p\.?\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*[/|of]{1,2}\s*\d{1,4})?[-–—·|\s]*", re.I
)
_DIGITS = re.compile(r"\d+")


def split_furniture(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], list[Furniture]]:
    """(lines of each page without furniture, the furniture in page order)."""
    repeated = _repeated(pages, lines)
    kept: list[list[Line]] = []
    found: list[Furniture] = []
    for page, on_page in zip(pages, lines, strict=True):
        body: list[Line] = []
        upright = _Upright.of(page, on_page)
        for line in on_page:
            kind = _kind(page, line, upright, repeated)
            if kind is None:
                body.append(line)
            else:
                found.append(Furniture(kind=kind, text=line.text, region=region_of(line, page)))
        kept.append(body)
    return kept, found


def _key(line: Line) -> str:
    return _DIGITS.sub("#", line.text.casefold())


def _zone(page: Page, line: Line) -> FurnitureKind | None:
    height = page.height
    if MARGIN * height < line.baseline < (1 - MARGIN) * height:
        return None  # most lines
    if line.bottom <= MARGIN * height:
        return FurnitureKind.HEADER
    return FurnitureKind.FOOTER if line.top >= (1 - MARGIN) * height else None


def _repeated(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> set[int]:
    """Identities of the lines whose words stand at the same height in the margin of another page.

    Numbers may differ where they count pages: "12) Ibid." on one page and "19) Ibid." on the next is a note.
    """
    places: dict[tuple[FurnitureKind, str], list[tuple[float, int, Line]]] = {}
    for page, on_page in zip(pages, lines, strict=True):
        for line in on_page:
            zone = _zone(page, line)
            if zone:
                places.setdefault((zone, _key(line)), []).append((line.baseline, page.number, line))
    found: set[int] = set()
    for alike in places.values():
        alike.sort(key=lambda place: place[:2])
        for (height, number, line), (other_height, other_number, other) in itertools.pairwise(alike):
            if other_height - height <= SAME_HEIGHT and _counts_pages(line, other, other_number - number):
                found |= {id(line), id(other)}
    return found


def _counts_pages(line: Line, other: Line, pages_apart: int) -> bool:
    """Whether the numbers of two lines are the same, or as far apart as their pages."""
    numbers = zip(_DIGITS.findall(line.text), _DIGITS.findall(other.text), strict=False)
    return all(int(one) == int(two) or int(two) - int(one) == pages_apart for one, two in numbers)


class _Upright(NamedTuple):
    """The lines of a page by their baselines, and the outermost baseline of either margin, page numbers aside."""

    lines: list[Line]
    baselines: list[float]
    largest: float  # font size
    outermost: dict[FurnitureKind, float]
    title: float  # the font size of the only large line, where there is one

    def is_title(self, line: Line) -> bool:
        """Whether a line is the only large one of the page: no running head, though it may stand above a rule."""
        return line.size == self.title

    @classmethod
    def of(cls, page: Page, on_page: Sequence[Line]) -> _Upright:
        """Sorted once a page, so that a page of very many lines does not take their square of time."""
        lines = sorted(on_page, key=lambda line: line.baseline)
        outermost: dict[FurnitureKind, float] = {}
        for line in lines:
            zone = _zone(page, line)
            if (
                zone
                and not _PAGE_NUMBER.fullmatch(line.text)
                and not (zone is FurnitureKind.HEADER and zone in outermost)
            ):
                outermost[zone] = line.baseline
        sizes = sorted(line.size for line in lines)
        large = [size for size in sizes if size >= LARGE * sizes[len(sizes) // 2]]
        title = large[0] if len(large) == 1 and len(lines) >= FEW_LINES else 0.0
        return cls(lines, [line.baseline for line in lines], max(sizes, default=0.0), outermost, title)


def _kind(page: Page, line: Line, upright: _Upright, repeated: set[int]) -> FurnitureKind | None:
    zone = _zone(page, line)
    if zone is None:
        return None
    edge = upright.outermost.get(zone, line.baseline)
    outermost = edge >= line.baseline - 1 if zone is FurnitureKind.HEADER else edge <= line.baseline + 1
    if _PAGE_NUMBER.fullmatch(line.text) and outermost:
        return FurnitureKind.PAGE_NUMBER
    opening = opening_label(line.text)
    if id(line) in repeated and not (opening and opening.sure) and _is_set_apart(line, upright, repeated):
        return zone
    if (
        zone is FurnitureKind.HEADER
        and not upright.is_title(line)
        and (_above_head_rule(page, line) or (outermost and _stands_alone(page, line, upright.lines)))
    ):
        return zone
    return None


def _is_set_apart(line: Line, upright: _Upright, repeated: set[int]) -> bool:
    """Whether white space parts a line from the text: what is set as closely as text is a note or a paragraph."""
    reach = APART * max(line.size, upright.largest)
    first = bisect_left(upright.baselines, line.baseline - reach)
    last = bisect_right(upright.baselines, line.baseline + reach)
    near = (
        other
        for other in upright.lines[first:last]
        if id(other) not in repeated and 1 < abs(other.baseline - line.baseline) < APART * max(line.size, other.size)
    )
    return not any(other.x0 < line.x1 and line.x0 < other.x1 for other in near)


def _above_head_rule(page: Page, line: Line) -> bool:
    return any(
        rule.x1 - rule.x0 >= HEAD_RULE * page.width and line.baseline <= rule.top <= MARGIN * page.height
        for rule in page.rules
    )


def _stands_alone(page: Page, line: Line, on_page: Sequence[Line]) -> bool:
    """A short line in the upper margin, set off by white space from a page of text below it."""
    below = [other for other in on_page if other.baseline > line.baseline + 1]
    if len(below) < 5:
        return False
    gap = min(other.top for other in below) - line.bottom
    sizes = sorted(other.size for other in below)
    return gap >= LONE_GAP * line.size and line.size <= 1.3 * sizes[len(sizes) // 2] and line.width < 0.5 * page.width
