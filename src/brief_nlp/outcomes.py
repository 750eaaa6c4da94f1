"""What a run came to, in the terminal: a table of documents, some claims, a line a document as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from brief_nlp.batch.work import Outcome
    from brief_nlp.claims.compare import Match
    from brief_nlp.schema import Brief
    from brief_nlp.store.state import State

    Read = Callable[[str], Brief | None]

MOST_SHOWN = 40  # documents: more than that nobody reads in a terminal


def safe(text: str) -> str:
    """Text of unknown origin, made harmless for a terminal and for Rich's markup; on one line, since a name of a file
    may hold the end of one, and go on like a line of ours."""
    from rich.markup import escape

    return escape("".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text))


def as_row(outcome: Outcome) -> dict[str, Any]:
    """An outcome with its counts, JSON-able."""
    return {
        "path": outcome.name,
        "status": outcome.status.value,
        "document_id": outcome.document_id,
        "category": outcome.category.value if outcome.category else None,
        "message": outcome.message or None,
        **outcome.counts,
    }


class Gathered:
    """What a run shows at its end: how many documents ended how, and the first of them, however many there were."""

    def __init__(self) -> None:
        self.by_status: Counter[str] = Counter()
        self.by_category: Counter[str] = Counter()
        self.shown: list[Outcome] = []
        self.failed: list[Outcome] = []

    def add(self, outcome: Outcome) -> None:
        """Count an outcome."""
        self.by_status[outcome.status.value] += 1
        if outcome.category:
            self.by_category[outcome.category.value] += 1
        kept = self.failed if outcome.failed else self.shown
        if len(kept) < MOST_SHOWN:
            kept.append(outcome)

    @property
    def failures(self) -> int:
        """Documents that gave no rows."""
        return self.by_status["rejected"] + self.by_status["quarantined"]


def print_summary(gathered: Gathered, read: Read, place: str, out: Console) -> None:
    """A table with a row a document, unless there are too many to look at, and where the rows lie."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("document", no_wrap=True)
    names = ("pages", "claims", "facts", "assess-\nments", "to\nreview", "notes\nlinked", "dates", "entities")
    for name in names:
        table.add_column(name, justify="right", no_wrap=True)
    for outcome in sorted(gathered.shown, key=lambda one: one.name):
        counts = outcome.counts or _stored(outcome, read)
        if counts:
            linked = f"{counts['linked']} of {counts['footnotes']}"
            keys = ("pages", "claims", "facts", "assessments", "to_review", "", "dates", "entities")
            table.add_row(safe(Path(outcome.name).stem), *(str(counts[key]) if key else linked for key in keys))
    if table.row_count:
        out.print(table)
    ended = gathered.by_status
    if (more := ended["done"] + ended["skipped"] - table.row_count) > 0:
        out.print(f"… and {more:,} more.", highlight=False)
    told = ", ".join(f"{count:,} {status}" for status, count in sorted(ended.items())) or "nothing to do"
    out.print(f"{told}. The rows lie in [bold]{safe(place)}[/].", highlight=False, soft_wrap=True)


def _stored(outcome: Outcome, read: Read) -> Mapping[str, int]:
    from brief_nlp.batch.work import counted

    brief = read(outcome.document_id) if outcome.document_id else None
    return counted(brief) if brief else {}


def print_failures(gathered: Gathered, err: Console) -> None:
    """A line a document that gave no rows; of many the first, and how many there are of each kind."""
    for outcome in gathered.failed:
        err.print(f"[bold red]{outcome.status}:[/] {safe(outcome.message)}", soft_wrap=True, highlight=False)
    if (more := gathered.failures - len(gathered.failed)) > 0:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in gathered.by_category.most_common())
        err.print(f"… and {more:,} more ({kinds} in all): `brief-nlp status` names them.", highlight=False)


def print_sample(gathered: Gathered, count: int, read: Read, out: Console) -> None:
    """Claims that show the range: spread evenly over what was read, with notes first."""
    from brief_nlp.rows import source_in_words

    if not count:
        return
    named = sorted(gathered.shown, key=lambda one: one.name)
    briefs = [brief for one in named if one.document_id and (brief := read(one.document_id))]
    found = [(brief, claim) for brief in briefs for claim in brief.claims]
    noted = [pair for pair in found if pair[1].evidence] or found
    step = max(1, len(noted) // count)
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


def print_state(state: State, out: Console) -> None:
    """How far a store is: the last run, documents by how they ended, and the names of what failed."""
    run = state.run
    if run is None:
        out.print("Nothing was run into this store yet.")
    else:
        about = f" of {run.total:,}" if run.total is not None else ""
        out.print(f"[bold]{run.words}[/]: {run.ended:,}{about} documents", highlight=False)
        if run.rate:
            left = f", {_duration(run.left)} left" if run.left is not None else ""
            out.print(f"{run.rate:.2f} documents a second{left}", highlight=False)
    counts = ", ".join(f"{count:,} {name}" for name, count in state.documents.items()) or "no documents"
    out.print(f"In the store: {counts}.", highlight=False, soft_wrap=True)
    for kind, count in state.categories.items():
        out.print(f"  {count:,} {kind}", highlight=False)
    for one in state.failed:
        told = f"[bold red]{one.state}[/] ({one.category or 'broken off'}, tried {one.attempts}): {safe(one.path)}"
        out.print(told, highlight=False, soft_wrap=True)
    if (more := sum(state.categories.values()) - len(state.failed)) > 0:
        out.print(f"… and {more:,} more: `brief-nlp status --json` names all.", highlight=False)
    if state.failed:
        out.print("`brief-nlp retry` tries them again.", highlight=False)


def _duration(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"


def print_matches(matches: Sequence[Match], names: Sequence[str], out: Console) -> None:
    """Two lines a pair of claims, each with its brief and page."""
    for match in matches:
        out.print(f"\n[bold]{match.relation}[/], alike {match.alike:.2f}", highlight=False)
        for place, claim in (match.one, match.other):
            page = claim.regions[0].page if claim.regions else "?"
            out.print(f"  {safe(names[place])}, page {page}: {safe(claim.text)}", highlight=False, soft_wrap=True)
    out.print(f"\n{len(matches)} pair{'' if len(matches) == 1 else 's'} of claims.", highlight=False)
