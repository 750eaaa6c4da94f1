"""Later mentions that are shorter than the name: abbreviations, `the Panel`, family names, `the North`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import takewhile
from typing import Any

from brief_nlp.rule_files import rule_file
from brief_nlp.schema import Entity, EntityType, Language
from brief_nlp.tagging.gazetteer import Gazetteer, fold

_ABBREVIATION = re.compile(
    r"\s?[(（](?:hereafter |hereinafter |이하\s?)?[‘'“\"]?([A-Z][A-Za-z&.-]{1,9}|[가-힣]{2,8})[’'”\"]?[)）]"
)
_KOREAN_TAIL = r"(?=(?:은|는|이|가|을|를|의|에|과|와|으로|에서|도|만)?[\s’'])"
_OF = re.compile(r"^(?:the )?(.+?) (?:of|for|on|under) ", re.I)
_WITH_HEADS = (
    EntityType.ORG,
    EntityType.EVENT,
    EntityType.LAW,
    EntityType.POLICY,
    EntityType.PUBLICATION,
    EntityType.FACILITY,
)


def _data() -> dict[str, Any]:
    return rule_file("tagging", "entities")


@cache
def _heads() -> re.Pattern[str]:
    joined = "|".join(sorted(_data()["short_heads"], key=lambda head: (-len(head), head)))
    return re.compile(rf"(?<=[Tt]he )(?P<head>{joined})(?=['’]s\b|[\s,.;:)?!]|$)(?! [A-Z(]| of [A-Z]| of the [A-Z])")


@cache
def _families() -> re.Pattern[str]:
    return re.compile(_data()["parts"]["family"])


def short_mentions(text: str, entities: Sequence[Entity], language: Language, gazetteer: Gazetteer) -> list[Entity]:
    """Mentions in `text` that are short for one of `entities` named before them."""
    found = abbreviations(text, entities)
    found += _fixed(text, [*entities, *found], language, gazetteer)
    if language is Language.EN:
        found += _by_head(text, [*entities, *found])
        found += _surnames(text, entities)
    return found


def _mention(text: str, start: int, end: int, of: Entity, by: str, *, sure: bool = True) -> Entity:
    return Entity(
        start=start,
        end=end,
        text=text[start:end],
        type=of.type,
        canonical_id=of.canonical_id if sure else None,
        name=of.name if sure else text[start:end],
        by=by,
    )


def abbreviations(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """All uses of a short form that a bracket introduces: `World Example Bank (WEB)`."""
    found: list[Entity] = []
    introduced: set[tuple[str, EntityType]] = set()
    for entity in sorted(entities, key=lambda e: (e.start, e.end)):
        match = _ABBREVIATION.match(text, entity.end)
        if not match or (match[1], entity.type) in introduced or not _abbreviates(match[1], entity.text):
            continue
        short = match[1]
        introduced.add((short, entity.type))  # a later bracket adds nothing: its uses have been found
        use = re.compile(rf"(?<![\w-]){re.escape(short)}(?![A-Za-z0-9_])")
        found += [
            _mention(text, *place.span(), entity, "entities/abbreviation")
            for place in use.finditer(text, match.start())
        ]
    return found


def _abbreviates(short: str, name: str) -> bool:
    if re.match(r"[가-힣]", short):
        return all(char in name for char in short) and len(short) < len(name)
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]\w*", name) if word[0].isupper())
    letters = re.sub(r"[^A-Za-z]", "", short).upper()
    if re.match(r"[가-힣]", name):
        return True  # a Korean name with its English letters
    return letters == initials or (len(letters) > 2 and initials.startswith(letters[0]) and letters[-1] in initials)


def _fixed(text: str, entities: Sequence[Entity], language: Language, gazetteer: Gazetteer) -> list[Entity]:
    """`the North` and the like, after the document has named what they stand for."""
    first: dict[str, int] = {}
    for entity in entities:
        if entity.canonical_id:
            first[entity.canonical_id] = min(entity.start, first.get(entity.canonical_id, entity.start))
    found: list[Entity] = []
    folded = fold(text)
    for rule in _data()["short_forms"][language]:
        named = [target for target in rule["of"] if target in first]
        if len(named) != 1:
            continue
        entry = gazetteer.entries[named[0]]
        bare = rule["form"].removeprefix("the ")
        lead = r"(?<=[Tt]he )" if language is Language.EN else r"(?<![\w가-힣])"
        tail = r"(?![\w-]| [A-Z])" if language is Language.EN else _KOREAN_TAIL
        like = Entity(
            start=0, end=0, text="", type=entry.type, canonical_id=entry.id, name=entry.name, by="entities/short_form"
        )
        found += [
            _mention(text, *use.span(), like, f"entities/{language}.short_form")
            for use in re.finditer(lead + re.escape(bare) + tail, folded)
            if use.start() > first[entry.id]
        ]
    return found


def _head(name: str) -> str:
    """The word that a name is a kind of: `Panel` of Experts, Supreme People's `Assembly`."""
    of = _OF.match(name)
    return (of[1] if of else name).rsplit(" ", 1)[-1]


