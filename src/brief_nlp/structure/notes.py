"""Footnotes and endnotes: which lines are notes, where each begins, which marker calls it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from brief_nlp.pdf.pages import Box, Page, Run, word_starts
from brief_nlp.structure.columns import Column, Table
from brief_nlp.structure.labels import Opening, marker_labels, opening_label
from brief_nlp.structure.lines import Line

SMALLER = 0.96  # of the body's size: how large a note is at most where nothing else sets it off
RULE_REACH = 6.0  # points a separating rule may start beside its column
RULE_SHARE = 0.08  # of the column's width: how long a separating rule is at least
RULE_ABOVE = 3.5  # of the note's size: how far above its first note the rule stands at most
SKIPPED = 3  # numbers that may be missing between two notes whose form is plain
BODY_SHARE = 0.25  # of all characters: a size this common may be the body's, if it is the largest such

_NOTES_HEADING = re.compile(
    r"\s*(?:end\s?notes?|foot\s?notes?|notes?|notes and references|references and notes|미주|각주|주석?|후주)\s*[:：]?\s*", re.I
)


@dataclass(frozen=True)
class Note:
    """A note as it stands on the page: its label and its lines, the label's runs left out."""

    label: str
    page: int
    lines: tuple[Line, ...]
    endnote: bool = False


@dataclass
class _Open:
    """Notes being collected: the last may run on over a column or a page."""

    notes: list[Note] = field(default_factory=list)
    form: str | None = None  # how the first number is written; other forms inside a note are its own lists

    def start(self, label: str, line: Line, endnote: bool) -> None:
        self.notes.append(Note(label, line.page, (line,), endnote))

    def carry_on(self, line: Line) -> None:
        last = self.notes[-1]
        self.notes[-1] = Note(last.label, last.page, (*last.lines, line), last.endnote)

    @property
    def last_number(self) -> int | None:
        for note in reversed(self.notes):
            if note.label.isdigit():
                return int(note.label)
        return None


def body_size(columns: Iterable[Column], pages: dict[int, Page]) -> float:
    """The font size of the running text, in points: not the most frequent where notes outweigh it."""
    weights: Counter[float] = Counter()
    for column in columns:
        cut = _rule_cut(column, pages[column.page])
        for place, item in enumerate(column.items):
            if isinstance(item, Line) and (cut is None or place < cut):
                weights[item.size] += len(item.text)
    total = sum(weights.values())
    if not total:
        return 10.0
    return max(size for size, weight in weights.items() if weight >= BODY_SHARE * total or weight == max(weights.values()))


def split_notes(
    columns: Sequence[Column], pages: dict[int, Page], body: float
) -> tuple[list[Column], list[Note]]:
    """(columns without their notes, the notes in order)."""
    collected = _Open()
    kept: list[Column] = []
    in_endnotes = False
    for column in columns:
        cut = _note_cut(column, pages[column.page], body, collected)
        items = column.items if cut is None else column.items[:cut]
        for line in [] if cut is None else column.items[cut:]:
            if isinstance(line, Line):
                _add(collected, line, endnote=False)
        rest: list[Line | Table] = []
        for place, item in enumerate(items):
            if in_endnotes and isinstance(item, Line) and not _ends_endnotes(item, body):
                _add(collected, item, endnote=True)
                continue
            in_endnotes = isinstance(item, Line) and _opens_endnotes(item, items[place + 1 : place + 2])
            rest.append(item)
        kept.append(Column(column.page, column.left, column.right, tuple(rest)))
    return kept, collected.notes


def _rule_cut(column: Column, page: Page) -> int | None:
    """Place in the column of the first line under a rule that separates notes from text."""
    for rule in sorted(page.rules, key=lambda rule: rule.top):
        if not _may_separate(rule, column, page):
            continue
        below = [place for place, item in enumerate(column.items) if isinstance(item, Line) and item.baseline > rule.top]
        if not below or len(below) == len(column.items):
            continue
        first = column.items[below[0]]
        above = column.items[below[0] - 1]
        if not isinstance(first, Line) or not isinstance(above, Line):
            continue
        near = first.top - rule.top <= RULE_ABOVE * first.size
        smaller = all(item.size < above.size for item in column.items[below[0] :] if isinstance(item, Line))
        if near and smaller and first.size < above.size:
            return below[0]
    return None


