"""Words that speak for a fact or for an assessment, by rules that are data."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from brief_nlp.schema import Cue, Language


@dataclass(frozen=True)
class CueRule:
    """One rule of `rules/{en,ko}.json`."""

    id: str
    category: str
    weight: float
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    negative: tuple[str, ...]


@cache
def cue_rules(language: Language) -> tuple[CueRule, ...]:
    """The rules of a language, in the order of their file."""
    loaded: dict[str, Any] = json.loads(files("brief_nlp.claims").joinpath(f"rules/{language}.json").read_text("utf-8"))
    return tuple(
        CueRule(
            rule["id"],
            rule["category"],
            rule["weight"],
            re.compile(rule["pattern"], re.I if language is Language.EN and rule["id"] != "modal_hedge" else 0),
            tuple(rule["examples"]),
            tuple(rule.get("negative", ())),
        )
        for rule in loaded["rules"]
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
