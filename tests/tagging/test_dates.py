from __future__ import annotations

import json
from importlib.resources import files

import pytest
from edtf import parse_edtf, struct_time_to_date
from hypothesis import given
from hypothesis import strategies as st

from brief_nlp.schema import DateType, Language
from brief_nlp.tagging.dates import find_dates
from brief_nlp.tagging.dates.calendar import bounds

EN, KO = Language.EN, Language.KO


def values(text: str, language: Language = EN, published: str | None = "2024-02-10") -> list[tuple[str, str]]:
    return [(found.text, found.value) for found in find_dates(text, language=language, published=published)]


@pytest.mark.parametrize("language", [EN, KO])
def test_every_rule_finds_its_example(language: Language):
    rules = json.loads(files("brief_nlp.tagging").joinpath(f"rules/{language}/dates.json").read_text("utf-8"))["rules"]
    lead = "It began in March 2023. Then " if language is EN else "그것은 2023년 3월에 시작했다. "
    for rule in rules:
        found = find_dates(lead + rule["example"] + " .", language=language, published="2024-02-10")
        assert f"dates/{language}.{rule['id']}" in {mention.by for mention in found}, rule["id"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on January 16, 2024", "2024-01-16"),
        ("on 3 May 1998", "1998-05-03"),
        ("January 23–24", "2024-01-23/2024-01-24"),
        ("from March to May 2023", "2023-03/2023-05"),
        ("between 1994 and 1998", "1994/1998"),
        ("in the late 1990s", "199X"),
        ("in FY2024", "2024"),
        ("Juche 113 (2024)", "2024"),
        ("last year", "2023"),
        ("in November", "2023-11"),
        ("every year", "P1Y"),
        ("within ten years", "P10Y"),
        ("two and a half years", "P2.5Y"),
        ("Last year", "2023"),
        ("Yesterday", "2024-02-09"),
        ("on the morning of 22 June 2016", "2016-06-22TMO"),
        ("at 16:00 UTC", "2024-02-10T16:00Z"),
        ("on Thursday night", "2024-02-08TNI"),
        ("in the fourth quarter", "2023-36"),
        ("the third quarter of last year", "2023-35"),
        ("last autumn", "2023-23"),
        ("every October", "XXXX-10"),
        ("the last week of January 2020", "2020-01-27/2020-02-02"),
        ("the first five months of this year", "2024-01/2024-05"),
        ("two tons a year", "P1Y"),
        ("within twenty-four hours", "PT24H"),
        ("the past decade", "P10Y"),
        ("the nineties", "199X"),
        ("the 75th anniversary of the founding of the Party", "2020-10-10"),
        ("on 30 April last year", "2023-04-30"),
        ("in the near future", "FUTURE_REF"),
    ],
)
def test_english(text: str, value: str | None):
    found = values(f"It was said {text}.")
    assert [v for _, v in found] == ([value] if value else [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024년 1월 15일", "2024-01-15"),
        ("지난 1월", "2024-01"),
        ("지난 11월", "2023-11"),
        ("작년 말", "2023"),
        ("1990년대 중반", "199X"),
        ("10년 내", "P10Y"),
        ("주체113(2024)년", "2024"),
        ("올해", "2024"),
        ("2021~2025년", "2021/2025"),
        ("매년", "P1Y"),
        ("3년 전", "2021"),
        ("이달 10일", "2024-02-10"),
        ("지난달 21일 저녁", "2024-01-21TEV"),
        ("사흘간", "P3D"),
        ("넉 달 동안", "P4M"),
        ("내년 봄", "2025-21"),
        ("연내", "2024"),
        ("작년 4분기", "2023-36"),
        ("오는 4월", "2024-04"),
        ("당 창건 80주년", "2025-10-10"),
        ("6·15 선언", "2000-06-15"),
        ("7일 오전 8시 10분께", "2024-02-07T08:10"),
        ("1인당 하루 300g", "P1D"),
    ],
)
def test_korean(text: str, value: str):
    assert [v for _, v in values(f"그것은 {text} 일이다.", KO)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "see p. 1998 and Article 2016",
        "the 20x10 policy",
        "CO 24-10",
        "the 8th Central Committee",
        "it may be so, and they march",
        "about 2000 tons of rice",
        "the second of three",
        "$2015 each",
    ],
)
def test_numbers_that_are_no_dates(text: str):
    assert values(text) == []


