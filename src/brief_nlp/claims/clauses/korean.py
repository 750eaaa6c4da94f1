"""Korean: where connective endings part a sentence into clauses (morphemes by Kiwi, Sejong tags)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from brief_nlp.rule_files import rule_file

PREDICATES = ("VV", "VA", "VCP", "VCN", "XSV", "XSA", "VX")
_LAST = 8  # morphemes that end a sentence
_EDGES = " ,;:"


def cut(sentence: str, tokens: Sequence[Any]) -> tuple[tuple[int, int], ...]:
    """(start, end) of each clause of a sentence with these morphemes, in characters; the whole of it where nothing
    parts it."""
    joints = [] if _is_said_in_one(tokens) else _joints(tokens)
    bounds = [0, *joints, len(sentence)]
    return tuple(span for left, right in itertools.pairwise(bounds) for span in _trimmed(sentence, left, right))


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
    if token.tag == "JX" and token.form == "도" and place > 1:
        return following.form != "불구" and _grants(tokens, place)
    if token.tag in ("JX", "JKS") and following.tag != "SP":
        return _is_told(tokens, place) and _concludes(tokens)
    if token.tag == "NNB":
        return comma and token.form in rules["nouns"] and place > 0 and tokens[place - 1].tag == "ETM"
    if token.tag != "EC" or following.tag in rules["never_before"] or following.tag.startswith("J"):
        return False
    if token.form in rules["always"]:
        return True
    if token.form not in rules["weak"]:
        return False
    return bool(comma or tokens[place - 1].tag == "EP")


def _grants(tokens: Sequence[Any], place: int) -> bool:
    """`…면서도`, `…음에도`: what is granted before what stands against it."""
    before, further = tokens[place - 1], tokens[place - 2]
    return bool(
        (before.tag == "EC" and before.form in ("면서", "으면서"))
        or (before.form == "에" and further.tag == "ETN" and further.form in ("음", "ᆷ"))
    )


def _is_told(tokens: Sequence[Any], place: int) -> bool:
    """`…다는 사실은`: what is told as known."""
    noun = place - 1
    return noun > 0 and tokens[noun].form in _rules()["told"] and tokens[noun - 1].form in _rules()["telling"]


def _concludes(tokens: Sequence[Any]) -> bool:
    """Whether a sentence draws a conclusion: `…을 시사한다`."""
    return any(token.form in _rules()["concluding"] for token in tokens[-_LAST:])


def _is_said_in_one(tokens: Sequence[Any]) -> bool:
    """Whether all of a sentence but who says it is what is said: `그는 … 하지만, … 했다고 말했다`.

    Nobody but the speaker that the sentence opens with can be the subject of the last verb then.
    """
    end = next((place for place in range(len(tokens) - 1, 0, -1) if tokens[place].tag == "EF"), 0)
    quoting = next(
        (place for place in range(end, max(0, end - _LAST), -1) if tokens[place].form in _rules()["quoting"]), None
    )
    if quoting is None or not _is_saying(tokens[quoting + 1 : end]):
        return False
    joints = [place for place in range(quoting) if _parts(tokens, place)]
    if not joints:
        return False
    topics = [place for place in range(quoting) if tokens[place].tag == "JX" and tokens[place].form in ("은", "는")]
    return bool(topics) and topics[-1] < joints[0] and not any(_is_quoting(tokens, place) for place in joints)


def _is_saying(tokens: Sequence[Any]) -> bool:
    """Whether these are a speech verb and its tense: `밝혔`, `말하고 있`."""
    return bool(
        tokens
        and tokens[0].form in _speech()
        and all(token.tag in ("XSV", "EP") or token.form in ("고", "있") for token in tokens[1:])
    )


def _is_quoting(tokens: Sequence[Any], place: int) -> bool:
    """Whether a speech verb ends here already: `…라고 전했지만`."""
    return any(token.form in _speech() for token in tokens[max(0, place - 4) : place])


@cache
def _speech() -> frozenset[str]:
    verbs = [rule for rule in rule_file("tagging", "ko/attribution")["verbs"] if rule["category"] == "speech"]
    return frozenset(word for rule in verbs for word in (*rule["nouns"], *rule["stems"]))


@cache
def _rules() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in rule_file("claims", "ko/clauses").items() if name[0] != "_"}
