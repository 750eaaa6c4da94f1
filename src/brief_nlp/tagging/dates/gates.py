"""What a pattern can start with, so that at a place of a text only the rules are tried that can match there.

Patterns are read by the parser of `re` itself, which Python does not document: the tests tell where it changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

ANY = "\0"  # stands for whatever character
FEW = 200  # characters of a class that are told apart where a pattern can start with very many
_EMPTY: frozenset[str] = frozenset()


class _Starts(NamedTuple):
    cut: frozenset[str]  # as long as asked for, or ended by ANY
    whole: frozenset[str]  # all that the part of a pattern can be, where that is shorter


def first_characters(pattern: str, length: int) -> frozenset[str]:
    """The strings of that length, in lower case, that a match can start with; ANY may end one.

    Raises `ValueError` for a pattern that can start with anything, or be empty.
    """
    found = _sequence(parser.parse(pattern, re.IGNORECASE), length)
    if "" in found.whole:
        raise ValueError(f"can be empty: {pattern}")
    if ANY in found.cut:
        raise ValueError(f"starts with anything: {pattern}")
    return found.cut | {start + ANY for start in found.whole}


def _sequence(items: Any, length: int) -> _Starts:
    cut, whole = set[str](), {""}
    for code, argument in items:
        whole = _longer(whole, partial(_of, code, argument), length, cut)
        if not whole:
            break
    return _Starts(frozenset(cut), frozenset(whole))


def _longer(starts: set[str], more: Callable[[int], _Starts], length: int, cut: set[str]) -> set[str]:
    """What the starts become with what follows them; those that are long enough then go to `cut`."""
    went_on = set[str]()
    for left in {length - len(start) for start in starts}:
        follow = more(left)
        mine = [start for start in starts if length - len(start) == left]
        cut.update(start + one for start in mine for one in follow.cut)
        went_on.update(start + one for start in mine for one in follow.whole)
    return went_on


def _of(code: Any, argument: Any, length: int) -> _Starts:
    if code in (codes.ASSERT, codes.ASSERT_NOT, codes.AT):
        return _Starts(_EMPTY, frozenset(("",)))
    if code is codes.LITERAL:
        return _characters(frozenset(chr(argument).lower()), length)
    if code is codes.IN:
        return _characters(_in_classes(argument), length)
    if code is codes.BRANCH:
        parts = [_sequence(part, length) for part in argument[1]]
        return _Starts(
            frozenset().union(*(part.cut for part in parts)), frozenset().union(*(part.whole for part in parts))
        )
    if code is codes.SUBPATTERN:
        return _sequence(argument[3], length)
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
        least, most, part = argument
        return _repeated(least, most, part, length)
    return _Starts(frozenset((ANY,)), _EMPTY)


def _repeated(least: int, most: int, part: Any, length: int) -> _Starts:
    cut, whole = set[str](), {""} if least == 0 else set[str]()
    reached = {""}
    for count in range(1, min(int(most), length + 1) + 1):
        reached = _longer(reached, partial(_sequence, part), length, cut)
        if count >= least:
            whole |= reached
    return _Starts(frozenset(cut), frozenset(whole | reached))


def _characters(found: frozenset[str], length: int) -> _Starts:
    if ANY in found or (length == 1 and len(found) > FEW):
        return _Starts(frozenset((ANY,)), _EMPTY)
    if length == 1:
        return _Starts(found, _EMPTY)
    if len(found) > FEW:
        return _Starts(frozenset(one + ANY for one in found), _EMPTY)
    return _Starts(_EMPTY, found)


def _in_classes(classes: Any) -> frozenset[str]:
    return frozenset().union(*(_in_class(*item) for item in classes))


def _in_class(code: Any, argument: Any) -> frozenset[str]:
    if code is codes.LITERAL:
        return frozenset(chr(argument).lower())
    if code is codes.RANGE:
        return frozenset(chr(number).lower() for number in range(argument[0], argument[1] + 1))
    if code is codes.CATEGORY and argument is codes.CATEGORY_DIGIT:
        return frozenset("0123456789")
    if code is codes.CATEGORY and argument is codes.CATEGORY_SPACE:
        return frozenset(" \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000") | {
            chr(code) for code in range(0x2000, 0x200B)
        }
    return frozenset((ANY,))
