"""The classifiers of claims on what nobody trained on: composed documents, real text, damaged and probing sentences."""

from __future__ import annotations

import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from brief_nlp.claims.classifier import Classifier, judge, load_classifier, parsed, read
from brief_nlp.claims.compare import ALIKE, Relation, about_one_thing, relation_of
from brief_nlp.claims.cues import find_cues
from brief_nlp.claims.encoder import read_encoder
from brief_nlp.claims.features import features
from brief_nlp.claims.kinds import likelihood_of
from brief_nlp.evaluation.scores import F1, Score
from brief_nlp.models import models_folder
from brief_nlp.schema import AUTHOR, Language, Quantity, Speaker
from brief_nlp.tagging.dates import find_dates
from brief_nlp.tagging.quantities import find_quantities
from brief_nlp.training.examples import Example, composed, probabilities, real
from brief_nlp.training.figures import calibration_error, corpus_digest, macro_f1, surest
from brief_nlp.training.texts import read_corpus

BARS = {Language.EN: 0.95, Language.KO: 0.93}
SPEED = {Language.EN: 200, Language.KO: 80}
SAME_CLAUSE = 0.5  # words in common, of all words of either
_WORD = re.compile(r"\w+")


def composed_scores(corpus: Path, language: Language) -> list[Score]:
    """On the documents that `claims/parts.json` keeps apart."""
    apart = [one for one in composed(corpus, language) if one.part == "apart"]
    sentences = [one for one in apart if not one.clause]
    classifier = load_classifier(language)
    chances = probabilities(classifier, sentences)
    gold = [one.assessment for one in sentences]
    whole = _macro(sentences, chances)
    sure = surest(chances)
    lead = f"composed apart, {language}"
    clauses = [one for one in apart if one.clause]
    return [
        Score(f"{lead}: macro-F1", whole, BARS[language], detail=f"{len(sentences)} sentences"),
        *_by_family(sentences, chances, lead),
        Score(
            f"{lead}: macro-F1, the least sure 15 % left out",
            macro_f1([gold[p] for p in sure], [chances[p] >= 0.5 for p in sure]),
            0.98,
        ),
        Score(f"{lead}: calibration error", calibration_error(gold, chances), better="low"),
        Score(
            f"{lead}: clauses, macro-F1", _macro(clauses, probabilities(classifier, clauses)), detail=f"{len(clauses)}"
        ),
        *_cuts(corpus, language, classifier),
        *_mixed(corpus, language, classifier),
        *_kinds(sentences, lead, classifier),
        _bands(corpus, language, lead),
        *_likeness(corpus, language, classifier),
        *_damaged(classifier, sentences, language, whole),
        *_probed(classifier, sentences, chances, language),
        *_speed(classifier, sentences, language),
        *_recorded(corpus, language),
    ]


def real_scores(corpus: Path, shared: Path) -> list[Score]:
    """On the half of the labelled real text that never trains."""
    apart = [one for one in real(corpus, shared / "data") if one.part == "apart" and not one.clause]
    chances = probabilities(load_classifier(Language.EN), apart)
    error = calibration_error([one.assessment for one in apart], chances)
    lead = "real text apart, en"
    return [
        Score(f"{lead}: macro-F1", _macro(apart, chances), 0.90, detail=f"{len(apart)} sentences"),
        *(replace(score, bar=None) for score in _by_family(apart, chances, lead)),
        Score(f"{lead}: calibration error", error, 0.06, better="low"),
    ]


def _macro(examples: Sequence[Example], chances: Sequence[float]) -> float:
    return macro_f1([one.assessment for one in examples], [chance >= 0.5 for chance in chances])


def _by_family(examples: Sequence[Example], chances: Sequence[float], lead: str) -> list[Score]:
    groups: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(examples):
        groups[one.family].append(place)
    return [
        Score(
            f"{lead}: macro-F1, {family}",
            _macro([examples[p] for p in places], [chances[p] for p in places]),
            0.90,
            detail=f"{len(places)} sentences",
        )
        for family, places in sorted(groups.items())
    ]


