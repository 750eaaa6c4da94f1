"""Laws, treaties and resolutions: a title by its last word, then a number, a year or an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from brief_nlp.schema import CitationKind
from brief_nlp.tagging.citations.members import Read, members_of
from brief_nlp.tagging.citations.parts import Part, parts_of
from brief_nlp.tagging.citations.words import HANGUL, is_law, words

_ENDINGS = "|".join(sorted(words("law_endings"), key=len, reverse=True))
_MARKED = re.compile(rf"[「『《〈<“](?P<title>[^」』》〉>”]{{1,80}}(?:{_ENDINGS}))[」』》〉>”]")
_BARE = re.compile(
    rf"(?<![가-힣「『《])(?P<title>(?:[가-힣A-Z·]+\s){{0,4}}?[가-힣]*(?:{_ENDINGS}))(?=\s?(?:제?\d+호|\(\d{{4}}|제\s?\d+조))"
)
_AFTER = re.compile(r"\s?(?P<number>제?\s?\d+호)?\s?(?:\(\s?(?P<date>[^()]{4,40})\))?")
_ARTICLE = re.compile(r"\s?제\s?\d+조")
_PARTICLE = re.compile(r"(?:에 관한|[은는이가을를의와과]|에서|에)(?=\s)")  # then a sentence speaks of the law
_LEADS = re.compile(r"(?:[\s\w가-힣]*(?:[은는]|및|북한|또한)\s*)?\s*")
_SYMBOLS = ("S/RES/", "A/RES/", "A/HRC/RES/")
_IMPRINT = re.compile(r":\s[A-Z]")
_SENTENCE = re.compile(r"\b(?:was|is|are|were|has|had|says?|said)\b")
_LONGEST = 16  # words of a title
_JOINED = re.compile(r"[은는이가을를의에]$|^(?:및|또는|그리고)$")


def read_laws(piece: str) -> list[Read]:
    """The laws that a piece cites, in order."""
    if HANGUL.search(piece):
        return list(_korean(piece))
    found = _english(piece)
    return [found] if found else []


def _korean(piece: str) -> Iterator[Read]:
    marked = list(_MARKED.finditer(piece))
    if marked and not _LEADS.fullmatch(piece, 0, marked[0].start()):
        marked = []
    for match in marked or _BARE.finditer(piece):
        start, end = match.span("title")
        if not marked:
            start = _without_words_before(piece, start, end)
        fields = [Part("title", start, end, piece[start:end]), *_behind(piece, match.end())]
        spoken_of = _PARTICLE.match(piece, match.end()) if marked else not _ARTICLE.match(piece, match.end())
        if len(fields) == 1 and spoken_of:
            continue
        yield Read(CitationKind.LAW, fields, start, max(part.end for part in fields), "citations/law")


def _without_words_before(piece: str, start: int, end: int) -> int:
    """Where a law's unmarked name begins behind the words of a sentence."""
    tokens = piece[start:end].split(" ")
    while len(tokens) > 1 and any(_JOINED.search(token) for token in tokens[:-1]):
        start += len(tokens[0]) + 1
        tokens = tokens[1:]
    return start


def _behind(piece: str, at: int) -> Iterator[Part]:
    """Number and date behind a law's name."""
    after = _AFTER.match(piece, at)
    if after and after["number"]:
        yield Part("number", *after.span("number"), after["number"])
    if after and after["date"]:
        shift = after.start("date") - 1
        for part in parts_of(f"({after['date']})")[:1]:
            if part.name == "date":
                yield part._replace(start=part.start + shift, end=part.end + shift)


def _english(piece: str) -> Read | None:
    members = members_of(piece)
    if not members:
        return None
    title, rest = members[0], members[1:]
    fields = [part for name in ("date", "number") for part in [m for m in rest if m.name == name][:1]]
    if title.name == "number" and title.value.startswith(_SYMBOLS):
        return Read(CitationKind.LAW, [title, *fields[:1]], title.start, _end(members), "citations/law")
    if title.name != "text" or title.start > 0 or not is_law(title.value) or not title.value[:1].isupper():
        return None
    if any(member.name in ("quoted", "bracketed", "url") for member in rest):
        return None
    if _IMPRINT.search(piece, title.end) or _SENTENCE.search(piece) or len(title.value.split()) > _LONGEST:
        return None
    held = [member for member in rest if member.name in ("date", "number", "locator", "pages")]
    if not any(member.name != "pages" for member in held):
        return None
    return Read(CitationKind.LAW, [title._replace(name="title"), *fields], title.start, _end(held), "citations/law")


def _end(members: Sequence[Part]) -> int:
    return max(member.end for member in members)
