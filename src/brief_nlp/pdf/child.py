"""What runs inside the sandbox: reads or renders one PDF from standard input, answers on standard output.

The first line of the input is the request as JSON, the rest is the PDF. The answer is one JSON
object: `{"pages": …}`, `{"scales": …}` or `{"category": …, "detail": …}`. Nothing else is ever
written there.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from pathlib import Path
from typing import Any

CANNOT_LIMIT = ("win32", "cygwin")
MOST_PIXELS = 4000  # of a picture's longer side: larger paper is rendered smaller
POINTS = 72.0


def main() -> None:
    """Set the limits, then read. Heavy imports come after the limits, so that they count."""
    answer_stream = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not garble the answer
    source = sys.stdin.buffer
    request = json.loads(source.readline())
    set_limits(request["memory_bytes"], request["cpu_seconds"], request["answer_bytes"])
    try:
        answer = _answer(source.read(), request)
    except MemoryError:
        answer = b'{"category": "memory", "detail": ""}'
    try:
        answer_stream.write(answer)
        answer_stream.flush()
    except OSError as error:
        os._exit(EXIT_DISK_FULL if error.errno in DISK_FULL else EXIT_TOO_LARGE)
    os._exit(0)  # skips the tear-down of libraries, which a damaged document can crash


EXIT_TOO_LARGE = 70
EXIT_DISK_FULL = 71
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


def set_limits(memory_bytes: int, cpu_seconds: int, file_bytes: int) -> None:
    """Bound what this process may use. macOS ignores the limit on address space."""
    if sys.platform in CANNOT_LIMIT:
        return
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # an over-long write becomes an OSError
    limits = {
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: file_bytes,
        resource.RLIMIT_NOFILE: 128,
        resource.RLIMIT_CORE: 0,
    }
    for kind, bound in limits.items():
        _, hard = resource.getrlimit(kind)
        ceiling = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        # at the soft limit of CPU time the kernel sends SIGXCPU, which tells the parent what happened
        reserve = ceiling + 2 if kind == resource.RLIMIT_CPU and hard == resource.RLIM_INFINITY else ceiling
        try:
            resource.setrlimit(kind, (ceiling, reserve))
        except (ValueError, OSError):
            if sys.platform == "linux":
                raise


def _answer(data: bytes, request: dict[str, Any]) -> bytes:
    from brief_nlp.errors import Rejected

    try:
        return _rendered(data, request) if request["task"] == "render" else _read(data, request)
    except Rejected as rejected:
        return json.dumps({"category": rejected.category.value, "detail": rejected.detail}).encode()
    except MemoryError:
        raise
    except Exception as error:  # of a parser, on damaged bytes: the name of its kind is all that is safe to tell
        return json.dumps({"category": "crashed", "detail": type(error).__name__}).encode()


def _read(data: bytes, request: dict[str, Any]) -> bytes:
    from brief_nlp.pdf.pages import PAGES
    from brief_nlp.pdf.reader import read_directly

    pages = read_directly(
        data,
        reader=request["reader"],
        password=request["password"],
        max_pages=request["max_pages"],
        max_characters=request["max_characters"],
        max_runs=request["max_runs"],
        ocr=request["ocr"],
    )
    return b'{"pages":' + PAGES.dump_json(pages) + b"}"


def picture_name(number: int) -> str:
    """The file of a rendered page."""
    return f"{number:04}.png"


def _rendered(data: bytes, request: dict[str, Any]) -> bytes:
    """Every page, or the one asked for, as pictures numbered from 1; one that cannot be loaded as a white one."""
    from brief_nlp.errors import Category, Rejected
    from brief_nlp.pdf import pdfium

    document = pdfium.open_pdf(data, request["password"])
    count = pdfium.page_count(document)
    if count > request["max_pages"]:
        raise Rejected(Category.TOO_MANY_PAGES, f"{count}, limit {request['max_pages']}")
    wanted = range(1, count + 1)
    if (page := request["page"]) is not None:
        if page not in wanted:
            raise Rejected(Category.DAMAGED, f"it has {count} pages, not {page}")
        wanted = range(page, page + 1)
    scales = []
    for place, number in enumerate(wanted, 1):
        picture, scale = _picture(document, number, request["dpi"] / POINTS)
        picture.save(Path(request["folder"], picture_name(place)), compress_level=1)
        scales.append(scale)
    return json.dumps({"scales": scales}).encode()


def _picture(document: Any, number: int, scale: float) -> tuple[Any, float]:
    """(a page as a picture, its pixels a point)."""
    import pypdfium2
    from PIL import Image

    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return Image.new("RGB", (600, 800), "white"), scale
    longest = max(page.get_size())
    scale = min(scale, MOST_PIXELS / longest) if longest > 0 else scale
    picture = page.render(scale=scale).to_pil().convert("RGB")
    page.close()
    return picture, scale
