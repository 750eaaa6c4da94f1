from __future__ import annotations

import pytest

from brief_nlp.schema import Language
from brief_nlp.tagging.dates import find_dates
from brief_nlp.tagging.quantities import find_quantities


def told(text: str, language: Language) -> list[tuple]:
    dates = find_dates(text, language=language, published="2024")
    return [
        (q.value, q.high, q.unit, q.counted, q.per, q.approx)
        for q in find_quantities(text, language=language, dates=dates)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It has 3,305 small factories.", (3305, None, None, "small factories", None, False)),
        ("with 16 to 20 workers per city or county", (16, 20, None, "workers", "city or county", False)),
        ("imports fell by 12.5%", (12.5, None, "%", None, None, False)),
        ("about $2.3 million", (2.3e6, None, "USD", None, None, True)),
        ("a 5.1-fold increase", (5.1, None, "fold", "increase", None, False)),
        ("at least 53,000 tons of rice", (53000, None, "t", "rice", None, True)),
        ("employed 54,000 North Koreans", (54000, None, None, "North Koreans", None, False)),
        ("20 counties every year", (20, None, None, "counties", "year", False)),
    ],
)
def test_english(text: str, expected: tuple):
    assert told(text, Language.EN) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("공장이 3천여 개 있다", (3000, None, None, "공장", None, True)),
        ("1억 2천만 달러를 냈다", (1.2e8, None, "USD", None, None, False)),
        ("16~20개의 공장이 있다", (16, 20, None, "공장", None, False)),
        ("수입이 2.2배 늘었다", (2.2, None, "fold", None, None, False)),
        ("쌀 23만 톤을 샀다", (2.3e5, None, "t", None, None, False)),
        ("주민 68%가 답했다", (68, None, "%", None, None, False)),
    ],
)
def test_korean(text: str, expected: tuple):
    assert told(text, Language.KO) == [expected]


@pytest.mark.parametrize(
    "text", ["in 2016", "the 20x10 plan", "p. 12", "No. 99", "the 8th session", "on January 15, 2024", "Hwasong-18"]
)
def test_no_quantities(text: str):
    assert told(text, Language.EN) == []


def test_a_change_of_something_counts_that():
    (quantity,) = find_quantities(
        "There was a 5.1-fold increase in machine tool production here.", language=Language.EN
    )
    assert (quantity.value, quantity.unit, quantity.counted) == (5.1, "fold", "machine tool production")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rose from 11,500 won in October 2025 to 23,800 won in May.", [(11500, None, "won"), (23800, None, "won")]),
        ("11 of the 16 foreign staff left.", [(11, None, "foreign staff"), (16, None, "foreign staff")]),
        ("Ten of the cases were closed.", [(10, None, "cases")]),
        ("It set aside KRW 6.2 billion for clinics.", [(6.2e9, "KRW", None)]),
        ("Exports were 14.6 percent more than before.", [(14.6, "%", None)]),
        ("Of them, 47% did.", [(47, "%", None)]),
        ("In all, 38 came from the north.", []),
        ("The strait is 10 nautical miles wide.", [(10, "[nmi_i]", None)]),
    ],
)
def test_what_a_figure_counts(text: str, expected: list):
    dates = find_dates(text, language=Language.EN)
    found = find_quantities(text, language=Language.EN, dates=dates)
    assert [(q.value, q.unit, q.counted) for q in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("전국 212개 판매소 가운데 137개가 문을 열었다.", [(212, "판매소", None), (137, "판매소", None)]),
        ("쌀 가격이 1kg당 9,800원까지 올랐다.", [(9800, None, "kg")]),
        ("1인당 3만 원을 냈다.", [(30000, None, "사람")]),
        ("안보리 결의 2375호는 합작을 금지한다.", []),
    ],
)
def test_korean_figures_of_a_whole_and_per_head(text: str, expected: list):
    found = find_quantities(text, language=Language.KO)
    assert [(q.value, q.counted, q.per) for q in found] == expected


def test_a_pyong_is_no_square_metre():
    (found,) = find_quantities("부지 3천 평을 닦았다.", language=Language.KO)
    assert (found.value, found.unit) == (3000, "pyong")
