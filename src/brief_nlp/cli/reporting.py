"""Commands that write a report: report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from brief_nlp.cli.options import (
    DEFAULT_STORE,
    ClassifierOption,
    GazetteerOption,
    PasswordOption,
    ReaderOption,
    StoreOption,
    err,
    out,
    settings_of,
)
from brief_nlp.errors import BriefError, Rejected
from brief_nlp.outcomes import safe

if TYPE_CHECKING:
    from brief_nlp.batch.inputs import Input
    from brief_nlp.schema import Brief
    from brief_nlp.settings import Settings

app = typer.Typer(rich_markup_mode="rich")


@app.command(
    epilog="Examples: [cyan]brief-nlp report CO_24-10.pdf[/], [cyan]brief-nlp report briefs/ --out briefs.html[/], "
    "[cyan]brief-nlp report --from sqlite:///kinu.db --language ko[/], "
    "[cyan]brief-nlp report --from sqlite:///kinu.db --document 3f9a01bc[/]"
)
def report(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="PDF files, folders, globs and archives; without any, a database is read."),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    document: Annotated[
        str | None, typer.Option("--document", help="Only this document of the database: its id, or how it begins.")
    ] = None,
    to: Annotated[Path, typer.Option("--out", help="The HTML file; what it held is replaced.")] = Path("report.html"),
    language: Annotated[str, typer.Option("--language", help="The language of the page: en or ko.")] = "en",
    password: PasswordOption = None,
    reader: ReaderOption = None,
    gazetteer: GazetteerOption = None,
    classifier: ClassifierOption = None,
) -> None:
    """Write one HTML page that needs nothing else: a brief with its claims coloured, or a collection in charts.

    Briefs of a database are shown with the labels that reviewers gave them (docs/report.md).
    """
    from brief_nlp.batch.inputs import find_inputs
    from brief_nlp.report.page import write_report
    from brief_nlp.report.wording import wording
    from brief_nlp.store.database import open_existing, reported
    from brief_nlp.store.documents import find, read_reviewed

    wording(language)  # a wrong one is told before any work is done
    if not to.absolute().parent.is_dir():
        raise BriefError(f"{to.parent}: there is no such folder.", "Create it first, or give another file with --out.")
    if paths and document:
        raise BriefError("--document names a document of a database, and PDFs were given.", "Leave one of them out.")
    if paths:
        settings = settings_of(reader, gazetteer=gazetteer, classifier=classifier)
        inputs = list(find_inputs(paths, settings.max_file_mb << 20))
        count = write_report(_analyzed(inputs, settings, password), to, language)
    else:
        with reported(store):
            engine = open_existing(store)
            chosen = _one(find(engine, document), document, store) if document else None
            briefs = read_reviewed(engine, chosen)
            if (first := next(briefs, None)) is None:
                raise BriefError(f"{store}: there is no brief in it.", "Fill it with `brief-nlp run … --to`.")
            count = write_report(_all(first, briefs), to, language)
    what = "1 brief" if count == 1 else f"{count} briefs"
    out.print(f"Report on {what} written to [bold]{safe(str(to))}[/].", highlight=False, soft_wrap=True)


def _analyzed(inputs: list[Input], settings: Settings, password: str | None) -> Iterator[Brief]:
    """Briefs as they are read, each document once whatever files it lies in."""
    from rich.progress import track

    from brief_nlp.analysis import analyze
    from brief_nlp.batch.inputs import read

    met: set[str] = set()
    hidden = not err.is_terminal or len(inputs) == 1
    for one in track(inputs, "reading", console=err, transient=True, disable=hidden):
        try:
            data = read(one, settings.max_file_mb << 20)
            brief = analyze(data, settings=settings, password=password)
        except Rejected as rejected:
            raise Rejected(rejected.category, rejected.detail, where=one.name) from None
        if brief.document_id not in met:
            met.add(brief.document_id)
            yield brief


def _all(first: Brief, more: Iterator[Brief]) -> Iterator[Brief]:
    yield first
    yield from more


def _one(found: list[str], asked: str, store: str) -> str:
    """The document that was meant. Raises `BriefError` where it is none or several."""
    if not found:
        raise BriefError(
            f"{asked}: there is no document with this id in {store}.",
            "List them with `brief-nlp query 'SELECT document_id, title FROM documents'`.",
        )
    if len(found) > 1:
        raise BriefError(f"{asked}: the ids of several documents begin so.", f"Give more of it, as {found[0][:12]}.")
    return found[0]
