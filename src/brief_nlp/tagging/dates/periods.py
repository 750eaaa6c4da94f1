"""Periods told by another one: `the year-earlier quarter`, `the same period last year`, `the first nine months`."""

from __future__ import annotations

import re
from datetime import timedelta

from brief_nlp.schema import DateType
from brief_nlp.tagging.dates import calendar, words
from brief_nlp.tagging.dates.clock import at_time
from brief_nlp.tagging.dates.context import NEAR, Context, Groups, Read, dated
from brief_nlp.tagging.dates.relative import moved

YEAR, MONTH = 4, 7  # characters of an EDTF year and month; a quarter is as long as a month
FAR = 600  # characters over which "the same period" still means the one last spoken of
JULY = 7
WEDNESDAY, SATURDAY = 2, 5
_STEPS = {"this": 0, "this year": 0, "the preceding": -1, "": -1}


def years_away(value: str, step: int) -> str | None:
    """The same period of another year; None where there is no such day."""
    ends = [f"{int(end[:4]) + step:04d}{end[4:]}" if end[:4].isdigit() else end for end in value.split("/")]
    return None if any(len(end) == 10 and calendar.bounds(end)[0] is None for end in ends) else "/".join(ends)


def read_same_period(groups: Groups, context: Context) -> Read | None:
    """`the year-earlier quarter`, `지난해 같은 기간`: the period last spoken of, of another year.

    Where no part of a year was spoken of, the words mean the year.
    """
    spoken = context.period if context.at_start - context.period_at <= FAR else None
    spoken = None if spoken and len(spoken) == len("2021/2023") else spoken
    which = re.sub(r"\s+", " ", groups.get("which") or "").lower()
    kind = (groups.get("kind") or groups.get("kind_b") or "").lower()
    if groups.get("year"):
        year = int(str(groups["year"]))
    else:
        by_text = not which or which.startswith("the ") or which in words.YEARS_OF_THE_TEXT
        base = (spoken or context.near() if by_text else None) or context.published or ""
        if not base[:YEAR].isdigit():
            return dated("PAST_REF")
        year = int(base[:YEAR]) + {**words.YEAR_NAMES, **_STEPS}[which]
    if spoken is None or not _fits(spoken, kind):
        return Read(DateType.DATE, str(year), None, "published", compared=True)
    value = years_away(spoken, year - int(spoken[:YEAR]))
    if value is None:
        return None
    return Read(DateType.INTERVAL if "/" in value else DateType.DATE, value, None, spoken, compared=True)


def _fits(value: str, kind: str) -> bool:
    """Whether a value is a quarter, month or half, where the words say that it is one."""
    number = int(value[5:7]) if len(value) == MONTH and value[5:7].isdigit() else 0
    if kind in ("quarter", "분기"):
        return 32 < number < 37
    if kind in ("month", "달", "월"):
        return 0 < number < 13
    if kind in ("day", "날"):
        return len(value) == len("2024-01-15")
    return True


def read_the_period(groups: Groups, context: Context) -> Read | None:  # noqa: ARG001
    """`같은 기간`: the stretch of time last spoken of."""
    if context.period is None or context.at_start - context.period_at > NEAR:
        return None
    kind = DateType.INTERVAL if "/" in context.period else DateType.DATE
    return Read(kind, context.period, None, context.period)


def read_quarter_of_year(groups: Groups, context: Context) -> Read:
    """`the 1989 quarter`, `the 1989 period`: the quarter or months last spoken of, of that year."""
    return read_same_period(groups, context) or dated(str(groups["year"]))


_FIGURES = re.compile(
    r"%|\b(?:per ?cent|sales|profits?|net|income|earn\w*|revenues?|growth|exports?|imports?|output|trade|GDP|budget"
    r"|loss\w*|million|billion|results|production|economy)\b"
)


