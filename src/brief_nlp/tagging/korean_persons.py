"""Korean persons whose names Kiwi takes apart: 김국기, 리유일감독, 재정상 리명국.

A name is a family name and two syllables that given names have. Any word may look so; it is taken for a name
where a title stands beside it, or where Kiwi has read none of its own words there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple, Protocol

from brief_nlp.rule_files import expanded, rule_file

GUESSED = (2, 3)  # Kiwi's ids of nouns that no dictionary of its holds
_NORTHERN = ("리", "림")  # family names with which few words of the South begin
_WORDLESS = ("J", "E", "V", "S")  # first letters of the tags of particles, endings, verbs, symbols


class Token(Protocol):
    """What this module asks of a token of Kiwi."""

    @property
    def form(self) -> str:
        """The morpheme."""

    @property
    def tag(self) -> str:
        """Part of speech."""

    @property
    def start(self) -> int:
        """First character."""

    @property
    def end(self) -> int:
        """After the last character."""

    @property
    def id(self) -> int:
        """Of the word in Kiwi's dictionary."""


class Person(NamedTuple):
    """A person's name: offsets in the text."""

    start: int
    end: int


def _data() -> dict[str, Any]:
    return rule_file("tagging", "ko/persons")


@cache
def _pattern() -> re.Pattern[str]:
    data = _data()
    return re.compile(expanded(data["pattern"], data["parts"]))


@cache
def _full_name() -> re.Pattern[str]:
    return re.compile(expanded("{family}{first}{second}", _data()["parts"]))


def is_full_name(word: str) -> bool:
    """Whether a word has the form of a family name with a given name."""
    return _full_name().fullmatch(word) is not None and word not in _no_names()


@cache
def _no_names() -> frozenset[str]:
    return frozenset(_data()["no_names"])


@cache
def _titles_before() -> tuple[str, ...]:
    return tuple(f"{title} " for title in _data()["before"])


def persons(text: str, tokens: Sequence[Token]) -> Iterator[Person]:
    """The persons of a text that is taken apart into `tokens`."""
    at = 0
    for match in _pattern().finditer(text):
        start, end = match.span("name")
        while at < len(tokens) and tokens[at].end <= start:
            at += 1
        here = [token for token in tokens[at : at + 5] if token.start < end]
        if not here or here[0].start != start or match["name"] in _no_names():
            continue
        titled = match["title"] or match["work"] or text[max(0, start - 8) : start].endswith(_titles_before())
        if _reads_as_name(here, start, end, titled=bool(titled)):
            yield Person(start, end)


def _reads_as_name(here: Sequence[Token], start: int, end: int, *, titled: bool) -> bool:
    """Whether the tokens from `start` to `end` leave room for a name: no known word, no ending."""
    if here[0].id in GUESSED and here[0].end >= end:
        return titled or here[0].end == end
    whole = here[0].start == start and here[0].end >= end
    if whole:
        return False
    if any(token.tag[0] in _WORDLESS for token in here):
        return titled and here[0].end - start == 1 and here[0].tag[0] == "N" and here[-1].end == end  # 신준영 국장
    if titled:
        return True
    alone = here[-1].end == end and here[0].end - start == 1
    apart = all(token.end - token.start == 1 for token in here)  # 안창옥: no word of two syllables is read there
    return alone and (apart or here[0].tag == "NNP" or here[0].form in _NORTHERN)
