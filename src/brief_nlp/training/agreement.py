"""How far two blind labellings of the same texts agree, by Cohen's kappa.

python -m brief_nlp.training.agreement corpus
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from brief_nlp.agreement import kappa
from brief_nlp.training.texts import Labelled, read_labels, read_text


def twice_labelled(corpus: Path, language: str) -> Iterator[tuple[Labelled, Labelled]]:
    """(first, second) label of each sentence that was labelled twice."""
    for path in sorted((corpus / "claims" / "second" / language).glob("*.jsonl")):
        text = read_text(corpus / "texts" / language / f"{path.stem}.txt")
        first = {label.line: label for label in read_labels(corpus / "claims" / language / path.name, text)}
        yield from ((first[label.line], label) for label in read_labels(path, text))


def real_twice_labelled(corpus: Path) -> list[tuple[str, str]]:
    """(first, second) label of each sentence of real text that was labelled twice."""
    first, second = (
        {(row["file"], row["start"]): row["label"] for row in map(json.loads, path.read_text("utf-8").splitlines())}
        for path in (corpus / "claims" / "real" / "en.jsonl", corpus / "claims" / "second" / "real" / "en.jsonl")
    )
    return [(first[place], label) for place, label in second.items()]


def main(arguments: Sequence[str]) -> None:
    """Print agreement by language, and on real text."""
    corpus = Path(arguments[0])
    for language in ("en", "ko"):
        pairs = list(twice_labelled(corpus, language))
        mixed = [(str(one.mixed), str(other.mixed)) for one, other in pairs if "none" not in (one.label, other.label)]
        print(f"{_told(language, [(one.label, other.label) for one, other in pairs])}, {_figure(mixed)} (mixed)")  # noqa: T201
    print(_told("real text, en", real_twice_labelled(corpus)))  # noqa: T201


def _figure(pairs: Sequence[tuple[str, str]]) -> str:
    found = kappa(pairs)
    return "none to tell" if found is None else f"{found:.3f}"


def _told(name: str, pairs: Sequence[tuple[str, str]]) -> str:
    claims = [pair for pair in pairs if "none" not in pair]
    all_labels = f"{len(pairs)} sentences, kappa {_figure(pairs)} (fact, assessment, none)"
    return f"{name}: {all_labels}, {_figure(claims)} (fact, assessment)"


if __name__ == "__main__":
    main(sys.argv[1:])
