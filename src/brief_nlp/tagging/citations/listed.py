"""References as notes give them: members in a row, `Author, Title (Place: Publisher, Year), pages`.

What stands before the title is who wrote it, what comes after it is where it appeared; the first
words that fit neither end the reference. What is left without a date, an imprint or an address is
no reference.
"""

from __future__ import annotations

from collections.abc import Sequence

from brief_nlp.tagging.citations.members import Read, members_of
from brief_nlp.tagging.citations.parts import Part
from brief_nlp.tagging.citations.people import is_author
from brief_nlp.tagging.citations.placed import IMPRINT, ROLE, TITLES, place
from brief_nlp.tagging.citations.reading import Reading, kind_of
from brief_nlp.tagging.citations.signed import read_names, with_given_name
from brief_nlp.tagging.citations.unmarked import read_unmarked
from brief_nlp.tagging.citations.words import HANGUL, is_title_cased

_MOST_WORDS = 6  # before a title that are no names: then the quotation marks stand in a sentence
_LONGEST_NAME = 8  # words


def read_listed(piece: str) -> Read | None:
    """The reference in a piece; None where there is none."""
    members = _without_roles(members_of(piece))
    reading = Reading(piece)
    titles = [
        at for at, member in enumerate(members) if member.name in TITLES and not _is_quotation(at, members, piece)
    ]
    if len(titles) > 1 and HANGUL.match(piece, members[titles[0]].end + 1):  # “상생”의 뜻은 이상, “제목”
        members = members[titles[0] + 1 :]
        titles = [at - titles[0] - 1 for at in titles[1:]]
    at = titles[0] if titles else None
    if at is not None and any(member.name == "inside" and IMPRINT.match(member.value) for member in members[:at]):
        at = None  # an entry of what came out there
    if at is not None and not _is_container(members, at):
        rest = _marked(members, at, reading)
    else:
        rest = _dated(members, reading) or read_unmarked(members, reading)
    if rest is None:
        return None
    place(members[rest:], reading)
    kind = kind_of(reading)
    if kind is None:
        return None
    start = min(part.start for part in reading.fields)
    return Read(kind, reading.fields, start, reading.end, f"citations/{kind.value}")


def _without_roles(members: list[Part]) -> list[Part]:
    """The members without the `(ed.)` behind the names at the start; the names are asked for it again."""
    at = next((at for at, member in enumerate(members) if member.name != "text"), 0)
    role = at and members[at].name == "inside" and ROLE.fullmatch(members[at].value)
    goes_on = role and at + 1 < len(members) and members[at + 1].name == "text"
    return members[:at] + members[at + 1 :] if goes_on else members


def _is_quotation(at: int, members: Sequence[Part], piece: str) -> bool:
    """Whether words of the source stand in brackets behind it: `KCNA, May 3, 2022 (“a grave provocation”)`."""
    opened = piece[max(0, members[at].start - 2) : members[at].start - 1] == "("
    return opened and any(member.name in ("date", "pages") for member in members[:at])


def _is_container(members: Sequence[Part], at: int) -> bool:
    """Whether the first title in brackets is that of the journal: volume or issue follow, plain words precede."""
    follows = members[at + 1].name if at + 1 < len(members) else ""
    plain = [member for member in members[:at] if member.name == "text"]
    more = any(member.name in TITLES for member in members[at + 1 :])
    return members[at].name == "bracketed" and follows in ("volume", "issue") and not more and len(plain) > 1


def _marked(members: Sequence[Part], at: int, reading: Reading) -> int | None:
    """Read who wrote a title in quotation marks or brackets; the index of the member after it."""
    before = with_given_name(members[:at]) if at == len(("Surname", "Given")) else members[:at]
    papers = [member for member in before if member.name in ("newspaper", "site")]
    for paper in papers:
        reading.keep(paper, "container")
        reading.traits.add("paper" if paper.name == "newspaper" else "site")
    said = [member for member in before if member.name in ("text", "inside")]
    plain = papers or all(member.name == "text" for member in said)
    named = plain and read_names([member for member in said if member.name == "text"], reading, titled=True)
    for member in before:
        if member.name == "date" and (named or papers):
            reading.keep(member)
    length = sum(len(member.value.split()) for member in said)
    if not named and length > _MOST_WORDS and not HANGUL.search(reading.piece, 0, members[at].start):
        return None
    if not named and members[at].value[0].islower():
        return None  # a word that the note speaks of
    reading.keep(members[at], "title")
    return at + 1


def _dated(members: Sequence[Part], reading: Reading) -> int | None:
    """Read a row with the year behind the names, `Statistics Korea (2016), Title`, as `_marked` does."""
    piece = reading.piece
    at = next((at for at, member in enumerate(members) if member.name != "text"), 0)
    if not at or [member.name for member in members[at : at + 2]] != ["date", "text"]:
        return None
    start, end, when, title = members[0].start, members[at - 1].end, members[at], members[at + 1]
    who = piece[start:end]
    if piece[when.start - 1] != "(" or len(who.split()) > _LONGEST_NAME or not who[:1].isupper():
        return None
    if not is_title_cased(title.value):
        return None
    if at > 1 and not is_author(who):  # a comma in a body's name
        reading.add("author", start, end)
    else:
        reading.add_names("author", start, end)
    reading.keep(when)
    reading.keep(title, "title")
    return at + 2
