"""The log of changes: what each transaction did to the rows, in the order of commits.

A change is written in the transaction that makes it, so a crash leaves both or neither. Its number is drawn last and
under a lock that the transaction holds until it commits: whoever has read change n will never miss one before it.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, LargeBinary, func, insert, select, text

from brief_nlp.errors import BriefError
from brief_nlp.rows import Row
from brief_nlp.store.differences import CARRIED, Change, runs
from brief_nlp.store.tables import changes, identity, metadata
from brief_nlp.store.tables.keeping import Moment

LOCK = 0x6272_6A6F_75  # key of the advisory lock under which PostgreSQL numbers changes
START = "0"
_CURSOR = re.compile(r"([0-9a-f]{8})\.(\d{1,18})\.(\d{1,9})")


class Place(NamedTuple):
    """A place in the log: after the first `position` rows of a change."""

    change_id: int
    position: int


class Entry(NamedTuple):
    """One transaction's change."""

    change_id: int
    document_id: str
    made_at: datetime
    changes: tuple[Change, ...]


def record(connection: Connection, document_id: str, made: Sequence[Change]) -> None:
    """Log what a transaction did. To be called last in it; does nothing where nothing changed."""
    if not made:
        return
    parts = [(op, name, list(rows[0]), [list(row.values()) for row in rows]) for op, name, rows in runs(made)]
    body = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), default=_plain_value)
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    connection.execute(
        insert(changes).values(
            document_id=document_id,
            made_at=datetime.now(UTC),
            count=len(made),
            body=zlib.compress(body.encode(), 1),
        )
    )


def read_after(connection: Connection, change_id: int, most: int = 50) -> Iterator[Entry]:
    """Changes with a higher number, the oldest first, at most so many."""
    query = select(changes).where(changes.c.change_id > change_id).order_by(changes.c.change_id).limit(most)
    for row in connection.execute(query).mappings().all():
        made = tuple(
            Change(op, name, _typed(name, dict(zip(columns, values, strict=True))))
            for op, name, columns, rows in json.loads(zlib.decompress(row["body"]))
            for values in rows
        )
        yield Entry(row["change_id"], row["document_id"], row["made_at"], made)


def last(connection: Connection) -> int:
    """The number of the newest change; 0 where there is none."""
    return connection.execute(select(func.max(changes.c.change_id))).scalar() or 0


def store_id(connection: Connection) -> str:
    """32 hex digits that tell this store from others; a copy of the file has them too."""
    return str(connection.execute(select(identity.c.value).where(identity.c.name == "store")).scalar_one())


def write_cursor(store: str, place: Place) -> str:
    """A cursor as consumers keep it."""
    return f"{store[:8]}.{place.change_id}.{place.position}"


def read_cursor(cursor: str, store: str, newest: int) -> Place:
    """The place that a cursor means; `0` is the beginning. Raises `BriefError` where it is not of this store."""
    if cursor == START:
        return Place(0, 0)
    match = _CURSOR.fullmatch(cursor)
    if match is None:
        raise BriefError(f"{cursor}: this is no cursor.", "Give the cursor of the last line you have, or 0.")
    if match[1] != store[:8]:
        raise BriefError(f"{cursor}: this cursor belongs to another store.", "Begin anew with --since 0.")
    place = Place(int(match[2]), int(match[3]))
    if place.change_id > newest:
        raise BriefError(
            f"{cursor}: the store ends before it, at change {newest}.",
            "It was put back to an older state; begin anew with --since 0.",
        )
    return place


def plain(row: Row) -> Row:
    """A row as JSON can hold it: bytes in base64, times in ISO 8601."""
    return {name: _plain_value(value) for name, value in row.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime):
        return value.isoformat()
    return value


def _typed(name: str, row: Row) -> Row:
    """A row as the database takes it. Raises `ValueError` where the table or a column is not known."""
    if name not in CARRIED:
        raise ValueError(f"there is no table {name}")
    columns = metadata.tables[name].c
    return {column: _typed_value(columns[column].type, value) for column, value in row.items()}


def _typed_value(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    return datetime.fromisoformat(value) if isinstance(kind, Moment) else value
