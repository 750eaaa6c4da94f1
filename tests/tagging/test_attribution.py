from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest

from brief_nlp.schema import AUTHOR, Language, Speaker
from brief_nlp.tagging.attribution import find_sources
from brief_nlp.tagging.entities import find_entities
from brief_nlp.tagging.gazetteer import load_gazetteer

EN, KO = Language.EN, Language.KO


def names(text: str, language: Language = EN, previous: tuple[Speaker, ...] = (AUTHOR,)) -> list[str]:
    (chain,) = find_sources(text, [(0, len(text))], language=language, previous=previous)
    return [speaker.name for speaker in chain]


def in_paragraph(*sentences: str, language: Language = EN) -> list[list[str]]:
    text = " ".join(sentences)
    spans = [(text.index(sentence), text.index(sentence) + len(sentence)) for sentence in sentences]
    entities = find_entities(text, language=language, gazetteer=load_gazetteer())
    chains = find_sources(text, spans, language=language, entities=entities)
    return [[speaker.name for speaker in chain] for chain in chains]


def rules(language: Language) -> dict[str, Any]:
    return json.loads(files("brief_nlp.tagging").joinpath(f"rules/{language}/attribution.json").read_text("utf-8"))


@pytest.mark.parametrize("part", ["verbs", "phrases"])
def test_every_rule_names_a_speaker_in_its_example(part: str):
    for rule in rules(EN)[part]:
        sentences = rule["example"].split(". ")
        assert in_paragraph(*sentences)[-1] != ["author"], rule["id"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Rodong Sinmun reported that the dam was finished.", "Rodong Sinmun"),
        ("According to the Bank of Korea, output fell.", "Bank of Korea"),
        ("The road will open in May, the agency said.", "agency"),
        ("“We are ready,” said the minister.", "minister"),
        ("The plan aims to build twenty clinics.", "plan"),
    ],
)
def test_speakers(text: str, speaker: str):
    assert names(text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "For the northern authorities, there is no way out.",
        "The so-called ‘wise policy’ failed.",
        "Although the state never gave in, it can be seen as weak.",
        "The two states never met.",
        "The claim is hard to believe.",
        "It is small notes that ran short.",
        "Three border towns are short of flour.",
    ],
)
def test_the_writer_speaks(text: str):
    assert names(text) == ["author"]


def test_speech_is_carried_over():
    before = (Speaker(name="Kim Song"),)
    assert names("He added that more would follow.", previous=before) == ["Kim Song"]
    assert names("More followed in spring.", previous=before) == ["author"]
    assert names("He added that more would follow.", previous=(AUTHOR,)) == ["author"]


def test_speech_in_quotation_marks_runs_on():
    assert in_paragraph("“We came,” Kim Song said.", "“We saw nothing.”", "The road was closed.") == [
        ["Kim Song"],
        ["Kim Song"],
        ["author"],
    ]


def test_pronouns_stand_for_the_person_named_before():
    assert in_paragraph("Minister Han Seo-yun met the press.", "She said that talks would follow.")[1] == [
        "Han Seo-yun"
    ]


def test_speakers_nest():
    assert names("KCNA quoted Kim Tok Hun as saying that the work was done.") == ["KCNA", "Kim Tok Hun"]


@pytest.mark.parametrize(
    "text",
    [
        "The dam, which the ministry says is safe, broke in June.",
        "Moscow denied the sale, but the debris leaves no room for doubt.",
        "We expect that output will fall.",
        "The media reported his execution in March.",
    ],
)
def test_what_stands_below_the_head_gives_no_source(text: str):
    assert names(text) == ["author"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("통일부에 따르면 교역이 줄었다.", "통일부"),
        ("로동신문은 공사가 끝났다고 보도했다.", "로동신문"),
        ("다리가 곧 열린다고 연해주 정부 관계자가 10일 말했다.", "연해주 정부 관계자"),
        ("시간이 더 필요하다는 것이 회담 관계자들의 설명이다.", "회담 관계자들"),
        ("교역이 줄어든 것으로 보인다.", "author"),
        ("정부는 다리를 놓았다.", "author"),
        ("경애하는 장군님께서는 온 나라가 비약하여야 한다고 강조하시였다.", "장군님"),
    ],
)
def test_korean(text: str, speaker: str):
    assert names(text, KO) == [speaker]


def test_a_name_that_ends_like_a_particle():
    text = "김정은 위원장은 연설에서 “새 시대가 왔다”고 말했다."
    entities = find_entities(text, language=KO, gazetteer=load_gazetteer())
    ((speaker,),) = find_sources(text, [(0, len(text))], language=KO, entities=entities)
    assert speaker.canonical_id == "kim-jong-un"


def test_an_owner_is_no_part_of_the_name():
    text = "South Korea’s Ministry of Unification stated that nothing was known."
    entities = find_entities(text, language=EN, gazetteer=load_gazetteer())
    ((speaker,),) = find_sources(text, [(0, len(text))], language=EN, entities=entities)
    assert speaker.canonical_id == "rok-mou"
