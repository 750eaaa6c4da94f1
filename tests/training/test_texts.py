"""The composed texts and their labels fit each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from brief_nlp.agreement import kappa
from brief_nlp.training.agreement import twice_labelled
from brief_nlp.training.texts import Labelled, read_corpus, read_labels, read_text
from tests.conftest import ROOT

CORPUS = ROOT / "corpus"
HEAD = "title: A\ngenre: brief\npublished: 2024-01\ntopics: x\n\n"


@pytest.fixture(scope="module")
def corpus():
    return list(read_corpus(CORPUS))


def test_every_text_is_labelled_throughout(corpus):
    assert all(labels for _, labels in corpus)
    assert len({text.name for text, _ in corpus}) == len(corpus)


def test_sentences_are_as_long_as_real_ones(corpus):
    for language, low, high in (("en", 20, 35), ("ko", 12, 25)):
        lengths = [
            len(s.text.split()) for t, _ in corpus if t.language == language for s in t.sentences if not s.heading
        ]
        assert low <= sum(lengths) / len(lengths) <= high


def test_no_two_texts_share_a_sentence(corpus):
    seen: dict[str, str] = {}
    for text, _ in corpus:
        for sentence in text.sentences:
            plain = "".join(char for char in sentence.text.lower() if char.isalnum())
            if len(plain) > 40:
                assert seen.setdefault(plain, text.name) == text.name, sentence.text


def test_a_text_is_read(tmp_path: Path):
    path = tmp_path / "en" / "t-01.txt"
    path.parent.mkdir()
    path.write_text(HEAD + "# Heading\nOne came.\nTwo came.\n\nThree left.\n", "utf-8")
    text = read_text(path)
    assert [(s.line, s.paragraph, s.heading) for s in text.sentences] == [
        (6, 0, True),
        (7, 0, False),
        (8, 0, False),
        (10, 1, False),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"line": 6, "label": "assessment"}', "kind"),
        ('{"line": 6, "label": "fact", "mixed": true}', "mixed"),
        ('{"line": 9, "label": "fact"}', "no sentence"),
        ('{"line": 6, "label": "perhaps"}', "Input should be"),
    ],
)
def test_labels_that_do_not_fit_are_named(tmp_path: Path, line: str, said: str):
    path = tmp_path / "en" / "t-01.txt"
    path.parent.mkdir()
    path.write_text(HEAD + "One came.\n", "utf-8")
    labels = tmp_path / "t-01.jsonl"
    labels.write_text(line + "\n", "utf-8")
    with pytest.raises(ValueError, match=said):
        read_labels(labels, read_text(path))


def test_clauses_stand_in_their_sentence():
    clauses = [{"text": "it rained", "label": "fact"}, {"text": "it will stop", "label": "assessment"}]
    fields = {"line": 1, "label": "assessment", "kind": "forecast", "mixed": True, "clauses": clauses}
    assert Labelled.model_validate(fields).mixed
    with pytest.raises(ValueError, match="both labels"):
        Labelled.model_validate({**fields, "clauses": clauses[:1]})


def test_two_labellings_agree():
    pairs = [pair for language in ("en", "ko") for pair in twice_labelled(CORPUS, language)]
    assert len(pairs) >= 600
    assert kappa([(one.label, other.label) for one, other in pairs]) >= 0.95
