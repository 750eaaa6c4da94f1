"""The floors of reading on layouts drawn at random."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from brief_nlp.evaluation import layouts, scans
from brief_nlp.evaluation.comparing import read_draft
from brief_nlp.evaluation.scans import character_error_rate
from brief_nlp.evaluation.scores import corpus_folder

CORPUS = corpus_folder()
FOLDER = CORPUS / "layouts" if CORPUS else Path("absent")
TRUTHS = sorted(FOLDER.glob("*/*.truth.json"))


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.name.removesuffix(".truth.json"))
def test_floor(path: Path):
    name = path.name.removesuffix(".truth.json")
    truth = json.loads(path.read_text("utf-8"))
    result = layouts.judge(read_draft(path.with_name(f"{name}.pdf")), truth, name)
    assert result.links.f1 >= 0.93, result.missed
    assert result.notes_right >= result.notes - 1
    assert result.paragraphs_whole >= 0.6 * result.paragraphs
    assert result.in_order


def test_every_part_is_there():
    assert {path.parent.name for path in TRUTHS} == set(layouts.PARTS)
    assert len(TRUTHS) >= 30


def test_character_error_rate():
    assert character_error_rate("the council", "the council") == 0
    assert character_error_rate("the council", "the  counsil") == pytest.approx(1 / 11)
    assert character_error_rate("abc", "") == 1
    assert character_error_rate("회의가", "회의기가") == pytest.approx(1 / 3)


def test_what_cannot_be_measured_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(scans.scanned, "languages", lambda: ["eng"])
    assert [line for line in scans.skipped() if "kor" in line and "make system" in line]
    monkeypatch.setattr(scans.scanned, "languages", lambda: ["eng", "kor"])
    assert scans.skipped() == []
