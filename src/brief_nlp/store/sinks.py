"""Where rows go: a database, or a folder of files with its ledger beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine

from brief_nlp.errors import Category, without_password
from brief_nlp.schema import Brief
from brief_nlp.store import documents, files, ledger
from brief_nlp.store.database import open_store, writing

LEDGER = "ledger.db"


class Sink(Protocol):
    """Where rows go. The ledger's steps and the rows of a document belong to one place."""

    def known(self, document_id: str) -> ledger.Entry | None:
        """What was recorded of a document."""

    def start(self, document_id: str, path: str, fingerprint: str) -> int:
        """Record an attempt; returns its number."""

    def write(self, brief: Brief) -> None:
        """Store a brief, and that it is done, in one step."""

    def fail(self, document_id: str, category: Category, detail: str, *, final: bool) -> None:
        """Record a failure."""

    def remember(self, document_id: str, path: str) -> None:
        """Record a further name of a document's bytes."""

    def give_back(self, document_id: str) -> None:
        """Take an attempt back that was broken off for no fault of the document's."""

    def read(self, document_id: str) -> Brief | None:
        """A stored brief."""

    def begin(self, fingerprint: str, version: str) -> int:
        """Record that a run begins; returns its number."""

    def progress(self, run_id: int, tally: ledger.Tally) -> None:
        """Record how far it has come."""

    def end(self, run_id: int, tally: ledger.Tally) -> None:
        """Record how it went, and finish what is written once a run."""


class DatabaseSink:
    """Rows in a database."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def known(self, document_id: str) -> ledger.Entry | None:
        """See `Sink`."""
        return ledger.look_up(self.engine, document_id)

    def start(self, document_id: str, path: str, fingerprint: str) -> int:
        """See `Sink`."""
        return ledger.start(self.engine, document_id, path, fingerprint)

    def write(self, brief: Brief) -> None:
        """See `Sink`."""
        documents.write(self.engine, brief)

    def fail(self, document_id: str, category: Category, detail: str, *, final: bool) -> None:
        """See `Sink`."""
        ledger.fail(self.engine, document_id, category, detail, final=final)

    def remember(self, document_id: str, path: str) -> None:
        """See `Sink`."""
        ledger.remember(self.engine, document_id, path)

    def give_back(self, document_id: str) -> None:
        """See `Sink`."""
        ledger.give_back(self.engine, document_id)

    def read(self, document_id: str) -> Brief | None:
        """See `Sink`."""
        return documents.read(self.engine, document_id)

    def begin(self, fingerprint: str, version: str) -> int:
        """See `Sink`."""
        return ledger.begin_run(self.engine, fingerprint, version)

    def progress(self, run_id: int, tally: ledger.Tally) -> None:
        """See `Sink`."""
        ledger.note_progress(self.engine, run_id, tally)

    def end(self, run_id: int, tally: ledger.Tally) -> None:
        """See `Sink`."""
        ledger.end_run(self.engine, run_id, tally)


class FolderSink(DatabaseSink):
    """Rows in files; the ledger in a small database beside them."""

    def __init__(self, folder: Path, engine: Engine) -> None:
        super().__init__(engine)
        self.folder = folder

    def write(self, brief: Brief) -> None:
        """The file first, then `done`: a crash between the two repeats the work and gives the same file."""
        files.write_brief(self.folder, brief)
        with writing(self.engine) as connection:
            ledger.finish(connection, brief.document_id)

    def read(self, document_id: str) -> Brief | None:
        """See `Sink`."""
        path = self.folder / files.BRIEFS / f"{document_id}.json"
        return Brief.model_validate_json(path.read_bytes()) if path.exists() else None

    def end(self, run_id: int, tally: ledger.Tally) -> None:
        """Make the tables from the briefs."""
        files.write_tables(self.folder)
        super().end(run_id, tally)


def open_sink(address: str) -> tuple[Sink, str]:
    """(sink, how to name it to a person) for `sqlite:///FILE`, `postgresql://…` or a folder. Raises `BriefError`."""
    if "://" in address:
        engine = open_store(address)
        return DatabaseSink(engine), without_password(address)
    folder = Path(address)
    if folder.is_file():
        address = f"sqlite:///{address}"
        return DatabaseSink(open_store(address)), address
    files.prepare(folder)
    return FolderSink(folder, open_store(f"sqlite:///{folder / LEDGER}")), f"{folder}/"
