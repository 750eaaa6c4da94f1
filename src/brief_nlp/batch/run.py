"""A run from its first input to its last: recorded in the store, stopped by signals, told to whoever listens."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from types import FrameType

import brief_nlp
from brief_nlp.batch.driver import Driver
from brief_nlp.batch.inputs import Input
from brief_nlp.batch.work import Outcome, Status
from brief_nlp.errors import BriefError
from brief_nlp.store.ledger import Tally

NOTED_EVERY = 2.0  # seconds between two records of how far a run has come


def run(driver: Driver, total: Callable[[], int | None] = lambda: None) -> Generator[Outcome, None, None]:
    """Outcomes as they come, with how far it has come recorded meanwhile. A run that raises stays open in the
    record; one that was stopped is ended. `total` says how many inputs there are, once that is known."""
    sink = driver.sink
    number = sink.begin(driver.rules.fingerprint, brief_nlp.__version__)
    tally, noted = Tally(), time.monotonic()

    def note() -> None:
        nonlocal noted
        if time.monotonic() - noted > NOTED_EVERY:
            sink.progress(number, tally)
            noted = time.monotonic()

    driver.ticked = note
    with closing(iter(driver)) as outcomes:  # whoever listens may leave: what is in work is given back then
        for outcome in outcomes:
            tally = _with(tally, outcome, total())
            yield outcome
    sink.end(number, tally._replace(total=total()))


def _with(tally: Tally, outcome: Outcome, total: int | None) -> Tally:
    field = {Status.DONE: "done", Status.SKIPPED: "skipped"}.get(outcome.status, "rejected")
    return tally._replace(total=total, **{field: getattr(tally, field) + 1})


@contextmanager
def stopped_by_signals(driver: Driver) -> Iterator[None]:
    """Meanwhile SIGINT and SIGTERM stop the run: the first lets what is in work end, a second gives it back."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        driver.stop()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def counting(inputs: Callable[[], Iterable[Input]]) -> Callable[[], int | None]:
    """How many inputs there are, once a thread of its own has counted them; None until then, and if it cannot."""
    found: list[int] = []

    def count() -> None:
        try:
            found.append(sum(1 for _ in inputs()))
        except (BriefError, OSError):  # the run itself meets and tells it
            return

    threading.Thread(target=count, name="counting inputs", daemon=True).start()
    return lambda: found[0] if found else None
