"""The text of a PDFium page as runs: stretches of one font, size and baseline, with the place of each word.

PDFium gives a page's text in one call and the text object of any character in another. Runs are
found by leaping over the characters of one object; words are placed by the widths of characters,
which are asked for once for each character of a font. So only a few calls a run are made, not
several a character: that is what makes it fast (`make bench`).
"""

from __future__ import annotations

import ctypes
import itertools
import math
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as c

from brief_nlp.pdf.pages import Box, Font, Run, word_starts

# PDFium writes a hyphen that ends a line as one of these; the text layer means a hyphen.
LINE_END_HYPHENS = ("\x02", "\ufffe")
RAISED_INK = 0.2  # of the font size: how far above the baseline the ink of a superscript glyph begins at least
RAISED_SIZE = 0.6  # of the font size: what such a glyph looks like
SET_APART = 0.4  # of the font size: white that word processors put between Hangul and figures is narrower
SAME = 0.02  # of the font size: differences in size and baseline that are none
OVERLAP, JOIN_GAP = 0.3, 0.5  # of the font size: how two runs of one word or line may follow each other
SPACE_GAP = 0.16  # of the font size: a gap this wide is a space
WIDEST_SPACE = 1.8  # of the font size: how wide justification makes a space at most
ITALIC_FLAG, FORCE_BOLD_FLAG = 1 << 6, 1 << 18  # ISO 32000-1, table 123
BOLD_WEIGHT = 600
SLANT, OBLIQUE = 15, -1  # degrees a scanned or drawn line is off a right angle at most; what stands for more

# numbers that stand directly behind a word or a stop, or make up a run of their own
_MAYBE_RAISED = re.compile(
    r"(?=\d)(?:(?<=[^\s\d.,:(\[/$€£₩–—-])|(?<=[^\W\d]\.)|(?<=[^\W\d],)|(?<=[.,][”’\"')])|^)\d{1,3}\)?(?!\d)"
)
_DIGIT = re.compile(r"\d")
_HANGUL = re.compile("[가-힣]")
_HANGUL_BY_OTHER = re.compile(r"[가-힣][^\s가-힣]|[^\s가-힣][가-힣]")


