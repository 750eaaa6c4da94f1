"""How good a classifier of claims is: the figures that making a model records and evaluation prints."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

BINS = 10
LEAST_SURE = 0.15


def macro_f1(gold: Sequence[bool], found: Sequence[bool]) -> float:
    """Mean of the F1 of assessment and of fact."""
    pairs = list(zip(gold, found, strict=True))
    scores = []
    for label in (True, False):
        right = sum(one == other == label for one, other in pairs)
        told = sum(other == label for _, other in pairs)
        true = sum(one == label for one, _ in pairs)
        scores.append(2 * right / (told + true) if told + true else 1.0)
    return sum(scores) / 2


def calibration_error(gold: Sequence[bool], probabilities: Sequence[float]) -> float:
    """Expected calibration error of the label's probability, ten bins of equal width (Guo et al. 2017)."""
    chances = np.array(probabilities)
    sure = np.maximum(chances, 1 - chances)
    right = (chances >= 0.5) == np.array(gold)
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    return float(sum(abs(right[bins == n].mean() - sure[bins == n].mean()) * (bins == n).mean() for n in set(bins)))


def surest(probabilities: Sequence[float], left_out: float = LEAST_SURE) -> list[int]:
    """Places of all but the least sure, in order."""
    order = sorted(range(len(probabilities)), key=lambda place: abs(probabilities[place] - 0.5))
    return sorted(order[round(left_out * len(order)) :])


def digest_of(paths: Iterable[Path]) -> str:
    """16 hex digits of the names and bytes of files: of the corpus that a model was made from."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def corpus_digest(corpus: Path, language: str) -> str:
    """Digest of all that a classifier of a language is made from and judged on."""
    return digest_of(
        [
            *(corpus / "texts" / language).glob("*.txt"),
            *(corpus / "claims" / language).glob("*.jsonl"),
            *(corpus / "claims" / "pairs").glob(f"{language}.jsonl"),
            *(corpus / "claims" / "real").glob(f"{language}.jsonl"),
            corpus / "claims" / "parts.json",
        ]
    )
