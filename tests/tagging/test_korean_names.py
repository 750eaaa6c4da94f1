from __future__ import annotations

import json
from importlib.resources import files

import pytest

from brief_nlp.schema import EntityType
from brief_nlp.tagging.korean_names import CHUNK, korean_names


def named(text: str) -> list[tuple[str, str]]:
    return [(text[name.start : name.end], name.type.value) for name in korean_names(text)]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("더불어민주당 추미애 의원이 말했다.", "추미애", "PERSON"),
        ("박씨는 웃었다.", "박", "PERSON"),
        ("A씨는 강을 건넜다.", "A", "PERSON"),
        ("재정경제부는 예산을 냈다.", "재정경제부", "ORG"),
        ("류현진은 다저스에서 뛴다.", "류현진", "PERSON"),
    ],
)
def test_names_by_form_suffix_and_title(text: str, name: str, kind: str):
    assert (name, kind) in named(text)


@pytest.mark.parametrize(
    "text",
    ["자산형성이 늘었다.", "정찰위성을 쏘았다.", "상임위원회를 열었다.", "ㅋㅋㅋ 웃기다.", "지방공업공장을 지었다."],
)
def test_common_words_are_none(text: str):
    assert named(text) == []


def test_what_is_known_keeps_its_type():
    assert (0, 2, EntityType.PLACE, "known") in korean_names(
        "경주에서 열렸다.", lambda name: EntityType.PLACE if name == "경주" else None
    )


def test_offsets_hold_over_chunks():
    text = "추미애 의원이 말했다.\n" * (2 * CHUNK // 13)
    found = korean_names(text)
    assert len(found) == text.count("추미애")
    assert {text[name.start : name.end] for name in found} == {"추미애"}


def test_no_suffix_stands_in_two_lists():
    data = json.loads(files("brief_nlp.tagging").joinpath("rules/ko/names.json").read_text("utf-8"))
    lists = [set(data[name]) for name in ("place_suffixes", "facility_suffixes", "event_suffixes")]
    assert not (lists[0] & lists[1] or lists[0] & lists[2] or lists[1] & lists[2])


@pytest.mark.parametrize(
    "text",
    [
        "거리에는 모란관과 같은 식당이 있었다.",
        "종업원은 반갑습니다를 부르고 돌아갔다.",
        "강순남 국방상과 장창하가 왔다.",
    ],
)
def test_proper_nouns_that_are_no_persons(text: str):
    assert not {"모란관", "반갑습니다", "국방상과", "포베다"} & {name for name, _ in named(text)}
