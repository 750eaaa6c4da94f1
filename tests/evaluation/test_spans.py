from __future__ import annotations

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from brief_nlp.evaluation.spans import SpanCounts, matched, outermost


class At(NamedTuple):
    start: int
    end: int


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda s: At(s[0], s[0] + s[1])), max_size=8)


def test_equal_spans_come_first():
    assert list(matched([At(0, 5), At(6, 9)], [At(4, 9), At(6, 9), At(0, 5)])) == [
        (At(0, 5), At(0, 5)),
        (At(6, 9), At(6, 9)),
    ]


def test_a_span_is_used_once():
    assert len(list(matched([At(0, 5), At(3, 8)], [At(2, 6)]))) == 1


def test_outermost():
    assert outermost([At(2, 4), At(0, 6), At(5, 9), At(9, 10)]) == [At(0, 6), At(9, 10)]


@given(SPANS, SPANS)
def test_pairs_overlap(gold: list[At], found: list[At]):
    pairs = list(matched(gold, found))
    assert all(one.start < other.end and other.start < one.end for one, other in pairs)
    assert len(pairs) <= min(len(gold), len(found))


def test_counts_add_up():
    total = SpanCounts(4, 5, 3, 2, 1).plus(SpanCounts(6, 5, 5, 4, 5))
    assert total == SpanCounts(10, 10, 8, 6, 6)
    assert (total.relaxed, total.strict, total.typed, total.accuracy) == (0.8, 0.6, 0.6, 0.75)


def test_counts_of_one_text():
    gold, found = [At(0, 4), At(5, 9), At(20, 22)], [At(0, 4), At(6, 12), At(30, 31)]
    counts = SpanCounts.of(gold, found, lambda one, other: one.end == other.end)
    assert counts == SpanCounts(gold=3, found=3, overlapping=2, equal=1, right=1)
