"""PDF bytes to pages: chooses the reader, checks the input, adds tables and OCR where needed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from brief_nlp.errors import Category, Rejected
from brief_nlp.pdf.pages import Box, Page, Pages, Run
from brief_nlp.pdf.sandbox import read_in_child
from brief_nlp.settings import Settings

MIB = 1 << 20
HEADER_WITHIN = 1024  # bytes; readers accept `%PDF-` this far into a file (ISO 32000-1, annex H.3)
UNMAPPED = frozenset("\N{REPLACEMENT CHARACTER}")
USABLE_SHARE = 0.5  # of a page's characters must be mapped for its text layer to be used
RULES_OF_A_TABLE = 3  # horizontal and as many vertical lines make a page worth a search for tables
FURTHEST = 100_000.0  # points: what `pages.Length` allows; ISO 32000-1, annex C.2, knows no page so large


def read_pages(data: bytes, settings: Settings, password: str | None = None) -> Pages:
    """Read a PDF in a child process. Raises `Rejected` with a category and what to do."""
    check_bytes(data, settings)
    return read_in_child(data, settings, password)


def check_bytes(data: bytes, settings: Settings) -> None:
    """What can be told without parsing: emptiness, size, the header."""
    if not data:
        raise Rejected(Category.EMPTY)
    if len(data) > settings.max_file_mb * MIB:
        raise Rejected(Category.TOO_LARGE, f"{len(data) / MIB:.0f} MiB, limit {settings.max_file_mb}")
    if b"%PDF-" not in data[:HEADER_WITHIN]:
        raise Rejected(Category.NOT_PDF)


def read_directly(
    data: bytes,
    *,
    reader: Literal["pdfium", "pdfplumber"],
    password: str | None,
    max_pages: int,
    max_characters: int,
    max_runs: int,
    ocr: bool,
) -> Pages:
    """Read in this process: for the sandbox's child, and for tests that compare the readers."""
    if reader == "pdfplumber":
        from brief_nlp.pdf import plumber as chosen
    else:
        from brief_nlp.pdf import pdfium as chosen  # type: ignore[no-redef]
    document = chosen.open_pdf(data, password)
    count = chosen.page_count(document)
    if count > max_pages:
        raise Rejected(Category.TOO_MANY_PAGES, f"{count}, limit {max_pages}")
    pages = list(_bounded(chosen.read_pages(document), max_characters, max_runs))
    pages = _with_tables(data, password, pages)
    if ocr:
        pages = _with_ocr(data, password, pages)
    pages = [_in_reach(page) for page in pages]
    if not any(page.runs for page in pages):
        raise Rejected(Category.NO_TEXT if pages else Category.DAMAGED)
    try:
        metadata = chosen.metadata(document)
    except (ValueError, TypeError):  # a field that is no text, which pypdfium2 and pdfminer trip over
        metadata = {}
    return Pages(pages, metadata, reader)


def _bounded(pages: Iterable[Page], max_characters: int, max_runs: int) -> Iterable[Page]:
    total = 0
    for page in pages:
        if len(page.runs) > max_runs:
            raise Rejected(
                Category.TOO_LARGE, f"page {page.number} has {len(page.runs)} pieces of text, limit {max_runs}"
            )
        total += sum(len(run.text) for run in page.runs)
        if total > max_characters:
            raise Rejected(Category.TOO_LARGE, f"more than {max_characters} characters")
        yield page


def has_usable_text(page: Page) -> bool:
    """Whether a page's text layer can be used: it has one, and most of it is mapped to characters."""
    characters = [char for run in page.runs for char in run.text if not char.isspace()]
    if not characters:
        return False
    private = sum(1 for char in characters if char in UNMAPPED or "\ue000" <= char <= "\uf8ff")
    return private < (1 - USABLE_SHARE) * len(characters)


def _with_tables(data: bytes, password: str | None, pages: list[Page]) -> list[Page]:
    ruled = [page for page in pages if page.turn == 0 and _looks_ruled(page)]
    if not ruled:
        return pages
    from brief_nlp.pdf import plumber

    try:
        document = plumber.open_pdf(data, password)
        found = {page.number: plumber.find_tables(document, page.number) for page in ruled}
        document.close()
    except MemoryError:
        raise
    except Exception:  # pdfminer fails in many ways on what PDFium reads: the text is worth more than its tables
        return pages
    return [page._replace(tables=found.get(page.number, [])) for page in pages]


def _looks_ruled(page: Page) -> bool:
    across = sum(1 for rule in page.rules if rule.x1 - rule.x0 > rule.bottom - rule.top)
    return across >= RULES_OF_A_TABLE and len(page.rules) - across >= RULES_OF_A_TABLE


def _in_reach(page: Page) -> Page:
    """A page without what a damaged file sets beyond any paper, where nobody can see it."""
    if not _near(page.width, page.height):
        return Page(page.number, 0.0, 0.0, 0, [], [], [], [])
    return page._replace(
        runs=[run for run in page.runs if _run_is_near(run)],
        rules=[rule for rule in page.rules if _near(*rule)],
        tables=[table for table in page.tables if all(_box_is_near(cell) for row in table for cell in row)],
    )


def _run_is_near(run: Run) -> bool:
    return _near(run.x0, run.x1, run.baseline, run.size, *run.words)


def _box_is_near(box: Box | None) -> bool:
    return box is None or _near(*box)


def _near(*lengths: float) -> bool:
    return all(-FURTHEST <= length <= FURTHEST for length in lengths)  # false for what is no number, too


def _with_ocr(data: bytes, password: str | None, pages: list[Page]) -> list[Page]:
    blank = [page for page in pages if not has_usable_text(page)]
    if not blank:
        return pages
    from brief_nlp.pdf import scanned

    if not scanned.available():
        return pages
    read = {page.number: page for page in scanned.read_pages(data, password, [page.number for page in blank])}
    return [read.get(page.number, page) for page in pages]