def _kinds(examples: Sequence[Example], lead: str, classifier: Classifier) -> list[Score]:
    """Whether the encoder tells the kinds of assessments apart."""
    judged = [one for one in examples if one.kind]
    found = classifier.encoder.judged([one.text for one in judged])[1]
    right = sum(kind is one.kind for kind, one in zip(found, judged, strict=True))
    return [Score(f"{lead}: kinds of assessments told right", right / len(judged), detail=f"{right} of {len(judged)}")]


def _bands(corpus: Path, language: Language, lead: str) -> Score:
    """Whether the words of estimative probability are found in assessments, and given their band."""
    apart = set(json.loads((corpus / "claims" / "parts.json").read_text("utf-8"))["apart"][language])
    f1 = F1(0, 0, 0)
    for text, labels in read_corpus(corpus):
        if text.language != language or text.name not in apart:
            continue
        words = {sentence.line: sentence.text for sentence in text.sentences}
        for label in labels:
            if label.label == "assessment":
                own = " ".join(clause.text for clause in label.clauses if clause.label == "assessment")
                found = likelihood_of(own or words[label.line], language)
                same = found is not None and found is label.likelihood
                f1 = F1(f1.true_positives + same, f1.predicted + bool(found), f1.gold + bool(label.likelihood))
    return Score(f"{lead}: bands of likelihood, F1", f1.f1, detail=f"{f1.gold} in the gold")


def _cuts(corpus: Path, language: Language, classifier: Classifier) -> list[Score]:
    """How mixed sentences of the part apart are cut into clauses, and whether it is told which are mixed."""
    apart = set(json.loads((corpus / "claims" / "parts.json").read_text("utf-8"))["apart"][language])
    items: list[tuple[str, dict[str, str]]] = []
    for text, labels in read_corpus(corpus):
        if text.language != language or text.name not in apart:
            continue
        words = {sentence.line: sentence.text for sentence in text.sentences}
        items += [
            (words[label.line], {clause.text: clause.label for clause in label.clauses})
            for label in labels
            if label.label != "none"
        ]
    return _cut(items, f"composed apart, {language}", language, classifier)


def _mixed(corpus: Path, language: Language, classifier: Classifier) -> list[Score]:
    """The same for mixed sentences and as many plain ones that look like them: rules were tuned on `dev` alone."""
    found = []
    for part in ("dev", "fresh"):
        lines = (corpus / "claims" / "mixed" / f"{language}.{part}.jsonl").read_text("utf-8").splitlines()
        items = [
            (row["text"], {clause["text"]: clause["label"] for clause in row.get("clauses", ())})
            for row in map(json.loads, lines)
        ]
        found += _cut(items, f"mixed {part}, {language}", language, classifier)
    return found


def _cut(
    items: Sequence[tuple[str, dict[str, str]]], lead: str, language: Language, classifier: Classifier
) -> list[Score]:
    """Of sentences with the labels of their clauses, which only mixed ones have."""
    spans, strict, told, right = F1(0, 0, 0), 0, F1(0, 0, 0), 0
    for sentence, gold in items:
        units = read(sentence, [(0, len(sentence))], language=language)
        (judged,) = judge(sentence, units, language=language, classifier=classifier)
        both_mixed = judged.mixed and bool(gold)
        told = F1(told.true_positives + both_mixed, told.predicted + judged.mixed, told.gold + bool(gold))
        if not gold:
            continue
        found = {sentence[one.unit.start : one.unit.end]: one.label for one in judged.clauses} or {
            sentence: judged.label
        }
        both = matched_clauses(sentence, list(gold), list(found))
        spans = F1(spans.true_positives + len(both), spans.predicted + len(found), spans.gold + len(gold))
        strict += sum(len(_places(sentence, one) ^ _places(sentence, other)) <= 1 for one, other in both)
        right += sum(gold[one] == found[other] for one, other in both)
    equal = F1(strict, spans.predicted, spans.gold).f1
    labelled = right / max(1, spans.true_positives)
    detail = f"precision {told.precision:.3f}, recall {told.recall:.3f}, {told.gold} mixed"
    return [
        Score(f"{lead}: clauses of mixed sentences, span F1", spans.f1, detail=f"{spans.gold} clauses"),
        Score(f"{lead}: clauses of mixed sentences, span F1, all words but one the same", equal),
        Score(f"{lead}: clauses of mixed sentences, label right, of those found", labelled),
        Score(f"{lead}: told which sentences are mixed, F1", told.f1, detail=detail),
    ]


