"""Reading against the typeset truth: paragraphs, headings, notes, markers, running heads, masthead."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from brief_nlp.evaluation import citations, layouts, published, scans
from brief_nlp.evaluation.comparing import NOTE, WHOLE, read_draft, similarity
from brief_nlp.evaluation.scores import F1, Score
from brief_nlp.schema import BlockKind
from brief_nlp.structure.document import Draft

_BODY = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


@dataclass(frozen=True)
class FileResult:
    """The figures of one file."""

    name: str
    similarity: float
    whole: int
    paragraphs: int
    headings: F1
    notes_right: int
    notes: int
    markers_right: int
    markers_found: int
    markers: int
    furniture_left: int
    masthead_wrong: tuple[str, ...]


def judge(draft: Draft, truth: dict[str, Any], name: str) -> FileResult:
    """Compare a draft with a truth file of `../shared/pdfs/typeset`."""
    wanted = [block["text"] for block in truth["blocks"] if block["kind"] == "p"]
    found = [draft.text[b.start : b.end] for b in draft.blocks if b.kind in _BODY]
    best = [max((similarity(text, other) for other in found), default=0.0) for text in wanted]
    headings = F1.of(
        [_folded(draft.text[b.start : b.end]) for b in draft.blocks if b.kind is BlockKind.HEADING],
        [_folded(block["text"]) for block in truth["blocks"] if block["kind"] == "h"],
    )
    notes = {note.label: draft.text[note.start : note.end] for note in draft.footnotes if note.label.isdigit()}
    right = sum(similarity(notes.get(label, ""), text) >= NOTE for label, text in truth["notes"].items())
    found_markers = _markers(draft)
    wanted_markers = {
        (str(m["n"]), _tail(truth["blocks"][m["block"]]["text"][: m["offset"]])) for m in truth["markers"]
    }
    return FileResult(
        name=name,
        similarity=similarity("\n".join(wanted), "\n".join(found)),
        whole=sum(value >= WHOLE for value in best),
        paragraphs=len(wanted),
        headings=headings,
        notes_right=right,
        notes=len(truth["notes"]),
        markers_right=len(found_markers & wanted_markers),
        markers_found=len(found_markers),
        markers=len(wanted_markers),
        furniture_left=_furniture_left(found, truth),
        masthead_wrong=_masthead_wrong(draft, truth),
    )


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _tail(text: str) -> str:
    """The characters before a marker, without spaces: the same for the same offset in the same words."""
    return re.sub(r"\s+", "", text)[-25:]


def _markers(draft: Draft) -> set[tuple[str, str]]:
    return {
        (marker.label, _tail(draft.text[draft.blocks[marker.block].start : marker.offset]))
        for marker in (*(m for note in draft.footnotes for m in note.markers), *draft.markers_without_note)
    }


def _furniture_left(found: list[str], truth: dict[str, Any]) -> int:
    running = [truth.get("series", ""), truth.get("code", "")]
    wanted = " ".join(block["text"] for block in truth["blocks"])
    left = sum(text.count(words) for words in running if words and words not in wanted for text in found)
    return left + sum(bool(re.fullmatch(r"\W*\d{1,3}\W*", text)) for text in found)


def _masthead_wrong(draft: Draft, truth: dict[str, Any]) -> tuple[str, ...]:
    head = draft.masthead
    role = re.fullmatch(r"(?P<name>.+?) \((?P<role>.+)\)", truth["author"])
    name, said = (role["name"], role["role"]) if role else (truth["author"], "")
    author = head.authors[0] if head.authors else None
    checks = {
        "title": head.title is not None and _folded(head.title) == _folded(truth["title"]),
        "series": head.series == truth["series"],
        "number": head.number == truth["code"],
        "author": author is not None and author.name == name,
        "position": author is not None and bool(author.position) and str(author.position) in said,
        "division": author is not None and bool(author.division) and str(author.division) in said,
    }
    return tuple(key for key, right in checks.items() if not right)


def results(folder: Path, names: list[str] | None = None) -> list[FileResult]:
    """Judge every typeset file that has a truth and a text layer, or the named ones."""
    chosen = names or sorted(p.name.removesuffix(".truth.json") for p in folder.glob("*.truth.json"))
    return [
        judge(read_draft(folder / f"{name}.pdf"), json.loads((folder / f"{name}.truth.json").read_text("utf-8")), name)
        for name in chosen
        if names or not name.startswith("scan")
    ]


def scores(shared: Path) -> list[Score]:
    """The bars of the main job (issue-independent: one column, two typesetters) and the state of all layouts."""
    folder = shared / "pdfs" / "typeset"
    every = results(folder)
    first = [result for result in every if result.name in ("en1", "en1_wp")]
    return [
        *_bars("en1, en1_wp", first),
        *_bars("all typeset", every),
        *scans.scan_scores(shared),
        *published.brief_scores(shared),
    ]


def skipped() -> list[str]:
    """What of this part cannot be measured on this machine."""
    return scans.skipped()


def corpus_scores(corpus: Path) -> list[Score]:
    """The bars of the layouts drawn at random, and of the citations marked up."""
    drawn = [score for part in layouts.PARTS for score in layouts.part_scores(corpus / "layouts", part)]
    return drawn + citations.corpus_scores(corpus)


def _bars(group: str, results: list[FileResult]) -> list[Score]:
    def ratio(part: int, whole: int) -> float:
        return part / whole if whole else 1.0

    worst = min(results, key=lambda result: result.similarity)
    headings = F1(
        sum(r.headings.true_positives for r in results),
        sum(r.headings.predicted for r in results),
        sum(r.headings.gold for r in results),
    )
    markers = sum(r.markers for r in results)
    wrong = [f"{r.name}: {', '.join(r.masthead_wrong)}" for r in results if r.masthead_wrong]
    return [
        Score(f"{group}: paragraph similarity, lowest", worst.similarity, 0.995, detail=worst.name),
        Score(
            f"{group}: paragraphs whole",
            ratio(sum(r.whole for r in results), sum(r.paragraphs for r in results)),
            1.0,
            detail=f"{sum(r.whole for r in results)} of {sum(r.paragraphs for r in results)}",
        ),
        Score(f"{group}: headings F1", headings.f1, 0.98),
        Score(
            f"{group}: notes right",
            ratio(sum(r.notes_right for r in results), sum(r.notes for r in results)),
            1.0,
            detail=f"{sum(r.notes_right for r in results)} of {sum(r.notes for r in results)}",
        ),
        Score(
            f"{group}: markers at the right offset",
            ratio(sum(r.markers_right for r in results), markers),
            0.98,
            detail=f"{sum(r.markers_right for r in results)} of {markers}",
        ),
        Score(f"{group}: false markers", sum(r.markers_found - r.markers_right for r in results), 0, better="low"),
        Score(f"{group}: running heads left in", sum(r.furniture_left for r in results), 0, better="low"),
        Score(
            f"{group}: masthead fields wrong", sum(len(r.masthead_wrong) for r in results), 0, "low", "; ".join(wrong)
        ),
    ]
