"""English: where the dependency parse parts a sentence into finite clauses.

A clause is a finite verb with its complements: what is joined to the main verb, an adverbial clause that gives a
ground or a contrast, a clause with `which` or `who` behind a comma, `the fact that …`. Clauses of time and
condition, content clauses and relative clauses that only identify their noun stay within the clause that they stand in.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cache
from typing import Any

from brief_nlp.rule_files import rule_file

FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
SUBJECTS = frozenset(("nsubj", "nsubjpass", "expl", "csubj"))
SHORTEST = 2  # words of the shortest clause


def cut(sentence: Any) -> tuple[tuple[int, int], ...]:
    """(start, end) of each clause of a parsed sentence (a spaCy `Doc` or `Span`), in characters of its text.

    One span, the whole of it, where nothing parts it. Spans are in order and share no character.
    """
    tokens = list(sentence)
    if not tokens:
        return ()
    first = tokens[0].i
    joints = {_outside_marks(tokens, place - first) for place in _joints(tokens)}
    bounds = sorted({0, len(tokens), *joints})
    pieces = _joined(list(itertools.pairwise(bounds)), tokens)
    base = tokens[0].idx
    trimmed = [_trimmed(tokens, left, right) for left, right in pieces]
    return tuple(
        (tokens[left].idx - base, tokens[right - 1].idx + len(tokens[right - 1]) - base) for left, right in trimmed
    )


def _joints(tokens: list[Any]) -> Iterator[int]:
    """Positions in the document at which a clause begins, or ends and leaves the rest to the one around it."""
    low, high = tokens[0].i, tokens[-1].i + 1
    for token in tokens:
        if token.text in rules()["stops"] and low < token.i < high - 1:
            yield token.i + 1
        if token.lower_ == "that" and low < token.i - 1 and token.nbor(-1).lower_ in rules()["grounds_before_that"]:
            yield token.i - 1  # `given that`, which the parser takes for a preposition
        if token.dep_ == "acl" and token.head.lower_ == "fact" and is_finite(token):
            yield token.right_edge.i + 1  # `the fact that …` tells a fact
        if token.i - low < 2 and token.lower_ in rules()["opening_grounds"] and token.right_edge.i < high - 2:
            yield _beyond_marks(tokens, token.right_edge.i + 1 - low, 1) + low  # `based on …, it appears`
        if token.dep_ == "csubj" and _is_shown(token) and token.left_edge.i - low < 2:
            yield token.right_edge.i + 1  # `that he was called home suggests …`
        if not _is_own_clause(token):
            continue
        left, right = max(low, token.left_edge.i), min(high, token.right_edge.i + 1)
        while left > low and tokens[left - 1 - low].lower_ in rules()["before_grounds"]:
            left -= 1
        around = _verb_above(token)
        if around.i < left:
            yield left  # it follows what it belongs to
            if right < high:
                yield _beyond_marks(tokens, right - low, 1) + low
        elif around.i >= right and _beyond_marks(tokens, left - low, -1) + low <= max(low, around.left_edge.i):
            yield _beyond_marks(tokens, right - low, 1) + low  # it opens the clause around it


def _is_own_clause(token: Any) -> bool:
    if token.pos_ not in ("VERB", "AUX") or not is_finite(token) or token.dep_ == "ROOT":
        return False
    if token.dep_ == "conj":
        first = token.head
        while first.dep_ == "conj":
            first = first.head
        return (first.dep_ == "ROOT" or _is_own_clause(first)) and (
            _has_subject(token) or (_has_modal(token) and _is_linked(token))
        )
    if token.dep_ == "advcl":
        opening = {child.lower_ for child in token.children if child.dep_ in ("mark", "advmod")}
        if opening & rules()["grounds"] and not opening & rules()["conditions"]:
            return not _compares(token) and not (opening & rules()["causes"] and _is_said(token.head))
    if _is_relative(token):
        return True
    if token.dep_ in ("advcl", "relcl"):
        return False
    # a main clause that the parser has put below the next one
    return (
        token.dep_ in ("ccomp", "csubj")
        and token.i < token.head.i
        and token.head.lemma_ not in _speech()
        and _has_subject(token)
        and any(child.dep_ in SUBJECTS and child.i > token.right_edge.i for child in token.head.children)
        and not any(child.dep_ == "mark" or child.tag_ in ("WDT", "WP", "WRB") for child in token.children)
    )


def _is_relative(token: Any) -> bool:
    """Whether a clause opens with `which` or `who` behind a comma, whatever the parser hangs it on."""
    if token.dep_ not in ("relcl", "advcl", "ccomp") or token.left_edge.i == 0:
        return False
    first = token.left_edge if token.left_edge.text != "," else token.left_edge.nbor(1)
    words = token.doc[first.i : token.i + 1][:3]
    found = any(one.tag_ in ("WDT", "WP", "WP$", "WRB") and one.lower_ in rules()["relatives"] for one in words)
    return found and first.nbor(-1).text == ","


def _is_shown(token: Any) -> bool:
    """Whether a clause with `that` is the subject of a verb that concludes from it: it tells a fact."""
    return token.head.lemma_ in rules()["concluding"] and any(
        child.dep_ == "mark" and child.lower_ == "that" for child in token.children
    )


def _is_linked(token: Any) -> bool:
    """Whether a joining word or a mark leads up to a verb; none does in `more than silence would have`."""
    before = token.doc[token.left_edge.i - 1]
    return bool(before.is_punct or before.dep_ == "cc")


def _is_said(verb: Any) -> bool:
    """Whether a verb stands in what somebody says: the grounds given there are the speaker's."""
    return verb.dep_ == "ccomp" and verb.i > verb.head.i and verb.head.lemma_ in _speech()


