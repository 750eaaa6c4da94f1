"""Commands that process a collection: run, retry, status."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING, Annotated, cast

import typer

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
from brief_nlp.errors import BriefError, Category
from brief_nlp.outcomes import Gathered, as_row, print_failures, print_sample, print_state, print_summary, safe

if TYPE_CHECKING:
    from brief_nlp.batch.inputs import Input
    from brief_nlp.batch.telling import Told
    from brief_nlp.batch.work import Outcome
    from brief_nlp.settings import Settings

app = typer.Typer(rich_markup_mode="rich")
SOME_REJECTED = 1
STOPPED = 130
MOST_NAMED = 40  # documents that `status` names in a terminal

WorkersOption = Annotated[
    int | None, typer.Option("--workers", min=1, help="Documents in work at once; by default one a core.")
]
MetricsOption = Annotated[
    int | None, typer.Option("--metrics-port", min=1, max=65535, help="Serve figures for Prometheus at this port.")
]
LogOption = Annotated[str | None, typer.Option("--log", help="Write a line an event to standard error: text or json.")]


@app.command(
    epilog="Examples: [cyan]brief-nlp run briefs/ more/CO_24-10.pdf --to sqlite:///kinu.db[/], "
    "[cyan]brief-nlp run archive.zip --workers 8 --to postgresql://localhost/kinu[/], "
    "[cyan]find / -name '*.pdf' | brief-nlp run --list - --log json[/]"
)
def run(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="PDF files, folders (searched at any depth), globs, zip and tar archives, s3://…"),
    ] = None,
    to: Annotated[
        str, typer.Option("--to", help="Where the rows go: sqlite:///FILE, postgresql://…, or a folder for files.")
    ] = DEFAULT_STORE,
    listed: Annotated[
        str | None, typer.Option("--list", help="File that names a path a line; - is standard input.")
    ] = None,
    password: PasswordOption = None,
    reader: ReaderOption = None,
    language: Annotated[str | None, typer.Option("--language", help="auto, en or ko.")] = None,
    gazetteer: GazetteerOption = None,
    classifier: ClassifierOption = None,
    retry: Annotated[bool, typer.Option("--retry", help="Try quarantined documents again.")] = False,
    workers: WorkersOption = None,
    log: LogOption = None,
    metrics_port: MetricsOption = None,
    sample: Annotated[int, typer.Option("--sample", min=0, help="Show this many claims at the end.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Analyze PDFs and store their rows. What is done already is skipped: a run that was stopped goes on.

    Exit code 0: all went well; 1: some documents were rejected (each is named); 2: wrong use; 130: stopped.
    """
    from brief_nlp.batch.inputs import find_inputs
    from brief_nlp.batch.inputs import listed as inputs_of

    settings = settings_of(reader, language=language, gazetteer=gazetteer, classifier=classifier, workers=workers)
    most = settings.max_file_mb << 20
    if bool(paths) == bool(listed):
        raise BriefError("Nothing to read was named." if not paths else "Both paths and a list were named.",
                         "Give PDFs, folders or archives, or a list of them with --list.")  # fmt: skip
    again = frozenset(Category) if retry else frozenset({Category.ENCRYPTED}) if password else frozenset()
    if listed:
        _process(
            inputs_of(_lines(listed), most), None, to, settings, password, again, log, metrics_port, sample, as_json
        )
        return
    given = cast(list[str], paths)
    inputs = find_inputs(given, most)
    _process(inputs, lambda: find_inputs(given, 0), to, settings, password, again, log, metrics_port, sample, as_json)


