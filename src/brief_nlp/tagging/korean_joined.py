"""Korean names that several mentions make: 중국 국방부, 강동군 병원, 스톡홀름 실무협상, 미겔 디아스."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

from brief_nlp.rule_files import rule_file
from brief_nlp.schema import Entity, EntityType
from brief_nlp.tagging.gazetteer import Gazetteer
from brief_nlp.tagging.korean_guesses import is_foreign, is_titled
from brief_nlp.tagging.local_ids import local_id

HOME = "south-korea"  # whose bodies Korean names without their country
_PIECES = ("entities/ko.proper_noun", "entities/ko.families", "entities/ko.title")
_UNSURE = ("entities/ko.proper_noun", "entities/ko.particle")
_BODIES_BY_FORM = ("entities/ko.compound", "entities/ko.head")
_NUMBERED = re.compile(r"(?:제\s?)?\d{1,3}차\s$")
_YEAR = re.compile(r"(?:19|20)\d\d\s$")
_NUMBERED_PART = re.compile(r"(?:제\s?)?\d{1,3}(?:국|처|과|부)")
_LAST_NAME = re.compile(r"\s(?P<name>[가-힣]{1,3})(?=\s)")
_BEFORE = 8  # characters: the longest number of a meeting


def _data() -> dict[str, Any]:
    return rule_file("tagging", "ko/joined")


class _Head(NamedTuple):
    """A word that makes a name with what stands before it."""

    type: EntityType
    on: frozenset[str]  # types of what may stand before it; `unsure`: only its form made it a person
    no: frozenset[str]  # what may not stand before it
    pattern: re.Pattern[str]


@cache
def _heads() -> tuple[_Head, ...]:
    data = _data()
    return tuple(
        _Head(
            EntityType(head["type"]),
            frozenset(head["on"]),
            frozenset(data[head["not"]]),
            re.compile(rf"\s(?:{head['pattern']})(?P<end>){data['tail']}"),
        )
        for head in data["heads"]
    )


def joined(text: str, entities: Sequence[Entity], gazetteer: Gazetteer) -> list[Entity]:
    """The mentions, those that are parts of one name put together."""
    ordered = sorted(entities, key=lambda entity: (entity.start, -entity.end))
    taken = {entity.start: entity for entity in reversed(ordered)}
    merged: list[Entity] = []
    for entity in map(partial(_as_building, text), ordered):
        before = merged[-1] if merged else None
        if _is_direction(entity, text) or (before and _is_direction_from(before, entity, text)):
            continue
        if before and _is_of(before, entity, text):
            merged[-1] = _with_country(text, before, entity, gazetteer, taken)
        elif before and _is_committee_of(before, entity, text):
            merged[-1] = _named(text, before.start, entity.end, EntityType.ORG, "committee")
        elif before and _is_part_of(before, entity, text):
            merged[-1] = _named(text, before.start, entity.end, EntityType.ORG, "part")
        elif before and (_are_one_person(before, entity, text) or _is_namesake(before, entity, text)):
            kind = EntityType.FACILITY if entity.text.endswith("호") else EntityType.PERSON  # 레이디 알호, a ship
            merged[-1] = _named(text, before.start, entity.end, kind, "person")
        elif not before or entity.end > before.end:
            merged.append(_with_head(text, _with_number(text, _with_last_name(text, entity, taken)), taken))
        else:
            merged.append(entity)
    return merged


@cache
def _building() -> re.Pattern[str]:
    return re.compile(_data()["as_building"])


def _as_building(text: str, entity: Entity) -> Entity:
    """The seat of a body is a building where somebody is in it: 백악관에서 만났다, but not 백악관은 밝혔다."""
    data = _data()
    seat = entity.text in data["seats"] or (
        entity.type is EntityType.ORG and entity.text.endswith(tuple(data["seat_ends"]))
    )
    if not seat or entity.type is EntityType.FACILITY:
        return entity
    return entity.model_copy(update={"type": EntityType.FACILITY}) if _building().match(text, entity.end) else entity


def _named(text: str, start: int, end: int, kind: EntityType, rule: str) -> Entity:
    name = text[start:end]
    return Entity(
        start=start, end=end, text=name, type=kind, canonical_id=local_id(name), name=name, by=f"entities/ko.{rule}"
    )


def _with_country(text: str, place: Entity, body: Entity, gazetteer: Gazetteer, taken: Mapping[int, Entity]) -> Entity:
    """A body with the country before it: 중국 국방부 is not the ministry that 국방부 alone is."""
    whole = _named(text, place.start, body.end, EntityType.ORG, "country")
    entry = gazetteer.named(whole.text)
    if entry:
        return whole.model_copy(update={"name": entry.name, "canonical_id": entry.id})
    if place.canonical_id == HOME:
        return whole.model_copy(update={"name": body.name, "canonical_id": body.canonical_id})
    return _with_head(text, whole, taken)


def _is_of(place: Entity, body: Entity, text: str) -> bool:
    return (
        place.type is EntityType.PLACE
        and body.type is EntityType.ORG
        and body.start == place.end + 1
        and text[place.end] == " "
        and body.text.endswith(tuple(_data()["bodies"]))
        and not body.text.startswith(tuple(_data()["bodies_of_their_own"]))
    )


def _is_direction_from(place: Entity, entity: Entity, text: str) -> bool:
    """화천 북쪽 is no part of a country."""
    return (
        place.type in (EntityType.PLACE, EntityType.FACILITY)
        and entity.text in _data()["directions"]
        and text[place.end : entity.start] == " "
    )


def _is_direction(entity: Entity, text: str) -> bool:
    """북쪽으로 돌렸다 tells where to."""
    return entity.text in _data()["directions"] and text.startswith("으로 ", entity.end)


def _is_committee_of(body: Entity, committee: Entity, text: str) -> bool:
    """조선기자동맹 중앙위원회 is no committee of the Party."""
    return (
        body.type is EntityType.ORG
        and committee.text == "중앙위원회"
        and text[body.end : committee.start] == " "
        and body.text.endswith(("동맹", "연맹", "련맹", "협회"))
    )


def _is_part_of(body: Entity, part: Entity, text: str) -> bool:
    """김일성종합대학 첨단과학연구원, 국경경비대 25여단: a body by its form, behind what it belongs to."""
    if body.type is not EntityType.ORG or part.type is not EntityType.ORG or text[body.end : part.start] != " ":
        return False
    by_form = part.by in _BODIES_BY_FORM and part.text.endswith(tuple(_data()["parts"]))
    return by_form or part.by == "entities/ko.unit" or _NUMBERED_PART.fullmatch(part.text) is not None


def _is_namesake(one: Entity, other: Entity, text: str) -> bool:
    """데이비드 올브라이트: a first name before the last name of somebody known is another person."""
    return (
        one.type is other.type is EntityType.PERSON
        and one.by in _PIECES
        and other.by == "entities/gazetteer"
        and " " not in other.text
        and text[one.end : other.start] == " "
        and is_foreign(one.text)
        and is_foreign(other.text)
    )


def _are_one_person(one: Entity, other: Entity, text: str) -> bool:
    """Parts of a foreign name that only their form made persons: 마크 클라크, but not 송중기 송혜교."""
    return (
        one.type is other.type is EntityType.PERSON
        and (one.by in _PIECES[:2] or one.by == "entities/ko.person")
        and other.by in _PIECES
        and other.start == one.end + 1
        and (text[one.end] == " " or (text[one.end] == "-" and is_foreign(one.text) and is_foreign(other.text)))
        and (other.by != "entities/ko.families" or (is_foreign(one.text) and is_foreign(other.text)))
        and not re.search(r"[A-Za-z0-9]", one.text + other.text)
    )


def _with_last_name(text: str, entity: Entity, taken: Mapping[int, Entity]) -> Entity:
    """A foreign person with the last name that common words look like: 콜린 벨 감독, 이시마루 지로 대표."""
    if entity.by not in _PIECES or entity.type is not EntityType.PERSON or len(entity.text) < 2:
        return entity
    last = _LAST_NAME.match(text, entity.end)
    if (
        last is None
        or last.start("name") in taken
        or last["name"] in _data()["no_last_names"]
        or (entity.by == "entities/ko.families" and not is_foreign(entity.text))
        or not is_titled(text, last.end())
    ):
        return entity
    return _named(text, entity.start, last.end(), EntityType.PERSON, "person")


def _with_number(text: str, entity: Entity) -> Entity:
    """An event with the number before it, 제3차 6자회담, games with their year: 2024 파리 올림픽.

    A body that meets is its meeting where a number stands before it: 제55차 유엔 인권이사회.
    """
    body = entity.type is EntityType.ORG and not any(char.isdigit() for char in entity.text)
    meets = body and entity.text.endswith(tuple(_data()["sessions"]))
    if entity.type is not EntityType.EVENT and not meets:
        return entity
    number = _YEAR if entity.text.endswith(tuple(_data()["games"])) else _NUMBERED
    lead = number.search(text, max(0, entity.start - _BEFORE), entity.start)
    if lead is None or (lead.start() and text[lead.start() - 1].isalnum()):
        return entity
    return _named(text, lead.start(), entity.end, EntityType.EVENT, "numbered")


def _is_of_its_own(inner: Entity | None, end: int) -> bool:
    """Whether what stands behind a name and ends by `end` is no part of it."""
    if inner is None:
        return False
    if inner.end < end:
        return inner.type in (EntityType.PLACE, EntityType.PERSON)
    return inner.type is EntityType.FACILITY and inner.by == "entities/gazetteer"


def _with_head(text: str, entity: Entity, taken: Mapping[int, Entity]) -> Entity:
    """A name with the word behind it that makes it a facility, an event, a law: 백령도 공항, 제네바 회담.

    Not where another name stands between the two: 아무르주 보스토치니 우주기지 is two.
    """
    if text[entity.end : entity.end + 1] != " ":
        return entity
    kind = "unsure" if entity.by in _UNSURE else entity.type.value
    for head in _heads():
        if kind not in head.on or entity.text in head.no:
            continue
        found = head.pattern.match(text, entity.end)
        if found and not _is_of_its_own(taken.get(entity.end + 1), found.end("end")):
            return _named(text, entity.start, found.end("end"), head.type, "head")
    return entity
