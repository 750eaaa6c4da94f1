from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_nlp.errors import BriefError
from brief_nlp.evaluation.scores import shared_folder
from brief_nlp.schema import EntityType, Language
from brief_nlp.tagging.entities import find_entities
from brief_nlp.tagging.gazetteer import check, load_gazetteer

EN, KO = Language.EN, Language.KO


def found(text: str, language: Language = EN) -> list[tuple[str, str, str | None]]:
    return [
        (e.text, e.type.value, e.canonical_id)
        for e in find_entities(text, language=language, gazetteer=load_gazetteer())
    ]


@pytest.mark.parametrize("name", ["Kim Jong Un", "Kim Jong-un", "Kim Jong-Un", "KIM Jong Un"])
def test_spellings_are_one_person(name: str):
    assert (name, "PERSON", "kim-jong-un") in found(f"Yesterday {name} spoke.")


def test_scripts_are_one():
    assert ("김정은", "PERSON", "kim-jong-un") in found("김정은은 말했다.", KO)
    assert ("노동신문", "PUBLICATION", "rodong-sinmun") in found("노동신문은 보도했다.", KO)


def test_names_inside_other_words_are_none():
    assert found("개선북한산행", KO) == []
    assert all(text != "US" for text, _, _ in found("USELESS"))


def test_structured_event_with_its_bodies():
    text = "It was decided at the 12th enlarged meeting of the Political Bureau of the 8th Central Committee."
    kinds = {(t, k) for t, k, _ in found(text)}
    assert ("12th enlarged meeting of the Political Bureau of the 8th Central Committee", "EVENT") in kinds
    assert ("Political Bureau", "ORG") in kinds


def test_abbreviation_and_short_forms():
    text = "The Example Relief Agency (ERA) came. ERA left. The Workers' Party of Korea met; the Party agreed."
    assert ("ERA", "ORG", "local:example-relief-agency") in found(text)
    assert ("Party", "ORG", "wpk") in found(text)
    assert ("Party", "ORG", "wpk") not in found("At first the Party agreed.")


def test_short_forms_stand_for_what_was_named():
    text = "The Water Panel of Ruritania met. A report of the Panel was read. The Board met."
    spans = [(4, 28, "ORG")]
    mentions = find_entities(text, language=EN, gazetteer=load_gazetteer(), model_spans=spans)
    assert ("Panel", "Water Panel of Ruritania") in {(e.text, e.name) for e in mentions}
    assert "Board" not in {e.text for e in mentions}


def test_a_short_form_of_two_has_no_identity():
    text = "The Bank of Korea and the Export Bank of Ruritania met. The Bank agreed."
    text += " Kim Su-ji and Kim Min-ji spoke. Kim left."
    assert ("Bank", "ORG", None) in found(text)
    assert ("Kim", "PERSON", None) in found(text)


def test_western_family_names_come_last():
    text = "Mr. Ramon Villacorta spoke."
    spans = [(4, 20, "PERSON")]
    full = find_entities(text + " Later Villacorta left.", language=EN, gazetteer=load_gazetteer(), model_spans=spans)
    assert ("Villacorta", "local:ramon-villacorta") in {(e.text, e.canonical_id) for e in full}


def test_owners_are_split_off():
    assert ("Water Ministry", "ORG", "local:water-ministry") in found("Ruritania's Water Ministry spoke.")
    assert ("Supreme People's Assembly", "ORG", "spa") in found("The Supreme People's Assembly met.")


def test_cited_names_override_others():
    text = "Han Mi-rae, Markets in North Korea, 2019."
    cited = [(12, 34, EntityType.PUBLICATION)]
    kinds = {(e.text, e.type.value) for e in find_entities(text, language=EN, gazetteer=load_gazetteer(), cited=cited)}
    assert ("Markets in North Korea", "PUBLICATION") in kinds


def test_surname_alone_follows_its_bearer():
    text = "Choi Mi-rae wrote it. As Choi noted, it failed."
    assert found(text) == [("Choi Mi-rae", "PERSON", "local:choi-mi-rae"), ("Choi", "PERSON", "local:choi-mi-rae")]