def _by_address(function: Any, answer: Any, *arguments: Any) -> Any:
    """A function of `pypdfium2.raw` that takes and gives addresses: typed pointers cost more than what is called."""
    return ctypes.CFUNCTYPE(answer, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_ADDRESS, _INT, _DOUBLE = ctypes.c_void_p, ctypes.c_int, ctypes.c_double
_text_object = _by_address(c.FPDFText_GetTextObject, _ADDRESS, _ADDRESS, _INT)
_font_of = _by_address(c.FPDFTextObj_GetFont, _ADDRESS, _ADDRESS)
_font_size = _by_address(c.FPDFText_GetFontSize, _DOUBLE, _ADDRESS, _INT)
_char_origin = _by_address(c.FPDFText_GetCharOrigin, _INT, _ADDRESS, _INT, _ADDRESS, _ADDRESS)
_char_matrix = _by_address(c.FPDFText_GetMatrix, _INT, _ADDRESS, _INT, _ADDRESS)
_ink_box = _by_address(c.FPDFText_GetCharBox, _INT, _ADDRESS, _INT, *[_ADDRESS] * 4)
_loose_box = _by_address(c.FPDFText_GetLooseCharBox, _INT, _ADDRESS, _INT, _ADDRESS)


class Shared(NamedTuple):
    """What the pages of a document have in common; grows from page to page.

    `widths` are those of characters and words by font name, in sizes of the font; `places` holds each hundredth of a
    point once, `same` each edge and size, since a document has hundreds of thousands of words.
    """

    widths: dict[str, dict[str, float]]
    places: dict[int, float]
    same: dict[float, float]


class Frame:
    """Maps PDF user space to the page as shown: crop box and /Rotate applied, y downwards."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        left, bottom, right, top = page.get_bbox()
        self.rotation = page.get_rotation() % 360
        self.left, self.bottom, self.right, self.top = left, bottom, right, top
        across, down = right - left, top - bottom
        self.width, self.height = (across, down) if self.rotation % 180 == 0 else (down, across)

    def point(self, x: float, y: float, turn: int) -> tuple[float, float]:
        """A point of user space on the page as shown, in the frame turned by `turn` degrees clockwise."""
        if self.rotation == 0:
            x, y = x - self.left, self.top - y
        elif self.rotation == 90:
            x, y = y - self.bottom, x - self.left
        elif self.rotation == 180:
            x, y = self.right - x, y - self.bottom
        else:
            x, y = self.top - y, self.right - x
        if turn == 0:
            return x, y
        if turn == 90:
            return self.height - y, x
        if turn == 180:
            return self.width - x, self.height - y
        return y, self.width - x

    def box(self, corners: tuple[float, float, float, float], turn: int) -> Box:
        """A rectangle of user space (left, bottom, right, top), likewise."""
        x0, y0 = self.point(corners[0], corners[1], turn)
        x1, y1 = self.point(corners[2], corners[3], turn)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


class _Fonts:
    """The fonts of a page, numbered in order of appearance, and the widths of their characters."""

    def __init__(self, widths: dict[str, dict[str, float]]) -> None:
        self.seen: list[Font] = []
        self.widths: list[dict[str, float]] = []
        self._known = widths
        self._places: dict[int | None, int] = {}
        self._name = ctypes.create_string_buffer(256)

    def place(self, text_object: int | None) -> int:
        address = _font_of(text_object)
        if address not in self._places:
            self._places[address] = len(self.seen)
            described = self._describe(ctypes.cast(address, c.FPDF_FONT) if address else None)
            self.seen.append(described)
            self.widths.append(self._known.setdefault(described.name, {}) if described.name else {})
        return self._places[address]

    def look(self, place: int) -> tuple[bool, bool]:
        """Whether a font is bold, and italic."""
        return self.seen[place].bold, self.seen[place].italic

    def _describe(self, font: Any) -> Font:
        if not font:
            return Font("", False, False)
        length = c.FPDFFont_GetBaseFontName(font, self._name, len(self._name))
        name = self._name.raw[: max(0, min(length, len(self._name)) - 1)].decode("utf-8", "replace")
        flags = max(0, c.FPDFFont_GetFlags(font))
        angle = ctypes.c_int()
        slanted = bool(c.FPDFFont_GetItalicAngle(font, angle)) and angle.value != 0
        lowered = name.lower()
        italic = bool(flags & ITALIC_FLAG) or slanted or "italic" in lowered or "oblique" in lowered
        described = Font(name, bool(flags & FORCE_BOLD_FLAG) or c.FPDFFont_GetWeight(font) >= BOLD_WEIGHT, italic)
        return described._replace(bold=described.bold or described.is_called_bold)


def page_runs(text: Any, frame: Frame, shared: Shared) -> tuple[list[Run], list[Font], int]:
    """(runs in the order of the file, fonts, turn) of a PDFium text page."""
    reading = _Reading(text, frame, shared)
    return reading.runs(), reading.fonts.seen, reading.turn


class _Reading:
    """One text page being read; holds the places that PDFium writes its answers to."""

    def __init__(self, text: Any, frame: Frame, shared: Shared) -> None:
        self.text, self.frame = text, frame
        self.address = ctypes.cast(text, ctypes.c_void_p).value
        self.fonts = _Fonts(shared.widths)
        self._places, self._same = shared.places, shared.same
        self.characters = _characters(text)
        self._matrix = c.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._loose = c.FS_RECTF()
        self._ink = (ctypes.c_double * 4)()  # left, bottom, right, top
        first, size = ctypes.addressof(self._ink), ctypes.sizeof(ctypes.c_double)
        self._at_ink = [first + place * size for place in (0, 2, 1, 3)]  # in the order that PDFium wants
        self._at_x, self._at_y, self._at_matrix, self._at_loose = map(
            ctypes.addressof, (self._x, self._y, self._matrix, self._loose)
        )
        self.pieces = [(at, piece, *self._direction(at)) for at, piece in self._pieces()]
        self.turn = self._reading_turn()

    def runs(self) -> list[Run]:
        found = list(self._single())
        spaces_told = not any(
            _is_space_by_gap(before, run, between) for (before, _), (run, between) in itertools.pairwise(found)
        )
        runs: list[Run] = []
        for run, between in found:
            white = between
            if spaces_told and runs and _is_set_apart(runs[-1], run):
                runs[-1], white = runs[-1]._replace(x1=run.x0), ""
            if runs and _continues(runs[-1], run, white, self.fonts):
                runs[-1] = _joined(runs[-1], run, white)
            else:
                runs.append(run)
        return runs

    def _single(self) -> Iterator[tuple[Run, str]]:
        """Each run by itself, with the characters that PDFium made up between it and the one before."""
        stop = 0
        for at, piece, quarter, scale in self.pieces:
            if quarter == OBLIQUE or (quarter - self.frame.rotation) % 360 != self.turn:
                continue  # set across the reading direction: a watermark, a stamp or a label of an axis
            for start, part, raised in self._parts(at, piece, scale):
                run = self._run(start, part, scale, raised)
                if run:
                    yield run, self.characters[stop:start]
                stop = start + len(part)

    def _pieces(self) -> Iterator[tuple[int, str]]:
        """(index of the first character, characters) for each stretch of one text object."""
        count = len(self.characters)
        text = self.address

        def object_at(index: int) -> int | None:
            found: int | None = _text_object(text, index)
            return found

        at = 0
        while at < count:
            here = object_at(at)
            if here is None:  # a space or a line break that PDFium made up
                at += 1
                continue
            end = self.characters.find("\r", at + 1)  # most objects end with their line
            end = count - 1 if end == -1 else end - 1
            last = end if object_at(end) == here else _last_same(object_at, here, at, end)
            yield at, self.characters[at : last + 1]
            at = last + 1

    def _direction(self, index: int) -> tuple[int, float]:
        """(degrees counter-clockwise to the nearest right angle, scale) of a character's matrix."""
        matrix = self._matrix
        if not _char_matrix(self.address, index, self._at_matrix):
            return 0, 1.0
        tall = math.hypot(matrix.c, matrix.d)
        along = math.hypot(matrix.a, matrix.b)
        if not along or not tall or not math.isfinite(along * tall):
            return 0, 1.0
        if matrix.b == 0 and matrix.a > 0:
            return 0, tall
        degrees = math.degrees(math.atan2(matrix.b, matrix.a))
        quarter = round(degrees / 90) * 90
        return (quarter % 360 if abs(degrees - quarter) <= SLANT else OBLIQUE), tall

    def _reading_turn(self) -> int:
        """By how much the shown page must be turned clockwise for most of its text to stand upright."""
        votes = {0: 0, 90: 0, 180: 0, 270: 0}
        for _, piece, quarter, _ in self.pieces:
            if quarter != OBLIQUE:
                votes[(quarter - self.frame.rotation) % 360] += len(piece)
        return max(votes, key=lambda turn: (votes[turn], turn == 0))

    def _parts(self, at: int, piece: str, scale: float) -> Iterator[tuple[int, str, bool]]:
        """(index, characters, whether raised): cuts out superscripts that are glyphs of the font, not a smaller font.

        Typesetters that use OpenType's `sups` feature change neither size nor baseline; only the ink tells.
        """
        done = 0
        if _DIGIT.search(piece):
            for match in _MAYBE_RAISED.finditer(piece):
                if self._ink_is_raised(at + match.start(), scale):
                    if match.start() > done:
                        yield at + done, piece[done : match.start()], False
                    yield at + match.start(), match[0], True
                    done = match.end()
        if done < len(piece):
            yield at + done, piece[done:], False

    def _ink_is_raised(self, index: int, scale: float) -> bool:
        """Whether the ink of a digit stands clear above its baseline."""
        ink_box = self._ink
        if not _ink_box(self.address, index, *self._at_ink):
            return False
        if not _char_origin(self.address, index, self._at_x, self._at_y):
            return False
        ink = self.frame.box((ink_box[0], ink_box[1], ink_box[2], ink_box[3]), self.turn)
        baseline = self.frame.point(self._x.value, self._y.value, self.turn)[1]
        size = _font_size(self.address, index) * scale
        return baseline - ink.bottom >= RAISED_INK * size > 0 and ink.bottom > ink.top

    def _run(self, at: int, piece: str, scale: float, raised: bool) -> Run | None:
        stripped = piece.rstrip("\r\n")
        if not stripped or not _char_origin(self.address, at, self._at_x, self._at_y):
            return None
        x0, baseline = self.frame.point(self._x.value, self._y.value, self.turn)
        size = _font_size(self.address, at) * scale
        if not (math.isfinite(size) and math.isfinite(x0) and math.isfinite(baseline)) or size <= 0:
            return None
        place = self.fonts.place(_text_object(self.address, at))
        x1 = max(x0, self._extent(at + len(stripped) - 1)[1])
        words = self._words(at, stripped, x0, x1, size, place) if " " in stripped else [x0]
        if raised:
            baseline, size = baseline - RAISED_INK * size, RAISED_SIZE * size
        same = self._same.setdefault
        return Run(stripped, same(x0, x0), x1, baseline, same(size, size), place, words)

    def _words(self, at: int, piece: str, x0: float, x1: float, size: float, place: int) -> list[float]:
        """Where each word starts: characters have the widths of their font, spaces share what is left of the run."""
        widths = self.fonts.widths[place]
        words = piece.split(" ")
        try:
            ems = [widths[word] for word in words]
        except KeyError:
            ems = self._measured(at, piece, words, size, widths)
        space = (x1 - x0 - size * sum(ems)) / (len(words) - 1)
        if not -size < space < WIDEST_SPACE * size:
            return [x0, *(self._extent(at + start)[0] for start in word_starts(piece)[1:])]
        share = self._places.setdefault
        places: list[float] = []
        x = 100 * x0
        for word, em in zip(words, ems, strict=True):
            if word or not places:
                hundredth = round(x)
                places.append(share(hundredth, hundredth / 100))
            x += 100 * (size * em + space)
        return places

    def _measured(self, at: int, piece: str, words: list[str], size: float, widths: dict[str, float]) -> list[float]:
        """The widths of words in sizes of the font, those of new characters asked for; all are kept in `widths`."""
        widths[""] = 0.0
        for char in set(piece) - widths.keys():
            left, right = self._extent(at + piece.index(char))
            widths[char] = (right - left) / size
        for word in words:
            if word not in widths:
                widths[word] = sum(map(widths.__getitem__, word))
        return [widths[word] for word in words]

    def _extent(self, index: int) -> tuple[float, float]:
        """Where a character and its white space start and end, along the line."""
        box = self._loose
        _loose_box(self.address, index, self._at_loose)
        turned = self.frame.box((box.left, box.bottom, box.right, box.top), self.turn)
        return turned.x0, turned.x1


def _last_same(object_at: Callable[[int], int | None], here: int, at: int, end: int) -> int:
    """The last index before `end` of the object at `at`, found by leaps that grow and then halve."""
    step, last = 1, at
    while last + step < end and object_at(last + step) == here:
        last += step
        step *= 2
    while step > 1:
        step //= 2
        if last + step < end and object_at(last + step) == here:
            last += step
    return last


def _characters(text: Any) -> str:
    """One Python character for each character of the text page."""
    count = max(0, c.FPDFText_CountChars(text))
    buffer = (ctypes.c_ushort * (count + 1))()
    written = c.FPDFText_GetText(text, 0, count, buffer)
    plain = str(memoryview(buffer).cast("B")[: 2 * max(0, written - 1)], "utf-16-le", "replace")
    if len(plain) != count:  # characters without a code point, or outside the BMP
        plain = "".join(_code_point(c.FPDFText_GetUnicode(text, index)) for index in range(count))
    for mark in LINE_END_HYPHENS:
        plain = plain.replace(mark, "-")
    return plain


def _code_point(value: int) -> str:
    return chr(value) if 0 < value <= 0x10FFFF and not 0xD800 <= value <= 0xDFFF else "\N{REPLACEMENT CHARACTER}"


def _continues(before: Run, run: Run, between: str, fonts: _Fonts) -> bool:
    """Whether a run goes on where the last one ended.

    Browsers write every glyph as an object of its own, and cut a large font into many small ones.
    """
    return (
        fonts.look(run.font) == fonts.look(before.font)
        and abs(run.size - before.size) < SAME * run.size
        and abs(run.baseline - before.baseline) < SAME * run.size
        and -OVERLAP * run.size < run.x0 - before.x1 < JOIN_GAP * run.size
        and (not between or between.isspace())
        and "\n" not in between
    )


def _is_space_by_gap(before: Run, run: Run, between: str) -> bool:
    """Whether the file leaves a space between two words to their places: two stretches of Hangul, or of letters."""
    return (
        (between.isspace() or run.x0 - before.x1 > SPACE_GAP * run.size)
        and "\n" not in between
        and before.text[-1:].isalpha()
        and run.text[:1].isalpha()
        and abs(run.baseline - before.baseline) < SAME * run.size
        and 0 < run.x0 - before.x1 < run.size
        and bool(_HANGUL.match(before.text[-1:])) == bool(_HANGUL.match(run.text[:1]))
    )


def _is_set_apart(before: Run, run: Run) -> bool:
    """Whether the white between two runs is none that is written: word processors set figures off from Hangul."""
    return (
        _HANGUL_BY_OTHER.fullmatch(before.text[-1:] + run.text[:1]) is not None
        and abs(run.baseline - before.baseline) < SAME * run.size
        and 0 < run.x0 - before.x1 < SET_APART * run.size
    )


def _joined(before: Run, run: Run, between: str) -> Run:
    wide = run.x0 - before.x1 > SPACE_GAP * run.size
    spaced = (bool(between) or wide) and not before.text.endswith(" ") and not run.text.startswith(" ")
    text = before.text + (" " if spaced else "")
    starts_word = text.endswith(" ") and not run.text.startswith(" ")
    words = run.words if starts_word else run.words[1:]
    return before._replace(text=text + run.text, x1=max(before.x1, run.x1), words=[*before.words, *words])
