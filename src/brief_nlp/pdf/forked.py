"""The parent's side of `nursery`: asks it for a child a document, holds the clock, and ends what does not end."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, NamedTuple, cast

from brief_nlp.errors import Category, Rejected

GRACE_SECONDS = 1.0
_UNIT_OF_MEMORY = 1 if sys.platform == "darwin" else 1024  # of `ru_maxrss`: getrusage(2) of either system
START_SECONDS = 60.0  # until a nursery has loaded the reader, on a machine that is busy
START = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from brief_nlp.pdf.nursery import main; main()"


class Nursery(NamedTuple):
    """A running nursery, and the process that started it: a fork of that one must not use its pipes."""

    process: subprocess.Popen[bytes]
    requests: IO[bytes]
    answers: IO[bytes]
    owner: int


_idle: list[Nursery] = []  # a thread takes one and gives it back, so that each has its own


class Ended(NamedTuple):
    """How a child ended: its exit code, negative for a signal, and the most memory that it had, in bytes."""

    code: int
    memory: int


def run_child(question: Path, answer: Path, folder: str, seconds: float) -> Ended:
    """Let a child answer a question. Raises `Rejected` where it takes longer than `seconds`."""
    nursery = _taken()
    try:
        ended = _asked(nursery, {"question": str(question), "answer": str(answer), "folder": folder}, seconds)
    except BaseException:
        _end(nursery)
        raise
    _idle.append(nursery)
    return ended


def prepare() -> None:
    """Start a nursery ahead of the first document: it loads the reader meanwhile."""
    _idle.append(_started())


def close() -> None:
    """End the nurseries that wait for work."""
    while _idle:
        _end(_idle.pop())


atexit.register(close)


def _taken() -> Nursery:
    while _idle:
        nursery = _idle.pop()
        if nursery.owner == os.getpid() and nursery.process.poll() is None:
            return nursery
        _end(nursery)
    return _started()


def _started() -> Nursery:
    folder = tempfile.gettempdir()
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TMPDIR": folder}
    environment["OMP_THREAD_LIMIT"] = "1"  # Tesseract's threads get in each other's way
    process = subprocess.Popen(  # noqa: S603 - the command is our own interpreter
        [sys.executable, "-I", "-c", START, json.dumps([path for path in sys.path if path])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        cwd=folder,
        env=environment,
        start_new_session=True,
    )
    return Nursery(process, cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout), os.getpid())


def _asked(nursery: Nursery, request: dict[str, str], seconds: float) -> Ended:
    child: int | None = None
    try:
        nursery.requests.write(json.dumps(request).encode() + b"\n")
        child = int(_line(nursery.answers, START_SECONDS))
        code, memory = map(int, _line(nursery.answers, seconds).split())
    except TimeoutError:
        if child is None:
            raise Rejected(Category.INTERNAL, f"no reader could be started in {START_SECONDS:g} s") from None
        _kill_group(child, signal.SIGTERM)
        with contextlib.suppress(TimeoutError, OSError, ValueError, IndexError):
            int(_line(nursery.answers, GRACE_SECONDS).split()[0])
            child = None  # it has ended, and its number may be another's
        raise Rejected(Category.TIMEOUT, f"limit {seconds:g} s") from None
    except (OSError, ValueError):  # the nursery is gone, killed from without
        raise Rejected(Category.CRASHED, "the reading process is gone") from None
    else:
        child = None
        return Ended(code, memory * _UNIT_OF_MEMORY)
    finally:
        if child is not None:
            _kill_group(child, signal.SIGKILL)


def _line(answers: IO[bytes], seconds: float) -> bytes:
    """A line that the nursery writes; empty where it has ended. Raises `TimeoutError`."""
    until, read = time.monotonic() + seconds, b""
    while not read.endswith(b"\n"):
        ready, _, _ = select.select([answers], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            raise TimeoutError
        more = os.read(answers.fileno(), 1)  # byte by byte, so that what follows stays for the next call
        if not more:
            return b""
        read += more
    return read


def _end(nursery: Nursery) -> None:
    """End a nursery: its input closed, it leaves and takes its child with it; else it is killed."""
    process = nursery.process
    nursery.requests.close()
    nursery.answers.close()
    if nursery.owner != os.getpid():
        return
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(GRACE_SECONDS)
    _kill_group(process.pid, signal.SIGKILL)
    process.wait()


def _kill_group(pid: int, sent: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, sent)
