"""Claims of different briefs that say the same, or give another figure for the same thing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from brief_nlp.claims.classifier import load_classifier
from brief_nlp.schema import Brief, Claim, Language, Quantity

ALIKE = {Language.EN: 0.82, Language.KO: 0.88}  # product of unit vectors from which two claims may be about one thing
SHARED = 0.2  # of the content words of either: vectors alone take briefs on like subjects for one
_WORD = re.compile(r"[a-z0-9]{4,}|\d[\d,.]*|[가-힣]{2,}")


class Relation(StrEnum):
    """How two claims about the same thing stand to each other."""

    SAME = "same"
    OTHER_FIGURE = "other figure"


class Match(NamedTuple):
    """Two claims of different briefs: places of the briefs and the claims, how alike they are, and how they relate."""

    one: tuple[int, Claim]
    other: tuple[int, Claim]
    alike: float
    relation: Relation


def compare(briefs: Sequence[Brief], least: float | None = None) -> list[Match]:
    """Pairs of like claims of different briefs of one language, the likest first; each claim once for each brief."""
    found: list[Match] = []
    for language in Language:
        places = [place for place, brief in enumerate(briefs) if brief.language is language and brief.claims]
        if len(places) < 2:
            continue
        encoder = load_classifier(language).encoder
        vectors = {place: encoder.vectors([claim.text for claim in briefs[place].claims]) for place in places}
        for one, other in itertools.combinations(places, 2):
            found += _between(briefs, one, other, vectors[one] @ vectors[other].T, least or ALIKE[language])
    return sorted(found, key=lambda match: (-match.alike, match.one[0], match.one[1].start))


def _between(briefs: Sequence[Brief], one: int, other: int, products: np.ndarray, least: float) -> list[Match]:
    """Claims of two briefs that are each other's likest."""
    found = []
    for row, column in enumerate(products.argmax(axis=1)):
        alike = float(products[row, column])
        if products[:, column].argmax() != row:
            continue
        first, second = briefs[one].claims[row], briefs[other].claims[int(column)]
        if not about_one_thing(first.text, second.text, alike, least):
            continue
        figures = (
            [briefs[one].quantities[place] for place in first.quantities],
            [briefs[other].quantities[place] for place in second.quantities],
        )
        found.append(Match((one, first), (other, second), round(alike, 4), relation_of(*figures)))
    return found


def about_one_thing(one: str, other: str, alike: float, least: float) -> bool:
    """Whether two claims are alike by their vectors and share content words (by how these begin)."""
    left, right = _content(one), _content(other)
    return alike >= least and len(left & right) >= SHARED * len(left | right)


def _content(text: str) -> set[str]:
    return {word[:2] if "가" <= word[0] <= "힣" else word[:5] for word in _WORD.findall(text.lower())}


def relation_of(one: Sequence[Quantity], other: Sequence[Quantity]) -> Relation:
    """`OTHER_FIGURE` where both give figures of one unit and not one of the shorter list is in the other."""
    for unit in {quantity.unit for quantity in one} & {quantity.unit for quantity in other}:
        left, right = ({(q.value, q.high) for q in side if q.unit == unit} for side in (one, other))
        if not left & right:
            return Relation.OTHER_FIGURE
    return Relation.SAME
