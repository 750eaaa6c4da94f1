"""What is told of a taught model: on the terminal, as JSON, and in its model card."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from brief_nlp.cli import training
from brief_nlp.schema import Language
from brief_nlp.training.before_after import compared
from brief_nlp.training.taught import Counted, Report, Unlearnt
from tests.training.test_before_after import AFTER, BEFORE, DOCUMENTS, GOLD

COUNTED = Counted(
    reviewers=2,
    train=12,
    held_out=4,
    differing=3,
    unlabelled=0,
    orphaned=1,
    known=0,
    twice=0,
    other_languages=5,
)
REPORT = Report(
    folder=Path("ours"),
    version="taught-01234567",
    made_at=datetime(2026, 3, 4, tzinfo=UTC),
    seconds=600.0,
    seed=0,
    counted=COUNTED,
    corpus={Language.EN: "e0", Language.KO: "f1"},
    replayed=1000,
    left_out=0,
    not_taught={Language.KO: "5 facts and 0 assessments of 1 documents"},
    compared={Language.EN: compared(GOLD, DOCUMENTS, BEFORE, AFTER)},
    composed={Language.EN: Unlearnt(557, 0.92, 0.91)},
    fusions={Language.EN: {"encoder alone": 0.9}},
)


def test_the_terminal_tells_what_there_is_and_nothing_else(capsys: pytest.CaptureFixture[str]):
    training._print(REPORT)
    told = capsys.readouterr().out
    assert "16 verdicts of 2 reviewers: 12 trained, 4 of other documents score." in told
    assert "3 claims are left out: their reviewers differ." in told
    assert "5 verdicts are left out: their language has too few." in told
    assert "0 " not in [line[:2] for line in told.splitlines()]
    assert "macro F1 0.920 before, 0.910 after" in told
    assert "English: the taught model is better than the shipped one (macro F1 +0.500" in told
    assert "Korean: too few verdicts (5 facts and 0 assessments of 1 documents); the shipped model" in told
    assert "brief-nlp run … --classifier ours" in told


def test_what_is_written_is_what_is_printed(tmp_path: Path):
    REPORT.write(tmp_path)
    told = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert told == json.loads(json.dumps(REPORT.body()))
    assert told["verdicts"]["used"] == 16
    card = (tmp_path / "README.md").read_text("utf-8")
    for words in ("16 verdicts of 2 reviewers", "2026-03-04", "en `e0`, ko `f1`", "**Not fit for**", "taught-01234567"):
        assert words in card
