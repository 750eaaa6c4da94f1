"""Sentence boundaries by rule, for running prose in English and Korean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from brief_nlp.rule_files import rule_file
from brief_nlp.schema import Language

_CLOSERS = "\"'”’»)\\]」』》〉）］"
_OPENERS = "\"'“‘«(\\[「『《〈（［"
# a stop, what closes after it, and white space; or a line break, which no sentence crosses
_STOP = re.compile(rf"(?P<stop>[.!?。…]{{1,4}})(?P<closed>[{_CLOSERS}]{{0,4}})(?P<gap>\s+|$)|(?P<line>\s*\n\s*)")
_STARTS = re.compile(rf"[{_OPENERS}]{{0,3}}[A-Z0-9$€£•*©]")
_WORD_BEFORE = re.compile(r"[\w.&-]{0,12}$")
_KOREAN_END = re.compile(r"(?:[다요음임함됨것죠까자라]|[가-힣]{2}[.!?]?)$")


@cache
def _abbreviations() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in rule_file("tagging", "sentences").items() if name != "_about"}


def split_sentences(text: str, start: int, end: int, *, language: Language) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences in `text[start:end]`, trimmed, in order; together they hold all that is no white space."""
    return tuple(_spans(text, start, end, language))


def _spans(text: str, start: int, end: int, language: Language) -> Iterator[tuple[int, int]]:
    begin = start
    for match in _STOP.finditer(text, start, end):
        if match["line"] is None and not _ends(text, begin, match, end, language):
            continue
        yield from trimmed(text, begin, match.end())
        begin = match.end()
    yield from trimmed(text, begin, end)


def trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span without white space at its ends; nothing where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _ends(text: str, begin: int, match: re.Match[str], end: int, language: Language) -> bool:
    if match.end() >= end:
        return True
    if _inside_brackets(text, begin, match):
        return False
    if language is Language.KO and _HANGUL_BEFORE.search(text, max(begin, match.start() - 1), match.start()):
        return _KOREAN_END.search(text[max(begin, match.start() - 3) : match.start()]) is not None
    if language is Language.KO and match["stop"] == "." and text[match.start() - 1 : match.start()].isdigit():
        return False  # `2024. 1. 15.`: no Korean sentence ends in a number
    following = text[match.end() : match.end() + 4]
    if match["stop"] != ".":
        return _STARTS.match(following) is not None or language is Language.KO
    word_match = _WORD_BEFORE.search(text[max(begin, match.start() - 12) : match.start()])
    word = word_match[0] if word_match else ""
    rules = _abbreviations()
    if word in rules["always"] or (len(word) == 1 and word.isupper() and not match["closed"]):
        return False
    if word in rules["before_number"] and following[:1].isdigit():
        return False
    if word in rules["before_name"] and _is_inside_name(text, match):
        return False
    if word.isdigit() and text[begin : match.start()].strip() == word:
        return False  # the number of a list item
    return _STARTS.match(following) is not None or (language is Language.KO and bool(following))


_HANGUL_BEFORE = re.compile(r"[가-힣]")


def _is_inside_name(text: str, match: re.Match[str]) -> bool:
    """Whether `U.S.` and the like go on: what follows is no word that often starts a sentence."""
    following = re.match(r"[\"“‘']?([A-Za-z]+)", text[match.end() : match.end() + 20])
    return following is None or following[1] not in _abbreviations()["often_first"]


def _inside_brackets(text: str, begin: int, match: re.Match[str]) -> bool:
    """Whether a bracket that opened in this sentence is still open after the stop (and closes soon)."""
    piece = text[begin : match.end()]
    opened = piece.count("(") - piece.count(")")
    return opened > 0 and ")" in text[match.end() : match.end() + 300]
