"""The parts of a reference that typography alone tells: dates, pages, titles in quotation marks, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from brief_nlp.schema import DateType, Language
from brief_nlp.tagging.citations.words import HANGUL, newspaper, pattern, site, trimmed, words
from brief_nlp.tagging.dates import find_dates


class Part(NamedTuple):
    """A stretch of a reference and what it is; `value` is as it is exported (dates: EDTF)."""

    name: str
    start: int
    end: int
    value: str


URL = re.compile(r"(?:https?://|www\.|doi\.org/|doi:\s?10\.)[^\s<>\"“”’]*[^\s<>\"“”’.,;)\]]", re.I)
_QUOTED = re.compile(
    r"“(?P<a>[^“”]{2,400})”|\"(?P<b>[^\"]{2,400})\"|「(?P<c>[^」]{2,300})」|(?:^|(?<=[\s(,]))‘(?P<e>(?:[^‘’]|’(?=\w)){2,300})’(?=[,.;)]|\s[(a-zA-Z가-힣]|$)|[〈<](?P<d>(?!http|www)[^〉>]{2,300})[〉>]"
)
_BRACKETED = re.compile(r"『(?P<a>[^』]{2,300})』|【(?P<c>[^】]{2,300})】|[《≪](?P<b>[^》≫]{2,300})[》≫]")
_RANGE = r"(?:\d{1,4}|[ivxlc]{1,6})(?:\s?[-–—~∼～]\s?(?:\d{1,4}|[ivxlc]{1,6}))?"
_DIGITS = r"\d{1,4}(?:\s?[-–—~∼～]\s?\d{1,4})?"
_RANGES = rf"{_RANGE}(?:\s?,\s?(?!(?:19|20)\d\d\b){_RANGE}(?![\w.]))*"
_PAGES = re.compile(
    rf"(?<![A-Za-z])[Pp]{{1,2}}\.\s?(?P<a>{_RANGES})(?![\w])|(?P<b>[A-Z]?{_RANGES})(?=\s?(?:쪽|면|페이지|[Pp]\b\.?))"
)
_BARE_PAGES = re.compile(
    rf"(?:(?<=[,:] )|(?<=[”\"’)] ))(?:at )?(?P<a>(?!(?:19|20)\d\d\b(?!\s?[-–])){_DIGITS}(?:,\s(?!(?:19|20)\d\d\b){_DIGITS})*)(?=\s*(?:$|[,.;)]))"
)
_NUMBER_WORD = r"(?:[Nn]os?\.|[Nn]umber|[Ii]ssue|#)\s?"
_VOLUME = (
    re.compile(
        rf"(?:[Vv]ol(?:\.|ume)\s?)(?P<volume>\d{{1,4}})(?:\s?[,:]?\s?\(?(?:{_NUMBER_WORD})(?P<issue>\d{{1,3}}(?:[-–/]\d{{1,3}})?)\)?)?"
    ),
    re.compile(
        rf"(?<=[\w’”\"»』》] )(?P<volume>\d{{1,3}}),?\s(?:{_NUMBER_WORD})(?P<issue>\d{{1,3}}(?:[-–/]\d{{1,3}})?)"
    ),
    re.compile(
        r"(?<=[\w’”\"»』》≫,] )(?P<volume>\d{1,3})(?::|-(?=[1-9],))(?P<issue>[1-9]\d?)(?=,?\s\(?(?:\w+\s)?(?:19|20)\d\d|,\spp?\.)"
    ),
    re.compile(r"(?<![\d/-])(?P<volume>\d{1,3})\s?\((?P<issue>\d{1,2}(?:[-–]\d{1,2})?)\)(?!\w)"),
    re.compile(r"(?<=[\w’”\"»』》] )(?P<volume>\d{1,3})(?=\s\((?:\w+\s)?(?:19|20)\d\d\)\s?:)"),
    re.compile(r"(?:제\s?)?(?P<volume>\d{1,3})\s?권(?:\s?,?\s?(?:제\s?)?(?P<issue>\d{1,3}(?:[-–~·]\d{1,3})?)\s?호)?"),
    re.compile(r"(?:제\s?)?(?P<volume>\d{1,3})\s?집(?:\s?,?\s?(?:제\s?)?(?P<issue>\d{1,3})\s?호)?"),
    re.compile(r"통권\s?(?:제\s?)?(?P<issue>\d{1,4})\s?호"),
    re.compile(r"(?<=[》』≫] )(?P<volume>\d{1,3})(?=,)"),
)
_CODES = (
    re.compile(r"(?:U\.?N\.? Doc\.? )?\b[A-Z]{1,6}(?:/[A-Z0-9][\w.-]*(?:\(\w+\))?)+"),
    re.compile(r"\b[A-Z]{1,4}-[A-Z]?\d{2,5}(?:-\d{1,3})?\b"),
    re.compile(r"\b\d{1,4} U\.?\s?N\.?\s?T\.?\s?S\.? \d{1,5}"),
    re.compile(r"\b(?:Decree|Order|Directive|Ordinance|Edict|Public Law|Law|Act) [Nn]o\. ?[\d-]+"),
    re.compile(r"(?:제\s?)?\d{1,5}(?:-\d{1,4})?\s?호(?!선|기|실|차|텔)"),
)
_CO_NUMBER = r"(?:[A-Z]{1,4}[\s-]?)?\d{2,4}[-–]\d{1,4}"
_KOREAN_SERIES = re.compile(
    rf"(?:[가-힣A-Z]+\s)?[가-힣]*(?:총서|시리즈|보고서|현안분석|브리프|자료집?|포커스|인사이트|페이퍼|연구)\s{_CO_NUMBER}"
)
_SERIES = re.compile(
    r"(?:(?<=[,(.“”\"] )|(?<=[(])|^)(?P<words>(?:[A-Z][\w’'&.-]*\s(?:of\s|for\s|on\s|in\s|and\s|the\s)?){1,6}?)"
    rf"(?:(?:{_NUMBER_WORD})\s?)?(?P<code>{_CO_NUMBER}|(?!(?:19|20)\d\d\b)\d{{1,5}}(?![\d:]))(?=\s*(?:[,.();]|$))"
)
_BARE_SERIES = re.compile(
    rf"(?<=, )(?:{_NUMBER_WORD}[\d-]+|[A-Z]{{1,4}}[\s-]?\d{{2,4}}[-–]\d{{1,4}})(?=\s*(?:[,.()]|$))"
)

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTHS += r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?"
_ORDER = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"(?P<year>(?:18|19|20)\d\d)"
_DATES = (
    re.compile(rf"Juche\s\d{{2,3}}\s\({_YEAR}\)"),
    re.compile(
        rf"(?:주체\s?\d{{2,3}}\s?\(\s?)?{_YEAR}\)?\s?[./]\s?(?P<month>\d{{1,2}})\s?[./]\s?(?P<day>\d{{1,2}})\.?(?!\d)"
    ),
    re.compile(rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}(?!\d)"),
    re.compile(r"[’']\s?(?P<short>\d\d)\s?\.\s?(?P<month>\d{1,2})\s?\.\s?(?P<day>\d{1,2})\.?(?!\d)"),
    re.compile(rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(rf"{_YEAR},\s(?P<name>{_MONTHS})(?:\s(?P<day>\d{{1,2}}))?(?![\w-])"),
    re.compile(rf"(?P<name>{_MONTHS})\s(?P<day>\d{{1,2}}),?\s{_YEAR}(?!\d)"),
    re.compile(rf"(?P<day>\d{{1,2}})\s(?P<name>{_MONTHS})\s{_YEAR}(?!\d)"),
    re.compile(rf"(?<![–-])(?P<name>{_MONTHS})\s{_YEAR}(?!\d)"),
    re.compile(rf"(?:Spring|Summer|Autumn|Fall|Winter)(?:/\w+)?\s{_YEAR}(?!\d)"),
    re.compile(rf"{_YEAR}\.\s?(?P<month>\d{{1,2}})(?:\.(?!\s?\d)|(?=[,)]))"),
    re.compile(rf"{_YEAR}년?\s?(?:봄|여름|가을|겨울)(?:호)?"),
    re.compile(
        rf"(?:(?<=[,:] )|(?<=[(（])|(?<=ed in )|(?<=[a-z] )(?=\d{{4}}\))|^){_YEAR}(?:[a-e]|년)?(?=\s*(?:[,.;:)）]|$))"
    ),
)
_VISITED = re.compile(r"[\s.]*(?:자\s)?(?:최종\s)?(?:검색|접속|방문|열람|확인|accessed)")  # (2024. 5. 3. 검색)
_BOUND_BEFORE, _BOUND_AFTER = (
    re.compile(
        r"(?:^|[,(:.;)\]’”\"》』」〉>]\s*|\b(?:on|of|in|dated|adopted|modified|updated|accessed|retrieved|visited|viewed)\s)$"
    ),
    re.compile(r"\s*(?:$|[,.;:)\]<〈\"“(「](?![A-Z]\w)|자|\d)"),
)


def parts_of(piece: str) -> list[Part]:
    """The parts of a reference, in order, none over another."""
    taken = bytearray(len(piece))
    found: list[Part] = []
    for part in _candidates(piece):
        if part.end > part.start and not any(taken[part.start : part.end]):
            taken[part.start : part.end] = b"\1" * (part.end - part.start)
            found.append(part)
    return sorted(_accessed(piece, found), key=lambda part: part.start)


def _candidates(piece: str) -> Iterator[Part]:
    """What the typography offers; what comes first wins."""
    for match in URL.finditer(piece):
        yield Part("url", *match.span(), match[0])
    for name, form in (("quoted", _QUOTED), ("bracketed", _BRACKETED)):
        for match in form.finditer(piece):
            group = str(match.lastgroup)
            start, end = trimmed(piece, *match.span(group))
            yield Part(name, start, end, piece[start:end])
    yield from _dates(piece)
    for form in _CODES[:4]:
        for match in form.finditer(piece):
            yield Part("number", *match.span(), match[0])
    for form in _VOLUME:
        for match in form.finditer(piece):
            for name in ("volume", "issue"):
                if match.groupdict().get(name):
                    yield Part(name, *match.span(name), match[name])
    for match in _KOREAN_SERIES.finditer(piece):
        start, end = _without_acronym(match)
        yield Part("number", start, end, piece[start:end])
    for match in _SERIES.finditer(piece):
        said = match["words"].lower().split()
        if re.search(r"[-–]", match["code"]) or any(w in words("series_words") for w in said):
            yield Part("number", *match.span(), match[0])
    for match in _PAGES.finditer(piece):
        group = "a" if match["a"] else "b"
        yield Part("pages", *match.span(group), _pages(match[group]))
    for match in (*_CODES[4].finditer(piece), *_BARE_SERIES.finditer(piece)):
        yield Part("number", *match.span(), match[0])
    for match in pattern("locator").finditer(piece):
        if match.start() == 0 or not piece[match.start() - 1].isalnum():
            yield Part("locator", *match.span(), match[0])
    for name, form in (("newspaper", newspaper()), ("site", site())):
        for match in form.finditer(piece):
            if _stands_alone(piece, *match.span()):
                yield Part(name, *match.span(), match[0])
    for match in _BARE_PAGES.finditer(piece):
        yield Part("pages", *match.span("a"), _pages(match["a"]))


def _without_acronym(match: re.Match[str]) -> tuple[int, int]:
    """The series without the publisher's acronym before it: the `연구총서 23-04` of `KINU 연구총서 23-04`."""
    start, end = match.span()
    hangul = HANGUL.search(match[0])
    return (start + hangul.start() if hangul and match[0][: hangul.start()].isupper() else start), end


