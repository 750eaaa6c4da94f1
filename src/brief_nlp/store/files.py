"""Rows as files: one JSON Lines file of briefs, a CSV and a Parquet file a table, and a manifest.

Each document's brief is written beside its place and renamed; the tables are made from the briefs when
the run ends, one brief in memory at a time. A crash leaves whole files only.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from brief_nlp.errors import BriefError
from brief_nlp.rows import FRAMES, IN_WORDS, to_readable_rows
from brief_nlp.schema import Brief
from brief_nlp.store.tables import metadata
from brief_nlp.store.tabular import Columns, csv_table, parquet_table

BRIEFS = "briefs"
MANIFEST = "manifest.json"


def prepare(folder: Path) -> None:
    """Make the folder; raises `BriefError` where that is not possible or it holds something else."""
    try:
        (folder / BRIEFS).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BriefError(f"{folder}: cannot be written ({error.strerror}).", "Give another folder with --to.") from None
    if not os.access(folder, os.W_OK):
        raise BriefError(f"{folder}: cannot be written.", "Give another folder with --to.")


def write_brief(folder: Path, brief: Brief) -> None:
    """Write one brief as JSON."""
    write_whole(folder / BRIEFS / f"{brief.document_id}.json", brief.model_dump_json().encode())


def read_briefs(folder: Path) -> Iterator[Brief]:
    """The briefs of a folder, by document id."""
    for path in sorted((folder / BRIEFS).glob("*.json")):
        yield Brief.model_validate_json(path.read_bytes())


def write_tables(folder: Path) -> None:
    """Make the tables from the briefs that are there, then the manifest."""
    written = ["briefs.jsonl", *(f"{name}.{suffix}" for name in FRAMES for suffix in ("csv", "parquet"))]
    with ExitStack() as stack:
        streams = {name: stack.enter_context(whole(folder / name, folder)) for name in written}
        tables = {
            name: (
                csv_table(streams[f"{name}.csv"], columns(name)),
                stack.enter_context(parquet_table(streams[f"{name}.parquet"], columns(name))),
            )
            for name in FRAMES
        }
        for brief in read_briefs(folder):
            streams["briefs.jsonl"].write(brief.model_dump_json().encode() + b"\n")
            for name, rows in to_readable_rows(brief).items():
                for add in tables[name]:
                    add(rows)
    digests = {name: _digest(folder / name) for name in sorted(written)}
    write_whole(folder / MANIFEST, json.dumps({"files": digests}, indent=2).encode() + b"\n")


def columns(table: str) -> Columns:
    """The columns of a table: those of the database, and in `claims` those in words; the same for every folder."""
    found = {column.name: column.type.python_type for column in metadata.tables[table].columns}
    return found | IN_WORDS if table == "claims" else found


@contextmanager
def whole(path: Path, told: Path | None = None) -> Iterator[BinaryIO]:
    """Write beside, flush to disk, rename: a reader sees the old file or the new one, never a half.

    Raises `BriefError` where that fails; it names `told` where several files are written at once.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise BriefError(
            f"{told or path}: cannot be written ({error.strerror}).", "Free some space or give another folder."
        ) from None
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def write_whole(path: Path, data: bytes) -> None:
    """The same for bytes that are there already."""
    with whole(path) as stream:
        stream.write(data)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