def test_a_day_without_year_takes_the_one_spoken_of():
    text = "In December 2019 talks ended. On December 28 a plenum met. In the same year nothing else happened."
    assert [v for _, v in values(text)] == ["2019-12", "2019-12-28", "2019"]
    anchors = [found.anchor for found in find_dates(text, language=EN, published="2024")]
    assert anchors == [None, "2019-12", "2019-12-28"]


def test_a_day_without_any_year_is_before_publication_unless_announced():
    assert values("It met on March 5.") == [("March 5", "2023-03-05")]
    assert values("It will meet on March 5.") == [("March 5", "2024-03-05")]
    assert values("It met on March 5.", published=None) == [("March 5", "XXXX-03-05")]


def test_the_verb_says_whether_a_day_lies_ahead():
    assert values("The trial is set to begin on Wednesday.") == [("Wednesday", "2024-02-14")]
    assert values("The trial began on Wednesday.") == [("Wednesday", "2024-02-07")]
    assert values("The deal will be finalized by June 10.") == [("June 10", "2024-06-10")]


def test_asides_tell_no_story():
    text = "It was the largest fall since 1997. In November exports rose."
    assert [v for _, v in values(text)] == ["1997", "2023-11"]
    text = "In 1994 talks began. On July 8 they stopped."
    assert [v for _, v in values(text)] == ["1994", "1994-07-08"]


def test_a_length_that_reaches_to_publication_covers_days():
    (found,) = find_dates("It fell over the past ten years.", language=EN, published="2024-02-10")
    assert (found.value, found.earliest, found.latest, found.anchor) == (
        "P10Y",
        "2014-01-01",
        "2024-12-31",
        "published",
    )


@pytest.mark.parametrize("language", [EN, KO])
def test_known_days_have_examples(language: Language):
    data = json.loads(files("brief_nlp.tagging").joinpath("rules/anniversaries.json").read_text("utf-8"))
    for item in data[language]:
        lead = "the 50th anniversary of the " if language is EN else ""
        tail = "" if language is EN else " 50주년"
        year = str(int(item["day"][:4]) + 50)
        assert year + item["day"][4:] in [v for _, v in values(lead + item["example"] + tail + ".", language)], item


def test_impossible_days_are_none():
    assert values("on February 30, 2024") == [] or all(v != "2024-02-30" for _, v in values("on February 30, 2024"))


@pytest.mark.parametrize(
    "value", ["2024", "2024-02", "2024-02-29", "199X", "2021/2025", "2024-01-23/2024-02-02", "19XX"]
)
def test_bounds_agree_with_the_edtf_library(value: str):
    parsed = parse_edtf(value)
    first = struct_time_to_date(parsed.lower_strict()).isoformat()
    last = struct_time_to_date(parsed.upper_strict()).isoformat()
    assert bounds(value) == (first, last)


@given(st.text(alphabet=st.sampled_from(list("0123456789 -–/.,년월일JanuryMch()s가")), max_size=60))
def test_spans_are_exact_and_dates_are_real(text: str):
    for language in (EN, KO):
        previous = 0
        for found in find_dates(text, language=language, published="2024-02-10"):
            assert text[found.start : found.end] == found.text
            assert found.start >= previous
            previous = found.end
            if found.type in (DateType.DATE, DateType.INTERVAL) and found.earliest and found.latest:
                assert found.earliest <= found.latest
