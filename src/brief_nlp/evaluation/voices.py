"""Speakers against the passages of `corpus/tagging/voices`, whose sentences tell whose they are.

A passage is a file: a header with title, genre and date, an empty line, then one sentence a line behind its source
and a tab. A source is `author`, or a speaker, or a chain of speakers parted by ` > `, outermost first. Empty lines
part paragraphs.

    python -m brief_nlp.evaluation.voices corpus    # what the tool gets wrong in them
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from brief_nlp.evaluation.scores import Score
from brief_nlp.evaluation.sources import Read, counted, read_sources, rows, same_speaker
from brief_nlp.schema import AUTHOR, Language
from brief_nlp.training.texts import Sentence

CHAIN = " > "
_HEADER = ("title", "genre", "published")


class Voiced(NamedTuple):
    """A passage: its sentences, and the source of each, outermost speaker first."""

    name: str
    language: Language
    sentences: tuple[Sentence, ...]
    sources: tuple[tuple[str, ...], ...]


def read_voiced(path: Path) -> Voiced:
    """A passage from its file. Raises `ValueError` where the file is not as described above."""
    header, _, body = path.read_text("utf-8").partition("\n\n")
    keys = {line.partition(": ")[0] for line in header.splitlines()}
    if missing := [key for key in _HEADER if key not in keys]:
        raise ValueError(f"{path.name}: header lacks {', '.join(missing)}")
    sentences: list[Sentence] = []
    sources: list[tuple[str, ...]] = []
    paragraph = 0
    for number, line in enumerate(body.splitlines(), header.count("\n") + 3):
        if not line:
            paragraph += 1
            continue
        source, tab, words = line.partition("\t")
        if not tab or not source or words != words.strip() or not words:
            raise ValueError(f"{path.name} line {number}: no source, tab and sentence")
        sentences.append(Sentence(line=number, paragraph=paragraph, text=words, heading=False))
        sources.append(tuple(source.split(CHAIN)))
    return Voiced(path.stem, Language(path.parent.name), tuple(sentences), tuple(sources))


def read_voices(corpus: Path) -> Iterator[Voiced]:
    """Every passage, in order of language and name."""
    return map(read_voiced, sorted((corpus / "tagging" / "voices").glob("*/*.txt")))


def voice_scores(corpus: Path) -> list[Score]:
    """As for the labels of the composed texts; these passages have been tuned on after their first score."""
    counts: dict[str, Counter[str]] = {}
    for voiced in read_voices(corpus):
        read = read_sources(voiced.sentences, voiced.language)
        counts.setdefault(voiced.language, Counter()).update(counted(read, voiced.sources))
    found: list[Score] = []
    for language, count in sorted(counts.items()):
        found += rows(f"sources {language} voices", count)
    return found


def _wrong(voiced: Voiced, read: Read) -> Iterator[str]:
    for sentence, wanted, chain in zip(voiced.sentences, voiced.sources, read.chains, strict=True):
        gold, other = wanted != ("author",), chain != (AUTHOR,)
        if gold != other or (gold and not same_speaker(wanted[0], chain[0], read.text, read.entities)):
            found = CHAIN.join(speaker.name for speaker in chain)
            yield f"{voiced.name}:{sentence.line} {CHAIN.join(wanted)!r}, found {found!r}: {sentence.text}"


def main(arguments: Sequence[str]) -> int:
    """Print what the tool gets wrong."""
    for voiced in read_voices(Path(arguments[0])):
        for line in _wrong(voiced, read_sources(voiced.sentences, voiced.language)):
            print(line)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
