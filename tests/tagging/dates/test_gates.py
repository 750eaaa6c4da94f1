from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest

from brief_nlp.rule_files import expanded
from brief_nlp.schema import Language
from brief_nlp.tagging.dates.find import GATE
from brief_nlp.tagging.dates.gates import ANY, first_characters


@pytest.mark.parametrize(
    ("pattern", "starts"),
    [
        ("abc", {"ab"}),
        ("(?:in|on) May", {"in", "on"}),
        ("(?:the )?year", {"th", "ye"}),
        (r"a\w", {"a" + ANY}),
        ("a", {"a" + ANY}),
        (r"(?<!x)\d{1,2}일", {f"{one}{two}" for one in "0123456789" for two in "0123456789일"}),
        ("[ab]?c(?=d)", {"ac", "bc", "c" + ANY}),
    ],
)
def test_starts(pattern: str, starts: set[str]):
    assert first_characters(pattern, 2) == starts


@pytest.mark.parametrize("pattern", ["a?", ".b", r"\w+", "a*b*"])
def test_what_can_start_with_anything_is_refused(pattern: str):
    with pytest.raises(ValueError, match=r"anything|empty"):
        first_characters(pattern, 2)


@pytest.mark.parametrize("language", [Language.EN, Language.KO])
def test_what_a_rule_matches_starts_as_its_gate_says(language: Language):
    rules = json.loads(files("brief_nlp.tagging").joinpath(f"rules/{language}/dates.json").read_text("utf-8"))
    for rule in rules["rules"]:
        pattern = expanded(rule["pattern"], rules["parts"])
        starts, length = first_characters(pattern, GATE[language]), GATE[language]
        for match in re.finditer(pattern, f"{rule['example']} .", re.I):
            start = f"{rule['example']} ."[match.start() :][:length].lower()
            assert {start, *(start[:cut] + ANY for cut in range(1, length))} & starts, rule["id"]
