"""Word lists of the structure stage, one JSON file."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files


@cache
def _lists() -> dict[str, list[str]]:
    loaded: dict[str, list[str]] = json.loads(files(__package__).joinpath("words.json").read_text("utf-8"))
    return loaded


@cache
def word_list(name: str) -> frozenset[str]:
    """The list `name` of `words.json`, lower case."""
    return frozenset(_lists()[name])
