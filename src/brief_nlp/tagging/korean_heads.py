"""Korean names of one word that the word they end in makes: 교류협력국, 청진농포집결소, 도로교통법.

Kiwi knows none of these as a name where they are made of common nouns, and takes those that begin with a
known place for that place. Looked up word by word, so that the time grows with the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from brief_nlp.rule_files import rule_file
from brief_nlp.schema import EntityType
from brief_nlp.tagging.korean_guesses import is_foreign

_WORD = re.compile(r"(?<![가-힣\d])(?:\d[\d.·]*)?[가-힣][가-힣\d.·]*")
_LOCAL = re.compile(r"(?<=[가-힣])(?:군|시|구역)\s$")  # a county or the like stands before a word
_COUNTY = re.compile(r"(?<![가-힣])([가-힣]{1,6}(?:군|시|구역))\s$")
_WORD_BEFORE = re.compile(r"(?<![가-힣])([가-힣]{2,6}?)의\s$")
_LONGEST_HEAD = 7
_LONGEST_VILLAGE = 4
_PLACE_LENGTHS = (2, 3, 4, 5)
_LAW_STEM = 3  # syllables before 법: shorter ones are listed, as most are no laws


class HeadName(NamedTuple):
    """A name found by its last word."""

    start: int
    end: int
    type: EntityType
    rule: str


def _data() -> dict[str, Any]:
    return rule_file("tagging", "ko/heads")


@cache
def _heads() -> dict[str, tuple[EntityType, str]]:
    """Last word -> (type, what it asks of what stands before it)."""
    found: dict[str, tuple[EntityType, str]] = {}
    for kind, words in _data()["placed"].items():
        found.update((word, (EntityType(kind), "placed")) for word in words)
    for kind, words in _data()["foreign"].items():
        found.update((word, (EntityType(kind), "foreign")) for word in words if word not in found)
    found.update((word, (EntityType.ORG, "compound")) for word in _data()["compounds"])
    for kind, words in _data()["sure"].items():
        found.update((word, (EntityType(kind), "sure")) for word in words)
    return found


@cache
def _last() -> frozenset[str]:
    """The syllables that such names end in: most words end in none of them."""
    return frozenset(head[-1] for head in _heads()) | {"법", "안", "리", "읍"}


@cache
def _lists() -> tuple[frozenset[str], re.Pattern[str], tuple[str, ...], tuple[str, ...]]:
    data = _data()
    generic = "|".join(sorted(data["not_before"], key=len, reverse=True))
    return frozenset(data["tails"]), re.compile(f"(?:{generic})+"), tuple(data["named"]), tuple(data["laws_no"])


@cache
def _offices() -> tuple[str, ...]:
    """What ends as organisations do and is who holds an office: 연해주지사."""
    return tuple(_data()["offices"])


def head_names(text: str, known: Callable[[str], EntityType | None]) -> Iterator[HeadName]:
    """The names of one word; `known` gives the type of a name that is known."""
    tails = _lists()[0]
    for match in _WORD.finditer(text):
        word = match[0].rstrip(".·")
        for cut in range(min(4, len(word) - 2)):
            if cut and word[-cut:] not in tails:
                continue
            body = word[:-cut] if cut else word
            if body[-1] not in _last():
                continue
            found = _village(text, match.start(), body, known)
            found = found or _typed(body, known, local=_is_local(text, match.start(), known))
            if found:
                yield HeadName(match.start(), match.start() + len(body), *found)
                break


def _village(
    text: str, start: int, body: str, known: Callable[[str], EntityType | None]
) -> tuple[EntityType, str] | None:
    """어적리 behind 의주군: a village behind a county that is known."""
    if body[-1] not in "리읍" or len(body) > _LONGEST_VILLAGE or body in _data()["no_villages"]:
        return None
    county = _COUNTY.search(text, max(0, start - 9), start)
    return (EntityType.PLACE, "head") if county and known(county[1]) is EntityType.PLACE else None


def _is_local(text: str, start: int, known: Callable[[str], EntityType | None]) -> bool:
    """Whether the place that a name is in stands before it: 문덕군 룡오농장, 평성의 옥전시장."""
    if _LOCAL.search(text, max(0, start - 4), start):
        return True
    owner = _WORD_BEFORE.search(text, max(0, start - 9), start)
    return owner is not None and known(owner[1]) is EntityType.PLACE


def _typed(body: str, known: Callable[[str], EntityType | None], *, local: bool) -> tuple[EntityType, str] | None:
    heads = _heads()
    if body.endswith(_offices()):
        return None
    for size in range(min(_LONGEST_HEAD, len(body) - 2), 0, -1):
        head = heads.get(body[-size:])
        if head:
            kind, asks = head
            stem = body[:-size]
            organ = kind is EntityType.ORG and asks != "placed"
            if local and kind is EntityType.FACILITY and len(stem) > 1 and not _lists()[1].fullmatch(stem):
                return kind, "head"  # 문덕군 룡오농장: behind its county
            if kind is EntityType.LAW and len(stem) > 2 and is_foreign(stem):
                return kind, "head"  # 람보르협약
            return (kind, "head") if _stands_before(stem, asks, known, organ=organ) else None
    law = body.removesuffix("안")  # a bill
    if law[-1] == "법" and len(law) > _LAW_STEM and not law.endswith(_lists()[3]):
        return EntityType.LAW, "law_head"
    return None


def _stands_before(stem: str, asks: str, known: Callable[[str], EntityType | None], *, organ: bool) -> bool:
    """Whether what stands before the last word makes a name of the whole."""
    _, generic, named, _ = _lists()
    if generic.fullmatch(stem):
        return organ and len(stem) > 3  # 교류협력 + 국, 북한인권 + 학생연대
    if asks == "foreign":
        return len(stem) > 1 and is_foreign(stem) and not stem[-1].isdigit()  # 르자오항, but not 제8항
    if asks == "sure" or (asks == "compound" and len(stem) > 3):
        return True
    if any(char.isdigit() for char in stem) or stem.startswith(named):
        return True
    ends = (part for size in _PLACE_LENGTHS if size <= len(stem) for part in (stem[:size], stem[-size:]))
    return any(known(part) in (EntityType.PLACE, EntityType.PERSON) for part in ends)
