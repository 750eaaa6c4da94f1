"""Drives a crew of workers over a stream of inputs: the same for processes of this machine and for a cluster.

Each worker has one document at a time, in two steps, so that the driver knows which bytes are in work: it tells
what it has read, and is told to go on, unless another has the same bytes. The ledger is the authority on what
was done; the driver keeps nothing that grows with the number of inputs.
"""

from __future__ import annotations

import contextlib
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from brief_nlp.batch.crew import Broken, Crew, Found, Go, Look, Lost, Ready, Reply
from brief_nlp.batch.inputs import Input
from brief_nlp.batch.work import Outcome, Rules, gone
from brief_nlp.errors import BriefError, Category
from brief_nlp.store.sinks import Sink

STILLBORN = 3  # workers in a row that end before they are ready: then none will be
EXCUSED = 2  # times a document whose machine was lost keeps its attempt; after that it may be what ends machines
TICK = 0.5  # seconds after which the driver looks at its clock and at whether it is to stop


class Bounds(NamedTuple):
    """What a crew may use: workers at once, seconds a document, documents after which a worker is replaced, and
    seconds that remain for what is in work once the run is to stop."""

    workers: int
    seconds: float
    documents: int
    grace: float = 30.0


@dataclass
class _Hand:
    """A worker, seen from the driver."""

    ready: bool = False
    one: Input | None = None
    document_id: str | None = None
    since: float = 0.0
    documents: int = 0


