"""Pages without a usable text layer, read by Tesseract through pytesseract.

The page is rendered by PDFium. Words come with boxes and a confidence; sizes are judged by the
height of a line's words. `kor` where the page looks Korean, `eng` elsewhere: both together read
worse (see docs/accuracy.md).
"""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

import pypdfium2 as pdfium

from brief_nlp.pdf.pages import Font, Page, Run, word_starts

DPI = 300
POINTS = 72.0
LEAST_CONFIDENCE = 30.0  # per cent; words below it are noise on clean scans
EM_OF_HEIGHT = 1.38  # font size by the height from the tallest ascender to the deepest descender of a line
DESCENDER = 0.2  # of that height lies below the baseline
HANGUL_SHARE = 0.2
SAME_FONT = 1.18  # a run at most so much larger than another is judged to be set in the same font
SYLLABLE_GAP = 0.2  # of the font size: Korean syllables nearer than this belong together
SPACED_OUT = 1.0  # of the font size: a gap this wide between words starts a new run
_HANGUL = re.compile("[가-힣]")


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
        yield _page(number, width, height, _words(image, known))
    document.close()


def _words(image: Any, known: Sequence[str]) -> list[dict[str, Any]]:
    """Recognised words; Korean is tried where English reads little or poorly."""
    first = _recognise(image, "eng") if "eng" in known else []
    if "kor" not in known:
        return first
    if first and median(word["conf"] for word in first) >= 85:
        return first
    second = _recognise(image, "kor")
    text = "".join(word["text"] for word in second)
    hangul = sum("가" <= char <= "힣" for char in text)
    return second if hangul >= HANGUL_SHARE * max(1, len(text)) or not first else first


def _recognise(image: Any, language: str) -> list[dict[str, Any]]:
    import pytesseract

    columns = pytesseract.image_to_data(image, lang=language, output_type=pytesseract.Output.DICT)
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    return [row for row in rows if row["text"].strip() and float(row["conf"]) >= LEAST_CONFIDENCE]


def _page(number: int, width: float, height: float, words: Sequence[dict[str, Any]]) -> Page:
    lines: dict[tuple[int, int, int], list[dict[str, Any]]] = {}
    for word in words:
        lines.setdefault((word["block_num"], word["par_num"], word["line_num"]), []).append(word)
    runs = _settled([run for line in lines.values() for run in _runs(line)])
    return Page(number, width, height, 0, runs, [Font("ocr", False, False)], [], [], ocr=True)


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


def _joined(words: Sequence[dict[str, Any]], size: float) -> tuple[str, list[float]]:
    """(text, x of each of its words): syllables that stand close, as Tesseract parts Korean, are one word."""
    scale = POINTS / DPI
    text, lefts, right = "", [], 0.0
    for word in words:
        piece = word["text"].replace(" ", "")
        left = word["left"] * scale
        if text and left - right < SYLLABLE_GAP * size and _HANGUL.search(text[-1] + piece[0]):
            text += piece
        else:
            text += (" " if text else "") + piece
            lefts.append(left)
        right = (word["left"] + word["width"]) * scale
    return text, lefts


def _runs(words: list[dict[str, Any]]) -> Iterator[Run]:
    scale = POINTS / DPI
    top = median(word["top"] for word in words) * scale
    bottom = median(word["top"] + word["height"] for word in words) * scale
    size = max(1.0, (bottom - top) * EM_OF_HEIGHT)
    baseline = bottom - DESCENDER * (bottom - top)
    group: list[dict[str, Any]] = []
    for word in words:
        if group and (word["left"] - group[-1]["left"] - group[-1]["width"]) * scale > SPACED_OUT * size:
            yield _run(group, baseline, size)
            group = []
        group.append(word)
    if group:
        yield _run(group, baseline, size)


def _run(words: Sequence[dict[str, Any]], baseline: float, size: float) -> Run:
    scale = POINTS / DPI
    text, lefts = _joined(words, size)
    right = (words[-1]["left"] + words[-1]["width"]) * scale
    confidence = sum(float(word["conf"]) for word in words) / len(words) / 100
    return Run(text, lefts[0], right, baseline, size, 0, lefts[: len(word_starts(text))], round(confidence, 3))
