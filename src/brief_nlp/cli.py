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
from brief_nlp.outcomes import as_row, print_sample, print_summary, safe

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
ClassifierOption = Annotated[
    Path | None,
    typer.Option("--classifier", help="Folder of another classifier, as transformers saves one (docs/classifier.md)."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


def main() -> None:
    """Entry point: a user's mistake ends in one clear line and exit code 2."""
    try:
        app()
    except BriefError as error:
        err.print(f"[bold red]error:[/] {safe(error.message)} {safe(error.advice)}", soft_wrap=True, highlight=False)
        sys.exit(WRONG_USE)
    except KeyboardInterrupt:
        err.print("stopped; what was finished is kept, and the next run goes on from there")
        sys.exit(130)


def _settings(reader: str | None = None, **more: Any) -> Settings:
    from pydantic import ValidationError

    from brief_nlp.settings import Settings

    given = {key: value for key, value in {"reader": reader, **more}.items() if value is not None}
    try:
        settings = Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise BriefError(f"setting {name}: {first['msg']} (got {first['input']!r}).", "See docs/settings.md.") from None
    if settings.classifier is not None:  # a wrong folder is told before any work is done
        from brief_nlp.claims.classifier import load_classifier
        from brief_nlp.schema import Language

        load_classifier(Language.EN, settings.classifier)
    return settings


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
    classifier: ClassifierOption = None,
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

    settings = _settings(reader, language=language, gazetteer=gazetteer, classifier=classifier)
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
            progress.update(task, advance=1, description=safe(outcome.path.name))
            if as_json:
                sys.stdout.write(json.dumps(as_row(outcome), ensure_ascii=False) + "\n")
        sink.close()
    failed = [outcome for outcome in outcomes if outcome.status in (Status.REJECTED, Status.QUARANTINED)]
    if not as_json:
        print_summary(outcomes, place, out)
        print_sample(outcomes, sample, out)
    for outcome in failed:
        err.print(f"[bold red]{outcome.status}:[/] {safe(outcome.message)}", soft_wrap=True, highlight=False)
    raise typer.Exit(SOME_REJECTED if failed else 0)


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
    classifier: ClassifierOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print one brief: facts green, assessments yellow, uncertain ones underlined, notes at their markers."""
    from brief_nlp.analysis import analyze
    from brief_nlp.terminal import print_brief

    if folder and not layout:
        raise BriefError("--out says where pictures go, and none were asked for.", "Give --layout as well.")
    try:
        settings = _settings(reader, gazetteer=gazetteer, classifier=classifier)
        brief = analyze(pdf, settings=settings, password=password)
        paths = _pictures(brief, pdf, folder, password) if layout else []
    except Rejected as rejected:
        raise Rejected(rejected.category, rejected.detail, where=str(pdf)) from None
    if layout and as_json:
        sys.stdout.write(json.dumps([str(path) for path in paths], ensure_ascii=False) + "\n")
    elif layout:
        for path in paths:
            out.print(safe(str(path)), highlight=False, soft_wrap=True)
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
    out.print(f"{len(items)} references written to [bold]{safe(str(to))}[/].", highlight=False, soft_wrap=True)


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
        table.add_row(*map(safe, cells))
    out.print(table)


def _check_gazetteer(path: Path) -> None:
    from brief_nlp.tagging.gazetteer import load_gazetteer

    added = load_gazetteer(path.resolve())
    out.print(f"{safe(str(path))}: sound; with the project's own {len(added.entries)} entries.", highlight=False)


@app.command(
    epilog="Examples: [cyan]brief-nlp compare first_edition.pdf second_edition.pdf[/], "
    "[cyan]brief-nlp compare --from sqlite:///kinu.db --figures[/]"
)
def compare(
    pdfs: Annotated[
        list[Path] | None, typer.Argument(help="Two or more PDFs; without any, a database is read.")
    ] = None,
    store: Annotated[
        str, typer.Option("--from", help="The database: sqlite:///FILE or postgresql://….")
    ] = DEFAULT_STORE,
    figures: Annotated[bool, typer.Option("--figures", help="Only claims that give another figure.")] = False,
    least: Annotated[
        float | None, typer.Option("--least", min=0, max=1, help="How alike claims must be, 0 to 1.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Find claims of different briefs that say the same, or give another figure for the same thing."""
    from brief_nlp.analysis import analyze
    from brief_nlp.claims.compare import Relation
    from brief_nlp.claims.compare import compare as compared
    from brief_nlp.outcomes import print_matches
    from brief_nlp.store.database import open_existing, reported
    from brief_nlp.store.documents import read_all

    if pdfs and len(pdfs) < 2:
        raise BriefError("One brief cannot be compared.", "Give two PDFs or more, or a database with --from.")
    if pdfs:
        briefs = [analyze(pdf, settings=_settings()) for pdf in pdfs]
    else:
        with reported(store):
            briefs = read_all(open_existing(store))
    names = [str(pdf) for pdf in pdfs] if pdfs else [brief.masthead.title or brief.document_id[:12] for brief in briefs]
    matches = [one for one in compared(briefs, least) if not figures or one.relation is Relation.OTHER_FIGURE]
    if as_json:
        rows = [
            {"relation": match.relation, "alike": match.alike}
            | {
                side: {"brief": briefs[place].document_id, "claim_id": claim.id, "text": claim.text}
                for side, (place, claim) in (("one", match.one), ("other", match.other))
            }
            for match in matches
        ]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False) + "\n")
    else:
        print_matches(matches, names, out)


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
            advice = "" if check.ok else f" → {safe(check.advice)}"
            out.print(f"{mark} {check.name}: {safe(check.found)}{advice}", highlight=False, soft_wrap=True)
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
            table.add_row(safe(score.name), f"{score.value:.4g}", sign, mark, safe(score.detail))
        out.print(table)
    for reason in skipped:
        err.print(f"skipped: {safe(reason)}", soft_wrap=True, highlight=False)
    raise typer.Exit(0 if all(score.met for score in scores) else 1)
