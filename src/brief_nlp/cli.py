"""The command line. Heavy imports happen inside the commands, so that `--help` is instant."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

import brief_nlp
from brief_nlp.errors import BriefError, Category, Rejected

if TYPE_CHECKING:
    from brief_nlp.batch.local import Outcome
    from brief_nlp.schema import Brief
    from brief_nlp.settings import Settings

app = typer.Typer(
    name="brief-nlp",
    help="Structured, footnoted claims from research briefs on North Korea.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
out = Console()
err = Console(stderr=True)

DEFAULT_STORE = "sqlite:///annotations.db"
SOME_REJECTED, WRONG_USE = 1, 2

ReaderOption = Annotated[
    str | None, typer.Option("--reader", help="Which reader takes the PDF apart: pdfium or pdfplumber.")
]
PasswordOption = Annotated[str | None, typer.Option("--password", help="Password of encrypted PDFs.")]
GazetteerOption = Annotated[
    Path | None, typer.Option("--gazetteer", help="File of further names, JSON Lines (docs/gazetteer.md).")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


def main() -> None:
    """Entry point: a user's mistake ends in one clear line and exit code 2."""
    try:
        app()
    except BriefError as error:
        err.print(f"[bold red]error:[/] {_safe(error.message)} {_safe(error.advice)}", soft_wrap=True, highlight=False)
        sys.exit(WRONG_USE)
    except KeyboardInterrupt:
        err.print("stopped; what was finished is kept, and the next run goes on from there")
        sys.exit(130)


def _safe(text: str) -> str:
    """Text of unknown origin, made harmless for a terminal and for Rich's markup."""
    from rich.markup import escape

    return escape("".join(char if char.isprintable() or char == "\n" else "\N{REPLACEMENT CHARACTER}" for char in text))


def _settings(reader: str | None = None, **more: Any) -> Settings:
    from pydantic import ValidationError

    from brief_nlp.settings import Settings

    given = {key: value for key, value in {"reader": reader, **more}.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise BriefError(f"setting {name}: {first['msg']} (got {first['input']!r}).", "See docs/settings.md.") from None


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
) -> None:
    if version:
        out.print(brief_nlp.__version__, highlight=False)
        raise typer.Exit