def test_two_bodies_with_and_between_them_are_two():
    assert {"State Planning Commission", "Central Bureau of Statistics"} <= {
        name for name, _, _ in found("The State Planning Commission and the Central Bureau of Statistics agreed.", EN)
    }


@pytest.mark.parametrize("language", [EN, KO])
def test_every_rule_finds_its_example(language: Language):
    rules = json.loads(files("brief_nlp.tagging").joinpath("rules/entities.json").read_text("utf-8"))
    for rule in rules[language]:
        text = f"It is {rule['example']} ." if language is EN else f"그것은 {rule['example']} 라고 한다."
        assert rule["type"] in {kind for _, kind, _ in found(text, language)}, rule["id"]


@given(st.text(alphabet=st.sampled_from(list("KimJong-Un 북한은Party(WPK)’the")), max_size=80))
def test_mentions_are_exact(text: str):
    for language in (EN, KO):
        for entity in find_entities(text, language=language, gazetteer=load_gazetteer()):
            assert text[entity.start : entity.end] == entity.text


def test_own_gazetteer_is_sound():
    text = files("brief_nlp.tagging").joinpath("data/gazetteer.jsonl").read_text("utf-8")
    assert check(text) == []


def test_external_ids_are_known_ones():
    shared = shared_folder()
    if shared is None:
        pytest.skip("the lists of identifiers lie beside the checkout only")
    known = set()
    for name in ("people_qid.tsv", "officeholders_bio.csv"):
        for line in (shared / "data" / "dprk" / name).read_text("utf-8").splitlines():
            known.update(part for part in line.replace(",", "\t").split("\t") if part[:1] == "Q" and part[1:].isdigit())
    text = files("brief_nlp.tagging").joinpath("data/gazetteer.jsonl").read_text("utf-8")
    assert check(text, known) == []


def test_bad_gazetteer_is_told_by_line(tmp_path: Path):
    bad = tmp_path / "mine.jsonl"
    bad.write_text('{"id": "a", "type": "ORG", "name": "A"}\n{"id": "b", "type": "CAT", "name": "B"}\nnonsense\n')
    with pytest.raises(BriefError, match=r"mine\.jsonl: 2 error\(s\).*line 2: type.*line 3"):
        load_gazetteer(bad)


def test_users_entries_are_found(tmp_path: Path):
    mine = tmp_path / "mine.jsonl"
    mine.write_text('{"id": "moon-base", "type": "FACILITY", "name": "Moon Base Seven"}\n')
    entities = find_entities("At Moon Base Seven.", language=EN, gazetteer=load_gazetteer(mine))
    assert [entity.canonical_id for entity in entities] == ["moon-base"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("According to the Korea Customs Research Center, trade grew.", "Korea Customs Research Center", "ORG"),
        ("Whether the Recycling Act will be obeyed is unclear.", "Recycling Act", "LAW"),
        ("As Haggard and Noland (2011, 57) argue, markets grew.", "Haggard", "PERSON"),
        ("As Haggard and Noland (2011, 57) argue, markets grew.", "Noland", "PERSON"),
        ("The local daily Hambuk Ilbo reported it.", "Hambuk Ilbo", "PUBLICATION"),
    ],
)
def test_words_before_a_name_and_authors_before_a_year(text: str, name: str, kind: str):
    found = find_entities(text, language=Language.EN, gazetteer=load_gazetteer())
    assert (name, kind) in {(entity.text, entity.type.value) for entity in found}


@pytest.mark.parametrize(
    ("text", "language", "inside"),
    [
        ("The Kim Chaek Iron and Steel Complex resumed work.", Language.EN, "Kim Chaek Iron"),
        ("The Eighth Party Congress adopted a plan.", Language.EN, "Party Congress"),
        ("제8차 당대회에서 채택되었다.", Language.KO, "당대회"),
    ],
)
def test_no_person_by_form_and_no_second_meeting_in_a_longer_name(text: str, language: Language, inside: str):
    found = find_entities(text, language=language, gazetteer=load_gazetteer())
    assert inside not in {entity.text for entity in found}
