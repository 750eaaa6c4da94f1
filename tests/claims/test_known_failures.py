"""Sentences that the shipped classifier gets wrong: each must still fail, so that a cure is noticed."""

from __future__ import annotations

import json

import pytest

from brief_nlp.claims.classifier import judge, load_classifier, read
from brief_nlp.schema import Label, Language
from tests.conftest import ROOT

LINES = (ROOT / "corpus" / "claims" / "known_failures.jsonl").read_text("utf-8").splitlines()
FAILURES = [json.loads(line) for line in LINES]


@pytest.mark.parametrize(
    "failure",
    [pytest.param(one, marks=pytest.mark.xfail(reason=one["why"], strict=True)) for one in FAILURES],
    ids=[f"{one['language']}-{number}" for number, one in enumerate(FAILURES)],
)
def test_known_failures(failure: dict[str, str]):
    language = Language(failure["language"])
    text = failure["text"]
    units = read(text, [(0, len(text))], language=language)
    (judged,) = judge(text, units, language=language, classifier=load_classifier(language))
    assert judged.label is Label(failure["label"])
