"""Runs to lines: what stands on one baseline with no wide gap, superscripts included."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from brief_nlp.pdf.pages import Page, Run, word_starts
from brief_nlp.structure.labels import marker_labels

ASCENT, DESCENT = 0.78, 0.22  # of the font size: the usual extent of a line around its baseline
FLOW_GAP = 1.0  # of the font size: the widest gap between two runs that follow each other in the file
STRAY_GAP = 0.75  # of the font size: the same for runs that do not
FEW = 8  # lines at a height, up to which looking at all of them is quicker than sorting out
OVERLAP_GAP = -0.6  # of the font size: how far a run may reach back over the one before it
SPACE_GAP = 0.16  # of the font size: a gap this wide is a space
SPACE_SHARE = 0.5  # of the width of a letter: that of a space
RAISED = 0.1  # of the line's size: how far above the baseline a superscript stands at least
TINY, DROPPED = 0.7, 0.15  # of the line's size: how large and how low a superscript is that is not raised, at most
SMALL = 0.85  # of the line's size: how large a superscript is at most

Value = TypeVar("Value")

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_CONTROL = dict.fromkeys((*range(32), *range(127, 160), 173, 8203, 8204, 8205, 8288, 65279))
_SPACES = dict.fromkeys((9, 160, 8194, 8195, 8201, 8202, 8239, 8287, 12288), " ")
_TRANSLATION = {**_CONTROL, **_LIGATURES, **_SPACES}
_INDEXED = re.compile(r"[A-Za-z0-9]$")
_ODD = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u0300-\u036f\u1100-\u11ff\u2000-\u200f\u202f\u205f\u2060\u3000\ufb00-\ufeff]"
)


class lazy(Generic[Value]):  # noqa: N801 - used like `property`
    """A property worked out once: `functools.cached_property` without its lock, which costs more than the work."""

    def __init__(self, work: Callable[[Any], Value]) -> None:
        self._work = work
        self.__doc__ = work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: object, owner: type) -> Value:
        value = self._work(instance)
        object.__setattr__(instance, self._name, value)  # past the guard of a frozen class
        return value


@dataclass(frozen=True)
class Line:
    """A line of a page, its runs from left to right."""

    page: int
    turn: int
    runs: tuple[Run, ...]
    bold: bool
    ocr: bool
    italic: bool = False

    @lazy
    def size(self) -> float:
        """Font size of most of its characters, in points."""
        if len(self.runs) == 1:
            return round(self.runs[0].size, 1)
        weights: Counter[float] = Counter()
        for run in self.runs:
            weights[round(run.size, 1)] += len(run.text)
        if len(weights) > 1:
            largest = max(self.runs, key=lambda run: run.size)
            for run in self.runs:  # calls for notes may outweigh the end of the word that they stand behind
                if _is_raised(run, largest.size, largest.baseline) and marker_labels(run.text):
                    weights[round(run.size, 1)] -= len(run.text)
        return max(weights, key=lambda size: (weights[size], size))

    @lazy
    def baseline(self) -> float:
        """Baseline of the runs of its own size."""
        if len(self.runs) == 1:
            return self.runs[0].baseline
        return next(run.baseline for run in self.runs if round(run.size, 1) == self.size)

    @lazy
    def x0(self) -> float:
        """Left edge."""
        return self.runs[0].x0

    @lazy
    def x1(self) -> float:
        """Right edge, trailing spaces left out."""
        return max(right_edge(run) for run in self.runs)

    @lazy
    def top(self) -> float:
        """Upper edge."""
        return min(run.baseline - ASCENT * run.size for run in self.runs)

    @lazy
    def bottom(self) -> float:
        """Lower edge."""
        return max(run.baseline + DESCENT * run.size for run in self.runs)

    @lazy
    def text(self) -> str:
        """Its characters with the spaces between runs, trimmed."""
        parts: list[str] = []
        for place, run in enumerate(self.runs):
            if place and needs_space(self.runs[place - 1], run):
                parts.append(" ")
            parts.append(clean(run.text))
        return "".join(parts).strip()

    @property
    def width(self) -> float:
        """From edge to edge, in points."""
        return self.x1 - self.x0

    def is_raised(self, run: Run) -> bool:
        """Whether a run is a superscript of this line.

        Some fonts tell typesetters to make superscripts small and leave them on the baseline.
        """
        if _is_raised(run, self.size, self.baseline):
            return True
        small = run.size <= TINY * self.size and abs(self.baseline - run.baseline) <= DROPPED * self.size
        return small and bool(marker_labels(run.text)) and self._stands_behind_a_word(run)

    def _stands_behind_a_word(self, run: Run) -> bool:
        """Whether a run follows Hangul or a stop, or opens the line: behind Latin letters it is an index."""
        before = [other for other in self.runs if other.x0 < run.x0 and other.size > TINY * self.size]
        return not before or not _INDEXED.search(before[-1].text)


def _is_raised(run: Run, size: float, baseline: float) -> bool:
    return run.size <= SMALL * size and baseline - run.baseline >= RAISED * size


def clean(text: str) -> str:
    """NFC, ligatures spelled out, control characters dropped, every space a plain one."""
    if text.isascii() and text.isprintable():
        return text
    if _ODD.search(text):
        text = text.translate(_TRANSLATION)
    return unicodedata.normalize("NFC", text)


def anchored_words(run: Run) -> list[tuple[str, float]]:
    """The cleaned words of a run (trailing spaces kept) with the x at which each starts."""
    starts = [*word_starts(run.text), len(run.text)]
    return [
        (clean(run.text[start : starts[place + 1]]), run.words[place])
        for place, start in enumerate(starts[:-1])
        if place < len(run.words)
    ]


def right_edge(run: Run) -> float:
    """Where the last visible character of a run ends, in points."""
    if not run.text[-1:].isspace() or not run.words:
        return run.x1
    stripped = len(run.text.rstrip())
    last = run.text.rfind(" ", 0, stripped) + 1
    letters, spaces = max(0, stripped - last), len(run.text) - stripped
    share = letters / (letters + SPACE_SHARE * spaces)
    return run.words[-1] + share * (run.x1 - run.words[-1])


def needs_space(before: Run, run: Run) -> bool:
    """Whether a space stands between two neighbouring runs of a line that neither of them holds."""
    if before.text.endswith(" ") or run.text.startswith(" "):
        return False
    return run.x0 - right_edge(before) > SPACE_GAP * max(before.size, run.size)


def page_lines(page: Page, runs: Iterable[Run] | None = None) -> list[Line]:
    """The lines of a page (or of some of its runs), from top to bottom, then from left to right."""
    groups: list[list[Run]] = []
    for run in page.runs if runs is None else runs:
        if not run.text.strip():
            if groups and _adjoins(groups[-1][-1], run, FLOW_GAP):
                groups[-1].append(run)
            continue
        if groups and _adjoins(groups[-1][-1], run, FLOW_GAP):
            groups[-1].append(run)
        else:
            groups.append([run])
    lines = [_line(page, group) for group in _merged(groups)]
    return sorted(lines, key=lambda line: (round(line.baseline, 1), line.x0))


def _adjoins(before: Run, run: Run, widest: float) -> bool:
    size = max(before.size, run.size)
    gap = run.x0 - before.x1
    if not OVERLAP_GAP * size < gap < widest * size:
        return False
    return share_a_line(before, run)


def share_a_line(one: Run, other: Run) -> bool:
    """Whether two runs overlap in height as the parts of one line do."""
    small, large = sorted((one, other), key=lambda run: run.size)
    if small.size > SMALL * large.size:
        return abs(small.baseline - large.baseline) <= 0.2 * large.size
    rise = large.baseline - small.baseline
    return -0.3 * large.size <= rise <= 0.75 * large.size


@dataclass
class _Open:
    """A line that may go on, and its run that ends furthest to the right."""

    runs: list[Run]
    last: Run


def _merged(groups: list[list[Run]]) -> list[list[Run]]:
    """Joins fragments of one line that do not follow each other in the file."""
    ordered = sorted(groups, key=lambda group: (group[0].x0, group[0].baseline))
    furthest = STRAY_GAP * max((run.size for group in groups for run in group), default=0.0)
    rows: dict[int, list[_Open]] = {}
    merged: list[_Open] = []
    for group in ordered:
        first, last = group[0], max(group, key=lambda run: run.x1)
        row = round(first.baseline / 6)
        for near in range(row - 2, row + 3):
            if len(rows.get(near, ())) > FEW:  # what ends so far to the left is out of reach of all that follow
                rows[near] = [one for one in rows[near] if first.x0 - one.last.x1 < furthest]
        for one in (one for near in range(row - 2, row + 3) for one in rows.get(near, ())):
            if _adjoins(one.last, first, STRAY_GAP):
                one.runs.extend(group)
                one.last = max(one.last, last, key=lambda run: run.x1)
                break
        else:
            fresh = _Open(list(group), last)
            merged.append(fresh)
            rows.setdefault(row, []).append(fresh)
    return [one.runs for one in merged]


def _line(page: Page, runs: Sequence[Run]) -> Line:
    if len(runs) == 1:
        font = page.fonts[runs[0].font]
        return Line(page.number, page.turn, tuple(runs), font.bold, page.ocr, font.italic)
    ordered = tuple(sorted(runs, key=lambda run: run.x0))
    visible = Counter[bool]()
    for run in ordered:
        visible[page.fonts[run.font].bold] += len(run.text.replace(" ", ""))
    italic = all(page.fonts[run.font].italic or run.text.isspace() for run in ordered)
    return Line(page.number, page.turn, ordered, visible[True] > 4 * visible[False], page.ocr, italic)


def without_start(line: Line, length: int) -> Line | None:
    """The line without the first `length` characters of its text; None where nothing is left."""
    remaining = len("".join(line.text[:length].split()))  # spaces between runs stand in no run
    runs = list(line.runs)
    while runs and remaining:
        letters = [place for place, char in enumerate(runs[0].text) if not clean(char).isspace()]
        if len(letters) <= remaining:
            remaining -= len(letters)
            runs.pop(0)
            continue
        runs[0] = _tail(runs[0], letters[remaining])
        remaining = 0
    return Line(line.page, line.turn, tuple(runs), line.bold, line.ocr) if runs else None


def _tail(run: Run, cut: int) -> Run:
    """A run from its character `cut` on."""
    starts = word_starts(run.text)
    kept = [(start, x) for start, x in zip(starts, run.words, strict=False) if start >= cut]
    text = run.text[cut:]
    if not kept or kept[0][0] > cut:
        before = [(start, x) for start, x in zip(starts, run.words, strict=False) if start < cut]
        start, x = before[-1]
        stop, x_stop = kept[0] if kept else (len(run.text), run.x1)
        kept.insert(0, (cut, x + (x_stop - x) * (cut - start) / max(1, stop - start)))
    return run._replace(text=text, x0=kept[0][1], words=[x for _, x in kept][: len(word_starts(text))])
