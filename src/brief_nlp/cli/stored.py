"""Commands over a store: entities, query, search, feed, sync, export, import."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from brief_nlp.cli.options import DEFAULT_STORE, JsonOption, StoreOption, err, out
from brief_nlp.errors import BriefError
from brief_nlp.outcomes import safe

app = typer.Typer(rich_markup_mode="rich")

MostOption = Annotated[int, typer.Option("--most", min=1, help="How many rows at most.")]
FollowOption = Annotated[bool, typer.Option("--follow", help="Go on as the store changes, until stopped.")]


@app.command(
    epilog="Examples: [cyan]brief-nlp entities[/], [cyan]brief-nlp entities --from sqlite:///kinu.db --type PERSON[/], "
    "[cyan]brief-nlp entities --check my_names.jsonl[/]"
)
def entities(
    store: StoreOption = DEFAULT_STORE,
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
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    epilog="Examples: [cyan]brief-nlp query[/] (lists the saved ones), "
    "[cyan]brief-nlp query assessments --about 'Kim Jong Un' --since 2024[/], "
    "[cyan]brief-nlp query 'SELECT label, COUNT(*) FROM claims_current GROUP BY label' --csv[/]",
)
def query(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="Name of a saved query, or SQL.")] = None,
    store: StoreOption = DEFAULT_STORE,
    most: MostOption = 1000,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV instead of a table.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Ask a store: a saved query with what it asks for (`--about NAME` …), or SQL. Nothing is ever written."""
    from brief_nlp.store.database import open_existing, reported
    from brief_nlp.store.query import ask

    given = _named(context.args)
    if question is None:
        _list_queries()
        return
    with reported(store):
        answer = ask(open_existing(store), question, given, most=most)
    if as_json:
        rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, default=str) + "\n")
    elif as_csv:
        from brief_nlp.store.tabular import disarmed

        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(answer.columns)
        writer.writerows([disarmed(value) for value in row] for row in answer.rows)
    else:
        _print_rows(answer.columns, answer.rows)
        if len(answer.rows) == most:
            err.print(f"only the first {most} rows; more with --most", highlight=False)


@app.command(
    epilog="Examples: [cyan]brief-nlp search 'grain sales offices'[/], "
    "[cyan]brief-nlp search '\"tactical nuclear\" 전술핵' --from sqlite:///kinu.db[/]"
)
def search(
    words: Annotated[str, typer.Argument(help='Words that all must occur, and "phrases" in quotation marks.')],
    store: StoreOption = DEFAULT_STORE,
    most: MostOption = 50,
    as_json: JsonOption = False,
) -> None:
    """Find claims by their words, in English (any form of a word) and Korean (also inside longer words)."""
    from brief_nlp.store.database import open_existing, reported
    from brief_nlp.store.search import search as find

    with reported(store):
        hits = find(open_existing(store), words, most)
    if as_json:
        sys.stdout.write(json.dumps([hit._asdict() for hit in hits], ensure_ascii=False) + "\n")
        return
    for hit in hits:
        label = "[green]fact[/]" if hit.label == "fact" else "[yellow]assessment[/]"
        where = f"{hit.title or hit.claim_id}, {hit.published or 'undated'}, page {hit.page or '?'}"
        out.print(f"\n{label}  {safe(where)}  source: {safe(hit.source)}", highlight=False, soft_wrap=True)
        out.print(f"  {safe(hit.text)}", highlight=False)
    out.print(f"\n{len(hits)} claim{'' if len(hits) == 1 else 's'}.", highlight=False)


@app.command(
    epilog="Examples: [cyan]brief-nlp feed > rows.jsonl[/], "
    "[cyan]brief-nlp feed --since 3f9a01bc.41.322 --follow | my-loader[/]"
)
def feed(
    store: StoreOption = DEFAULT_STORE,
    since: Annotated[str, typer.Option("--since", help="Cursor of the last line you have; 0: from the start.")] = "0",
    follow: FollowOption = False,
) -> None:
    """Print rows that came, changed or went since a cursor, in order, each once, as JSON lines (docs/store.md)."""
    from brief_nlp.store.database import open_existing, reported
    from brief_nlp.store.feed import lines

    with reported(store):
        for line in lines(open_existing(store), since, follow=follow):
            sys.stdout.write(line + "\n")
            if follow:
                sys.stdout.flush()