class Driver:
    """One run. Iterating gives an outcome an input, in the order in which they end. None among the inputs says that
    the next one is not there yet."""

    def __init__(
        self,
        inputs: Iterator[Input | None],
        crew: Crew,
        sink: Sink,
        rules: Rules,
        bounds: Bounds,
        told: Callable[[str, dict[str, object]], None] = lambda _event, _about: None,
    ) -> None:
        self.inputs, self.crew, self.sink, self.rules, self.bounds, self.told = inputs, crew, sink, rules, bounds, told
        self.hands: dict[int, _Hand] = {}
        self.next: deque[Input] = (
            deque()
        )  # to be given out: at most one more than there are workers, and what comes again
        self.lost: dict[str, int] = {}  # places whose worker went, and how often
        self.excused: dict[str, int] = {}  # places whose attempt was given back since their machine was lost
        self.twins: dict[str, list[Input]] = {}  # other names of bytes that are in work
        self.drained = False
        self.stillborn = 0  # workers in a row that ended before they were ready
        self.stopping: float | None = None
        self.ticked: Callable[[], None] = lambda: None  # called again and again, also while no document ends
        self.at_once = False

    def stop(self) -> None:
        """Take nothing new, and finish what is in work; asked twice, give it back at once. For signal handlers."""
        if self.stopping is None:
            self.stopping = time.monotonic()
        else:
            self.at_once = True

    def __iter__(self) -> Generator[Outcome, None, None]:
        try:
            while self._assign() or any(hand.one for hand in self.hands.values()):
                self.ticked()
                for worker, reply in self.crew.wait(TICK):
                    yield from self._heard(worker, reply)
                yield from self._overdue()
                if self._out_of_patience():
                    break
        except BaseException:
            with contextlib.suppress(Exception):  # the store may be what is gone: what went wrong first is told
                self._give_back()
            raise
        else:
            self._give_back()
        finally:
            for worker in list(self.hands):
                self._let_go(worker, now=False)

    def _assign(self) -> bool:
        """Give work to whoever has none, hiring as long as there is work for one more. Whether any is left to give."""
        while self.stopping is None:
            idle = next((worker for worker, hand in self.hands.items() if hand.ready and hand.one is None), None)
            starting = sum(not hand.ready for hand in self.hands.values())
            if (idle is not None or self._may_hire()) and len(self.next) <= (0 if idle is not None else starting):
                self._fetch()
            if idle is not None and self.next:
                self._put(idle, self.next.popleft())
            elif idle is None and self._may_hire() and len(self.next) > starting:
                self._hire()
            else:
                return bool(self.next) or not self.drained
        return False

    def _may_hire(self) -> bool:
        return len(self.hands) < min(self.bounds.workers, self.crew.capacity())

    def _fetch(self) -> None:
        if self.drained:
            return
        try:
            one = next(self.inputs)
        except StopIteration:
            self.drained = True
        else:
            self.next.extend([one] if one else [])

    def _hire(self) -> None:
        worker = self.crew.hire()
        self.hands[worker] = _Hand()
        self.told("worker hired", {"worker": worker})

    def _put(self, worker: int, one: Input) -> None:
        hand = self.hands[worker]
        hand.one, hand.document_id, hand.since = one, None, time.monotonic()
        self.crew.send(worker, Look(one))

    def _heard(self, worker: int, reply: Reply) -> Iterator[Outcome]:
        hand = self.hands.get(worker)
        if hand is None:
            return
        if isinstance(reply, Broken):
            raise BriefError(reply.message, reply.advice)
        if isinstance(reply, Ready):
            hand.ready = True
            self.stillborn = 0
        elif reply is None or isinstance(reply, Lost):
            yield from self._died(worker, hand, lost=reply is not None)
        elif isinstance(reply, Found):
            if reply.document_id in self.twins and hand.one is not None:
                self.twins[reply.document_id].append(hand.one)
                hand.one = None
            else:
                self.twins[reply.document_id] = []
                hand.document_id = reply.document_id
                self.crew.send(worker, Go())
        else:
            if hand.one is not None:
                self.excused.pop(hand.one.place, None)
                self.lost.pop(hand.one.place, None)
            self._free(hand)
            hand.documents += 1
            if hand.documents >= self.bounds.documents:
                self._let_go(worker, now=False)
            yield reply

    def _free(self, hand: _Hand) -> None:
        """A document has ended: those with the same bytes come next, and are found done, or tried in their turn."""
        if hand.document_id is not None:
            self.next.extend(self.twins.pop(hand.document_id))
        hand.one = hand.document_id = None

    def _died(self, worker: int, hand: _Hand, *, lost: bool) -> Iterator[Outcome]:
        """A worker is gone with what it had in hand. The ledger has counted the attempt, if it had come so far, and
        ends what is tried too often; what takes one more worker down was never counted, and is ended here. Where the
        whole machine was lost, the attempt is taken back."""
        one, document_id = hand.one, hand.document_id
        del self.hands[worker]
        self.told("worker gone", {"worker": worker, "document_id": document_id, "place": one.place if one else None})
        if not hand.ready:
            self.stillborn += 1
            if self.stillborn >= STILLBORN and self.stopping is None:  # Ctrl-C ends those that are starting
                raise BriefError(
                    f"{STILLBORN} workers in a row ended before they could begin.",
                    "What they wrote is above; `brief-nlp doctor` checks the installation.",
                )
        if one is None:
            return
        excused = self.excused.get(one.place, 0)
        if lost and excused < EXCUSED:
            if document_id is not None:
                self.sink.give_back(document_id)
                self._free(hand)
            self.excused[one.place] = excused + 1
        else:
            self.lost[one.place] = self.lost.get(one.place, 0) + 1
            self._free(hand)
            if self.lost[one.place] >= self.rules.attempts + (document_id is not None):
                del self.lost[one.place]
                when = "read" if document_id is None else "recorded"
                yield gone(one, document_id, Category.CRASHED, f"its worker ended before it was {when}")
                return
        self.next.appendleft(one)

    def _overdue(self) -> Iterator[Outcome]:
        """End workers that have taken too long."""
        for worker, hand in list(self.hands.items()):
            one, document_id = hand.one, hand.document_id
            if one is None or time.monotonic() - hand.since <= self.bounds.seconds:
                continue
            self.told("worker hangs", {"worker": worker, "document_id": document_id, "place": one.place})
            self._let_go(worker, now=True)
            detail = f"limit {self.bounds.seconds:g} s for a document"
            if document_id is not None:
                known = self.sink.known(document_id)
                final = known is not None and known.attempts >= self.rules.attempts
                self.sink.fail(document_id, Category.TIMEOUT, detail, final=final)
            self._free(hand)
            yield gone(one, document_id, Category.TIMEOUT, detail)

    def _out_of_patience(self) -> bool:
        over = self.stopping is not None and time.monotonic() - self.stopping > self.bounds.grace
        return self.at_once or over

    def _give_back(self) -> None:
        """What is still in work was not its document's fault: it will be as if it had not been begun."""
        for worker, hand in list(self.hands.items()):
            if hand.one is None:
                continue
            self._let_go(worker, now=True)
            if hand.document_id is not None:
                self.sink.give_back(hand.document_id)

    def _let_go(self, worker: int, *, now: bool) -> None:
        self.hands.pop(worker, None)
        self.crew.fire(worker, now=now)
