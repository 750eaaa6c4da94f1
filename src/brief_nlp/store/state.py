"""How far a collection has come: the last run, how documents ended, what failed and where it lies."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Select, false, func, or_, select

from brief_nlp.errors import Category
from brief_nlp.store.ledger import DONE
from brief_nlp.store.tables import ledger, paths, runs

QUIET = timedelta(seconds=60)  # without a sign of life, after which a run is taken for broken off


@dataclass(frozen=True)
class Run:
    """The last run, in documents. `rate` is documents a second, `left` the seconds until the end at that rate."""

    run_id: int
    words: str
    started_at: datetime
    ended_at: datetime | None
    done: int
    skipped: int
    rejected: int
    total: int | None
    rate: float | None
    left: float | None

    @property
    def ended(self) -> int:
        """Documents that are through."""
        return self.done + self.skipped + self.rejected


@dataclass(frozen=True)
class Failed:
    """A document that has no rows of this fingerprint, and one of its places."""

    document_id: str
    state: str
    category: str | None
    attempts: int
    path: str


@dataclass(frozen=True)
class State:
    """What a store knows of its collection."""

    run: Run | None
    documents: dict[str, int]
    categories: dict[str, int]
    failed: list[Failed]

    def as_row(self) -> dict[str, Any]:
        """The same, JSON-able."""
        row = asdict(self)
        for name in ("started_at", "ended_at"):
            if row["run"] and row["run"][name]:
                row["run"][name] = row["run"][name].isoformat()
        return row


def state_of(engine: Engine, most: int | None = None) -> State:
    """The state of a store, with at most so many of the documents that failed."""
    with engine.connect() as connection:
        by_state = select(ledger.c.state, func.count()).group_by(ledger.c.state).order_by(ledger.c.state)
        by_category = (
            select(func.coalesce(ledger.c.category, "broken off"), func.count())
            .where(ledger.c.state != DONE)
            .group_by(ledger.c.category)
            .order_by(func.count().desc(), ledger.c.category)
        )
        query = _failed(list(Category)).limit(most) if most is not None else _failed(list(Category))
        return State(
            run=_run(connection, datetime.now(UTC)),
            documents={row[0]: row[1] for row in connection.execute(by_state)},
            categories={row[0]: row[1] for row in connection.execute(by_category)},
            failed=[Failed(**row) for row in connection.execute(query).mappings()],
        )


def unfinished(engine: Engine, categories: Collection[Category]) -> list[str]:
    """A place of each document that failed so, or was broken off where crashes are asked for."""
    with engine.connect() as connection:
        return [row["path"] for row in connection.execute(_failed(categories)).mappings()]


def _failed(categories: Collection[Category]) -> Select[Any]:
    place = select(func.min(paths.c.path)).where(paths.c.document_id == ledger.c.document_id).scalar_subquery()
    broken_off = ledger.c.category.is_(None) if Category.CRASHED in categories else false()
    named = or_(ledger.c.category.in_([category.value for category in categories]), broken_off)
    return (
        select(ledger.c.document_id, ledger.c.state, ledger.c.category, ledger.c.attempts, place.label("path"))
        .where(ledger.c.state != DONE, named, place.is_not(None))
        .order_by(place)
    )


def _run(connection: Connection, now: datetime) -> Run | None:
    row = connection.execute(select(runs).order_by(runs.c.run_id.desc()).limit(1)).mappings().first()
    if row is None:
        return None
    seen = row["seen_at"] or row["started_at"]
    if row["ended_at"]:
        words = "The last run has ended"
    else:
        words = "A run is under way" if now - seen < QUIET else "The last run was broken off"
    ended = row["done"] + row["skipped"] + row["rejected"]
    spent = (seen - row["started_at"]).total_seconds()
    rate = ended / spent if spent > 0 and ended else None
    runs_on = row["ended_at"] is None and now - seen < QUIET
    left = (row["total"] - ended) / rate if runs_on and rate and row["total"] is not None else None
    counts = {name: row[name] for name in ("run_id", "started_at", "ended_at", "done", "skipped", "rejected", "total")}
    return Run(words=words, rate=rate, left=left, **counts)
