"""The driver beside a crew that is made up: whatever workers do, each input ends once, and none is lost."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_nlp.batch.crew import Broken, Found, Look, Lost, Ready
from brief_nlp.batch.driver import EXCUSED, STILLBORN, Bounds, Driver
from brief_nlp.batch.inputs import Input
from brief_nlp.batch.work import Outcome, Rules, Status
from brief_nlp.errors import BriefError, Category
from brief_nlp.store.ledger import DONE, FAILED, QUARANTINED, STARTED, Entry


@dataclass
class Ledger:
    """As much of a sink as the driver and the made-up workers need."""

    entries: dict[str, list] = field(default_factory=dict)  # state, attempts, category
    given_back: list[str] = field(default_factory=list)

    def known(self, document_id: str) -> Entry | None:
        found = self.entries.get(document_id)
        return Entry("f", found[0], found[1], found[2], None) if found else None

    def fail(self, document_id: str, category: Category, detail: str, *, final: bool) -> None:
        self.entries[document_id][0::2] = [QUARANTINED if final else FAILED, category.value]

    def give_back(self, document_id: str) -> None:
        self.given_back.append(document_id)
        if (entry := self.entries.get(document_id)) and entry[0] == STARTED:
            entry[0:2] = [FAILED, entry[1] - 1]


class MadeUp:
    """Workers that do at random what the inputs' names let them: `bytes-of behaviour`."""

    def __init__(self, ledger: Ledger, seed: int) -> None:
        self.ledger, self.dice, self.staff, self.hired = ledger, random.Random(seed), {}, 0
        self.held: dict[int, Input] = {}
        self.analysed: list[str] = []
        self.losses: list[str] = []
        self.most_at_once = 0

    def capacity(self) -> int:
        return 3

    def hire(self) -> int:
        self.hired += 1
        self.staff[self.hired] = Ready()
        self.most_at_once = max(self.most_at_once, len(self.staff))
        return self.hired

    def send(self, worker: int, message) -> None:
        if worker in self.staff:
            assert self.staff[worker] is None, "a worker has one thing to do at a time"
            self.staff[worker] = message

    def fire(self, worker: int, *, now: bool) -> None:
        self.staff.pop(worker, None)

    def wait(self, seconds: float) -> list:
        busy = [worker for worker, message in self.staff.items() if message is not None]
        self.dice.shuffle(busy)
        return [(worker, self._done(worker)) for worker in busy[: self.dice.randint(1, 2)]]

    def _done(self, worker: int):
        message, self.staff[worker] = self.staff[worker], None
        if isinstance(message, Ready):
            return message
        if isinstance(message, Look):
            self.held[worker] = message.one
            document, behaviour = message.one.name.split()
            if behaviour == "unread":
                return self._gone(worker)
            if behaviour == "missing":
                return Outcome(message.one.name, Status.REJECTED, category=Category.NOT_FOUND)
            return Found(document)
        one = self.held.pop(worker)
        document, behaviour = one.name.split()
        before = self.ledger.entries.setdefault(document, [None, 0, None])
        if before[0] == DONE:
            return Outcome(one.name, Status.SKIPPED, document)
        if before[0] == QUARANTINED or before[1] >= 2:
            before[0] = QUARANTINED
            return Outcome(one.name, Status.QUARANTINED, document, Category.CRASHED)
        before[0], before[1] = STARTED, before[1] + 1
        if behaviour.startswith("lost") and self.losses.count(document) < int(behaviour[4:]):
            self.losses.append(document)
            self._gone(worker)
            return Lost()
        if behaviour == "kills" or (behaviour == "once" and before[1] == 1):
            return self._gone(worker)
        self.analysed.append(document)
        before[0] = DONE
        return Outcome(one.name, Status.DONE, document)

    def _gone(self, worker: int) -> None:
        del self.staff[worker]


def drive(names: list[str], seed: int = 0, workers: int = 2, documents: int = 100, **more):
    ledger = Ledger()
    crew = MadeUp(ledger, seed)
    bounds = Bounds(workers, more.pop("seconds", 60.0), documents, more.pop("grace", 30.0))
    inputs = (Input(name, f"{place}:{name}") for place, name in enumerate(names))
    return Driver(inputs, crew, ledger, Rules("f", 2), bounds), crew, ledger


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(["good", "once", "kills", "unread", "missing"])),
        max_size=25,
    ),
    st.integers(0, 10_000),
    st.integers(1, 4),
    st.integers(1, 5),
)
def test_each_input_ends_once_and_no_bytes_are_analysed_twice(drawn, seed: int, workers: int, documents: int):
    behaviour = dict(reversed(drawn))  # the same bytes behave the same
    names = [f"{document} {behaviour[document]}" for document, _ in drawn]
    driver, crew, _ = drive(names, seed, workers, documents)
    outcomes = list(driver)
    assert sorted(one.name for one in outcomes) == sorted(names)
    assert sorted(crew.analysed) == sorted({name[0] for name in names if name.split()[1] in ("good", "once")})
    assert crew.most_at_once <= min(workers, 3)
    assert not crew.staff, "nobody is left"
    for one in outcomes:
        kind = one.name.split()[1]
        if kind == "kills":
            assert one.status is Status.QUARANTINED
        elif kind in ("unread", "missing"):
            assert one.status is Status.REJECTED
        else:
            assert one.status in (Status.DONE, Status.SKIPPED)


