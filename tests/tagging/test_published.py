from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_nlp.schema import Block, BlockKind, DateSource, Language
from brief_nlp.tagging.published import _around_years, _dated, publication_date
from tests.conftest import SAMPLES, analyzed

WORDS = st.sampled_from(
    ["the", "market", "on", "January", "16,", "2023", "16", "March", "2021.", "shops", "1999", "and", "May", "5", "of"]
)


def days(text: str, language: Language) -> set[str]:
    return {found.value for found in _dated(text, language) if len(found.value) == 10}


@given(st.lists(WORDS, max_size=120).map(" ".join))
def test_no_day_is_lost_where_only_the_surroundings_of_years_are_read(text: str):
    assert {day for part in _around_years(text) for day in days(part, Language.EN)} == days(text, Language.EN)


@pytest.mark.parametrize("name", sorted(path.stem for path in SAMPLES.glob("*.pdf")))
def test_the_same_on_the_samples(name: str):
    brief = analyzed(name)
    parts = list(_around_years(brief.text))
    assert {day for part in parts for day in days(part, brief.language)} == days(brief.text, brief.language)
    assert sum(map(len, parts)) < len(brief.text)


def test_the_latest_day_cited_is_a_lower_bound():
    text = "Prices rose.\nRodong Sinmun, January 4, 2023.\nDaily NK, 5 March 2021.\nRevised in 2024."
    found = publication_date(text, (), (), {}, Language.EN)
    assert found is not None
    assert (found.value, found.derived_from) == ("2023-01-04", DateSource.LATEST_CITED)
    assert publication_date("Nothing is dated here.", (), (), {}, Language.EN) is None


@pytest.mark.parametrize(
    ("line", "language", "value"),
    [
        ("2026. 5. 19. | CO 26-14", Language.EN, "2026-05-19"),
        ("인터뷰 일자: 2026년 3월 12일 / 게재일: 2026년 3월 27일", Language.KO, "2026-03-27"),
        ("Received 4 March 2025; published 9 June 2025", Language.EN, "2025-06-09"),
    ],
)
def test_the_date_that_says_it_is_that_of_publication(line: str, language: Language, value: str):
    block = Block(index=0, kind=BlockKind.MASTHEAD, start=0, end=len(line), regions=())
    found = publication_date(line, (block,), (), {}, language)
    assert found is not None
    assert (found.value, found.derived_from) == (value, DateSource.PRINTED)
