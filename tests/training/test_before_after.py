"""Figures before and after, against a case worked by hand."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_nlp.training.before_after import (
    ACCURACY,
    CALIBRATION,
    COVERAGE,
    FIGURES,
    MACRO_F1,
    PRECISION,
    SUREST,
    Told,
    as_json,
    compared,
    measured,
    sentence,
)

GOLD = [True, True, False, False]
DOCUMENTS = ["a", "a", "b", "b"]
BAND = (0.35, 0.65)
BEFORE = Told([0.9, 0.4, 0.2, 0.6], BAND)
AFTER = Told([0.9, 0.8, 0.2, 0.1], BAND)


def test_figures_worked_by_hand():
    # one of two right in each label; sure of .9 and .8 rightly, of .6 wrongly twice; the first .6 is the least sure
    assert measured(GOLD, BEFORE) == pytest.approx(
        {
            MACRO_F1: 0.5,
            ACCURACY: 0.5,
            CALIBRATION: 0.25 * 0.1 + 0.5 * 0.6 + 0.25 * 0.2,
            COVERAGE: 0.5,
            PRECISION: 1.0,
            SUREST: 2 / 3,
        }
    )
    assert measured(GOLD, AFTER) == pytest.approx(
        {MACRO_F1: 1, ACCURACY: 1, CALIBRATION: 0.15, COVERAGE: 1, PRECISION: 1, SUREST: 1}
    )


def test_an_interval_worked_by_hand():
    found = compared(GOLD, DOCUMENTS, BEFORE, AFTER)
    # documents drawn: a a, b b give a macro F1 of 1/3 before (one label's F1 2/3, the other's 0), a b gives 1/2
    assert (found.changes[MACRO_F1].low, found.changes[MACRO_F1].high) == pytest.approx((0.5, 2 / 3))
    assert found.changes[MACRO_F1].difference == pytest.approx(0.5)
    assert (found.changes[ACCURACY].low, found.changes[ACCURACY].high) == pytest.approx((0.5, 0.5))
    assert (found.verdicts, found.assessments, found.documents) == (4, 2, 2)


def test_the_outcome_is_said():
    assert compared(GOLD, DOCUMENTS, BEFORE, AFTER).outcome == "better"
    worse = compared(GOLD, DOCUMENTS, AFTER, BEFORE)
    assert worse.outcome == "worse"
    assert sentence("Korean", worse).startswith(
        "Korean: the taught model is worse than the shipped one (macro F1 -0.500"
    )
    equal = compared(GOLD, DOCUMENTS, AFTER, AFTER)
    assert equal.outcome == "not told apart"
    assert "cannot be told apart" in sentence("English", equal)
    assert "Only 2 documents" in sentence("English", equal)


def test_what_cannot_be_taken_is_null():
    unsure = Told([0.6, 0.6, 0.4, 0.4], (0.0, 1.0))
    told = json.loads(json.dumps(as_json(compared(GOLD, DOCUMENTS, unsure, AFTER)), allow_nan=False))
    assert told["figures"][PRECISION] == {"before": None, "after": 1.0, "difference": None, "interval": [None, None]}
    assert told["outcome"] == "not told apart"


ROWS = st.lists(
    st.tuples(st.booleans(), st.sampled_from("abcd"), st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=12
)


@given(ROWS)
def test_a_model_compared_with_itself_is_never_told_apart(rows: list[tuple[bool, str, float, float]]):
    gold, documents, chances, _ = zip(*rows, strict=True)
    told = Told(chances, BAND)
    found = compared(gold, documents, told, told, repeats=20)
    assert found.outcome == "not told apart"
    assert all(found.changes[name].difference in (0, pytest.approx(0, nan_ok=True)) for name in (MACRO_F1, ACCURACY))


@given(ROWS, st.randoms(use_true_random=False))
def test_figures_do_not_hang_on_the_order(rows: list[tuple[bool, str, float, float]], dice):
    shuffled = list(rows)
    dice.shuffle(shuffled)
    one, other = (
        measured([row[0] for row in order], Told([row[2] for row in order], BAND)) for order in (rows, shuffled)
    )
    for name in set(FIGURES) - {SUREST}:  # equally unsure ones are left out in the order they come
        assert one[name] == pytest.approx(other[name], nan_ok=True)
