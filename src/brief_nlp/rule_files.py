"""The files of `rules/`: word lists and patterns that are data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def rule_file(name: str) -> dict[str, Any]:
    """What a file holds, by its path below `rules/` without ending: `entities`, `en/dates`."""
    loaded: dict[str, Any] = json.loads(files("brief_nlp.tagging").joinpath(f"rules/{name}.json").read_text("utf-8"))
    return loaded


def expanded(pattern: str, parts: Mapping[str, str]) -> str:
    """A pattern with each `{part}` that it names put in; parts may name parts."""
    for _ in range(2):
        for name, part in parts.items():
            pattern = pattern.replace("{" + name + "}", part)
    return pattern
