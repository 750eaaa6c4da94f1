"""Files, folders, globs, archives, lists and addresses of stores to a stream of inputs, without holding them all."""

from __future__ import annotations

import glob
import os
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import IO, NamedTuple
from urllib.parse import quote_from_bytes, unquote_to_bytes

from brief_nlp.batch import archives, remote
from brief_nlp.errors import BriefError, Category, Rejected, without_password

MEMBER = "!/"  # between an archive and what lies in it
ESCAPED = "bytes:"  # begins a place that is no text: the bytes of a name need not be UTF-8, but what is stored must


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
    found = [_from_first(name, most) for name in names]
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
            yield _missed(without_password(name), Category.NOT_FOUND, error.message)


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
    if place.startswith(ESCAPED):
        place = os.fsdecode(unquote_to_bytes(place.removeprefix(ESCAPED)))
    archive, between, member = place.rpartition(MEMBER)
    if between and archives.is_archive(archive) and not Path(place).exists():
        return archives.read(archive, member, most)
    with open(place, "rb", opener=_opened_at_once) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError("a pipe or a device, not a file")
        return bounded(stream, most)


def _opened_at_once(place: str, flags: int) -> int:
    """A pipe that nobody writes to would hold up whoever opens it."""
    return os.open(place, flags | getattr(os, "O_NONBLOCK", 0))


def bounded(stream: IO[bytes], most: int) -> bytes:
    """What a stream holds, and no more than one byte more than `most`, by which it is known to be too long."""
    return stream.read(most + 1)


def _from_first(name: str, most: int) -> Iterator[Input]:
    """What a name stands for, once it is known that there is something."""
    found = _found(name, most)
    for first in found:
        if remote.is_address(name):
            return chain((first,), found)
        if Path(first.name) == Path(name):
            return iter((first,))
        return _later(name, most)  # looked at anew when its turn comes: many archives cannot all be held open
    raise BriefError(
        f"{name}: no PDF found here.",
        "Name a PDF, a folder or an archive that holds some, or a glob such as 'in/**/*.pdf'.",
    )


def _later(name: str, most: int) -> Iterator[Input]:
    try:
        yield from _found(name, most)
    except BriefError as error:  # gone since the run began
        yield _missed(name, Category.NOT_FOUND, error.message)


def _once(found: Iterator[Input]) -> Iterator[Input]:
    """Each place once. A database without a name keeps what was seen: in a file of its own once memory is short."""
    with closing(sqlite3.connect("", check_same_thread=False)) as seen:
        seen.execute("CREATE TABLE seen (place TEXT PRIMARY KEY) WITHOUT ROWID")
        for one in found:
            if seen.execute("INSERT OR IGNORE INTO seen VALUES (?)", (one.place,)).rowcount:
                yield one


def _found(name: str, most: int) -> Iterator[Input]:
    if remote.is_address(name):
        return (Input(place, place) for place in remote.find(name))
    path = Path(name)
    try:
        if path.is_dir():
            return _walk(path, _is_pdf)
        if path.exists():
            return _members(path, most) if archives.is_archive(name) and path.is_file() else iter((_file(path),))
    except OSError as error:  # a name that is too long, a folder that may not be looked into
        raise BriefError(f"{name}: cannot be read ({error.strerror}).", "Check the path and its permissions.") from None
    if glob.has_magic(name):
        return chain.from_iterable(
            _members(path, most) if archives.is_archive(str(path)) else iter((_file(path),)) for path in _matches(name)
        )
    raise BriefError(f"{name}: there is no such file or folder.", "Check the path.")


def _matches(name: str) -> list[Path]:
    """The files that a glob means, none hidden unless it says so. By pathlib, whose `**` follows no links: they may
    lead round in circles."""
    root = Path(Path(name).anchor)
    try:
        found = [path for path in root.glob(str(Path(name).relative_to(root))) if path.is_file()]
    except (ValueError, NotImplementedError) as error:
        raise BriefError(f"{name}: this is no glob ({error}).", "Give one such as 'in/**/*.pdf'.") from None
    return sorted(found if _is_hidden(Path(name)) else (path for path in found if not _is_hidden(path)))


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") and part != ".." for part in path.parts)


def _members(path: Path, most: int) -> Iterator[Input]:
    place = str(path.absolute())
    try:
        for member, data in archives.members(path, most):
            yield Input(_shown(f"{path}{MEMBER}{member}"), _stored(f"{place}{MEMBER}{member}"), data)
    except archives.Damaged as error:
        yield _missed(str(path), Category.DAMAGED, str(error))


def _file(path: Path) -> Input:
    return Input(_shown(str(path)), _stored(str(path.absolute())))


def _missed(name: str, problem: Category, detail: str) -> Input:
    return Input(_shown(name), _stored(str(Path(name).absolute())), problem=problem, detail=_shown(detail))


def _shown(name: str) -> str:
    """A name that can be written as text, whatever bytes it is made of."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _stored(place: str) -> str:
    """A place as text that a database takes, from which the bytes of its name can be had again."""
    name = os.fsencode(place)
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        return ESCAPED + quote_from_bytes(name)
    return ESCAPED + quote_from_bytes(name) if "\0" in place else place


def _is_pdf(name: str) -> bool:
    return name.lower().endswith(".pdf")


def _walk(folder: Path, wanted: Callable[[str], bool]) -> Iterator[Input]:
    """Files of a folder and of those in it, in the order of their names, a folder's list in memory at a time. One
    that cannot be looked into is an input with a problem: it should not stop the others."""
    entries = _entries(folder)
    if isinstance(entries, OSError):
        raise BriefError(f"{folder}: cannot be read ({entries.strerror}).", "Check its permissions.")
    open_folders = [(folder, entries)]  # not by recursion: folders may lie deeper than Python calls
    while open_folders:
        folder, entries = open_folders[-1]
        name = next(entries.names, None)
        if name is None:
            open_folders.pop()
            continue
        path = folder / name
        try:
            if name in entries.folders:
                inner = _entries(path)
                if isinstance(inner, OSError):
                    yield _missed(str(path), Category.UNREADABLE, inner.strerror or str(inner))
                else:
                    open_folders.append((path, inner))
            elif wanted(name) and (name not in entries.others or _leads_to_file(path)):
                yield _file(path)
        except OSError as error:  # a link that leads to itself, or into a folder that may not be looked into
            yield _missed(str(path), Category.UNREADABLE, error.strerror or str(error))


def _leads_to_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False


class _Entries(NamedTuple):
    """What a folder holds: names only, since there may be a million of them. `others` are links, pipes and devices."""

    names: Iterator[str]
    folders: frozenset[str]
    others: frozenset[str]


def _entries(folder: Path) -> _Entries | OSError:
    names: list[str] = []
    folders: set[str] = set()
    others: set[str] = set()
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                names.append(entry.name)
                if entry.is_dir(follow_symlinks=False):
                    folders.add(entry.name)
                elif not entry.is_file(follow_symlinks=False):
                    others.add(entry.name)
    except OSError as error:
        return error
    return _Entries(iter(sorted(names)), frozenset(folders), frozenset(others))
