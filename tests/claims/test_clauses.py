from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brief_nlp.claims.classifier import parsed
from brief_nlp.claims.clauses import find_clauses, find_parts
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
        (  # the tagger takes `come` for an infinitive
            "One should be careful with such figures, as nearly seven in ten of those interviewed come from one town.",
            [
                "One should be careful with such figures",
                "as nearly seven in ten of those interviewed come from one town",
            ],
        ),
        (  # the parser takes it for an adverbial clause
            "Washington extended its travel ban in August 2023, which hurts aid workers more than anybody.",
            ["Washington extended its travel ban in August 2023", "which hurts aid workers more than anybody"],
        ),
        (
            "That the ambassador was called home on 3 June suggests a quarrel over money.",
            ["That the ambassador was called home on 3 June", "suggests a quarrel over money"],
        ),
        (
            "Based on the decision that was taken last week (January 23–24), it appears that money is short.",
            ["Based on the decision that was taken last week (January 23–24)", "it appears that money is short"],
        ),
        (
            "In the third quarter 60 people arrived, so a return to the numbers of 2009 is not to be expected.",
            ["In the third quarter 60 people arrived", "a return to the numbers of 2009 is not to be expected"],
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
        "The charts are worthless as long as no ship may use them.",
        "This to and fro has damaged its credibility more than silence would have.",
        "The World Bank said that imports fell because ports were closed.",
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
        (
            "외무상은 핵무기가 국가의 생존을 보장하므로, 결코 포기하지 않을 것이라고 밝혔다.",
            ["외무상은 핵무기가 국가의 생존을 보장하므로, 결코 포기하지 않을 것이라고 밝혔다"],
        ),
        (
            "공장은 2012년에 문을 열었음에도, 주민의 살림은 나아지지 않은 듯하다.",
            ["공장은 2012년에 문을 열었음에도", "주민의 살림은 나아지지 않은 듯하다"],
        ),
        (
            "초소가 두 배로 늘었다는 사실은 밀수 단속이 심해졌음을 시사한다.",
            ["초소가 두 배로 늘었다는 사실은", "밀수 단속이 심해졌음을 시사한다"],
        ),
    ],
)
def test_korean(text: str, wanted: list[str]):
    assert clauses(text, KO) == wanted


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        (
            "The reform failed, even though the system was extended to 1,200 farms.",
            [("The reform failed.",), ("The system was extended to 1,200 farms.",)],
        ),
        (
            "The fact that the border is closed means that trade will shrink.",
            [("The border is closed.",), ("This means that trade will shrink.",)],
        ),
        (
            "Prices rose by 12 percent, which is likely to continue.",
            [("Prices rose by 12 percent.",), ("which is likely to continue", "This is likely to continue.")],
        ),
        (
            "Their account is plausible but cannot be the whole story.",
            [("Their account is plausible.",), ("Their account cannot be the whole story.",)],
        ),
    ],
)
def test_what_a_clause_says_by_itself(text: str, alone: list[tuple[str, ...]]):
    (doc,) = parsed([text], EN)
    assert [part.alone for part in find_parts(text, language=EN, parsed=doc)] == alone


def test_main_clauses_are_told_from_grounds():
    text = "Although imports recovered in 2023, it is hard to say how long this will last, as exports are blocked."
    (doc,) = parsed([text], EN)
    assert [part.main for part in find_parts(text, language=EN, parsed=doc)] == [False, True, False]


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
