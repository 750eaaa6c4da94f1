"""Dates and entities of the seed brief against its gold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from brief_nlp.evaluation.scores import F1, Score
from brief_nlp.schema import DateMention, Entity, Language
from brief_nlp.tagging.dates import find_dates
from brief_nlp.tagging.entities import find_entities
from brief_nlp.tagging.gazetteer import load_gazetteer

_TYPES = {"GPE": "PLACE", "LAW_SYSTEM": "LAW"}


def scores(shared: Path) -> list[Score]:
    """Figures on the seed; the bars are those of the tagging stage as it is to become."""
    text = (shared / "seed" / "CO_24-10.txt").read_text("utf-8")
    dates = json.loads((shared / "gold" / "seed_dates_gold.json").read_text("utf-8"))
    entities = json.loads((shared / "gold" / "seed_entities_gold.json").read_text("utf-8"))
    found = find_dates(text, language=Language.EN, published=dates["dct"]["value"])
    named = find_entities(text, language=Language.EN, gazetteer=load_gazetteer())
    return [*_dates(found, dates["timexes"]), *_entities(named, entities["entities"])]


def _dates(found: Sequence[DateMention], gold: Sequence[dict[str, Any]]) -> list[Score]:
    required = [item for item in gold if item["required"]]
    matched = [(item, m) for item in required if (m := _overlapping(item, found))]
    false = [m for m in found if not any(_overlap(item, m) for item in gold)]
    f1 = F1(len(matched), len(matched) + len(false), len(required)).f1
    right = [item for item, m in matched if _same_value(item, m)]
    return [
        Score("seed dates: relaxed F1", f1, 0.97, detail=f"{len(matched)} of {len(required)}, {len(false)} false"),
        Score("seed dates: value right, of those found", len(right) / max(1, len(matched)), 0.95),
    ]


def _overlap(item: dict[str, Any], span: DateMention | Entity) -> bool:
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
    return [
        Score("seed entities: relaxed F1", f1, 0.95, detail=f"{len(pairs)} of {len(flat)}, {len(spurious)} spurious"),
        Score("seed entities: type right, of those found", typed / max(1, len(pairs)), 0.95),
    ]


def _best(item: dict[str, Any], found: Sequence[Entity]) -> Entity | None:
    overlapping = [span for span in found if _overlap(item, span)]
    return max(
        overlapping,
        key=lambda span: min(span.end, item["end"]) - max(span.start, item["start"]) - 0.1 * (span.end - span.start),
        default=None,
    )
