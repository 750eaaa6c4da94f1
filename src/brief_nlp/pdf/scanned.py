"""Pages without a usable text layer, read by Tesseract through pytesseract.

The page is rendered by PDFium and set level. Words come with boxes and a confidence, lines with a
baseline. What Tesseract loses is read off the picture (`pdf.ink`): raised marks are painted over
before the text is recognised, and recognised on their own. `kor` where the page looks Korean, `eng`
elsewhere: both together read worse (see docs/accuracy.md). On a page that was turned to be level,
boxes lie in the level picture: at most some points beside the words as scanned.
"""

from __future__ import annotations

import importlib.util
import itertools
import re
import shutil
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pypdfium2 as pdfium

from brief_nlp.pdf import ink
from brief_nlp.pdf.ink import Blob, TextRow
from brief_nlp.pdf.pages import MAYBE_SPACE, Box, Font, Page, Run, word_starts

DPI = 300
POINTS = 72.0
LEAST_CONFIDENCE = 10.0  # per cent; words below it are noise: what is merely garbled keeps its place in the line
EM_OF_X_HEIGHT = 2.17  # font size by Tesseract's height of small Latin letters
EM_OF_HANGUL = 1.14  # by the height of the pixel rows in which most of a Korean line's ink lies
HANGUL_DROP = 0.05  # of the font size: how far they reach below the baseline
HANGUL_SHARE = 0.2
FEW_LETTERS = 25  # a line of fewer tells its size badly
NEAR_SIZE = 1.5  # a guess off by less is put right
SAME_FONT = 1.12  # a run at most so much larger than another is judged to be set in the same font
TIGHT, WIDE = 0.18, 0.42  # of the font size: white between syllables that is no space, and that is one
SPACED_OUT = 1.0  # of the font size: a gap this wide between words starts a new run
BOLD = 1.15  # times the usual stroke of the page
MARK_HEIGHT, MARK_SPACE = 48, 60  # pixels: how tall marks are made to be recognised, and the white around them
MARK_SIZE, MARK_LIFT = 0.6, 0.33  # of the font size of the line: what a mark's own is, and how far it is raised
_HANGUL = re.compile("[가-힣]")
_MARK = re.compile(r"[\[(]?\d{1,3}[\])]?|\*{1,3}")
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")


class _Word(NamedTuple):
    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float


class _Row(NamedTuple):
    """A recognised line: its words, and where it stands in the picture."""

    words: list[_Word]
    place: TextRow


def available() -> bool:
    """Whether Tesseract and its wrapper are installed."""
    return importlib.util.find_spec("pytesseract") is not None and shutil.which("tesseract") is not None


def languages() -> list[str]:
    """The languages that the installed Tesseract reads; empty where it is missing."""
    if not available():
        return []
    import pytesseract

    found: list[str] = pytesseract.get_languages(config="")
    return sorted(found)


def read_pages(data: bytes, password: str | None, numbers: Sequence[int]) -> Iterator[Page]:
    """Recognise the pages of these numbers (from 1)."""
    document = pdfium.PdfDocument(data, password=password)
    known = languages()
    for number in numbers:
        page = document[number - 1]
        image = page.render(scale=DPI / POINTS, grayscale=True).to_pil()
        width, height = page.get_size()
        page.close()
        yield _read_page(number, width, height, image, known)
    document.close()


def _read_page(number: int, width: float, height: float, image: Any, known: Sequence[str]) -> Page:
    from PIL import Image, ImageDraw

    dark = ink.ink_of(image)
    angle = ink.slant(dark)
    if angle:
        image = image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
        dark = ink.ink_of(image)
    found = ink.blobs(dark)
    language, rows = _rows(image, known)
    rows = _with_sure_sizes([_measured(row, dark) for row in rows])
    usual_size = _usual([(row.place.size, _letters(row)) for row in rows])
    marks = [(row.place, mark) for row in rows for mark in ink.raised_marks(found, row.place)]
    labels = _recognise_marks(image, [mark for _, mark in marks])
    called = [
        (place, mark, label)
        for (place, mark), label in zip(marks, labels, strict=True)
        if label and not _opens_text(mark, label, place, usual_size)
    ]
    if called:
        clean, paper = image.copy(), int(median(image.resize((64, 64)).tobytes()))
        for _, mark, _ in called:
            box = (mark.left - 4, mark.top - 4, mark.right + 1, mark.bottom + 3)
            ImageDraw.Draw(clean).rectangle(box, fill=paper)
        marked = {id(place) for place, _, _ in called}
        rows = [_again(clean, row, language) if id(row.place) in marked else row for row in rows]
    strokes = [ink.stroke(dark, row.place) for row in rows]
    usual = _usual([(stroke, _letters(row)) for stroke, row in zip(strokes, rows, strict=True)])
    runs = _settled(
        [
            run
            for row, stroke in zip(rows, strokes, strict=True)
            for run in _runs(
                row, int(stroke > BOLD * usual), [(mark, label) for place, mark, label in called if place is row.place]
            )
        ]
    )
    scale = POINTS / DPI
    rules = [Box(*(scale * edge for edge in rule)) for rule in ink.rules(found, image.width)]
    fonts = [Font("ocr", False, False), Font("ocr", True, False)]
    return Page(number, width, height, 0, runs, fonts, rules, [], ocr=True)


