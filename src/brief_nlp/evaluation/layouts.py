"""Reading against layouts drawn at random (`corpus/layouts`): which marker calls which note, and the rest.

A link is a pair: the words before the marker and the first words of the note. Labels take no part,
so that numbering which restarts cannot flatter.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from brief_nlp.evaluation.comparing import NOTE, WHOLE, read_draft, similarity
from brief_nlp.evaluation.scores import F1, Score
from brief_nlp.schema import BlockKind
from brief_nlp.structure.document import Draft

PARTS = ("tuned", "unseen", "held", "apart")  # their history: corpus/layouts/README.md
BEFORE, HEAD = 25, 20  # characters, without spaces: what is compared of the words before a marker and of a note
_BODY = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


@dataclass(frozen=True)
class LayoutResult:
    """The figures of one layout."""

    name: str
    links: F1
    notes_right: int
    notes: int
    paragraphs_whole: int
    paragraphs: int
    in_order: bool
    headings: F1
    cells: F1
    furniture_left: int
    missed: tuple[str, ...]


def judge(draft: Draft, truth: dict[str, Any], name: str) -> LayoutResult:
    """Compare a draft with the truth of a generated layout."""
    texts = {kind: [draft.text[b.start : b.end] for b in draft.blocks if b.kind is kind] for kind in BlockKind}
    body = [draft.text[block.start : block.end] for block in draft.blocks if block.kind in _BODY]
    wanted = [block["text"] for block in truth["blocks"] if block["kind"] in ("paragraph", "list_item")]
    places = [_place_of(text, body) for text in wanted]
    found_places = [place for place in places if place is not None]
    notes = {_solid(draft.text[n.start : n.end])[:HEAD]: draft.text[n.start : n.end] for n in draft.footnotes}
    gold, found = _gold_links(truth), _links(draft)
    headings = [block["text"] for block in truth["blocks"] if block["kind"] == "heading"]
    return LayoutResult(
        name=name,
        links=F1.of(found, gold),
        notes_right=sum(similarity(notes.get(_solid(text)[:HEAD], ""), text) >= NOTE for text in truth["notes"]),
        notes=len(truth["notes"]),
        paragraphs_whole=len(found_places),
        paragraphs=len(wanted),
        in_order=found_places == sorted(found_places),
        headings=F1.of(map(_solid, texts[BlockKind.HEADING]), map(_solid, [*headings, *_notes_headings(draft)])),
        cells=F1.of(
            map(_solid, texts[BlockKind.TABLE_CELL]),
            [_solid(block["text"]) for block in truth["blocks"] if block["kind"] == "table_cell"],
        ),
        furniture_left=sum(text in truth["running"] or bool(re.fullmatch(r"\W*\d{1,3}\W*", text)) for text in body),
        missed=tuple(f"{before[-12:]} → {head}" for before, head in sorted(gold ^ found)),
    )


def _solid(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _place_of(text: str, body: list[str]) -> int | None:
    return next((place for place, other in enumerate(body) if similarity(text, other) >= WHOLE), None)


def _notes_headings(draft: Draft) -> list[str]:
    """Headings over endnotes, which the truth does not list."""
    found = [draft.text[b.start : b.end] for b in draft.blocks if b.kind is BlockKind.HEADING]
    return [text for text in found if text in ("Notes", "주")]


def _gold_links(truth: dict[str, Any]) -> set[tuple[str, str]]:
    return {
        (
            _solid(truth["blocks"][call["block"]]["text"][: call["offset"]])[-BEFORE:],
            _solid(truth["notes"][call["note"]])[:HEAD],
        )
        for call in truth["calls"]
    }


def _links(draft: Draft) -> set[tuple[str, str]]:
    linked = [(marker, _solid(draft.text[n.start : n.end])[:HEAD]) for n in draft.footnotes for marker in n.markers]
    linked += [(marker, "") for marker in draft.markers_without_note]
    return {
        (_solid(draft.text[draft.blocks[marker.block].start : marker.offset])[-BEFORE:], head)
        for marker, head in linked
    }


def results(folder: Path) -> list[LayoutResult]:
    """Judge every layout of a part."""
    return [
        judge(
            read_draft(path.with_name(path.name.replace(".truth.json", ".pdf"))),
            json.loads(path.read_text("utf-8")),
            path.name.removesuffix(".truth.json"),
        )
        for path in sorted(folder.glob("*.truth.json"))
    ]


def part_scores(folder: Path, part: str) -> list[Score]:
    """The bars of one part of the generated layouts."""
    every = results(folder / part)
    links = F1(
        sum(r.links.true_positives for r in every),
        sum(r.links.predicted for r in every),
        sum(r.links.gold for r in every),
    )
    worst = min(every, key=lambda result: result.links.f1)
    whole, paragraphs = sum(r.paragraphs_whole for r in every), sum(r.paragraphs for r in every)
    right, notes = sum(r.notes_right for r in every), sum(r.notes for r in every)
    group = f"{len(every)} layouts, {part}"
    return [
        Score(f"{group}: marker-to-note links F1", links.f1, 0.98, detail=f"{links.true_positives} of {links.gold}"),
        Score(f"{group}: lowest links F1 of a layout", worst.links.f1, 0.9, detail=worst.name),
        Score(f"{group}: notes right", right / notes, detail=f"{right} of {notes}"),
        Score(f"{group}: paragraphs whole", whole / paragraphs, detail=f"{whole} of {paragraphs}"),
        Score(f"{group}: layouts in reading order", sum(r.in_order for r in every) / len(every)),
        Score(f"{group}: headings F1, mean", sum(r.headings.f1 for r in every) / len(every)),
        Score(f"{group}: running heads left in", sum(r.furniture_left for r in every), better="low"),
    ]
