"""Scanned pages against the typeset truth: characters, notes, markers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np

from brief_nlp.evaluation.comparing import read_draft, similarity
from brief_nlp.evaluation.scores import Score
from brief_nlp.pdf import scanned
from brief_nlp.schema import BlockKind
from brief_nlp.structure.document import Draft

FOUND = 0.8  # similarity from which a recognised note, or the words before a marker, count as found
_BODY = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING)
_BARS = {"en": 0.01, "ko": 0.08}


def character_error_rate(wanted: str, found: str) -> float:
    """Levenshtein distance by the length of what was wanted, runs of white space taken as one space."""
    wanted, found = (re.sub(r"\s+", " ", text).strip() for text in (wanted, found))
    other = np.frombuffer(found.encode("utf-32-le"), dtype=np.uint32)
    steps = np.arange(len(other) + 1)
    row = steps.copy()
    for place, char in enumerate(wanted, 1):
        replaced = row[:-1] + (other != ord(char))
        best = np.minimum(replaced, row[1:] + 1) - steps[1:]
        row = np.minimum.accumulate(np.concatenate(([place], best))) + steps
    return float(row[-1]) / max(1, len(wanted))


def _found(draft: Draft, truth: dict[str, Any]) -> tuple[int, int]:
    """(notes found, markers found)."""
    notes = {note.label: note for note in draft.footnotes}
    texts = {label: draft.text[note.start : note.end] for label, note in notes.items()}
    right = sum(similarity(texts.get(label, ""), text) >= FOUND for label, text in truth["notes"].items())
    markers = 0
    for marker in truth["markers"]:
        before = truth["blocks"][marker["block"]]["text"][: marker["offset"]][-40:]
        note = notes.get(str(marker["n"]))
        markers += (
            any(similarity(draft.text[: m.offset][-len(before) :], before) >= FOUND for m in note.markers)
            if note
            else 0
        )
    return right, markers


def skipped() -> list[str]:
    """Why scanned pages cannot be measured here; empty where they can."""
    missing = {"eng", "kor"} - set(scanned.languages())
    return [f"scans: needs Tesseract with {' and '.join(sorted(missing))} (`make system`)"] if missing else []


def scan_scores(shared: Path) -> list[Score]:
    """The bars of scanned pages; empty where Tesseract is missing."""
    if skipped():
        return []
    folder = shared / "pdfs" / "typeset"
    scores: list[Score] = []
    found = [0, 0, 0, 0]
    for language, bar in _BARS.items():
        draft = read_draft(folder / f"scan_{language}.pdf")
        truth = json.loads((folder / f"scan_{language}.truth.json").read_text("utf-8"))
        wanted = "\n".join(block["text"] for block in truth["blocks"] if block["kind"] in ("p", "h"))
        body = "\n".join(draft.text[block.start : block.end] for block in draft.blocks if block.kind in _BODY)
        notes, markers = _found(draft, truth)
        scores.append(Score(f"scan_{language}: character error rate", character_error_rate(wanted, body), bar, "low"))
        found = [
            a + b for a, b in zip(found, (notes, len(truth["notes"]), markers, len(truth["markers"])), strict=True)
        ]
    scores.append(Score("scans: notes found", found[0] / found[1], 0.8, detail=f"{found[0]} of {found[1]}"))
    scores.append(Score("scans: markers found", found[2] / found[3], 0.7, detail=f"{found[2]} of {found[3]}"))
    return scores
