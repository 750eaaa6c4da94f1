from __future__ import annotations

import pytest

from brief_nlp.claims.cues import find_cues
from brief_nlp.claims.features import counting, features
from brief_nlp.schema import AUTHOR, Language, Speaker

MINISTRY = (Speaker(name="ministry"),)


def of(text: str, source: tuple[Speaker, ...] = (AUTHOR,), language: Language = Language.EN) -> dict[str, float]:
    from brief_nlp.claims.classifier import parsed

    cues = find_cues(text, 0, len(text), language=language)
    return features(text, cues, source, language=language, parsed=parsed([text], language)[0])


def test_hedges_of_a_speaker_do_not_count():
    text = "The ministry said that imports may fall and that this seems likely."
    assert of(text)["cues"] > 0 > of(text, MINISTRY)["cues"]
    assert of(text, MINISTRY)["voice:other"] == 1


def test_the_writers_judgement_of_a_statement_counts():
    text = "The newspaper said that output doubled, which is an exaggeration."
    cues = find_cues(text, 0, len(text), language=Language.EN)
    assert {cue.category for cue in counting(cues, MINISTRY)} == {"judgement"}
    assert of(text, MINISTRY)["voice:judged"] == 1


def test_a_rule_counts_once():
    assert of("It may be, may be, may be.")["cues"] == of("It may be.")["cues"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Prices will fall.", {"head:modal=will", "head:subject=NOUN"}),
        ("The law was adopted in 2020.", {"head:auxpass", "head:tense=VBD", "figure"}),
        ("We are not sure.", {"head:neg", "head:be", "first person", "head:subject=we"}),
    ],
)
def test_heads_of_english_sentences(text: str, names: set[str]):
    assert names <= of(text).keys()


def test_endings_of_korean_sentences():
    found = of("재정이 나빠진 것으로 보인다.", language=Language.KO)
    assert {"end:보이/VV", "end:것/NNB"} <= found.keys()
    assert "end:었/EP" in of("법은 2020년에 개정되었다.", language=Language.KO)
