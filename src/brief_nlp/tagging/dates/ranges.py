"""Stretches with two ends: decades, weekdays, `the two years after that`, `the week of January 8`."""

from __future__ import annotations

from datetime import date, timedelta

from brief_nlp.schema import DateType
from brief_nlp.tagging.dates import calendar, words
from brief_nlp.tagging.dates.context import Context, Groups, Read
from brief_nlp.tagging.dates.relative import PRECISION, moved, read_weekday
from brief_nlp.tagging.dates.values import read_day, read_month


def interval(start: str, end: str, anchor: str | None = None) -> Read:
    """A reading of type interval."""
    return Read(DateType.INTERVAL, f"{start}/{end}", None, anchor)


def week_around(day: date) -> str:
    """The week of a day, from its Monday to its Sunday."""
    monday = day - timedelta(days=day.weekday())
    return f"{monday}/{monday + timedelta(days=6)}"


def read_decade_range(groups: Groups, context: Context) -> Read | None:  # noqa: ARG001
    """`from the 1950s to the 1980s`, `1960~70년대`."""
    start = str(groups["decade"])[:3]
    end = str(groups["decade2"])[:3] if groups.get("decade2") else start[:2] + str(groups["tens2"])[0]
    return interval(f"{start}X", f"{end}X") if start < end else None


def read_weekday_range(groups: Groups, context: Context) -> Read | None:
    """`from Monday to Thursday`: the second day is the first such one after the first."""
    first = read_weekday({"weekday": groups["weekday"]}, context)
    start = context.day(first.value) if first else None
    if first is None or start is None:
        return None
    days = (words.WEEKDAYS[str(groups["weekday2"])[:3].lower()] - start.weekday()) % 7
    return interval(first.value, str(start + timedelta(days=days)), "published") if days else None


def read_week_of_day(groups: Groups, context: Context) -> Read | None:
    """`the week of January 8, 2024`."""
    day = read_day(
        {**groups, "month": groups.get("month") or groups.get("month_b"), "d": groups.get("d") or groups.get("d_b")},
        context,
    )
    found = context.day(day.value) if day and day.value[:4].isdigit() else None
    return Read(DateType.DATE, week_around(found), None, day.anchor) if found and day else None


def read_first_days(groups: Groups, context: Context) -> Read | None:
    """`the first ten days of January 2024`."""
    count = int(words.number(groups["n"]) or 0) * (7 if groups.get("unit") == "weeks" else 1)
    month = read_month(groups, context)
    first, last = calendar.bounds(month.value)
    if first is None or last is None or not 1 < count < int(last[-2:]):
        return None
    if str(groups["side"]).lower() == "first":
        return interval(first, f"{month.value}-{count:02d}", month.anchor)
    return interval(f"{month.value}-{int(last[-2:]) - count + 1:02d}", last, month.anchor)


def read_units_after_that(groups: Groups, context: Context) -> Read | None:
    """`the two years after that`, `the four weeks that followed`: what lies next to the date last spoken of."""
    count, unit = int(words.number(groups["n"]) or 0), words.unit(str(groups["unit"]))
    base_value = context.near(PRECISION.get(unit, 4))
    base = context.day(base_value)
    if base is None or count < 1:
        return None
    back = (groups.get("side") or "").lower() == "before"
    if unit in ("day", "week"):
        far = base + timedelta(days=count * (7 if unit == "week" else 1) * (-1 if back else 1))
        near = base if unit == "week" else base + timedelta(days=-1 if back else 1)
        ends = sorted((str(near), str(far)))
    else:
        ends = sorted((moved(base, unit, -1 if back else 1), moved(base, unit, -count if back else count)))
    return (
        interval(ends[0], ends[1], base_value) if ends[0] < ends[1] else Read(DateType.DATE, ends[0], None, base_value)
    )
