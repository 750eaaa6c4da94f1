"""Rows of a document as the store has them, how they differ from new ones, and the bringing about of the difference."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
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
    """A row that comes, is another now, or goes; of one that goes only the key is told."""

    op: str
    table: str
    row: Row


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
        return [Change(INSERT, name, row) for name in CARRIED for row in new.get(name, ())]
    gone: list[Change] = []
    come: list[Change] = []
    for name in CARRIED:
        key_of = _key_of(name)
        before = {key_of(row): row for row in old.get(name, ())}
        for row in new.get(name, ()):
            was = before.pop(key_of(row), None)
            if was is None:
                come.append(Change(INSERT, name, row))
            elif was != row:
                come.append(Change(CHANGE, name, row))
        keys = key_names(name)
        gone += [Change(DELETE, name, dict(zip(keys, key, strict=True))) for key in before]
    gone.reverse()
    return [*gone, *come]


def apply(connection: Connection, changes: Sequence[Change]) -> None:
    """Bring changes about, rows of one kind at a time; the index of words follows the claims."""
    for op, name, rows in runs(changes):
        table = metadata.tables[name]
        if table is claims and op != INSERT:
            words.forget(connection, [row["claim_id"] for row in rows])
        if op == INSERT:
            _insert(connection, table, rows)
        elif op == DELETE:
            connection.execute(delete(table).where(*_by_key(name)), _bound(name, rows))
        else:
            changed = update(table).where(*_by_key(name))
            keys = set(key_names(name))
            values: Row = {column: bindparam(column) for column in rows[0] if column not in keys}
            connection.execute(changed.values(values), _bound(name, rows, whole=True))
        if table is claims and op != DELETE:
            words.remember(connection, [(row["search_id"], row["text"]) for row in rows])


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


def _bound(name: str, rows: Sequence[Row], *, whole: bool = False) -> list[Row]:
    keys = key_names(name)
    return [
        {f"key_{key}": row[key] for key in keys}
        | ({column: value for column, value in row.items() if column not in keys} if whole else {})
        for row in rows
    ]


def runs(changes: Sequence[Change]) -> Iterator[tuple[str, str, list[Row]]]:
    """Changes of one kind to one table that follow each other: (op, table, rows)."""
    for (op, name), group in itertools.groupby(changes, key=itemgetter(0, 1)):
        yield op, name, [change.row for change in group]


def _insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Many rows at once: by COPY where the database has it, else by one prepared statement."""
    if table is verdicts:  # the only rows with values that SQLAlchemy converts
        connection.execute(insert(table), list(rows))
        return
    columns = list(rows[0])
    names = ", ".join(f'"{column}"' for column in columns)
    values = list(map(itemgetter(*columns), rows))
    if connection.dialect.name == "postgresql":
        cursor = connection.connection.cursor()
        with cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
            for row in values:
                copy.write_row(row)
        cursor.close()
    else:
        places = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', values)  # noqa: S608
