"""The second reader, pdfplumber: the oracle of the tests, and the finder of ruled tables.

Gives the same `Page` values as `pdfium`, for text that stands upright on the page as shown.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from brief_nlp.errors import Category, Rejected
from brief_nlp.pdf.pages import Box, Font, Page, Run, word_starts
from brief_nlp.pdf.pdfium import RULE_THICKNESS

SPACE_GAP = 0.18  # of the font size: a gap this wide between two characters is a space
LINE_GAP = 2.0  # of the font size: a gap this wide ends a run
SIZE_TOLERANCE = 0.1  # points


def open_pdf(data: bytes, password: str | None) -> PDF:
    """Open a PDF from bytes; raises `Rejected` where that fails."""
    try:
        return pdfplumber.open(io.BytesIO(data), password=password, unicode_norm="NFC")
    except PdfminerException as error:
        cause = error.args[0] if error.args else None
        encrypted = isinstance(cause, (PDFPasswordIncorrect, PDFEncryptionError))
        raise Rejected(Category.ENCRYPTED if encrypted else Category.DAMAGED) from None
    except (PDFException, ValueError, KeyError, TypeError, IndexError):
        raise Rejected(Category.DAMAGED) from None


def page_count(document: PDF) -> int:
    """How many pages the document says it has."""
    return len(document.pages)


def metadata(document: PDF) -> dict[str, str]:
    """The document information dictionary, as text."""
    return {str(key): str(value) for key, value in document.metadata.items() if value}


def read_pages(document: PDF) -> Iterator[Page]:
    """The pages in order, each freed before the next is loaded."""
    for page in document.pages:
        try:
            read = _read_page(page)
        except MemoryError:
            raise
        except Exception:  # pdfminer fails in many ways on damaged pages; as with PDFium, the others are read
            read = Page(page.page_number, 0.0, 0.0, 0, [], [], [], [])
        yield read
        page.close()


def find_tables(document: PDF, number: int) -> list[list[list[Box | None]]]:
    """The ruled tables of page `number` (from 1): rows of cell boxes."""
    page = document.pages[number - 1]
    try:
        return [
            [[Box(*cell) if cell else None for cell in row.cells] for row in table.rows] for table in page.find_tables()
        ]
    finally:
        page.close()


def _read_page(page: Any) -> Page:
    fonts: dict[str, int] = {}
    characters = [char for char in page.chars if char["upright"] and char["text"]]
    runs = [run for group in _groups(characters) if (run := _run(group, fonts))]
    described = [Font(name, "bold" in name.lower(), "italic" in name.lower()) for name in fonts]
    rules = [
        Box(item["x0"], item["top"], item["x1"], item["bottom"])
        for item in (*page.lines, *page.rects)
        if min(item["width"], item["height"]) <= RULE_THICKNESS
    ]
    return Page(page.page_number, float(page.width), float(page.height), 0, runs, described, rules, [])


def _groups(characters: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    group: list[dict[str, Any]] = []
    for char in characters:
        if group and not _continues(group[-1], char):
            yield group
            group = []
        group.append(char)
    if group:
        yield group


def _continues(before: dict[str, Any], char: dict[str, Any]) -> bool:
    gap = char["x0"] - before["x1"]
    return bool(
        before["fontname"] == char["fontname"]
        and abs(before["size"] - char["size"]) <= SIZE_TOLERANCE
        and abs(before["matrix"][5] - char["matrix"][5]) <= SIZE_TOLERANCE
        and -char["size"] < gap < LINE_GAP * char["size"]
    )


def _run(group: list[dict[str, Any]], fonts: dict[str, int]) -> Run | None:
    text, lefts = "", []
    for place, char in enumerate(group):
        gap = char["x0"] - group[place - 1]["x1"] if place else 0.0
        if gap > SPACE_GAP * char["size"] and not text.endswith(" ") and char["text"] != " ":
            text += " "
            lefts.append(group[place - 1]["x1"])
        text += char["text"]
        lefts.extend([char["x0"]] * len(char["text"]))
    if not text.strip():
        return None
    first = group[0]
    name = first["fontname"]
    baseline = first["bottom"] + (first["y0"] - first["matrix"][5])
    words = [lefts[start] for start in word_starts(text)]
    font = fonts.setdefault(name, len(fonts))
    return Run(text, first["x0"], group[-1]["x1"], baseline, float(first["size"]), font, words)
