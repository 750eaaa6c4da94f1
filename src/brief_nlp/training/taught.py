"""What came of teaching: the record that is printed and written, and the model card beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from brief_nlp.schema import Language
from brief_nlp.training.before_after import Comparison, as_json, sentence

NAMES = {Language.EN: "English", Language.KO: "Korean"}


@dataclass(frozen=True)
class Counted:
    """Verdicts by what became of them."""

    reviewers: int
    train: int
    held_out: int
    differing: int  # claims left out: their reviewers differ
    unlabelled: int  # claims left out: rejected, or without a label
    orphaned: int  # used by their own words: the claim is gone
    known: int  # left out: the shipped model was trained on these words
    twice: int  # left out of training: the same words are held out
    other_languages: int  # left out: their language has too few

    @property
    def used(self) -> int:
        """Those that train or score."""
        return self.train + self.held_out


@dataclass(frozen=True)
class Unlearnt:
    """Macro F1 on the composed documents that train nothing: whether old knowledge was lost."""

    sentences: int
    before: float
    after: float


@dataclass(frozen=True)
class Report:
    """All that is told of a taught model."""

    folder: Path
    version: str
    made_at: datetime
    seconds: float
    seed: int
    counted: Counted
    corpus: Mapping[Language, str]  # digests
    replayed: int  # sentences of the corpus that trained along
    left_out: int  # sentences of the corpus that did not: the same words are held out
    not_taught: Mapping[Language, str]
    compared: Mapping[Language, Comparison]
    composed: Mapping[Language, Unlearnt]
    fusions: Mapping[Language, Mapping[str, float]]

    @property
    def sentences(self) -> list[str]:
        """The outcome in words, one a language."""
        said = [sentence(NAMES[language], found) for language, found in self.compared.items()]
        return said + [
            f"{NAMES[language]}: too few verdicts ({why}); the shipped model goes on being used."
            for language, why in self.not_taught.items()
        ]

    @property
    def use(self) -> str:
        """What to run to use the model."""
        return f"brief-nlp run … --classifier {self.folder}"

    def body(self) -> dict[str, Any]:
        """The record as JSON."""
        return {
            "folder": str(self.folder),
            "version": self.version,
            "made_at": self.made_at.isoformat(timespec="seconds"),
            "seconds": round(self.seconds),
            "seed": self.seed,
            "verdicts": {"used": self.counted.used, **self.counted.__dict__},
            "corpus": {
                "digests": dict(self.corpus),
                "trained along": self.replayed,
                "left out, since held out": self.left_out,
            },
            "not taught": dict(self.not_taught),
            "held-out verdicts": {language: as_json(found) for language, found in self.compared.items()},
            "composed documents apart, macro F1": {
                language: {"sentences": one.sentences, "before": round(one.before, 4), "after": round(one.after, 4)}
                for language, one in self.composed.items()
            },
            "fusions on training folds, macro F1": {
                language: {name: round(value, 4) for name, value in each.items()}
                for language, each in self.fusions.items()
            },
            "outcome": self.sentences,
            "use": self.use,
        }

    def write(self, folder: Path) -> None:
        """Write `figures.json` and the model card."""
        figures = json.dumps(self.body(), ensure_ascii=False, indent=1)
        (folder / "figures.json").write_text(figures + "\n", "utf-8")
        (folder / "README.md").write_text(self.card(), "utf-8")

    def card(self) -> str:
        """The model card."""
        counted = self.counted
        taught = " and ".join(NAMES[language] for language in self.compared)
        digests = ", ".join(f"{language} `{digest}`" for language, digest in self.corpus.items())
        outcome = "\n".join(f"- {line}" for line in self.sentences)
        return f"""# Model card: fact or assessment, taught by verdicts

Taught by {counted.used} verdicts of {counted.reviewers} reviewer{"" if counted.reviewers == 1 else "s"} on
{self.made_at:%Y-%m-%d}: {counted.train} trained it, {counted.held_out} of other documents scored it. It goes on from
the encoder that brief-nlp ships and judges {taught}. Version `{self.version}`, corpus {digests}, seed {self.seed}.

{outcome}

`model.onnx`, `tokenizer.json`, `config.json`: the encoder. A folder a language with `fusion.json`: weights of encoder
and rules, calibrated on training documents by networks that had not seen them. `figures.json`: every figure and count.

To use it: `{self.use}`.

**Not fit for**
- feeding a database without review: claims in the band of doubt are marked, but some errors are made with confidence;
- readers who label by other habits: it repeats those of its reviewers, their errors among them;
- verdicts that were accepted in bulk tell what the shipped model thinks, and a figure on such verdicts flatters it;
- other languages, other genres (fiction, social media), single words or headings; saying whether a claim is true;
- being passed on without a thought: it was trained on sentences of the documents that were reviewed.
"""
