"""Fact or assessment by cues: the weights that fire, summed and squashed."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from brief_nlp.models import models_folder
from brief_nlp.schema import AUTHOR, Cue, Language, Speaker

JUDGEMENT = "judgement"  # the writer's own word about a statement: counts even where it is reported


@dataclass(frozen=True)
class CueModel:
    """Bias and limits of the cue classifier, in log-odds."""

    name: str
    version: str
    bias: dict[str, float]
    reported: float
    limit: float

    @property
    def by(self) -> str:
        """How its annotations name it."""
        return f"{self.name}/{self.version}"


@cache
def load_cue_model() -> CueModel:
    """The model in `models/claims/cues.json`."""
    loaded = json.loads((models_folder() / "claims" / "cues.json").read_text("utf-8"))
    loaded.pop("_about")
    return CueModel(**loaded)


def probability_of_assessment(
    cues: Iterable[Cue], source: Sequence[Speaker], language: Language, model: CueModel | None = None
) -> float:
    """0 (fact) to 1 (assessment). What a named speaker says is a fact about the statement, however hedged."""
    model = model or load_cue_model()
    counted = counting(cues, source)
    score = model.bias[language] + sum({cue.rule: cue.weight for cue in counted}.values())
    if tuple(source) != (AUTHOR,) and not any(cue.category == JUDGEMENT for cue in counted):
        score += model.reported
    score = max(-model.limit, min(model.limit, score))
    return round(1 / (1 + math.exp(-score)), 4)


def counting(cues: Iterable[Cue], source: Sequence[Speaker]) -> list[Cue]:
    """The cues that are the writer's: all of them, unless somebody else speaks.

    Of a reported statement only what speaks for a fact counts, or, where the writer judges it, the judgement alone.
    """
    found = list(cues)
    if tuple(source) == (AUTHOR,):
        return found
    judged = [cue for cue in found if cue.category == JUDGEMENT]
    return judged or [cue for cue in found if cue.weight < 0]
