"""Speakers against the labels of the composed texts: whether somebody else speaks, and who."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from brief_nlp.evaluation.scores import F1, Score
from brief_nlp.schema import AUTHOR, Entity, Language, Speaker
from brief_nlp.tagging.attribution import Passage, sources_of_passages
from brief_nlp.tagging.entities import find_entities
from brief_nlp.tagging.gazetteer import load_gazetteer
from brief_nlp.tagging.names import spans_of_model
from brief_nlp.training.texts import Labelled, Sentence, Text, read_corpus

_ORDER = ("tuned", "apart", "later")
_ARTICLE = re.compile(r"^(?:the|a|an) ")


def source_scores(corpus: Path) -> list[Score]:
    """F1 of sentences with another's voice, and how often the source is right: the writer, or the outermost speaker.

    The rules were tuned on some of the texts, by `tagging/parts.json`; nobody tuned on those apart and later ones.
    """
    parts = json.loads((corpus / "tagging" / "parts.json").read_text("utf-8"))
    named = dict.fromkeys(parts["speakers"], "tuned") | dict.fromkeys(parts["speakers_later"], "later")
    counts: dict[tuple[str, str], Counter[str]] = {}
    for text, labels in read_corpus(corpus):
        counts.setdefault((text.language, named.get(text.name, "apart")), Counter()).update(_counts(text, labels))
    found: list[Score] = []
    for (language, part), count in sorted(counts.items(), key=lambda item: (item[0][0], _ORDER.index(item[0][1]))):
        found += rows(f"sources {language} {part}", count)
    return found


def rows(lead: str, count: Counter[str]) -> list[Score]:
    """The figures of counted claims: how many are another's (`gold`), were found so (`found`), both, named right."""
    f1 = F1(count["both"], count["found"], count["gold"])
    detail = f"precision {f1.precision:.3f}, recall {f1.recall:.3f}, of {count['claims']} claims"
    own = count["claims"] - count["gold"] - count["found"] + count["both"]  # the writer's, and found so
    return [
        Score(f"{lead}: another's voice, F1", f1.f1, detail=detail),
        Score(f"{lead}: outermost speaker right, of those found", count["named"] / max(1, count["both"])),
        Score(f"{lead}: source right, of all claims", (count["named"] + own) / count["claims"]),
    ]


def _counts(text: Text, labels: tuple[Labelled, ...]) -> Counter[str]:
    wanted = {label.line: label.source for label in labels if label.label != "none"}
    read = read_sources(text.sentences, Language(text.language))
    return counted(read, [wanted.get(sentence.line) for sentence in read.sentences])


def counted(read: Read, wanted: Sequence[Sequence[str] | None]) -> Counter[str]:
    """What `rows` tells of; `wanted` is the source of each sentence, None where it makes no claim."""
    count = Counter[str]()
    for source, chain in zip(wanted, read.chains, strict=True):
        if source is not None:
            gold, other = tuple(source) != ("author",), chain != (AUTHOR,)
            named = gold and other and same_speaker(source[0], chain[0], read.text, read.entities)
            count.update(claims=1, gold=gold, found=other, both=gold and other, named=named)
    return count


class Read(NamedTuple):
    """A composed text as the tool reads it: its sentences without headings, their chains, the names of the whole."""

    text: str
    sentences: tuple[Sentence, ...]
    chains: tuple[tuple[Speaker, ...], ...]
    entities: tuple[Entity, ...]


def read_sources(sentences: Sequence[Sentence], language: Language) -> Read:
    """The source of each sentence of a text, paragraph by paragraph as in a document."""
    text, paragraphs, follows = "", [], []
    heading = True
    for place, group in itertools.groupby(sentences, key=lambda sentence: (sentence.paragraph, sentence.heading)):
        if place[1]:
            heading = True
            continue
        spans: list[tuple[int, int]] = []
        for sentence in group:
            text += ("" if not text else " ") if spans else ("\n" if text else "")
            spans.append((len(text), len(text) + len(sentence.text)))
            text += sentence.text
        paragraphs.append(spans)
        follows.append(not heading)
        heading = False
    pieces = [(text[spans[0][0] : spans[-1][1]], spans[0][0]) for spans in paragraphs]
    model = spans_of_model(pieces) if language is Language.EN else ()
    entities = find_entities(text, language=language, gazetteer=load_gazetteer(), model_spans=model)
    passages = [
        Passage(spans, [e for e in entities if spans[0][0] <= e.start and e.end <= spans[-1][1]], goes_on)
        for spans, goes_on in zip(paragraphs, follows, strict=True)
    ]
    chains = sources_of_passages(text, passages, language=language)
    body = tuple(sentence for sentence in sentences if not sentence.heading)
    return Read(text, body, tuple(itertools.chain.from_iterable(chains)), entities)


def same_speaker(wanted: str, found: Speaker, words: str, entities: tuple[Entity, ...]) -> bool:
    """Whether two names mean one speaker: as written, by the canonical name, or by a mention with the same identity."""
    written = words[found.start : found.end] if found.start is not None and found.end is not None else ""
    names = {
        found.name,
        written,
        *(e.text for e in entities if e.canonical_id and e.canonical_id == found.canonical_id),
    }
    plain = _plain(wanted)
    return any(plain in _plain(name) or (len(name) > 2 and _plain(name) in plain) for name in names if name)


def _plain(name: str) -> str:
    return _ARTICLE.sub("", name.lower().replace("’", "'")).strip(" .,")