def _likeness(corpus: Path, language: Language, classifier: Classifier) -> list[Score]:
    """Pairs of sentences on one thing told from pairs that only share a subject; and those with another figure.

    The threshold was set on these pairs, so that the figure flatters.
    """
    lines = (corpus / "claims" / "same" / f"{language}.jsonl").read_text("utf-8").splitlines()
    pairs = [json.loads(line) for line in lines]
    left, right = (classifier.encoder.vectors([pair[side] for pair in pairs]) for side in ("one", "other"))
    alike = [
        about_one_thing(pair["one"], pair["other"], float(one @ other), ALIKE[language])
        for pair, one, other in zip(pairs, left, right, strict=True)
    ]
    told = sum(found == (pair["relation"] != "other") for found, pair in zip(alike, pairs, strict=True))
    related = [pair for pair in pairs if pair["relation"] != "other"]
    right_relation = sum(
        (relation_of(_figures(pair["one"], language), _figures(pair["other"], language)) is Relation.OTHER_FIGURE)
        == (pair["relation"] == "figure")
        for pair in related
    )
    return [
        Score(f"pairs of claims, {language}: same thing told from others", told / len(pairs), detail=f"{len(pairs)}"),
        Score(
            f"pairs of claims, {language}: another figure told", right_relation / len(related), detail=f"{len(related)}"
        ),
    ]


def _figures(text: str, language: Language) -> Sequence[Quantity]:
    return find_quantities(text, language=language, dates=find_dates(text, language=language, published=None))


