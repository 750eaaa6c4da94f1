"""The parts of a reference that typography alone tells: dates, pages, titles in quotation marks, addresses.

Their forms are data (`rules/citation_forms.json`), tried in their order; what comes first wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from brief_nlp.rule_files import rule_file
from brief_nlp.schema import DateMention, DateType, Language
from brief_nlp.tagging.citations.words import HANGUL, newspaper, pattern, site, trimmed, words
from brief_nlp.tagging.dates import find_dates

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LAST_MONTH, _LAST_DAY = 12, 31
_OPENS_TITLE = re.compile(r"(?<=[”\"’]):\s(?=[A-Z])(?!Hearing)")  # “I Still Feel the Pain”: Violations against Women
_YEAR = re.compile(r"\d{4}|[’']\d\d|주체|Juche")  # without one no date stands for itself
_RECENT = 32  # pieces whose parts are kept, as one form after another is tried on them
_DAY = len("2024-01-16")
_YEARS = re.compile(r"(?:19|20)\d\d[–-](?:19|20)?\d\d")
_NUMBERED, _MOST_ISSUES = re.compile(r"\sNo\. (\d+)$"), 12  # of a year; a higher number is that of a series
_NO_JOURNAL = re.compile(
    r"\b(?:No|no|Vol|vol|St|Stat|Doc|Res|of|the)\.?$"
    r"|^(?:January|February|March|April|May|June|July|August|September|October|November|December|[A-Z][a-z]{2}\.?(?=\s\d|$))"
)  # 17 May 2018, 12 No. 3
_IN_NAME = re.compile(
    r"\b(?:to|of|under|with|by|implementing|and|on)\s(?:the\s)?"
    r"(?:(?:UN|U\.N\.|United Nations|Security Council|General Assembly)\s)*[Rr]esolutions?\s[\d/]+\s\($"
)  # a year behind it belongs to the name: `Report of the Panel Established Pursuant to Resolution 1874 (2009)`
_NAME_GOES_ON = re.compile(
    r"(?:\s\((?:19|20)\d\d\)|\))?\s(?:on|from|addressed|concerning|regarding)\s(?:the\s|a\s|[A-Z])"
)
_NAME_BEFORE = re.compile(r"\b(?:under|with|pursuant to)\s$")  # Report submitted under article 35 of the Convention
_COLON_BEHIND = re.compile(r":\s(?!http)[A-Z][A-Za-z]")  # Situation Report No. 2: Floods
_IN_NAMES = ("date", "number", "locator")
_OF_MONTH = re.compile(r"\bof\s$")  # Joint Declaration of September 2018, September 19, 2018
_NUMBER_BEFORE = re.compile(r"\d\s\($")
_VISITED = re.compile(r"[\s.]*(?:자\s)?(?:최종\s)?(?:검색|접속|방문|열람|확인|accessed)")  # (2024. 5. 3. 검색)
_BEFORE_DATE = re.compile(
    r"(?:^|[,(:.;)\]’”\"》』」〉>]\s*"
    r"|\b(?:on|of|in|dated|adopted|modified|updated|accessed|retrieved|visited|viewed)\s)$"
)
_AFTER_DATE = re.compile(r"\s*(?:$|채택|제정|개정|수정|공포|발효|시행|서명|[,.;:)\]<〈\"“(「](?![A-Z]\w)|자|\d)")
_BEFORE_NAME = re.compile(r"(?:^|[,.;:”\"’'」』〉》≫(“？?!]|\b(?:in|see|and|of|the)|[가-힣][은는부처원회])$")
_AFTER_NAME = re.compile(
    r"\s*(?:\([A-Z]{2,6}\))?\s*(?:인터넷판|온라인판|영문판|online)?\s*(?:$|[,.;:)(<「“\"’‘\]\d]|[A-Z][a-z]{2,8}\.?\s\d|주체|(?:editorial|commentary|broadcast|news|website|online)\b|(?:of|dated|for|on)\s(?:\d|[A-Z][a-z]+\s\d))"
)


class Part(NamedTuple):
    """A stretch of a reference and what it is; `value` is as it is exported (dates: EDTF)."""

    name: str
    start: int
    end: int
    value: str


class _Form(NamedTuple):
    """How a part is printed; see the data file."""

    name: str
    pattern: re.Pattern[str]
    holds: Callable[[re.Match[str]], bool]


def parts_of(piece: str) -> list[Part]:
    """The parts of a reference, in order, none over another."""
    return list(_parts(piece))


@lru_cache(maxsize=_RECENT)
def _parts(piece: str) -> tuple[Part, ...]:
    taken = bytearray(len(piece))
    found: list[Part] = []
    spoken = _spoken(piece)
    for form in _forms():
        for part in _matched(form, piece, spoken):
            if part.start < part.end and not any(taken[part.start : part.end]):
                taken[part.start : part.end] = b"\1" * (part.end - part.start)
                found.append(part)
    named = [part for part in found if part.name not in _IN_NAMES or not _is_of_name(part, found, piece)]
    return tuple(sorted(_accessed(piece, named), key=lambda part: part.start))


def _is_of_name(said: Part, parts: Sequence[Part], piece: str) -> bool:
    """Whether a date or number belongs to a name: `comment No. 13 (2011) on the`, `S/RES/2321 (2016), 30 November`."""
    if _NAME_GOES_ON.match(piece, said.end) and piece[said.start - 2 : said.start] != ", ":
        return True
    if said.name != "date":
        return bool(_COLON_BEHIND.match(piece, said.end) or _NAME_BEFORE.search(piece, 0, said.start))
    fuller = any(part.name == "date" and part.value.startswith(f"{said.value}-") for part in parts)
    numbered = fuller and (_NUMBER_BEFORE if said.value.isdigit() else _OF_MONTH).search(piece, 0, said.start)
    return bool(numbered or _IN_NAME.search(piece, 0, said.start))


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where the addresses of web pages stand."""
    form = next(form for form in _forms() if form.name == "url")
    return (match.span() for match in form.pattern.finditer(text))