def _by_head(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """`the Panel` behind `Panel of Experts`; without an identity where the document has named several such."""
    named: dict[str, list[Entity]] = {}
    for entity in sorted(entities, key=lambda entity: entity.start):
        if entity.type in _WITH_HEADS:
            for head in {_head(entity.text), _head(entity.name)}:
                named.setdefault(head, []).append(entity)
    starts = {head: [entity.start for entity in alike] for head, alike in named.items()}
    sure_of = {head: _all_alike([(entity.canonical_id, entity.name) for entity in of]) for head, of in named.items()}
    found: list[Entity] = []
    for use in _heads().finditer(text):
        head = use["head"].rsplit(" ", 1)[-1]
        before = bisect_left(starts.get(head, ()), use.start())
        if before:
            sure = before <= sure_of[head]
            found.append(_mention(text, *use.span("head"), named[head][before - 1], "entities/en.head", sure=sure))
    return found


def _all_alike(names: Sequence[object]) -> int:
    """How many names from the first on are the same."""
    return sum(1 for _ in takewhile(lambda name: name == names[0], names))


def _family_name(person: Entity) -> str:
    """`Choi` of Choi Ji-young, `Villacorta` of Ramon Villacorta."""
    words = person.text.replace(",", "").split()
    return words[0] if _families().fullmatch(words[0]) and len(words) in (2, 3) else words[-1]


def _surnames(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """A family name alone behind its bearer; without an identity where the document has named several bearers."""
    bearers: dict[str, list[Entity]] = {}
    for entity in sorted(entities, key=lambda entity: entity.start):
        if entity.type is EntityType.PERSON and " " in entity.text:
            bearers.setdefault(_family_name(entity), []).append(entity)
    found: list[Entity] = []
    for family, uses in _uses(text, [family for family in bearers if len(family) > 1]).items():
        people = bearers[family]
        ends = [person.end for person in people]
        alike = _all_alike([person.name for person in people])
        for start in uses:
            before = bisect_right(ends, start)
            if before:
                end = start + len(family)
                sure = before <= alike
                found.append(_mention(text, start, end, people[before - 1], "entities/surname", sure=sure))
    return found


_FIRST_WORD = re.compile(r"(?<![\w-])\w+")
_ALONE = re.compile(r"(?=['’]s?\b|[\s,.;:)?!]|$)(?!,? [A-Z][a-z]+[- ]|-)")


def _uses(text: str, families: Sequence[str]) -> dict[str, list[int]]:
    """Where each family name stands by itself; the text is read once, however many names there are."""
    by_word: dict[str, list[str]] = {}
    for family in families:
        word = re.match(r"\w+", family)
        if word:
            by_word.setdefault(word[0], []).append(family)
    found: dict[str, list[int]] = {family: [] for family in families}
    for word in _FIRST_WORD.finditer(text):
        for family in by_word.get(word[0], ()):
            start = word.start()
            if text.startswith(family, start) and _ALONE.match(text, start + len(family)):
                found[family].append(start)
    return found
