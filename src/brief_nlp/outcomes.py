"""What a run came to, in the terminal: a table of documents, some claims, a line a document as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from brief_nlp.batch.local import Outcome
    from brief_nlp.claims.compare import Match


def safe(text: str) -> str:
    """Text of unknown origin, made harmless for a terminal and for Rich's markup."""
    from rich.markup import escape

    return escape("".join(char if char.isprintable() or char == "\n" else "\N{REPLACEMENT CHARACTER}" for char in text))


def _counts(outcome: Outcome) -> dict[str, int]:
    brief = outcome.brief
    if brief is None:
        return {}
    facts = sum(claim.label == "fact" for claim in brief.claims)
    return {
        "pages": brief.page_count,
        "claims": len(brief.claims),
        "facts": facts,
        "assessments": len(brief.claims) - facts,
        "to_review": sum(claim.needs_review for claim in brief.claims),
        "footnotes": len(brief.footnotes),
        "linked": sum(bool(note.markers) for note in brief.footnotes),
        "dates": len(brief.dates),
        "entities": len(brief.entities),
    }


def as_row(outcome: Outcome) -> dict[str, Any]:
    """An outcome with its counts, JSON-able."""
    return {
        "path": str(outcome.path),
        "status": outcome.status.value,
        "document_id": outcome.document_id,
        "category": outcome.category.value if outcome.category else None,
        "message": outcome.message or None,
        **_counts(outcome),
    }


def print_summary(outcomes: Sequence[Outcome], place: str, out: Console) -> None:
    """A table with a row a document, and where the rows lie."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("document", no_wrap=True)
    names = ("pages", "claims", "facts", "assess-\nments", "to\nreview", "notes\nlinked", "dates", "entities")
    for name in names:
        table.add_column(name, justify="right", no_wrap=True)
    for outcome in outcomes:
        counts = _counts(outcome)
        if counts:
            linked = f"{counts['linked']} of {counts['footnotes']}"
            keys = ("pages", "claims", "facts", "assessments", "to_review", "", "dates", "entities")
            table.add_row(safe(outcome.path.stem), *(str(counts[key]) if key else linked for key in keys))
    if table.row_count:
        out.print(table)
    by_status = Counter(outcome.status.value for outcome in outcomes)
    told = ", ".join(f"{count} {status}" for status, count in sorted(by_status.items()))
    out.print(f"{told}. The rows lie in [bold]{safe(place)}[/].", highlight=False, soft_wrap=True)


def print_sample(outcomes: Sequence[Outcome], count: int, out: Console) -> None:
    """Claims that show the range: spread evenly over what was read, with notes first."""
    from brief_nlp.rows import source_in_words

    found = [(outcome.brief, claim) for outcome in outcomes if outcome.brief for claim in outcome.brief.claims]
    noted = [pair for pair in found if pair[1].evidence] or found
    step = max(1, len(noted) // count) if count else 1
    for brief, claim in noted[::step][:count]:
        label = "[green]fact[/]" if claim.label == "fact" else "[yellow]assessment[/]"
        notes = ", ".join(dict.fromkeys(brief.footnotes[item.footnote].label for item in claim.evidence)) or "none"
        page = claim.regions[0].page if claim.regions else "?"
        sure = " [red](to review)[/]" if claim.needs_review else ""
        out.print(
            f"\n{label}{sure}  p(assessment) {claim.probability:.2f}  source: {safe(source_in_words(claim))}  "
            f"page {page}  footnote {notes}",
            highlight=False,
            soft_wrap=True,
        )
        out.print(f"  {safe(claim.text)}", highlight=False)


def print_matches(matches: Sequence[Match], names: Sequence[str], out: Console) -> None:
    """Two lines a pair of claims, each with its brief and page."""
    for match in matches:
        out.print(f"\n[bold]{match.relation}[/], alike {match.alike:.2f}", highlight=False)
        for place, claim in (match.one, match.other):
            page = claim.regions[0].page if claim.regions else "?"
            out.print(f"  {safe(names[place])}, page {page}: {safe(claim.text)}", highlight=False, soft_wrap=True)
    out.print(f"\n{len(matches)} pair{'' if len(matches) == 1 else 's'} of claims.", highlight=False)
