"""The default reader: PDFium through pypdfium2's raw interface.

PDFium gives a page's text in one call and the text object of any character in another. Runs are
found by leaping over the characters of one object, so that only a few calls a run and one call a
word are made, not several a character: that is what makes it fast (see docs/benchmarks.md).
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from brief_nlp.errors import Category, Rejected
from brief_nlp.pdf.pages import Box, Font, Page, Run, word_starts

# PDFium writes a hyphen that ends a line as one of these; the text layer means a hyphen.
LINE_END_HYPHENS = {0x0002: "-", 0xFFFE: "-"}
RULE_THICKNESS = 2.5  # points; a path no thicker than this is a ruling line
MAX_PATHS = 5000  # a page of more paths is a drawing, whose lines rule nothing
RAISED_INK = 0.2  # of the font size: how far above the baseline the ink of a superscript glyph begins at least
RAISED_SIZE = 0.6  # of the font size: what such a glyph looks like
SAME = 0.02  # of the font size: differences in size and baseline that are none
OVERLAP, JOIN_GAP = 0.3, 0.5  # of the font size: how two runs of one word or line may follow each other
SPACE_GAP = 0.16  # of the font size: a gap this wide is a space
ITALIC_FLAG, FORCE_BOLD_FLAG = 1 << 6, 1 << 18  # ISO 32000-1, table 123
BOLD_WEIGHT = 600

# numbers that stand directly behind a word or a stop, or make up a run of their own
_MAYBE_RAISED = re.compile(
    r"(?:(?<=[^\s\d.,:(\[/$€£₩–—-])|(?<=[^\W\d]\.)|(?<=[^\W\d],)|(?<=[.,][”’\"')])|^)\d{1,3}\)?(?!\d)"
)

_ERRORS = {
    c.FPDF_ERR_FILE: Category.DAMAGED,
    c.FPDF_ERR_FORMAT: Category.DAMAGED,
    c.FPDF_ERR_PASSWORD: Category.ENCRYPTED,
    c.FPDF_ERR_SECURITY: Category.ENCRYPTED,
    c.FPDF_ERR_PAGE: Category.DAMAGED,
}


def open_pdf(data: bytes, password: str | None) -> pdfium.PdfDocument:
    """Open a PDF from bytes; raises `Rejected` where that fails."""
    try:
        return pdfium.PdfDocument(data, password=password)
    except pdfium.PdfiumError as error:
        category = _ERRORS.get(getattr(error, "err_code", None) or 0, Category.DAMAGED)
        detail = "wrong password" if category is Category.ENCRYPTED and password else ""
        raise Rejected(category, detail) from None


def page_count(document: pdfium.PdfDocument) -> int:
    """How many pages the document says it has."""
    return len(document)


def metadata(document: pdfium.PdfDocument) -> dict[str, str]:
    """The document information dictionary, empty fields left out."""
    return {key: value for key, value in document.get_metadata_dict().items() if value}


def read_pages(document: pdfium.PdfDocument) -> Iterator[Page]:
    """The pages in order, each freed before the next is loaded."""
    for index in range(len(document)):
        try:
            page = document[index]
        except pdfium.PdfiumError:
            yield Page(index + 1, 0.0, 0.0, 0, [], [], [], [])
            continue
        text = page.get_textpage()
        try:
            yield _read_page(page, text.raw, index + 1)
        finally:
            text.close()
            page.close()


def _read_page(page: pdfium.PdfPage, text: Any, number: int) -> Page:
    frame = _Frame(page)
    fonts = _Fonts()
    characters = _characters(text)
    pieces = list(_pieces(text, characters))
    turn = _reading_turn(text, pieces, frame.rotation)
    runs: list[Run] = []
    stop = 0
    for at, piece in pieces:
        for start, part, raised in _parts(text, at, piece, frame, turn):
            run = _run(text, start, part, fonts, frame, turn, raised)
            if run and runs and _continues(runs[-1], run, characters[stop:start], fonts):
                runs[-1] = _joined(runs[-1], run, characters[stop:start])
            elif run:
                runs.append(run)
            stop = start + len(part)
    width, height = (frame.width, frame.height) if turn % 180 == 0 else (frame.height, frame.width)
    rules = [frame.turned(box, turn) for box in _thin_paths(page)]
    return Page(number, width, height, turn, runs, fonts.seen, rules, [])  # type: ignore[arg-type]


class _Frame:
    """Maps PDF user space to the page as shown: crop box and /Rotate applied, y downwards."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        left, bottom, right, top = page.get_bbox()
        self.rotation = page.get_rotation() % 360
        self.left, self.bottom, self.right, self.top = left, bottom, right, top
        across, down = right - left, top - bottom
        self.width, self.height = (across, down) if self.rotation % 180 == 0 else (down, across)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of user space, on the page as shown."""
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def turned_point(self, x: float, y: float, turn: int) -> tuple[float, float]:
        """The same, in the frame turned by `turn` degrees clockwise."""
        shown_x, shown_y = self.point(x, y)
        if turn == 90:
            return self.height - shown_y, shown_x
        if turn == 180:
            return self.width - shown_x, self.height - shown_y
        if turn == 270:
            return shown_y, self.width - shown_x
        return shown_x, shown_y

    def turned(self, corners: tuple[float, float, float, float], turn: int) -> Box:
        x0, y0 = self.turned_point(corners[0], corners[1], turn)
        x1, y1 = self.turned_point(corners[2], corners[3], turn)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


class _Fonts:
    """The fonts of a page, numbered in order of appearance."""

    def __init__(self) -> None:
        self.seen: list[Font] = []
        self._places: dict[int | None, int] = {}
        self._name = ctypes.create_string_buffer(256)

    def place(self, text_object: Any) -> int:
        font = c.FPDFTextObj_GetFont(text_object)
        address = ctypes.cast(font, ctypes.c_void_p).value
        if address not in self._places:
            self._places[address] = len(self.seen)
            self.seen.append(self._describe(font))
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
        bold = bool(flags & FORCE_BOLD_FLAG) or c.FPDFFont_GetWeight(font) >= BOLD_WEIGHT or _says_bold(lowered)
        return Font(name, bold, bool(flags & ITALIC_FLAG) or slanted or "italic" in lowered or "oblique" in lowered)


def _says_bold(name: str) -> bool:
    return any(word in name for word in ("bold", "black", "heavy")) and "semilight" not in name


def _pieces(text: Any, characters: str) -> Iterator[tuple[int, str]]:
    """(index of the first character, characters) for each stretch of one text object."""
    count = len(characters)
    pointer = ctypes.c_void_p
    get_object, cast = c.FPDFText_GetTextObject, ctypes.cast

    def object_at(index: int) -> int | None:
        return cast(get_object(text, index), pointer).value

    at = 0
    while at < count:
        here = object_at(at)
        if here is None:  # a space or a line break that PDFium made up
            at += 1
            continue
        step, last = 1, at
        while last + step < count and object_at(last + step) == here:
            last += step
            step *= 2
        while step > 1:
            step //= 2
            if last + step < count and object_at(last + step) == here:
                last += step
        yield at, characters[at : last + 1]
        at = last + 1


def _characters(text: Any) -> str:
    """One Python character for each character of the text page."""
    count = max(0, c.FPDFText_CountChars(text))
    buffer = (ctypes.c_ushort * (count + 1))()
    written = c.FPDFText_GetText(text, 0, count, buffer)
    plain = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
    if len(plain) != count:  # characters without a code point, or outside the BMP
        plain = "".join(_code_point(c.FPDFText_GetUnicode(text, index)) for index in range(count))
    return plain.translate(LINE_END_HYPHENS)


def _code_point(value: int) -> str:
    return chr(value) if 0 < value <= 0x10FFFF and not 0xD800 <= value <= 0xDFFF else "\N{REPLACEMENT CHARACTER}"


def _direction(text: Any, index: int) -> tuple[float, float, float]:
    """(cosine, sine, scale) of a character's matrix: where its line runs, and how tall its font is."""
    matrix = c.FS_MATRIX()
    if not c.FPDFText_GetMatrix(text, index, matrix):
        return 1.0, 0.0, 1.0
    along = math.hypot(matrix.a, matrix.b)
    tall = math.hypot(matrix.c, matrix.d)
    if not along or not tall or not math.isfinite(along * tall):
        return 1.0, 0.0, 1.0
    return matrix.a / along, matrix.b / along, tall


