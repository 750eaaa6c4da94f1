"""References as medicine gives them: `Gull H, Tern AB. Ships of the north. Harbour Stud. 2018;6(3):21–9.`"""

from __future__ import annotations

import re

from brief_nlp.schema import CitationKind
from brief_nlp.tagging.citations.members import Read
from brief_nlp.tagging.citations.parts import Part, parts_of
from brief_nlp.tagging.citations.words import CAPITAL, is_organisation, words

_NAME = rf"(?:(?:de|van|von|der|di|al)\s)*{CAPITAL}[\w’'-]+(?:\s{CAPITAL}[\w’'-]+)?\s{CAPITAL}{{1,3}}"
_PEOPLE = re.compile(rf"(?P<authors>{_NAME}(?:, {_NAME})*)(?:, et al)?(?P<role>, editors?)?\.\s+")
_BODY = re.compile(rf"(?P<authors>{CAPITAL}[^.“\"‘();:]{{2,90}})\.\s+")
_TITLE = r"(?P<title>[^.?!“”\"]{3,300}\??)(?P<extra>\s?[(\[][^)\]]{2,40}[)\]])?\.?\s+"
_WHEN = r"(?P<date>(?:18|19|20)\d\d(?:\s[A-Z][a-z]{2,8}(?:\s\d{1,2})?)?)"
_ARTICLE = re.compile(
    rf"{_TITLE}(?P<container>{CAPITAL}[^.;:\d]{{1,80}})\.?\s{_WHEN};\s?(?P<volume>\d{{1,4}})"
    r"\s?(?:\((?P<issue>[\w./ -]{1,12})\))?(?::\s?(?P<pages>[A-Za-z]?\d+(?:[-–][A-Za-z]?\d+)?))?"
)
_BOOK = re.compile(
    rf"{_TITLE}(?:(?:\d(?:st|nd|rd|th)|[Rr]ev\.?)\s(?:ed\.?|edition)\.?\s+)?(?P<place>{CAPITAL}[^.:;]{{1,40}}):\s"
    r"(?P<publisher>[^.:;]{2,120});\s(?P<date>(?:[A-Z][a-z]+\s)?(?:18|19|20)\d\d(?:\s[A-Z][a-z]{2})?)"
)
_CHAPTER = re.compile(rf"{_TITLE}In: (?P<editors>{_NAME}(?:, {_NAME})*), (?:eds?|editors?)\.\s+")
_SINGLE = re.compile(_NAME)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PAGES = re.compile(r"\.\s(?:pp?\.\s)?(?P<pages>[ivx\d]+(?:[-–]\d+)?(?:, \d+(?:[-–]\d+)?)*)(?:\sp)?(?=\.|\s*$)")
_BEHIND = ("url", "accessed")
_FAR = 30  # characters between members behind the date


def read_by_initials(text: str) -> Read | None:
    """The reference at the start of a text; it is several sentences long."""
    head = _PEOPLE.match(text) or _BODY.match(text)
    if not head or (head.re is _BODY and not is_organisation(head["authors"])):
        return None
    chapter = _CHAPTER.match(text, head.end())
    found = _ARTICLE.match(text, head.end()) if not chapter else None
    found = found or _BOOK.match(text, chapter.end() if chapter else head.end())
    if not found:
        return None
    fields = _authors(text, head)
    if chapter:
        fields.append(_part(text, "title", *chapter.span("title")))
        fields += [_part(text, "editor", *one.span()) for one in _SINGLE.finditer(text, *chapter.span("editors"))]
    for name, said in found.groupdict().items():
        if said and name not in ("extra", "date"):
            fields.append(_part(text, "container" if chapter and name == "title" else name, *found.span(name)))
    fields.append(Part("date", *found.span("date"), _edtf(found["date"])))
    pages = None if found.re is _ARTICLE else _PAGES.match(text, found.end())
    if pages:
        fields.append(_part(text, "pages", *pages.span("pages")))
    end = max(part.end for part in fields)
    for part in parts_of(text):
        if part.name in _BEHIND and 0 <= part.start - end <= _FAR:
            fields.append(part)
            end = part.end
    return Read(_kind(fields, chapter=bool(chapter)), fields, fields[0].start, end, "citations/initials")


def _authors(text: str, head: re.Match[str]) -> list[Part]:
    if head.re is _BODY:
        return [_part(text, "author", *head.span("authors"))]
    role = "editor" if head["role"] else "author"
    return [_part(text, role, *one.span()) for one in _SINGLE.finditer(text, *head.span("authors"))]


def _part(text: str, name: str, start: int, end: int) -> Part:
    said = text[start:end]
    return Part(name, start, end, said.replace("–", "-") if name == "pages" else said)


def _edtf(said: str) -> str:
    """Year, month and day in either order of month and year."""
    year = re.search(r"\d{4}", said)
    month = re.search(r"[A-Z][a-z]{2}", said)
    day = re.search(r"\b\d{1,2}$", said)
    value = year[0] if year else said
    if month and month[0] in _MONTHS:
        value += f"-{_MONTHS.index(month[0]) + 1:02}"
        value += f"-{int(day[0]):02}" if day else ""
    return value


def _kind(fields: list[Part], *, chapter: bool) -> CitationKind:
    values = {part.name: part.value for part in fields}
    if chapter:
        return CitationKind.CHAPTER
    if "volume" in values:
        return CitationKind.ARTICLE
    called = any(word in values["title"].lower() for word in words("report_words"))
    return CitationKind.REPORT if called or is_organisation(fields[0].value) else CitationKind.BOOK
