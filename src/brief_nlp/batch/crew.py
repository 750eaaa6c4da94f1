"""What a driver and its workers say to each other, and what an engine offers.

Loaded at once: whoever starts a process early must not wait for the rest of the package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

if TYPE_CHECKING:
    from brief_nlp.batch.inputs import Input
    from brief_nlp.batch.work import Outcome


class Look(NamedTuple):
    """To a worker: read this."""

    one: Input


class Go(NamedTuple):
    """To a worker: analyse what you have read."""


class Ready(NamedTuple):
    """Of a worker: it runs, and can be given work."""


class Found(NamedTuple):
    """Of a worker: it has read these bytes."""

    document_id: str


class Broken(NamedTuple):
    """Of a worker: it cannot work, and another one could not either."""

    message: str
    advice: str


class Lost(NamedTuple):
    """Of an engine: the machine on which a worker ran is gone, hardly for the fault of one document."""


Reply: TypeAlias = "Outcome | Ready | Found | Broken | Lost | None"  # None: the worker is gone


class Crew(Protocol):
    """Workers of an engine, by number."""

    def capacity(self) -> int:
        """How many it could run now."""

    def hire(self) -> int:
        """Start one; `wait` tells once it is ready."""

    def send(self, worker: int, message: Look | Go) -> None:
        """Tell one what to do; one that is gone is told by `wait`."""

    def wait(self, seconds: float) -> list[tuple[int, Reply]]:
        """What workers say within that time."""

    def close(self) -> None:
        """Give up what the engine itself holds."""

    def fire(self, worker: int, *, now: bool) -> None:
        """End one: at once, or since it has nothing to do."""
