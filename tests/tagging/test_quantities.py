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
