"""What has been tried, and how it went: the authority on what is still to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Table, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from brief_nlp.errors import Category
from brief_nlp.store.database import writing
from brief_nlp.store.tables import ledger, paths, runs

STARTED, DONE, FAILED, QUARANTINED = "started", "done", "failed", "quarantined"


@dataclass(frozen=True)
class Entry:
    """One line of the ledger."""

    fingerprint: str
    state: str
    attempts: int
    category: str | None
    detail: str | None


def look_up(engine: Engine, document_id: str) -> Entry | None:
    """What the ledger knows of a document."""
    with engine.connect() as connection:
        row = connection.execute(select(ledger).where(ledger.c.document_id == document_id)).mappings().first()
    return Entry(**{key: value for key, value in row.items() if key != "document_id"}) if row else None


def start(engine: Engine, document_id: str, path: str, fingerprint: str) -> int:
    """Record an attempt, and commit it, before the work begins: so a crash counts. Returns its number."""
    with writing(engine) as connection:
        remember_path(connection, document_id, path)
        query = select(ledger).where(ledger.c.document_id == document_id).with_for_update()
        row = connection.execute(query).mappings().first()
        attempts = 1 + (row["attempts"] if row and row["fingerprint"] == fingerprint and row["state"] != DONE else 0)
        values = {"fingerprint": fingerprint, "state": STARTED, "attempts": attempts, "category": None, "detail": None}
        _put(connection, ledger, {"document_id": document_id}, values)
    return attempts


def finish(connection: Connection, document_id: str) -> None:
    """Record success, inside the transaction that writes the rows."""
    changed = {"state": DONE, "category": None, "detail": None}
    connection.execute(update(ledger).where(ledger.c.document_id == document_id).values(changed))


def begin_run(engine: Engine, fingerprint: str, version: str) -> int:
    """Record that a run begins; returns its number."""
    values = {"fingerprint": fingerprint, "version": version, "started_at": datetime.now(UTC)}
    with writing(engine) as connection:
        key = connection.execute(insert(runs).values(**values, done=0, skipped=0, rejected=0)).inserted_primary_key
    return int(key[0]) if key else 0


class Tally(NamedTuple):
    """How far a run has come, in documents; `total` is not known while inputs are still being counted."""

    done: int = 0
    skipped: int = 0
    rejected: int = 0
    total: int | None = None


def note_progress(engine: Engine, run_id: int, tally: Tally) -> None:
    """Record how far a run has come, and that it lives."""
    _note(engine, run_id, {**tally._asdict(), "seen_at": datetime.now(UTC)})


def end_run(engine: Engine, run_id: int, tally: Tally) -> None:
    """Record how a run went."""
    now = datetime.now(UTC)
    _note(engine, run_id, {**tally._asdict(), "seen_at": now, "ended_at": now})


def _note(engine: Engine, run_id: int, values: dict[str, Any]) -> None:
    with writing(engine) as connection:
        connection.execute(update(runs).where(runs.c.run_id == run_id).values(values))


def fail(engine: Engine, document_id: str, category: Category, detail: str, *, final: bool) -> None:
    """Record a failure; `final` puts the document into quarantine."""
    values = {"state": QUARANTINED if final else FAILED, "category": category.value, "detail": detail}
    with writing(engine) as connection:
        connection.execute(update(ledger).where(ledger.c.document_id == document_id).values(values))


def give_back(engine: Engine, document_id: str) -> None:
    """Take back an attempt that is still open, as if it had not been made."""
    with writing(engine) as connection:
        opened = (ledger.c.document_id == document_id) & (ledger.c.state == STARTED)
        connection.execute(delete(ledger).where(opened & (ledger.c.attempts <= 1)))
        connection.execute(update(ledger).where(opened).values(state=FAILED, attempts=ledger.c.attempts - 1))


def remember(engine: Engine, document_id: str, path: str) -> None:
    """Record under which name bytes were met, unless that is known."""
    with engine.connect() as connection:
        known = connection.execute(select(paths.c.document_id).where(paths.c.path == path)).scalar()
    if known != document_id:
        with writing(engine) as connection:
            remember_path(connection, document_id, path)


def forget(connection: Connection, document_id: str) -> None:
    """Know nothing more of a document, so that the next run takes it up anew."""
    connection.execute(delete(ledger).where(ledger.c.document_id == document_id))


def remember_path(connection: Connection, document_id: str, path: str) -> None:
    """Record under which name bytes were met; the same bytes may have several."""
    _put(connection, paths, {"path": path}, {"document_id": document_id})


def _put(connection: Connection, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
    """Insert a row, or change the one that is there; two writers may do so at once."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    row = dialect.insert(table).values(**key, **values)
    connection.execute(row.on_conflict_do_update(index_elements=list(key), set_=values))
