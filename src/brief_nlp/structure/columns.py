"""Reading order: a page's lines as columns, one after the other.

A gutter is an upright white stripe with several lines on either side at the same heights. Lines
that cross it (a title, a full-width paragraph or note) cut the page into bands; in each band the
left column is read before the right one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from brief_nlp.pdf.pages import Page
from brief_nlp.structure.lines import Line, share_a_line
from brief_nlp.structure.open_tables import take_open_tables
from brief_nlp.structure.tables import Table

MIN_PAIRS = 3  # rows of text that stand beside each other before a stripe counts as a gutter
COLUMN_SHARE = 0.25  # of the text block's width: how wide the lines of a column typically are at least
PANEL_SHARE = 0.15  # of the same: the lines of a panel of prose beside the text, which keeps to heights of its own
NARROWEST = 0.2  # of the text block's width: no gutter is nearer to its edges
MAX_DEPTH = 2  # columns within columns: enough for three or four
STEP = 2.0  # points between the stripes that are tried
WIDEST_GAP = 4.0  # of the font size: fragments farther apart are lines of their own
LONE_LINES, LONE_GAP = 3, 0.5  # of lines, and of the font size: what may stand above columns without crossing them
SAME_HEIGHT, OWN_HEIGHTS = 0.5, 0.5  # points between baselines that are one, and the share that may be so in a panel
EDGE_SLACK = 1.0  # points by which a line may reach into a gutter


@dataclass(frozen=True)
class Column:
    """Lines that are read one below the other, with the tables that stand among them."""

    page: int
    left: float
    right: float
    items: tuple[Line | Table, ...]

    @property
    def lines(self) -> list[Line]:
        """Its lines, tables left out."""
        return [item for item in self.items if isinstance(item, Line)]


def usual_gutter(gutters: Iterable[float | None]) -> float | None:
    """The x of the gutter that most pages with columns share; None where no page has columns."""
    found = Counter(round(gutter / STEP) * STEP for gutter in gutters if gutter is not None)
    return max(found, key=lambda x: (found[x], -x)) if found else None


def page_columns(
    page: Page, lines: Sequence[Line], tables: Sequence[Table], gutter: float | None, usual: float | None = None
) -> list[Column]:
    """The columns of a page in reading order, by its own gutter or the usual one of the document's other pages."""
    if gutter is None and usual is not None and _fits(lines, usual):
        gutter = usual
    columns = [_column(page.number, _items(group)) for group in _split(list(lines), gutter, MAX_DEPTH)]
    for table in tables:
        _place(columns, table)
    return columns


def _fits(lines: Sequence[Line], gutter: float) -> bool:
    """Whether a page with too little text to show a gutter still keeps to that of the others."""
    left = [line for line in lines if line.x1 <= gutter + EDGE_SLACK]
    right = [line for line in lines if line.x0 >= gutter - EDGE_SLACK]
    return bool(_pairs(left, right)) and len(left) + len(right) > len(lines) / 2


def _split(lines: list[Line], gutter: float | None, depth: int) -> list[list[Line]]:
    if gutter is None or not depth:
        return [lines] if lines else []
    groups: list[list[Line]] = []
    band: list[Line] = []
    across: list[Line] = []
    for line in sorted(lines, key=lambda line: (line.baseline, line.x0)):
        if line.x0 < gutter - EDGE_SLACK and line.x1 > gutter + EDGE_SLACK:
            _close_band(groups, band, across, gutter, depth)
            across.append(line)
        else:
            band.append(line)
    _close_band(groups, band, across, gutter, depth)
    if across:
        groups.append(list(across))
    return groups


def _close_band(groups: list[list[Line]], band: list[Line], across: list[Line], gutter: float, depth: int) -> None:
    """Ends a band: its columns follow the full-width lines before it; a lone left part joins those."""
    if not band:
        return
    head = _lone_head(band, gutter)
    if head:
        across.extend(head)
        band[:] = [line for line in band if line not in head]
    left = [line for line in band if line.x1 <= gutter + EDGE_SLACK]
    right = [line for line in band if line.x1 > gutter + EDGE_SLACK]
    if across and not (left and right and _pairs(left, right)):
        across.extend(band)
    else:
        if across:
            groups.append(list(across))
            across.clear()
        for side in (left, right):
            groups.extend(_split(side, find_gutter(side), depth - 1))
    band.clear()


def _lone_head(band: Sequence[Line], gutter: float) -> list[Line]:
    """Lines at the top of a band with nothing beside them and white space below: a byline, a date, an epigraph."""
    left = [line for line in band if line.x1 <= gutter + EDGE_SLACK]
    right = [line for line in band if line.x1 > gutter + EDGE_SLACK]
    if not left or not right:
        return []
    side, other = (left, right) if left[0].top < right[0].top else (right, left)
    head = [line for line in side if line.bottom <= other[0].top]
    rest = [line for line in side if line.bottom > other[0].top]
    if not 0 < len(head) <= LONE_LINES or not rest:
        return []
    below = min(rest[0].top, other[0].top) - head[-1].bottom  # white space across both columns
    leading = rest[1].top - rest[0].bottom if len(rest) > 1 else 0.0
    if below < LONE_GAP * head[-1].size or rest[0].top - head[-1].bottom <= leading + EDGE_SLACK:
        return []  # the column itself begins there
    return head


