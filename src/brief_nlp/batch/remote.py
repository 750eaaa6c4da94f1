"""Stores of files that fsspec knows (s3://, gs://, sftp://, file:// …): optional, with the extra `remote`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from brief_nlp.errors import BriefError, without_password

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def is_address(name: str) -> bool:
    """Whether a name is an address of a store rather than a path."""
    return _ADDRESS.match(name) is not None


def find(address: str) -> Iterator[str]:
    """The addresses of the PDFs under an address, or that one where it names a file.

    Raises `BriefError`, also where it has a password: addresses are stored and shown.
    """
    if (shown := without_password(address)) != address:
        protocol = address.partition("://")[0].upper()
        raise BriefError(
            f"{shown}: an address with a password would stand in the store and in logs.",
            f"Leave it out and set FSSPEC_{protocol}_PASSWORD, or use a key.",
        )
    files, path = _opened(address)
    try:
        if files.isfile(path):
            return iter((address,))
        return (files.unstrip_protocol(found) for found in _walked(files, path))
    except Exception as error:  # of any backend, with no common base
        raise _told(address, error) from None


def read(address: str, most: int) -> bytes:
    """The bytes that lie at an address, at most one more than `most`. Raises `OSError`, `BriefError`."""
    files, path = _opened(address)
    try:
        with files.open(path, "rb") as stream:
            return bytes(stream.read(most + 1))
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}"[:200]) from None


def _walked(files: Any, path: str) -> Iterator[str]:
    for folder, folders, names in files.walk(path):
        folders.sort()
        for name in sorted(names):
            if name.lower().endswith(".pdf"):
                yield f"{folder.rstrip('/')}/{name}"


def _opened(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise BriefError(
            f"{address}: addresses of stores need fsspec.", "Run `pip install 'brief-nlp[remote]'`."
        ) from None
    try:
        files, path = url_to_fs(address)
    except Exception as error:  # an unknown protocol, a backend that is not installed, bad credentials
        raise _told(address, error) from None
    return files, path


def _told(address: str, error: Exception) -> BriefError:
    said = (str(error).strip() or type(error).__name__).splitlines()[0][:200]
    return BriefError(
        f"{address}: cannot be opened ({said}).",
        "Check the address; a protocol may need its package, as s3:// needs s3fs and gs:// needs gcsfs.",
    )