@app.command(
    epilog="Example: [cyan]brief-nlp sync --from sqlite:///kinu.db --to postgresql://localhost/kinu[/]",
)
def sync(
    to: Annotated[str, typer.Option("--to", help="The database that is to be brought level.")],
    store: StoreOption = DEFAULT_STORE,
    follow: FollowOption = False,
) -> None:
    """Bring another database level with a store; stopped at any point, it goes on from there."""
    from brief_nlp.store.database import open_existing, open_store, reported
    from brief_nlp.store.sync import sync as run_sync

    taken = rows = 0
    with reported(f"{store} or {to}"):
        for entry in run_sync(open_existing(store), open_store(to), follow=follow):
            taken, rows = taken + 1, rows + entry.size
            if follow:
                err.print(f"change {entry.change_id}: {entry.size} rows", highlight=False)
    out.print(f"{taken} change{'' if taken == 1 else 's'} taken over, {rows} rows; the two are level.", highlight=False)


@app.command(
    epilog="Examples: [cyan]brief-nlp export excel --out claims.xlsx[/], "
    "[cyan]brief-nlp export label-studio --from sqlite:///kinu.db --out tasks.json[/]",
)
def export(
    name: Annotated[
        str | None, typer.Argument(metavar="[FORMAT]", help="The format; without one all are listed.")
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--out", help="File or folder; by default FORMAT with its ending, in this folder.")
    ] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write claims and verdicts for another tool: Label Studio, Prodigy, Argilla, Excel … (docs/interchange.md)."""
    from brief_nlp.interchange.formats import FORMATS
    from brief_nlp.interchange.formats import export as write
    from brief_nlp.store.database import open_existing, reported

    if name is None:
        for known, one in FORMATS.items():
            back = "" if one.read else " (only written)"
            out.print(f"[bold]{known}[/]  {safe(one.about)}{back}", highlight=False, soft_wrap=True)
        return
    suffix = FORMATS[name].suffix if name in FORMATS else ""
    to = to or Path(f"{name}.{suffix}" if suffix else name)
    with reported(store):
        written = write(open_existing(store), name, to)
    out.print(f"{written} written to [bold]{safe(str(to))}[/].", highlight=False, soft_wrap=True)


@app.command(
    name="import",
    epilog="Examples: [cyan]brief-nlp import excel claims.xlsx --reviewer han[/], "
    "[cyan]brief-nlp import label-studio project-1.json --to sqlite:///kinu.db[/]",
)
def import_(
    name: Annotated[
        str, typer.Argument(metavar="FORMAT", help="The format of the file; `brief-nlp export` lists them.")
    ],
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The file, or the folder of brat.")],
    to: Annotated[str, typer.Option("--to", help="The database with the claims.")] = DEFAULT_STORE,
    reviewer: Annotated[str, typer.Option("--reviewer", help="Whose the answers are that name nobody.")] = "imported",
) -> None:
    """Take verdicts out of another tool's file. A second import of the same answers adds nothing."""
    from brief_nlp.interchange.formats import import_verdicts
    from brief_nlp.store.database import open_existing, reported

    with reported(to):
        taken = import_verdicts(open_existing(to), name, path, reviewer)
    out.print(f"{taken.added} added, {taken.known} known before.", highlight=False)
    if taken.unknown:
        err.print(f"{len(taken.unknown)} belong to claims that the store does not have.", highlight=False)


def _named(arguments: list[str]) -> dict[str, str]:
    """`--name value` or `--name=value` pairs. Raises `BriefError`."""
    given: dict[str, str] = {}
    rest = iter(arguments)
    for argument in rest:
        name, equals, value = argument.partition("=")
        if not name.startswith("--"):
            raise BriefError(f"{argument}: this stands alone.", "Put SQL or a value with spaces in quotation marks.")
        if not equals:
            value = next(rest, "")
        given[name.removeprefix("--")] = value
    return given


def _list_queries() -> None:
    from brief_nlp.store.query import saved_queries

    for saved in saved_queries().values():
        out.print(f"[bold]{saved.name}[/]  {safe(saved.about)}", highlight=False, soft_wrap=True)
        for one in saved.parameters:
            default = "" if one.default is None else f" (default {one.default or 'all'})"
            out.print(f"    --{one.name}  {safe(one.meaning)}{default}", highlight=False, soft_wrap=True)


def _print_rows(columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for column in columns:
        table.add_column(safe(column), overflow="fold")
    for row in rows:
        table.add_row(*("" if value is None else safe(_short(value)) for value in row))
    out.print(table)
    out.print(f"{len(rows)} row{'' if len(rows) == 1 else 's'}.", highlight=False)


def _short(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)
