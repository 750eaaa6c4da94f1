"""Named things: the gazetteer first, then names built by rule, short forms, and what a model adds."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from brief_nlp.rule_files import expanded, rule_file
from brief_nlp.schema import Entity, EntityType, Language
from brief_nlp.tagging.gazetteer import Gazetteer, fold
from brief_nlp.tagging.korean_heads import head_names
from brief_nlp.tagging.korean_joined import joined
from brief_nlp.tagging.korean_names import homographs, korean_names
from brief_nlp.tagging.local_ids import local_id
from brief_nlp.tagging.meetings import meeting_id, parse_meeting
from brief_nlp.tagging.short_forms import short_mentions

_MODEL_TYPES = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORG,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "NORP": EntityType.PLACE,
    "FAC": EntityType.FACILITY,
    "LAW": EntityType.LAW,
    "EVENT": EntityType.EVENT,
}
_OWNER = re.compile(r"(.{2,40}?)['’]s\s(?=[A-Z])")
_TWO = re.compile(r"와 |과 ")  # what may stand between two that are no list: 윌리엄스와 독일 회사
_LISTED = re.compile(r"[군시]?(?:, ?|·|와 |과 )")  # what stands between two names of a Korean list
_LISTED_AFTER = re.compile(r"(?:, ?|·|와 |과 )(?P<name>[가-힣]{2,3}?)(?=[,·은는이가을를의에과와도]|\s)")
_LISTED_BEFORE = re.compile(r"(?<![가-힣])(?P<name>[가-힣]{2,3})(?:, ?|·|와 |과 )$")
_UNSURE = ("entities/ko.families", "entities/ko.proper_noun")

_PERSON_LIKE = re.compile(
    r"(?!.*\b(?:of|for|and|the|Bank|Institute|Ministry|Center|Agency)\b)\S+(?: \S+){1,3}|[가-힣]{2,4}"
)
_ARTICLE = re.compile(r"(?:the|a|an|The|A|An)\s+")


@dataclass(frozen=True)
class _Rule:
    id: str
    type: EntityType
    pattern: re.Pattern[str]
    needs: str  # a text without it has no such name: asked first, as it costs next to nothing


def _data() -> dict[str, Any]:
    return rule_file("tagging", "entities")


@cache
def _rules(language: Language) -> tuple[_Rule, ...]:
    data = _data()
    rules = []
    for rule in data[language]:
        pattern = expanded(rule["pattern"], data["parts"])
        bounded = rf"(?<![\w-]){pattern}" if language is Language.EN and not pattern.startswith("[“") else pattern
        rules.append(_Rule(rule["id"], EntityType(rule["type"]), re.compile(bounded), rule.get("needs", "")))
    return tuple(rules)


def find_entities(
    text: str,
    *,
    language: Language,
    gazetteer: Gazetteer,
    model_spans: Sequence[tuple[int, int, str]] = (),
    cited: Sequence[tuple[int, int, EntityType]] = (),
) -> tuple[Entity, ...]:
    """The named things of a text, in order; mentions may nest, two of one type never overlap.

    `model_spans` are (start, end, label) of a statistical recogniser in OntoNotes' labels; they only
    fill what the rules leave. `cited` are names that citations gave, which no other name overrides.
    """
    known = [
        _entity(text, start, end, entry.type, entry.id, entry.name, "entities/gazetteer")
        for start, end, entry in gazetteer.find(text)
    ]
    built = [entity for rule in _rules(language) if rule.needs in text for entity in _by_rule(text, rule, language)]
    given = [_given(text, span, gazetteer) for span in cited if not text[span[0]].islower()]
    if language is Language.KO:
        built += _by_head(text, gazetteer)
    chosen = _without_overlaps([*given, *known, *_linked(built, gazetteer)])
    if language is Language.KO:
        chosen += _by_morphology(text, chosen, gazetteer)
        chosen = _like_their_neighbours(text, chosen + _beside_places(text, chosen))
        chosen = joined(text, chosen, gazetteer)
    chosen += [entity for span in model_spans if (entity := _from_model(text, span, chosen))]
    chosen += short_mentions(text, chosen, language, gazetteer)
    chosen = [_met(entity, language) for entity in chosen]
    return tuple(sorted(_without_overlaps(chosen), key=lambda entity: (entity.start, -entity.end, entity.type)))


def _given(text: str, span: tuple[int, int, EntityType], gazetteer: Gazetteer) -> Entity:
    start, end, kind = span
    shown = re.sub(r"\s+", " ", text[start:end])
    shown = _person_name(shown) if kind is EntityType.PERSON else shown
    entry = gazetteer.named(fold(shown))
    if entry:
        return _entity(text, start, end, entry.type, entry.id, entry.name, "entities/citation")
    if kind is EntityType.PERSON and not _PERSON_LIKE.fullmatch(shown):
        kind = EntityType.ORG  # an institute that signs its papers
    return _entity(text, start, end, kind, local_id(shown), shown, "entities/citation")


def _entity(text: str, start: int, end: int, kind: EntityType, canonical: str | None, name: str, by: str) -> Entity:
    return Entity(start=start, end=end, text=text[start:end], type=kind, canonical_id=canonical, name=name, by=by)


def _by_rule(text: str, rule: _Rule, language: Language) -> Iterable[Entity]:
    generic = _data()[f"generic_{language}"]
    for match in rule.pattern.finditer(text):
        start, end = match.span("name") if "name" in rule.pattern.groupindex else match.span()
        lead = _ARTICLE.match(text, start, end)
        start = lead.end() if lead else start
        while (first := _first_word(text, start, end)) in _data()["ordinary_first_words"]:
            start += len(first) + 1
        name = text[start:end]
        if (
            name in generic
            or (len(name) < 2 and language is Language.EN)
            or (rule.type is not EntityType.PLACE and name in _data()["short_heads"])
        ):
            continue
        shown = _person_name(name) if rule.type is EntityType.PERSON else re.sub(r"\s+", " ", name)
        yield _entity(text, start, end, rule.type, local_id(shown), shown, f"entities/{language}.{rule.id}")


def _first_word(text: str, start: int, end: int) -> str:
    """The first of several words; empty where there is one."""
    first, _, rest = text[start:end].partition(" ")
    return first if rest else ""


def _person_name(name: str) -> str:
    """`Choi, Ji-young` and `Choi Ji-young` are one."""
    return re.sub(r",?\s+", " ", name)


def _linked(built: Iterable[Entity], gazetteer: Gazetteer) -> Iterable[Entity]:
    """Gives a built name the identity of the gazetteer's entry where the whole of it is one.

    What belongs to somebody known (`South Korea's Ministry of …`) is a name of its own.
    """
    for found in built:
        entity = _without_owner(found)
        entry = gazetteer.named(fold(entity.text))
        if entry:
            yield entity.model_copy(update={"canonical_id": entry.id, "name": entry.name, "type": entry.type})
        else:
            yield entity


def _without_owner(entity: Entity) -> Entity:
    owner = _OWNER.match(entity.text)
    if not owner or owner[1].rsplit(" ", 1)[-1] in _data()["owners_in_names"]:
        return entity
    name = entity.text[owner.end() :]
    start = entity.start + owner.end()
    return entity.model_copy(update={"start": start, "text": name, "name": name, "canonical_id": local_id(name)})


_RANK = {"entities/citation": 0, "entities/gazetteer": 1}


def _without_overlaps(entities: Sequence[Entity]) -> list[Entity]:
    """Of two mentions that overlap, the longer stays; the shorter too where it nests and is of another kind.

    What only its form makes a person is none in a longer name (Kim Chaek Iron), and the meeting that ends the name of
    a meeting is that one (Party Congress in Eighth Party Congress).
    """
    order = sorted(entities, key=lambda e: (-(e.end - e.start), _RANK.get(e.by, 2), e.start, e.type))
    kept: list[Entity] = []
    cells: dict[int, list[Entity]] = {}
    for entity in order:
        near = {id(e): e for cell in range(entity.start // 64, entity.end // 64 + 1) for e in cells.get(cell, ())}
        if all(_may_stand(entity, other) for other in near.values()):
            kept.append(entity)
            for cell in range(entity.start // 64, entity.end // 64 + 1):
                cells.setdefault(cell, []).append(entity)
    return kept


def _may_stand(entity: Entity, other: Entity) -> bool:
    if entity.end <= other.start or other.end <= entity.start:
        return True
    inside = other.start <= entity.start and entity.end <= other.end
    same_span = (entity.start, entity.end) == (other.start, other.end)
    return (
        inside
        and not same_span
        and (entity.type not in (other.type, EntityType.PERSON) or entity.by == "entities/gazetteer")
        and not (entity.type is other.type is EntityType.EVENT and entity.end == other.end)
        and (entity.canonical_id != other.canonical_id)
    )


def _by_head(text: str, gazetteer: Gazetteer) -> list[Entity]:
    """Korean names that their last word makes."""
    return [
        _entity(text, name.start, name.end, name.type, local_id(shown), shown, f"entities/ko.{name.rule}")
        for name in head_names(text, gazetteer.type_of)
        if (shown := text[name.start : name.end])
    ]


def _by_morphology(text: str, taken: Sequence[Entity], gazetteer: Gazetteer) -> list[Entity]:
    """Korean names that overlap none that is known or built by rule."""
    found: list[Entity] = []
    spans = sorted((entity.start, entity.end) for entity in taken)
    starts = [start for start, _ in spans]
    for name in korean_names(text, gazetteer.type_of):
        at = bisect_left(starts, name.end)
        if any(name.start < end for _, end in spans[max(0, at - 8) : at]):
            continue
        entry = gazetteer.named(text[name.start : name.end])
        shown = entry.name if entry else text[name.start : name.end]
        canonical = entry.id if entry else local_id(shown)
        found.append(_entity(text, name.start, name.end, name.type, canonical, shown, f"entities/ko.{name.rule}"))
    return found


def _beside_places(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """Places that are common words as well, where a place stands beside them in a list: 운산, 연탄, 은파."""
    taken = {place for entity in entities for place in (entity.start, entity.end - 1)}
    open_ends = [entity for entity in entities if entity.type is EntityType.PLACE]
    found: list[Entity] = []
    while open_ends:
        place = open_ends.pop()
        after = _LISTED_AFTER.match(text, place.end)
        before = _LISTED_BEFORE.search(text, max(0, place.start - 7), place.start)
        for listed in filter(None, (after, before)):
            start, end = listed.span("name")
            name = text[start:end]
            if name not in homographs() or {start, end - 1} & taken:
                continue
            taken |= {start, end - 1}
            found.append(_entity(text, start, end, EntityType.PLACE, local_id(name), name, "entities/ko.listed"))
            open_ends.append(found[-1])
    return found


def _like_their_neighbours(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """Names of a list, 성천, 구장, 운산: where one is a place, those whose type only their form gave are places too."""
    ordered = sorted(entities, key=lambda entity: (entity.start, -entity.end))
    lists: list[list[Entity]] = []
    for entity in ordered:
        if lists and _LISTED.fullmatch(text, lists[-1][-1].end, entity.start):
            lists[-1].append(entity)
        else:
            lists.append([entity])
    return [
        entity.model_copy(update={"type": EntityType.PLACE})
        if entity.by in _UNSURE and _is_list(text, names) and any(other.type is EntityType.PLACE for other in names)
        else entity
        for names in lists
        for entity in names
    ]


def _is_list(text: str, names: Sequence[Entity]) -> bool:
    """Whether names stand in a list: two with 와 between them may be the ends of two phrases."""
    return len(names) > 2 or (len(names) == 2 and not _TWO.fullmatch(text, names[0].end, names[1].start))


def _met(entity: Entity, language: Language) -> Entity:
    """An event with the parts of its name, and the identity that they make."""
    if entity.type is not EntityType.EVENT or entity.by == "entities/gazetteer":
        return entity
    meeting = parse_meeting(entity.text, language)
    if meeting is None:
        return entity
    return entity.model_copy(update={"meeting": meeting, "canonical_id": meeting_id(meeting) or entity.canonical_id})


def _may_hold(entity: Entity, start: int, end: int, kind: EntityType) -> bool:
    """Whether a name that a model found may hold a known one: a place that it begins with, as in African Union."""
    whole = kind in (EntityType.ORG, EntityType.EVENT, EntityType.FACILITY, EntityType.LAW)
    return whole and entity.type is EntityType.PLACE and entity.start == start and entity.end < end - 2


def _from_model(text: str, span: tuple[int, int, str], taken: Sequence[Entity]) -> Entity | None:
    start, end, label = span
    kind = _MODEL_TYPES.get(label)
    lead = _ARTICLE.match(text, start, end)
    start = lead.end() if lead else start
    name = text[start:end].strip()
    if kind is None or len(name) < 3 or "\n" in name or not name[0].isupper() or any(char.isdigit() for char in name):
        return None
    inside = [entity for entity in taken if start < entity.end and entity.start < end]
    if name in _data()["generic_en"] or not all(_may_hold(entity, start, end, kind) for entity in inside):
        return None
    if kind in (EntityType.PERSON, EntityType.ORG) and (len(name.split()) < 2 and not name.isupper()):
        return None  # single capitalised words are what the small model gets wrong most
    name = re.sub(r"['’]s$", "", name)
    return _entity(text, start, start + len(name), kind, local_id(name), name, "entities/model")
