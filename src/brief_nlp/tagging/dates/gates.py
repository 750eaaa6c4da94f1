"""The characters that a pattern can start with, so that at a place of a text only the rules are tried that can match.

Patterns are read by the parser of `re` itself, which Python does not document: the tests tell where it changes.
"""

from __future__ import annotations

import re
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_DIGITS = frozenset("0123456789")
_EMPTY: frozenset[str] = frozenset()


def first_characters(pattern: str) -> frozenset[str]:
    """In lower case. Raises `ValueError` for a pattern that can start with anything, or be empty."""
    found, empty = _first(parser.parse(pattern, re.IGNORECASE))
    if empty:
        raise ValueError(f"can be empty: {pattern}")
    return found


def _first(items: Any) -> tuple[frozenset[str], bool]:
    """(first characters of a sequence, whether it can be empty)."""
    found = _EMPTY
    for code, argument in items:
        own, empty = _first_of(code, argument)
        found |= own
        if not empty:
            return found, False
    return found, True


def _first_of(code: Any, argument: Any) -> tuple[frozenset[str], bool]:
    if code in (codes.ASSERT, codes.ASSERT_NOT, codes.AT):
        return _EMPTY, True
    if code is codes.LITERAL:
        return frozenset(chr(argument).lower()), False
    if code is codes.IN:
        return frozenset().union(*(_in_class(*item) for item in argument)), False
    if code is codes.BRANCH:
        parts = [_first(part) for part in argument[1]]
        return frozenset().union(*(own for own, _ in parts)), any(empty for _, empty in parts)
    if code is codes.SUBPATTERN:
        return _first(argument[3])
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
        least, _, part = argument
        own, empty = _first(part)
        return own, empty or least == 0
    raise ValueError(f"starts with anything: {code}")


def _in_class(code: Any, argument: Any) -> frozenset[str]:
    if code is codes.LITERAL:
        return frozenset(chr(argument).lower())
    if code is codes.RANGE:
        return frozenset(chr(number).lower() for number in range(argument[0], argument[1] + 1))
    if code is codes.CATEGORY and argument is codes.CATEGORY_DIGIT:
        return _DIGITS
    if code is codes.CATEGORY and argument is codes.CATEGORY_SPACE:
        return frozenset(" \n\t\xa0")
    raise ValueError(f"starts with a class too wide: {argument}")
