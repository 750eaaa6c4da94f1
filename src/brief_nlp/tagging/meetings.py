"""Names of meetings taken apart: `the 19th enlarged meeting of the Political Bureau of the 8th Central Committee`.

Body, term, kind and number make one identity over languages and wordings: 제8기 제9차 전원회의 is the
9th Plenary Session of the 8th Central Committee.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from brief_nlp.rule_files import rule_file
from brief_nlp.schema import Language, Meeting
from brief_nlp.tagging.dates.words import ORDINALS

_WORDS = {**ORDINALS, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
_ORDINAL = re.compile(rf"\b(?:(\d{{1,3}})(?:st|nd|rd|th)|({'|'.join(_WORDS)}))\s", re.I)


def _data() -> dict[str, Any]:
    return rule_file("tagging", "meetings")


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    return re.compile(_data()[language]["pattern"], re.I)


def parse_meeting(name: str, language: Language) -> Meeting | None:
    """The parts of a meeting's name; None where it has no number or no known kind."""
    match = _pattern(language).search(name)
    if match is None:
        return None
    groups = {key: value.strip() if value else None for key, value in match.groupdict().items()}
    said = groups.get("body") or ""
    number, term = _number(groups["number"]), _number(groups.get("term") or said)
    kind = next(
        (kind for kind, form in _data()[language]["kinds"] if re.search(form, groups["kind"] or "", re.I)), None
    )
    if number is None or kind is None:
        return None
    body = next((body for body, form in _data()[language]["bodies"] if re.search(form, f"{said} {name}", re.I)), None)
    return Meeting(body=_without_term(said) or None, body_id=body, term=term, kind=kind, number=number)


def meeting_id(meeting: Meeting) -> str | None:
    """An identity that all wordings share; None where the body is not known."""
    if meeting.body_id is None:
        return None
    term = f"-{meeting.term}" if meeting.term else ""
    return f"meeting:{meeting.body_id}{term}-{meeting.kind.replace(' ', '-')}-{meeting.number}"


def _number(text: str | None) -> int | None:
    """The first ordinal (or, in Korean, number) of a text."""
    if not text:
        return None
    found = _ORDINAL.search(f"{text} ")
    if found:
        return int(found[1]) if found[1] else _WORDS[found[2].lower()]
    return int(text) if text.isdigit() else None


def _without_term(body: str) -> str:
    return re.sub(r"\s+", " ", _ORDINAL.sub("", f"{body} ")).strip(" ,")
