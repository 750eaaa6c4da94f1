"""What runs inside the sandbox: reads one PDF from standard input, answers on standard output.

The first line of the input is the request as JSON, the rest is the PDF. The answer is one JSON
object: `{"pages": …}` or `{"category": …, "detail": …}`. Nothing else is ever written there.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

CANNOT_LIMIT = ("win32", "cygwin")


def main() -> None:
    """Set the limits, then read. Heavy imports come after the limits, so that they count."""
    answer_stream = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not garble the answer
    source = sys.stdin.buffer
    request = json.loads(source.readline())
    set_limits(request["memory_bytes"], request["cpu_seconds"], request["answer_bytes"])
    try:
        answer = _read(source.read(), request)
    except MemoryError:
        answer = b'{"category": "memory", "detail": ""}'
    try:
        answer_stream.write(answer)
        answer_stream.flush()
    except OSError:
        os._exit(EXIT_TOO_LARGE)
    os._exit(0)  # skips the tear-down of libraries, which a damaged document can crash


EXIT_TOO_LARGE = 70


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


def _read(data: bytes, request: dict[str, Any]) -> bytes:
    from brief_nlp.errors import Rejected
    from brief_nlp.pdf.pages import PAGES
    from brief_nlp.pdf.reader import read_directly

    try:
        pages = read_directly(
            data,
            reader=request["reader"],
            password=request["password"],
            max_pages=request["max_pages"],
            max_characters=request["max_characters"],
            ocr=request["ocr"],
        )
    except Rejected as rejected:
        return json.dumps({"category": rejected.category.value, "detail": rejected.detail}).encode()
    return b'{"pages":' + PAGES.dump_json(pages) + b"}"
