"""Forks one child a document, from a process that has loaded the reader and never looks at a PDF itself.

A fresh interpreter needs a third of a second to load the reader; a fork of one that has needs milliseconds,
and starts as clean. Each document gets a child of its own, so nothing that one does reaches the next.

The nursery reads a line of JSON a document on standard input (`question`, `answer`, `folder`: paths) and
writes two lines on standard output: the child's process id once it runs; once it and all that it started
have ended, its exit code and the most memory that it had (`ru_maxrss`). It ends when its standard input
does, and takes a running child with it: so nothing outlives a parent that was killed.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import sys
import tempfile
from typing import NoReturn

from brief_nlp.pdf import child

REQUESTS, ANSWERS = 0, 1
LONGEST_REQUEST = 1 << 16


def main() -> None:
    """Serve until the parent is gone."""
    os.dup2(1, answers := os.dup(1))
    os.dup2(2, 1)  # a library that prints must not garble the answers
    os.set_inheritable(answers, False)
    _load("brief_nlp.pdf.pages", "brief_nlp.pdf.reader", "brief_nlp.pdf.pdfium")
    later = ["brief_nlp.pdf.plumber"]  # half of the loading, and not every document has tables
    while request := _line():
        _serve(json.loads(request), answers)
        if later:
            _load(*later)
            later = []


def _load(*modules: str) -> None:
    for module in modules:
        with contextlib.suppress(ImportError):  # the child meets it again, and tells it
            __import__(module)
    gc.freeze()  # what is loaded stays shared with the children


def _line() -> bytes:
    read = b""
    while not read.endswith(b"\n"):
        more = os.read(REQUESTS, LONGEST_REQUEST)
        if not more or len(read) > LONGEST_REQUEST:
            return b""
        read += more
    return read


def _serve(request: dict[str, str], answers: int) -> None:
    ended, alive = os.pipe()  # the child holds the only writing end: reading it tells when the child has ended
    pid = os.fork()
    if pid == 0:
        os.close(ended)
        os.close(answers)
        _be_child(request)
    os.close(alive)
    with contextlib.suppress(PermissionError, ProcessLookupError):  # the child does it as well: whoever is first
        os.setpgid(pid, pid)
    os.write(answers, f"{pid}\n".encode())
    ready, _, _ = select.select([REQUESTS, ended], [], [])
    os.close(ended)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)  # what the child has started, or, where the parent is gone, the child
    if REQUESTS in ready:
        os._exit(0)
    _, status, used = os.wait4(pid, 0)
    os.write(answers, f"{os.waitstatus_to_exitcode(status)} {used.ru_maxrss}\n".encode())


def _be_child(request: dict[str, str]) -> NoReturn:
    """Become the process that reads one document; never returns."""
    code = 1
    try:
        with contextlib.suppress(PermissionError):
            os.setpgid(0, 0)
        os.chdir(request["folder"])
        os.environ["TMPDIR"] = tempfile.tempdir = request["folder"]
        for path, flags, place in (
            (request["question"], os.O_RDONLY, 0),
            (request["answer"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 1),
        ):
            os.dup2(opened := os.open(path, flags, 0o600), place)
            os.close(opened)
        child.main()
        code = 0
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 1
    finally:
        sys.stdout.flush()
        os._exit(code)