def _compares(token: Any) -> bool:
    """`as long as …`, `as far as …`: a measure or a condition, no ground."""
    mark = token.left_edge
    if mark.lower_ != "as" or mark.i < 2:
        return False
    return mark.nbor(-2).lower_ in ("as", "so") and mark.nbor(-1).pos_ in ("ADV", "ADJ")


def _verb_above(token: Any) -> Any:
    above = token.head
    while above.head.i != above.i and above.pos_ not in ("VERB", "AUX"):
        above = above.head
    return above


def is_finite(token: Any) -> bool:
    """Whether a verb has a tense or a modal."""
    helpers = [child for child in token.children if child.dep_ in ("aux", "auxpass")]
    if token.tag_ in FINITE or any(helper.tag_ in FINITE for helper in helpers):
        return True
    # the tagger takes `come` and `found` for other forms; behind `as` and with a subject they are finite
    return token.tag_ in ("VB", "VBN") and token.dep_ == "advcl" and not helpers and _has_subject(token)


def _has_subject(token: Any) -> bool:
    return any(child.dep_ in SUBJECTS for child in token.children)


def _has_modal(token: Any) -> bool:
    return any(child.tag_ == "MD" for child in token.children)


def _outside_marks(tokens: list[Any], place: int) -> int:
    """A bound beyond what stands in brackets there, and before a quotation mark that opens there."""
    place -= 1 < place < len(tokens) and tokens[place - 1].text == "("
    if 0 < place < len(tokens) and tokens[place].text == "(":
        closing = next((one for one in range(place, len(tokens)) if tokens[one].text == ")"), place - 1)
        place = _beyond_marks(tokens, closing + 1, 1)
    before = tokens[place - 1] if 1 < place < len(tokens) else None
    if before is not None and before.text in rules()["quotes"] and not before.whitespace_:
        place -= bool(tokens[place - 2].whitespace_)
    return place


def _beyond_marks(tokens: list[Any], place: int, step: int) -> int:
    """The first place from `place` on, in the direction of `step`, beyond punctuation and joining words."""
    while 0 < place < len(tokens):
        token = tokens[place - 1] if step < 0 else tokens[place]
        if not (token.is_punct or token.dep_ == "cc"):
            break
        place += step
    return place


def _joined(pieces: list[tuple[int, int]], tokens: list[Any]) -> list[tuple[int, int]]:
    """Pieces without a finite verb go to the piece before them, or to the next one at the start."""
    found: list[tuple[int, int]] = []
    pending: int | None = None
    for left, right in pieces:
        start = left if pending is None else pending
        own = any(is_finite(token) and token.pos_ in ("VERB", "AUX") for token in tokens[start:right])
        words = sum(not token.is_punct for token in tokens[start:right])
        if own and words >= SHORTEST:
            found.append((start, right))
            pending = None
        elif found:
            found[-1] = found[-1][0], right
        else:
            pending = start
    return found or [(0, len(tokens))]


def _trimmed(tokens: list[Any], left: int, right: int) -> tuple[int, int]:
    """A piece without the comma, the stop and the joining word at its edges."""
    while right - left > 1 and (
        (tokens[right - 1].is_punct and tokens[right - 1].text not in rules()["closing"])
        or tokens[right - 1].dep_ == "cc"
        or (tokens[right - 1].lower_ in rules()["joining"] and tokens[right - 2].text == ",")
    ):
        right -= 1
    while right - left > 1 and (
        tokens[left].text in rules()["leading"] or (tokens[left].lower_ in rules()["joining"] and left > 0)
    ):
        left += 1
    return left, right


@cache
def _speech() -> frozenset[str]:
    """Verbs that report: what stands before them is their content."""
    return frozenset(lemma for rule in rule_file("tagging", "en/attribution")["verbs"] for lemma in rule["lemmas"])


@cache
def rules() -> dict[str, frozenset[str]]:
    """The words of `rules/en/clauses.json`."""
    return {
        name: frozenset(words) for name, words in rule_file("claims", "en/clauses").items() if not name.startswith("_")
    }
