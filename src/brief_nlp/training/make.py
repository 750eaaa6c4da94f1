"""Making the classifiers of claims anew: fine-tune, fuse, calibrate, measure, export.

python -m brief_nlp.training.make corpus models --real ../shared/data
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, stdev
from typing import NamedTuple

import numpy as np

from brief_nlp.claims.encoder import read_encoder
from brief_nlp.claims.fusion import Fusion, load_fusion
from brief_nlp.errors import BriefError
from brief_nlp.schema import Language
from brief_nlp.training import baselines, fuse
from brief_nlp.training.bases import minilm, multilingual_e5
from brief_nlp.training.examples import Example, composed, pairs, real
from brief_nlp.training.figures import calibration_error, corpus_digest, macro_f1, surest
from brief_nlp.training.finetune import Tuned, export, fine_tune, load, save

FOLDS = 2
SEEDS = (0, 1, 2)
VERSION = "2"
LAYER = 6  # whose vectors `brief-nlp compare` uses
NAME = "e5"
PROBED = 1500  # training sentences by which the export sets the scales of eight bits
_log = logging.getLogger("make")

Scored = Callable[[Sequence[Example]], list[float]]


class Taught(NamedTuple):
    """What one language has: examples to learn from, contrast pairs, and by kind of text what is kept apart."""

    train: list[Example]
    contrasts: list[Example]
    apart: dict[str, list[Example]]


def make(corpus: Path, models: Path, data: Path | None, work: Path, seeds: Sequence[int]) -> None:
    """Make the encoder, and for each language a fusion and figures. Real text trains where `data` is given.

    What was fine-tuned is kept in `work`, so that a run that was broken off goes on from there.
    """
    taught = {language: _taught(language, corpus, data) for language in Language}
    lessons = [one for part in taught.values() for one in (*part.train, *part.contrasts)]
    digests = {language: corpus_digest(corpus, language) for language in Language}
    with tempfile.TemporaryDirectory() as scratch:
        base = multilingual_e5(_texts(corpus, data), Path(scratch))
        kept = Kept(work / _work(corpus, data), base)
        fusions, held_out = _fused(taught, kept)
        tuned = [kept.tuned(f"seed-{seed}", lessons, seed) for seed in seeds]
        shipped = tuned[0]
        probe = [one.text for one in lessons[:: max(1, len(lessons) // PROBED)]]
        export(shipped, models / "claims" / "encoder", name=NAME, layer=LAYER, probe=probe)
        eight = _eight_bit(models)
        for language, part in taught.items():
            fusion, folder = fusions[language], models / "claims" / language
            folder.mkdir(parents=True, exist_ok=True)
            fuse.write(fusion, folder / "fusion.json", "Made by `make models`; models/claims/README.md says how.")
            recorded = {
                "corpus": digests[language],
                "real_text_trained": bool(data),
                "examples": {"train": len(lessons), **{name: len(ones) for name, ones in part.apart.items()}},
                "held out in training": held_out[language],
                "seeds": _over_seeds([_scores(model) for model in tuned], fusion, part.apart),
                "shipped": _each(_scores(shipped), fusion, part.apart),
                "baselines": baselines.figures(
                    [*part.train, *part.contrasts], part.apart, minilm() if language is Language.EN else base, language
                ),
                "eight bit against whole": {
                    "macro-F1, whole": _measured(part.apart["composed"], _scores(shipped), fusion)["macro-F1"],
                    "macro-F1, eight bit": _measured(part.apart["composed"], eight, fusion)["macro-F1"],
                },
            }
            _write(folder / "figures.json", recorded)


def measure_anew(corpus: Path, models: Path, data: Path | None, work: Path, seeds: Sequence[int]) -> None:
    """Measure what is shipped, and networks of the other seeds beside it, and write that into its figures.

    The first seed is taken to be that of the shipped network, which counts as it is served. What needs the networks
    that the fusion was fitted on, and the figures of baselines, are left as they are.
    """
    folders = {language: models / "claims" / language for language in Language}
    known = {language: json.loads((folder / "figures.json").read_text("utf-8")) for language, folder in folders.items()}
    for language, recorded in known.items():
        if recorded["corpus"] != corpus_digest(corpus, language):  # told before an hour of fine-tuning
            raise BriefError(f"{folders[language]}: made from another corpus.", "Make the models anew: make models.")
    taught = {language: _taught(language, corpus, data) for language in Language}
    lessons = [one for part in taught.values() for one in (*part.train, *part.contrasts)]
    with tempfile.TemporaryDirectory() as scratch:
        kept = Kept(work / _work(corpus, data), multilingual_e5(_texts(corpus, data), Path(scratch)))
        others = [_scores(kept.tuned(f"seed-{seed}", lessons, seed)) for seed in seeds[1:]]
    eight = _eight_bit(models)
    for language, part in taught.items():
        recorded, fusion = known[language], load_fusion(folders[language] / "fusion.json")
        recorded["seeds"] = _over_seeds([eight, *others], fusion, part.apart)
        recorded["shipped"] = _each(eight, fusion, part.apart)
        rounded = recorded["eight bit against whole"]
        rounded["macro-F1, eight bit"] = recorded["shipped"]["composed"]["macro-F1"]
        _write(folders[language] / "figures.json", recorded)


def _write(path: Path, recorded: object) -> None:
    path.write_text(json.dumps(recorded, indent=1) + "\n", "utf-8")
    _log.info("%s: %s", path, json.dumps(recorded, indent=1))


def _work(corpus: Path, data: Path | None) -> str:
    """The name of the folder of networks that were tuned on this corpus."""
    return "-".join(corpus_digest(corpus, language) for language in Language) + "-real" * bool(data)


def _eight_bit(models: Path) -> Scored:
    """The network as it is served."""
    encoder = read_encoder(models / "claims" / "encoder")
    return lambda examples: encoder.scores([one.text for one in examples]).tolist()


def _taught(language: Language, corpus: Path, data: Path | None) -> Taught:
    whole = composed(corpus, language)
    told = real(corpus, data) if data and language is Language.EN else []
    apart = {
        "composed": [one for one in whole if one.part == "apart" and not one.clause],
        "clauses": [one for one in whole if one.part == "apart" and one.clause],
        "real": [one for one in told if one.part == "apart" and not one.clause],
    }
    train = [one for one in [*whole, *told] if one.part == "train"]
    _log.info("%s: %d train, %s", language, len(train), {name: len(ones) for name, ones in apart.items()})
    return Taught(train, pairs(corpus, language), apart)


def _texts(corpus: Path, data: Path | None) -> list[str]:
    """The texts whose pieces of words the encoder must know."""
    found = sorted((corpus / "texts").glob("*/*.txt"))
    return [path.read_text("utf-8") for path in [*found, *(sorted((data / "real").rglob("*.txt")) if data else [])]]


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


def _fused(
    taught: Mapping[Language, Taught], kept: Kept
) -> tuple[dict[Language, Fusion], dict[Language, dict[str, float]]]:
    """The fusion of each language, fitted on scores of networks that had not seen the document, and its figures."""
    train = [one for part in taught.values() for one in part.train]
    contrasts = [one for part in taught.values() for one in part.contrasts]

    def tuned(number: int, rest: Sequence[Example], _: Sequence[Example]) -> fuse.Scores:
        return kept.tuned(f"fold-{number}", [*rest, *contrasts], number).scores

    scores = fuse.unseen(train, FOLDS, tuned)
    fusions, held_out, begun = {}, {}, 0
    for language, part in taught.items():
        own = scores[begun : begun + len(part.train)]
        fusions[language], held_out[language] = _fitted(part.train, own)
        begun += len(part.train)
    return fusions, held_out


def _fitted(train: Sequence[Example], scores: np.ndarray) -> tuple[Fusion, dict[str, float]]:
    """The fusion that does best on these scores: with the rules, or of the encoder alone where they do not help."""
    judged = [place for place, one in enumerate(train) if not one.clause]
    real_ones = [place for place in judged if train[place].family in REAL_FAMILIES]
    base_on = real_ones or judged
    known, told = [train[place] for place in base_on], [scores[place] for place in base_on]
    tried = {
        "with rules": fuse.fit(train, scores.tolist(), version=VERSION, review=(0.5, 0.5)),
        "encoder alone": Fusion(0.0, 1.0, {}, VERSION, (0.5, 0.5)),
    }
    fusion, of_each = fuse.fitted(tried, known, told)
    ablation = {f"{name}, calibrated": value for name, value in of_each.items()}
    held_out = {
        **ablation,
        "encoder alone": macro_f1([train[p].assessment for p in judged], [scores[p] > 0 for p in judged]),
        "as shipped": fuse.macro([train[p] for p in judged], [scores[p] for p in judged], fusion),
    }
    if real_ones:
        held_out["encoder alone, real text"] = macro_f1(
            [train[p].assessment for p in real_ones], [scores[p] > 0 for p in real_ones]
        )
        held_out["as shipped, real text"] = fuse.macro(
            [train[p] for p in real_ones], [scores[p] for p in real_ones], fusion
        )
    _log.info("held out: %s", held_out)
    return fusion, held_out


REAL_FAMILIES = frozenset(("odni_ata", "nss", "cia_factbook", "wikinews", "meantime_en"))


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


def _each(scored: Scored, fusion: Fusion, apart: Mapping[str, list[Example]]) -> dict[str, dict[str, float]]:
    return {name: _measured(ones, scored, fusion) for name, ones in apart.items() if ones}


def _over_seeds(
    networks: Sequence[Scored], fusion: Fusion, apart: Mapping[str, list[Example]]
) -> dict[str, dict[str, float]]:
    """Mean over the networks, and the standard deviation of macro-F1."""
    measured = [_each(scored, fusion, apart) for scored in networks]
    found: dict[str, dict[str, float]] = {}
    for name in measured[0]:
        each = [one[name] for one in measured]
        found[name] = {figure: fmean(one[figure] for one in each) for figure in each[0]}
        found[name]["macro-F1, spread"] = stdev(one["macro-F1"] for one in each) if len(each) > 1 else 0.0
        found[name]["seeds"] = len(each)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("models", type=Path)
    parser.add_argument("--real", type=Path, help="folder with the real text that corpus/claims/real points into")
    parser.add_argument("--work", type=Path, default=Path(".make/models"), help="folder for networks on the way")
    parser.add_argument("--seeds", type=int, default=len(SEEDS), help="how many networks the figures are over")
    parser.add_argument("--measure", action="store_true", help="make nothing: measure what is shipped, and other seeds")
    told = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    begun = time.monotonic()
    run = measure_anew if told.measure else make
    try:
        run(told.corpus, told.models, told.real, told.work, SEEDS[: told.seeds])
    except BriefError as error:
        parser.exit(1, f"{error}\n")
    _log.info("took %.0f s", time.monotonic() - begun)
    return 0


if __name__ == "__main__":
    sys.exit(main())
