from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_nlp.training.figures import calibration_error, digest_of, macro_f1, surest

LABELS = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30)


def test_macro_f1():
    assert macro_f1([True, False], [True, False]) == 1
    assert macro_f1([True, True, False, False], [True, False, False, False]) == pytest.approx((2 / 3 + 0.8) / 2)
    assert macro_f1([True, True, False], [True, True, True]) == pytest.approx(0.4)


@given(LABELS)
def test_macro_f1_does_not_care_which_label_is_which(pairs: list[tuple[bool, bool]]):
    gold, found = zip(*pairs, strict=True)
    other = macro_f1([not one for one in gold], [not one for one in found])
    assert macro_f1(gold, found) == pytest.approx(other)


def test_calibration_error():
    assert calibration_error([True, True, False, False], [0.99, 0.99, 0.01, 0.01]) == pytest.approx(0.01)
    assert calibration_error([True, False] * 5, [0.9] * 10) == pytest.approx(0.4)
    assert calibration_error([True, False] * 5, [0.5] * 10) == pytest.approx(0.0)


def test_the_least_sure_are_left_out():
    assert surest([0.99, 0.5, 0.02, 0.6], 0.25) == [0, 2, 3]
    assert surest([0.9, 0.1], 0.0) == [0, 1]


def test_a_digest_follows_names_and_bytes(tmp_path: Path):
    one = tmp_path / "one"
    one.write_text("a")
    before = digest_of([one])
    one.write_text("b")
    assert digest_of([one]) != before
    assert digest_of([one.rename(tmp_path / "two")]) != digest_of([])
