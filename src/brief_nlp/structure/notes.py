"""Footnotes and endnotes: which lines are notes, where each begins, which marker calls it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from brief_nlp.pdf.pages import Box, Page
from brief_nlp.structure.columns import Column
from brief_nlp.structure.labels import SYMBOL_CALL, Opening, canonical, marker_labels, opening_label
from brief_nlp.structure.lines import Line, without_start
from brief_nlp.structure.phrases import COPYRIGHT
from brief_nlp.structure.tables import Table

SMALLER = 0.96  # of the body's size: how large a note is at most where nothing else sets it off
RULE_REACH = 6.0  # points a separating rule may start beside its column
RULE_SHARE = 0.08  # of the column's width: how long a separating rule is at least
RULE_ABOVE = 3.5  # of the note's size: how far above its first note the rule stands at most
TITLE_STEP = 1.5  # of the note's size: a lone line this large is a title, and the rule under it an ornament
SKIPPED = 3  # numbers that may be missing between two notes whose form is plain
EDGE = 0.5  # of the font size: how far the labels of notes stand from one another's edge at most
NEAR_LINES = 4  # between a call and a note that stands right below its item
APART = 2.4  # of the font size: a line this far below the last is no part of a note
BODY_SHARE = 0.25  # of all characters: a size this common may be the body's, if it is the largest such

_NOTES_HEADING = re.compile(
    r"\s*(?:end\s?notes?|foot\s?notes?|notes?|notes and references|references and notes"
    r"|(?:end)?notes (?:to|for|on) (?:the |this )?(?:\w+ ){0,2}"
    r"(?:part|chapter|section|introduction|conclusion|article)(?: [\divxlc]{1,4})?"
    r"|미주|각주|주석?|후주)\s*[:：]?\s*",
    re.I,
)
# brackets around a number directly behind a word or a stop: a call that is not raised
_INLINE_CALL = re.compile(r"(?<=[\w.,;:?!)\]’”\"'」』])(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}\))(?!\w)")
_ASTERISK = re.compile(r"\s*([*＊]{1,4})(?=\s\S)")
_MAY_CALL = re.compile(r"[*＊†‡§¶‖※\])]")


@dataclass(frozen=True)
class Note:
    """A note as it stands on the page: its label and its lines, the label's runs left out."""

    label: str
    page: int
    lines: tuple[Line, ...]
    endnote: bool = False
    printed: str = ""  # the label with its brackets


@dataclass(frozen=True)
class _Labelled:
    """The label a note's first line opens with, and the line without it."""

    label: str
    rest: Line
    printed: str
    form: str | None  # None where the label is raised


@dataclass
class _Open:
    """Notes being collected: the last may run on over a column or a page."""

    notes: list[Note] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)  # how often each label stands raised behind a word
    reopened: bool = False  # a heading over endnotes was the last thing read: numbering may start anew
    edge: float = 0.0  # where the label of the last note stood
    form: str | None = None  # how the first number is written; other forms inside a note are its own lists

    def start(self, labelled: _Labelled, line: Line, endnote: bool) -> None:
        self.notes.append(Note(labelled.label, line.page, (labelled.rest,), endnote, labelled.printed))
        self.edge, self.reopened = line.x0, False

    def carry_on(self, line: Line) -> None:
        last = self.notes[-1]
        self.notes[-1] = replace(last, lines=(*last.lines, line))

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
    return max(
        size for size, weight in weights.items() if weight >= BODY_SHARE * total or weight == max(weights.values())
    )


def split_notes(columns: Sequence[Column], pages: dict[int, Page], body: float) -> tuple[list[Column], list[Note]]:
    """(columns without their notes, the notes in order)."""
    collected = _Open(calls=_calls(columns))
    kept: list[Column] = []
    in_endnotes = False
    for column in columns:
        rest: list[Line | Table] = []
        cut: int | None = None
        if not in_endnotes:
            cut = _note_cut(column, pages[column.page], body, collected)
        cut = len(column.items) if cut is None else cut
        end = _note_end(column, cut)
        inset = _inset_notes(column.items[:cut])
        for place, item in enumerate(column.items):
            if in_endnotes and isinstance(item, Line) and not _ends_endnotes(item, body, collected):
                _add(collected, item, endnote=True)
            elif cut <= place < end or place in inset:
                if isinstance(item, Line):
                    _add(collected, item, endnote=False)
            else:
                in_endnotes = isinstance(item, Line) and _opens_endnotes(item, column.items[place + 1 : place + 2])
                collected.reopened |= in_endnotes
                rest.append(item)
        kept.append(Column(column.page, column.left, column.right, tuple(rest)))
    return kept, collected.notes


def _inset_notes(items: Sequence[Line | Table]) -> frozenset[int]:
    """Places of the lines of notes right below the item that calls them by an asterisk, in smaller print."""
    found: set[int] = set()
    for place, item in enumerate(items):
        if not isinstance(item, Line) or not place or (note := _ASTERISK.match(item.text)) is None:
            continue
        above = items[place - 1]
        near = range(max(0, place - NEAR_LINES), place)
        called = any(isinstance(line := items[at], Line) and line.text.endswith(note[1]) for at in near)
        if not called or not isinstance(above, Line) or (item.size > SMALLER * above.size and place - 1 not in found):
            continue
        found.add(place)
        for at in range(place + 1, len(items)):
            line = items[at]
            if not isinstance(line, Line) or line.size != item.size or line.x0 <= item.x0 + 1:
                break
            found.add(at)
    return frozenset(found)


