"""Puts the reading text together: offsets, lines, and where each marker stood."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from brief_nlp.pdf.pages import Page, Run, word_starts
from brief_nlp.schema import Region, TextLine
from brief_nlp.structure.joins import Join
from brief_nlp.structure.labels import UNICODE_SUPERSCRIPT, canonical, marker_labels
from brief_nlp.structure.lines import ASCENT, DESCENT, Line, anchored_words, clean, needs_space, right_edge
from brief_nlp.structure.notes import Note
from brief_nlp.structure.textmap import shown_region

# a raised number after one of these is an exponent or a unit, not a call for a note
_UNIT = re.compile(r"(?:\b(?:k|c|m|d|h)?m|\bha|×\s?10|\d\s?x\s?10)$")
SHARE_CALLED = 0.6  # of the notes: as many have labels, and calls, of one kind
NEAR = 4  # notes that follow one another: among them is the next that is called
SPACE_EM, LATIN_EM, HANGUL_EM = 0.28, 0.5, 0.95


class _Ems(dict[str, float]):
    """Usual widths of characters, in ems."""

    def __missing__(self, char: str) -> float:
        self[char] = SPACE_EM if char in " .,;:'’‘!|il()[]" else HANGUL_EM if char > "\u1100" else LATIN_EM
        return self[char]


_EMS = _Ems()


@dataclass(frozen=True)
class RawMarker:
    """A marker as found: its label, offset, block and box."""

    label: str
    offset: int
    block: int
    page: int
    region: Region


def inline_calls(notes: Sequence[Note]) -> re.Pattern[str] | None:
    """What calls look like that are not raised: the brackets and numbers that the notes open with.

    A call stands directly behind a word or a stop; only one in square brackets may follow a space.
    """
    printed = {note.printed for note in notes if note.printed[-1:] in (")", "]")}
    if not printed or len(printed) < SHARE_CALLED * len({note.label for note in notes}):
        return None
    joined = "|".join(re.escape(label) for label in sorted(printed, key=lambda label: (-len(label), label)))
    return re.compile(rf"(?:(?<=[\w.,;:?!)\]’”\"'」』])|(?<=\s)(?=\[))(?:{joined})(?!\w{{2}})")


def _word_end(word: str, x: float, following: float) -> float:
    """Where a word ends whose trailing space reaches to the next: by the usual widths of its characters, in ems."""
    whole = sum(map(_EMS.__getitem__, word))
    return x + (following - x) * (1 - _EMS[" "] / whole)


@dataclass
class Assembly:
    """The text so far; grows by one block at a time."""

    pages: dict[int, Page]
    join: Callable[[Line, Line], Join]
    note_labels: tuple[str, ...]
    inline: re.Pattern[str] | None = None  # calls that stand on the baseline, as `inline_calls` gives them
    parts: list[str] = field(default_factory=list)
    length: int = 0
    lines: list[TextLine] = field(default_factory=list)
    markers: list[RawMarker] = field(default_factory=list)
    called: int = 0  # how many of the notes, in their order, the markers have come past

    def add_block(self, lines: Sequence[Line], index: int, *, with_markers: bool = True) -> tuple[int, int]:
        """Append a block and the line break after it; returns its span."""
        start = self.length
        for place, line in enumerate(lines):
            if place:
                self._join(start, self.join(lines[place - 1], line))
            self._add_line(line, index, start, with_markers)
        self._trim(start)
        end = self.length
        self._append("\n")
        return start, end

    def text(self) -> str:
        """The whole text, without the last line break."""
        return "".join(self.parts).removesuffix("\n")

    def _append(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _ends_with_space(self, start: int) -> bool:
        return self.length == start or self.parts[-1][-1:].isspace()

    def _join(self, start: int, join: Join) -> None:
        if join == "space" and not self._ends_with_space(start):
            self._append(" ")
        elif join == "drop_hyphen":
            self._trim(start)
            self._cut(1)
        elif join == "nothing":
            self._trim(start)

    def _trim(self, start: int) -> None:
        while self.length > start and self.parts[-1][-1:] == " ":
            self._cut(1)

    def _cut(self, count: int) -> None:
        """Take characters off the end, and off the line that held them."""
        self.parts[-1] = self.parts[-1][:-count]
        if not self.parts[-1]:
            self.parts.pop()
        self.length -= count
        while self.lines and self.lines[-1].end > self.length:
            line = self.lines.pop()
            if line.start < self.length:
                kept = tuple(anchor for anchor in line.anchors if anchor[0] < self.length)
                anchors = (*kept, (self.length, line.anchors[-1][1]))
                self.lines.append(line.model_copy(update={"end": self.length, "anchors": anchors}))

    def _add_line(self, line: Line, block: int, start: int, with_markers: bool) -> None:
        page = self.pages[line.page]
        first = self.length
        anchors: list[tuple[int, float]] = []
        heights: list[Run] = []
        right = line.x0
        for place, run in enumerate(line.runs):
            labels = self._labels(line, place) if with_markers else ()
            if labels:
                self._mark(labels, line, run, block, run.x0, right_edge(run))
                continue
            if place and needs_space(line.runs[place - 1], run) and not self._ends_with_space(start):
                self._append(" ")
            heights.append(run)
            self._add_run(run, line, block, start, anchors, with_markers)
            right = max(right, right_edge(run))
        if self.length > first and anchors:
            anchors = [anchor for anchor in dict(anchors).items() if anchor[0] < self.length]
            top = min(run.baseline - ASCENT * run.size for run in heights)
            bottom = max(run.baseline + DESCENT * run.size for run in heights)
            self.lines.append(
                TextLine.model_construct(  # built from what is known to be right: checking every line costs too much
                    start=first,
                    end=self.length,
                    page=line.page,
                    top=round(top, 2),
                    bottom=round(bottom, 2),
                    anchors=tuple((place, round(x, 2)) for place, x in (*anchors, (self.length, right))),
                    turn=page.turn,
                    across=page.width,
                    down=page.height,
                )
            )

    def _add_run(
        self, run: Run, line: Line, block: int, start: int, anchors: list[tuple[int, float]], with_markers: bool
    ) -> None:
        """Append the text of a run, and where its words start and end."""
        if not (with_markers and self._may_call(run.text)) and len(text := clean(run.text)) == len(run.text):
            self._add_plain(run, text, start, anchors)
            return
        words = anchored_words(run)
        for at, (word, x) in enumerate(words):
            shown = word.lstrip(" ") if self._ends_with_space(start) else word
            if shown and not (anchors and anchors[-1][0] == self.length):
                anchors.append((self.length, x))
            shown = self._without_calls(shown, line, run, block, x) if with_markers else shown
            if shown:
                self._append(shown)
                if shown.endswith(" "):
                    following = words[at + 1][1] if at + 1 < len(words) else run.x1
                    anchors.append((self.length - 1, _word_end(shown, x, following)))

    def _may_call(self, text: str) -> bool:
        """Whether calls may stand among the characters of a run."""
        return self.inline is not None or (not text.isascii() and UNICODE_SUPERSCRIPT.search(text) is not None)

    def _add_plain(self, run: Run, text: str, start: int, anchors: list[tuple[int, float]]) -> None:
        """The same for a run that calls no note and whose characters stay as they are."""
        starts = word_starts(run.text)
        base = self.length
        if text[:1] == " " and self._ends_with_space(start):
            text = text.lstrip(" ")
            base -= len(run.text) - len(text)
        if not text:
            return
        self._append(text)
        for place, (at, x) in enumerate(zip(starts, run.words, strict=False)):
            stop, following = len(run.text), run.x1
            if place + 1 < len(run.words):
                stop, following = starts[place + 1], run.words[place + 1]
            if stop + base <= self.length - len(text):
                continue  # nothing but the space that was left out
            begin = max(base + at, self.length - len(text))
            if not (anchors and anchors[-1][0] == begin):
                anchors.append((begin, x))
            if run.text[stop - 1] == " ":
                anchors.append((base + stop - 1, _word_end(run.text[at:stop], x, following)))

    def _labels(self, line: Line, place: int) -> tuple[str, ...]:
        """The labels of the notes that a run calls; empty where it is no marker."""
        run = line.runs[place]
        if not line.is_raised(run):
            return ()
        labels = self._in_sequence(run.text)
        before = "".join(self.parts[-2:])[-12:]
        if labels and labels[0].isdigit() and ")" not in run.text and _UNIT.search(before):
            return ()
        return labels

    def _in_sequence(self, text: str) -> tuple[str, ...]:
        """Cuts calls in a row that nothing parts, `34` behind note 2 for 3 and 4, by the notes that come next."""
        following = self.note_labels[self.called : self.called + 3]
        if following and canonical(text) != following[0]:
            for count in (2, 3):
                if text.strip() == "".join(following[:count]) and len(following) >= count:
                    return following[:count]
        return marker_labels(text)

    def _mark(self, labels: Sequence[str], line: Line, run: Run, block: int, x0: float, x1: float) -> None:
        page = self.pages[line.page]
        box = TextLine(
            start=0,
            end=1,
            page=line.page,
            top=run.baseline - ASCENT * run.size,
            bottom=run.baseline + DESCENT * run.size,
            anchors=((0, x0), (1, x1)),
            turn=page.turn,
            across=page.width,
            down=page.height,
        )
        offset = self.length
        tail = "".join(self.parts[-2:])
        offset -= len(tail) - len(tail.rstrip(" "))
        region = shown_region(box, x0, x1)
        self.markers.extend(RawMarker(label, offset, block, line.page, region) for label in labels)
        for label in labels:
            again = self.called and self.note_labels[self.called - 1] == label
            if not again and label in self.note_labels[self.called : self.called + NEAR]:
                self.called = self.note_labels.index(label, self.called) + 1

    def _without_calls(self, word: str, line: Line, run: Run, block: int, x: float) -> str:
        """Takes calls out that are characters of the text: superscript digits, or brackets as the notes have them."""
        while True:
            before = self.parts[-1][-1:] if self.parts else ""
            match = self._call_in(before, word)
            if match is None:
                return word
            start, stop, label = match
            self._append(word[:start].rstrip(" ") if word[start:stop].startswith("[") else word[:start])
            left = x + start * LATIN_EM * run.size
            self._mark((label,), line, run, block, left, left + (stop - start) * LATIN_EM * run.size)
            word = word[stop:]

    def _call_in(self, before: str, word: str) -> tuple[int, int, str] | None:
        """(start, end, label) of the first call in a word."""
        found = UNICODE_SUPERSCRIPT.search(word)
        if found and canonical(found[0]) in self.note_labels and not _UNIT.search(word[: found.start()]):
            return found.start(), found.end(), canonical(found[0])
        found = self.inline.search(before + word) if self.inline else None
        if found and found.start() >= len(before):
            return found.start() - len(before), found.end() - len(before), canonical(found[0])
        return None
