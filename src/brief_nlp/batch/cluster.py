"""The engine for clusters: Ray actors hold the models, the ledger in PostgreSQL stays the authority.

Ray moves messages and restarts nothing: an actor that is gone is told to the driver, which decides as for a
process of its own machine. No rows and no state of documents pass through Ray.
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import time
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

from brief_nlp.batch.crew import Broken, Found, Go, Look, Lost, Ready, Reply
from brief_nlp.batch.work import Outcome
from brief_nlp.batch.worker import Job, Worker
from brief_nlp.errors import BriefError

Answer = TypeVar("Answer")

NOTICED_SECONDS = 2.0  # within which a cluster that told of a lost actor tells of its lost node too
COUNTED_EVERY = 5.0  # seconds between two looks at how many processors the cluster has


class Actors:
    """A crew of Ray actors, one processor each, on whatever nodes Ray puts them."""

    def __init__(self, job: Job, address: str | None) -> None:
        if not job.to.startswith("postgres"):
            raise BriefError("A cluster writes to PostgreSQL only.", "Give --to postgresql://….")
        self.ray = _started(address)
        self.made = self.ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(Member)
        self.job = job
        self.staff: dict[int, Any] = {}
        self.asked: dict[Any, int] = {}
        self.nodes: dict[int, str] = {}  # on which each worker runs
        self.hired = 0
        self.counted, self.processors = 0.0, 0

    def capacity(self) -> int:
        """See `Crew`: the processors of the nodes that are there now."""
        if time.monotonic() - self.counted > COUNTED_EVERY:
            self.processors = int(_answered(self.ray.cluster_resources).get("CPU", 0))
            self.counted = time.monotonic()
        return self.processors

    def hire(self) -> int:
        """See `Crew`."""
        self.hired += 1
        self.staff[self.hired] = actor = self.made.remote(self.job)
        self.asked[actor.ready.remote()] = self.hired
        return self.hired

    def send(self, worker: int, message: Look | Go) -> None:
        """See `Crew`."""
        self.asked[self.staff[worker].do.remote(message)] = worker

    def wait(self, seconds: float) -> list[tuple[int, Reply]]:
        """See `Crew`."""
        if not self.asked:
            time.sleep(seconds)
            return []
        ready, _ = self.ray.wait(list(self.asked), num_returns=1, timeout=seconds)
        return [(worker := self.asked.pop(reference), self._reply(worker, reference)) for reference in ready]

    def fire(self, worker: int, *, now: bool) -> None:  # noqa: ARG002 - it has nothing in hand that must be ended well
        """See `Crew`."""
        actor = self.staff.pop(worker, None)
        self.nodes.pop(worker, None)
        self.asked = {reference: other for reference, other in self.asked.items() if other != worker}
        if actor is not None:
            with contextlib.suppress(self.ray.exceptions.RayError):
                self.ray.kill(actor)

    def close(self) -> None:
        """See `Crew`: leaves the cluster, or ends the one that was started here."""
        self.ray.shutdown()

    def _reply(self, worker: int, reference: Any) -> Reply:
        try:
            reply = self.ray.get(reference)
        except self.ray.exceptions.RayError:  # the actor, its node, or what it raised
            self.staff.pop(worker, None)
            return Lost() if self._is_lost(self.nodes.pop(worker, "")) else None
        if isinstance(reply, Placed):
            self.nodes[worker] = reply.node
            return Ready()
        return cast("Reply", reply)

    def _is_lost(self, node: str) -> bool:
        """Whether a node is gone, which its cluster may notice a little later than that its actor is."""
        until = time.monotonic() + NOTICED_SECONDS
        while node in (alive := {one["NodeID"] for one in _answered(self.ray.nodes) if one["Alive"]}):
            if time.monotonic() > until:
                return False
            time.sleep(0.1)
        return bool(alive and node)


def _answered(ask: Callable[[], Answer]) -> Answer:
    """What the cluster says. Raises `BriefError` where nobody is there to say it."""
    try:
        return ask()
    except Exception as error:  # what Ray raises when its head is gone has no common base
        said = (str(error).strip() or type(error).__name__).splitlines()[0][:200]
        raise BriefError(
            f"The cluster does not answer any more ({said}).", "Start it again; the same command goes on from there."
        ) from None


class Placed(NamedTuple):
    """Of an actor: it runs, on this node."""

    node: str


class Member(Worker):
    """A worker on a node of a cluster, where all must be as it is on the machine that drives."""

    def __init__(self, job: Job) -> None:
        from brief_nlp.batch.limits import limit_memory

        super().__init__(job)
        limit_memory(job.settings.worker_memory_mb)

    def ready(self) -> Placed:
        """Told once it runs, which may take until a processor is free for it."""
        import ray

        return Placed(ray.get_runtime_context().get_node_id())

    def do(self, message: Look | Go) -> Outcome | Found | Broken:
        """The next step, and what it came to."""
        from brief_nlp.fingerprint import fingerprint

        if (found := fingerprint(self.job.settings)) != self.job.rules.fingerprint:
            return Broken(
                f"The node {os.uname().nodename} would make other rows (fingerprint {found}).",
                "Install the same versions of everything on all nodes: docs/deploying.md.",
            )
        return super().do(message)


def _started(address: str | None) -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # Ray would report to its makers
    try:
        import ray
    except ImportError:
        raise BriefError("The cluster engine needs Ray.", "Run `pip install 'brief-nlp[ray]'`.") from None
    try:
        host, _, port = (address or "").rpartition(":")
        if port.isdigit():  # Ray itself would try for minutes
            socket.create_connection((host, int(port)), timeout=5).close()
        ray.init(address=address, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
    except (OSError, ValueError, RuntimeError) as error:
        said = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise BriefError(
            f"{address or 'Ray'}: no cluster answers ({said}).",
            "Start one with `ray start --head`, or leave --address.",
        ) from None
    return ray