def _calls(columns: Sequence[Column]) -> Counter[str]:
    """How often each label stands raised, or as a symbol, behind a word; in brackets where none is raised."""
    raised, inline = Counter[str](), Counter[str]()
    for column in columns:
        for item in column.items:
            for line in [item] if isinstance(item, Line) else item.lines:
                text = line.text
                if _MAY_CALL.search(text):
                    raised.update(match[1].replace("＊", "*") for match in SYMBOL_CALL.finditer(text))
                    inline.update(canonical(match[0]) for match in _INLINE_CALL.finditer(text))
                for run in line.runs[1:]:
                    if line.is_raised(run):
                        raised.update(marker_labels(run.text))
    return raised if any(label.isdigit() for label in raised) else raised + inline


def _rule_cut(column: Column, page: Page) -> int | None:
    """Place in the column of the first line under a rule that separates notes from text."""
    for rule in sorted(page.rules, key=lambda rule: rule.top):
        if not _may_separate(rule, column, page):
            continue
        below = [
            place for place, item in enumerate(column.items) if isinstance(item, Line) and item.baseline > rule.top
        ]
        if not below or len(below) == len(column.items):
            continue
        first = column.items[below[0]]
        above = column.items[below[0] - 1]
        if not isinstance(first, Line) or not isinstance(above, Line):
            continue
        near = first.top - rule.top <= RULE_ABOVE * first.size
        smaller = all(item.size < above.size for item in column.items[below[0] :] if isinstance(item, Line))
        if near and smaller and first.size < above.size and not _is_lone_title(column, below[0], first):
            return below[0]
    return None


def _is_lone_title(column: Column, place: int, below: Line) -> bool:
    """Whether the line above a rule is the only one of its size, and too large to be text above its notes."""
    above = [item.size for item in column.items[:place] if isinstance(item, Line)]
    return above[-1] >= TITLE_STEP * below.size and above.count(above[-1]) == 1


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


def _note_end(column: Column, cut: int) -> int:
    """Place after the last line of the notes: a copyright line, or what white space sets apart, is none."""
    for place in range(cut, len(column.items)):
        line, before = column.items[place], column.items[place - 1]
        if not isinstance(line, Line):
            continue
        if COPYRIGHT.match(line.text):
            return place
        apart = isinstance(before, Line) and line.baseline - before.baseline > APART * line.size
        if place > cut and apart and opening_label(line.text) is None and not line.is_raised(line.runs[0]):
            return place
    return len(column.items)


def _label_of(line: Line, collected: _Open) -> _Labelled | None:
    """The label of the note that begins with this line, if one does."""
    first = line.runs[0]
    if len(line.runs) > 1 and line.is_raised(first):
        labels = marker_labels(first.text)
        if line.ocr and labels and collected.last_number is not None:
            labels = (str(collected.last_number + 1),)  # recognised in a picture: the order is surer than the digit
        if len(labels) == 1:
            rest = Line(line.page, line.turn, line.runs[1:], line.bold, line.ocr)
            return _Labelled(labels[0], rest, first.text.strip(), None)
    opening = opening_label(line.text)
    if opening is None or (opening.label.isdigit() and not _follows(opening, line, collected)):
        return None
    if not opening.label.isdigit() and not any(call.startswith(opening.label[0]) for call in collected.calls):
        return None  # calls in a row may stand as one: *** for * and **
    stripped = without_start(line, opening.length)
    if stripped is None:
        return None
    return _Labelled(opening.label, stripped, line.text[: opening.length].strip(), opening.form)


def _follows(opening: Opening, line: Line, collected: _Open) -> bool:
    """Whether a number can be the next note's: in sequence, in the form of the first, or anew."""
    last = collected.last_number
    if last is None:
        return int(opening.label) == 1 or opening.sure
    if collected.form not in (None, opening.form):
        return False
    step = int(opening.label) - last
    if opening.label == "1":
        at_edge = abs(line.x0 - collected.edge) < EDGE * line.size
        return collected.reopened or line.page > collected.notes[-1].page or (collected.calls["1"] > 1 and at_edge)
    return step == 1 or (opening.sure and 0 < step <= SKIPPED)


def _add(collected: _Open, line: Line, *, endnote: bool) -> None:
    labelled = _label_of(line, collected)
    if labelled:
        if collected.form is None and labelled.label.isdigit():
            collected.form = labelled.form
        collected.start(labelled, line, endnote)
    elif collected.notes:
        collected.carry_on(line)


def _opens_endnotes(line: Line, following: Sequence[Line | Table]) -> bool:
    if not _NOTES_HEADING.fullmatch(line.text) or not following or not isinstance(following[0], Line):
        return False
    opening = opening_label(following[0].text)
    return opening is not None and opening.label in ("1", "*")


def _ends_endnotes(line: Line, body: float, collected: _Open) -> bool:
    if COPYRIGHT.match(line.text):
        return True
    last = collected.notes[-1] if collected.notes else None
    if last and last.endnote and last.lines[0].size < SMALLER * body <= SMALLER * line.size:
        return True
    return (line.bold or line.size > 1.1 * body) and opening_label(line.text) is None
