"""The feed: rows that came, changed or went, in order, each once for whoever keeps the cursor of the last line.

A line is a JSON object: `cursor`, `op` (insert, change, delete), `table`, `row` (of a deleted row only its key), and
`of`: how many lines the same transaction has, so that a consumer can commit when it has them all.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from itertools import islice

from sqlalchemy import Engine

from brief_nlp.rows import Row
from brief_nlp.store import journal
from brief_nlp.store.journal import Entry, Place

POLL_SECONDS = 1.0


def lines(
    engine: Engine, since: str, *, follow: bool = False, wait: Callable[[float], None] = time.sleep
) -> Iterator[str]:
    """The lines behind a cursor, without line ends; with `follow` it goes on as the store changes.

    Raises `BriefError` where the cursor is none of this store.
    """
    with engine.connect() as connection:
        store = journal.store_id(connection)
        begun = journal.read_cursor(since, store, journal.last(connection))
    after = begun.change_id - 1  # of the change that the cursor is in, some lines may be missing
    while True:
        with engine.connect() as connection:
            entries = list(journal.read_after(connection, after))
        for entry in entries:
            done = begun.position if entry.change_id == begun.change_id else 0
            for position, (op, table, row) in enumerate(islice(_rows(entry), done, None), done + 1):
                found = {
                    "cursor": journal.write_cursor(store, Place(entry.change_id, position)),
                    "op": op,
                    "table": table,
                    "row": journal.plain(row),
                    "of": entry.size,
                }
                yield json.dumps(found, ensure_ascii=False)
            after = entry.change_id
        if entries:
            continue
        if not follow:
            return
        wait(POLL_SECONDS)


def _rows(entry: Entry) -> Iterator[tuple[str, str, Row]]:
    """One row after the other: (op, table, row)."""
    for change in entry.changes:
        for row in change.rows:
            yield change.op, change.table, dict(zip(change.columns, row, strict=True))
