"""Short mentions: what they stand for, against definitions that are plain and slow, and how long they take."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from brief_nlp.schema import Entity, EntityType
from brief_nlp.tagging import short_forms

PEOPLE = ("Kim Su-ji", "Kim Min-ji", "Ramon Villacorta", "John O'Neil", "Ada Neil", "Jan al-Assad", "Choe Yong Rim")
BODIES = ("Bank of Korea", "Export Bank", "Water Panel of Ruritania", "Trade Ministry", "Panel of Experts")
WORDS = (
    "Kim",
    "Villacorta",
    "O'Neil",
    "Neil",
    "al-Assad",
    "Choe",
    "the Bank",
    "the Panel",
    "the Ministry",
    "met",
    "Kims",
)
TAILS = (" ", "'s ", ", ", ". ", "-")


def text_of(pieces: Sequence[tuple[str, str]]) -> tuple[str, list[Entity]]:
    """A text of names and words, with the names in it."""
    text = ""
    entities: list[Entity] = []
    for piece, tail in pieces:
        if piece in PEOPLE or piece in BODIES:
            kind = EntityType.PERSON if piece in PEOPLE else EntityType.ORG
            start, end = len(text), len(text) + len(piece)
            entities.append(Entity(start=start, end=end, text=piece, type=kind, name=piece, canonical_id=piece, by="x"))
        text += piece + tail
    return text, entities


def surnames(text: str, entities: Sequence[Entity]) -> set[tuple[int, int, str, str | None]]:
    """What `_surnames` is to find, each family name looked for in the whole text."""
    found: set[tuple[int, int, str, str | None]] = set()
    people = [entity for entity in entities if entity.type is EntityType.PERSON]
    for family in {short_forms._family_name(person) for person in people}:
        bearers = [person for person in people if short_forms._family_name(person) == family]
        alone = rf"(?<![\w-]){re.escape(family)}(?=['’]s?\b|[\s,.;:)?!]|$)(?!,? [A-Z][a-z]+[- ]|-)"
        for use in re.finditer(alone, text):
            before = [person for person in bearers if person.end <= use.start()]
            if before:
                sure = len({person.name for person in before}) == 1
                found.add((*use.span(), before[-1].name if sure else family, before[-1].name if sure else None))
    return found


def heads(text: str, entities: Sequence[Entity]) -> set[tuple[int, int, str, str | None]]:
    """What `_by_head` is to find, each use against all names before it."""
    found: set[tuple[int, int, str, str | None]] = set()
    for use in short_forms._heads().finditer(text):
        before = [
            entity
            for entity in entities
            if entity.type is EntityType.ORG
            and entity.start < use.start()
            and short_forms._head(entity.name) == use["head"]
        ]
        if before:
            sure = len({entity.name for entity in before}) == 1
            found.add((*use.span("head"), before[-1].name if sure else use["head"], before[-1].name if sure else None))
    return found


def shown(found: Sequence[Entity]) -> set[tuple[int, int, str, str | None]]:
    return {(entity.start, entity.end, entity.name, entity.canonical_id) for entity in found}


@given(st.lists(st.tuples(st.sampled_from(PEOPLE + BODIES + WORDS), st.sampled_from(TAILS)), max_size=25))
def test_mentions_are_those_of_the_plain_definition(pieces: list[tuple[str, str]]):
    text, entities = text_of(pieces)
    assert shown(short_forms._surnames(text, entities)) == surnames(text, entities)
    assert shown(short_forms._by_head(text, entities)) == heads(text, entities)


def test_time_grows_with_the_text_alone():
    letters = "abcdefghij"
    names = [f"Ab Q{a}{b}{c}{d}x" for a in letters for b in letters for c in letters for d in letters[:5]]
    text = ""
    entities: list[Entity] = []
    for name in names:
        body = "Export Bank"
        for shown_name, kind in ((name, EntityType.PERSON), (body, EntityType.ORG)):
            start = len(text)
            text += f"{shown_name} met. "
            span = {"start": start, "end": start + len(shown_name)}
            entities.append(
                Entity(**span, text=shown_name, type=kind, name=shown_name, canonical_id=shown_name, by="x")
            )
        text += f"The Bank and {name.split()[1]} met. "
    began = time.perf_counter()
    assert len(short_forms._surnames(text, entities)) == len(names)
    assert len(short_forms._by_head(text, entities)) == len(names)
    assert time.perf_counter() - began < 5  # ten to a hundred times as long where each name reads the whole text
