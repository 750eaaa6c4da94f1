"""What can go wrong with a document, by name.

A category is what the ledger stores and what crosses the process boundary of the sandbox;
its sentence and its advice are what a person reads.
"""

from __future__ import annotations

import re
from enum import StrEnum

_SECRET = re.compile(r"(?<=://)([^:/@\s]*):\S*@|(?<=[?&]password=)[^&\s]*", re.IGNORECASE)  # of an address


class Category(StrEnum):
    """Why a document was rejected."""

    NOT_FOUND = "not_found"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    NOT_PDF = "not_pdf"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    NO_TEXT = "no_text"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    INTERNAL = "internal"


_EXPLAINED: dict[Category, tuple[str, str]] = {
    Category.NOT_FOUND: ("there is no such file", "Check the path."),
    Category.UNREADABLE: ("the file cannot be read", "Check its permissions."),
    Category.EMPTY: ("the file is empty", "Download or copy it again."),
    Category.NOT_PDF: ("this is not a PDF", "Give a PDF file; convert other formats first."),
    Category.ENCRYPTED: ("the PDF needs a password", "Give it with --password."),
    Category.DAMAGED: ("the PDF is damaged", "Download it again, or repair it with qpdf."),
    Category.NO_TEXT: (
        "no page has a text layer and OCR is not at hand",
        "Install Tesseract (see `brief-nlp doctor`), or give a PDF with text.",
    ),
    Category.TOO_LARGE: ("the file or its content is larger than allowed", "Raise the limit in the settings."),
    Category.TOO_MANY_PAGES: ("the PDF has more pages than allowed", "Raise max_pages in the settings."),
    Category.TIMEOUT: ("reading took too long and was stopped", "Raise read_seconds in the settings."),
    Category.MEMORY: ("reading needed too much memory and was stopped", "Raise read_memory_mb in the settings."),
    Category.CRASHED: ("the reader crashed on this file", "Try `--reader pdfplumber`, or repair it with qpdf."),
    Category.INTERNAL: ("brief-nlp failed on this file", "Please report it with the file's sha256."),
}


class BriefError(Exception):
    """A user-facing error: what, where, what next. Never shown with a traceback."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class Rejected(BriefError):
    """One document cannot be processed; the others can."""

    def __init__(self, category: Category, detail: str = "", where: str = "") -> None:
        sentence, advice = _EXPLAINED[category]
        what = f"{sentence} ({detail})" if detail else sentence
        super().__init__(f"{where}: {what}." if where else f"{what[0].upper()}{what[1:]}.", advice)
        self.category = category
        self.detail = detail


def without_password(address: str) -> str:
    """The address of a store as it may be shown, also where it is no proper one."""
    return _SECRET.sub(lambda found: f"{found[1]}:***@" if found[0].endswith("@") else "***", address)
