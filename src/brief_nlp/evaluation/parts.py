"""The parts that `brief-nlp evaluate` knows, each a list of figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from brief_nlp.evaluation.scores import Score, corpus_folder, samples_folder, shared_folder

PARTS = ("job", "reading", "tagging", "claims", "store")


def scores_of(parts: Sequence[str]) -> tuple[list[Score], list[str]]:
    """(figures, what was skipped and why). Gold beside the checkout is used where it is there."""
    scores: list[Score] = []
    skipped: list[str] = []
    for part in parts:
        module = import_module(f"brief_nlp.evaluation.{part}")
        unmeasured: Callable[[], list[str]] = getattr(module, "skipped", list)
        skipped.extend(unmeasured())
        for name, folder, needed in (
            ("scores", shared_folder(), "the measuring data beside the checkout (or $BRIEF_NLP_SHARED)"),
            ("sample_scores", samples_folder(), "the sample briefs of a checkout"),
            ("corpus_scores", corpus_folder(), "the corpus of a checkout"),
        ):
            measure: Callable[[Path], list[Score]] | None = getattr(module, name, None)
            if measure is None:
                continue
            if folder is None:
                skipped.append(f"{part}: needs {needed}")
            else:
                scores.extend(measure(folder))
    return scores, skipped
