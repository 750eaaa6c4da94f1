"""The files of `tagging/rules` and `claims/rules`: word lists and patterns that are data."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal


@cache
def rule_file(stage: Literal["tagging", "claims"], name: str) -> dict[str, Any]:
    """What a file of a stage holds, by its path below `rules/` without ending: `entities`, `en/dates`."""
    path = files(f"brief_nlp.{stage}").joinpath(f"rules/{name}.json")
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded


def expanded(pattern: str, parts: Mapping[str, str]) -> str:
    """A pattern with each `{part}` that it names put in; parts may name parts."""
    known = re.compile("|".join(re.escape("{" + name + "}") for name in parts) or r"(?!)")
    while known.search(pattern):  # to any depth: a part left as its name matches nothing, and nothing tells
        pattern = known.sub(lambda found: parts[found[0][1:-1]], pattern)
    return pattern