@app.command(
    epilog="Examples: [cyan]brief-nlp retry --from sqlite:///kinu.db[/], "
    "[cyan]brief-nlp retry --category timeout --category memory[/]"
)
def retry(
    store: StoreOption = DEFAULT_STORE,
    category: Annotated[
        list[str] | None, typer.Option("--category", help="Only what failed so; may be given several times.")
    ] = None,
    password: PasswordOption = None,
    reader: ReaderOption = None,
    language: Annotated[str | None, typer.Option("--language", help="auto, en or ko.")] = None,
    gazetteer: GazetteerOption = None,
    classifier: ClassifierOption = None,
    workers: WorkersOption = None,
    log: LogOption = None,
    metrics_port: MetricsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Try again what failed, was broken off or is in quarantine, where it lay when it was met."""
    from brief_nlp.batch.inputs import again
    from brief_nlp.store.database import open_existing, reported
    from brief_nlp.store.state import unfinished

    wanted = [_category(name) for name in category or ()] or list(Category)
    settings = settings_of(reader, language=language, gazetteer=gazetteer, classifier=classifier, workers=workers)
    with reported(store):
        engine = open_existing(store)
        places = unfinished(engine, wanted)
        engine.dispose()
    if not places:
        out.print("Nothing has failed." if not category else "Nothing has failed so.")
        return
    inputs = [again(place) for place in places]
    _process(iter(inputs), lambda: inputs, store, settings, password, frozenset(wanted), log, metrics_port, 0, as_json)


@app.command(
    epilog="Examples: [cyan]brief-nlp status --from sqlite:///kinu.db[/], [cyan]brief-nlp status --json | jq .[/]"
)
def status(
    store: StoreOption = DEFAULT_STORE,
    as_json: JsonOption = False,
) -> None:
    """Say how far the last run is, its rate and the time left, and name what failed and what is in quarantine."""
    from brief_nlp.store.database import open_existing, reported
    from brief_nlp.store.state import state_of

    with reported(store):
        engine = open_existing(store)
        state = state_of(engine, None if as_json else MOST_NAMED)
        engine.dispose()
    if as_json:
        sys.stdout.write(json.dumps(state.as_row(), ensure_ascii=False) + "\n")
    else:
        print_state(state, out)


def _lines(listed: str) -> Iterator[str]:
    if listed == "-":
        yield from sys.stdin
        return
    try:
        with open(listed, encoding="utf-8") as stream:  # noqa: PTH123 - a path as it was given
            yield from stream
    except (OSError, UnicodeDecodeError) as error:
        raise BriefError(f"{listed}: cannot be read as a list ({error}).", "Give a text file, a path a line.") from None


def _category(name: str) -> Category:
    try:
        return Category(name)
    except ValueError:
        known = ", ".join(Category)
        raise BriefError(f"{name}: there is no such category.", f"The categories are {known}.") from None


def _process(
    inputs: Iterator[Input],
    counted: Callable[[], Iterable[Input]] | None,
    to: str,
    settings: Settings,
    password: str | None,
    again: frozenset[Category],
    log: str | None,
    metrics_port: int | None,
    sample: int,
    as_json: bool,
) -> None:
    """Process inputs and tell how it went; raises `typer.Exit` where not all went well."""
    from brief_nlp.batch import telling
    from brief_nlp.batch.driver import Bounds, Driver
    from brief_nlp.batch.local import Processes
    from brief_nlp.batch.run import counting, run, stopped_by_signals
    from brief_nlp.batch.work import Rules
    from brief_nlp.batch.worker import Job, pipeline
    from brief_nlp.fingerprint import fingerprint
    from brief_nlp.store.database import reported
    from brief_nlp.store.sinks import open_sink

    if log not in (None, "text", "json"):
        raise BriefError(f"--log {log}: there is no such form.", "Give text or json.")
    workers = settings.workers or os.cpu_count() or 1
    settings = settings.model_copy(update={"threads": settings.threads or max(1, (os.cpu_count() or 1) // workers)})
    gathered = Gathered()
    with ExitStack() as stack:
        metrics = stack.enter_context(closing(telling.Metrics(metrics_port))) if metrics_port else None
        tell = _told(telling.lines(sys.stderr, log) if log else None, metrics.tell if metrics else None)
        sink, place = open_sink(to)
        rules = Rules(fingerprint(settings), settings.attempts, again, settings.max_file_mb << 20)
        bounds = Bounds(workers, settings.document_seconds, settings.worker_documents)
        driver = Driver(inputs, Processes(Job(to, rules, settings, password, pipeline)), sink, rules, bounds, tell)
        total = counting(counted) if counted else lambda: None
        stack.enter_context(reported(to))
        stack.enter_context(stopped_by_signals(driver))
        tell("run begins", {"to": place, "workers": workers, "fingerprint": rules.fingerprint})
        advance = stack.enter_context(_progress(hidden=as_json or bool(log)))
        for outcome in run(driver, total):
            gathered.add(outcome)
            advance(outcome, total())
            tell("document", telling.about(outcome))
            if metrics:
                metrics.add(outcome)
            if as_json:
                sys.stdout.write(json.dumps(as_row(outcome), ensure_ascii=False) + "\n")
                sys.stdout.flush()
        tell("run ends", {"stopped": driver.stopping is not None, **gathered.by_status})
    with reported(to):
        if not as_json:
            print_summary(gathered, sink.read, place, out)
            print_sample(gathered, sample, sink.read, out)
    print_failures(gathered, err)
    if driver.stopping is not None:
        err.print("stopped; what was finished is kept, and the same command goes on from there")
        raise typer.Exit(STOPPED)
    raise typer.Exit(SOME_REJECTED if gathered.failures else 0)


def _told(*listeners: Told | None) -> Told:
    def tell(event: str, about: dict[str, object]) -> None:
        for listener in listeners:
            if listener:
                listener(event, about)

    return tell


@contextmanager
def _progress(*, hidden: bool) -> Iterator[Callable[[Outcome, int | None], None]]:
    """A bar on the terminal; called with each outcome and how many inputs there are, as far as that is known."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
               TimeRemainingColumn())  # fmt: skip
    with Progress(*columns, console=err, transient=True, disable=hidden or not err.is_terminal) as bar:
        task = bar.add_task("reading", total=None)

        def advance(outcome: Outcome, total: int | None) -> None:
            bar.update(task, advance=1, total=total, description=safe(outcome.name[-40:]))

        yield advance
