"""Laws, treaties and resolutions: a title by its last word, then a number, a year or an article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from brief_nlp.schema import CitationKind
from brief_nlp.tagging.citations.members import Read, members_of
from brief_nlp.tagging.citations.parts import Part, parts_of
from brief_nlp.tagging.citations.words import HANGUL, is_law, pattern, words

_ENDINGS = "|".join(sorted(words("law_endings"), key=len, reverse=True))
_MARKED = re.compile(rf"[「『《〈<“](?P<title>[^」』》〉>”]{{1,80}}(?:{_ENDINGS}))[」』》〉>”]")
_BARE = re.compile(
    rf"(?<![가-힣「『《])(?P<title>(?:[가-힣A-Z·]+\s){{0,4}}?[가-힣]*(?:{_ENDINGS}))(?=\s?(?:제?\d+호|\(\d{{4}}|제\s?\d+조))"
)
_AFTER = re.compile(r"\s?(?P<number>제?\s?\d+호)?\s?(?:\(\s?(?P<date>[^()]{4,40})\))?")
_JOINED = re.compile(r"[은는이가을를의에]$|^(?:및|또는|그리고)$")


def read_laws(piece: str) -> list[Read]:
    """The laws that a piece cites, in order."""
    if HANGUL.search(piece):
        return list(_korean(piece))
    found = _english(piece)
    return [found] if found else []


def _korean(piece: str) -> Iterator[Read]:
    marked = list(_MARKED.finditer(piece))
    if marked and (
        piece[: marked[0].start()].strip()
        and not re.fullmatch(r"[\s\w가-힣]*(?:[은는]|및|북한|또한)\s*", piece[: marked[0].start()])
    ):
        marked = []
    for match in marked or _BARE.finditer(piece):
        start, end = match.span("title")
        tokens = piece[start:end].split(" ")
        while not marked and len(tokens) > 1 and any(_JOINED.search(token) for token in tokens[:-1]):
            start += len(tokens[0]) + 1
            tokens = tokens[1:]
        fields = [Part("title", start, end, piece[start:end])]
        after = _AFTER.match(piece, match.end())
        if after and after["number"]:
            fields.append(Part("number", *after.span("number"), after["number"]))
        if after and after["date"]:
            dates = [part for part in parts_of(f"({after['date']})") if part.name == "date"]
            shift = after.start("date") - 1
            fields += [part._replace(start=part.start + shift, end=part.end + shift) for part in dates[:1]]
        if not marked and len(fields) == 1 and not re.match(r"\s?제\s?\d+조", piece[match.end() :]):
            continue
        yield Read(CitationKind.LAW, fields, start, max(part.end for part in fields), "citations/law")


def _english(piece: str) -> Read | None:
    members = members_of(piece)
    coded = [member for member in members if member.name in ("number", "date")]
    if members and members[0].name == "number" and members[0].value.startswith(("S/RES/", "A/RES/", "A/HRC/RES/")):
        return Read(CitationKind.LAW, coded[:2], members[0].start, max(p.end for p in members), "citations/law")
    if not members or members[0].name != "text" or not is_law(members[0].value) or members[0].start > 4:
        return None
    title = members[0]
    if any(member.name in ("quoted", "bracketed", "url") for member in members) or re.search(
        r":\s[A-Z]", piece[title.end :]
    ):
        return None
    fields = [title._replace(name="title")]
    end = title.end
    proof = False
    for member in members[1:]:
        if member.name in ("date", "number") and not any(part.name == member.name for part in fields):
            fields.append(member)
        proof |= member.name in ("date", "number", "locator")
        if member.name in ("date", "number", "locator", "pages"):
            end = member.end
    if (
        not proof
        or len(title.value.split()) > 16
        or not title.value[:1].isupper()
        or re.search(r"\b(?:was|is|are|were|has|had|says?|said)\b", piece)
    ):
        return None
    at = next((match.start() for match in pattern("locator").finditer(title.value)), None)
    if at:
        fields[0] = title._replace(name="title", end=title.start + at, value=title.value[:at].rstrip(" ,"))
    return Read(CitationKind.LAW, fields, title.start, end, "citations/law")
