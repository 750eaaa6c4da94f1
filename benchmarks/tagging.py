"""The tagging pass beside `en_core_web_sm` with all its components, on the same texts, in one run.

    python benchmarks/tagging.py [TEXTS [REPETITIONS]]

The texts are those of `corpus/texts/en`, repeated up to the number asked for. One core: BLAS is held to one thread.
"""

from __future__ import annotations

import os

os.environ.update({"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"})

import itertools
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from brief_nlp.schema import Language
from brief_nlp.tagging.attribution import find_sources
from brief_nlp.tagging.dates import find_dates
from brief_nlp.tagging.entities import find_entities
from brief_nlp.tagging.gazetteer import load_gazetteer
from brief_nlp.tagging.names import spans_of_model
from brief_nlp.tagging.pipeline import model_name
from brief_nlp.tagging.quantities import find_quantities
from brief_nlp.tagging.sentences import split_sentences
from brief_nlp.training.texts import read_text

TEXTS = Path(__file__).resolve().parents[1] / "corpus" / "texts" / "en"
EN = Language.EN


def texts(count: int) -> list[str]:
    """As many texts."""
    own = [" ".join(one.text for one in read_text(path).sentences) for path in sorted(TEXTS.glob("*.txt"))]
    return list(itertools.islice(itertools.cycle(own), count))


def measure(work: Callable[[str], object], pieces: list[str], repetitions: int) -> float:
    """Median milliseconds a text."""
    taken = []
    for _ in range(repetitions):
        start = time.perf_counter()
        for piece in pieces:
            work(piece)
        taken.append(1000 * (time.perf_counter() - start) / len(pieces))
    return statistics.median(taken)


def main() -> None:
    """Print the table."""
    pieces = texts(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
    repetitions = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    whole = spacy.load(model_name() or "en_core_web_sm")
    gazetteer = load_gazetteer()
    spans_of_model([(pieces[0], 0)])
    dates = {piece: find_dates(piece, language=EN) for piece in pieces}
    spans = {piece: spans_of_model([(piece, 0)]) for piece in pieces}
    named = {piece: find_entities(piece, language=EN, gazetteer=gazetteer) for piece in pieces}

    def sources(piece: str) -> None:
        find_sources(
            piece, list(split_sentences(piece, 0, len(piece), language=EN)), language=EN, entities=named[piece]
        )

    steps: dict[str, Callable[[str], object]] = {
        "names by the model (tok2vec, ner)": lambda piece: spans_of_model([(piece, 0)]),
        "names by gazetteer and rules": lambda piece: find_entities(
            piece, language=EN, gazetteer=gazetteer, model_spans=spans[piece]
        ),
        "dates": lambda piece: find_dates(piece, language=EN, published="2024-02-10"),
        "figures": lambda piece: find_quantities(piece, language=EN, dates=dates[piece]),
        "sources (sentences with a cue are parsed)": sources,
    }
    sources(pieces[0])
    peer = measure(whole, pieces, repetitions)
    times = {name: measure(work, pieces, repetitions) for name, work in steps.items()}
    total = sum(times.values())
    print(f"{len(pieces)} texts, {sum(map(len, pieces)) // len(pieces)} characters each\n")
    print("| step | ms a text | × en_core_web_sm |\n|---|---|---|")
    for name, value in [("en_core_web_sm, all components", peer), *times.items(), ("the tagging pass", total)]:
        print(f"| {name} | {value:.1f} | {value / peer:.2f} |")


if __name__ == "__main__":
    main()
