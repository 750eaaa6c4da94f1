"""What was said or written, but not published: interviews, letters, speeches."""

from __future__ import annotations

import re

from brief_nlp.schema import CitationKind
from brief_nlp.tagging.citations.members import Read, members_of
from brief_nlp.tagging.citations.parts import Part
from brief_nlp.tagging.citations.people import is_author, is_person, names_in, without_roles
from brief_nlp.tagging.citations.words import HANGUL, is_place, pattern

_INTERVIEW = re.compile(
    r"\b(?:interviews?|interviewed|correspondence|(?:personal|private) communications?)\b"
    r"|\b(?:e-?mails?|conversations?|field ?notes)\b"
    r"|\b(?:satellite|aerial|commercial)\s(?:imagery|images?|photographs?|photos?)\b"
    r"|\bauthor[’']s (?:photograph|notes)"
    r"|인터뷰|면담|면접|대담|심층면접|현지조사|서면조사",
    re.I,
)
_BY = re.compile(r"\b(?:by|with|from)\s(?P<name>(?:[A-Z][\w’'.-]+\s){1,3}[A-Z][\w’'-]+)$")
_BY_WRITER = re.compile(r"[^“”\"]{0,120},\sinterview(?:ed)?\s(?:by|with)\s(?:the\s)?authors?\b")
_HEARING = re.compile(
    r"[“‘]?(?P<title>[A-Z][^“”();]{4,200}?)[,.]?[”’]?[:,]?\s(?i:hearings?\sbefore\sthe)\s"
    r"(?P<publisher>[A-Z][^()“”;\d]{4,200}?),\s\d+\w+\sCong(?:\.|ress)(?:,?\s\d\w+\s[Ss]ess(?:\.|ion))?"
    r"(?:,?\s(?:at\s|pp?\.\s)?(?P<pages>\d{1,4}(?:[-–]\d{1,4})?))?"
    r"\s\((?P<date>(?:[A-Z][a-z]{2,8}\.?\s(?:\d{1,2},\s)?)?(?:19|20)\d\d)\)"
    r"(?:[,\s]\s?\(?(?i:prepared\s)?(?i:statement|testimony|remarks)\sof\s(?P<author>[A-Z][\w.’'-]+(?:\s[A-Z][\w.’'-]*){1,3}))?"
)
_NO_PLACE = re.compile(r"\d|출신|거주|면담|면접|인터뷰")
_THERE = re.compile(r"([가-힣]{2,6})에서\s")
_DESCRIBED = re.compile(r"(?:Former|Senior|Retired|Anonymous)\b|.*\s(?!de |van |von |bin )[a-z]{2,}(?=\s|$)")
_WITH = re.compile(r"\b(?:with|by|of)\s[“\"‘']$")
_NEAR_START = 40  # characters
_LONGEST_PLACE = 3  # words


def read_unpublished(piece: str) -> Read | None:
    """A talk that only the writer had, or a speech without a title: who, where and when."""
    return _hearing(piece) or _interview(piece) or _speech(piece)


def _hearing(piece: str) -> Read | None:
    """What was said before a committee of Congress, as printed."""
    said = _HEARING.match(piece)
    if not said:
        return None
    fields = [
        Part(name, *said.span(name), value.replace("–", "-") if name == "pages" else value)
        for name, value in said.groupdict().items()
        if value and name != "date"
    ]
    when = next((part for part in members_of(said["date"]) if part.name == "date"), None)
    fields.append(Part("date", *said.span("date"), when.value if when else said["date"][-4:]))
    return Read(CitationKind.REPORT, fields, 0, max(part.end for part in fields), "citations/hearing")


