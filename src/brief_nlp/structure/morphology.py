"""Kiwi, which takes Korean words apart: loaded once, and only where it is asked for."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def kiwi() -> Any | None:
    """The analyser of kiwipiepy; None where the package is missing."""
    try:
        from kiwipiepy import Kiwi
    except ImportError:
        return None
    # its list of names of several words, mostly titles of works, would double the time to load and take 190 MB
    return Kiwi(num_workers=1, load_multi_dict=False)


def morphemes(text: str) -> tuple[Any, ...]:
    """The morphemes of a Korean text, as Kiwi gives them (form, tag, start, len); none where it is missing."""
    analyser = kiwi()
    return tuple(analyser.tokenize(text)) if analyser else ()