@app.command(epilog="Example: [cyan]brief-nlp run briefs/ more/CO_24-10.pdf --to sqlite:///kinu.db[/]")
def run(
    paths: Annotated[list[str], typer.Argument(help="PDF files, folders (searched at any depth) and globs.")],
    to: Annotated[
        str, typer.Option("--to", help="Where the rows go: sqlite:///FILE, postgresql://…, or a folder for files.")
    ] = DEFAULT_STORE,
    password: PasswordOption = None,
    reader: ReaderOption = None,
    language: Annotated[str | None, typer.Option("--language", help="auto, en or ko.")] = None,
    gazetteer: GazetteerOption = None,
    retry: Annotated[bool, typer.Option("--retry", help="Try quarantined documents again.")] = False,
    sample: Annotated[int, typer.Option("--sample", min=0, help="Show this many claims at the end.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Analyze PDFs and store their rows. What is done already is skipped.

    Exit code 0: all went well; 1: some documents were rejected (each is named); 2: wrong use.
    """
    from functools import partial

    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from brief_nlp.analysis import analyze
    from brief_nlp.batch.inputs import find_pdfs
    from brief_nlp.batch.local import Status
    from brief_nlp.batch.local import run as run_all
    from brief_nlp.fingerprint import fingerprint
    from brief_nlp.store.database import reported
    from brief_nlp.store.sinks import open_sink

    settings = _settings(reader, language=language, gazetteer=gazetteer)
    files = find_pdfs(paths)
    again = set(Category) if retry else {Category.ENCRYPTED} if password else set()
    sink, place = open_sink(to)
    outcomes: list[Outcome] = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with (
        Progress(*columns, console=err, transient=True, disable=as_json or not err.is_terminal) as progress,
        reported(to),
    ):
        task = progress.add_task("reading", total=len(files))
        job = partial(analyze, settings=settings, password=password)
        for outcome in run_all(files, sink, job, fingerprint(settings), attempts=settings.attempts, retry=again):
            outcomes.append(outcome)
            progress.update(task, advance=1, description=_safe(outcome.path.name))
            if as_json:
                sys.stdout.write(json.dumps(_as_json(outcome), ensure_ascii=False) + "\n")
        sink.close()
    failed = [outcome for outcome in outcomes if outcome.status in (Status.REJECTED, Status.QUARANTINED)]
    if not as_json:
        _print_summary(outcomes, place)
        _print_sample(outcomes, sample)
    for outcome in failed:
        err.print(f"[bold red]{outcome.status}:[/] {_safe(outcome.message)}", soft_wrap=True, highlight=False)
    raise typer.Exit(SOME_REJECTED if failed else 0)


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


def _as_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "path": str(outcome.path),
        "status": outcome.status.value,
        "document_id": outcome.document_id,
        "category": outcome.category.value if outcome.category else None,
        "message": outcome.message or None,
        **_counts(outcome),
    }


def _print_summary(outcomes: list[Outcome], place: str) -> None:
    from collections import Counter

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
            table.add_row(_safe(outcome.path.stem), *(str(counts[key]) if key else linked for key in keys))
    if table.row_count:
        out.print(table)
    by_status = Counter(outcome.status.value for outcome in outcomes)
    told = ", ".join(f"{count} {status}" for status, count in sorted(by_status.items()))
    out.print(f"{told}. The rows lie in [bold]{_safe(place)}[/].", highlight=False, soft_wrap=True)


def _print_sample(outcomes: list[Outcome], count: int) -> None:
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
            f"\n{label}{sure}  p(assessment) {claim.probability:.2f}  source: {_safe(source_in_words(claim))}  "
            f"page {page}  footnote {notes}",
            highlight=False,
            soft_wrap=True,
        )
        out.print(f"  {_safe(claim.text)}", highlight=False)


@app.command(
    epilog="Examples: [cyan]brief-nlp show CO_24-10.pdf --why[/], "
    "[cyan]brief-nlp show CO_24-10.pdf --layout --out pictures[/]"
)
def show(
    pdf: Annotated[Path, typer.Argument(help="One PDF.")],
    why: Annotated[bool, typer.Option("--why", help="Give the reasons of each label in a line.")] = False,
    layout: Annotated[
        bool, typer.Option("--layout", help="Write a picture of each page instead: blocks, markers and their notes.")
    ] = False,
    folder: Annotated[
        Path | None, typer.Option("--out", help="Folder for the pictures; by default NAME-layout in this one.")
    ] = None,
    password: PasswordOption = None,
    reader: ReaderOption = None,
    gazetteer: GazetteerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print one brief: facts green, assessments yellow, uncertain ones underlined, notes at their markers."""
    from brief_nlp.analysis import analyze
    from brief_nlp.terminal import print_brief

    if folder and not layout:
        raise BriefError("--out says where pictures go, and none were asked for.", "Give --layout as well.")
    try:
        brief = analyze(pdf, settings=_settings(reader, gazetteer=gazetteer), password=password)
        paths = _pictures(brief, pdf, folder, password) if layout else []
    except Rejected as rejected:
        raise Rejected(rejected.category, rejected.detail, where=str(pdf)) from None
    if layout and as_json:
        sys.stdout.write(json.dumps([str(path) for path in paths], ensure_ascii=False) + "\n")
    elif layout:
        for path in paths:
            out.print(_safe(str(path)), highlight=False, soft_wrap=True)
    elif as_json:
        sys.stdout.write(brief.model_dump_json(indent=2) + "\n")
    else:
        print_brief(brief, out, why=why)


def _pictures(brief: Brief, pdf: Path, folder: Path | None, password: str | None) -> list[Path]:
    from brief_nlp.report.layout import write_layout

    folder = folder or Path(f"{pdf.stem}-layout")
    return write_layout(brief, pdf.read_bytes(), folder, _settings(), stem=pdf.stem, password=password)


@app.command(
    epilog="Examples: [cyan]brief-nlp references CO_24-10.pdf[/], "
    "[cyan]brief-nlp references CO_24-10.pdf --out references.json[/] (for Zotero: File, Import)"
)
def references(
    pdf: Annotated[Path, typer.Argument(help="One PDF.")],
    to: Annotated[
        Path | None, typer.Option("--out", help="File for the references; by default they are printed.")
    ] = None,
    password: PasswordOption = None,
    reader: ReaderOption = None,
) -> None:
    """Give the references of a brief's notes as CSL-JSON, which Zotero and Pandoc read."""
    from brief_nlp.analysis import analyze
    from brief_nlp.interchange.csl_json import csl_items

    try:
        items = csl_items(analyze(pdf, settings=_settings(reader), password=password))
    except Rejected as rejected:
        raise Rejected(rejected.category, rejected.detail, where=str(pdf)) from None
    written = json.dumps(items, ensure_ascii=False, indent=2) + "\n"
    if to is None:
        sys.stdout.write(written)
        return
    try:
        to.write_text(written, encoding="utf-8")
    except OSError as error:
        raise BriefError(f"{to}: cannot be written ({error.strerror}).", "Give another file with --out.") from None
    out.print(f"{len(items)} references written to [bold]{_safe(str(to))}[/].", highlight=False, soft_wrap=True)


@app.command(
    epilog="Examples: [cyan]brief-nlp entities[/], [cyan]brief-nlp entities --from sqlite:///kinu.db --type PERSON[/], "
    "[cyan]brief-nlp entities --check my_names.jsonl[/]"
)
def entities(
    store: Annotated[
        str, typer.Option("--from", help="The database: sqlite:///FILE or postgresql://….")
    ] = DEFAULT_STORE,
    kind: Annotated[
        str | None, typer.Option("--type", help="Only these: PERSON, ORG, PLACE, EVENT, POLICY, LAW …")
    ] = None,
    most: Annotated[int, typer.Option("--most", min=1, help="How many to list.")] = 50,
    check_file: Annotated[
        Path | None, typer.Option("--check", help="Check a gazetteer file instead, line by line.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List the entities of a collection: mentions, documents, and the spellings that were met."""
    from rich import box
    from rich.table import Table

    if check_file is not None:
        _check_gazetteer(check_file)
        return
    from brief_nlp.schema import EntityType
    from brief_nlp.store.database import reported
    from brief_nlp.store.listing import entity_counts

    if kind is not None and kind.upper() not in set(EntityType):
        raise BriefError(f"{kind}: there is no such type.", f"Choose one of {', '.join(EntityType)}.")
    with reported(store):
        rows = entity_counts(store, kind.upper() if kind else None, most)
    if as_json:
        sys.stdout.write(json.dumps([row._asdict() for row in rows], ensure_ascii=False) + "\n")
        return
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for name in ("name", "type", "mentions", "documents", "id", "as written"):
        table.add_column(name, justify="right" if name in ("mentions", "documents") else "left")
    for row in rows:
        cells = (
            row.name,
            row.type,
            str(row.mentions),
            str(row.documents),
            row.canonical_id or "",
            ", ".join(row.spellings),
        )
        table.add_row(*map(_safe, cells))
    out.print(table)


def _check_gazetteer(path: Path) -> None:
    from brief_nlp.tagging.gazetteer import load_gazetteer

    added = load_gazetteer(path.resolve())
    out.print(f"{_safe(str(path))}: sound; with the project's own {len(added.entries)} entries.", highlight=False)


@app.command(epilog="Example: [cyan]brief-nlp doctor --to postgresql://localhost/kinu[/]")
def doctor(
    to: Annotated[str | None, typer.Option("--to", help="Also try this database.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Check models, OCR, drivers and a database, and say how to mend what is missing."""
    from brief_nlp.checks import run_checks

    checks = run_checks(to)
    if as_json:
        sys.stdout.write(json.dumps([check._asdict() for check in checks], ensure_ascii=False, indent=2) + "\n")
    else:
        for check in checks:
            mark = "[green]ok     [/]" if check.ok else "[yellow]missing[/]" if check.optional else "[red]broken [/]"
            advice = "" if check.ok else f" → {_safe(check.advice)}"
            out.print(f"{mark} {check.name}: {_safe(check.found)}{advice}", highlight=False, soft_wrap=True)
    raise typer.Exit(0 if all(check.ok or check.optional for check in checks) else 1)


@app.command(epilog="Example: [cyan]brief-nlp evaluate reading[/]")
def evaluate(
    part: Annotated[str, typer.Argument(help="job, reading, tagging, claims, or all.")] = "all",
    as_json: JsonOption = False,
) -> None:
    """Print figures beside their bars; exit code 1 while one is missed."""
    from rich import box
    from rich.table import Table

    from brief_nlp.evaluation.parts import PARTS, scores_of

    if part not in (*PARTS, "all"):
        raise BriefError(f"{part}: there is no such part.", f"Choose one of {', '.join(PARTS)}, or all.")
    scores, skipped = scores_of(list(PARTS) if part == "all" else [part])
    if as_json:
        sys.stdout.write(
            json.dumps([{**score.__dict__, "met": score.met} for score in scores], ensure_ascii=False) + "\n"
        )
    else:
        table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
        for name in ("figure", "value", "bar", "", "detail"):
            table.add_column(name, justify="right" if name in ("value", "bar") else "left")
        for score in scores:
            sign = "" if score.bar is None else ("≥ " if score.better == "high" else "≤ ") + f"{score.bar:g}"
            mark = "" if score.bar is None else "[green]met[/]" if score.met else "[red]missed[/]"
            table.add_row(_safe(score.name), f"{score.value:.4g}", sign, mark, _safe(score.detail))
        out.print(table)
    for reason in skipped:
        err.print(f"skipped: {_safe(reason)}", soft_wrap=True, highlight=False)
    raise typer.Exit(0 if all(score.met for score in scores) else 1)
