"""The local engine: worker processes of this machine, each with its models loaded once and a connection of its own."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import TYPE_CHECKING, NamedTuple

from brief_nlp.batch.crew import Go, Look, Ready, Reply
from brief_nlp.batch.limits import limit_memory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from brief_nlp.batch.worker import Job

LOADING = 100_000  # objects more before the collector looks: what is loaded stays, and to look at it often costs
LINGER_SECONDS = 20.0  # for what a worker has in hand when its parent was killed
LEAVE_SECONDS = 5.0  # until a worker that has nothing to do must have ended


class Started(NamedTuple):
    """A process and the pipe to it, over which it is told its job."""

    process: SpawnProcess
    pipe: Connection


@contextlib.contextmanager
def early() -> Iterator[list[Started]]:
    """A process that loads what every worker needs before its job is known, for a crew to take from the list.

    One that nobody took is ended.
    """
    spare = [_started()]
    try:
        yield spare
    finally:
        while spare:
            _end(spare.pop(), 0.0)


class Processes:
    """A crew of processes, started afresh (not forked: threads and connections do not survive that), those in `spare`
    first."""

    def __init__(self, job: Job, spare: list[Started] | None = None) -> None:
        self.job = job
        self.spare = [] if spare is None else spare
        self.staff: dict[int, Started] = {}
        self.hired = 0

    def capacity(self) -> int:
        """See `Crew`: as many as one likes."""
        return sys.maxsize

    def hire(self) -> int:
        """See `Crew`."""
        self.hired += 1
        self.staff[self.hired] = one = self.spare.pop() if self.spare else _started()
        with contextlib.suppress(OSError):  # `wait` will find it gone
            one.pipe.send(self.job)
        return self.hired

    def send(self, worker: int, message: Look | Go) -> None:
        """See `Crew`."""
        with contextlib.suppress(OSError):  # `wait` will find it gone
            self.staff[worker].pipe.send(message)

    def wait(self, seconds: float) -> list[tuple[int, Reply]]:
        """See `Crew`."""
        pipes = {one.pipe: worker for worker, one in self.staff.items()}
        heard: list[tuple[int, Reply]] = []
        for pipe in wait(list(pipes), seconds):
            worker = pipes[pipe]  # type: ignore[index]
            try:
                heard.append((worker, self.staff[worker].pipe.recv()))
            except (EOFError, OSError):
                _end(self.staff.pop(worker), LEAVE_SECONDS)
                heard.append((worker, None))
        return heard

    def fire(self, worker: int, *, now: bool) -> None:
        """See `Crew`."""
        if worker in self.staff:
            _end(self.staff.pop(worker), 0.0 if now else LEAVE_SECONDS)

    def close(self) -> None:
        """See `Crew`."""
        while self.staff:
            _end(self.staff.popitem()[1], 0.0)


def _started() -> Started:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), name="brief-nlp worker", daemon=False)
    process.start()
    theirs.close()  # so that its end is seen here when it ends
    return Started(process, ours)


def _end(one: Started, seconds: float) -> None:
    """One whose pipe is closed leaves by itself; the reading process of one that is killed ends with it."""
    process, pipe = one
    pipe.close()
    if seconds:
        process.join(seconds)
    if process.is_alive():
        process.kill()
    process.join()
    process.close()


def _serve(pipe: Connection) -> None:
    """Do the job that comes over the pipe until it is closed."""
    for sent in (
        signal.SIGINT,
        signal.SIGTERM,
    ):  # a terminal or a service manager sends them to all: the parent decides
        signal.signal(sent, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, args=(os.getppid(),), daemon=True).start()
    gc.set_threshold(LOADING)
    from brief_nlp.pdf import forked

    forked.prepare()  # first: it loads on a processor of its own
    import brief_nlp.analysis  # noqa: F401 - every job needs it
    from brief_nlp.batch.worker import Worker

    try:
        job: Job = pipe.recv()
        limit_memory(job.settings.worker_memory_mb)
        worker = Worker(job)
        pipe.send(Ready())
        while True:
            pipe.send(worker.do(pipe.recv()))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        forked.close()
        os._exit(0)  # the parent waits, and to take the models apart object by object takes a while


def _leave_with_parent(parent: int) -> None:
    """A worker whose parent was killed finishes what it has in hand, but does not hang about."""
    while os.getppid() == parent:
        time.sleep(1.0)
    time.sleep(LINGER_SECONDS)
    os._exit(1)
