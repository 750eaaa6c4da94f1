"""Waits for a database server that restarts, instead of ending a run of a million documents."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, cast

from sqlalchemy.exc import DBAPIError

from brief_nlp.store.sinks import Sink

PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)  # seconds: a minute in all
_LOST = ("08", "57P")  # SQLSTATE: connection exceptions, and shut-down (PostgreSQL, appendix A)


class _Patient:
    """A sink whose every step is taken again while its server cannot be reached; each may be taken twice."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def __getattr__(self, name: str) -> Callable[..., Any]:
        step = getattr(self._sink, name)

        def taken(*args: Any, **more: Any) -> Any:
            for pause in PAUSES:
                try:
                    return step(*args, **more)
                except DBAPIError as error:
                    if not _lost(error):
                        raise
                time.sleep(pause)
            return step(*args, **more)

        return taken


def patient(sink: Sink) -> Sink:
    """The same sink, with patience."""
    return cast(Sink, _Patient(sink))


def _lost(error: DBAPIError) -> bool:
    """Whether the server could not be reached or has gone. SQLite has none."""
    cause = error.orig
    if not type(cause).__module__.startswith("psycopg"):
        return False
    state = getattr(cause, "sqlstate", None)
    return error.connection_invalidated or (
        state.startswith(_LOST) if state else type(cause).__name__ == "OperationalError"
    )
