"""Puts right what a page shows out of its place: drawn bullets, initials over several lines, numbers of lines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from brief_nlp.pdf.pages import Box, Page, Run

# a drawn bullet, in sizes of the font of its line
LEAST_DOT, MOST_DOT = 0.12, 0.7  # how wide and tall it is
SQUARE = 0.6  # its shorter side by its longer one, at least
DOT_GAP, FARTHEST_DOT = 0.15, 2.4  # the white between it and its line
DOT_LOW, DOT_HIGH = 0.05, 0.65  # how far its middle stands above the baseline
ALONE = 3.0  # nothing is written as near before it

# an initial, in sizes of the text beside it
INITIAL = 1.7  # how large it is at least
INITIAL_GAP = 1.0  # how far the text beside it stands off at most
EDGE = "\N{ZERO WIDTH SPACE} "  # nothing is read of it, but its line starts there
INITIAL_LINES = 2  # lines beside it at least

# numbers of lines
NUMBERED = 3  # on a page, at least, before their place in the margin is known
LINES_COUNTED = 2  # lines from one number to the next, at least: rows of a table have a number each
COUNTED = 2  # lines a number on a page, at most, where each line is numbered
SMALL = 0.95  # of the usual size: what is smaller is small print
EVERY_LINE = 10  # on a page, where each line is numbered: fewer are the first column of a table
SAME_EDGE = 1.5  # points between the right edges of numbers
LINE_OFF = 0.2  # of the font size: how far a number stands from the baseline of its line at most


def settle_ornaments(pages: Sequence[Page]) -> list[Page]:
    """Pages whose bullets and initials stand in their lines, without numbers of lines."""
    return [_with_initials(_with_bullets(page)) for page in _without_line_numbers(pages)]


def _with_bullets(page: Page) -> Page:
    if not page.dots:
        return page
    ordered = sorted(page.runs, key=lambda run: run.baseline)
    heights = [run.baseline for run in ordered]
    largest = max((run.size for run in ordered), default=0.0)
    bullets: dict[int, Run] = {}
    for dot in page.dots:
        middle = (dot.top + dot.bottom) / 2
        near = ordered[bisect_left(heights, middle) : bisect_right(heights, middle + DOT_HIGH * largest)]
        behind = [run for run in near if _is_bullet_of(dot, middle, run)]
        if behind:
            line = min(behind, key=lambda run: run.x0)
            alone = not any(
                abs(run.baseline - line.baseline) < 0.5 * line.size
                and -ALONE * line.size < run.x1 - dot.x0
                and run.x0 < line.x0
                for run in near
            )
            if alone:
                bullets[id(line)] = Run("• ", dot.x0, line.x0, line.baseline, line.size, line.font, [dot.x0])
    if not bullets:
        return page
    return page._replace(runs=[one for run in page.runs for one in (bullets.get(id(run)), run) if one])


def _is_bullet_of(dot: Box, middle: float, run: Run) -> bool:
    size = run.size
    sides = sorted((dot.x1 - dot.x0, dot.bottom - dot.top))
    return (
        DOT_GAP * size <= run.x0 - dot.x1 <= FARTHEST_DOT * size
        and DOT_LOW * size <= run.baseline - middle <= DOT_HIGH * size
        and LEAST_DOT * size <= sides[0]
        and sides[1] <= MOST_DOT * size
        and sides[0] >= SQUARE * sides[1]
    )


def _with_initials(page: Page) -> Page:
    """Puts a letter set over several lines before the first of them, and those lines at its left edge."""
    large = [run for run in page.runs if len(run.text.strip()) == 1 and run.text.strip().isalpha()]
    runs = page.runs
    for initial in large:
        beside = sorted(
            (
                run
                for run in runs
                if initial.size >= INITIAL * run.size
                and -0.2 * run.size < run.x0 - initial.x1 < INITIAL_GAP * run.size
                and initial.baseline - initial.size < run.baseline <= initial.baseline + 0.3 * run.size
            ),
            key=lambda run: run.baseline,
        )
        if len(beside) < INITIAL_LINES or not beside[0].text[:1].isalpha():
            continue
        first = beside[0]
        letter = initial._replace(
            text=initial.text.strip(), x1=first.x0, baseline=first.baseline, size=first.size, font=first.font
        )
        beside += _line_below(runs, beside[-2:])
        edges = [Run(EDGE, initial.x0, run.x0, run.baseline, run.size, run.font, [initial.x0]) for run in beside[1:]]
        runs = [letter if run is initial else run for run in runs] + edges
    return page if runs is page.runs else page._replace(runs=runs)


def _line_below(runs: Sequence[Run], beside: Sequence[Run]) -> list[Run]:
    """The line under those beside an initial, where it is set in as they are: the white below the letter reaches on."""
    above, last = beside
    below = last.baseline + (last.baseline - above.baseline)
    return [
        run
        for run in runs
        if abs(run.x0 - last.x0) < 1 and run.size == last.size and abs(run.baseline - below) < LINE_OFF * run.size
    ][:1]


def _without_line_numbers(pages: Sequence[Page]) -> list[Page]:
    """Pages without the numbers that count lines in the margin."""
    settled: list[Page] = []
    edges: list[float] = []  # where such numbers ended on earlier pages
    step = 0
    for page in pages:
        numbers, step = _line_numbers(page, edges, step)
        edges += [run.x1 for run in numbers[:1]]
        taken = set(map(id, numbers))
        settled.append(page._replace(runs=[run for run in page.runs if id(run) not in taken]) if numbers else page)
    return settled


def _line_numbers(page: Page, edges: Sequence[float], step: int) -> tuple[list[Run], int]:
    """(the numbers of lines on a page, their step), by the edges and the step of earlier pages."""
    groups: defaultdict[int, list[Run]] = defaultdict(list)
    for run in page.runs:
        if run.text.strip().isdecimal() and len(run.text.strip()) <= 4:
            groups[round(run.x1 / SAME_EDGE)].append(run)
    for place, group in sorted(groups.items()):
        known = any(abs(edge - group[0].x1) <= SAME_EDGE for edge in edges)
        column = sorted([*group, *groups.get(place + 1, ())], key=lambda run: run.baseline)
        if len(column) < (1 if known else NUMBERED):
            continue
        values = [int(run.text) for run in column]
        found = _step(values) if not known else step if all(value % step == 0 for value in values) else 0
        if found and _stand_in_the_margin(page, column, found):
            return column, found
    return [], step


def _step(values: Sequence[int]) -> int:
    """By what numbers rise that begin with their step, and may begin again where the notes are numbered; 0 if not."""
    step, before = values[0], 0
    for value in values:
        if value not in (before + step, step):
            return 0
        before = value
    return step


def _stand_in_the_margin(page: Page, column: Sequence[Run], step: int) -> bool:
    """Whether numbers stand left of all lines that they count: more lines than there are numbers, or in small print."""
    edge = max(run.x1 for run in column)
    taken = set(map(id, column))
    others = [run for run in page.runs if id(run) not in taken]
    heights = sorted(run.baseline for run in others if run.x0 > edge)
    top, bottom = column[0].baseline, column[-1].baseline
    if not others or any(run.x0 < edge and top <= run.baseline <= bottom for run in others):
        return False
    usual = median([run.size for run in others])
    if step == 1:
        if len(column) < EVERY_LINE or any(run.size >= SMALL * usual for run in column):
            return False
        if len({round(height) for height in heights}) > COUNTED * len(column):
            return False  # notes in a list, whose numbers hang
    elif len({round(height) for height in heights if top <= height <= bottom}) < LINES_COUNTED * (len(column) - 1):
        return False
    return all(
        bisect_left(heights, run.baseline - LINE_OFF * usual) < bisect_right(heights, run.baseline + LINE_OFF * usual)
        for run in column
    )
