"""Expressions that name their time: days, months, years, ranges, decades, quarters.

Each function takes the groups of a match and a context and returns a `Read`, or None where the words
are no date after all. Convention: a day without a year falls into the year last spoken of nearby, else
it is the last such day before publication (the next one after "will" and the like).
"""

from __future__ import annotations

from brief_nlp.schema import DateType
from brief_nlp.tagging.dates import calendar, words
from brief_nlp.tagging.dates.context import Context, Groups, Read, dated


def _year_of(groups: Groups, context: Context, month: int, day: int | None) -> tuple[str, str | None]:
    """(year as digits or XXXX, what it was resolved against)."""
    if groups.get("year"):
        return str(groups["year"]), None
    near = context.near
    if near and near != context.published and near[:4].isdigit():
        return near[:4], near
    if not context.published:
        return "XXXX", None
    year = int(context.published[:4])
    latest = calendar.bounds(context.published)[1]
    future = context.of_the_future
    candidate = calendar.day(year, month, day) if day else calendar.month(year, month) + "-01"
    if latest and candidate and candidate > latest and not future:
        year -= 1
    return str(year), "published"


def _month_of(groups: Groups, key: str = "") -> int:
    name = groups.get(f"month{key}")
    return words.month_number(name) if name else int(groups[f"m{key}"] or 0)


def _day_value(year: str, month: int, number: int) -> str | None:
    if year.isdigit():
        return calendar.day(int(year), month, number)
    return f"{year}-{month:02d}-{number:02d}"


def read_numeric(groups: Groups, context: Context) -> Read | None:  # noqa: ARG001
    """`2024-01-15`, `2024. 1. 15.`."""
    value = calendar.day(int(groups["year"] or 0), int(groups["m"] or 0), int(groups["d"] or 0))
    return dated(value) if value else None


def read_day(groups: Groups, context: Context) -> Read | None:
    """`January 16, 2024`, `16 January`, `1월 15일`."""
    month, number = _month_of(groups), int(groups["d"] or 0)
    year, anchor = _year_of(groups, context, month, number)
    value = _day_value(year, month, number)
    return dated(value, anchor=anchor) if value else None


def read_days(groups: Groups, context: Context) -> Read | None:
    """`January 23–24`."""
    return read_day_range({**groups, "month2": None, "m2": None, "year2": None}, context)


def read_day_range(groups: Groups, context: Context) -> Read | None:
    """`January 23 to February 2, 2024`, `1월 23~24일`."""
    month, number, last = _month_of(groups), int(groups["d"] or 0), int(groups["d2"] or 0)
    month2 = _month_of(groups, "2") if groups.get("month2") or groups.get("m2") else month
    later = groups.get("year2") or groups.get("year")
    if groups.get("year") or not groups.get("year2"):
        year, anchor = _year_of(groups, context, month, number)
    else:
        year, anchor = str(int(groups["year2"] or 0) - (month > month2)), None
    year2 = later or (str(int(year) + 1) if year.isdigit() and month2 < month else year)
    start, end = _day_value(year, month, number), _day_value(year2, month2, last)
    if not start or not end or (year.isdigit() and start >= end):
        return None
    return Read(DateType.INTERVAL, f"{start}/{end}", None, anchor)


def read_days_only(groups: Groups, context: Context) -> Read | None:
    """`23~24일`, of the month last spoken of."""
    base = context.day(context.near)
    number, last = int(groups["d"] or 0), int(groups["d2"] or 0)
    if base is None or not context.near or len(context.near) < 7 or number >= last:
        return None
    start, end = calendar.day(base.year, base.month, number), calendar.day(base.year, base.month, last)
    return Read(DateType.INTERVAL, f"{start}/{end}", None, context.near) if start and end else None


def read_month(groups: Groups, context: Context) -> Read:
    """`March 2023`, `late March`, `2024년 1월 말`."""
    number = _month_of(groups)
    year, anchor = _year_of(groups, context, number, None)
    return dated(f"{year}-{number:02d}", words.part(groups.get("part")), anchor)


def read_bare_month(groups: Groups, context: Context) -> Read | None:
    """`3월`."""
    return read_month(groups, context) if context.near or context.published else None


def read_named_month(groups: Groups, context: Context) -> Read | None:
    """`that January`, `last March`."""
    number = _month_of(groups)
    which = (groups.get("which") or "").lower()
    anchor = context.near if which.startswith(("that", "the")) else context.published
    base = context.day(anchor)
    if base is None:
        return dated(f"XXXX-{number:02d}")
    step = {"last": -(number >= base.month), "next": number <= base.month, "the following": number <= base.month}
    year = base.year + int(step.get(which, 0)) - (which == "the previous" and number >= base.month)
    return dated(calendar.month(year, number), None, "published" if anchor == context.published else anchor)


def read_month_range(groups: Groups, context: Context) -> Read | None:  # noqa: ARG001
    """`from March to May 2023`."""
    first, last = _month_of(groups), _month_of(groups, "2")
    year2 = groups.get("year2") or groups.get("year")
    year = groups.get("year") or str(int(year2 or 0) - (first > last))
    start, end = f"{year}-{first:02d}", f"{year2}-{last:02d}"
    return Read(DateType.INTERVAL, f"{start}/{end}") if start < end else None


def read_year(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`2016`, `FY2024`, `late 2023`, `2016년`."""
    return dated(str(groups["year"]), words.part(groups.get("part")))


def read_year_range(groups: Groups, context: Context) -> Read | None:  # noqa: ARG001
    """`between 1994 and 1998`, `1994–98`."""
    start = str(groups["year"])
    end = groups.get("year2") or start[:2] + str(groups.get("short"))
    return Read(DateType.INTERVAL, f"{start}/{end}") if start < end else None


def read_juche(groups: Groups, context: Context) -> Read | None:  # noqa: ARG001
    """`Juche 113 (2024)`, `주체113(2024)년`; Juche 1 is 1912."""
    year = int(groups["juche"] or 0) + 1911  # Juche 1 is 1912
    said = groups.get("year") or groups.get("year_b")
    if said and int(said) != year:
        year = int(said)
    if groups.get("m") and groups.get("d"):
        value = calendar.day(year, int(groups["m"] or 0), int(groups["d"] or 0))
        return dated(value) if value else None
    return dated(calendar.month(year, int(groups["m"] or 0)) if groups.get("m") else f"{year:04d}")


def read_decade(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`the late 1990s`, `90년대 초`."""
    decade = groups.get("decade") or "19" + str(groups["tens"])
    return dated(decade[:3] + "X", words.part(groups.get("part")))


def read_century(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`the 20th century`."""
    return dated(f"{int(groups['century'] or 0) - 1:02d}XX", words.part(groups.get("part")))


def read_quarter(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`the third quarter of 2020`."""
    quarter = int(groups["q"] or 0) if groups.get("q") else words.ORDINALS[str(groups["nth"])]
    return dated(f"{groups['year']}-{32 + quarter}")


def read_season(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`spring 2023`, with the codes 21 to 24 of ISO 8601-2."""
    return dated(f"{groups['year']}-{words.SEASONS[str(groups['season'])]}")
