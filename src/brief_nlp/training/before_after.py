"""A classifier before and after it was taught, on the same held-out verdicts, and how sure the difference is."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from brief_nlp.training.figures import calibration_error, macro_f1, surest

REPEATS = 1000
INTERVAL = 0.95
FEW = 10  # documents below which an interval over documents is too narrow to be leant on

MACRO_F1, ACCURACY, CALIBRATION = "macro F1", "accuracy", "calibration error"
COVERAGE, PRECISION, SUREST = "coverage", "precision of what is covered", "precision of the surest 85 %"
FIGURES = (MACRO_F1, ACCURACY, CALIBRATION, COVERAGE, PRECISION, SUREST)

Figures = dict[str, float]  # by the names in FIGURES; nan where there is nothing to take it of
Band = tuple[float, float]  # probabilities between these need a person


class Told(NamedTuple):
    """What a classifier said of each held-out verdict: probabilities of assessment, and its band of doubt."""

    chances: Sequence[float]
    band: Band


class Change(NamedTuple):
    """A figure before and after, and the interval of its difference."""

    before: float
    after: float
    low: float
    high: float

    @property
    def difference(self) -> float:
        """After less before."""
        return self.after - self.before


class Comparison(NamedTuple):
    """The figures of a language on its held-out verdicts."""

    verdicts: int
    assessments: int
    documents: int
    changes: Mapping[str, Change]

    @property
    def outcome(self) -> str:
        """`better` or `worse` where the whole interval of macro F1 lies beyond nought, else `not told apart`."""
        change = self.changes[MACRO_F1]
        return "better" if change.low > 0 else "worse" if change.high < 0 else "not told apart"


def measured(gold: Sequence[bool], told: Told) -> Figures:
    """The figures of one classifier.

    `coverage` is the share that it does not put into its band of doubt; the band was fitted to leave out 15 %.
    """
    low, high = told.band
    right = [(chance >= 0.5) == label for chance, label in zip(told.chances, gold, strict=True)]
    covered = [place for place, chance in enumerate(told.chances) if not low <= chance <= high]
    return {
        MACRO_F1: macro_f1(gold, [chance >= 0.5 for chance in told.chances]),
        ACCURACY: _share(right),
        CALIBRATION: calibration_error(gold, told.chances),
        COVERAGE: len(covered) / len(gold),
        PRECISION: _share([right[place] for place in covered]),
        SUREST: _share([right[place] for place in surest(told.chances)]),
    }


def compared(
    gold: Sequence[bool], documents: Sequence[str], before: Told, after: Told, *, repeats: int = REPEATS, seed: int = 0
) -> Comparison:
    """The figures before and after. The intervals are of documents drawn anew with replacement, pairs kept together."""
    one, other = measured(gold, before), measured(gold, after)
    by_document: dict[str, list[int]] = defaultdict(list)
    for place, document in enumerate(documents):
        by_document[document].append(place)
    homes = [by_document[document] for document in sorted(by_document)]
    dice = random.Random(seed)  # noqa: S311 - no secret
    moved: list[list[float]] = []
    for _ in range(repeats):
        places = [place for home in dice.choices(homes, k=len(homes)) for place in home]
        drawn = [gold[place] for place in places]
        left, right = (
            measured(drawn, Told([told.chances[place] for place in places], told.band)) for told in (before, after)
        )
        moved.append([right[name] - left[name] for name in FIGURES])
    edge = (1 - INTERVAL) / 2
    ends = {name: _ends([row[column] for row in moved], edge) for column, name in enumerate(FIGURES)}
    changes = {name: Change(one[name], other[name], *ends[name]) for name in FIGURES}
    return Comparison(len(gold), sum(gold), len(homes), changes)


def sentence(language: str, found: Comparison) -> str:
    """The outcome in words."""
    change = found.changes[MACRO_F1]
    moved = f"macro F1 {change.difference:+.3f}, 95 % interval {change.low:+.3f} to {change.high:+.3f}"
    said = {
        "better": "the taught model is better than the shipped one",
        "worse": "the taught model is worse than the shipped one",
        "not told apart": "the taught model cannot be told apart from the shipped one",
    }[found.outcome]
    few = (
        f" Only {found.documents} documents are held out: the interval is too narrow." if found.documents < FEW else ""
    )
    return f"{language}: {said} ({moved}).{few}"


def as_json(found: Comparison) -> dict[str, object]:
    """A comparison as it is written and printed; what cannot be taken is null."""
    figures = {
        name: {
            "before": _number(change.before),
            "after": _number(change.after),
            "difference": _number(change.difference),
            "interval": [_number(change.low), _number(change.high)],
        }
        for name, change in found.changes.items()
    }
    counts = {"verdicts": found.verdicts, "assessments": found.assessments, "documents": found.documents}
    return {**counts, "outcome": found.outcome, "figures": figures}


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else math.nan


def _ends(values: Sequence[float], edge: float) -> tuple[float, float]:
    sound = [value for value in values if not math.isnan(value)]
    if not sound:
        return math.nan, math.nan
    low, high = np.quantile(sound, (edge, 1 - edge))
    return float(low), float(high)


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 4)
