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

from pydantic_core import to_json
from sqlalchemy import Connection, LargeBinary, func, insert, select, text

from brief_nlp.errors import BriefError
from brief_nlp.rows import Row
from brief_nlp.store.differences import CARRIED, Change
from brief_nlp.store.tables import briefs, changes, identity, metadata
from brief_nlp.store.tables.keeping import Moment

LOCK = 0x6272_6A6F_75  # key of the advisory lock under which PostgreSQL numbers changes
START = "0"
_CURSOR = re.compile(r"([0-9a-f]{8})\.(\d{1,18})\.(\d{1,9})")


class Place(NamedTuple):
    """A place in the log: after the first `position` rows of a change."""

    change_id: int
    position: int


class Entry(NamedTuple):
    """One transaction's changes; `size` rows in all."""

    change_id: int
    document_id: str
    made_at: datetime
    size: int
    changes: tuple[Change, ...]


def record(connection: Connection, document_id: str, made: Sequence[Change]) -> None:
    """Log what a transaction did. To be called last in it; does nothing where nothing changed."""
    if not made:
        return
    body = next((row[-1] for one in made if _holds_body(one) for row in one.rows), None)
    written = to_json([_without_body(one) if _holds_body(one) else one for one in made])
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    connection.execute(
        insert(changes).values(
            document_id=document_id,
            made_at=datetime.now(UTC),
            count=sum(len(one.rows) for one in made),
            body=zlib.compress(written, 1),
            brief=body,
        )
    )


def read_after(connection: Connection, change_id: int, most: int = 50) -> Iterator[Entry]:
    """Changes with a higher number, the oldest first, at most so many."""
    query = select(changes).where(changes.c.change_id > change_id).order_by(changes.c.change_id).limit(most)
    for row in connection.execute(query).mappings().all():
        made = tuple(
            _typed(Change(op, name, tuple(columns), [tuple(values) for values in rows]), row["brief"])
            for op, name, columns, rows in json.loads(zlib.decompress(row["body"]))
        )
        yield Entry(row["change_id"], row["document_id"], row["made_at"], row["count"], made)


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


def _holds_body(change: Change) -> bool:
    """Whether a change has the body of a brief, which is compressed already and logged apart from the rest."""
    return change.table == briefs.name and change.columns[-1] == briefs.c.body.name


def _without_body(change: Change) -> Change:
    return change._replace(rows=[(*row[:-1], None) for row in change.rows])


def _typed(change: Change, body: bytes | None) -> Change:
    """A logged change as the database takes it. Raises `ValueError` where the table or a column is not known."""
    if change.table not in CARRIED:
        raise ValueError(f"there is no table {change.table}")
    if body is not None and _holds_body(change):
        return change._replace(rows=[(*row[:-1], body) for row in change.rows])
    known = metadata.tables[change.table].c
    kinds = [known[column].type if column in known else None for column in change.columns]
    if None in kinds:
        raise ValueError(f"{change.table} has no such columns: {', '.join(change.columns)}")
    if not any(isinstance(kind, LargeBinary | Moment) for kind in kinds):
        return change
    return change._replace(rows=[tuple(map(_typed_value, kinds, row)) for row in change.rows])


def _typed_value(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    return datetime.fromisoformat(value) if isinstance(kind, Moment) else value
