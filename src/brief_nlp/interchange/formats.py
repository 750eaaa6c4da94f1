"""The formats by name: how each is written from a store, and how verdicts are read back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from sqlalchemy import Engine

from brief_nlp.errors import BriefError
from brief_nlp.interchange import (
    argilla,
    brat,
    csl_json,
    docbin,
    label_studio,
    prodigy,
    tables,
    tei,
    verdict_lines,
    web_annotation,
)
from brief_nlp.interchange.items import Item, Returned, Taken, items, take
from brief_nlp.interchange.lists import write_list
from brief_nlp.store.documents import read_all
from brief_nlp.store.files import whole

LARGEST = 500 * 1024 * 1024  # bytes of a file that is imported


class Format(NamedTuple):
    """A format; `read` is None where it cannot carry verdicts back."""

    suffix: str
    about: str
    write: Callable[[Engine, Path], str]
    read: Callable[[Engine, Path, str], Taken] | None


def export(engine: Engine, name: str, path: Path) -> str:
    """Write a store in a format, and say what was written. Raises `BriefError`."""
    return _format(name).write(engine, path)


def import_verdicts(engine: Engine, name: str, path: Path, reviewer: str) -> Taken:
    """Take verdicts out of a file into the store, all or none. Raises `BriefError`."""
    found = _format(name)
    if found.read is None:
        raise BriefError(f"{name} carries no verdicts.", "See docs/interchange.md for what each format carries.")
    if not path.exists():
        raise BriefError(f"{path}: there is no such file.", "Give the file or folder that holds the answers.")
    if path.is_file() and path.stat().st_size > LARGEST:
        raise BriefError(f"{path}: it is larger than {LARGEST // 1024**2} MiB.", "Import it in parts.")
    try:
        return found.read(engine, path, reviewer)
    except (KeyError, TypeError, AttributeError, IndexError, UnicodeDecodeError) as error:
        said = f"{type(error).__name__}: {error}"
        raise BriefError(f"{path}: this is no {name} file of brief-nlp ({said}).", "See docs/interchange.md.") from None


def _format(name: str) -> Format:
    if name not in FORMATS:
        raise BriefError(f"{name}: there is no such format.", f"Choose one of {', '.join(FORMATS)}.")
    return FORMATS[name]


def _file(unit: str, write: Callable[[Engine, BinaryIO], int]) -> Callable[[Engine, Path], str]:
    """Writes into a file bit by bit; says how many of what there are."""

    def run(engine: Engine, path: Path) -> str:
        with whole(path) as stream:
            count = write(engine, stream)
        return f"{count} {unit}"

    return run


def _json(make: Callable[[Iterable[Item]], Iterable[Any]]) -> Callable[[Engine, Path], str]:
    return _file("entries", lambda engine, stream: write_list(make(items(engine)), stream))


def _lines(make: Callable[[Engine], Iterable[dict[str, Any]]]) -> Callable[[Engine, Path], str]:
    def write(engine: Engine, stream: BinaryIO) -> int:
        count = 0
        for one in make(engine):
            stream.write(json.dumps(one, ensure_ascii=False).encode() + b"\n")
            count += 1
        return count

    return _file("lines", write)


def _items(unit: str, write: Callable[[Iterable[Item], BinaryIO], int]) -> Callable[[Engine, Path], str]:
    return _file(unit, lambda engine, stream: write(items(engine), stream))


def _answers(read: Callable[[Path, str], Iterable[Returned]]) -> Callable[[Engine, Path, str], Taken]:
    return lambda engine, path, reviewer: take(engine, read(path, reviewer))


def _numbered(path: Path) -> Iterator[tuple[int, Any]]:
    """The lines of a JSON Lines file with their numbers."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError:
                raise BriefError(f"{path} line {number}: this is no JSON.", "Mend the line.") from None


def _parsed(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError:
        raise BriefError(f"{path}: this is no JSON.", "Give the JSON export.") from None


def _write_brat(engine: Engine, path: Path) -> str:
    if path.is_file():
        raise BriefError(f"{path}: this is a file.", "brat takes a folder: give one with --out.")
    path.mkdir(parents=True, exist_ok=True)
    return f"{brat.write(items(engine), path)} briefs"


def _write_csl(engine: Engine, stream: BinaryIO) -> int:
    return write_list((item for brief in read_all(engine) for item in csl_json.csl_items(brief)), stream)


FORMATS: dict[str, Format] = {
    "verdicts": Format(
        "jsonl", "verdicts with all fields and their history (verdict.schema.json)", _lines(verdict_lines.lines),
        lambda engine, path, _: verdict_lines.take(engine, _numbered(path), str(path)),
    ),
    "briefs": Format(
        "jsonl", "whole briefs, one a line (brief.schema.json)",
        _lines(lambda engine: (brief.model_dump(mode="json") for brief in read_all(engine))), None,
    ),
    "label-studio": Format(
        "json", "Label Studio tasks with predictions and annotations", _json(label_studio.tasks),
        _answers(lambda path, _: label_studio.answers(_parsed(path), str(path))),
    ),
    "prodigy": Format(
        "jsonl", "Prodigy examples for the choice interface", _lines(lambda engine: prodigy.examples(items(engine))),
        _answers(lambda path, _: prodigy.answers(_numbered(path), str(path))),
    ),
    "argilla": Format(
        "json", "Argilla records with suggestions and responses", _json(argilla.records),
        _answers(lambda path, _: argilla.answers(_parsed(path), str(path))),
    ),
    "web-annotation": Format(
        "jsonld", "W3C Web Annotation, with quote, position and PDF fragment", _items("entries", web_annotation.write),
        _answers(lambda path, _: web_annotation.answers(_parsed(path), str(path))),
    ),
    "docbin": Format(
        "spacy", "spaCy's DocBin with span groups", _items("claims", docbin.write),
        _answers(lambda path, _: docbin.answers(path.read_bytes(), str(path))),
    ),
    "brat": Format(
        "", "brat standoff, a folder", _write_brat, _answers(brat.answers),
    ),
    "tei": Format(
        "xml", "TEI P5, text with claims and notes", _items("claims", tei.write),
        _answers(lambda path, _: tei.answers(path.read_bytes(), str(path))),
    ),
    "csl-json": Format("json", "the references, for Zotero and Pandoc", _file("references", _write_csl), None),
    **{
        name: Format(
            suffix, about, _items("rows", write),
            _answers(lambda path, reviewer: tables.answers(tables.read_table(path), str(path), reviewer)),
        )
        for name, suffix, about, write in (
            ("csv", "csv", "a table of claims, to be filled in", tables.write_csv),
            ("excel", "xlsx", "the same as a workbook", tables.write_excel),
            ("parquet", "parquet", "the same as Parquet", tables.write_parquet),
        )
    },
}  # fmt: skip
