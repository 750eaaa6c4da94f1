"""Speakers against the labels of the composed texts: whether somebody else speaks, and who."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from pathlib import Path

from brief_nlp.evaluation.scores import F1, Score
from brief_nlp.schema import AUTHOR, Entity, Language, Speaker
from brief_nlp.tagging.attribution import find_sources
from brief_nlp.tagging.entities import find_entities
from brief_nlp.tagging.gazetteer import load_gazetteer
from brief_nlp.tagging.names import spans_of_model
from brief_nlp.training.texts import Labelled, Sentence, Text, read_corpus

_ORDER = ("tuned", "apart", "later")
_ARTICLE = re.compile(r"^(?:the|a|an) ")


def source_scores(corpus: Path) -> list[Score]:
    """F1 of sentences with another's voice, and the share of these whose outermost speaker is right.

    The rules were tuned on some of the texts, by `tagging/parts.json`; nobody tuned on those apart and later ones.
    """
    parts = json.loads((corpus / "tagging" / "parts.json").read_text("utf-8"))
    named = dict.fromkeys(parts["speakers"], "tuned") | dict.fromkeys(parts["speakers_later"], "later")
    counts: dict[tuple[str, str], Counter[str]] = {}
    for text, labels in read_corpus(corpus):
        counts.setdefault((text.language, named.get(text.name, "apart")), Counter()).update(_counts(text, labels))
    found: list[Score] = []
    for (language, part), count in sorted(counts.items(), key=lambda item: (item[0][0], _ORDER.index(item[0][1]))):
        f1 = F1(count["both"], count["found"], count["gold"])
        right = count["named"] / max(1, count["both"])
        detail = f"precision {f1.precision:.3f}, recall {f1.recall:.3f}, of {count['claims']} claims"
        found.append(Score(f"sources {language} {part}: another's voice, F1", f1.f1, detail=detail))
        found.append(Score(f"sources {language} {part}: outermost speaker right, of those found", right))
    return found


def _counts(text: Text, labels: tuple[Labelled, ...]) -> Counter[str]:
    count = Counter[str]()
    wanted = {label.line: label for label in labels if label.label != "none"}
    body = [sentence for sentence in text.sentences if not sentence.heading]
    for _, group in itertools.groupby(body, key=lambda sentence: sentence.paragraph):
        paragraph = list(group)
        words, chains, entities = _read(paragraph, Language(text.language))
        for sentence, chain in zip(paragraph, chains, strict=True):
            label = wanted.get(sentence.line)
            if label is None:
                continue
            gold, other = label.source != ("author",), chain != (AUTHOR,)
            named = gold and other and _same(label.source[0], chain[0], words, entities)
            count.update(claims=1, gold=gold, found=other, both=gold and other, named=named)
    return count


def _read(paragraph: list[Sentence], language: Language) -> tuple[str, list[tuple[Speaker, ...]], tuple[Entity, ...]]:
    words = " ".join(sentence.text for sentence in paragraph)
    ends = list(itertools.accumulate(len(sentence.text) + 1 for sentence in paragraph))
    spans = [(end - 1 - len(sentence.text), end - 1) for end, sentence in zip(ends, paragraph, strict=True)]
    model = spans_of_model([(words, 0)]) if language is Language.EN else ()
    entities = find_entities(words, language=language, gazetteer=load_gazetteer(), model_spans=model)
    return words, find_sources(words, spans, language=language, entities=entities), entities


def _same(wanted: str, found: Speaker, words: str, entities: tuple[Entity, ...]) -> bool:
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