def _matched(form: _Form, piece: str, spoken: Sequence[DateMention]) -> Iterator[Part]:
    """What one form finds in a piece."""
    if form.name.startswith("spoken"):
        for found in spoken:
            if len(found.value) == _DAY if form.name == "spoken day" else _is_bound(piece, found):
                yield Part("date", found.start, found.end, found.value)
        return
    for match in form.pattern.finditer(piece):
        if not form.holds(match) or _OPENS_TITLE.match(piece, match.end()):
            continue
        if form.name == "date":
            yield Part("date", *match.span(), _edtf(match))
        elif form.name != "groups":
            yield Part(form.name, *match.span(), match[0])
        else:
            for group, said in match.groupdict().items():
                if said:
                    yield _part(group.rstrip("0123456789"), piece, *match.span(group))


def _part(name: str, piece: str, start: int, end: int) -> Part:
    if name == "pages":
        return Part(name, start, end, _pages(piece[start:end]))
    if name in ("quoted", "bracketed"):
        start, end = trimmed(piece, start, end)
    return Part(name, start, end, piece[start:end])


def _pages(text: str) -> str:
    """Page numbers with a plain hyphen and no space, `12-15, 20`."""
    return re.sub(r"\s*,\s*", ", ", re.sub(r"\s*[-–—~∼～]\s*", "-", text.strip()))


def _spoken(piece: str) -> list[DateMention]:
    """The dates that the tagger of running text finds, as far as they stand for themselves."""
    if not _YEAR.search(piece):
        return []
    return [
        found
        for found in find_dates(piece, language=Language.KO if HANGUL.search(piece) else Language.EN)
        if found.type is DateType.DATE and found.anchor is None and found.value[:4].isdigit() and "X" not in found.value
    ]


def _is_bound(piece: str, found: DateMention) -> bool:
    """Whether a month or season is a member of its own; bare years have a form of their own."""
    bound = _BEFORE_DATE.search(piece[: found.start]) and _AFTER_DATE.match(piece, found.end)
    return bool(bound) and not found.value.isdigit()


def _edtf(match: re.Match[str]) -> str:
    groups = match.groupdict()
    year = groups.get("year") or f"20{groups['short']}"
    name = groups.get("name")
    month = int(groups.get("month") or (_MONTHS.index(name[:3].lower()) + 1 if name else 0))
    if not 1 <= month <= _LAST_MONTH:
        return year
    day = int(groups.get("day") or 0)
    return f"{year}-{month:02}-{day:02}" if 1 <= day <= _LAST_DAY else f"{year}-{month:02}"


def _accessed(piece: str, parts: Sequence[Part]) -> Iterator[Part]:
    """The parts, with the date of a visit told from that of the page."""
    said = [match.end() for match in pattern("accessed").finditer(piece)]
    pages = [part.end for part in parts if part.name == "url"]
    for part in parts:
        visited = bool(_VISITED.match(piece, part.end)) or any(0 <= part.start - end <= 2 for end in said)
        visited = visited or any(piece[end : part.start].strip(">") in (" (", " [") for end in pages)
        yield part._replace(name="accessed") if part.name == "date" and visited else part


def _of_a_series(match: re.Match[str]) -> bool:
    """Whether words with a number are a series: it has a code such as `24-03`, or they say so."""
    said = match["words"].lower().split()
    if pattern("locator").match(match[0]):  # Arts. 27-29
        return False
    if _YEARS.fullmatch(match["code"]) and not any(word in words("series_words") for word in said):
        return False  # Strategic Framework for Cooperation 2017–2021
    if said[-1] == "session":  # Eleventh Report of Session 2017–19
        return False
    numbered = _NUMBERED.search(match[0])
    if numbered and int(numbered[1]) > _MOST_ISSUES:
        return True
    return bool(re.search(r"[-–]", match["code"])) or any(word in words("series_words") for word in said)


_HOLDS: dict[str | None, Callable[[re.Match[str]], bool]] = {
    None: lambda _: True,
    "journal": lambda match: not _NO_JOURNAL.search(match["container"]),
    "bound": lambda match: bool(_BEFORE_DATE.search(match.string[: match.start()])),
    "series": _of_a_series,
    "apart": lambda match: match.start() == 0 or not match.string[match.start() - 1].isalnum(),
    "alone": lambda match: bool(
        _BEFORE_NAME.search(match.string[: match.start()].rstrip()) and _AFTER_NAME.match(match.string, match.end())
    ),
}


@cache
def _forms() -> tuple[_Form, ...]:
    data = rule_file("tagging", "citation_forms")
    named: dict[str, Callable[[], re.Pattern[str]]] = {
        "@locator": lambda: pattern("locator"),
        "@newspapers": newspaper,
        "@sites": site,
    }
    made = []
    for form in data["forms"]:
        written = form["pattern"]
        while "<<" in written:
            written = re.sub(r"<<(\w+)>>", lambda match: data["fragments"][match[1]], written)
        flags = re.I if form["is"] == "url" else 0
        compiled = named[written]() if written in named else re.compile(written, flags)
        name = f"spoken {written}" if form["is"] == "spoken" else form["is"]
        made.append(_Form(name, compiled, _HOLDS[form.get("needs")]))
    return tuple(made)
