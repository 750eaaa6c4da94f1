"""A reference as a row of members: its parts, and the words between commas and brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from brief_nlp.schema import CitationKind, FieldName
from brief_nlp.tagging.citations.parts import Part, parts_of
from brief_nlp.tagging.citations.people import is_person
from brief_nlp.tagging.citations.words import STATE, is_law, is_organisation, is_place, newspaper, site, trimmed, words

_ACRONYM = re.compile(
    r"\s?\([A-Z][A-Za-z&-]{1,9}\)|\s?\(@\w+\)|(?<=\d)\s\((?:19|20)\d\d\)|(?<=\w)\s\((?:19|20)\d\d[–-](?:19|20)?\d\d\)"
)  # or the year of a resolution, the years of a plan
_LABEL = re.compile(
    r"(?:vols?|volume|nos?|number|issue|pp?|ff?|제|第|卷|期|号|권|호|집|쪽|면|페이지|통권|년|자(?:\s?(?:보도|기사|사설|논평|담화|방송))?)\.?",
    re.I,
)  # of the part beside it
_STATE = re.compile(r"[A-Z]{2}|[A-Z]\.[A-Z]\.?")
_OF_STATE = re.compile(r"(?:[A-Z]{2}|[A-Z]\.[A-Z]\.|Mass|Calif|Conn|Md|Va|Ill|Pa|England|Germany|Canada)\.?\s?:\s")
_LAST_LABEL = re.compile(r"(?:\s통권|\s제)$")
_RECENT = 32  # pieces whose members are kept, as one form after another is tried on them
_OPEN, _CLOSE = "(（[", ")）]"


class Read(NamedTuple):
    """A citation as it was read; offsets are into the piece."""

    kind: CitationKind
    fields: list[Part]
    start: int
    end: int
    rule: str
    repeats: int | None = None


def field(name: FieldName, part: Part) -> Part:
    """A part as a field of that name."""
    return part._replace(name=name.value)


def members_of(piece: str) -> list[Part]:
    """The members of a reference in order; those named `text` and `inside` (of brackets) are words."""
    return list(_members(piece))


@lru_cache(maxsize=_RECENT)
def _members(piece: str) -> tuple[Part, ...]:
    parts = [_named(part) for part in parts_of(piece)]
    members: list[Part] = []
    at, inside = 0, 0
    for part in [*parts, Part("", len(piece), len(piece), "")]:
        for word in _words(piece, at, part.start, inside):
            members.append(word)
        inside = _depth(piece, at, part.start, inside)
        inside = _depth(piece, part.start, part.end, inside) if part.name in ("volume", "issue") else inside
        members.append(part)
        at = part.end
    return tuple(_with_states(members[:-1], piece))


def _is_of_state(before: Part, member: Part) -> bool:
    """Whether two members are a city and its state, or a state and its ministry."""
    if _STATE.fullmatch(member.value) and is_place(f"{before.value}, {member.value}"):
        return True
    return bool(STATE.fullmatch(before.value)) and is_organisation(member.value) and not is_law(member.value)


def _with_states(members: list[Part], piece: str) -> list[Part]:
    """The members, with a city and its state in one where a publisher follows: `Washington, DC: Example Press`."""
    joined: list[Part] = []
    for member in members:
        before = joined[-1] if joined else None
        texts = before is not None and member.name == before.name and member.name in ("text", "inside")
        if before and texts and (_OF_STATE.match(member.value) or _is_of_state(before, member)):
            joined[-1] = before._replace(end=member.end, value=piece[before.start : member.end])
        else:
            joined.append(member)
    return joined


def _named(part: Part) -> Part:
    """A title in brackets that is the name of a newspaper or site, as such."""
    if part.name in ("quoted", "bracketed"):
        for name, form in (("newspaper", newspaper()), ("site", site())):
            if form.fullmatch(part.value):
                return part._replace(name=name)
    return part


def _names_end(piece: str, left: int, at: int) -> bool:
    """Whether a full stop ends the names before a title: `Choi Ji-young, Kim Su-jeong. The Title, (Seoul:`."""
    follows = piece[at : at + 1] == "." and re.match(r"\.\s[A-Z]", piece[at : at + 3])
    return (
        bool(follows)
        and len(piece[left:at].split()) > 1
        and piece[at - 2].isalpha()
        and piece[left:at].rsplit(None, 1)[-1].lower() not in words("abbreviations")  # Lt. Gen. Hanna Gull
        and is_person(piece[left:at].strip(" ,"))
    )


def _depth(piece: str, start: int, end: int, depth: int) -> int:
    gap = _ACRONYM.sub("", piece[start:end])
    for char in gap:
        depth = max(0, depth + (char in _OPEN) - (char in _CLOSE))
    return depth


def _words(piece: str, start: int, end: int, depth: int) -> Iterator[Part]:
    """The words of a gap between parts, cut at brackets, and at commas outside of them."""
    kept = {at for match in _ACRONYM.finditer(piece, start, end) for at in range(*match.span())}
    left = start
    for at in range(start, end + 1):
        char = piece[at] if at < end else ","
        cuts = at == end or (
            at not in kept and (char in _OPEN + _CLOSE or (char == "," and not depth) or _names_end(piece, left, at))
        )
        if not cuts:
            continue
        first, last = trimmed(piece, left, at)
        label = _LAST_LABEL.search(piece, first, last)
        last = label.start() if label else last
        if any(map(str.isalnum, piece[first:last])) and not _LABEL.fullmatch(piece, first, last):
            yield Part("inside" if depth else "text", first, last, piece[first:last])
        depth = max(0, depth + (char in _OPEN) - (char in _CLOSE)) if at < end and at not in kept else depth
        left = at + 1
