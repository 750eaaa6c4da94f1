"""What simpler classifiers reach on the same examples: majority, cue rules, TF-IDF, frozen encoder, spaCy textcat."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import spacy
import torch
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MaxAbsScaler
from spacy.training import Example as SpacyExample
from spacy.util import fix_random_seed  # type: ignore[attr-defined]

from brief_nlp.schema import Language
from brief_nlp.training.examples import Example
from brief_nlp.training.figures import macro_f1
from brief_nlp.training.finetune import Net, encoded, tokenizer_of

TEXTCAT_EPOCHS = 8


def figures(
    train: Sequence[Example], apart: Mapping[str, Sequence[Example]], base: Path, language: Language
) -> dict[str, dict[str, float]]:
    """Macro-F1 of each baseline on each part apart that is not empty."""
    tests = {name: ones for name, ones in apart.items() if ones}
    found = {
        "majority": {name: _majority(train, ones) for name, ones in tests.items()},
        "cue rules alone": {name: _by_cues(ones) for name, ones in tests.items()},
        "cues, speaker and grammar, logistic regression": _features(train, tests),
        "TF-IDF, logistic regression": _tfidf(train, tests, language),
        "frozen encoder, logistic regression": _frozen(train, tests, base),
        "spaCy textcat": _textcat(train, tests, language),
    }
    return {name: {part: round(value, 4) for part, value in values.items()} for name, values in found.items()}


def _gold(examples: Sequence[Example]) -> list[bool]:
    return [one.assessment for one in examples]


def _majority(train: Sequence[Example], test: Sequence[Example]) -> float:
    usual = Counter(_gold(train)).most_common(1)[0][0]
    return macro_f1(_gold(test), [usual] * len(test))


def _by_cues(test: Sequence[Example]) -> float:
    """The cues' own weights, summed; what another says is a fact unless the writer judges it."""
    return macro_f1(_gold(test), [_cue_sum(one) > 0 for one in test])


def _cue_sum(one: Example) -> float:
    found = one.features or {}
    other = found.get("voice:other", 0.0) and not found.get("voice:judged", 0.0)
    return found.get("cues", 0.0) - (6.0 if other else 0.0)


def _features(train: Sequence[Example], tests: Mapping[str, Sequence[Example]]) -> dict[str, float]:
    """What is fused with the encoder, without it; in Korean the endings by Kiwi among it."""
    model = make_pipeline(DictVectorizer(), MaxAbsScaler(), LogisticRegression(C=0.3, max_iter=5000))
    model.fit([dict(one.features or {}) for one in train], _gold(train))
    return {
        name: macro_f1(_gold(ones), list(model.predict([dict(one.features or {}) for one in ones])))
        for name, ones in tests.items()
    }


def _tfidf(train: Sequence[Example], tests: Mapping[str, Sequence[Example]], language: Language) -> dict[str, float]:
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=2)
    model = make_pipeline(letters if language is Language.KO else words, LogisticRegression(C=10, max_iter=2000))
    model.fit([one.text for one in train], _gold(train))
    return {name: macro_f1(_gold(ones), list(model.predict([o.text for o in ones]))) for name, ones in tests.items()}


def _frozen(train: Sequence[Example], tests: Mapping[str, Sequence[Example]], base: Path) -> dict[str, float]:
    net, tokenizer = Net(base).eval(), tokenizer_of(base)

    def vectors(examples: Sequence[Example]) -> np.ndarray:
        rows = []
        with torch.inference_mode():
            for start in range(0, len(examples), 32):
                batch = encoded(tokenizer, [one.text for one in examples[start : start + 32]])
                rows.append(net.pooled(**batch).numpy())
        return np.concatenate(rows)

    model = LogisticRegression(C=10, max_iter=5000).fit(vectors(train), _gold(train))
    return {name: macro_f1(_gold(ones), list(model.predict(vectors(ones)))) for name, ones in tests.items()}


def _textcat(train: Sequence[Example], tests: Mapping[str, Sequence[Example]], language: Language) -> dict[str, float]:
    fix_random_seed(0)
    nlp = spacy.blank("en") if language is Language.EN else spacy.blank("xx")
    nlp.add_pipe("textcat")
    examples = [
        SpacyExample.from_dict(
            nlp.make_doc(one.text), {"cats": {"fact": not one.assessment, "assessment": one.assessment}}
        )
        for one in train
    ]
    optimizer = nlp.initialize(lambda: examples)
    dice = random.Random(0)  # noqa: S311 - no secret
    for _ in range(TEXTCAT_EPOCHS):
        dice.shuffle(examples)
        for start in range(0, len(examples), 32):
            nlp.update(examples[start : start + 32], sgd=optimizer, drop=0.2)
    found = {}
    for name, ones in tests.items():
        docs = nlp.pipe(one.text for one in ones)
        found[name] = macro_f1(_gold(ones), [doc.cats["assessment"] >= 0.5 for doc in docs])
    return found
