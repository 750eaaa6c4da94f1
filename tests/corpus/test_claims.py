"""What classifiers of claims are trained and judged on: no document on both sides, nothing nearly the same."""

from __future__ import annotations

import json
from collections import defaultdict

import pytest

from brief_nlp.evaluation.scores import shared_folder
from brief_nlp.schema import Language
from brief_nlp.training.examples import digest
from brief_nlp.training.meantime import articles
from brief_nlp.training.texts import read_corpus
from tests.conftest import ROOT

CORPUS = ROOT / "corpus"
PIECE = 5  # words
ALIKE = 0.5  # of the pieces of the shorter sentence


@pytest.fixture(scope="module")
def apart() -> dict[str, list[str]]:
    return json.loads((CORPUS / "claims" / "parts.json").read_text("utf-8"))["apart"]


@pytest.fixture(scope="module")
def real() -> list[dict]:
    return [json.loads(line) for line in (CORPUS / "claims" / "real" / "en.jsonl").read_text("utf-8").splitlines()]


def pieces(sentence: str) -> set[str]:
    words = "".join(char if char.isalnum() else " " for char in sentence.lower()).split()
    return {" ".join(words[at : at + PIECE]) for at in range(len(words) - PIECE + 1)}


def test_parts_name_texts_of_every_family(apart):
    names = {(text.language, text.name) for text, _ in read_corpus(CORPUS)}
    for language in ("en", "ko"):
        assert len(set(apart[language])) == len(apart[language]) >= 6
        assert {(language, name) for name in apart[language]} <= names


def test_nothing_apart_is_nearly_the_same_as_what_trains(apart):
    train: dict[str, set[str]] = defaultdict(set)
    tests = []
    for text, _ in read_corpus(CORPUS):
        for sentence in (one for one in text.sentences if not one.heading):
            if text.name in apart[text.language]:
                tests.append((text.name, sentence.text))
            else:
                for piece in pieces(sentence.text):
                    train[piece].add(f"{text.name}: {sentence.text}")
    for language in ("en", "ko"):
        for line in (CORPUS / "claims" / "pairs" / f"{language}.jsonl").read_text("utf-8").splitlines():
            pair = json.loads(line)
            for label in ("fact", "assessment"):
                for piece in pieces(pair[label]):
                    train[piece].add(f"pair: {pair[label]}")
    for name, sentence in tests:
        own = pieces(sentence)
        shared = sum(piece in train for piece in own)
        assert shared < ALIKE * max(1, len(own)), (name, sentence, [train[p] for p in own if p in train][:1])


def test_pairs_differ_and_say_in_what():
    for language in Language:
        lines = (CORPUS / "claims" / "pairs" / f"{language}.jsonl").read_text("utf-8").splitlines()
        found = [json.loads(line) for line in lines]
        assert all(pair["fact"] != pair["assessment"] and pair["about"] for pair in found)
        sentences = [pair[label] for pair in found for label in ("fact", "assessment")]
        assert len(set(sentences)) == len(sentences) >= 100
        assert len({pair["about"] for pair in found}) >= 10


def test_real_text_is_split_by_document(real):
    parts = defaultdict(set)
    for row in real:
        parts[row["file"]].add(row["part"])
    assert all(len(found) == 1 for found in parts.values())
    assert len(real) >= 700
    assert 0.4 < sum(found == {"apart"} for found in parts.values()) / len(parts) < 0.6
    assert sum(row["part"] == "apart" for row in real) >= 350


def test_no_real_text_lies_in_the_project(real):
    assert {key for row in real for key in row} <= {
        "file", "start", "end", "sha256", "part", "label", "kind", "likelihood", "voice", "certain", "clauses",
    }  # fmt: skip


def test_real_labels_point_at_what_was_labelled(real):
    shared = shared_folder()
    if shared is None:
        pytest.skip("needs the measuring data beside the checkout")
    texts = {f"meantime_en/{one.name}": one.text for one in articles(shared / "data" / "meantime_en")}
    for row in real:
        text = texts.get(row["file"]) or (shared / "data" / row["file"]).read_text("utf-8")
        assert digest(text[row["start"] : row["end"]]) == row["sha256"]
        assert all(0 <= start < end <= row["end"] - row["start"] for start, end, _ in row["clauses"])