def _quarter(cosine: float, sine: float) -> int:
    """Degrees counter-clockwise of a direction, to the nearest right angle."""
    return round(math.degrees(math.atan2(sine, cosine)) / 90) * 90 % 360


def _reading_turn(text: Any, pieces: list[tuple[int, str]], rotation: int) -> int:
    """By how much the shown page must be turned clockwise for most of its text to stand upright."""
    votes = {0: 0, 90: 0, 180: 0, 270: 0}
    for at, piece in pieces:
        cosine, sine, _ = _direction(text, at)
        votes[(_quarter(cosine, sine) - rotation) % 360] += len(piece)
    return max(votes, key=lambda turn: (votes[turn], turn == 0))


def _parts(text: Any, at: int, piece: str, frame: _Frame, turn: int) -> Iterator[tuple[int, str, bool]]:
    """(index, characters, whether raised): cuts out superscripts that are glyphs of the font, not a smaller font.

    Typesetters that use OpenType's `sups` feature change neither size nor baseline; only the ink tells.
    """
    done = 0
    for match in _MAYBE_RAISED.finditer(piece):
        if _ink_is_raised(text, at + match.start(), frame, turn):
            if match.start() > done:
                yield at + done, piece[done : match.start()], False
            yield at + match.start(), match[0], True
            done = match.end()
    if done < len(piece):
        yield at + done, piece[done:], False


