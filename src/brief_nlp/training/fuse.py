"""Fitting the fusion of encoder and rules: logistic regression on scores of texts that the encoder had not seen."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import GroupKFold

from brief_nlp.claims.fusion import Fusion
from brief_nlp.training.examples import Example
from brief_nlp.training.figures import LEAST_SURE, macro_f1

Scores = Callable[[Sequence[str]], np.ndarray]  # log-odds of assessment, one a sentence
Tuning = Callable[[int, Sequence[Example], Sequence[Example]], Scores]  # by number: of the rest, and what is left out

RAREST = 8  # examples that a feature must occur in
STRENGTHS = (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3)  # inverses of the L2 penalty on the features
ENCODER_SCALE = 10.0  # makes the penalty on the weight of the encoder small


def fit(examples: Sequence[Example], scores: Sequence[float], *, version: str, review: tuple[float, float]) -> Fusion:
    """The weights that make the labels of `examples` likeliest; `scores` are of encoders that had not seen them.

    How far the rules may pull is chosen by the likelihood of documents left out.
    """
    counts = Counter(name for one in examples for name in one.features or {})
    names = sorted(name for name, count in counts.items() if count >= RAREST)
    table = np.array([[(one.features or {}).get(name, 0.0) for name in names] for one in examples])
    matrix = np.column_stack([np.array(scores) * ENCODER_SCALE, table]) if names else np.array(scores)[:, None]
    weights = np.array([1.0 if one.certain else 0.5 for one in examples])
    labels = np.array([one.assessment for one in examples])
    documents = [one.document for one in examples]
    strength = min(STRENGTHS, key=lambda c: _loss(c, matrix, labels, weights, documents))
    model = LogisticRegression(C=strength, max_iter=5000).fit(matrix, labels, sample_weight=weights)
    found = {name: round(float(weight), 4) for name, weight in zip(names, model.coef_[0][1:], strict=True)}
    return Fusion(
        round(float(model.intercept_[0]), 4),
        round(float(model.coef_[0][0]) * ENCODER_SCALE, 4),
        {name: weight for name, weight in found.items() if weight},
        version,
        review,
    )


def _loss(
    strength: float, matrix: np.ndarray, labels: np.ndarray, weights: np.ndarray, documents: Sequence[str]
) -> float:
    """Mean log loss on the documents left out, over five folds."""
    losses = []
    for train, test in GroupKFold(5).split(matrix, labels, documents):
        model = LogisticRegression(C=strength, max_iter=5000)
        model.fit(matrix[train], labels[train], sample_weight=weights[train])
        chances = model.predict_proba(matrix[test])[:, 1]
        losses.append(log_loss(labels[test], chances, sample_weight=weights[test], labels=[False, True]))
    return float(np.mean(losses))


def calibrated(fusion: Fusion, examples: Sequence[Example], scores: Sequence[float]) -> Fusion:
    """The fusion with its odds scaled and shifted so that its probabilities fit `examples` (Platt 1999)."""
    odds = np.array([raw_odds(fusion, one, score) for one, score in zip(examples, scores, strict=True)])
    model = LogisticRegression(C=1e3).fit(odds[:, None], [one.assessment for one in examples])
    slope, shift = float(model.coef_[0][0]), float(model.intercept_[0])
    return Fusion(
        round(fusion.bias * slope + shift, 4),
        round(fusion.encoder * slope, 4),
        {name: round(weight * slope, 4) for name, weight in fusion.weights.items()},
        fusion.version,
        fusion.review,
    )


def fitted(
    tried: Mapping[str, Fusion], examples: Sequence[Example], scores: Sequence[float]
) -> tuple[Fusion, dict[str, float]]:
    """Of these fusions, calibrated, the one that does best on the scores, with its band of doubt; macro-F1 of each."""
    found = {name: calibrated(fusion, examples, scores) for name, fusion in tried.items()}
    of_each = {name: macro(examples, scores, fusion) for name, fusion in found.items()}
    best = max(found.values(), key=lambda one: macro(examples, scores, one))
    chances = [best.probability(score, one.features or {}) for one, score in zip(examples, scores, strict=True)]
    band = float(np.quantile(np.abs(np.array(chances) - 0.5), LEAST_SURE))
    return replace(best, review=(round(0.5 - band, 3), round(0.5 + band, 3))), of_each


def macro(examples: Sequence[Example], scores: Sequence[float], fusion: Fusion) -> float:
    """Macro-F1 of a fusion."""
    found = [fusion.probability(score, one.features or {}) >= 0.5 for one, score in zip(examples, scores, strict=True)]
    return macro_f1([one.assessment for one in examples], found)


def raw_odds(fusion: Fusion, example: Example, score: float) -> float:
    """Log-odds of assessment, without a limit."""
    found = example.features or {}
    return fusion.bias + fusion.encoder * score + sum(fusion.weights.get(name, 0.0) * x for name, x in found.items())


def write(fusion: Fusion, path: Path, about: str) -> None:
    """Write `fusion.json`."""
    body = {
        "_about": about,
        "version": fusion.version,
        "review": list(fusion.review),
        "bias": fusion.bias,
        "encoder": fusion.encoder,
        "weights": dict(sorted(fusion.weights.items())),
    }
    path.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", "utf-8")


def folds(examples: Sequence[Example], count: int) -> list[list[int]]:
    """Places of examples in `count` folds, whole documents in each, every family spread over the folds."""
    by_family: dict[str, list[str]] = defaultdict(list)
    for one in examples:
        if one.document not in by_family[one.family]:
            by_family[one.family].append(one.document)
    sizes = Counter(one.document for one in examples)
    home: dict[str, int] = {}
    load = [0] * count
    for documents in by_family.values():
        for document in sorted(documents, key=lambda name: (-sizes[name], name)):
            home[document] = min(range(count), key=lambda fold: (load[fold], fold))
            load[home[document]] += sizes[document]
    return [[place for place, one in enumerate(examples) if home[one.document] == fold] for fold in range(count)]


def unseen(examples: Sequence[Example], count: int, tuned: Tuning) -> np.ndarray:
    """Scores of examples by networks that had not seen the document, as many networks as there are folds."""
    scores = np.zeros(len(examples))
    for number, fold in enumerate(folds(examples, count)):
        inside = set(fold)
        rest = [one for place, one in enumerate(examples) if place not in inside]
        left_out = [examples[place] for place in fold]
        scores[fold] = tuned(number, rest, left_out)([one.text for one in left_out])
    return scores
