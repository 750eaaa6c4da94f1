"""The local engine: worker processes of this machine, each with its models loaded once and a connection of its own."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from brief_nlp.batch.worker import Job

from brief_nlp.batch.driver import Go, Look, Ready, Reply
from brief_nlp.batch.limits import limit_memory

LINGER_SECONDS = 20.0  # for what a worker has in hand when its parent was killed
LEAVE_SECONDS = 5.0  # until a worker that has nothing to do must have ended


class _Process(NamedTuple):
    process: SpawnProcess
    pipe: Connection


class Processes:
    """A crew of processes, started afresh (not forked: threads and connections do not survive that)."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.context = multiprocessing.get_context("spawn")
        self.staff: dict[int, _Process] = {}
        self.hired = 0
        self.spare: list[_Process] = []

    def capacity(self) -> int:
        """See `Crew`: as many as one likes."""
        return sys.maxsize

    def hire(self) -> int:
        """See `Crew`."""
        self.hired += 1
        self.staff[self.hired] = self.spare.pop() if self.spare else self._started()
        return self.hired

    def prepare(self) -> None:
        """Start a process for the first worker, which loads what it needs while the parent opens the store."""
        self.spare.append(self._started())

    def _started(self) -> _Process:
        ours, theirs = self.context.Pipe()
        process = self.context.Process(target=_serve, args=(theirs, self.job), name="brief-nlp worker", daemon=False)
        process.start()
        theirs.close()  # so that its end is seen here when it ends
        return _Process(process, ours)

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
                self._end(worker, LEAVE_SECONDS)
                heard.append((worker, None))
        return heard

    def fire(self, worker: int, *, now: bool) -> None:
        """See `Crew`."""
        if worker in self.staff:
            self._end(worker, 0.0 if now else LEAVE_SECONDS)

    def close(self) -> None:
        """See `Crew`."""
        for worker in list(self.staff):
            self._end(worker, 0.0)
        while self.spare:
            self._kill(self.spare.pop(), 0.0)

    def _end(self, worker: int, seconds: float) -> None:
        self._kill(self.staff.pop(worker), seconds)

    @staticmethod
    def _kill(one: _Process, seconds: float) -> None:
        """One whose pipe is closed leaves by itself; the reading process of one that is killed ends with it."""
        process, pipe = one
        pipe.close()
        if seconds:
            process.join(seconds)
        if process.is_alive():
            process.kill()
        process.join()
        process.close()


def _serve(pipe: Connection, job: Job) -> None:
    """Work until the pipe is closed."""
    for sent in (
        signal.SIGINT,
        signal.SIGTERM,
    ):  # a terminal or a service manager sends them to all: the parent decides
        signal.signal(sent, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, args=(os.getppid(),), daemon=True).start()
    limit_memory(job.settings.worker_memory_mb)
    from brief_nlp.batch.worker import Worker
    from brief_nlp.pdf import forked

    try:
        forked.prepare()
        worker = Worker(job)
        pipe.send(Ready())
        while True:
            pipe.send(worker.do(pipe.recv()))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _leave_with_parent(parent: int) -> None:
    """A worker whose parent was killed finishes what it has in hand, but does not hang about."""
    while os.getppid() == parent:
        time.sleep(1.0)
    time.sleep(LINGER_SECONDS)
    os._exit(1)
