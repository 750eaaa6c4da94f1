"""What has been tried, and how it went: the authority on what is still to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

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


def end_run(engine: Engine, run_id: int, *, done: int, skipped: int, rejected: int) -> None:
    """Record how a run went."""
    values = {"ended_at": datetime.now(UTC), "done": done, "skipped": skipped, "rejected": rejected}
    with writing(engine) as connection:
        connection.execute(update(runs).where(runs.c.run_id == run_id).values(values))


def fail(engine: Engine, document_id: str, category: Category, detail: str, *, final: bool) -> None:
    """Record a failure; `final` puts the document into quarantine."""
    values = {"state": QUARANTINED if final else FAILED, "category": category.value, "detail": detail}
    with writing(engine) as connection:
        connection.execute(update(ledger).where(ledger.c.document_id == document_id).values(values))


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
