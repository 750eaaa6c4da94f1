"""Lists in JSON, written entry by entry."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO


def write_list(entries: Iterable[Any], stream: BinaryIO) -> int:
    """Write a list with one entry a line; returns how many there are."""
    count = 0
    stream.write(b"[")
    for entry in entries:
        stream.write((b",\n" if count else b"\n") + json.dumps(entry, ensure_ascii=False).encode())
        count += 1
    stream.write(b"\n]\n")
    return count
