"""Dates as TIMEX3, the annotation of TimeML (ISO 24617-1; https://timeml.github.io/site/publications/specs.html).

EDTF and TIMEX3 differ in how they write weeks, seasons, quarters, halves, decades and ranges. A range has
no value of its own in TIMEX3: where its two ends are told apart by a word, each becomes an expression of its own, and
months of a year in one expression ("the first nine months") become the quarter or half that they make, else a duration.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from brief_nlp.schema import DateMention, DateType

_TYPES = {DateType.TIME: "TIME", DateType.DURATION: "DURATION", DateType.SET: "SET"}
_MODS = {
    "start": "START",
    "mid": "MID",
    "end": "END",
    "approx": "APPROX",
    "less": "LESS_THAN",
    "more": "MORE_THAN",
    "equal_or_more": "EQUAL_OR_MORE",
    "equal_or_less": "EQUAL_OR_LESS",
}
# ISO 8601-2 codes for parts of a year
_PARTS = {
    **{21: "SP", 22: "SU", 23: "FA", 24: "WI"},
    **{33: "Q1", 34: "Q2", 35: "Q3", 36: "Q4"},
    **{40: "H1", 41: "H2"},
}
_ENDS = re.compile(r"\s(?:to|through|until|till|and)\s")
_PART_OF_YEAR = re.compile(r"([\dX]{4})-(\d{2})")
WEEK, WEEKEND = timedelta(days=6), timedelta(days=1)


class Timex3(NamedTuple):
    """A TIMEX3 element: offsets in the text, and its attributes; `mod` and `quant` are empty where there is none."""

    start: int
    end: int
    type: str
    value: str
    mod: str = ""
    quant: str = ""


def timex3(mentions: Iterable[DateMention]) -> Iterator[Timex3]:
    """The TIMEX3 elements of date mentions, in order; a range with two worded ends gives two."""
    for mention in mentions:
        ends = _ENDS.search(mention.text) if mention.type is DateType.INTERVAL else None
        if ends and ".." not in mention.value:
            first, last = mention.value.split("/")
            yield Timex3(mention.start, mention.start + ends.start(), "DATE", timex3_value(first))
            yield Timex3(mention.start + ends.end(), mention.end, "DATE", timex3_value(last))
            continue
        months = _months(mention.value) if mention.type is DateType.INTERVAL else None
        yield Timex3(
            mention.start,
            mention.end,
            "DURATION" if months else _TYPES.get(mention.type, "DATE"),
            f"P{months}M" if months else timex3_value(mention.value),
            _MODS.get(mention.mod or "", ""),
            "EVERY" if mention.type is DateType.SET else "",
        )


def timex3_value(value: str) -> str:
    """A value in TIMEX3's writing."""
    if "/" in value:
        return _part(value) or _week(*value.split("/", 1)) or value
    part = _PART_OF_YEAR.fullmatch(value)
    if part and int(part[2]) in _PARTS:
        return f"{part[1]}-{_PARTS[int(part[2])]}"
    if value.startswith("PX0"):
        return {"PX0Y": "PXDE", "PX00Y": "PXCE"}.get(value, value)
    if value[:1].isdigit() and "-" not in value:
        return value.rstrip("X")  # decades and centuries by their first digits
    return value


_MONTHS = re.compile(r"(\d{4})-(0[1-9]|1[0-2])/\1-(0[1-9]|1[0-2])")
_PARTS_BY_MONTHS = {
    **{("01", "03"): "Q1", ("04", "06"): "Q2", ("07", "09"): "Q3", ("10", "12"): "Q4"},
    **{("01", "06"): "H1", ("07", "12"): "H2"},
}


def _part(value: str) -> str | None:
    """A quarter or half that is written by its months."""
    months = _MONTHS.fullmatch(value)
    part = _PARTS_BY_MONTHS.get((months[2], months[3])) if months else None
    return f"{months[1]}-{part}" if months and part else None


def _months(value: str) -> int | None:
    """How many months a stretch of some of a year has; None where it is a quarter, a half or no such stretch."""
    months = _MONTHS.fullmatch(value)
    return None if months is None or _part(value) else int(months[3]) - int(months[2]) + 1


def _week(first: str, last: str) -> str | None:
    """A week or weekend written as such; None where the days make up none."""
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    year, week, weekday = start.isocalendar()
    if end - start == WEEK and weekday == 1:
        return f"{year}-W{week:02d}"
    if end - start == WEEKEND and weekday == 6:
        return f"{year}-W{week:02d}-WE"
    return None


def marked_up(text: str, mentions: Iterable[DateMention]) -> str:
    """The text with TIMEX3 tags around its dates, as the inside of a TimeML document."""
    parts, at = [], 0
    for number, timex in enumerate(timex3(mentions), 1):
        attributes = {"tid": f"t{number}", "type": timex.type, "value": timex.value, "mod": timex.mod}
        told = " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items() if value)
        quant = f" quant={quoteattr(timex.quant)}" if timex.quant else ""
        parts += [escape(text[at : timex.start]), f"<TIMEX3 {told}{quant}>", escape(text[timex.start : timex.end])]
        parts.append("</TIMEX3>")
        at = timex.end
    return "".join([*parts, escape(text[at:])])
