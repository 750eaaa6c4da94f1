"""Fine-tuning the classifier of claims on people's verdicts, together with the composed corpus (needs torch).

It goes on from the shipped encoder. A network for each fold of the training documents gives scores by which the fusion
is calibrated; one of all training documents is exported. What is held out is scored once, by the exported files.
"""

from __future__ import annotations

import logging
import random
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from transformers.utils import logging as transformers_logging

from brief_nlp.claims.classifier import Classifier, load_classifier
from brief_nlp.claims.encoder import forget_encoders
from brief_nlp.claims.fusion import Fusion
from brief_nlp.models import models_folder
from brief_nlp.schema import Language
from brief_nlp.training import fuse
from brief_nlp.training.before_after import Comparison, Told, compared
from brief_nlp.training.examples import Example, composed, pairs, probabilities
from brief_nlp.training.figures import corpus_digest, macro_f1
from brief_nlp.training.finetune import Recipe, Tuned, export, fine_tune
from brief_nlp.training.shipped import Weights, resumed
from brief_nlp.training.taught import Counted, Report, Unlearnt
from brief_nlp.training.verdicts import (
    Given,
    Parts,
    Said,
    digest_of,
    examples_of,
    given,
    languages_of,
    same,
    without,
)

FOLDS = 2
LAYER = 6  # whose vectors liken sentences to each other, as in the shipped encoder
NAME = "e5-taught"
PROBED = 600  # training sentences by which the export sets the scales of eight bits
REPLAYED = 1  # sentences of the corpus that train along for each verdict, so that what was known is not lost
LEAST_REPLAYED = 300
RECIPE = Recipe(epochs=2)  # a slower rate left the network where it was, even with 500 verdicts

Say = Callable[[str], None]


@dataclass(frozen=True)
class Learning:
    """The start of every network, what trains it beside the verdicts, and how."""

    base: Path
    start: Weights
    replay: Sequence[Example]
    recipe: Recipe
    seed: int
    say: Say

    def tuned(self, name: str, examples: Sequence[Example], left_out: Sequence[Example], seed: int) -> Tuned:
        """A network taught by verdicts and corpus, but by nothing with the words of `left_out`."""
        lessons = without([*self.replay, *examples], (one.text for one in left_out))
        return fine_tune(
            self.base,
            lessons,
            seed=self.seed + seed,
            recipe=self.recipe,
            start=self.start,
            told=_progress(name, self.say),
        )


