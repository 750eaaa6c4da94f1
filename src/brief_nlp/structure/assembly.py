"""Puts the reading text together: offsets, lines, and where each marker stood."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from brief_nlp.pdf.pages import Page, Run, word_starts
from brief_nlp.schema import TextLine
from brief_nlp.structure.calls import Calls, RawMarker
from brief_nlp.structure.joins import Join
from brief_nlp.structure.lines import ASCENT, DESCENT, Line, anchored_words, clean, needs_space, right_edge
from brief_nlp.structure.textmap import shown_region, width


@dataclass
class _Piece:
    """A line of the open block: where its text starts and ends there, and where its words start on the page."""

    line: Line
    start: int
    end: int
    words: list[float]
    top: float
    bottom: float
    right: float


@dataclass
class Assembly:
    """The text so far; grows by one block at a time."""

    pages: dict[int, Page]
    join: Callable[[Line, Line], Join]
    calls: Calls
    done: list[str] = field(default_factory=list)
    length: int = 0  # of what is done
    lines: list[TextLine] = field(default_factory=list)
    markers: list[RawMarker] = field(default_factory=list)
    _open: str = ""
    _pieces: list[_Piece] = field(default_factory=list)
    _places: dict[int, int] = field(default_factory=dict)

    def add_block(self, lines: Sequence[Line], index: int, *, with_markers: bool = True) -> tuple[int, int]:
        """Append a block and the line break after it; returns its span."""
        for place, line in enumerate(lines):
            if place:
                self._join(self.join(lines[place - 1], line))
            self._add_line(line, index, with_markers)
        self._shorten(len(self._open.rstrip(" ")))
        start, end = self.length, self.length + len(self._open)
        self.lines.extend(self._text_line(piece) for piece in self._pieces if piece.end > piece.start)
        self.done.append(self._open)
        self.length, self._open, self._pieces = end + 1, "", []
        return start, end

    def text(self) -> str:
        """The whole text, without the last line break."""
        self.done = ["\n".join(self.done)]  # held once
        return self.done[0]

    def _join(self, join: Join) -> None:
        if join == "space" and self._open[-1:] not in ("", " "):
            self._open += " "
        elif join != "space":
            self._shorten(len(self._open.rstrip(" ")) - (join == "drop_hyphen"))

    def _shorten(self, length: int) -> None:
        """Take characters off the end of the open block, and off the line that held them."""
        self._open = self._open[: max(0, length)]
        for piece in reversed(self._pieces):
            if piece.end <= len(self._open):
                break
            piece.end = len(self._open)

    def _text_line(self, piece: _Piece) -> TextLine:
        page = self.pages[piece.line.page]
        shared = self._places.setdefault  # hundreds of thousands of numbers, of which most are equal
        text = self._open[piece.start : piece.end].rstrip(" ")
        count = text.count(" ") + 1 if "  " not in text else len(word_starts(text))
        return TextLine(
            start=self.length + piece.start,
            end=self.length + piece.end,
            page=piece.line.page,
            top=round(piece.top, 2),
            bottom=round(piece.bottom, 2),
            words=tuple([shared(at, at) for x in (*piece.words[:count], piece.right) for at in (int(100 * x),)]),
            turn=page.turn,
            across=page.width,
            down=page.height,
        )

    def _add_line(self, line: Line, block: int, with_markers: bool) -> None:
        first = len(self._open)
        words: list[float] = []
        top, bottom, right = line.bottom, line.top, line.x0
        for place, run in enumerate(line.runs):
            if with_markers and line.is_raised(run):
                labels = self.calls.raised(run.text, self._open[-12:], recognised=line.ocr)
                if labels:
                    self._mark(labels, line, run, block, run.x0, right_edge(run))
                    continue
            if place and needs_space(line.runs[place - 1], run) and self._open[-1:] not in ("", " "):
                self._open += " "
            self._add_run(run, line, block, words, with_markers)
            top = min(top, run.baseline - ASCENT * run.size)
            bottom = max(bottom, run.baseline + DESCENT * run.size)
            right = max(right, right_edge(run))
        if words:
            self._pieces.append(_Piece(line, first, len(self._open), words, top, bottom, right))

    def _add_run(self, run: Run, line: Line, block: int, words: list[float], with_markers: bool) -> None:
        """Append the text of a run to the block, and where its words start to those of its line."""
        text = clean(run.text)
        if (with_markers and self.calls.may_be_in(text)) or text.count(" ") != run.text.count(" "):
            for word, x in anchored_words(run):
                self._add_word(word, x, run, line, block, words, with_markers)
        elif text[:1] == " ":
            self._open += text if self._open[-1:] not in ("", " ") else text.lstrip(" ")
            words += run.words[1:]
        else:
            continues = words and self._open[-1:] != " "
            self._open += text
            words += run.words[1:] if continues else run.words

    def _add_word(
        self, word: str, x: float, run: Run, line: Line, block: int, words: list[float], with_markers: bool
    ) -> None:
        """The same for one word, from which calls are taken out."""
        if self._open[-1:] in ("", " "):
            word = word.lstrip(" ")
        while with_markers and (call := self.calls.first_in(self._open[-1:], word)):
            start, stop, label = call
            before = word[:start].rstrip(" ") if word[start:stop].startswith("[") else word[:start]
            self._append_word(before, x, run, words)
            left = x + width(word[:start]) * run.size
            right = left + width(word[start:stop]) * run.size
            self._mark((label,), line, run, block, left, right)
            word, x = word[stop:], right
        self._append_word(word, x, run, words)

    def _append_word(self, word: str, x: float, run: Run, words: list[float]) -> None:
        if not word:
            return
        starts = [start for start in word_starts(word) if word[start] != " "]
        if words and self._open[-1:] != " ":
            starts = [start for start in starts if start]  # goes on with a word
        words += [x + width(word[:start]) * run.size for start in starts]
        self._open += word

    def _mark(self, labels: Sequence[str], line: Line, run: Run, block: int, x0: float, x1: float) -> None:
        page = self.pages[line.page]
        top, bottom = run.baseline - ASCENT * run.size, run.baseline + DESCENT * run.size
        region = shown_region(line.page, page.turn, page.width, page.height, (x0, top, x1, bottom))
        offset = self.length + len(self._open.rstrip(" "))
        self.markers.extend(RawMarker(label, offset, block, line.page, region) for label in labels)
