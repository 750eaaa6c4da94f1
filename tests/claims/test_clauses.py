from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brief_nlp.claims.classifier import parsed
from brief_nlp.claims.clauses import find_clauses
from brief_nlp.schema import Language

EN, KO = Language.EN, Language.KO


def clauses(text: str, language: Language = EN) -> list[str]:
    (doc,) = parsed([text], language)
    return [text[start:end] for start, end in find_clauses(text, language=language, parsed=doc)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Although imports recovered in 2023, it is hard to say how long this will last.",
            ["Although imports recovered in 2023", "it is hard to say how long this will last"],
        ),
        (
            "The factory makes soap, and it will probably close next year.",
            ["The factory makes soap", "it will probably close next year"],
        ),
        (
            "Prices rose by 12 percent, which is likely to continue.",
            ["Prices rose by 12 percent", "which is likely to continue"],
        ),
        (
            "The plan is bold; two ministers have already left it.",
            ["The plan is bold", "two ministers have already left it"],
        ),
        (
            "The fact that the border is closed means that trade will shrink.",
            ["The fact that the border is closed", "means that trade will shrink"],
        ),
        (
            "It will not last, given that most exports are blocked.",
            ["It will not last", "given that most exports are blocked"],
        ),
    ],
)
def test_english(text: str, wanted: list[str]):
    assert clauses(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The committee that met in May adopted the law.",
        "The ministry said that imports would fall and that prices would rise.",
        "If the harvest fails, prices will rise.",
        "Trade resumed in August.",
    ],
)
def test_what_stays_whole(text: str):
    assert clauses(text) == [text.rstrip(".")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "수입은 회복되었지만, 이 추세가 이어질지는 불투명하다.",
            ["수입은 회복되었지만", "이 추세가 이어질지는 불투명하다"],
        ),
        (
            "법은 2020년에 개정되었으나 실효성은 크지 않아 보인다.",
            ["법은 2020년에 개정되었으나", "실효성은 크지 않아 보인다"],
        ),
        ("공장은 비누를 만들고 있다.", ["공장은 비누를 만들고 있다"]),
        (
            "그는 “비가 왔지만 눈은 오지 않았다”고 말했다.",
            ["그는 “비가 왔지만 눈은 오지 않았다”고 말했다"],
        ),
    ],
)
def test_korean(text: str, wanted: list[str]):
    assert clauses(text, KO) == wanted


WORDS = (
    "although",
    "it",
    "rained",
    ",",
    "and",
    "the",
    "law",
    "which",
    "fell",
    ";",
    "because",
    "지만",
    "(",
    ")",
    '"',
    ".",
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_clauses_lie_in_order_and_apart(words: list[str]):
    text = " ".join(words)
    for language in (EN, KO):
        (doc,) = parsed([text], language)
        spans = find_clauses(text, language=language, parsed=doc)
        edges = [edge for span in spans for edge in span]
        assert edges == sorted(edges)
        assert all(0 <= start < end <= len(text) for start, end in spans)