def _usual(weighed: Sequence[tuple[float, int]]) -> float:
    """The measure of most characters of a page; `weighed` has measures with their numbers of characters."""
    measures = sorted(measure for measure, weight in weighed for _ in range(weight) if measure)
    return measures[len(measures) // 2] if measures else 1.0


def _opens_text(mark: Blob, label: str, place: TextRow, usual: float) -> bool:
    """Whether a mark opens a line that is no note: a title's quotation mark, a disclaimer's asterisk."""
    opens = mark.left < place.left + place.size
    return opens and (label.startswith("*") or place.size > SAME_FONT * usual)


def _rows(image: Any, known: Sequence[str]) -> tuple[str, list[_Row]]:
    """(language, recognised lines): Korean is tried where English reads little or poorly."""
    first = _recognise(image, "eng") if "eng" in known else []
    words = [word for row in first for word in row.words]
    if "kor" not in known or (words and median(word.confidence for word in words) >= 85):
        return "eng", first
    second = _recognise(image, "kor")
    text = "".join(word.text for row in second for word in row.words)
    if words and len(_HANGUL.findall(text)) < HANGUL_SHARE * max(1, len(text)):
        return "eng", first
    return "kor", second


def _again(image: Any, row: _Row, language: str) -> _Row:
    """A line recognised once more, on its own, in a picture without its marks."""
    place = row.place
    baselines = (place.baseline, place.baseline_at(place.right))
    top, bottom = int(min(baselines) - 1.05 * place.size), int(max(baselines) + 0.35 * place.size)
    left = max(0, int(place.left - 0.5 * place.size))
    part = image.crop((left, max(0, top), int(place.right + 0.5 * place.size), bottom))
    words = [
        word._replace(left=word.left + left, right=word.right + left, top=word.top + top, bottom=word.bottom + top)
        for read in _recognise(part, language, "--psm 7")
        for word in read.words
    ]
    return row._replace(words=words) if words else row


def _recognise(image: Any, language: str, config: str = "") -> list[_Row]:
    import pytesseract

    hocr = pytesseract.image_to_pdf_or_hocr(image, lang=language, extension="hocr", config=config)
    tree = ElementTree.fromstring(hocr)  # noqa: S314 - Tesseract wrote it, and escapes what it reads
    rows = [_row(line) for line in tree.iter() if line.get("class", "") in _LINES]
    return [row for row in rows if row.words]


def _measured(row: _Row, dark: ink.Ink) -> _Row:
    """A Korean line with size and baseline read off the picture: Tesseract measures Latin letters only."""
    korean = [word for word in row.words if _HANGUL.search(word.text)]
    if len(korean) < max(1, len(row.words) / 3):
        return row
    top, bottom = median(word.top for word in korean), median(word.bottom for word in korean)
    dense = ink.dense_rows(dark, row.place.left, row.place.right, int(top) - 6, int(bottom) + 6)
    if dense is None:
        return row
    size = max(4.0, EM_OF_HANGUL * (dense[1] - dense[0]))
    return row._replace(place=TextRow(row.place.left, row.place.right, dense[1] - HANGUL_DROP * size, 0.0, size))


def _with_sure_sizes(rows: Sequence[_Row]) -> list[_Row]:
    """The lines of a page; one of few letters, whose size is a guess, takes that of a neighbour if it is near."""
    sure = sorted((row.place for row in rows if _letters(row) >= FEW_LETTERS), key=lambda place: place.baseline)
    return [row if _letters(row) >= FEW_LETTERS else _sized(row, sure) for row in rows]


def _sized(row: _Row, sure: Sequence[TextRow]) -> _Row:
    after = bisect_left(sure, row.place.baseline, key=lambda place: place.baseline)
    sizes = [place.size for place in sure[max(0, after - 1) : after + 1]]
    off = {size: max(size, row.place.size) / min(size, row.place.size) for size in sizes}
    nearest = min(off, key=lambda size: off[size], default=None)
    if nearest is None or off[nearest] > NEAR_SIZE:
        return row
    return row._replace(place=row.place._replace(size=nearest))


def _letters(row: _Row) -> int:
    return sum(len(word.text) for word in row.words)


_LINES = frozenset({"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"})


def _row(line: ElementTree.Element) -> _Row:
    title = _title(line)
    words = []
    for element in line.iter():
        if element.get("class") != "ocrx_word":
            continue
        box, text = _title(element), "".join(element.itertext()).strip()
        confidence = box.get("x_wconf", [0.0])[0]
        if text and confidence >= LEAST_CONFIDENCE and len(box.get("bbox", [])) == 4:
            left, top, right, bottom = map(int, box["bbox"])
            words.append(_Word(text, left, top, right, bottom, confidence))
    left, _, right, bottom = map(int, title["bbox"])
    slope, offset = (*title.get("baseline", []), 0.0, 0.0)[:2]
    rise = (*title.get("x_ascenders", [0.0]), *title.get("x_descenders", [0.0]))
    x_height = title.get("x_size", [20.0])[0] - sum(rise)
    return _Row(words, TextRow(left, right, bottom + offset, slope, max(4.0, EM_OF_X_HEIGHT * x_height)))


def _title(element: ElementTree.Element) -> dict[str, list[float]]:
    """The properties that hOCR keeps in an element's title."""
    parts = (part.split(None, 1) for part in element.get("title", "").split(";"))
    return {part[0]: [float(number) for number in _NUMBERS.findall(part[1])] for part in parts if len(part) == 2}


def _recognise_marks(image: Any, marks: Sequence[Blob]) -> list[str]:
    """What each raised mark says, one below the other in one picture; empty where it is no label."""
    import pytesseract
    from PIL import Image

    if not marks:
        return []
    step = MARK_HEIGHT + MARK_SPACE
    sheet = Image.new("L", (12 * step, step * len(marks) + MARK_SPACE), 255)
    for place, mark in enumerate(marks):
        part = image.crop((mark.left - 3, mark.top - 3, mark.right + 3, mark.bottom + 3))
        width = max(1, round(part.width * MARK_HEIGHT / part.height))
        part = part.resize((min(width, 10 * step), MARK_HEIGHT), Image.Resampling.LANCZOS)
        sheet.paste(part, (step, MARK_SPACE + place * step))
    config = "--psm 6 -c tessedit_char_whitelist=0123456789()[]*"
    table = pytesseract.image_to_data(sheet, lang="eng", config=config, output_type=pytesseract.Output.DICT)
    labels = [""] * len(marks)
    for text, top, height, sure in zip(table["text"], table["top"], table["height"], table["conf"], strict=True):
        place = int((top + height / 2 - MARK_SPACE / 2) // step)
        if text.strip() and float(sure) >= LEAST_CONFIDENCE and 0 <= place < len(marks):
            labels[place] += text.strip()
    return [label if _MARK.fullmatch(label) else "" for label in labels]


def _settled(runs: list[Run]) -> list[Run]:
    """Runs whose sizes, which recognition blurs, are drawn to those of the page's few fonts."""
    settled: dict[int, float] = {}
    group: list[Run] = []
    for run in [*sorted(runs, key=lambda run: run.size), None]:
        if group and (run is None or run.size > SAME_FONT * group[0].size):
            middle = median(member.size for member in group)
            settled.update({id(member): middle for member in group})
            group = []
        if run is not None:
            group.append(run)
    return [run._replace(size=settled[id(run)]) for run in runs]


def _joined(words: Sequence[_Word], size: float) -> tuple[str, list[float]]:
    """(text, x of each of its words): Tesseract parts Korean syllables, which have to be put together again."""
    scale = POINTS / DPI
    pieces = [word.text.replace(" ", "") for word in words]
    if not _HANGUL.search("".join(pieces)):
        return " ".join(pieces), [word.left * scale for word in words]
    text, lefts = pieces[0], [words[0].left * scale]
    for (before, word), piece in zip(itertools.pairwise(words), pieces[1:], strict=True):
        gap = (word.left - before.right) * scale / size
        korean = _HANGUL.search(text[-1] + piece[0])
        if korean and gap <= WIDE:
            text += (MAYBE_SPACE if gap >= TIGHT else "") + piece
        else:
            text += f" {piece}"
            lefts.append(word.left * scale)
    return text, lefts


def _runs(row: _Row, font: int, marks: Sequence[tuple[Blob, str]]) -> Iterator[Run]:
    """A line as runs, cut where white space or a raised mark stands between two words."""
    scale = POINTS / DPI
    size = row.place.size * scale
    baseline = row.place.baseline_at((row.place.left + row.place.right) / 2) * scale
    waiting = sorted(marks, key=lambda mark: mark[0].left)
    group: list[_Word] = []
    for word in row.words:
        cut = [mark for mark in waiting if mark[0].left < (word.left + word.right) / 2]
        spaced = group and (word.left - group[-1].right) * scale > SPACED_OUT * size
        if group and (cut or spaced):
            yield _run(group, baseline, size, font)
            group = []
        yield from (_mark_run(mark, baseline, size, font) for mark in cut)
        waiting = waiting[len(cut) :]
        group.append(word)
    if group:
        yield _run(group, baseline, size, font)
    yield from (_mark_run(mark, baseline, size, font) for mark in waiting)


def _mark_run(mark: tuple[Blob, str], baseline: float, size: float, font: int) -> Run:
    scale = POINTS / DPI
    blob, label = mark
    left, right = blob.left * scale, blob.right * scale
    return Run(label, left, right, baseline - MARK_LIFT * size, MARK_SIZE * size, font, [left])


def _run(words: Sequence[_Word], baseline: float, size: float, font: int) -> Run:
    scale = POINTS / DPI
    text, lefts = _joined(words, size)
    confidence = sum(word.confidence for word in words) / len(words) / 100
    right = words[-1].right * scale
    return Run(text, lefts[0], right, baseline, size, font, lefts[: len(word_starts(text))], round(confidence, 3))
