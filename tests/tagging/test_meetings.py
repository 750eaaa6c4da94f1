from __future__ import annotations

import json
from importlib.resources import files

import pytest

from brief_nlp.schema import Language
from brief_nlp.tagging.entities import find_entities
from brief_nlp.tagging.gazetteer import load_gazetteer
from brief_nlp.tagging.meetings import meeting_id, parse_meeting

EN, KO = Language.EN, Language.KO


@pytest.mark.parametrize("language", [EN, KO])
def test_examples_are_taken_apart(language: Language):
    data = json.loads(files("brief_nlp.tagging").joinpath("rules/meetings.json").read_text("utf-8"))[language]
    for example in data["examples"]:
        meeting = parse_meeting(example, language)
        assert meeting is not None
        assert meeting_id(meeting) is not None


@pytest.mark.parametrize(
    ("name", "language", "identity"),
    [
        ("9th Plenary Meeting of the 8th Central Committee", EN, "meeting:wpk-cc-8-plenary-meeting-9"),
        ("ninth plenary session of the eighth Central Committee", EN, "meeting:wpk-cc-8-plenary-meeting-9"),
        ("조선로동당 중앙위원회 제8기 제9차 전원회의", KO, "meeting:wpk-cc-8-plenary-meeting-9"),
        ("10th Session of the 14th Supreme People's Assembly", EN, "meeting:spa-14-session-10"),
        ("최고인민회의 제14기 제10차 회의", KO, "meeting:spa-14-session-10"),
        ("8th Party Congress", EN, "meeting:wpk-congress-8"),
        ("제8차 당대회", KO, "meeting:wpk-congress-8"),
    ],
)
def test_wordings_make_one_identity(name: str, language: Language, identity: str):
    meeting = parse_meeting(name, language)
    assert meeting is not None
    assert meeting_id(meeting) == identity


def test_parts():
    name = "19th enlarged meeting of the Political Bureau of the 8th Central Committee"
    meeting = parse_meeting(name, EN)
    assert meeting is not None
    assert (meeting.number, meeting.term, meeting.kind) == (19, 8, "enlarged meeting")
    assert (meeting.body, meeting.body_id) == ("Political Bureau of the Central Committee", "wpk-politburo")


@pytest.mark.parametrize("name", ["Hanoi Summit", "the meeting", "Freedom Shield", "Central Committee"])
def test_other_events_have_no_parts(name: str):
    assert parse_meeting(name, EN) is None


def test_a_mention_carries_them():
    text = "It was decided at the 4th Plenary Session of the 8th Central Committee."
    (event,) = [e for e in find_entities(text, language=EN, gazetteer=load_gazetteer()) if e.type == "EVENT"]
    assert event.meeting is not None
    assert event.canonical_id == "meeting:wpk-cc-8-plenary-meeting-4"
