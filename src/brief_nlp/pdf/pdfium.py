"""The default reader: PDFium through pypdfium2's raw interface."""

from __future__ import annotations

import contextlib
import ctypes
import math
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from brief_nlp.errors import Category, Rejected
from brief_nlp.pdf.pages import Box, Page
from brief_nlp.pdf.runs import Frame, Shared, page_runs

RULE_THICKNESS = 2.5  # points; a path no thicker than this is a ruling line
DOT = 9.0  # points; a path no larger than this either way may be a bullet
MAX_DOTS = 300  # a page of more is a drawing
MAX_PATHS = 5000  # a page of more paths is a drawing, whose lines rule nothing

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
    """The document information dictionary, without fields that are empty or no text."""
    found: dict[str, str] = {}
    for key in document.METADATA_KEYS:
        with contextlib.suppress(ValueError):  # an illegal surrogate
            found[key] = document.get_metadata_value(key)
    return {key: value for key, value in found.items() if value}


def read_pages(document: pdfium.PdfDocument) -> Iterator[Page]:
    """The pages in order, each freed before the next is loaded."""
    shared = Shared({}, {}, {})
    for index in range(len(document)):
        try:
            page = document[index]
        except pdfium.PdfiumError:
            yield Page(index + 1, 0.0, 0.0, 0, [], [], [], [])
            continue
        text = page.get_textpage()
        try:
            yield _read_page(page, text.raw, index + 1, shared)
        finally:
            text.close()
            page.close()


def _read_page(page: pdfium.PdfPage, text: Any, number: int, shared: Shared) -> Page:
    frame = Frame(page)
    runs, fonts, turn = page_runs(text, frame, shared)
    width, height = (frame.width, frame.height) if turn % 180 == 0 else (frame.height, frame.width)
    rules: list[Box] = []
    dots: list[Box] = []
    for corners in _small_paths(page):
        box = frame.box(corners, turn)
        if min(box.x1 - box.x0, box.bottom - box.top) <= RULE_THICKNESS:
            rules.append(box)
        if max(box.x1 - box.x0, box.bottom - box.top) <= DOT:
            dots.append(box)
    drawn = tuple(dots) if len(dots) <= MAX_DOTS else ()
    return Page(number, width, height, turn, runs, fonts, rules, [], dots=drawn)  # type: ignore[arg-type]


def _small_paths(page: pdfium.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    """Bounds of the paths that are thin enough to be ruling lines, or small enough to be dots, in user space."""
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
        across, down = box[2] - box[0], box[3] - box[1]
        if (min(across, down) <= RULE_THICKNESS or max(across, down) <= DOT) and all(map(math.isfinite, box)):
            yield box
