"""Fact or assessment: encoder and rules over a document's sentences and their clauses, in one batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from brief_nlp.claims.clauses import find_parts
from brief_nlp.claims.cues import find_cues
from brief_nlp.claims.encoder import Encoder, load_encoder
from brief_nlp.claims.endings import full_sentence
from brief_nlp.claims.features import features
from brief_nlp.claims.fusion import Fusion, load_fusion, probability_of
from brief_nlp.errors import BriefError
from brief_nlp.models import models_folder
from brief_nlp.schema import AUTHOR, AssessmentKind, Cue, Entity, Label, Language, Speaker
from brief_nlp.structure.morphology import morphemes
from brief_nlp.tagging.attribution import Passage, sources_of_passages

MIXED_FROM = 0.85  # of an assessment, the probability from which a clause makes a sentence mixed
_SURE = 0.9  # of a main clause that the sentence as a whole was not taken for
_DOUBTED = (0.15, 0.8)  # probabilities of a whole sentence that a main clause may overrule more easily

Chain = tuple[Speaker, ...]


class Unit(NamedTuple):
    """A sentence or a clause: its place in the document's text, who says it, and its dependency parse or morphemes.

    A clause has in `alone` its words as a sentence of their own, where they differ, and tells whether it is a `main`
    one.
    """

    start: int
    end: int
    source: Chain
    parse: Any = None
    alone: tuple[str, ...] = ()
    main: bool = True


class Judged(NamedTuple):
    """What was found of a unit: `probability` of assessment, the encoder's share of it, the cues.

    `kind` is what the encoder takes it for if it is an assessment; None where the encoder tells no kinds.
    """

    unit: Unit
    probability: float
    encoder: float
    cues: tuple[Cue, ...]
    kind: AssessmentKind | None = None
    clauses: tuple[Judged, ...] = ()

    @property
    def label(self) -> Label:
        """The likelier label."""
        return Label.ASSESSMENT if self.probability >= 0.5 else Label.FACT

    @property
    def mixed(self) -> bool:
        """Whether a clause that states a fact and one that surely judges stand side by side."""
        chances = [clause.probability for clause in self.clauses]
        return bool(chances) and min(chances) < 0.5 and max(chances) >= MIXED_FROM


@dataclass(frozen=True)
class Classifier:
    """An encoder with what it is fused with; without a fusion its own probability counts."""

    encoder: Encoder
    fusion: Fusion

    @property
    def by(self) -> str:
        """How its annotations name it."""
        return f"{self.encoder.name}/{self.fusion.version}"


@cache
def load_classifier(language: Language, folder: Path | None = None, threads: int = 0) -> Classifier:
    """The project's own classifier of a language, or that of a user's folder.

    Of a user's classifier the own probability counts, without the rules, unless the folder holds fusions, as one that
    `brief-nlp train` made does: then these count, and a language without any keeps the project's own classifier. Raises
    `BriefError`.
    """
    own = models_folder() / "claims"
    fusion = load_fusion(own / language / "fusion.json")
    fused = [] if folder is None else list(folder.glob("*/fusion.json"))
    if folder is not None and folder / language / "fusion.json" in fused:
        return Classifier(load_encoder(folder, threads), _fusion_of(folder / language / "fusion.json"))
    if folder is None or fused:
        return Classifier(load_encoder(own / "encoder", threads), fusion)  # one for both languages
    return Classifier(load_encoder(folder, threads), Fusion(0.0, 1.0, {}, "own", fusion.review))


def _fusion_of(path: Path) -> Fusion:
    try:
        return load_fusion(path)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BriefError(f"{path}: no fusion ({error}).", "Make the folder anew with `brief-nlp train`.") from None


def judge(text: str, sentences: Sequence[Unit], *, language: Language, classifier: Classifier) -> list[Judged]:
    """Each sentence with its probability, and with its clauses where it has several."""
    parts = _clauses(text, sentences, language, parse=language is Language.KO or bool(classifier.fusion.weights))
    found = _judged(text, [*sentences, *(unit for clauses in parts for unit in clauses)], language, classifier)
    whole, rest = found[: len(sentences)], iter(found[len(sentences) :])
    return [
        _decided(judged._replace(clauses=tuple(next(rest) for _ in clauses)))
        for judged, clauses in zip(whole, parts, strict=True)
    ]


def _decided(judged: Judged) -> Judged:
    """A mixed sentence with the label of its main clauses: an assessment where any of them is one.

    Where they contradict what the sentence was judged to be as a whole, it is no surer than the two together.
    """
    main = [clause.probability for clause in judged.clauses if clause.unit.main]
    if not judged.mixed or not main:
        return judged
    whole, most = judged.probability, max(main)
    both = round((whole + most) / 2, 4)
    if whole < 0.5 and most >= _SURE and (judged.unit.source == (AUTHOR,) or whole > _DOUBTED[0]):
        return judged._replace(probability=max(0.5, both))  # what another says runs on unmarked: it stays a fact
    if most < 0.5 <= whole < _DOUBTED[1]:
        return judged._replace(probability=min(0.4999, both))
    return judged


def parsed(sentences: Sequence[str], language: Language) -> list[Any]:
    """The dependency parse of each English sentence, the morphemes of each Korean one."""
    if language is Language.KO:
        return [morphemes(sentence) for sentence in sentences]
    from brief_nlp.tagging.pipeline import parser

    return list(parser().pipe(sentences, batch_size=64))


def _clauses(text: str, sentences: Sequence[Unit], language: Language, *, parse: bool) -> list[list[Unit]]:
    """The clauses of each sentence that has several; without `parse` only those are parsed that may tell a speaker."""
    cuts = [find_parts(text[unit.start : unit.end], language=language, parsed=unit.parse) for unit in sentences]
    units = read_all(
        text,
        [
            Passage([(unit.start + part.start, unit.start + part.end) for part in parts])
            for unit, parts in zip(sentences, cuts, strict=True)
        ],
        language=language,
        parse=parse,
    )
    return [
        [unit._replace(alone=part.alone, main=part.main) for unit, part in zip(found, parts, strict=True)]
        for found, parts in zip(units, cuts, strict=True)
    ]


Spans = Sequence[tuple[int, int]]


def read(text: str, spans: Spans, *, language: Language, entities: Sequence[Entity] = ()) -> list[Unit]:
    """The units of a passage: parsed, and each with its source."""
    return read_all(text, [Passage(spans, entities)], language=language)[0]


def read_all(text: str, passages: Sequence[Passage], *, language: Language, parse: bool = True) -> list[list[Unit]]:
    """The same for several passages; parsed together, which takes a third less time, or not at all."""
    if not parse:
        chains = sources_of_passages(text, passages, language=language)
        return [list(map(_unit, passage.sentences, found)) for passage, found in zip(passages, chains, strict=True)]
    parses = iter(parsed([text[start:end] for passage in passages for start, end in passage.sentences], language))
    own = [[next(parses) for _ in passage.sentences] for passage in passages]
    chains = sources_of_passages(text, passages, language=language, parses=own)
    return [
        list(map(_unit, passage.sentences, found, trees))
        for passage, found, trees in zip(passages, chains, own, strict=True)
    ]


def _unit(span: tuple[int, int], source: Chain, parse: Any = None) -> Unit:
    return Unit(*span, source, parse)


def _judged(text: str, units: Sequence[Unit], language: Language, classifier: Classifier) -> list[Judged]:
    said = [_said(text[unit.start : unit.end], unit, language) for unit in units]
    scores, kinds = _scored([wordings for wordings, _ in said], classifier)
    found = []
    weighed = bool(classifier.fusion.weights)  # else the encoder alone counts
    for unit, (wordings, parse), score, kind in zip(units, said, scores, kinds, strict=True):
        sentence = wordings[-1]
        cues = _cues(text, unit, sentence, language)
        named = features(sentence, cues, unit.source, language=language, parsed=parse) if weighed else {}
        chance = classifier.fusion.probability(score, named)
        found.append(Judged(unit, chance, probability_of(score), cues, kind))
    return found


def _scored(
    wordings: Sequence[Sequence[str]], classifier: Classifier
) -> tuple[list[float], list[AssessmentKind | None]]:
    """The encoder's log-odds of each unit, the mean of its wordings, and the kind of the last one."""
    scores, kinds = classifier.encoder.judged([one for words in wordings for one in words])
    ends = list(accumulate(len(words) for words in wordings))
    means = [float(scores[end - len(words) : end].mean()) for end, words in zip(ends, wordings, strict=True)]
    return means, [kinds[end - 1] for end in ends]


def _said(sentence: str, unit: Unit, language: Language) -> tuple[tuple[str, ...], Any]:
    """The wordings of a unit that are judged, and the parse of the last one: note form counts as the full sentence that
    it stands for."""
    if language is not Language.KO or not unit.parse:
        return unit.alone or (sentence,), unit.parse
    full = full_sentence(sentence, unit.parse)
    return (full,), unit.parse if full == sentence else morphemes(full)


def _cues(text: str, unit: Unit, sentence: str, language: Language) -> tuple[Cue, ...]:
    """The cues of a sentence as it is judged, placed in the text."""
    as_it_stands = len(sentence) == unit.end - unit.start and text.startswith(sentence, unit.start)
    if as_it_stands or language is Language.EN:
        return find_cues(text, unit.start, unit.end, language=language)
    last = len(text[unit.start : unit.end].rstrip(" ."))
    return tuple(
        cue.model_copy(update={"start": start, "end": end, "text": text[start:end]})
        for cue in find_cues(sentence, 0, len(sentence), language=language)
        if (start := unit.start + cue.start) < (end := unit.start + min(cue.end, last))
    )
