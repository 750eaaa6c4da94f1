from __future__ import annotations

import pytest

from brief_nlp.claims.compare import Relation, about_one_thing, compare, relation_of
from brief_nlp.schema import Brief, Claim, Quantity
from tests.conftest import analyzed


def quantity(value: float, unit: str | None = "%") -> Quantity:
    return Quantity(start=0, end=1, text=str(value), value=value, unit=unit, approx=False, by="test")


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ([], [], Relation.SAME),
        ([quantity(95)], [], Relation.SAME),
        ([quantity(95)], [quantity(95)], Relation.SAME),
        ([quantity(95)], [quantity(91)], Relation.OTHER_FIGURE),
        ([quantity(95), quantity(3)], [quantity(3)], Relation.SAME),
        ([quantity(95)], [quantity(91, "t")], Relation.SAME),
    ],
)
def test_relations(one: list[Quantity], other: list[Quantity], relation: Relation):
    assert relation_of(one, other) is relation


def with_claims(brief: Brief, *changes: tuple[int, str]) -> Brief:
    """A second edition: some claims reworded."""
    claims: list[Claim] = list(brief.claims)
    for place, text in changes:
        claims[place] = claims[place].model_copy(update={"text": text})
    return brief.model_copy(update={"document_id": "0" * 64, "claims": tuple(claims)})


def test_an_edition_finds_itself():
    brief = analyzed("grain_policy")
    matches = compare([brief, with_claims(brief)])
    assert [match.one[1].id for match in matches] and all(match.one[1].id == match.other[1].id for match in matches)
    assert {claim.text for claim in brief.claims} == {match.one[1].text for match in matches}
    assert {match.relation for match in matches} == {Relation.SAME}


def test_other_subjects_do_not_match():
    brief = analyzed("grain_policy")
    other = with_claims(brief, *((place, f"The cat of house {place} sleeps.") for place in range(len(brief.claims))))
    assert compare([brief, other]) == []


def test_languages_are_kept_apart():
    english, korean = analyzed("grain_policy"), analyzed("local_hospital")
    assert english.language != korean.language
    assert compare([english, korean]) == []


def test_vectors_alone_are_not_enough():
    one = "Electricity was allocated to 206 units in the early 1980s."
    assert not about_one_thing(one, "Rice reached the shops of four border towns.", 0.99, 0.82)
    assert about_one_thing(one, "In the early 1980s electricity went to 206 units.", 0.9, 0.82)
    assert not about_one_thing(one, one, 0.5, 0.82)
