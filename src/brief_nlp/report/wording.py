"""The words of the report in the languages that it speaks, and text of unknown origin made harmless."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

from brief_nlp.errors import BriefError

LANGUAGES = ("en", "ko")

# what no reader can see and what turns lines of text around: each becomes one visible sign, so that offsets stay
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


@cache
def wording(language: str) -> dict[str, str]:
    """All words of a language by key. Raises `BriefError` where it is not spoken."""
    if language not in LANGUAGES:
        raise BriefError(f"{language}: reports are not written in this language.", "Choose en or ko.")
    return dict(json.loads(files("brief_nlp.report").joinpath("words", f"{language}.json").read_text("utf-8")))


def shown(text: str) -> str:
    """Text with a visible sign for each control character, mark of direction and lone half of a character."""
    return _HIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