def teach(
    engine: Engine,
    corpus: Path,
    folder: Path,
    *,
    least: int,
    seed: int = 0,
    say: Say = lambda _: None,
    recipe: Recipe = RECIPE,
    least_replayed: int = LEAST_REPLAYED,
) -> Report:
    """Write a classifier into `folder`, which must not be there, and tell what became better or worse.

    Raises `BriefError` where the verdicts are too few. What is broken off leaves nothing behind.
    """
    begun = time.monotonic()
    transformers_logging.disable_progress_bar()
    found = given(engine)
    languages_of(found, least=least)  # tells of too few before the corpus is read
    say(f"{len(found.said)} verdicts can teach; reading the corpus")
    whole = {language: composed(corpus, language) for language in Language}
    lessons = [one for ones in whole.values() for one in ones if one.part == "train"]
    lessons += [one for language in Language for one in pairs(corpus, language)]
    parts, others = languages_of(found, frozenset(same(one.text) for one in lessons), least=least)
    held = [one.text for part in parts.values() for one in (*part.apart, *part.known)]
    train = {language: examples_of(part.train, "train") for language, part in parts.items()}
    kept = without(lessons, held)
    taught = [one for ones in train.values() for one in ones]
    drawn = random.Random(seed).sample(kept, min(len(kept), max(least_replayed, REPLAYED * len(taught))))  # noqa: S311
    replay = [replace(one, certain=False) for one in drawn]  # weighs half: where they clash, the reviewers prevail
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as scratch:
        base, made = Path(scratch) / "base", Path(scratch) / "made"
        start = resumed(models_folder() / "claims" / "encoder", base, [one.text for one in replay[:PROBED]])
        learning = Learning(base, start, replay, recipe, seed, say)
        fusions, of_each = _fusions(train, learning, f"taught-{digest_of(found.said)}")
        final = learning.tuned(f"network {FOLDS + 1} of {FOLDS + 1}", taught, (), 0)
        say("writing it in eight bits")
        probe = [one.text for one in (*taught, *replay)][:: max(1, (len(taught) + len(replay)) // PROBED)]
        with _quietly():
            export(final, made, name=NAME, layer=LAYER, probe=probe)
        for language, fusion in fusions.items():
            (made / language).mkdir()
            fuse.write(fusion, made / language / "fusion.json", "Made by `brief-nlp train`; README.md says of what.")
        say("scoring what was held out")
        report = Report(
            folder=folder,
            version=next(iter(fusions.values())).version,
            made_at=datetime.now(UTC),
            seconds=time.monotonic() - begun,
            seed=seed,
            counted=_counted(found, parts),
            corpus={language: corpus_digest(corpus, language) for language in Language},
            replayed=len(replay),
            left_out=len(lessons) - len(kept),
            not_taught=others,
            compared={language: _compared(part.apart, language, made) for language, part in parts.items()},
            composed={language: _unlearnt(whole[language], language, made) for language in parts},
            fusions=of_each,
        )
        report.write(made)
        made.rename(folder)
    forget_encoders()  # which knows it by the place where it was made
    load_classifier.cache_clear()
    return report


def _fusions(
    train: Mapping[Language, Sequence[Example]], learning: Learning, version: str
) -> tuple[dict[Language, Fusion], dict[Language, dict[str, float]]]:
    """The fusion of each language, calibrated on scores of networks that had not seen the publication.

    Verdicts are too few to weigh each rule anew, so that the rules keep the weights they were shipped with, or count
    for nothing where that does better.
    """
    ones = [one for part in train.values() for one in part]

    def tuned(number: int, rest: Sequence[Example], left_out: Sequence[Example]) -> fuse.Scores:
        return learning.tuned(f"network {number + 1} of {FOLDS + 1}", rest, left_out, number + 1).scores

    scores = fuse.unseen(ones, FOLDS, tuned)
    fusions, of_each, begun = {}, {}, 0
    for language, part in train.items():
        own = scores[begun : begun + len(part)].tolist()
        begun += len(part)
        shipped = load_classifier(language).fusion
        tried = {
            "weights as shipped": Fusion(shipped.bias, shipped.encoder, shipped.weights, version, shipped.review),
            "encoder alone": Fusion(0.0, 1.0, {}, version, shipped.review),
        }
        fusions[language], of_each[language] = fuse.fitted(tried, part, own)
    return fusions, of_each


def _compared(apart: Sequence[Said], language: Language, made: Path) -> Comparison:
    examples = examples_of(apart, "apart")
    return compared(
        [one.assessment for one in examples],
        [one.document for one in examples],
        _told(examples, load_classifier(language)),
        _told(examples, load_classifier(language, made)),
    )


def _told(examples: Sequence[Example], classifier: Classifier) -> Told:
    return Told(probabilities(classifier, examples), classifier.fusion.review)


def _unlearnt(whole: Sequence[Example], language: Language, made: Path) -> Unlearnt:
    apart = [one for one in whole if one.part == "apart" and not one.clause]
    before, after = (
        macro_f1([one.assessment for one in apart], [chance >= 0.5 for chance in probabilities(classifier, apart)])
        for classifier in (load_classifier(language), load_classifier(language, made))
    )
    return Unlearnt(len(apart), before, after)


def _counted(found: Given, parts: Mapping[Language, Parts]) -> Counted:
    there = [one for part in parts.values() for one in (*part.train, *part.apart)]
    return Counted(
        reviewers=found.reviewers,
        train=sum(len(part.train) for part in parts.values()),
        held_out=sum(len(part.apart) for part in parts.values()),
        differing=found.differing,
        unlabelled=found.unlabelled,
        orphaned=sum(one.orphaned for one in there),
        known=sum(len(part.known) for part in parts.values()),
        twice=sum(len(part.twice) for part in parts.values()),
        other_languages=sum(one.language not in parts for one in found.said),
    )


@contextmanager
def _quietly() -> Iterator[None]:
    """Without what torch warns of for later releases, and what ONNX Runtime recommends for pictures."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


def _progress(name: str, say: Say) -> Callable[[int, int], None]:
    """Says every tenth of a network's steps how far it is and how long it will take."""
    begun = time.monotonic()

    def told(done: int, steps: int) -> None:
        if done * 10 // steps > (done - 1) * 10 // steps:
            left = (time.monotonic() - begun) / done * (steps - done)
            say(f"{name}: {100 * done // steps} %, about {left / 60:.1f} min left")

    return told
