from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_nlp.interchange.timex3 import marked_up, timex3, timex3_value
from brief_nlp.schema import Language
from brief_nlp.tagging.dates import find_dates


def found(text: str, published: str = "2024-02-10") -> list[tuple[str, str, str, str]]:
    mentions = find_dates(text, language=Language.EN, published=published)
    return [(text[t.start : t.end], t.type, t.value, t.mod) for t in timex3(mentions)]


@pytest.mark.parametrize(
    ("edtf", "value"),
    [
        ("199X", "199"),
        ("19XX", "19"),
        ("2023-21", "2023-SP"),
        ("2023-36", "2023-Q4"),
        ("2023-41", "2023-H2"),
        ("2024-01-15", "2024-01-15"),
        ("2024-02-05/2024-02-11", "2024-W06"),
        ("2024-02-10/2024-02-11", "2024-W06-WE"),
        ("2021/2025", "2021/2025"),
        ("XXXX-10", "XXXX-10"),
        ("PX0Y", "PXDE"),
        ("P10Y", "P10Y"),
    ],
)
def test_values(edtf: str, value: str):
    assert timex3_value(edtf) == value


def test_a_worded_range_gives_two():
    assert found("It grew from 2021 to 2023.") == [("2021", "DATE", "2021", ""), ("2023", "DATE", "2023", "")]
    assert found("It grew in 2021–2023.") == [("2021–2023", "DATE", "2021/2023", "")]


def test_months_in_one_expression():
    assert found("It fell in the first nine months of 2023.") == [
        ("the first nine months of 2023", "DURATION", "P9M", ""),
    ]
    assert found("The July-September quarter of last year was good.")[0][1:3] == ("DATE", "2023-Q3")
    assert found("It fell in the first six months of 2023.")[0][1:3] == ("DATE", "2023-H1")


def test_attributes():
    assert found("In late 2023 it met twice a year for more than two days.") == [
        ("late 2023", "DATE", "2023", "END"),
        ("twice a year", "SET", "P1Y", ""),
        ("more than two days", "DURATION", "P2D", "MORE_THAN"),
    ]


@given(st.text(alphabet=st.sampled_from(list("in 2021<&>to January,5.\"'일월년")), max_size=60))
def test_markup_keeps_the_text(text: str):
    marked = marked_up(text, find_dates(text, language=Language.EN, published="2024-02-10"))
    assert "".join(ElementTree.fromstring(f"<t>{marked}</t>").itertext()) == text