def matched_clauses(sentence: str, gold: Sequence[str], found: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of clauses (gold, found) that have at least half of their words in common; each is used once.

    An ellipsis in a gold clause stands for words that were left out.
    """
    left = list(found)
    pairs = []
    for clause in gold:
        shares = [_in_common(sentence, clause, other) for other in left]
        best = max(range(len(left)), key=shares.__getitem__, default=None)
        if best is not None and shares[best] >= SAME_CLAUSE:
            pairs.append((clause, left.pop(best)))
    return pairs


def _in_common(sentence: str, one: str, other: str) -> float:
    left, right = _places(sentence, one), _places(sentence, other)
    return len(left & right) / max(1, len(left | right))


def _places(sentence: str, clause: str) -> frozenset[int]:
    first, *more = (part.strip() for part in clause.split("..."))
    start = sentence.index(first)
    end = sentence.index(more[-1], start) + len(more[-1]) if more else start + len(first)
    return frozenset(match.start() for match in _WORD.finditer(sentence, start, end))


def _damaged(classifier: Classifier, sentences: Sequence[Example], language: Language, whole: float) -> list[Score]:
    """What extraction does to sentences, and how far macro-F1 moves."""
    dice = random.Random(0)  # noqa: S311 - no secret
    kinds: dict[str, Callable[[str], str]] = {
        "line breaks left in": lambda text: _with_breaks(text, dice),
        "1 % of characters misread": lambda text: _misread(text, dice),
        "curly quotes": lambda text: re.sub(r'"([^"]*)"', r"“\1”", text).replace("'", "’"),
        "straight quotes": lambda text: text.translate(str.maketrans("“”‘’", "\"\"''")),
        "no full stop": lambda text: text.rstrip(".。"),
    }
    found = []
    for name, damage in kinds.items():
        moved = _read_anew([replace(one, text=damage(one.text)) for one in sentences], language)
        value = abs(_macro(sentences, probabilities(classifier, moved)) - whole)
        found.append(Score(f"composed apart, {language}: macro-F1 moved by {name}", value, 0.02, better="low"))
    return found


def _read_anew(examples: Sequence[Example], language: Language) -> list[Example]:
    """Examples whose words have changed, with features of their own; who speaks is kept."""
    docs = parsed([one.text for one in examples], language)
    return [replace(one, features=_features(one, doc, language)) for one, doc in zip(examples, docs, strict=True)]


def _features(one: Example, doc: Any, language: Language) -> dict[str, float]:
    other = (one.features or {}).get("voice:other", 0.0) > 0
    cues = find_cues(one.text, 0, len(one.text), language=language)
    return features(one.text, cues, (Speaker(name="other"),) if other else (AUTHOR,), language=language, parsed=doc)


def _with_breaks(text: str, dice: random.Random) -> str:
    """A hyphen and a break inside a long word, as a line's end leaves them, about once in twelve words."""
    words = text.split(" ")
    broken = [
        word[: len(word) // 2] + "- " + word[len(word) // 2 :] if len(word) > 6 and dice.random() < 0.25 else word
        for word in words
    ]
    return " ".join(broken)


def _misread(text: str, dice: random.Random) -> str:
    swaps = {
        "l": "1",
        "o": "0",
        "e": "c",
        "i": "l",
        "n": "ri",
        "a": "o",
        "s": "5",
        "t": "f",
        "이": "01",
        "을": "울",
        "는": "논",
    }
    return "".join(swaps.get(char, char) if dice.random() < 0.03 else char for char in text)


def _probed(
    classifier: Classifier, sentences: Sequence[Example], chances: Sequence[float], language: Language
) -> list[Score]:
    """Names and places swapped for others of their kind: the label must not follow the name."""
    names = json.loads((models_folder().parent / "corpus" / "claims" / "probes.json").read_text("utf-8"))[language]
    edges = (r"(?<!\w)", r"(?!\w)") if language is Language.EN else ("", "")
    any_name = re.compile(edges[0] + "(" + "|".join(map(re.escape, names)) + ")" + edges[1])
    moved = [replace(one, text=any_name.sub(lambda match: names[match[1]], one.text)) for one in sentences]
    places = [place for place, (one, other) in enumerate(zip(sentences, moved, strict=True)) if one.text != other.text]
    swapped = [moved[place] for place in places]
    if not swapped:
        return []
    anew = probabilities(classifier, _read_anew(swapped, language))
    flips = sum((chances[place] >= 0.5) != (chance >= 0.5) for place, chance in zip(places, anew, strict=True))
    name = f"composed apart, {language}: labels that flip when names are swapped"
    return [Score(name, flips / len(swapped), 0.02, better="low", detail=f"{flips} of {len(swapped)}")]


def _speed(classifier: Classifier, sentences: Sequence[Example], language: Language) -> list[Score]:
    texts = [one.text for one in sentences]
    rates = []
    for _ in range(3):
        begun = time.perf_counter()
        classifier.encoder.scores(texts)
        rates.append(len(texts) / (time.perf_counter() - begun))
    begun = time.perf_counter()
    read_encoder(models_folder() / "claims" / "encoder")
    loading = time.perf_counter() - begun
    return [
        Score(f"encoder, {language}: sentences a second", median(rates), SPEED[language]),
        Score(f"encoder, {language}: seconds to load", loading, 1.5, better="low"),
    ]


def _recorded(corpus: Path, language: Language) -> list[Score]:
    """What `make models` measured when it made the classifier: three seeds, baselines, rounding."""
    recorded = json.loads((models_folder() / "claims" / language / "figures.json").read_text("utf-8"))
    same = recorded["corpus"] == corpus_digest(corpus, language)
    found = [Score(f"made from this corpus, {language}", float(same), 1.0)]
    for part, values in recorded["seeds"].items():
        detail = f"± {values['macro-F1, spread']:.3f}; encoder alone {values['macro-F1, encoder alone']:.3f}"
        lead = f"seeds ({values['seeds']}), {language}, {part} apart"
        found.append(Score(f"{lead}: macro-F1, mean", values["macro-F1"], detail=detail))
        found.append(Score(f"{lead}: calibration error, mean", values["calibration error"], better="low"))
    for name, values in recorded["baselines"].items():
        found += [Score(f"baseline, {language}: {name}, {part} apart", value) for part, value in values.items()]
    eight = recorded["eight bit against whole"]
    moved = abs(eight["macro-F1, whole"] - eight["macro-F1, eight bit"])
    return [*found, Score(f"eight bit against whole weights, {language}: macro-F1 moved", moved, 0.005, better="low")]