def _may_separate(rule: Box, column: Column, page: Page) -> bool:
    length = rule.x1 - rule.x0
    in_table = any(
        cell and cell.top - 2 <= rule.top <= cell.bottom + 2 and cell.x0 - 2 <= rule.x1 and rule.x0 <= cell.x1 + 2
        for rows in page.tables
        for row in rows
        for cell in row
    )
    return (
        rule.bottom - rule.top <= length
        and not in_table
        and abs(rule.x0 - column.left) <= RULE_REACH + 0.05 * page.width
        and length >= RULE_SHARE * (column.right - column.left)
    )


def _note_cut(column: Column, page: Page, body: float, collected: _Open) -> int | None:
    """Place in the column at which its notes begin, or None."""
    by_rule = _rule_cut(column, page)
    if by_rule is not None:
        first = column.items[by_rule]
        if collected.notes or (isinstance(first, Line) and _label_of(first, collected) is not None):
            return by_rule
    at = len(column.items)
    while at and isinstance(item := column.items[at - 1], Line) and item.size <= SMALLER * body:
        at -= 1
    return next(
        (
            place
            for place in range(at, len(column.items))
            if isinstance(line := column.items[place], Line) and _label_of(line, collected) is not None
        ),
        None,
    )


def _label_of(line: Line, collected: _Open) -> tuple[str, Line] | None:
    """(label, the line without it) where a note begins."""
    first = line.runs[0]
    if len(line.runs) > 1 and line.is_raised(first):
        labels = marker_labels(first.text)
        if len(labels) == 1:
            return labels[0], Line(line.page, line.turn, line.runs[1:], line.bold, line.ocr)
    opening = opening_label(line.text)
    if opening is None or (opening.label.isdigit() and not _follows(opening, line, collected)):
        return None
    stripped = _without_opening(line)
    return (opening.label, stripped) if stripped else None


def _follows(opening: Opening, line: Line, collected: _Open) -> bool:
    """Whether a number can be the next note's: in sequence, in the form of the first, or anew on a new page."""
    last = collected.last_number
    if last is None:
        return int(opening.label) == 1 or opening.sure
    if collected.form not in (None, opening.form):
        return False
    step = int(opening.label) - last
    restarts = opening.label == "1" and line.page > collected.notes[-1].page
    return step == 1 or restarts or (opening.sure and 0 < step <= SKIPPED)


def _without_opening(line: Line) -> Line | None:
    """The line without the label it opens with; None where nothing is left."""
    opening = opening_label(line.text)
    remaining = opening.length if opening else 0
    runs = list(line.runs)
    while runs and remaining > 0:
        run = runs[0]
        lead = len(run.text) - len(run.text.lstrip())
        if len(run.text) - lead <= remaining:
            remaining -= len(run.text) - lead
            runs.pop(0)
            continue
        runs[0] = _tail(run, lead + remaining)
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


def _add(collected: _Open, line: Line, *, endnote: bool) -> None:
    labelled = _label_of(line, collected)
    if labelled:
        opening = opening_label(line.text)
        if collected.form is None and opening and labelled[0].isdigit() and not line.is_raised(line.runs[0]):
            collected.form = opening.form
        collected.start(*labelled, endnote)
    elif collected.notes:
        collected.carry_on(line)


def _opens_endnotes(line: Line, following: Sequence[Line | Table]) -> bool:
    if not _NOTES_HEADING.fullmatch(line.text) or not following or not isinstance(following[0], Line):
        return False
    opening = opening_label(following[0].text)
    return opening is not None and opening.label in ("1", "*")


def _ends_endnotes(line: Line, body: float) -> bool:
    return (line.bold or line.size > 1.1 * body) and opening_label(line.text) is None
