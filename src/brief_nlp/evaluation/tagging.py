"""Dates, names and figures against gold: the seed brief, MEANTIME, KLUE, and the marked-up texts of the corpus."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from brief_nlp.evaluation.klue import klue_scores
from brief_nlp.evaluation.marked_up import PARTS, MarkedText, has_dates, has_names, part_of, read_all
from brief_nlp.evaluation.meantime import meantime_scores
from brief_nlp.evaluation.scores import F1, Score, corpus_folder
from brief_nlp.evaluation.sources import source_scores
from brief_nlp.evaluation.spans import SpanCounts, outermost
from brief_nlp.evaluation.voices import voice_scores
from brief_nlp.schema import DateMention, Entity, Language, Quantity
from brief_nlp.tagging.dates import find_dates
from brief_nlp.tagging.entities import find_entities
from brief_nlp.tagging.gazetteer import load_gazetteer
from brief_nlp.tagging.names import spans_of_model
from brief_nlp.tagging.quantities import find_quantities

BARS = {"dates value": {"en": 0.93, "ko": 0.93}, "names": {"en": 0.90, "ko": 0.85}}
_TYPES = {"GPE": "PLACE", "LAW_SYSTEM": "LAW"}


def scores(shared: Path) -> list[Score]:
    """Figures on what lies beside the checkout."""
    text = (shared / "seed" / "CO_24-10.txt").read_text("utf-8")
    dates = json.loads((shared / "gold" / "seed_dates_gold.json").read_text("utf-8"))
    entities = json.loads((shared / "gold" / "seed_entities_gold.json").read_text("utf-8"))
    found = find_dates(text, language=Language.EN, published=dates["dct"]["value"])
    return [
        *_dates(found, dates["timexes"]),
        *_entities(_names(text, Language.EN), entities["entities"]),
        *_figures(find_quantities(text, language=Language.EN, dates=found)),
        *meantime_scores(shared),
        *klue_scores(shared),
    ]


def corpus_scores(corpus: Path) -> list[Score]:
    """Figures on the marked-up texts, those kept apart by themselves."""
    totals: dict[tuple[str, str], tuple[SpanCounts, SpanCounts]] = {}
    for marked in read_all(corpus):
        key = marked.source.language, part_of(corpus, marked.source.name)
        dates, names = totals.get(key, (SpanCounts(), SpanCounts()))
        of_dates = _date_counts(marked) if has_dates(corpus, marked.source.name) else SpanCounts()
        of_names = _name_counts(marked) if has_names(corpus, marked.source.name) else SpanCounts()
        totals[key] = dates.plus(of_dates), names.plus(of_names)
    found: list[Score] = []
    for language in ("en", "ko"):
        for part in PARTS:
            dates, names = totals[language, part]
            lead = f"marked-up {language} {part}"
            found += [
                Score(f"{lead}: dates, relaxed F1", dates.relaxed, detail=dates.detail),
                Score(f"{lead}: dates, value right, of those found", dates.accuracy, BARS["dates value"][language]),
                Score(f"{lead}: dates, value F1", dates.typed),
            ]
            if names.gold:
                found += [
                    Score(f"{lead}: names, typed F1", names.typed, BARS["names"][language], detail=names.detail),
                    Score(f"{lead}: names, relaxed F1", names.relaxed),
                ]
    return [*found, *source_scores(corpus), *voice_scores(corpus)]


def _names(text: str, language: Language) -> tuple[Entity, ...]:
    spans = spans_of_model([(text, 0)]) if language is Language.EN else ()
    return find_entities(text, language=language, gazetteer=load_gazetteer(), model_spans=spans)


def _date_counts(marked: MarkedText) -> SpanCounts:
    language = Language(marked.source.language)
    found = find_dates(marked.text, language=language, published=marked.source.published)
    return SpanCounts.of(marked.dates, found, lambda one, other: one.value == other.value)


def _name_counts(marked: MarkedText) -> SpanCounts:
    found = outermost(_names(marked.text, Language(marked.source.language)))
    return SpanCounts.of(marked.names, found, lambda one, other: one.type == other.type.value)


def _dates(found: Sequence[DateMention], gold: Sequence[dict[str, Any]]) -> list[Score]:
    required = [item for item in gold if item["required"]]
    pairs = [(item, m) for item in required if (m := _overlapping(item, found))]
    false = [m for m in found if not any(_overlap(item, m) for item in gold)]
    f1 = F1(len(pairs), len(pairs) + len(false), len(required)).f1
    right = [item for item, m in pairs if _same_value(item, m)]
    return [
        Score("seed dates: relaxed F1", f1, 0.97, detail=f"{len(pairs)} of {len(required)}, {len(false)} false"),
        Score("seed dates: value right, of those found", len(right) / max(1, len(pairs)), 0.95),
    ]


def _overlap(item: dict[str, Any], span: DateMention | Entity | Quantity) -> bool:
    return bool(span.start < item["end"] and item["start"] < span.end)


def _overlapping(item: dict[str, Any], found: Sequence[Any]) -> Any:
    return next((span for span in found if _overlap(item, span)), None)


def _same_value(item: dict[str, Any], found: DateMention) -> bool:
    """TIMEX3 against EDTF: decades as prefixes, P1DE as P10Y."""
    wanted = str(item["value"]).replace("P1DE", "P10Y")
    return wanted == found.value.rstrip("X")


def _entities(found: Sequence[Entity], gold: Sequence[dict[str, Any]]) -> list[Score]:
    flat = [item for item in gold if not item["nested"]]
    pairs = [(item, best) for item in flat if (best := _best(item, found))]
    spurious = [span for span in found if not any(_overlap(item, span) for item in gold)]
    f1 = F1(len(pairs), len(pairs) + len(spurious), len(flat)).f1
    typed = sum(_TYPES.get(item["type"], item["type"]) == best.type.value for item, best in pairs)
    linked = _linked(pairs)
    return [
        Score("seed entities: relaxed F1", f1, 0.95, detail=f"{len(pairs)} of {len(flat)}, {len(spurious)} spurious"),
        Score("seed entities: type right, of those found", typed / max(1, len(pairs)), 0.95),
        Score("seed entities: one identity a canonical, of those found", linked / max(1, len(pairs)), 0.95),
    ]


def _linked(pairs: Sequence[tuple[dict[str, Any], Entity]]) -> int:
    """How many mentions share the identity that most mentions of their canonical have, and no other canonical has."""
    identities: dict[str, list[str]] = {}
    for item, found in pairs:
        identities.setdefault(item["canonical"], []).append(found.canonical_id or f"none:{found.start}")
    usual = {canonical: max(set(ids), key=ids.count) for canonical, ids in identities.items()}
    alone = {name: sum(other == mine for other in usual.values()) == 1 for name, mine in usual.items()}
    return sum(ids.count(usual[name]) for name, ids in identities.items() if alone[name])


def _best(item: dict[str, Any], found: Sequence[Entity]) -> Entity | None:
    overlapping = [span for span in found if _overlap(item, span)]
    return max(
        overlapping,
        key=lambda span: min(span.end, item["end"]) - max(span.start, item["start"]) - 0.1 * (span.end - span.start),
        default=None,
    )


def _figures(found: Sequence[Quantity]) -> list[Score]:
    """All figures of the seed, with value, unit and what is counted: by where they stand in its text."""
    folder = corpus_folder()
    if folder is None:
        return []
    lines = (folder / "tagging" / "seed_figures.jsonl").read_text("utf-8").splitlines()
    gold = {item["start"]: item for item in map(json.loads, lines)}
    at = {quantity.start: quantity for quantity in found}
    right = sum(start in at and _fits(at[start], wanted) for start, wanted in gold.items())
    false = sum(start not in gold for start in at)
    total = len(gold)
    return [
        Score("seed figures: right", right / total, 1, detail=f"{right} of {total}"),
        Score("seed figures: spurious", false, 0, better="low"),
    ]


def _fits(found: Quantity, wanted: dict[str, Any]) -> bool:
    same_thing = wanted["counted"] is None or (found.counted or "").endswith(wanted["counted"])
    return same_thing and all(getattr(found, name) == wanted[name] for name in ("value", "high", "unit", "per"))
