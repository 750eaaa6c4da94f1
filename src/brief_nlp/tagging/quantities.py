"""Figures: value or range, unit, what is counted, per what. Dates, labels and ordinals are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from brief_nlp.rule_files import rule_file
from brief_nlp.schema import DateMention, Language, Quantity
from brief_nlp.tagging.dates.words import number as word_number

_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?)"
_WORDS = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
)
_TO = r"(?:\s?[-–—~∼]\s?|\sto\s|\sand\s)"
_APPROX_EN = (
    r"(?P<approx>about|around|approximately|some|nearly|almost|roughly|an estimated|more than|over|up to|at least"
    r"|less than|fewer than|as many as|as much as)\s"
)
_NO_FIGURE_BEFORE = re.compile(
    r"(?:\b(?:pp?|art|article|no|vol|chapter|paragraph|section|resolution|figure|table|page|CO|Hwasong|Juche|covid)[-.\s]{0,2}|[#№§제]|결의|결정|훈령|명령|포고)\s?$",
    re.I,
)
_OF_WHAT = re.compile(r"\s(?:in|of)\s(?:the\s|its\s)?")
# what a part is taken of: 11 of the 16 staff, ten of the cases
_OF_ALL = re.compile(
    rf"\sof\s(?:all\s)?(?:(?:the|its|their|his|her|our|these|those)\s)?(?:(?:{_NUMBER}|{_WORDS})\s)?(?=[A-Za-z])", re.I
)
_PER_KO = re.compile(r"(?:(?<!\d)1\s?)?([가-힣·]{1,8}?|k?g|t|km|㎡|ha)당\s?(?:(?:평균|약|최대|최소)\s?)?$")
_SKIPPED_ADJECTIVES = 3  # words between a figure and the noun it counts


def _data() -> dict[str, Any]:
    return rule_file("tagging", "units")


@cache
def _units(language: Language) -> dict[str, str]:
    return {form: code for code, forms in _data()[language].items() for form in forms}


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    units = "|".join(sorted(map(re.escape, _units(language)), key=lambda form: (-len(form), form)))
    if language is Language.KO:
        digits = rf"(?:{_NUMBER}|[수몇](?=[십백천만억조]))"
        figure = rf"{digits}(?:여\s?)?"
        figure += r"(?:\s?[십백천만억조]{1,4}(?:\s?\d{1,4}[십백천만억조]{1,4}){0,4}(?:\s?\d{1,4})?)?"
        counters = "|".join(sorted(_data()["counters"], key=len, reverse=True))
        return re.compile(
            rf"(?P<approx>약|대략|거의|최소|최대)?\s?(?<![\w.])(?P<low>{figure})"
            rf"(?:\s?[~∼–-]\s?(?P<high>{figure}))?(?P<more>여)?\s?"
            rf"(?:(?P<unit>{units})|(?P<counter>{counters}))(?P<after>\s?(?:이상|이하|미만|가량|정도|안팎))?(?![A-Za-z])"
        )
    magnitude = "|".join(_data()["magnitudes_en"])
    figure = rf"(?:{_NUMBER}|{_WORDS})"
    return re.compile(
        rf"(?:{_APPROX_EN})?(?<![\w.,/:–-])(?P<symbol>US\$\s?|[$€£₩¥]|(?:USD|KRW|KPW|CNY|RMB|RUB|JPY|EUR|GBP)(?=\s?\d)\s?)?(?P<low>{figure})(?:{_TO}(?P<high>{figure}))?"
        rf"(?:[\s-](?P<magnitude>{magnitude}))?(?P<unit>\s?(?:{units})\b|\s?%|-fold\b)?(?![\dxX×])(?!-\d|,\d|\.\d|th\b|st\b|nd\b|rd\b)",
        re.I,
    )


def find_quantities(text: str, *, language: Language, dates: Sequence[DateMention] = ()) -> tuple[Quantity, ...]:
    """The figures of a text, in order; what lies inside one of `dates` is left out."""
    taken = sorted((found.start, found.end) for found in dates)
    read = _read_korean if language is Language.KO else _read_english
    found: list[Quantity] = []
    at = 0
    pattern, place = _pattern(language), 0
    while match := pattern.search(text, place):
        start, end = match.span("low")
        place = max(match.end(), place + 1)
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        if at < len(taken) and taken[at][0] < end:
            place = max(end, taken[at][1])  # a figure behind "to" is one of its own: from 11,500 in 2025 to 23,800
            continue
        if _NO_FIGURE_BEFORE.search(text[max(0, start - 14) : start]):
            continue
        quantity = read(text, match)
        if quantity:
            found.append(quantity)
    return tuple(found)


def _value(text: str) -> float | None:
    plain = text.replace(",", "")
    return word_number(plain)


def _read_english(text: str, match: re.Match[str]) -> Quantity | None:
    low, high = _value(match["low"].lower()), _value(match["high"].lower()) if match["high"] else None
    if low is None or (high is not None and high <= low):
        return None
    factor = _data()["magnitudes_en"].get((match["magnitude"] or "").lower(), 1)
    unit = _data()["symbols"].get((match["symbol"] or "").strip().upper()) or _unit_of(match["unit"], Language.EN)
    link = re.match(r"\s(?:of|in)(?=\s)", text[match.end() : match.end() + 5]) if unit else None
    counted, after = _counted_after(text, match.end() + (link.end() if link else 0), mass=unit is not None)
    if counted and (of := _OF_WHAT.match(text, after)) and counted.rsplit(" ", 1)[-1] in _data()["changes_en"]:
        counted, after = _counted_after(text, of.end() - 1, mass=True)
    if unit is None and counted is None and (whole := _OF_ALL.match(text, match.end())):
        counted, after = _counted_after(text, whole.end() - 1)
    if unit is None and counted is None:
        return None
    start = (
        match.start("approx") if match["approx"] else match.start("symbol") if match["symbol"] else match.start("low")
    )
    return Quantity(
        start=start,
        end=match.end(),
        text=text[start : match.end()],
        value=low * factor,
        high=high * factor if high is not None else None,
        unit=unit,
        counted=counted,
        per=_per(text, after),
        approx=bool(match["approx"]),
        by="quantities/en.figure",
    )


def _unit_of(words: str | None, language: Language) -> str | None:
    if not words:
        return None
    table = _units(language)
    plain = words.strip()
    return table.get(plain) or table.get(plain.lower())


def _counted_after(text: str, at: int, *, mass: bool = False) -> tuple[str | None, int]:
    """(the noun phrase that follows, where it ends): the words up to the first that cannot belong to it.

    Without a unit it is a plural; what is measured may be a `mass`, one word in the singular.
    """
    words: list[str] = []
    place = at
    for match in re.finditer(r"\s+([A-Za-z][\w'’-]{0,40})|(\S)", text[at : at + 120]):
        word = match[1]
        if word is None or word in _data()["not_counted_en"]:  # as it is written: 38 miles north, 54,000 North Koreans
            break
        words.append(word)
        place = at + match.end()
        plural = word.endswith("s") and not word.endswith("ss")
        if (
            len(words) > _SKIPPED_ADJECTIVES
            or plural
            or word.lower() in _data()["counted_singular_en"]
            or word.lower() in _data()["plural_en"]
        ):
            break
    singular = _data()["counted_singular_en"]
    nouns = words if any(word.endswith("s") or word.lower() in _data()["plural_en"] for word in words) else []
    if words and not nouns and ((mass and len(words) == 1) or words[-1].lower() in singular):
        nouns = words
    return (" ".join(nouns) or None), place


def _per(text: str, at: int) -> str | None:
    match = re.match(r"\s(?:per|a|each|every|for every)\s([a-z]+(?:\s(?:or|and)\s[a-z]+)?)", text[at : at + 60])
    return match[1] if match else ("year" if re.match(r"\s(?:annually|a year)", text[at : at + 12]) else None)


def _read_korean(text: str, match: re.Match[str]) -> Quantity | None:
    low, high = _korean_value(match["low"]), _korean_value(match["high"]) if match["high"] else None
    if low is None or (high is not None and high <= low):
        return None
    if low == 1 and text.startswith("당", match.end()):
        return None  # what another figure is given per
    unit = _unit_of(match["unit"], Language.KO)
    counter = match["counter"]
    counted = (_data()["counters"].get(counter) or _noun_around(text, match)) if counter else None
    approx = bool(
        match["approx"] or match["more"] or match["after"] or "여" in match["low"] or match["low"][0] in "수몇"
    )
    start = match.start("approx") if match["approx"] else match.start("low")
    return Quantity(
        start=start,
        end=match.end(),
        text=text[start : match.end()].strip(),
        value=low,
        high=high,
        unit=unit,
        counted=counted,
        per=_korean_per(text, match.start()),
        approx=approx,
        by="quantities/ko.figure",
    )


def _korean_value(text: str | None) -> float | None:
    """`3천여`, `1억 2천만`, `3,305` as a number; 수 and 몇 stand for one of their magnitude."""
    if not text:
        return None
    plain = text.replace(",", "").replace("여", "").replace(" ", "")
    plain = re.sub(r"^[수몇]", "1", plain)
    total = section = 0.0
    magnitudes = _data()["magnitudes_ko"]
    for digits, marks in re.findall(r"(\d+(?:\.\d+)?)?([십백천만억조]*)", plain):
        if not digits and not marks:
            continue
        part = float(digits) if digits else 1.0
        for mark in marks:
            if magnitudes[mark] >= 1e4:
                total += (section + part) * magnitudes[mark] if part or section else magnitudes[mark]
                section, part = 0.0, 0.0
            else:
                part *= magnitudes[mark]
        section += part
    return total + section


def _noun_around(text: str, match: re.Match[str]) -> str | None:
    """What a counter counts: the noun after `개의`, else the one before the figure."""
    after = re.match(
        r"의\s([가-힣]{2,12}?)(?:을|를|이|가|은|는|에|으로|로|과|와|도)?(?=[\s,.])",
        text[match.end() : match.end() + 20],
    )
    if after:
        return after[1]
    plain = re.match(
        r"\s([가-힣]{1,10}?)(?:을|를|이|가|은|는|에|에서|으로|로|과|와|도|의)(?=[\s,.])",
        text[match.end() : match.end() + 16],
    )
    if plain:
        return plain[1]
    parted = re.match(r"\s([가-힣]{2,10})\s(?:가운데|중)(?![가-힣])", text[match.end() : match.end() + 16])
    if parted:
        return parted[1]
    lead = text[max(0, match.start() - 20) : match.start()]
    before = re.search(r"([가-힣]{2,12}?)(?:을|를|이|가|은|는)?\s?(?:(?:가운데|중)\s?)?$", lead)
    return before[1] if before and before[1] not in _data()["not_counted_ko"] else None


def _korean_per(text: str, start: int) -> str | None:
    before = _PER_KO.search(text[max(0, start - 14) : start])
    return _data()["counters"].get(before[1]) or before[1] if before else None