def read_half_alone(groups: Groups, context: Context) -> Read | None:
    """`sales in the first half`: of the year spoken of, else of the last one begun; a match has halves too."""
    if not _FIGURES.search(context.before) and not _FIGURES.search(context.after):
        return None
    second = str(groups["half"]).lower() == "second"
    base = context.day(context.near() or context.published)
    if base is None:
        return None
    by_publication = context.near() is None or context.near() == context.published
    year = base.year - (by_publication and second and base.month < JULY and not context.ahead)
    return dated(f"{year}-{41 if second else 40}", None, "published")


def read_first_months(groups: Groups, context: Context) -> Read | None:
    """`the first nine months`: of the year spoken of, else of the last one in which they had passed."""
    count = int(words.number(groups["n"]) or 0)
    base = context.day(context.told or context.published)
    if base is None or not 1 < count < 12:
        return None
    year = base.year - (context.told in (None, context.published) and count > base.month)
    if str(groups["side"]).lower() == "first":
        return Read(DateType.INTERVAL, f"{year}-01/{year}-{count:02d}", None, "published")
    return Read(DateType.INTERVAL, f"{year}-{13 - count:02d}/{year}-12", None, "published")


def read_quarters_of_year(groups: Groups, context: Context) -> Read | None:  # noqa: ARG001
    """`the first three quarters of 2015`."""
    count = int(words.number(groups["n"]) or 0)
    if not 1 < count < 4:
        return None
    first, last = (33, 32 + count) if str(groups["side"]).lower() == "first" else (37 - count, 36)
    return Read(DateType.INTERVAL, f"{groups['year']}-{first}/{groups['year']}-{last}")


def read_weekend(groups: Groups, context: Context) -> Read:
    """`over the weekend`, `this weekend`: the one that the verb means; without a verb, till Wednesday the last."""
    which = (groups.get("which") or "").lower()
    by_text = context.near(9) if which in ("that", "the same", "the following", "the previous") else None
    base_value = by_text or context.published
    base = context.day(base_value)
    if base is None or len(base_value or "") < len("2024-01-15"):
        return dated("PAST_REF" if which == "last" else "FUTURE_REF" if which == "next" else "PRESENT_REF")
    step = {"last": -1, "next": 1, "the following": 1, "the previous": -1}.get(which, 0)
    if not step and not by_text and base.weekday() < SATURDAY:
        comes = (
            context.ahead
            or context.fixed
            or (context.ahead is None and (which == "this" or base.weekday() > WEDNESDAY))
        )
        step = 0 if comes else -1
    return dated(moved(base, "weekend", step), None, "published" if not by_text else str(by_text))


def read_weekday_from(groups: Groups, context: Context) -> Read | None:
    """`the previous Friday`: from the day last spoken of."""
    near = context.near(10)
    base = context.day(near or context.published)
    if base is None or len(near or context.published or "") < len("2024-01-15"):
        return None
    wanted = words.WEEKDAYS[str(groups["weekday"])[:3].lower()]
    if str(groups["which"]).lower() in ("the previous", "the preceding"):
        there = base - timedelta(days=(base.weekday() - wanted) % 7 or 7)
    else:
        there = base + timedelta(days=(wanted - base.weekday()) % 7 or 7)
    return at_time(str(there), groups, near or "published")


def read_whole_day(groups: Groups, context: Context) -> Read | None:  # noqa: ARG001
    """`ended the day`, `later in the day`: the day spoken of just before, else that of publication."""
    near = context.near(10, 200)
    value = near or context.published or ""
    if len(value) != len("2024-01-15"):
        return None
    return dated(value, None, near or "published")


def read_season_of_year(groups: Groups, context: Context) -> Read | None:
    """`this season`, `last season`, as sports have it: by the year."""
    base = context.day(context.published)
    if base is None:
        return None
    return dated(str(base.year + {"last": -1, "next": 1}.get(str(groups["which"]).lower(), 0)), None, "published")
