"""Agreement, against examples worked out elsewhere and by hand."""

from __future__ import annotations

import pytest

from brief_nlp.agreement import alpha, kappa


def test_kappa_of_a_worked_example():
    # 50 grants, two readers: 20 both yes, 15 both no, 5 and 10 apart (Wikipedia, "Cohen's kappa"): 0.4
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)


def test_alpha_of_a_worked_example():
    # Krippendorff 2011, section C: four observers, twelve units, missing values: 0.743
    observed = [
        "1 2 3 3 2 1 4 1 2 . . .",
        "1 2 3 3 2 2 4 1 2 5 . 3",
        ". 3 3 3 2 3 4 2 2 5 1 .",
        "1 2 3 3 2 4 4 1 2 5 1 .",
    ]
    rows = [line.split() for line in observed]
    units = [[answer for answer in column if answer != "."] for column in zip(*rows, strict=True)]
    assert alpha(units) == pytest.approx(0.743, abs=0.0005)


def test_where_there_is_nothing_to_tell():
    assert kappa([]) is None
    assert kappa([("fact", "fact")] * 3) is None
    assert alpha([]) is None
    assert alpha([["fact", "fact"], ["fact"]]) is None


def test_perfect_and_opposite():
    assert kappa([("fact", "fact"), ("assessment", "assessment")]) == 1
    assert kappa([("fact", "assessment"), ("assessment", "fact")]) == -1
    assert alpha([["fact", "fact"], ["none", "none"]]) == 1
    assert kappa([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]) == 0
