"""One figure beside its bar, and where the gold lies."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Score:
    """A measured figure. `bar` is None for a figure that is only reported."""

    name: str
    value: float
    bar: float | None = None
    better: Literal["high", "low"] = "high"
    detail: str = ""

    @property
    def met(self) -> bool:
        """Whether the bar is reached (a figure without a bar always is)."""
        if self.bar is None:
            return True
        return self.value >= self.bar if self.better == "high" else self.value <= self.bar


@dataclass(frozen=True)
class F1:
    """Precision, recall and their harmonic mean over two collections of hashable items."""

    true_positives: int
    predicted: int
    gold: int

    @classmethod
    def of(cls, predicted: Iterable[Hashable], gold: Iterable[Hashable]) -> F1:
        """Compare as sets."""
        left, right = set(predicted), set(gold)
        return cls(len(left & right), len(left), len(right))

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 1 where nothing was predicted."""
        return self.true_positives / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 1 where there is none."""
        return self.true_positives / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = self.predicted + self.gold
        return 2 * self.true_positives / total if total else 1.0


def shared_folder() -> Path | None:
    """The folder of measuring data beside the checkout, or `$BRIEF_NLP_SHARED`; None where it is absent."""
    named = os.environ.get("BRIEF_NLP_SHARED")
    folder = Path(named) if named else Path(__file__).resolve().parents[4] / "shared"
    return folder if folder.is_dir() else None


def corpus_folder() -> Path | None:
    """`corpus` of the checkout; None where the package was installed without it."""
    folder = Path(__file__).resolve().parents[3] / "corpus"
    return folder if folder.is_dir() else None


def samples_folder() -> Path | None:
    """`corpus/samples` of the checkout, likewise."""
    folder = corpus_folder()
    return folder / "samples" if folder else None