def _ink_is_raised(text: Any, index: int, frame: _Frame, turn: int) -> bool:
    """Whether the ink of a digit stands clear above its baseline."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    x, y = ctypes.c_double(), ctypes.c_double()
    if not c.FPDFText_GetCharBox(text, index, left, right, bottom, top) or not c.FPDFText_GetCharOrigin(
        text, index, x, y
    ):
        return False
    ink = frame.turned((left.value, bottom.value, right.value, top.value), turn)
    baseline = frame.turned_point(x.value, y.value, turn)[1]
    size = c.FPDFText_GetFontSize(text, index) * _direction(text, index)[2]
    return baseline - ink.bottom >= RAISED_INK * size > 0 and ink.bottom > ink.top


def _run(text: Any, at: int, piece: str, fonts: _Fonts, frame: _Frame, turn: int, raised: bool) -> Run | None:
    stripped = piece.rstrip("\r\n")
    if not stripped:
        return None
    cosine, sine, scale = _direction(text, at)
    if (_quarter(cosine, sine) - frame.rotation) % 360 != turn:
        return None  # set across the reading direction: a stamp or a label of an axis
    x, y = ctypes.c_double(), ctypes.c_double()
    if not c.FPDFText_GetCharOrigin(text, at, x, y):
        return None
    x0, baseline = frame.turned_point(x.value, y.value, turn)
    size = c.FPDFText_GetFontSize(text, at) * scale
    if not (math.isfinite(size) and math.isfinite(x0) and math.isfinite(baseline)) or size <= 0:
        return None
    words = [_left(text, at + start, frame, turn) for start in word_starts(stripped)]
    words[0] = x0
    x1 = _right(text, at + len(stripped) - 1, frame, turn)
    place = fonts.place(c.FPDFText_GetTextObject(text, at))
    if raised:
        baseline, size = baseline - RAISED_INK * size, RAISED_SIZE * size
    return Run(stripped, x0, max(x0, x1), baseline, size, place, words)


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


def _joined(before: Run, run: Run, between: str) -> Run:
    wide = run.x0 - before.x1 > SPACE_GAP * run.size
    spaced = (bool(between) or wide) and not before.text.endswith(" ") and not run.text.startswith(" ")
    text = before.text + (" " if spaced else "")
    starts_word = text.endswith(" ") and not run.text.startswith(" ")
    words = run.words if starts_word else run.words[1:]
    return before._replace(text=text + run.text, x1=max(before.x1, run.x1), words=[*before.words, *words])


def _left(text: Any, index: int, frame: _Frame, turn: int) -> float:
    return _loose(text, index, frame, turn).x0


def _right(text: Any, index: int, frame: _Frame, turn: int) -> float:
    return _loose(text, index, frame, turn).x1


def _loose(text: Any, index: int, frame: _Frame, turn: int) -> Box:
    box = c.FS_RECTF()
    c.FPDFText_GetLooseCharBox(text, index, box)
    return frame.turned((box.left, box.bottom, box.right, box.top), turn)


def _thin_paths(page: pdfium.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    """Bounds of the paths that are thin enough to be ruling lines, in user space."""
    raw = page.raw
    count = c.FPDFPage_CountObjects(raw)
    if count > MAX_PATHS:
        return
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(count):
        item = c.FPDFPage_GetObject(raw, index)
        if c.FPDFPageObj_GetType(item) != c.FPDF_PAGEOBJ_PATH:
            continue
        if not c.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            continue
        box = (left.value, bottom.value, right.value, top.value)
        if min(box[2] - box[0], box[3] - box[1]) <= RULE_THICKNESS and all(map(math.isfinite, box)):
            yield box
