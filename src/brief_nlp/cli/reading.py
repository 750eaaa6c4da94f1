"""Commands that read PDFs one by one: show, references, compare."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from brief_nlp.cli.options import (
    DEFAULT_STORE,
    ClassifierOption,
    GazetteerOption,
    JsonOption,
    PasswordOption,
    ReaderOption,
    StoreOption,
    out,
    settings_of,
)
from brief_nlp.errors import BriefError, Rejected
from brief_nlp.outcomes import safe

if TYPE_CHECKING:
    from brief_nlp.schema import Brief

app = typer.Typer(rich_markup_mode="rich")


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
