"""A published brief against gold made by hand: points on its pages, none of its text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from brief_nlp.evaluation.comparing import read_draft
from brief_nlp.evaluation.scores import Score, corpus_folder
from brief_nlp.schema import Region
from brief_nlp.structure.document import Draft

SLACK = 4.0  # points by which a point may lie beside a region


def brief_scores(shared: Path) -> list[Score]:
    """Reading order and notes of the published brief whose gold lies in `corpus/layouts`."""
    corpus = corpus_folder()
    if corpus is None:
        return []
    scores: list[Score] = []
    for path in sorted((corpus / "layouts").glob("*.gold.json")):
        gold = json.loads(path.read_text("utf-8"))
        draft = read_draft(shared / "pdfs" / "real" / gold["pdf"])
        places = [_block_at(draft, block) for block in gold["blocks"]]
        whole = [place for place in places if place is not None]
        notes = sum(_is_found(draft, note) for note in gold["notes"])
        name = path.name.removesuffix(".gold.json")
        scores += [
            Score(f"{name}: blocks whole", len(whole) / len(places), 1.0, detail=f"{len(whole)} of {len(places)}"),
            Score(f"{name}: in reading order", float(whole == sorted(set(whole))), 1.0),
            Score(
                f"{name}: notes with their markers",
                notes / len(gold["notes"]),
                1.0,
                detail=f"{notes} of {len(gold['notes'])}",
            ),
        ]
    return scores


def _block_at(draft: Draft, gold: dict[str, Any]) -> int | None:
    """Index of the block that starts and ends at the points of the gold."""
    return next(
        (
            block.index
            for block in draft.blocks
            if block.regions and _holds(block.regions[:1], gold["start"]) and _holds(block.regions[-1:], gold["end"])
        ),
        None,
    )


def _is_found(draft: Draft, gold: dict[str, Any]) -> bool:
    return any(
        note.label == gold["label"]
        and _block_at(draft, gold) == note.block
        and any(_holds(marker.regions, gold["marker"]) for marker in note.markers)
        for note in draft.footnotes
    )


def _holds(regions: Sequence[Region], point: Sequence[float]) -> bool:
    page, x, y = point
    return any(
        region.page == page
        and region.x0 - SLACK <= x <= region.x1 + SLACK
        and region.top - SLACK <= y <= region.bottom + SLACK
        for region in regions
    )
