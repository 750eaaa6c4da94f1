"""Rows of a document as the store has them, how they differ from new ones, and the bringing about of the difference."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from brief_nlp.rows import TABLES, Row
from brief_nlp.store import words
from brief_nlp.store.tables import attachments, claims, metadata, verdicts

Rows = Mapping[str, Sequence[Row]]

# what the feed carries, in an order in which rows can be inserted: what a document is made of, then what people said
CARRIED = (*TABLES, verdicts.name, attachments.name)
INSERT, CHANGE, DELETE = "insert", "change", "delete"


class Change(NamedTuple):
    """Rows of one table that come, are other now, or go; of those that go only the key is told."""

    op: str
    table: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]


def read_rows(connection: Connection, document_id: str) -> dict[str, list[Row]]:
    """All derived rows of a document, by table."""
    found: dict[str, list[Row]] = {}
    for name in TABLES:
        table = metadata.tables[name]
        if "document_id" in table.c:
            query = select(table).where(table.c.document_id == document_id)
        else:
            query = select(table).join(claims).where(claims.c.document_id == document_id)
        found[name] = [dict(row) for row in connection.execute(query).mappings()]
    return found


def difference(old: Rows, new: Rows) -> list[Change]:
    """What makes new rows of old ones, in an order that foreign keys allow: what goes first, the innermost first."""
    if not old:
        return [change(INSERT, name, rows) for name in CARRIED if (rows := new.get(name))]
    gone: list[Change] = []
    come: list[Change] = []
    for name in CARRIED:
        key_of = _key_of(name)
        before = {key_of(row): row for row in old.get(name, ())}
        added, changed = [], []
        for row in new.get(name, ()):
            was = before.pop(key_of(row), None)
            if was is None:
                added.append(row)
            elif was != row:
                changed.append(row)
        if before:
            gone.append(Change(DELETE, name, key_names(name), list(before)))
        come += [change(op, name, rows) for op, rows in ((CHANGE, changed), (INSERT, added)) if rows]
    gone.reverse()
    return [*gone, *come]


def change(op: str, name: str, rows: Sequence[Row]) -> Change:
    """Rows of a table, all with the same columns in the same order, as a change."""
    return Change(op, name, tuple(rows[0]), [tuple(row.values()) for row in rows])


def apply(connection: Connection, changes: Sequence[Change]) -> None:
    """Bring changes about; the index of words follows the claims."""
    for made in changes:
        table = metadata.tables[made.table]
        if table is claims and made.op != INSERT:
            words.forget(connection, _column(made, "claim_id"))
        if made.op == INSERT:
            _insert(connection, table, made)
        elif made.op == DELETE:
            connection.execute(delete(table).where(*_by_key(made.table)), _bound(made))
        else:
            keys = set(key_names(made.table))
            values: Row = {column: bindparam(column) for column in made.columns if column not in keys}
            connection.execute(update(table).where(*_by_key(made.table)).values(values), _bound(made))
        if table is claims and made.op != DELETE:
            words.remember(connection, list(zip(_column(made, "search_id"), _column(made, "text"), strict=True)))


@cache
def key_names(name: str) -> tuple[str, ...]:
    """The columns that tell rows of a table apart."""
    return tuple(column.name for column in metadata.tables[name].primary_key)


def _key_of(name: str) -> Callable[[Row], tuple[Any, ...]]:
    keys = key_names(name)
    return lambda row: tuple(row[key] for key in keys)


def _by_key(name: str) -> list[Any]:
    table = metadata.tables[name]
    return [table.c[key] == bindparam(f"key_{key}") for key in key_names(name)]


def _bound(made: Change) -> list[Row]:
    """The rows of a change as parameters, with those of the key named as `_by_key` names them."""
    keys = set(key_names(made.table))
    names = [f"key_{column}" if column in keys else column for column in made.columns]
    return [dict(zip(names, row, strict=True)) for row in made.rows]


def _column(made: Change, name: str) -> list[Any]:
    return list(map(itemgetter(made.columns.index(name)), made.rows))


def _insert(connection: Connection, table: Table, made: Change) -> None:
    """Many rows at once: by COPY where the database has it, else by one prepared statement."""
    if table is verdicts:  # the only rows with values that SQLAlchemy converts
        connection.execute(insert(table), [dict(zip(made.columns, row, strict=True)) for row in made.rows])
        return
    names = ", ".join(f'"{column}"' for column in made.columns)
    cursor = connection.connection.cursor()
    if connection.dialect.name == "postgresql":
        with cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
            for row in made.rows:
                copy.write_row(row)
    else:
        places = ", ".join("?" * len(made.columns))
        cursor.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', made.rows)  # noqa: S608
    cursor.close()