@pytest.mark.parametrize("machines", range(1, 6))
def test_a_document_keeps_its_attempts_when_machines_are_lost_but_does_not_end_one_after_the_other(machines: int):
    made, crew, ledger = drive(["a good", f"b lost{machines}", "c good"])
    found = {outcome.name[0]: outcome.status for outcome in made}
    saved = machines < EXCUSED + 2
    assert found == {"a": Status.DONE, "b": Status.DONE if saved else Status.QUARANTINED, "c": Status.DONE}
    assert crew.losses == ["b"] * min(machines, EXCUSED + 2)
    assert ledger.given_back == ["b"] * min(machines, EXCUSED)


def test_a_document_that_ends_workers_before_its_attempt_is_counted_does_not_do_so_for_ever():
    driver, crew, _ = drive(["a good", "b good"])
    done = crew._done

    def harmed(worker: int):
        one = crew.held.get(worker)
        return crew._gone(worker) if one and one.name == "a good" else done(worker)

    crew._done = harmed
    assert {one.name[0]: one.category for one in driver} == {"a": Category.CRASHED, "b": None}
    assert not crew.staff
    assert crew.hired < 6


def test_inputs_are_taken_as_workers_become_free():
    taken: list[int] = []

    def inputs() -> Iterator[Input]:
        for number in range(1000):
            taken.append(number)
            yield Input(f"{number} good", str(number))

    driver, _, _ = drive([])
    driver.inputs = inputs()
    for ended, _ in enumerate(driver, 1):
        assert len(taken) <= ended + 2
    assert len(taken) == 1000


def test_stopping_finishes_what_is_in_work():
    driver, _, ledger = drive([f"{number} good" for number in range(50)])
    ended = []
    for outcome in driver:
        ended.append(outcome)
        driver.stop()
    assert 1 <= len(ended) <= 2
    assert ledger.given_back == []
    assert {entry[0] for entry in ledger.entries.values()} == {DONE}


class Hanging(MadeUp):
    """Workers that read and are then not heard of any more."""

    def wait(self, seconds: float) -> list:
        return [
            (worker, self._done(worker))
            for worker, message in list(self.staff.items())
            if isinstance(message, Look | Ready)
        ]


def test_stopping_twice_gives_back_what_is_in_work():
    driver, crew, ledger = drive([f"{number} good" for number in range(50)], workers=4)
    driver.crew = crew = Hanging(ledger, 0)
    driver.told = lambda event, about: [driver.stop() for _ in range(2) if crew.hired == 3]
    assert list(driver) == []
    assert crew.hired == 3
    assert not crew.staff
    driver, crew, ledger = drive([f"{number} good" for number in range(50)], grace=0.0)
    driver.crew = crew = Hanging(ledger, 0)
    stops = iter([None, None, driver.stop])
    driver._overdue = lambda: iter(() if (stop := next(stops, None)) is None else stop() or ())
    assert list(driver) == []
    assert sorted(ledger.given_back) == ["0", "1"]
    assert not crew.staff


def test_a_worker_that_hangs_is_ended_and_its_document_named():
    driver, crew, ledger = drive(["a good", "b good"], seconds=0.05)
    driver.crew = crew = Hanging(ledger, 0)
    ledger.entries = {"a": [STARTED, 1, None], "b": [STARTED, 2, None]}
    ended = {one.document_id: (one.status, one.category) for one in driver}
    assert ended == dict.fromkeys("ab", (Status.REJECTED, Category.TIMEOUT))
    assert ledger.entries == {"a": [FAILED, 1, "timeout"], "b": [QUARANTINED, 2, "timeout"]}
    assert not crew.staff


def test_a_worker_that_cannot_work_ends_the_run_with_what_it_says():
    driver, crew, _ = drive(["a good", "b good"])
    crew.wait = lambda seconds: [(1, Broken("No disk.", "Buy one."))]
    with pytest.raises(BriefError, match=r"No disk\. Buy one\."):
        list(driver)
    assert not crew.staff


def test_workers_that_cannot_be_started_end_the_run():
    driver, crew, ledger = drive(["a good"] * 9)
    crew.wait = lambda seconds: [(worker, crew._gone(worker)) for worker in list(crew.staff)]
    with pytest.raises(BriefError, match="ended before they could begin"):
        list(driver)
    assert crew.hired <= STILLBORN + 1
    assert ledger.entries == {}


def test_a_worker_that_never_becomes_ready_holds_nothing_up():
    driver, crew, _ = drive([f"{number} good" for number in range(9)], workers=3)
    wait = crew.wait
    crew.wait = lambda seconds: [(worker, reply) for worker, reply in wait(seconds) if worker != 2]
    crew.send = lambda worker, message: MadeUp.send(crew, worker, message)
    assert len(list(driver)) == 9
    assert not crew.staff


def test_whoever_listens_may_leave_and_what_is_in_work_is_given_back():
    class Half(Hanging):
        """The first worker works, the others hang."""

        def wait(self, seconds: float) -> list:
            said = super().wait(seconds)
            return [*said, (1, self._done(1))] if 1 in self.staff and self.staff[1] is not None else said

    driver, _, ledger = drive([f"{number} good" for number in range(50)])
    driver.crew = crew = Half(ledger, 0)
    outcomes = iter(driver)
    next(outcomes)
    outcomes.close()
    assert ledger.given_back
    assert not crew.staff


def test_workers_that_a_signal_ends_while_they_start_do_not_count_as_broken():
    made, crew, _ = drive(["a good"])
    made.stop()
    for _ in range(STILLBORN + 1):
        made._hire()  # as before the signal came
        worker = crew.hired
        del crew.staff[worker]
        assert list(made._heard(worker, None)) == []
