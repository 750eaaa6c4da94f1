"""Korean names that several mentions make: 중국 국방부, 강동군 병원, 스톡홀름 실무협상, 미겔 디아스."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from brief_nlp.rule_files import rule_file
from brief_nlp.schema import Entity, EntityType
from brief_nlp.tagging.gazetteer import Gazetteer
from brief_nlp.tagging.local_ids import local_id

HOME = "south-korea"  # whose bodies Korean names without their country
_PIECES = ("entities/ko.proper_noun", "entities/ko.families", "entities/ko.title")
_NUMBERED = re.compile(r"(?:제\s?)?\d{1,3}차\s$")
_BEFORE = 8  # characters: the longest number of a meeting


def _data() -> dict[str, Any]:
    return rule_file("tagging", "ko/joined")


@cache
def _heads() -> tuple[tuple[EntityType, re.Pattern[str]], ...]:
    return tuple((EntityType(kind), re.compile(rf"\s{pattern}(?P<end>)")) for kind, pattern in _data()["heads"])


def joined(text: str, entities: Sequence[Entity], gazetteer: Gazetteer) -> list[Entity]:
    """The mentions, those that are parts of one name put together."""
    ordered = sorted(entities, key=lambda entity: (entity.start, -entity.end))
    merged: list[Entity] = []
    for entity in ordered:
        before = merged[-1] if merged else None
        if before and _is_of(before, entity, text):
            merged[-1] = _with_country(text, before, entity, gazetteer)
        elif before and _are_one_person(before, entity, text):
            merged[-1] = _named(text, before.start, entity.end, EntityType.PERSON, "person")
        elif not before or entity.end > before.end:
            merged.append(_with_head(text, _with_number(text, entity)))
        else:
            merged.append(entity)
    return merged


def _named(text: str, start: int, end: int, kind: EntityType, rule: str) -> Entity:
    name = text[start:end]
    return Entity(
        start=start, end=end, text=name, type=kind, canonical_id=local_id(name), name=name, by=f"entities/ko.{rule}"
    )


def _with_country(text: str, place: Entity, body: Entity, gazetteer: Gazetteer) -> Entity:
    """A body with the country before it: 중국 국방부 is not the ministry that 국방부 alone is."""
    whole = _named(text, place.start, body.end, EntityType.ORG, "country")
    entry = gazetteer.named(whole.text)
    if entry:
        return whole.model_copy(update={"name": entry.name, "canonical_id": entry.id})
    if place.canonical_id == HOME:
        return whole.model_copy(update={"name": body.name, "canonical_id": body.canonical_id})
    return _with_head(text, whole)


def _is_of(place: Entity, body: Entity, text: str) -> bool:
    return (
        place.type is EntityType.PLACE
        and body.type is EntityType.ORG
        and body.start == place.end + 1
        and text[place.end] == " "
        and body.text.endswith(tuple(_data()["bodies"]))
        and not body.text.startswith(tuple(_data()["bodies_of_their_own"]))
    )


def _are_one_person(one: Entity, other: Entity, text: str) -> bool:
    """Parts of a foreign name that only their form made persons: 마크 클라크, but not 송중기 송혜교."""
    return (
        one.type is other.type is EntityType.PERSON
        and (one.by in _PIECES[:2] or one.by == "entities/ko.person")
        and other.by in _PIECES
        and other.start == one.end + 1
        and text[one.end] == " "
        and other.by != "entities/ko.families"
        and not re.search(r"[A-Za-z0-9]", one.text + other.text)
    )


def _with_number(text: str, entity: Entity) -> Entity:
    """An event with the number before it: 제3차 6자회담."""
    if entity.type is not EntityType.EVENT:
        return entity
    lead = _NUMBERED.search(text, max(0, entity.start - _BEFORE), entity.start)
    if lead is None or (lead.start() and text[lead.start() - 1].isalnum()):
        return entity
    return _named(text, lead.start(), entity.end, EntityType.EVENT, "numbered")


def _with_head(text: str, entity: Entity) -> Entity:
    """A place or body with the word behind it that makes it a facility or an event: 백령도 공항, 제네바 회담."""
    if entity.type not in (EntityType.PLACE, EntityType.ORG) or text[entity.end : entity.end + 1] != " ":
        return entity
    for kind, pattern in _heads():
        head = pattern.match(text, entity.end)
        if head and not (kind is EntityType.EVENT and _is_no_venue(entity)):
            return _named(text, entity.start, head.end("end"), kind, "head")
    return entity


def _is_no_venue(entity: Entity) -> bool:
    return entity.type is not EntityType.PLACE or entity.text in _data()["no_venues"]
