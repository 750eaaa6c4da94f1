"""Commands that process a collection: run, retry, status."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from typing import TYPE_CHECKING, Annotated, NamedTuple, TextIO, cast

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
    from brief_nlp.batch.crew import Crew
    from brief_nlp.batch.inputs import Input
    from brief_nlp.batch.local import Started
    from brief_nlp.batch.telling import Told
    from brief_nlp.batch.work import Outcome
    from brief_nlp.batch.worker import Job
    from brief_nlp.settings import Settings

app = typer.Typer(rich_markup_mode="rich")
SOME_REJECTED = 1
STOPPED = 130
MOST_NAMED = 40  # documents that `status` names in a terminal

WorkersOption = Annotated[
    int | None, typer.Option("--workers", min=1, help="Documents in work at once; by default one a core.")
]
EngineOption = Annotated[
    str, typer.Option("--engine", help="local: processes of this machine; ray: a cluster (docs/deploying.md).")
]
AddressOption = Annotated[
    str | None, typer.Option("--address", help="Of a Ray cluster; without it one is found, or started here.")
]
MetricsOption = Annotated[
    int | None, typer.Option("--metrics-port", min=1, max=65535, help="Serve figures for Prometheus at this port.")
]
LogOption = Annotated[str | None, typer.Option("--log", help="Write a line an event to standard error: text or json.")]


class How(NamedTuple):
    """By what a run is made, and how it is told."""

    engine: str
    address: str | None
    log: str | None
    metrics_port: int | None

    @classmethod
    def of(cls, engine: str, address: str | None, log: str | None, metrics_port: int | None) -> How:
        """The same, checked. Raises `BriefError`."""
        if engine not in ("local", "ray"):
            raise BriefError(f"--engine {engine}: there is no such engine.", "Give local or ray.")
        if address and engine != "ray":
            raise BriefError("--address names a Ray cluster.", "Give --engine ray as well.")
        if log not in (None, "text", "json"):
            raise BriefError(f"--log {log}: there is no such form.", "Give text or json.")
        return cls(engine, address, log, metrics_port)


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
    engine: EngineOption = "local",
    address: AddressOption = None,
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
    how = How.of(engine, address, log, metrics_port)
    most = settings.max_file_mb << 20
    if bool(paths) == bool(listed):
        raise BriefError("Nothing to read was named." if not paths else "Both paths and a list were named.",
                         "Give PDFs, folders or archives, or a list of them with --list.")  # fmt: skip
    again = frozenset(Category) if retry else frozenset({Category.ENCRYPTED}) if password else frozenset()
    if listed:
        _process(inputs_of(_lines(listed), most), None, to, settings, password, again, how, sample, as_json)
        return
    given = cast(list[str], paths)
    inputs = find_inputs(given, most)
    _process(inputs, lambda: find_inputs(given, 0), to, settings, password, again, how, sample, as_json)


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
    engine: EngineOption = "local",
    address: AddressOption = None,
    log: LogOption = None,
    metrics_port: MetricsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Try again what failed, was broken off or is in quarantine, where it lay when it was met."""
    from brief_nlp.batch.inputs import again
    from brief_nlp.store.database import open_existing, reported
    from brief_nlp.store.state import unfinished

    how = How.of(engine, address, log, metrics_port)
    wanted = [_category(name) for name in category or ()] or list(Category)
    settings = settings_of(reader, language=language, gazetteer=gazetteer, classifier=classifier, workers=workers)
    with reported(store):
        opened = open_existing(store)
        places = unfinished(opened, wanted)
        opened.dispose()
    if not places:
        out.print("Nothing has failed." if not category else "Nothing has failed so.")
        return
    inputs = [again(place) for place in places]
    _process(iter(inputs), lambda: inputs, store, settings, password, frozenset(wanted), how, 0, as_json)


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
        with open(0, "rb", closefd=False) as stream:  # not `sys.stdin`, which Python waits for when it ends
            yield from map(os.fsdecode, stream)
        return
    try:
        with open(listed, encoding="utf-8", errors="surrogateescape") as stream:  # noqa: PTH123 - a path as it was given
            yield from stream
    except OSError as error:
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
    how: How,
    sample: int,
    as_json: bool,
) -> None:
    """Process inputs and tell how it went; raises `typer.Exit` where not all went well."""
    workers, settings = _shared(settings, how)
    gathered = Gathered()
    with ExitStack() as stack:
        stdout = stack.enter_context(_for_rows_only())
        spare = stack.enter_context(_early(how))
        from brief_nlp.batch import telling
        from brief_nlp.batch.ahead import Ahead
        from brief_nlp.batch.driver import Bounds, Driver
        from brief_nlp.batch.patience import patient
        from brief_nlp.batch.run import counting, run, stopped_by_signals
        from brief_nlp.batch.work import Rules
        from brief_nlp.batch.worker import Job, pipeline
        from brief_nlp.fingerprint import fingerprint
        from brief_nlp.store.database import reported
        from brief_nlp.store.sinks import open_sink

        metrics = stack.enter_context(closing(telling.Metrics(how.metrics_port))) if how.metrics_port else None
        tell = _told(telling.lines(sys.stderr, how.log) if how.log else None, metrics.tell if metrics else None)
        rules = Rules(fingerprint(settings), settings.attempts, again, settings.max_file_mb << 20)
        bounds = Bounds(workers, settings.document_seconds, settings.worker_documents)
        crew = _crew(Job(to, rules, settings, password, pipeline), how, spare)
        stack.callback(crew.close)
        opened, place = open_sink(to)
        sink = patient(opened)
        driver = Driver(Ahead(inputs), crew, sink, rules, bounds, tell)
        total = counting(counted) if counted else lambda: None
        stack.enter_context(reported(to))
        stack.enter_context(stopped_by_signals(driver))
        tell("run begins", {"to": place, "workers": workers, "fingerprint": rules.fingerprint})
        advance = stack.enter_context(_progress(hidden=as_json or bool(how.log)))
        for outcome in stack.enter_context(closing(run(driver, total))):
            gathered.add(outcome)
            advance(outcome, total())
            tell("document", telling.about(outcome))
            if metrics:
                metrics.add(outcome)
            if as_json:
                stdout.write(json.dumps(as_row(outcome), ensure_ascii=False) + "\n")
                stdout.flush()
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


def _shared(settings: Settings, how: How) -> tuple[int, Settings]:
    """(documents in work at once, settings in which the classifier of each has its share of the processors)."""
    if how.engine == "ray":
        return settings.workers or sys.maxsize, settings.model_copy(update={"threads": settings.threads or 1})
    processors = os.cpu_count() or 1
    workers = settings.workers or processors
    return workers, settings.model_copy(update={"threads": settings.threads or max(1, processors // workers)})


def _early(how: How) -> AbstractContextManager[list[Started]]:
    """A process that loads what it needs while this one does, and opens the store."""
    if how.engine == "ray":
        return nullcontext([])
    from brief_nlp.batch.local import early

    return early()


def _crew(job: Job, how: How, spare: list[Started]) -> Crew:
    if how.engine == "ray":
        from brief_nlp.batch.cluster import Actors

        return Actors(job, how.address)
    from brief_nlp.batch.local import Processes

    return Processes(job, spare)


@contextmanager
def _for_rows_only() -> Iterator[TextIO]:
    """Standard output, kept from libraries meanwhile: what they write there (Ray does) goes to standard error."""
    sys.stdout.flush()
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as own:
        os.dup2(2, 1)
        try:
            yield own
        finally:
            sys.stdout.flush()
            own.flush()
            os.dup2(own.fileno(), 1)


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
