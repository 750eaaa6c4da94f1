"""What kind of assessment a claim is, how likely it calls its matter, and whether it mixes fact in."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

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
    loaded = json.loads(files("brief_nlp.claims").joinpath("rules/likelihood.json").read_text("utf-8"))
    return tuple((Likelihood(rule["band"]), re.compile(rule[language], re.I)) for rule in loaded["bands"])


_JOINTS = {
    Language.EN: re.compile(
        r"(?:^|[,;] )(?:although|though|while|since|given that|but|whereas|and|which|even though)\b", re.I
    ),
    Language.KO: re.compile(r"(?:지만|으나|나|는데|은데|면서|므로|으며|며|고),? "),
}
WEIGHTY = 1.5  # log-odds from which a cue can stand for a clause of its own


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


def is_mixed(text: str, start: int, end: int, cues: Sequence[Cue], language: Language) -> bool:
    """Whether a clause with weighty cues for fact stands beside one with weighty cues for assessment."""
    cuts = [start, *(start + match.start() for match in _JOINTS[language].finditer(text[start:end])), end]
    verdicts = set()
    for left, right in itertools.pairwise(cuts):
        weight = sum({cue.rule: cue.weight for cue in cues if left <= cue.start < right}.values())
        if abs(weight) >= WEIGHTY:
            verdicts.add(weight > 0)
    return len(verdicts) == 2