def _interview(piece: str) -> Read | None:
    said = _INTERVIEW.search(piece)
    if not said or (said.start() > _NEAR_START and not _BY_WRITER.match(piece)):
        return None
    members = members_of(piece)
    date = max((member for member in members if member.name == "date"), key=lambda one: len(one.value), default=None)
    if not date or any(_is_published(member, piece) for member in members):
        return None
    first = members[0]
    named = first.end < said.start() and piece[first.end] == "," and piece[said.start()].islower()
    named = named and len(first.value.split()) <= _LONGEST_PLACE and not _DESCRIBED.match(first.value)
    writer = [first._replace(name="author")] if named else []
    places = _places(members[len(writer) :], date)
    end = max(part.end for part in (*places, date))
    return Read(CitationKind.OTHER, [*writer, *places, date], members[0].start, end, "citations/interview")


def _is_published(member: Part, piece: str) -> bool:
    """Whether a member shows that something was printed; a name in quotation marks does not: `with “Ms. Han,”`."""
    named = member.name == "quoted" and _WITH.search(piece, 0, member.start)
    return member.name in ("quoted", "bracketed", "url", "newspaper") and not named


def _speech(piece: str) -> Read | None:
    """A speech by somebody named first: `Kim Jong Un, speech at the parade, Pyongyang, October 10, 2020`."""
    members = members_of(piece)
    if HANGUL.search(piece):
        return _korean_speech(piece, members)
    said = pattern("speech").search(piece)
    if not said:
        return None
    date = max((member for member in members if member.name == "date"), key=lambda one: len(one.value), default=None)
    if not date or any(member.name in ("quoted", "bracketed", "newspaper", "site", "number") for member in members):
        return None
    first = members[0]
    if first.name != "text" or first.start > 1 or date.start < said.start():
        return None
    by = _BY.search(piece[: first.end])
    if first.end < said.start() and is_author(first.value) and piece[said.start()].islower():
        names = [Part("author", *span, piece[slice(*span)]) for span in names_in(piece, first.start, first.end)]
    elif said.start() == first.start and by and is_person(by["name"]):
        names = [Part("author", *by.span("name"), by["name"])]
    else:
        return None
    more = [member for member in members if member.name in ("url", "accessed", "pages") and member.start > date.end]
    fields = [*names, *_places(members[1:], date), date, *more]
    start, end = min(first.start, names[0].start), max(part.end for part in fields)
    return Read(CitationKind.OTHER, fields, start, end, "citations/speech")


def _korean_speech(piece: str, members: list[Part]) -> Read | None:
    """A speech in Korean: `신원식 국방부 장관, 국회 발언, 2023년 11월 23일`."""
    if [member.name for member in members[:4]] not in (
        ["text", "date"],
        ["text", "text", "date"],
        ["text", "text", "text", "date"],
    ):
        return None
    date = next(member for member in members if member.name == "date")
    texts = [member for member in members if member.end <= date.start]
    if not pattern("speech_ko").search(texts[-1].value) or len(members) > len(texts) + 1:
        return None
    start, end = texts[0].start, texts[0].end
    left, right = without_roles(piece[start:end])
    if not is_person(piece[start + left : start + right]):
        return None
    author = Part("author", start + left, start + right, piece[start + left : start + right])
    return Read(CitationKind.OTHER, [author, date], start, date.end, "citations/speech")


def _where(member: Part) -> Part:
    """The place alone of words that say what was done there: `서울에서 면접`."""
    said = _THERE.match(member.value)
    return member._replace(end=member.start + said.end(1), value=said[1]) if said else member


def _places(members: list[Part], date: Part) -> list[Part]:
    """The place that stands next to the date."""
    told = [member for member in map(_where, members) if member.name in ("text", "inside")]
    before = [member for member in told if member.end <= date.start]
    near = before[-1:] if len(before) > 1 or (before and is_place(before[0].value)) else []
    near = [member for member in near if not _NO_PLACE.search(member.value)]
    near = near or [member for member in told if member.start >= date.end][:1]
    return [
        member._replace(name="place")
        for member in near
        if len(member.value.split()) <= _LONGEST_PLACE
        and not member.value[:1].islower()
        and not _INTERVIEW.search(member.value)
    ]
