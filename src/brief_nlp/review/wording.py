"""The words of the page, in the languages that it speaks."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

LANGUAGES = {"en": "English", "ko": "한국어"}


@cache
def wording(language: str) -> dict[str, str]:
    """All words of a language by key."""
    return dict(json.loads(files("brief_nlp.review").joinpath("words", f"{language}.json").read_text("utf-8")))


def language_of(asked: str | None, accepted: str) -> str:
    """The language asked for, else the first that the browser accepts and the page speaks, else English."""
    if asked in LANGUAGES:
        return asked
    for part in accepted.split(","):
        if (one := part.partition(";")[0].strip().lower()[:2]) in LANGUAGES:
            return one
    return "en"
