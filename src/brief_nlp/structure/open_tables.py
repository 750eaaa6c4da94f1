"""Tables without ruling lines: rows of fragments that leave the same upright white stripes.

Prose that is set justified falls into fragments as well, but its gaps lie elsewhere on each line;
a list whose numbers hang far out leaves one stripe, but its first column holds nothing but numbers.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from brief_nlp.pdf.pages import Box
from brief_nlp.structure.labels import opening_label
from brief_nlp.structure.lines import Line, right_edge
from brief_nlp.structure.phrases import BULLET
from brief_nlp.structure.tables import Table

SAME_ROW = 0.35  # of the font size: how far apart the baselines of one row are at most
FEWEST_ROWS = 3
CLOSE_ROWS = 2.6  # of the font size: how far apart the baselines of neighbouring rows are at most
STRIPE = 0.8  # of the font size: how wide the white between two columns is at least
FULL_SHARE = 0.6  # of the rows of a table: as many fill more than one column
PROSE_SHARE = 0.36  # of the table's width: what is mostly made of fragments as wide is prose in columns

_Row = list[Line]


def take_open_tables(lines: Sequence[Line]) -> list[Line | Table]:
    """The lines of one column, in order, with tables in the place of the fragments that make them up."""
    rows = _rows(lines)
    cut = [list(itertools.chain.from_iterable(map(_fragments, row))) for row in rows]
    items: list[Line | Table] = []
    at = 0
    while at < len(rows):
        stop = _table_end(cut, at)
        table = _table(cut[at:stop]) if stop - at >= FEWEST_ROWS else None
        if table is None:
            items.extend(rows[at])
            at += 1
        else:
            items.append(table)
            at = stop
    return items


def _rows(lines: Sequence[Line]) -> list[_Row]:
    rows: list[_Row] = []
    for line in sorted(lines, key=lambda line: (line.baseline, line.x0)):
        if rows and abs(rows[-1][0].baseline - line.baseline) <= SAME_ROW * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda line: line.x0)
    return rows


def _fragments(line: Line) -> list[Line]:
    """A line cut at white as wide as between two columns: the words of a head may stand as near."""
    cuts = [
        place
        for place, (before, run) in enumerate(itertools.pairwise(line.runs), 1)
        if run.x0 - right_edge(before) >= STRIPE * line.size
    ]
    if not cuts:
        return [line]
    return [replace(line, runs=line.runs[start:stop]) for start, stop in itertools.pairwise([0, *cuts, len(line.runs)])]


def _table_end(rows: Sequence[_Row], at: int) -> int:
    """The place after the last row that can belong to a table which starts at `at`."""
    if len(rows[at]) < 2:
        return at
    stop = last_full = at + 1
    covered = _covered(rows[at], [])
    while stop < len(rows):
        row, before = rows[stop], rows[stop - 1]
        far = row[0].baseline - before[0].baseline > CLOSE_ROWS * row[0].size
        merged = _covered(row, covered)
        if far or abs(row[0].size - before[0].size) > 0.15 * row[0].size or len(merged) < 2:
            break
        if len(row) == 1 and _reaches_over(row[0], covered):
            break
        covered = merged
        stop += 1
        if len(row) > 1:
            last_full = stop
    return last_full


def _covered(row: _Row, stripes: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The stretches of x that ink covers, white narrower than a stripe closed."""
    white = STRIPE * row[0].size
    merged: list[tuple[float, float]] = []
    for x0, x1 in sorted([*stripes, *((line.x0, line.x1) for line in row)]):
        if merged and x0 - merged[-1][1] < white:
            merged[-1] = (merged[-1][0], max(x1, merged[-1][1]))
        else:
            merged.append((x0, x1))
    return merged


def _reaches_over(line: Line, stripes: Sequence[tuple[float, float]]) -> bool:
    return sum(1 for x0, x1 in stripes if line.x0 < x1 and line.x1 > x0) > 1


def _table(rows: Sequence[_Row]) -> Table | None:
    stripes: list[tuple[float, float]] = []
    for row in rows:
        stripes = _covered(row, stripes)
    full = [row for row in rows if len(row) > 1]
    if len(stripes) < 2 or len(full) < max(FEWEST_ROWS, FULL_SHARE * len(rows)):
        return None
    first = [row[0].text for row in full if row[0].x0 < stripes[0][1]]
    if all(BULLET.fullmatch(f"{text} ") or _is_label(text) for text in first):
        return None
    if _is_prose(rows, stripes):
        return None
    cells = [[tuple(line for line in row if x0 <= line.x0 <= x1) or None for x0, x1 in stripes] for row in rows]
    box = Box(stripes[0][0], min(line.top for line in rows[0]), stripes[-1][1], max(line.bottom for line in rows[-1]))
    return Table(rows[0][0].page, box, tuple(map(tuple, _without_wraps(cells))))


def _is_label(text: str) -> bool:
    opening = opening_label(f"{text} x")
    return opening is not None and opening.length >= len(text)


def _is_prose(rows: Sequence[_Row], stripes: Sequence[tuple[float, float]]) -> bool:
    """Whether most of the ink lies in lines as wide as columns of prose."""
    width = stripes[-1][1] - stripes[0][0]
    widths = [line.width for line in itertools.chain.from_iterable(rows)]
    return sum(one for one in widths if one > PROSE_SHARE * width) > sum(widths) / 2


def _without_wraps(rows: Sequence[list[tuple[Line, ...] | None]]) -> list[list[tuple[Line, ...] | None]]:
    """A row that fills one column only carries on the cell above it."""
    joined: list[list[tuple[Line, ...] | None]] = []
    for row in rows:
        filled = [place for place, cell in enumerate(row) if cell]
        above = joined[-1][filled[0]] if joined and len(filled) == 1 else None
        if above is not None:
            joined[-1][filled[0]] = (*above, *(row[filled[0]] or ()))
        else:
            joined.append(list(row))
    return joined
