"""Files, folders, globs, archives, lists and addresses of stores to a stream of inputs, without holding them all."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO, NamedTuple

from brief_nlp.batch import archives, remote
from brief_nlp.errors import BriefError, Category, Rejected

MEMBER = "!/"  # between an archive and what lies in it


class Input(NamedTuple):
    """One document to come. `place` finds it again: an absolute path, an address, or an archive, `!/` and a member.

    `data` comes along where finding it again would take long: out of an archive that can only be read through.
    `problem` says why there is nothing to read.
    """

    name: str
    place: str
    data: bytes | None = None
    problem: Category | None = None
    detail: str = ""


def find_inputs(names: Iterable[str], most: int) -> Iterator[Input]:
    """The files named, the PDFs in folders (at any depth) and archives, what globs match, what addresses hold.

    A file is taken whatever its ending, unless it is an archive; of folders and archives, `*.pdf`. A document
    named twice comes once. What an archive that can only be read through gives is at most `most` bytes a member.
    Raises `BriefError`, before the first is given, where something named is missing or holds no PDF.
    """
    found = [_first(name, _found(name, most)) for name in names]
    if len(found) < 2:
        return chain.from_iterable(found)
    return _once(chain.from_iterable(found))


def listed(lines: Iterable[str], most: int) -> Iterator[Input]:
    """The inputs that the lines of a list name, each as on the command line. What is missing is an input with a
    problem: in a long list it should not stop the others."""
    for line in lines:
        name = line.rstrip("\r\n")
        if not name.strip():
            continue
        try:
            yield from find_inputs([name], most)
        except BriefError as error:
            yield Input(name, name, problem=Category.NOT_FOUND, detail=error.message)


def again(place: str) -> Input:
    """The input of a place that was met before."""
    return Input(place, place)


def read(one: Input, most: int) -> bytes:
    """The bytes of an input. Raises `Rejected`, too where there are more than `most`."""
    if one.problem is not None:
        raise Rejected(one.problem, one.detail, where=one.name)
    if one.data is not None:
        return one.data
    try:
        data = _read(one.place, most)
    except FileNotFoundError:
        raise Rejected(Category.NOT_FOUND, where=one.name) from None
    except OSError as error:
        raise Rejected(Category.UNREADABLE, error.strerror or str(error), where=one.name) from None
    if len(data) > most:
        raise Rejected(Category.TOO_LARGE, f"more than {most >> 20} MiB", where=one.name)
    return data


def _read(place: str, most: int) -> bytes:
    if remote.is_address(place):
        return remote.read(place, most)
    archive, between, member = place.rpartition(MEMBER)
    if between and archives.is_archive(archive) and not Path(place).exists():
        return archives.read(archive, member, most)
    with Path(place).open("rb") as stream:
        return bounded(stream, most)


def bounded(stream: IO[bytes], most: int) -> bytes:
    """What a stream holds, and no more than one byte more than `most`, by which it is known to be too long."""
    return stream.read(most + 1)


def _first(name: str, found: Iterator[Input]) -> Iterator[Input]:
    """The same, once it is known that there is one."""
    for first in found:
        return chain((first,), found)
    raise BriefError(
        f"{name}: no PDF found here.",
        "Name a PDF, a folder or an archive that holds some, or a glob such as 'in/**/*.pdf'.",
    )


def _once(found: Iterator[Input]) -> Iterator[Input]:
    seen: set[str] = set()
    for one in found:
        if one.place not in seen:
            seen.add(one.place)
            yield one


def _found(name: str, most: int) -> Iterator[Input]:
    if remote.is_address(name):
        return (Input(place, place) for place in remote.find(name))
    path = Path(name)
    if path.is_dir():
        return (_file(found) for found in _walk(path, _is_pdf))
    if path.exists():
        return _members(path, most) if archives.is_archive(name) else iter((_file(path),))
    if glob.has_magic(name):
        matches = sorted(p for p in map(Path, glob.iglob(name, recursive=True)) if p.is_file())  # noqa: PTH207
        return chain.from_iterable(
            _members(p, most) if archives.is_archive(str(p)) else iter((_file(p),)) for p in matches
        )
    raise BriefError(f"{name}: there is no such file or folder.", "Check the path.")


def _members(path: Path, most: int) -> Iterator[Input]:
    place = str(path.absolute())
    try:
        for member, data in archives.members(path, most):
            yield Input(f"{path}{MEMBER}{member}", f"{place}{MEMBER}{member}", data)
    except archives.Damaged as error:
        yield Input(str(path), place, problem=Category.DAMAGED, detail=str(error))


def _file(path: Path) -> Input:
    return Input(str(path), str(path.absolute()))


def _is_pdf(name: str) -> bool:
    return name.lower().endswith(".pdf")


def _walk(folder: Path, wanted: Callable[[str], bool]) -> Iterator[Path]:
    """Files of a folder and of those in it, in the order of their names, a folder's list in memory at a time."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise BriefError(f"{folder}: cannot be read ({error.strerror}).", "Check its permissions.") from None
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder / entry.name, wanted)
        elif wanted(entry.name) and entry.is_file():
            yield folder / entry.name
