from __future__ import annotations

import json
from importlib.resources import files

import pytest

from brief_nlp.schema import AUTHOR, Language, Speaker
from brief_nlp.tagging.attribution import find_sources
from brief_nlp.tagging.entities import find_entities
from brief_nlp.tagging.gazetteer import load_gazetteer

EN, KO = Language.EN, Language.KO


def names(text: str, language: Language = EN, previous: tuple[Speaker, ...] | None = None) -> list[str]:
    return [speaker.name for speaker in find_sources(text, 0, len(text), language=language, previous=previous)]


@pytest.mark.parametrize("language", [EN, KO])
def test_every_rule_names_a_speaker_in_its_example(language: Language):
    rules = json.loads(files("brief_nlp.tagging").joinpath("rules/attribution.json").read_text("utf-8"))
    for rule in rules[language]["rules"]:
        assert names(rule["example"], language) != ["author"], rule["id"]


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
    assert names("He added that more would follow.", previous=(AUTHOR,)) == ["He"]


def test_korean():
    assert names("통일부에 따르면 교역이 줄었다.", KO) == ["통일부"]
    assert names("로동신문은 공사가 끝났다고 보도했다.", KO) == ["로동신문"]
    assert names("교역이 줄어든 것으로 보인다.", KO) == ["author"]


def test_a_name_that_ends_like_a_particle():
    text = "김정은 위원장은 연설에서 “새 시대가 왔다”고 말했다."
    entities = find_entities(text, language=KO, gazetteer=load_gazetteer())
    (speaker,) = find_sources(text, 0, len(text), language=KO, entities=entities)
    assert speaker.canonical_id == "kim-jong-un"


def test_an_owner_is_no_part_of_the_name():
    text = "South Korea’s Ministry of Unification stated that nothing was known."
    entities = find_entities(text, language=EN, gazetteer=load_gazetteer())
    (speaker,) = find_sources(text, 0, len(text), language=EN, entities=entities)
    assert speaker.canonical_id == "rok-mou"
