"""The floors of reading on the typeset briefs, where they lie beside the checkout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from brief_nlp.evaluation import reading
from brief_nlp.evaluation.comparing import read_draft, similarity
from brief_nlp.evaluation.scores import F1, Score, shared_folder

SHARED = shared_folder()
FOLDER = SHARED / "pdfs" / "typeset" if SHARED else Path("absent")
NAMES = sorted(p.name.removesuffix(".truth.json") for p in FOLDER.glob("*.truth.json") if not p.name.startswith("scan"))


@pytest.mark.skipif(SHARED is None, reason="the typeset briefs lie beside the checkout only")
@pytest.mark.parametrize("name", NAMES)
def test_floor(name: str):
    truth = json.loads((FOLDER / f"{name}.truth.json").read_text("utf-8"))
    result = reading.judge(read_draft(FOLDER / f"{name}.pdf"), truth, name)
    assert result.similarity >= 0.995
    assert result.whole == result.paragraphs
    assert result.headings.f1 == 1
    assert result.notes_right == result.notes
    assert result.markers_right == result.markers_found == result.markers
    assert result.furniture_left == 0
    assert result.masthead_wrong == ()


def test_a_missed_bar_is_missed():
    assert not Score("x", 0.94, 0.95).met
    assert not Score("x", 1, 0, "low").met
    assert Score("x", 0.95, 0.95).met
    assert Score("x", 0.1).met


def test_f1():
    assert F1.of("abc", "bcd").f1 == pytest.approx(2 / 3)
    assert F1.of("", "").f1 == 1
    assert F1.of("a", "").f1 == 0


def test_similarity():
    assert similarity("same", "same") == 1
    assert similarity("short", "something much longer than that") == 0
    assert 0.9 < similarity("the council met again", "the council met agair") < 1
