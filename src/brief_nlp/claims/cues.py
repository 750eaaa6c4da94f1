"""Words that speak for a fact or for an assessment, by rules that are data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from brief_nlp.rule_files import rule_file
from brief_nlp.schema import Cue, Language


@dataclass(frozen=True)
class CueRule:
    """One rule of `rules/{en,ko}/cues.json`."""

    id: str
    category: str
    weight: float
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    negative: tuple[str, ...]


@cache
def cue_rules(language: Language) -> tuple[CueRule, ...]:
    """The rules of a language, in the order of their file."""
    return tuple(
        CueRule(
            rule["id"],
            rule["category"],
            rule["weight"],
            re.compile(rule["pattern"], re.I if language is Language.EN and rule["id"] != "modal_hedge" else 0),
            tuple(rule["examples"]),
            tuple(rule.get("negative", ())),
        )
        for rule in rule_file("claims", f"{language}/cues")["rules"]
    )


def find_cues(text: str, start: int, end: int, *, language: Language) -> tuple[Cue, ...]:
    """The cues of the sentence `text[start:end]`, in order of place, then of rule."""
    sentence = text[start:end]
    found = [
        Cue(
            start=start + match.start(),
            end=start + match.start() + len(match[0].rstrip()),
            text=match[0].rstrip(),
            category=rule.category,
            rule=f"{language}.{rule.id}",
            weight=rule.weight,
        )
        for rule in cue_rules(language)
        for match in rule.pattern.finditer(sentence)
        if match[0].strip()
    ]
    return tuple(sorted(found, key=lambda cue: (cue.start, cue.end, cue.rule)))
