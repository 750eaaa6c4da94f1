"""The classifiers of claims stay above their floors, which belong to one corpus and one model."""

from __future__ import annotations

import hashlib
import json

import pytest

from brief_nlp.evaluation import held_out
from brief_nlp.evaluation.scores import Score, shared_folder
from brief_nlp.models import models_folder
from brief_nlp.schema import Language
from brief_nlp.training.figures import corpus_digest
from tests.conftest import ROOT

CORPUS = ROOT / "corpus"
FLOORS = json.loads((CORPUS / "floors.json").read_text("utf-8"))["claims"]


def missed(scores: list[Score]) -> list[str]:
    """Figures that went the wrong way; of those that are better low, the floor is a ceiling."""
    return [
        f"{score.name}: {score.value:.4f} past {FLOORS[score.name]}"
        for score in scores
        if score.name in FLOORS
        and (score.value < FLOORS[score.name] if score.better == "high" else score.value > FLOORS[score.name])
    ]


@pytest.mark.parametrize("language", list(Language))
def test_floors_belong_to_this_corpus_and_this_model(language: Language):
    model = (models_folder() / "claims" / "encoder" / "model.onnx").read_bytes()
    assert FLOORS["digests"][language] == {
        "corpus": corpus_digest(CORPUS, language),
        "model": hashlib.sha256(model).hexdigest()[:16],
    }


def test_a_clause_is_matched_once_and_by_half_its_words():
    sentence = "although it rained, the road which the army built was open"
    found = ["although it rained", "the road which the army built was open"]
    assert held_out.matched_clauses(sentence, ["it rained", "the road ... was open"], found) == [
        ("it rained", found[0]),
        ("the road ... was open", found[1]),
    ]
    assert held_out.matched_clauses(sentence, ["it rained", "although it rained"], found) == [("it rained", found[0])]
    assert held_out.matched_clauses(sentence, ["rained"], [sentence]) == []


@pytest.mark.slow
@pytest.mark.parametrize("language", list(Language))
def test_composed_documents_keep_their_floors(language: Language):
    scores = held_out.composed_scores(CORPUS, language)
    assert sum(score.name in FLOORS for score in scores) >= 10
    assert missed(scores) == []


@pytest.mark.slow
def test_real_text_keeps_its_floors():
    shared = shared_folder()
    if shared is None:
        pytest.skip("needs the measuring data beside the checkout")
    scores = held_out.real_scores(CORPUS, shared)
    assert any(score.name in FLOORS for score in scores)
    assert missed(scores) == []
