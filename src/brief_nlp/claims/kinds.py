"""What kind of assessment a claim is, and how likely it calls its matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from brief_nlp.rule_files import rule_file
from brief_nlp.schema import AssessmentKind, Cue, Language, Likelihood

_KINDS = {
    "recommendation": AssessmentKind.RECOMMENDATION,
    "forecast": AssessmentKind.FORECAST,
    "estimate": AssessmentKind.ESTIMATE,
    "cause": AssessmentKind.CAUSE,
    "motive": AssessmentKind.CAUSE,
    "evaluation": AssessmentKind.EVALUATION,
    "inference": AssessmentKind.INTERPRETATION,
    "judgement": AssessmentKind.INTERPRETATION,
    "likelihood": AssessmentKind.FORECAST,
    "hedge": AssessmentKind.INTERPRETATION,
}


@cache
def _bands(language: Language) -> tuple[tuple[Likelihood, re.Pattern[str]], ...]:
    """The bands of Intelligence Community Directive 203 with their words, the most specific first."""
    rules = rule_file("claims", "likelihood")["bands"]
    return tuple((Likelihood(rule["band"]), re.compile(rule[language], re.I)) for rule in rules)


def kind_of(cues: Sequence[Cue]) -> AssessmentKind:
    """The kind that the heaviest cue speaks for; interpretation where none does."""
    speaking = [cue for cue in cues if cue.weight > 0 and cue.category in _KINDS]
    if not speaking:
        return AssessmentKind.INTERPRETATION
    heaviest = max(speaking, key=lambda cue: (cue.weight, cue.category == "likelihood", -cue.start))
    return _KINDS[heaviest.category]


def likelihood_of(sentence: str, language: Language) -> Likelihood | None:
    """The ICD 203 band of the estimative words of a sentence, if it has any."""
    return next((band for band, pattern in _bands(language) if pattern.search(sentence)), None)
