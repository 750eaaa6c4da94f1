"""Encoder and rules fused into one calibrated probability (logistic regression; `models/claims/*/fusion.json`)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

MOST = 6.0  # log-odds beyond which nothing is claimed: 1 in 400


@dataclass(frozen=True)
class Fusion:
    """Weights in log-odds towards assessment: of the encoder's score, and of each feature by name."""

    bias: float
    encoder: float
    weights: Mapping[str, float]
    version: str
    review: tuple[float, float]  # a probability between these needs a person

    def probability(self, score: float, found: Mapping[str, float]) -> float:
        """0 (fact) to 1 (assessment), of the encoder's log-odds and the features of a sentence."""
        odds = self.bias + self.encoder * score + sum(self.weights.get(name, 0.0) * x for name, x in found.items())
        return probability_of(odds)


@cache
def load_fusion(path: Path) -> Fusion:
    """The fusion of a file."""
    loaded = json.loads(path.read_text("utf-8"))
    loaded.pop("_about", None)
    return Fusion(**{**loaded, "review": tuple(loaded["review"])})


def probability_of(odds: float) -> float:
    """Log-odds, kept within reason, as a probability with four digits."""
    return round(1 / (1 + math.exp(-max(-MOST, min(MOST, odds)))), 4)
