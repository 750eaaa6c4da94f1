"""A brief in the terminal: claims coloured by label, each marker with its note."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from brief_nlp.rows import source_in_words
from brief_nlp.schema import Block, BlockKind, Brief, Claim, Label

STYLES = {Label.FACT: "green", Label.ASSESSMENT: "yellow"}
_PLAIN = {
    BlockKind.TITLE: "bold underline",
    BlockKind.HEADING: "bold",
    BlockKind.BYLINE: "italic",
    BlockKind.MASTHEAD: "dim",
    BlockKind.CAPTION: "italic dim",
    BlockKind.COPYRIGHT: "dim",
    BlockKind.DISCLAIMER: "dim",
    BlockKind.TABLE_CELL: "",
}


def print_brief(brief: Brief, console: Console, *, why: bool = False) -> None:
    """Print a brief; with `why`, the reasons behind each label."""
    by_block: dict[int, list[Claim]] = {}
    for claim in brief.claims:
        by_block.setdefault(claim.block, []).append(claim)
    for block in brief.blocks:
        if block.kind is BlockKind.FOOTNOTE:
            continue
        text = _coloured(brief, block, by_block.get(block.index, []))
        indent = 2 if block.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_CELL) else 0
        console.print(Padding(text, (0 if block.kind is BlockKind.TABLE_CELL else 1, 0, 0, indent)))
        for note in brief.footnotes:
            if any(marker.block == block.index for marker in note.markers):
                console.print(
                    Padding(Text(f"[{note.label}] {brief.text[note.start : note.end]}", style="cyan"), (0, 0, 0, 4))
                )
        if why:
            for claim in by_block.get(block.index, []):
                console.print(Padding(Text(reasons(claim), style="dim"), (0, 0, 0, 4)))
    for note in brief.footnotes:
        if not note.markers:
            console.print(Text(f"\n[{note.label}, without marker] {brief.text[note.start : note.end]}", style="cyan"))
    for warning in brief.warnings:
        console.print(Text(f"warning: {warning}", style="red"))
    facts = sum(claim.label is Label.FACT for claim in brief.claims)
    unsure = sum(claim.needs_review for claim in brief.claims)
    console.print(
        Text(
            f"\n{facts} facts, {len(brief.claims) - facts} assessments, {unsure} to review; "
            f"by {brief.provenance['claims']}"
        )
    )


def _coloured(brief: Brief, block: Block, claims: list[Claim]) -> Text:
    text = Text(brief.text[block.start : block.end], style=_PLAIN.get(block.kind, ""))
    for claim in claims:
        style = STYLES[claim.label] + (" underline" if claim.needs_review else "")
        text.stylize(style, claim.start - block.start, claim.end - block.start)
    called = [
        (marker.offset, note.label)
        for note in brief.footnotes
        for marker in note.markers
        if marker.block == block.index
    ]
    for offset, label in sorted(called, reverse=True):
        place = offset - block.start
        text = text[:place] + Text(f"[{label}]", style="cyan") + text[place:]
    return text


def reasons(claim: Claim) -> str:
    """Why a claim has its label, in a line."""
    cues = ", ".join(f"“{cue.text}” {cue.category} {cue.weight:+.1f}" for cue in claim.cues) or "no cue"
    told = [claim.label.value, f"p {claim.probability:.2f} (encoder {claim.encoder:.2f})"]
    told += [word for word in (claim.kind and claim.kind.value, claim.likelihood and claim.likelihood.value) if word]
    parts = "; ".join(f"{clause.label.value} “{_short(clause.text)}”" for clause in claim.clauses)
    told += [f"mixed: {parts}"] if parts else []
    return f"{_short(claim.text)} → {', '.join(told)}; source: {source_in_words(claim)}; {cues} ({claim.by})"


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40].rstrip() + "…"