def _pages(text: str) -> str:
    """Page numbers with a plain hyphen and no space, `12-15, 20`."""
    return re.sub(r"\s*,\s*", ", ", re.sub(r"\s*[-–—~∼～]\s*", "-", text.strip()))


def _stands_alone(piece: str, start: int, end: int) -> bool:
    """Whether a name is a member of its own, not a word in a sentence."""
    before = piece[:start].rstrip()
    after = re.sub(r"^\s*\([A-Z]{2,6}\)", "", piece[end:]).lstrip()
    if (
        before
        and before[-1] not in ",.;:”\"’'」』〉》≫(“？?!"
        and not re.search(r"\b(?:in|see|and|of)$|[가-힣][은는부처원회]$", before)
    ):
        return False
    after = re.sub(r"^(?:인터넷판|온라인판|영문판|online)\s*", "", after)
    return (
        not after or after[0] in ',.;:)(<「“"’‘]' or after[0].isdigit() or bool(re.match(rf"(?:{_MONTHS}|주체)", after))
    )


def _dates(piece: str) -> Iterator[Part]:
    language = Language.KO if HANGUL.search(piece) else Language.EN
    spoken = [
        found
        for found in find_dates(piece, language=language)
        if found.type is DateType.DATE and found.anchor is None and found.value[:4].isdigit() and "X" not in found.value
    ]
    for found in spoken:
        if len(found.value) == 10:
            yield Part("date", found.start, found.end, found.value)
    for form in _DATES:
        for match in form.finditer(piece):
            start, end = match.span()
            if form is _DATES[-1] or "day" in form.groupindex or _BOUND_BEFORE.search(piece[:start]):
                yield Part("date", start, end, _edtf(match))
    for found in spoken:
        if (
            not found.value.isdigit()
            and _BOUND_BEFORE.search(piece[: found.start])
            and _BOUND_AFTER.match(piece, found.end)
        ):
            yield Part("date", found.start, found.end, found.value)


def _edtf(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if groups.get("short"):
        groups["year"] = "20" + groups["short"]
    month = groups.get("month") or (str(_ORDER.index(groups["name"][:3].lower()) + 1) if groups.get("name") else None)
    if not month or not 1 <= int(month) <= 12:
        return groups["year"] or ""
    day = groups.get("day")
    value = f"{groups['year']}-{int(month):02}"
    return f"{value}-{int(day):02}" if day and 1 <= int(day) <= 31 else value


def _accessed(piece: str, parts: list[Part]) -> Iterator[Part]:
    """The parts, with the date of a visit told from that of the page."""
    said = [match.end() for match in pattern("accessed").finditer(piece)]
    for part in parts:
        visited = any(0 <= part.start - end <= 2 for end in said) or _VISITED.match(piece, part.end)
        yield part._replace(name="accessed") if part.name == "date" and visited else part
