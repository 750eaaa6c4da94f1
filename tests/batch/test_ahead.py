"""Inputs that are slow to come hold nothing up."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from brief_nlp.batch.ahead import AHEAD, Ahead
from brief_nlp.batch.driver import Bounds, Driver
from brief_nlp.batch.inputs import Input
from brief_nlp.batch.work import Rules
from brief_nlp.errors import BriefError
from tests.batch.test_driver import Ledger, MadeUp


def test_all_come_in_their_order_and_then_no_more():
    inputs = [Input(str(number), str(number)) for number in range(50)]
    ahead = Ahead(iter(inputs))
    assert [one for one in ahead if one] == inputs
    assert list(ahead) == []


def test_what_has_not_come_yet_is_none():
    come = threading.Event()

    def slow() -> Iterator[Input]:
        come.wait()
        yield Input("a", "a")

    ahead = Ahead(slow())
    assert next(ahead) is None
    come.set()
    assert [one for one in ahead if one] == [Input("a", "a")]


def test_no_more_than_a_few_are_fetched_before_they_are_asked_for():
    fetched: list[int] = []
    third = threading.Event()

    def counted() -> Iterator[Input]:
        for number in range(1000):
            fetched.append(number)
            if number == AHEAD:
                third.set()
            yield Input(str(number), str(number))

    ahead = Ahead(counted())
    assert third.wait(10)
    assert len(fetched) == AHEAD + 1
    assert next(ahead) is not None


def test_what_goes_wrong_while_fetching_is_told_to_whoever_asks():
    def broken() -> Iterator[Input]:
        yield Input("a", "a")
        raise BriefError("The list ends here.", "Mend it.")

    ahead = Ahead(broken())
    with pytest.raises(BriefError, match="ends here"):
        list(ahead)
    with pytest.raises(BriefError, match="ends here"):
        next(ahead)


def test_a_list_that_waits_for_the_first_outcome_gets_it():
    """As when one program writes the list and reads the outcomes."""
    seen = threading.Event()

    def answered() -> Iterator[Input]:
        yield Input("a done", "a")
        assert seen.wait(30)
        yield Input("b done", "b")

    ledger = Ledger()
    rules, bounds = Rules("f", 2), Bounds(workers=2, seconds=60, documents=100)
    names = []
    for outcome in Driver(Ahead(answered()), MadeUp(ledger, 1), ledger, rules, bounds):
        names.append(outcome.name)
        seen.set()
    assert names == ["a done", "b done"]
