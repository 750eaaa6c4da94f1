"""Korean names against KLUE-NER (CC BY-SA 4.0; read from the shared folder): persons, places and organisations.

News and film reviews that have little to do with the field; spans need only overlap, types must be right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from brief_nlp.evaluation.scores import F1, Score
from brief_nlp.evaluation.spans import matched, outermost
from brief_nlp.schema import EntityType, Language
from brief_nlp.tagging.entities import find_entities
from brief_nlp.tagging.gazetteer import load_gazetteer

TYPES = {
    EntityType.PERSON: "PS",
    EntityType.PLACE: "LC",
    EntityType.FACILITY: "LC",
    EntityType.ORG: "OG",
}
SCORED = frozenset(TYPES.values())
BAR = 0.70  # without training on it


class Tagged(NamedTuple):
    """A name: offsets in its sentence, and KLUE's type."""

    start: int
    end: int
    type: str


def sentences(path: Path) -> Iterator[tuple[str, tuple[Tagged, ...]]]:
    """(text, names) of each sentence of a file of characters with BIO tags."""
    characters: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text("utf-8").split("\n"), ""]:
        if line.startswith("##"):
            continue
        if line:
            character, tag = line.split("\t")
            characters.append(character)
            tags.append(tag)
        elif characters:
            yield "".join(characters), tuple(_names(tags))
            characters, tags = [], []


def _names(tags: Sequence[str]) -> Iterator[Tagged]:
    start: int | None = None
    for place, tag in enumerate([*tags, "O"]):
        if start is not None and not tag.startswith("I-"):
            yield Tagged(start, place, tags[start][2:])
            start = None
        if tag.startswith("B-"):
            start = place


def klue_scores(shared: Path) -> list[Score]:
    """Relaxed F1 over persons, places and organisations."""
    gazetteer = load_gazetteer()
    right = predicted = total = 0
    for text, tagged in sentences(shared / "data" / "klue_ner" / "dev_first_half.tsv"):
        found = [
            Tagged(entity.start, entity.end, TYPES[entity.type])
            for entity in find_entities(text, language=Language.KO, gazetteer=gazetteer)
            if entity.type in TYPES
        ]
        gold = [name for name in tagged if name.type in SCORED]
        found = outermost(found)
        for kind in SCORED:
            of_kind = [name for name in gold if name.type == kind]
            right += sum(1 for _ in matched(of_kind, [name for name in found if name.type == kind]))
        predicted, total = predicted + len(found), total + len(gold)
    f1 = F1(right, predicted, total)
    detail = f"precision {f1.precision:.3f}, recall {f1.recall:.3f}"
    return [Score("KLUE names (PS, LC, OG): relaxed F1, without training on it", f1.f1, BAR, detail=detail)]
