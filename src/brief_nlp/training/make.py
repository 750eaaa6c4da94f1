"""Making the classifiers of claims anew: fine-tune, fuse, calibrate, measure, export.

python -m brief_nlp.training.make corpus models --real ../shared/data --language en
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, stdev

import numpy as np

from brief_nlp.claims.encoder import load_encoder
from brief_nlp.claims.fusion import Fusion
from brief_nlp.schema import Language
from brief_nlp.training import baselines, fuse
from brief_nlp.training.bases import korean_e5, minilm
from brief_nlp.training.examples import Example, composed, pairs, real
from brief_nlp.training.figures import calibration_error, corpus_digest, macro_f1, surest
from brief_nlp.training.finetune import Tuned, export, fine_tune, load, save

FOLDS = 3
SEEDS = (0, 1, 2)
VERSION = "1"
LAYERS = {Language.EN: 3, Language.KO: 6}  # whose vectors `brief-nlp compare` uses
NAMES = {Language.EN: "minilm-en", Language.KO: "e5-ko"}
_log = logging.getLogger("make")

Scored = Callable[[Sequence[Example]], list[float]]


def make(language: Language, corpus: Path, models: Path, data: Path | None, work: Path) -> None:
    """Make one classifier: `models/claims/{language}` and the figures of it. Real text trains where `data` is given.

    What was fine-tuned is kept in `work`, so that a run that was broken off goes on from there.
    """
    whole = composed(corpus, language)
    told = real(corpus, data) if data and language is Language.EN else []
    train = [one for one in [*whole, *told] if one.part == "train"]
    apart = {
        "composed": [one for one in whole if one.part == "apart" and not one.clause],
        "clauses": [one for one in whole if one.part == "apart" and one.clause],
        "real": [one for one in told if one.part == "apart" and not one.clause],
    }
    _log.info("%s: %d train, %s", language, len(train), {name: len(ones) for name, ones in apart.items()})
    contrasts = pairs(corpus, language)
    with tempfile.TemporaryDirectory() as scratch:
        texts = [path.read_text("utf-8") for path in sorted((corpus / "texts").glob("*/*.txt"))]
        base = minilm() if language is Language.EN else korean_e5(texts, Path(scratch))
        kept = Kept(work / language / f"{corpus_digest(corpus, language)}{'-real' * bool(told)}", base)
        fusion, held_out = _fused(train, contrasts, kept)
        tuned = [kept.tuned(f"seed-{seed}", [*train, *contrasts], seed) for seed in SEEDS]
        shipped = tuned[0]
        recorded = {
            "corpus": corpus_digest(corpus, language),
            "real_text_trained": bool(told),
            "examples": {"train": len(train) + len(contrasts), **{name: len(ones) for name, ones in apart.items()}},
            "held out in training": held_out,
            "seeds": _over_seeds(tuned, fusion, apart),
            "shipped": {name: _measured(ones, _scores(shipped), fusion) for name, ones in apart.items() if ones},
            "baselines": baselines.figures([*train, *contrasts], apart, base, language),
        }
        folder = models / "claims" / language
        export(shipped, folder, name=NAMES[language], layer=LAYERS[language])
        fuse.write(fusion, folder / "fusion.json", "Made by `make models`; models/claims/README.md says how.")
        recorded["eight bit against whole"] = _rounding(shipped, folder, fusion, apart["composed"])
    (folder / "figures.json").write_text(json.dumps(recorded, indent=1) + "\n", "utf-8")
    _log.info("%s", json.dumps(recorded, indent=1))


@dataclass(frozen=True)
class Kept:
    """Networks fine-tuned from `base`, kept by name in a folder."""

    folder: Path
    base: Path

    def tuned(self, name: str, examples: Sequence[Example], seed: int) -> Tuned:
        """The network of that name, fine-tuned now if it is not there."""
        path = self.folder / f"{name}.safetensors"
        if path.exists():
            _log.info("%s: kept from before", name)
            return load(path, self.base)
        model = fine_tune(self.base, examples, seed=seed)
        self.folder.mkdir(parents=True, exist_ok=True)
        save(model, path)
        _log.info("%s: fine-tuned", name)
        return model


def _scores(model: Tuned) -> Scored:
    return lambda examples: model.scores([one.text for one in examples]).tolist()


def _fused(train: Sequence[Example], contrasts: Sequence[Example], kept: Kept) -> tuple[Fusion, dict[str, float]]:
    """The fusion, fitted on scores of networks that had not seen the document; and how it did there."""
    scores = np.zeros(len(train))
    for number, fold in enumerate(fuse.folds(train, FOLDS)):
        inside = set(fold)
        rest = [one for place, one in enumerate(train) if place not in inside]
        model = kept.tuned(f"fold-{number}", [*rest, *contrasts], number)
        scores[fold] = model.scores([train[place].text for place in fold])
    first = fuse.fit(train, scores.tolist(), version=VERSION, review=(0.5, 0.5))
    judged = [place for place, one in enumerate(train) if not one.clause]
    real_ones = [place for place in judged if train[place].family in REAL_FAMILIES]
    base_on = real_ones or judged
    fusion = fuse.calibrated(first, [train[place] for place in base_on], [scores[place] for place in base_on])
    chances = [fusion.probability(scores[place], train[place].features or {}) for place in base_on]
    band = float(np.quantile(np.abs(np.array(chances) - 0.5), 0.15))
    fusion = Fusion(fusion.bias, fusion.encoder, fusion.weights, VERSION, (round(0.5 - band, 3), round(0.5 + band, 3)))
    held_out = {
        "encoder alone": macro_f1([train[p].assessment for p in judged], [scores[p] > 0 for p in judged]),
        "fused": _macro([train[p] for p in judged], [scores[p] for p in judged], fusion),
    }
    if real_ones:
        held_out["encoder alone, real text"] = macro_f1(
            [train[p].assessment for p in real_ones], [scores[p] > 0 for p in real_ones]
        )
        held_out["fused, real text"] = _macro([train[p] for p in real_ones], [scores[p] for p in real_ones], fusion)
    _log.info("held out: %s", held_out)
    return fusion, held_out


REAL_FAMILIES = frozenset(("odni_ata", "nss", "cia_factbook", "wikinews", "meantime_en"))


def _macro(examples: Sequence[Example], scores: Sequence[float], fusion: Fusion) -> float:
    found = [fusion.probability(score, one.features or {}) >= 0.5 for one, score in zip(examples, scores, strict=True)]
    return macro_f1([one.assessment for one in examples], found)


def _measured(examples: Sequence[Example], scored: Scored, fusion: Fusion) -> dict[str, float]:
    scores = scored(examples)
    gold = [one.assessment for one in examples]
    chances = [fusion.probability(score, one.features or {}) for one, score in zip(examples, scores, strict=True)]
    sure = surest(chances)
    return {
        "macro-F1": macro_f1(gold, [chance >= 0.5 for chance in chances]),
        "macro-F1, encoder alone": macro_f1(gold, [score > 0 for score in scores]),
        "macro-F1, the surest 85 %": macro_f1([gold[p] for p in sure], [chances[p] >= 0.5 for p in sure]),
        "calibration error": calibration_error(gold, chances),
    }


def _over_seeds(tuned: Sequence[Tuned], fusion: Fusion, apart: dict[str, list[Example]]) -> dict[str, dict[str, float]]:
    """Mean and standard deviation over the seeds."""
    found: dict[str, dict[str, float]] = {}
    for name, ones in apart.items():
        if ones:
            each = [_measured(ones, _scores(model), fusion) for model in tuned]
            found[name] = {figure: fmean(one[figure] for one in each) for figure in each[0]}
            found[name]["macro-F1, spread"] = stdev(one["macro-F1"] for one in each)
    return found


def _rounding(model: Tuned, folder: Path, fusion: Fusion, examples: Sequence[Example]) -> dict[str, float]:
    """Macro-F1 with whole weights less that with weights of eight bits."""
    load_encoder.cache_clear()
    texts = [one.text for one in examples]
    eight = load_encoder(folder).scores(texts).tolist()
    return {
        "macro-F1, whole": _macro(examples, model.scores(texts).tolist(), fusion),
        "macro-F1, eight bit": _macro(examples, eight, fusion),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("models", type=Path)
    parser.add_argument("--real", type=Path, help="folder with the real text that corpus/claims/real points into")
    parser.add_argument("--work", type=Path, default=Path(".make/models"), help="folder for networks on the way")
    parser.add_argument("--language", choices=("en", "ko"), action="append")
    told = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    for language in told.language or ("en", "ko"):
        begun = time.monotonic()
        make(Language(language), told.corpus, told.models, told.real, told.work)
        _log.info("%s took %.0f s", language, time.monotonic() - begun)
    return 0


if __name__ == "__main__":
    sys.exit(main())