def find_gutter(lines: Sequence[Line]) -> float | None:
    """The x of the best gutter, or None."""
    if len(lines) < 2 * MIN_PAIRS:
        return None
    starts, ends = sorted(line.x0 for line in lines), sorted(line.x1 for line in lines)
    left, width = starts[0], ends[-1] - starts[0]
    if starts[-MIN_PAIRS] < left + NARROWEST * width - EDGE_SLACK:
        return None  # nothing stands on the right
    best: tuple[int, int, float] | None = None  # rows beside each other, lines that do not cross, x
    for step in range(int(width * (1 - 2 * NARROWEST) / STEP) + 1):
        x = left + NARROWEST * width + step * STEP
        fewest = min(bisect_right(ends, x + EDGE_SLACK), len(lines) - bisect_left(starts, x - EDGE_SLACK))
        if fewest < max(MIN_PAIRS, best[0] if best else 0):
            continue
        before = [line for line in lines if line.x1 <= x + EDGE_SLACK]
        after = [line for line in lines if line.x0 >= x - EDGE_SLACK]
        shares = _usual_width(before) / width, _usual_width(after) / width
        if max(shares) < COLUMN_SHARE or min(shares) < PANEL_SHARE:
            continue
        if min(shares) < COLUMN_SHARE and not _keep_own_heights(before, after):
            continue
        pairs, clear = _pairs(before, after), len(before) + len(after)
        if pairs >= MIN_PAIRS and (best is None or (pairs, clear) > best[:2]) and _are_prose(before, after, width):
            best = (pairs, clear, x)
    return best[2] if best else None


def _are_prose(before: Sequence[Line], after: Sequence[Line], width: float) -> bool:
    """Whether the lines that have others beside them are as wide as those of columns: cells of a table are not."""
    shares = [_usual_width(_beside(one, other)) / width for one, other in ((before, after), (after, before))]
    return max(shares) >= COLUMN_SHARE and min(shares) >= PANEL_SHARE


def _beside(lines: Sequence[Line], others: Sequence[Line]) -> list[Line]:
    """The lines that have one of the others at their height."""
    tops = sorted(line.top for line in others)
    bottoms = sorted(line.bottom for line in others)
    return [line for line in lines if bisect_left(tops, line.bottom - 1) > bisect_right(bottoms, line.top + 1)]


def _usual_width(lines: Sequence[Line]) -> float:
    """How wide lines are, half of their text counted: wide in a column of prose, narrow in one of figures.

    Fragments count by their width: a justified line may fall into single words.
    """
    widths = sorted(line.width for line in lines)
    half, seen = sum(widths) / 2, 0.0
    for one in widths:
        seen += one
        if seen >= half:
            return one
    return 0.0


def _keep_own_heights(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether few baselines of the shorter side are those of the longer one, as they are in the rows of a table."""
    few, many = sorted((left, right), key=len)
    heights = sorted(line.baseline for line in many)
    shared = sum(
        1
        for line in few
        if bisect_left(heights, line.baseline - SAME_HEIGHT) < bisect_right(heights, line.baseline + SAME_HEIGHT)
    )
    return shared < OWN_HEIGHTS * len(few)


def _pairs(left: Sequence[Line], right: Sequence[Line]) -> int:
    """How many lines of the left stand at the height of one of the right."""
    spans = sorted((line.top, line.bottom) for line in right)
    count = at = 0
    for line in sorted(left, key=lambda line: line.top):
        while at < len(spans) and spans[at][1] <= line.top + 1:
            at += 1
        if at < len(spans) and spans[at][0] < line.bottom - 1:
            count += 1
    return count


def _items(lines: Sequence[Line]) -> list[Line | Table]:
    """What stands in a column, from top to bottom: tables without rules, and lines made whole."""
    items: list[Line | Table] = []
    fragments: list[Line] = []
    for item in take_open_tables(lines):
        if isinstance(item, Table):
            items += [*_rejoined(fragments), item]
            fragments = []
        else:
            fragments.append(item)
    return [*items, *_rejoined(fragments)]


def _rejoined(lines: Sequence[Line]) -> list[Line]:
    """Lines of one column, fragments of the same baseline put together."""
    joined: list[Line] = []
    for line in sorted(lines, key=lambda line: (round(line.baseline), line.x0)):
        last = joined[-1] if joined else None
        near = last is not None and -line.size < line.x0 - last.x1 < WIDEST_GAP * line.size
        if last and near and share_a_line(last.runs[-1], line.runs[0]):
            runs = (*last.runs, *line.runs)
            joined[-1] = Line(
                last.page, last.turn, runs, last.bold and line.bold, last.ocr, last.italic and line.italic
            )
        else:
            joined.append(line)
    return joined


def _column(page: int, items: Sequence[Line | Table]) -> Column:
    left = min(item.box.x0 if isinstance(item, Table) else item.x0 for item in items)
    right = max(item.box.x1 if isinstance(item, Table) else item.x1 for item in items)
    return Column(page, left, right, tuple(items))


def _place(columns: list[Column], table: Table) -> None:
    """Puts a table among the lines of the column it stands in, or makes it one of its own."""
    middle = (table.box.x0 + table.box.x1) / 2
    fitting = [place for place, column in enumerate(columns) if column.left <= middle <= column.right]
    for place in fitting:
        column = columns[place]
        tops = [item.box.top if isinstance(item, Table) else item.top for item in column.items]
        at = next((i for i, top in enumerate(tops) if top >= table.box.top), None)
        if at is not None or place == fitting[-1]:
            at = len(tops) if at is None else at
            items = (*column.items[:at], table, *column.items[at:])
            columns[place] = Column(column.page, column.left, column.right, items)
            return
    columns.append(Column(table.page, table.box.x0, table.box.x1, (table,)))
