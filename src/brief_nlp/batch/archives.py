"""PDFs in zip and tar archives, read where they lie: nothing is unpacked to disk, so that no name can lead astray."""

from __future__ import annotations

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from brief_nlp.errors import Category, Rejected

ZIP = (".zip",)
TAR = (".tar",)
TAR_PRESSED = (".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
_BROKEN = (tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
LARGEST_NAME = 4096  # characters
LARGEST_HEADER = 1 << 20  # bytes that an entry of a tar may have about the next one: its long name, its attributes
_ABOUT_THE_NEXT = (
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
)


class Damaged(Exception):
    """An archive cannot be read, or not further."""


class Entry(tarfile.TarInfo):
    """An entry of a tar that tarfile will not fill the memory for: a few packed bytes can be a name of gigabytes."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Entry:
        """See `tarfile.TarInfo`. Raises `tarfile.ReadError` besides."""
        entry = super().frombuf(buf, encoding, errors)
        if entry.type in _ABOUT_THE_NEXT and entry.size > LARGEST_HEADER:
            raise tarfile.ReadError(f"a header of {entry.size} bytes")
        if entry.type == tarfile.GNUTYPE_SPARSE:  # its map may be as long as the archive
            raise tarfile.ReadError("an entry with holes")
        return entry


def is_archive(name: str) -> bool:
    """Whether a file's name says that it is an archive."""
    return name.lower().endswith((*ZIP, *TAR, *TAR_PRESSED))


def members(path: Path, most: int) -> Iterator[tuple[str, bytes | None]]:
    """The PDFs of an archive, in its order: (name, its bytes where they cannot be reached again).

    A compressed tar can only be read from its start, so the bytes come along, at most one more than `most`.
    Raises `Damaged`.
    """
    try:
        if path.name.lower().endswith(ZIP):
            with zipfile.ZipFile(path) as archive:
                yield from ((info.filename, None) for info in archive.infolist() if _wanted(info.filename))
            return
        pressed = path.name.lower().endswith(TAR_PRESSED)
        with tarfile.open(path, "r|*" if pressed else "r:", tarinfo=Entry) as archive:
            for info in archive:
                archive.members.clear()  # type: ignore[attr-defined]  # kept by tarfile: a long archive would fill memory
                if info.isfile() and _wanted(info.name):
                    stream = archive.extractfile(info) if pressed else None
                    yield info.name, stream.read(most + 1) if stream else None
    except _BROKEN as error:
        raise Damaged(f"{type(error).__name__}: {error}"[:200]) from None


def read(archive: str, member: str, most: int) -> bytes:
    """The bytes of a member, at most one more than `most`. Raises `FileNotFoundError`, `Rejected`."""
    try:
        if archive.lower().endswith(ZIP):
            return _from_zip(archive, member, most)
        with tarfile.open(archive, tarinfo=Entry) as opened:
            place = _places(archive, Path(archive).stat().st_mtime_ns).get(member)
            if place is None:
                raise FileNotFoundError(member)
            stream = opened.extractfile(place)
            return stream.read(most + 1) if stream else b""
    except FileNotFoundError:
        raise
    except KeyError:
        raise FileNotFoundError(member) from None
    except (RuntimeError, NotImplementedError) as error:  # how zipfile says that it wants a password, or a newer way
        raise Rejected(Category.UNREADABLE, str(error)[:200]) from None
    except _BROKEN as error:
        raise Rejected(Category.DAMAGED, f"{type(error).__name__} in the archive") from None


def _from_zip(archive: str, member: str, most: int) -> bytes:
    with _opened(archive, Path(archive).stat().st_mtime_ns).open(member) as stream:
        return stream.read(most + 1)


@lru_cache(maxsize=1)
def _opened(archive: str, _changed: int) -> zipfile.ZipFile:
    """A zip archive, its list of contents read once for all of its members."""
    return zipfile.ZipFile(archive)


@lru_cache(maxsize=1)
def _places(archive: str, _changed: int) -> dict[str, tarfile.TarInfo]:
    """Where the PDFs of a tar begin; of two with one name the later counts, as for tar itself."""
    with tarfile.open(archive, tarinfo=Entry) as opened:
        return {info.name: info for info in opened if info.isfile() and _wanted(info.name)}


def _wanted(name: str) -> bool:
    return name.lower().endswith(".pdf") and len(name) <= LARGEST_NAME and not Path(name).name.startswith("._")
