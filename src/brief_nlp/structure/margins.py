"""Where the lines of a column start and end, how far apart they stand, and whether they are justified."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from brief_nlp.structure.columns import Column

SIZE_STEP = 0.06  # of the font size: a difference this large is another style
SET_IN = 0.6, 4.0  # of the font size: how far a first line is set in
JUSTIFIED, SAME_END, FEW_LINES = 0.4, 1.0, 6  # of the lines, points, lines: as many end at one place if justified


@dataclass(frozen=True)
class Margins:
    """Of a column, in points."""

    left: float
    right: float
    leading: float
    indents: bool
    usual: float = 0.0  # where most lines end, if they are justified
    justified: bool = False


def are_justified(columns: Sequence[Column]) -> bool:
    """Whether most lines of the document end where most of their column do."""
    ends = [sorted(line.x1 for line in column.lines) for column in columns]
    ends = [found for found in ends if len(found) >= FEW_LINES]
    return sum(_most(found)[1] for found in ends) >= JUSTIFIED * sum(map(len, ends)) > 0


def margins_of(column: Column, body: float, *, justified: bool) -> Margins:
    """The margins of a column by its lines of the body's size."""
    lines = [line for line in column.lines if abs(line.size - body) <= SIZE_STEP * body]
    size = body  # of a column in another size, say a box beside the text, the leading is its own
    if not lines:
        lines = column.lines
        if not lines:
            return Margins(column.left, column.right, 1.4 * body, False)
        size = median(line.size for line in lines)
    lefts = Counter(round(line.x0) for line in lines)
    common = lefts.most_common(1)[0][1]
    left = min(x for x, count in lefts.items() if count >= max(1, common // 3))
    steps = [b.baseline - a.baseline for a, b in itertools.pairwise(lines) if 0 < b.baseline - a.baseline < 3 * body]
    leading = median(steps) * body / size if steps else 1.4 * body
    set_in = sum(1 for line in lines if SET_IN[0] * body < line.x0 - left < SET_IN[1] * body)
    ends = sorted(line.x1 for line in lines)
    usual, count = _most(ends)
    return Margins(left, ends[-1], leading, set_in > 0, usual, justified and count > 1)


def _most(ends: Sequence[float]) -> tuple[float, int]:
    """(the place where most lines end, how many do), from places in order."""
    best, start = (0.0, 0), 0
    for place, end in enumerate(ends):
        while end - ends[start] > SAME_END:
            start += 1
        best = max(best, (end, place - start + 1), key=lambda found: found[1])
    return best
