"""Who wrote it: the members before a title that name people or bodies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from brief_nlp.tagging.citations.parts import Part
from brief_nlp.tagging.citations.people import (
    TRANSLATED,
    after_particles,
    are_editors,
    behind_sentence,
    is_author,
    is_foreign_person,
    is_person,
    without_roles,
)
from brief_nlp.tagging.citations.placed import ROLE
from brief_nlp.tagging.citations.reading import Reading
from brief_nlp.tagging.citations.words import HANGUL, STATE, is_organisation, is_title_cased, words

_IN_SENTENCE = re.compile(
    r"(?:[은는이을를의에도만]|[으하]?로|하여|해서|[다며고면])$|^(?:또|그|이|저)$|참조|참고|관련|특히|예컨대"
)
_BODY = re.compile(
    r"(?:[A-Z][\w’'-]+\s){1,4}(?:of|to|for|in|on|against|without)\s(?:the\s)?(?:[A-Z][\w’'-]*\s?|to\s|of\s|the\s|and\s){1,5}$"
)
ARGUES = re.compile(
    r"(?:As|But|And|While|Here|Both)?\s?(?P<author>[A-Z][^,;:()“”]{3,60}?)\s(?:has\s|have\s)?[a-z]{3,}(?:\s[a-z]+){0,3}?"
    r"\sin(?:\s(?:his|her|their|the)(?:\s[a-z]+){1,2})?(?:\s(?=[A-Z])|\s*$)"
)  # As Hanna Gull argues in
_PERIODICAL = re.compile(
    r"\b(?:Journal|Review|Studies|Bulletin|Yearbook|Annals|Quarterly|Times|News|Section|Chapter|Table)\b"
)
_SURNAME = re.compile(r"[A-Z][a-z]+(?:[’'-][A-Z]?[a-z]+)?")
_TITLE_NEXT = re.compile(r",\s[“\"‘]")
_NEAR = 4  # characters from the start of a piece
_ACRONYM = re.compile(r"[A-Z]{3,8}")  # of a body: KEDO, Annual Report
_LONGEST_ALONE = 3  # words


def read_names(members: Sequence[Part], reading: Reading, *, titled: bool = False) -> bool:
    """Read the members that are authors or editors; whether there were any. `titled`: a title in marks follows."""
    found = body = False
    for at, member in enumerate(members):
        following = members[at + 1].value if at + 1 < len(members) else ""
        start, end = names_start(member, reading.piece), member.end
        argued = ARGUES.fullmatch(reading.piece, start, end) if titled else None
        if argued and is_author(argued["author"]):
            start, end = argued.span("author")
        said = reading.piece[start:end]
        if found and (ROLE.fullmatch(said) or said.strip(" .") == "et al" or TRANSLATED.search(said)):
            continue
        if body and (is_organisation(said) or STATE.fullmatch(said)):  # Ministry of Ports, Department of Treaties
            role = "editor" if following in ("ed", "eds") else "author"
            reading.add(role, reading.fields.pop().start, member.end)
            continue
        last = at == len(members) - 1 and titled
        if not (is_signed(said, member, reading.piece) or (last and _stands_alone(said, member, reading.piece))):
            if found:
                break
            continue
        marked = re.match(r"\s*[,(]?\s*eds?\.", reading.piece[member.end : member.end + 8])
        editors = are_editors(said) or following in ("ed", "eds") or marked
        reading.add_names("editor" if editors else "author", start, end)
        found = True
        body = not editors and is_organisation(said) and reading.fields[-1].start == start
    return found


def with_given_name(members: Sequence[Part]) -> Sequence[Part]:
    """The members before a title; a surname and what follows its comma are one: `Baek, Ji-won, “Title”`."""
    if [member.name for member in members[:2]] != ["text", "text"]:
        return members
    surname, given = members[:2]
    whole = f"{surname.value}, {given.value}"
    return [surname._replace(end=given.end, value=whole), *members[2:]] if is_person(whole) else members


def count_names(row: Sequence[Part], piece: str, *, least_left: int) -> int:
    """How many members at the start of a row are names, the roles after them included."""
    count = 0
    while count < len(row) - least_left:
        member = row[count]
        named = is_signed(piece[names_start(member, piece) : member.end], member, piece)
        role = count and (ROLE.fullmatch(member.value) or TRANSLATED.search(member.value))
        if not named and not role:
            break
        count += 1
    return count


def is_signed(said: str, member: Part, piece: str) -> bool:
    """Whether a member names who wrote it; a comma tells foreign names and acronyms from other words."""
    if is_author(said):
        return True
    left, right = without_roles(said)
    said = said[left:right]
    return piece[member.end : member.end + 1] == "," and (is_foreign_person(said) or bool(_ACRONYM.fullmatch(said)))


def names_start(member: Part, piece: str) -> int:
    """Where the names of a member begin: behind `이에 대해서는`, behind `A fuller treatment is`."""
    start = after_particles(piece, member.start, member.end)
    return start if is_author(piece[start : member.end]) else behind_sentence(piece, start, member.end, is_author)


def _stands_alone(said: str, member: Part, piece: str) -> bool:
    """Whether words before a title can be a body or a surname that no word tells as one: a comma, no sentence."""
    if not HANGUL.search(said):
        body = _BODY.match(said) and is_title_cased(said) and not _PERIODICAL.search(said)
        near = member.start <= _NEAR and bool(_TITLE_NEXT.match(piece, member.end))
        return near and (bool(body) or bool(_SURNAME.fullmatch(said) and said.lower() not in words("genres")))
    alone = piece[member.end : member.end + 1] == "," and len(said.split()) <= _LONGEST_ALONE
    return alone and bool(HANGUL.search(said)) and not _IN_SENTENCE.search(said)
