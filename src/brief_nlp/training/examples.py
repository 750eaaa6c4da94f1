"""What a classifier of claims learns from and is judged on: sentences and clauses with labels and features."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from brief_nlp.claims.classifier import Classifier, read
from brief_nlp.claims.cues import find_cues
from brief_nlp.claims.features import features
from brief_nlp.schema import AssessmentKind, Entity, Language
from brief_nlp.tagging.entities import find_entities
from brief_nlp.tagging.gazetteer import load_gazetteer
from brief_nlp.tagging.names import spans_of_model
from brief_nlp.tagging.sentences import split_sentences
from brief_nlp.training.meantime import articles
from brief_nlp.training.texts import Labelled, Text, read_corpus

Part = Literal["train", "apart"]


@dataclass(frozen=True)
class Example:
    """A sentence or clause, whether it is an assessment, and where it comes from."""

    text: str
    assessment: bool
    document: str
    family: str  # the genres that one kind of document belongs to: brief, wire, opinion …
    part: Part
    clause: bool = False
    certain: bool = True
    kind: AssessmentKind | None = None  # of a sentence that is an assessment, where it was labelled
    features: Mapping[str, float] | None = None


Labels = tuple[tuple[int, int], Example | None]


def composed(corpus: Path, language: Language) -> list[Example]:
    """Sentences and clauses of the composed texts; documents named in `claims/parts.json` are the part apart."""
    apart = set(json.loads((corpus / "claims" / "parts.json").read_text("utf-8"))["apart"][language])
    found: list[Example] = []
    for text, labels in read_corpus(corpus):
        if text.language != language:
            continue
        part: Part = "apart" if text.name in apart else "train"
        like = Example("", False, text.name, text.name.rpartition("-")[0], part)
        found += _of_text(text, labels, like, language)
    return found


def pairs(corpus: Path, language: Language) -> list[Example]:
    """The contrast pairs: sentences that differ in one thing and in the label. They only train."""
    path = corpus / "claims" / "pairs" / f"{language}.jsonl"
    found: list[Example] = []
    for line in path.read_text("utf-8").splitlines():
        pair = json.loads(line)
        for label in ("fact", "assessment"):
            like = Example("", label == "assessment", f"pair:{pair['about']}", "pairs", "train")
            found += _with_features(pair[label], [((0, len(pair[label])), like)], language)
    return found


def real(corpus: Path, data: Path) -> list[Example]:
    """Sentences of real text by place and hash (`claims/real/en.jsonl`); the text itself is read from `data`.

    Raises `ValueError` where a text is not the one that was labelled.
    """
    lines = (corpus / "claims" / "real" / "en.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    found: list[Example] = []
    for name, group in itertools.groupby(sorted(rows, key=lambda row: row["file"]), key=lambda row: row["file"]):
        text = _real_text(data, name)
        for row in group:
            sentence = text[row["start"] : row["end"]]
            if digest(sentence) != row["sha256"]:
                raise ValueError(f"{name} at {row['start']}: not the text that was labelled")
            if row["label"] == "none":
                continue
            kind = AssessmentKind(row["kind"]) if "kind" in row else None
            judged = row["label"] == "assessment"
            like = Example("", judged, name, _family(name), row["part"], certain=row["certain"], kind=kind)
            line = text.rfind("\n", 0, row["start"]) + 1
            before = [
                span
                for span in split_sentences(text, line, row["end"], language=Language.EN)
                if span[1] <= row["start"]
            ]
            units: list[Labels] = [*((span, None) for span in before), ((row["start"], row["end"]), like)]
            found += _with_features(text, units, Language.EN)
            for start, end, label in row["clauses"]:  # offsets in the sentence
                part = replace(like, assessment=label == "assessment", clause=True, kind=None)
                found += _with_features(text, [((row["start"] + start, row["start"] + end), part)], Language.EN)
    return found


def probabilities(classifier: Classifier, examples: Sequence[Example]) -> list[float]:
    """Of assessment, with the features that the examples carry."""
    scores = classifier.encoder.scores([one.text for one in examples])
    return [
        classifier.fusion.probability(float(score), one.features or {})
        for score, one in zip(scores, examples, strict=True)
    ]


def digest(sentence: str) -> str:
    """16 hex digits that tell whether a sentence is the one that was labelled."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:16]


def _real_text(data: Path, name: str) -> str:
    if name.startswith("meantime_en/"):
        return next(article.text for article in articles(data / "meantime_en") if f"meantime_en/{article.name}" == name)
    return (data / name).read_text("utf-8")


def _family(name: str) -> str:
    """The source that a real text comes from: `odni_ata`, `nss`, `wikinews` …"""
    parts = Path(name).parts
    return parts[1] if parts[0] == "real" else parts[0]


def _of_text(text: Text, labels: Sequence[Labelled], like: Example, language: Language) -> Iterator[Example]:
    """The examples of a composed text, paragraph by paragraph."""
    wanted = {label.line: label for label in labels if label.label != "none"}
    body = [sentence for sentence in text.sentences if not sentence.heading]
    for _, group in itertools.groupby(body, key=lambda sentence: sentence.paragraph):
        paragraph = list(group)
        words = " ".join(sentence.text for sentence in paragraph)
        ends = itertools.accumulate(len(sentence.text) + 1 for sentence in paragraph)
        spans = [(end - 1 - len(sentence.text), end - 1) for end, sentence in zip(ends, paragraph, strict=True)]
        units: list[Labels] = []
        clauses: list[Labels] = []
        for sentence, span in zip(paragraph, spans, strict=True):
            label = wanted.get(sentence.line)
            units.append((span, _as_labelled(like, label) if label else None))
            for clause in label.clauses if label else ():
                at = words.index(clause.text, span[0])
                part = replace(like, assessment=clause.label == "assessment", clause=True)
                clauses.append(((at, at + len(clause.text)), part))
        yield from _with_features(words, units, language)
        for unit in clauses:
            yield from _with_features(words, [unit], language)


def _as_labelled(like: Example, label: Labelled) -> Example:
    return replace(like, assessment=label.label == "assessment", certain=label.certain, kind=label.kind)


def _with_features(text: str, units: Sequence[Labels], language: Language) -> Iterator[Example]:
    """The labelled ones of the units of a passage, with words and features; all of them tell who speaks."""
    spans = [span for span, _ in units]
    wanted = [(place, like) for place, (_, like) in enumerate(units) if like]
    if not wanted:
        return
    read_units = read(text, spans, language=language, entities=_entities(text, spans, language))
    for place, like in wanted:
        unit = read_units[place]
        sentence = text[unit.start : unit.end]
        cues = find_cues(text, unit.start, unit.end, language=language)
        named = features(sentence, cues, unit.source, language=language, parsed=unit.parse)
        yield replace(like, text=sentence, features=named)


def _entities(text: str, spans: Sequence[tuple[int, int]], language: Language) -> tuple[Entity, ...]:
    """Names in a passage, at its own offsets."""
    start, end = spans[0][0], spans[-1][1]
    passage = text[start:end]
    model = spans_of_model([(passage, 0)]) if language is Language.EN else ()
    found = find_entities(passage, language=language, gazetteer=load_gazetteer(), model_spans=model)
    return tuple(one.model_copy(update={"start": one.start + start, "end": one.end + start}) for one in found)
