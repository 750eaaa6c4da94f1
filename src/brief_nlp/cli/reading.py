"""Commands that read PDFs: run, show, references, compare."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import brief_nlp
from brief_nlp.cli.options import (
    DEFAULT_STORE,
    ClassifierOption,
    GazetteerOption,
    JsonOption,
    PasswordOption,
    ReaderOption,
    StoreOption,
    err,
    out,
    settings_of,
)
from brief_nlp.errors import BriefError, Category, Rejected
from brief_nlp.outcomes import as_row, print_sample, print_summary, safe

if TYPE_CHECKING:
    from brief_nlp.batch.local import Outcome
    from brief_nlp.schema import Brief

app = typer.Typer(rich_markup_mode="rich")
SOME_REJECTED = 1


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

    settings = settings_of(reader, language=language, gazetteer=gazetteer, classifier=classifier)
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
        made_by = fingerprint(settings)
        number = sink.begin(made_by, brief_nlp.__version__)
        for outcome in run_all(files, sink, job, made_by, attempts=settings.attempts, retry=again):
            outcomes.append(outcome)
            progress.update(task, advance=1, description=safe(outcome.path.name))
            if as_json:
                sys.stdout.write(json.dumps(as_row(outcome), ensure_ascii=False) + "\n")
        failed = [outcome for outcome in outcomes if outcome.status in (Status.REJECTED, Status.QUARANTINED)]
        skipped = sum(outcome.status is Status.SKIPPED for outcome in outcomes)
        done = len(outcomes) - len(failed) - skipped
        sink.end(number, done=done, skipped=skipped, rejected=len(failed))
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
        settings = settings_of(reader, gazetteer=gazetteer, classifier=classifier)
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
    return write_layout(brief, pdf.read_bytes(), folder, settings_of(), stem=pdf.stem, password=password)


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
        items = csl_items(analyze(pdf, settings=settings_of(reader), password=password))
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
    epilog="Examples: [cyan]brief-nlp compare first_edition.pdf second_edition.pdf[/], "
    "[cyan]brief-nlp compare --from sqlite:///kinu.db --figures[/]"
)
def compare(
    pdfs: Annotated[
        list[Path] | None, typer.Argument(help="Two or more PDFs; without any, a database is read.")
    ] = None,
    store: StoreOption = DEFAULT_STORE,
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
        briefs = [analyze(pdf, settings=settings_of()) for pdf in pdfs]
    else:
        with reported(store):
            briefs = list(read_all(open_existing(store)))
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
