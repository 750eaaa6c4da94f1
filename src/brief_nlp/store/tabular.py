"""Tables written row after row, as CSV and as Parquet, so that one of any length takes the same memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO

Add = Callable[[Iterable[Mapping[str, Any]]], None]

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is run by spreadsheet programs
BUFFER = 64 * 1024  # characters of CSV that are kept before they are written
BATCH_ROWS = 1_000  # that are kept as Python objects before they become Arrow's, which are a tenth of the size
GROUP_ROWS = 20_000  # of a row group of Parquet: what is kept in memory, and what a reader can skip
KINDS = {str: "string", int: "int64", float: "float64", bool: "bool", list: "list<list<float64>>"}

Columns = Mapping[str, type]  # names of columns with the Python type of their values, any of which may be None


def csv_table(stream: BinaryIO, columns: Iterable[str]) -> Add:
    """Begin a CSV file, and give what adds rows to it.

    UTF-8 with a byte order mark, so that spreadsheet programs read Korean; formulas disarmed.
    """
    names = tuple(columns)
    told = io.StringIO(newline="")
    writer = csv.writer(told, lineterminator="\n")

    def pass_on() -> None:
        stream.write(told.getvalue().encode())
        told.seek(0)
        told.truncate()

    def add(rows: Iterable[Mapping[str, Any]]) -> None:
        for row in rows:
            writer.writerow([disarmed(row[name]) for name in names])
            if told.tell() > BUFFER:
                pass_on()
        pass_on()

    told.write("\ufeff")
    writer.writerow(names)
    pass_on()
    return add


def disarmed(value: Any) -> Any:
    """A cell that no spreadsheet program takes for a formula."""
    return "'" + value if isinstance(value, str) and value.startswith(FORMULA) else value


@contextmanager
def parquet_table(stream: BinaryIO, columns: Columns) -> Iterator[Add]:
    """A Parquet file, as what adds rows to it; each row group is written when it is full."""
    import pyarrow as pa
    from pyarrow import parquet

    kinds = {"list<list<float64>>": pa.list_(pa.list_(pa.float64()))}
    schema = pa.schema([(name, kinds.get(KINDS[kind], KINDS[kind])) for name, kind in columns.items()])
    waiting: list[Mapping[str, Any]] = []
    batches: list[Any] = []
    writer = parquet.ParquetWriter(stream, schema)

    def close_batch() -> None:
        if waiting:
            batches.append(pa.RecordBatch.from_pylist(waiting, schema))
            waiting.clear()

    def close_group() -> None:
        if batches:
            writer.write_table(pa.Table.from_batches(batches, schema), row_group_size=2 * GROUP_ROWS)
            batches.clear()

    def add(rows: Iterable[Mapping[str, Any]]) -> None:
        for row in rows:
            waiting.append(row)
            if len(waiting) == BATCH_ROWS:
                close_batch()
                if len(batches) * BATCH_ROWS >= GROUP_ROWS:
                    close_group()

    try:
        yield add
        close_batch()
        close_group()
    except BaseException:
        with suppress(OSError):  # of the end of a file that is thrown away
            writer.close()
        raise
    writer.close()
