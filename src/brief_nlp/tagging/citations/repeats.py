"""Repeats: Ibid., op. cit., 위의 책, an author with a shortened title, `note 4 above`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from brief_nlp.schema import CitationKind
from brief_nlp.tagging.citations.known import Known, by_author, last_called
from brief_nlp.tagging.citations.members import Read, members_of
from brief_nlp.tagging.citations.parts import Part
from brief_nlp.tagging.citations.people import after_particles, behind_sentence, names_in, without_roles
from brief_nlp.tagging.citations.words import HANGUL, is_law, pattern

_TITLES = ("quoted", "bracketed")
_SHORT = ("text", "quoted", "bracketed", "pages", "locator", "newspaper")  # members of a shortened reference
_BEFORE_PHRASE = re.compile(r"(?:^|[,.」』》”\"(]|\b(?:see|in|and)|[가-힣][은는]|외|[가-힣]의)$", re.I)
_AFTER_PHRASE = re.compile(r"(?!\s(?:is|was|are|means|stands|refers)\b)[\s,.;)(에을를의]|$")
_SAID = re.compile(r"[가-힣]\s[가-힣]+[은는이가을를]$")  # 자세한 것은
_NAMED = re.compile(r"(?:^|\s)(?P<name>[A-Z][\w’-]+)(?:’s)?\s$")  # As Oh (op. cit., p. 3) says
_OTHERS = re.compile(r"\bet al\b|\s외(?=[\s,.]|$)")
_OF = re.compile(r"[가-힣]{2}의$")  # 노해진의 전게논문
_FARTHEST_NOTE, _FARTHEST_PHRASE = 40, 120  # characters before them, at most
_RELATIVE = re.compile(r"(?:which|who|whose|where|though|although|but|with|citing|quoting)\s")
_MOST_MEMBERS, _LONGEST_NAME, _LONGEST_ASIDE = 6, 6, 5


def read_repeat(piece: str, known: Sequence[Known], labels: Mapping[str, int]) -> Read | None:
    """The repeat in a piece; None where it is none. `repeats` is None where what it repeats is not there."""
    note = pattern("repeat_note").search(piece)
    if note and note.start() < _FARTHEST_NOTE:
        label = next(group for group in note.groups() if group)
        return _around(piece, note, _with_title(_authors_before(piece, note.start()), known), labels.get(label))
    phrase = _phrase(piece)
    if not phrase:
        return _shortened(piece, known)
    fields = _with_title(_authors_before(piece, phrase.start()), known)
    authors = [part.value for part in fields if part.name == "author"]
    title = next((part.value for part in fields if part.name == "title"), None)
    if authors or title:
        found = by_author(authors, title, None, known, several=_with_others(piece, phrase.start()))
        return _around(piece, phrase, fields, found.note if found else None)
    last = None
    if HANGUL.match(phrase[0]) or pattern("repeat_last").match(phrase[0]):
        last = last_called(phrase[0], known)
    return _around(piece, phrase, fields, last.full if last else None)


def _with_others(piece: str, end: int) -> bool:
    return bool(_OTHERS.search(piece, 0, end))


def _around(piece: str, said: re.Match[str], before: Sequence[Part], repeats: int | None) -> Read:
    """A repeat of what a phrase says, with the pages after it."""
    pages = [member for member in members_of(piece) if member.name == "pages" and member.start >= said.end()]
    fields = [*before, *pages]
    start = min([said.start(), *(part.start for part in fields)])
    end = max([said.end(), *(part.end for part in fields)])
    return Read(CitationKind.REPEAT, fields, start, end, "citations/repeat", repeats)


def _phrase(piece: str) -> re.Match[str] | None:
    """A phrase of repetition at the start, or after an author."""
    for match in pattern("repeat").finditer(piece):
        before = piece[: match.start()].rstrip()
        if len(before) < _FARTHEST_PHRASE and _BEFORE_PHRASE.search(before) and _AFTER_PHRASE.match(piece, match.end()):
            return match
    return None


def _authors_before(piece: str, end: int) -> list[Part]:
    """Authors and title before a phrase; what an open bracket separates from it does not count."""
    opened = piece.rfind("(", 0, end)
    shift = opened + 1 if piece.find(")", opened, end) < 0 else 0
    before = [
        member._replace(start=member.start + shift, end=member.end + shift) for member in members_of(piece[shift:end])
    ]
    titles = [member._replace(name="title") for member in before if member.name in _TITLES]
    found = _authors(piece, [member for member in before if member.name == "text"]) + titles
    named = None if found or not shift else _NAMED.search(piece, 0, opened)
    return [Part("author", *named.span("name"), named["name"])] if named else found


def _with_title(fields: list[Part], known: Sequence[Known]) -> list[Part]:
    """The fields, with a title that looks like a name taken for what it is: `Panel of Experts, Final Report (n 12)`."""
    if len(fields) < 2 or any(part.name == "title" for part in fields):
        return fields
    last = fields[-1]
    named = by_author([], last.value, None, known)
    return [*fields[:-1], last._replace(name="title")] if named else fields


def _authors(piece: str, members: Sequence[Part]) -> list[Part]:
    fields = []
    for member in members:
        start = after_particles(piece, member.start, member.end)
        start = behind_sentence(piece, start, member.end)
        if _SAID.search(piece[start : member.end]):
            continue
        left, right = without_roles(piece[start : member.end])
        if is_law(piece[start : member.end]):
            fields.append(Part("title", start + left, start + right, piece[start + left : start + right]))
            continue
        for first, last in names_in(piece, start + left, start + right):
            end = last - 1 if _OF.search(piece, first, last) and last - first > len("두음의") else last
            if len(piece[first:end].split()) <= _LONGEST_NAME and not piece[first].islower():
                fields.append(Part("author", first, end, piece[first:end]))
    return fields


def _shortened(piece: str, known: Sequence[Known]) -> Read | None:
    """An author and a shortened title that were cited in full before."""
    members = members_of(piece)
    while members and members[-1].name == "inside" and members[-1].value[:1].islower():  # (emphasis added)
        members.pop()
    paged = next((at for at, member in enumerate(members) if member.name == "pages"), len(members))
    members = members[: paged + 2]  # what comes later is another reference, or a sentence
    unlike = next((member.name for member in members if member.name not in _SHORT[:-1]), "newspaper")
    if not 0 < len(members) <= _MOST_MEMBERS or unlike not in _SHORT:
        return None
    marked = next((at for at, member in enumerate(members) if member.name in _TITLES), None)
    texts = [member for member in members[: paged if marked is None else marked] if member.name == "text"]
    if marked is None and len(texts) == 1 and [member.name for member in members[1:]] == ["pages"]:
        return _name_and_pages(piece, members, known)
    if marked is None and (len(texts) < 2 or members[1].name != "text"):
        return None
    title = members[marked] if marked is not None else texts[-1]
    authors = _authors(piece, texts if marked is not None else texts[:-1])
    if not authors and any(member.name == "date" for member in members):
        return None  # the same title in another newspaper
    found = by_author([part.value for part in authors], title.value, None, known)
    if found is None:
        return None
    behind = [member for member in members if member.name == "text" and member.start > title.end]
    behind = [] if behind and members[paged - 1 : paged] == [title] and _RELATIVE.match(behind[0].value) else behind
    pages = [member for member in members if member.name == "pages" and member.start >= title.end]
    sure = authors and pages
    if not sure and any(len(member.value.split()) > _LONGEST_ASIDE for member in behind):
        return None  # “Mirror” statistics are the figures of the partner
    fields = [*authors, title._replace(name="title"), *pages]
    end = max(part.end for part in fields)
    return Read(CitationKind.REPEAT, fields, fields[0].start, end, "citations/short", found.note)


def _name_and_pages(piece: str, members: Sequence[Part], known: Sequence[Known]) -> Read | None:
    """Somebody who was cited before, and pages: `Oh, 45`."""
    fields = _authors(piece, members[:1])
    if not fields or fields[0].start > 1 or piece[fields[-1].end : fields[-1].end + 1] not in (",", " ", ":"):
        return None
    several = _with_others(piece, members[1].start)
    found = by_author([part.value for part in fields], None, None, known, several=several)
    if found is None or len(members[0].value.split()) > _LONGEST_NAME:
        return None
    return Read(
        CitationKind.REPEAT, [*fields, members[1]], fields[0].start, members[1].end, "citations/short", found.note
    )
