"""Reads a PDF in a child process that can be killed, and trusts nothing that it says.

The child has its own process group, a temporary folder, an empty environment and hard limits (see
`child.set_limits`); it is forked for this document alone (`nursery`); the parent holds the clock, ends the
whole group (`forked`), and validates the answer. docs/architecture.md says what this does and does not stop.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from brief_nlp.errors import BriefError, Category, Rejected
from brief_nlp.pdf.child import DISK_FULL, EXIT_DISK_FULL, EXIT_TOO_LARGE, picture_name
from brief_nlp.pdf.forked import Ended, run_child
from brief_nlp.pdf.pages import PAGES, Pages
from brief_nlp.settings import Settings

MIB = 1 << 20
NEARLY_ALL = 0.4  # of the memory allowed: address space is more than what is used of it


class Picture(NamedTuple):
    """A rendered page, and how many of its pixels make a point."""

    path: Path
    scale: float


def read_in_child(data: bytes, settings: Settings, password: str | None = None) -> Pages:
    """Read `data` in a child of its own. Raises `Rejected` with the category of what went wrong."""
    request = {
        "task": "read",
        "reader": settings.reader,
        "ocr": settings.ocr,
        "max_characters": settings.max_characters,
        "max_runs": settings.max_runs,
    }
    return _checked(_ask(request, data, settings, password), settings)


def render_pages(data: bytes, settings: Settings, password: str | None, folder: Path, dpi: int) -> list[Picture]:
    """Render every page in a child of its own, as PNG files in `folder`. Raises `Rejected` likewise."""
    request = {"task": "render", "folder": str(folder.resolve()), "dpi": dpi, "page": None}
    return _checked_pictures(_ask(request, data, settings, password), settings, folder)


def render_page(data: bytes, page: int, settings: Settings, password: str | None, folder: Path, dpi: int) -> Picture:
    """Render one page (from 1) likewise. Raises `Rejected`, also where there is no such page."""
    request = {"task": "render", "folder": str(folder.resolve()), "dpi": dpi, "page": page}
    return _checked_pictures(_ask(request, data, settings, password), settings, folder)[0]


def _ask(request: dict[str, Any], data: bytes, settings: Settings, password: str | None) -> bytes:
    """What a child answers to a request; not to be trusted."""
    request = {
        **request,
        "password": password,
        "max_pages": settings.max_pages,
        "memory_bytes": settings.read_memory_mb * MIB,
        "cpu_seconds": settings.read_cpu_seconds,
        "answer_bytes": settings.max_answer_mb * MIB,
    }
    with _scratch() as folder:
        question, answer = Path(folder, "question"), Path(folder, "answer")
        question.write_bytes(json.dumps(request).encode() + b"\n" + data)
        ended = run_child(question, answer, folder, settings.read_seconds)
        if ended.code == EXIT_DISK_FULL:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if ended.code != 0:
            raise Rejected(_category_of(ended, request["memory_bytes"]))
        if answer.stat().st_size > settings.max_answer_mb * MIB:
            raise Rejected(Category.TOO_LARGE)
        return answer.read_bytes()


@contextmanager
def _scratch() -> Iterator[str]:
    """A temporary folder. Raises `BriefError` where its disk is full, which is no fault of any document."""
    try:
        with tempfile.TemporaryDirectory(prefix="brief-nlp-") as folder:
            yield folder
    except OSError as error:
        if error.errno not in DISK_FULL:
            raise
        raise BriefError(
            f"{tempfile.gettempdir()}: {error.strerror}.", "Free some space there, or name another folder in TMPDIR."
        ) from None


def _category_of(ended: Ended, memory_bytes: int) -> Category:
    code = ended.code
    if code == EXIT_TOO_LARGE:
        return Category.TOO_LARGE
    if code in (-signal.SIGXCPU, -signal.SIGALRM):
        return Category.TIMEOUT
    if code == -signal.SIGKILL or (code < 0 and ended.memory > NEARLY_ALL * memory_bytes):
        return Category.MEMORY  # a library that gets no more memory ends itself
    return Category.CRASHED


def _checked(untrusted_answer: bytes, settings: Settings) -> Pages:
    try:
        _raise_what_it_says(untrusted_answer)
        if not untrusted_answer.startswith(b'{"pages":'):
            raise Rejected(Category.CRASHED)
        pages = PAGES.validate_json(memoryview(untrusted_answer)[9:-1].tobytes())
    except (ValidationError, ValueError, KeyError, TypeError):
        raise Rejected(Category.CRASHED, "unusable answer") from None
    if len(pages.pages) > settings.max_pages:
        raise Rejected(Category.TOO_MANY_PAGES)
    for page in pages.pages:
        if any(run.font >= len(page.fonts) for run in page.runs):
            raise Rejected(Category.CRASHED, "unusable answer")
    return pages


def _checked_pictures(untrusted_answer: bytes, settings: Settings, folder: Path) -> list[Picture]:
    try:
        _raise_what_it_says(untrusted_answer)
        scales = [float(scale) for scale in json.loads(untrusted_answer)["scales"]]
    except (ValueError, KeyError, TypeError):
        raise Rejected(Category.CRASHED, "unusable answer") from None
    pictures = [Picture(folder / picture_name(number), scale) for number, scale in enumerate(scales, 1)]
    if not pictures:
        raise Rejected(Category.CRASHED, "unusable answer")
    if len(pictures) > settings.max_pages:
        raise Rejected(Category.TOO_MANY_PAGES)
    if not all(picture.path.is_file() and 0 < picture.scale < 100 for picture in pictures):
        raise Rejected(Category.CRASHED, "unusable answer")
    return pictures


def _raise_what_it_says(untrusted_answer: bytes) -> None:
    if untrusted_answer.startswith(b'{"category"'):
        said = json.loads(untrusted_answer[:10_000])
        raise Rejected(Category(said["category"]), str(said["detail"])[:200])
