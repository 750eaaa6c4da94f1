from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_nlp.claims.fusion import MOST, Fusion, load_fusion, probability_of

FUSION = Fusion(-1.0, 0.5, {"hedge": 2.0, "figure": -1.0}, "1", (0.3, 0.7))


def test_what_speaks_for_a_label_moves_the_probability():
    plain = FUSION.probability(0.0, {})
    assert FUSION.probability(0.0, {"figure": 1.0}) < plain < FUSION.probability(0.0, {"hedge": 1.0})
    assert plain < FUSION.probability(2.0, {})
    assert FUSION.probability(0.0, {"unknown": 9.0}) == plain


def test_half_is_even_odds():
    assert FUSION.probability(2.0, {}) == 0.5


@given(st.floats(-1e6, 1e6))
def test_nothing_is_certain(odds: float):
    assert probability_of(-MOST) <= probability_of(odds) <= probability_of(MOST)
    assert 0 < probability_of(-MOST) < 0.01


def test_a_file(tmp_path: Path):
    path = tmp_path / "fusion.json"
    path.write_text(
        json.dumps({"_about": "", "bias": 1, "encoder": 2, "weights": {"a": 3}, "version": "7", "review": [0.4, 0.6]})
    )
    fusion = load_fusion(path)
    assert (fusion.version, fusion.review) == ("7", (0.4, 0.6))
    assert fusion.probability(-2.0, {"a": 1.0}) == pytest.approx(0.5)
