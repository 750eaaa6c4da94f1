"""Korean: where connective endings part a sentence into clauses (morphemes by Kiwi, Sejong tags)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from brief_nlp.claims.endings import finished
from brief_nlp.rule_files import rule_file

PREDICATES = ("VV", "VA", "VCP", "VCN", "XSV", "XSA", "VX")
_EDGES = " ,;:"


def cut(sentence: str, tokens: Sequence[Any]) -> tuple[tuple[int, int], ...]:
    """(start, end) of each clause of a sentence with these morphemes, in characters; the whole of it where nothing
    parts it."""
    bounds = [0, *_joints(tokens), len(sentence)]
    return tuple(span for left, right in itertools.pairwise(bounds) for span in _trimmed(sentence, left, right))


def alone(sentence: str, span: tuple[int, int], tokens: Sequence[Any]) -> str:
    """The clause as a sentence of its own: `회복되었지만` as `회복되었다.`; empty where it is one already."""
    inside = [token for token in tokens if span[0] <= token.start and token.start + token.len <= span[1]]
    return finished(sentence[span[0] : span[1]], inside, span[0])


def is_joined(span: tuple[int, int], tokens: Sequence[Any]) -> bool:
    """Whether what follows a clause is joined to it as its equal: `…고`, `…으나`."""
    ending = next((token for token in reversed(tokens) if token.start < span[1] and token.tag == "EC"), None)
    return ending is not None and ending.start + ending.len == span[1] and ending.form in _rules()["joining"]


def _trimmed(sentence: str, left: int, right: int) -> Iterator[tuple[int, int]]:
    piece = sentence[left:right]
    start = left + len(piece) - len(piece.lstrip(_EDGES))
    end = left + len(piece.rstrip(_EDGES + "."))
    if end > start:
        yield start, end


def _joints(tokens: Sequence[Any]) -> Iterator[int]:
    """Characters behind which a new clause begins."""
    depth = 0  # of quotation marks: what is quoted stays whole
    for place, token in enumerate(tokens[:-1]):
        depth += (token.tag == "SSO") - (token.tag == "SSC")
        if depth > 0 or not _parts(tokens, place):
            continue
        yield token.start + token.len


def _parts(tokens: Sequence[Any], place: int) -> bool:
    token, following = tokens[place], tokens[place + 1]
    rules = _rules()
    comma = following.tag == "SP"
    if token.tag == "NNB":
        return comma and token.form in rules["nouns"] and place > 0 and tokens[place - 1].tag == "ETM"
    if token.tag != "EC" or following.tag in rules["never_before"] or following.tag.startswith("J"):
        return False
    if token.form in rules["always"]:
        return True
    if token.form not in rules["weak"]:
        return False
    return bool(comma or tokens[place - 1].tag == "EP")


@cache
def _rules() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in rule_file("claims", "ko/clauses").items() if name[0] != "_"}
