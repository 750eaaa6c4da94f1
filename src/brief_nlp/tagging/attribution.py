"""Who says so: the chain of speakers of a sentence, outermost first; the writer where nobody else is named."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from brief_nlp.schema import AUTHOR, Entity, Language, Speaker

LONGEST_SPEAKER = 120  # characters
_TRIM = re.compile(
    r"^(?:(?:[Tt]he fact that|[Aa]lthough|[Ww]hile|[Ww]hen|[Aa]s|[Bb]ut|[Aa]nd|[Hh]owever|[Mm]eanwhile|[Ii]n addition"
    r"|[Aa]fter|[Ss]ince|[Bb]ecause|[Ww]hich|[Tt]hat|[Ww]ho|[Ww]here|[Ll]ater|[Ee]arlier|[Yy]et|[Ss]till|[Aa]lso)\s+)+,?\s*"
)
_CLAUSE = re.compile(r".*(?:,|;|—)\s+", re.S)
_KOREAN_TRIM = re.compile(
    r"^(?:.*?[,.]\s?)?(?:(?:한편|또한|그러나|그런데|이에|특히|실제로|앞서|최근|지난\s\d{1,2}월)\s)*"
)
_PRONOUNS = frozenset(("he", "she", "they", "그", "그녀"))


@dataclass(frozen=True)
class _Rule:
    id: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class _Rules:
    rules: tuple[_Rule, ...]
    no_speaker: frozenset[str]
    carry_over: re.Pattern[str]


@cache
def _rules(language: Language) -> _Rules:
    loaded: dict[str, Any] = json.loads(
        files("brief_nlp.tagging").joinpath("rules/attribution.json").read_text("utf-8")
    )[language]
    rules = []
    for rule in loaded["rules"]:
        pattern = rule["pattern"]
        for name, part in loaded["parts"].items():
            pattern = pattern.replace("{" + name + "}", part)
        rules.append(_Rule(rule["id"], re.compile(pattern)))
    return _Rules(tuple(rules), frozenset(loaded["no_speaker"]), re.compile(loaded["carry_over"]))


def find_sources(
    text: str,
    start: int,
    end: int,
    *,
    language: Language,
    entities: Sequence[Entity] = (),
    previous: tuple[Speaker, ...] | None = None,
) -> tuple[Speaker, ...]:
    """The source chain of the sentence `text[start:end]`.

    `previous` is the chain of the sentence before: "he added" and open quotation marks carry it over.
    """
    sentence = text[start:end]
    rules = _rules(language)
    carried = previous if previous and previous != (AUTHOR,) and rules.carry_over.match(sentence) else None
    for rule in rules.rules:
        match = rule.pattern.search(sentence)
        if not match:
            continue
        if not match["who"]:
            return carried or (Speaker(name="unnamed source"),)
        speaker = _speaker(sentence, *match.span("who"), start, language, entities, rules)
        if speaker is None:
            continue
        if speaker.name.lower() in _PRONOUNS:
            return previous if previous and previous != (AUTHOR,) else (speaker,)
        return (speaker,)
    return carried or (AUTHOR,)


def _speaker(
    sentence: str, left: int, right: int, offset: int, language: Language, entities: Sequence[Entity], rules: _Rules
) -> Speaker | None:
    trim = _trimmed_english if language is Language.EN else _trimmed_korean
    left = trim(sentence, left, right)
    while right > left and sentence[right - 1] in " .,;":
        right -= 1
    name = sentence[left:right]
    if not name or len(name) > LONGEST_SPEAKER or name.lower() in rules.no_speaker:
        return None
    named = _entity_of(offset + left, offset + right, language, entities)
    if named:
        return Speaker(name=named.name, canonical_id=named.canonical_id, start=named.start, end=named.end)
    plain = re.sub(r"^(?:the|a|an)\s", "", name, flags=re.I)
    return Speaker(name=plain, start=offset + right - len(plain), end=offset + right)


def _trimmed_english(sentence: str, left: int, right: int) -> int:
    """Where the speaker's own words start: conjunctions and clauses before them are left out."""
    clause = _CLAUSE.match(sentence[left:right])
    left += clause.end() if clause else 0
    lead = _TRIM.match(sentence[left:right])
    return left + (lead.end() if lead else 0)


def _trimmed_korean(sentence: str, left: int, right: int) -> int:
    lead = _KOREAN_TRIM.match(sentence[left:right])
    return left + (lead.end() if lead else 0)


def _entity_of(start: int, end: int, language: Language, entities: Sequence[Entity]) -> Entity | None:
    """The longest entity that the speaker's words end with; in Korean also one that they start with.

    A Korean title follows the name, and the last syllable of a name may look like a particle (김정은).
    """
    if language is Language.KO:
        fitting = [e for e in entities if e.start == start or (start <= e.start and e.end == end)]
    else:
        fitting = [e for e in entities if start <= e.start and e.end <= end and end - e.end <= 1]
    return max(fitting, key=lambda entity: entity.end - entity.start, default=None)
