"""Word lists of the structure stage, and what mastheads are known by: one JSON file each."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

_CODE = re.compile(r"[A-Z]{2,5}(?=\s?\d)|\W|\d|_")


@cache
def _lists() -> dict[str, list[str]]:
    loaded: dict[str, list[str]] = json.loads(files(__package__).joinpath("words.json").read_text("utf-8"))
    return loaded


@cache
def word_list(name: str) -> frozenset[str]:
    """The list `name` of `words.json`, lower case."""
    return frozenset(_lists()[name])


@cache
def masthead_words() -> dict[str, Any]:
    """What a masthead is recognised by."""
    loaded: dict[str, Any] = json.loads(files(__package__).joinpath("masthead.json").read_text("utf-8"))
    return loaded


@cache
def _series_names() -> frozenset[str]:
    data = masthead_words()
    return frozenset(
        re.sub(r"\W", "", form)
        for name, forms in data["series"].items()
        if name not in data["in_title"]
        for form in forms
    )


def names_a_series(text: str) -> bool:
    """Whether a text is the name of a known series, perhaps with its number, and nothing else."""
    return _CODE.sub("", text).casefold() in _series_names()
