"""Rows as files: one JSON Lines file of briefs, a CSV and a Parquet file a table, and a manifest.

Each document's brief is written beside its place and renamed; the tables are made from the briefs when
the run ends. A crash leaves whole files only.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brief_nlp.errors import BriefError
from brief_nlp.rows import FRAMES, to_frames
from brief_nlp.schema import Brief

if TYPE_CHECKING:
    import pandas as pd

BRIEFS = "briefs"
MANIFEST = "manifest.json"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is run by spreadsheet programs


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
    import pandas as pd

    frames: dict[str, list[pd.DataFrame]] = {name: [] for name in FRAMES}
    lines: list[bytes] = []
    for brief in read_briefs(folder):
        lines.append(brief.model_dump_json().encode() + b"\n")
        for name, frame in to_frames(brief).items():
            if not frame.empty:
                frames[name].append(frame)
    write_whole(folder / "briefs.jsonl", b"".join(lines))
    written = ["briefs.jsonl"]
    for name, parts in frames.items():
        table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
        write_whole(folder / f"{name}.csv", csv_bytes(table))
        write_whole(folder / f"{name}.parquet", table.to_parquet(index=False))
        written += [f"{name}.csv", f"{name}.parquet"]
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sorted(written)}
    write_whole(folder / MANIFEST, json.dumps({"files": digests}, indent=2).encode() + b"\n")


def csv_bytes(table: pd.DataFrame) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheet programs read Korean; formulas disarmed."""
    return ("\ufeff" + table.map(disarmed).to_csv(index=False, lineterminator="\n")).encode("utf-8")


def disarmed(value: Any) -> Any:
    """A cell that no spreadsheet program takes for a formula."""
    return "'" + value if isinstance(value, str) and value.startswith(FORMULA) else value


def write_whole(path: Path, data: bytes) -> None:
    """Write beside, flush to disk, rename: a reader sees the old file or the new one, never a half."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise BriefError(
            f"{path}: cannot be written ({error.strerror}).", "Free some space or give another folder."
        ) from None
