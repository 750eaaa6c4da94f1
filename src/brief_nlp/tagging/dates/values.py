"""Expressions that name their time: days, months, years, ranges, decades, quarters.

Each function takes the groups of a match and a context and returns a `Read`, or None where the words
are no date after all. Convention: a day without a year falls into the year last spoken of nearby, else
it is the last such day before publication; the next one where the verb says so, or where it is near
and no verb says that it is past.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from brief_nlp.schema import DateType, Language
from brief_nlp.tagging.dates import calendar, words
from brief_nlp.tagging.dates.clock import at_time
from brief_nlp.tagging.dates.context import FAR_BACK, SOON, Context, Groups, Read, dated

MONTHS_A_YEAR = 12
WINTER, WINTER_ENDS = 24, 2  # in January and February "last winter" is not the one that still lasts


def _year_of(groups: Groups, context: Context, month: int, day: int | None) -> tuple[str, str | None]:
    """(year as digits or XXXX, what it was resolved against)."""
    if groups.get("year") or groups.get("year_b"):
        return str(groups.get("year") or groups["year_b"]), None
    if groups.get("which"):
        return year_named(str(groups["which"]), context)
    if same := _year_of_sentence(context):
        return same[:4], same
    told = None if day and _is_news(month, day, context) else context.told
    if told and told != context.published and told[:4].isdigit() and _is_spoken_of(told[:4], context):
        return str(int(told[:4]) + _turned(told, month, context)), told
    year = _year_by_publication(context, month, day)
    return (str(year), "published") if year else ("XXXX", None)


NEWS = 31  # days before publication


def _is_news(month: int, day: int, context: Context) -> bool:
    """Whether a paragraph after the one that told a story speaks of a day shortly before publication."""
    published = context.published or ""
    first, last = calendar.bounds(published) if len(published) >= len("2024-01") else (None, None)
    said = calendar.day(int(first[:4]), month, day) if first else None
    if first is None or last is None or said is None or context.story_at >= context.paragraph:
        return False
    return said <= last and date.fromisoformat(first) - date.fromisoformat(said) <= timedelta(days=NEWS)


_COMPARED = re.compile(r"^[^,]{0,14}(?:보다|대비|비해|이후|이래|이전|같은|동기)")


def _year_of_sentence(context: Context) -> str | None:
    """The date whose year a Korean sentence has named before, unless it is only compared with."""
    if context.language is not Language.KO:
        return None
    same = context.near(4, len(context.before))
    if same is None or not same[:4].isdigit():
        return None
    between = context.before[len(context.before) - (context.at_start - context.spoken[4][1]) :]
    return None if _COMPARED.match(between) else same


def _year_by_publication(context: Context, month: int, day: int | None) -> int | None:
    """The year of a day or month that names none: that of publication, moved by what the verb says and what is near."""
    first, last = calendar.bounds(context.published) if context.published else (None, None)
    if first is None or last is None:
        return None
    year = int(first[:4])
    said = calendar.day(year, month, day or 1)
    if said is None or len(context.published or "") < len("2024-01"):
        return year - bool(said and said > last and not context.ahead)
    ends = calendar.bounds(said if day else said[:7])[1] or said
    told_of_it = str(year) <= (context.told or "") <= last
    if ends < first and (context.ahead or context.fixed) and not told_of_it:
        return year + 1
    if said > last and not context.ahead:
        near = date.fromisoformat(said) - date.fromisoformat(last) <= timedelta(days=SOON)
        if context.language is Language.KO and not day and context.told_as_fact:
            return year
        return year if context.fixed or (near and context.ahead is None) else year - 1
    return year


HALF_A_YEAR = 6


def _turned(told: str, month: int, context: Context) -> bool:
    """Whether a month is that of the year after the one told of, as a story goes on: January, after October."""
    if len(told) < len("2024-01") or int(told[5:7]) - month < HALF_A_YEAR or int(told[5:7]) > 12:
        return False
    last = calendar.bounds(context.published)[1] if context.published else None
    return last is not None and calendar.month(int(told[:4]) + 1, month) <= last[:7]


def _is_spoken_of(year: str, context: Context) -> bool:
    """Whether a year that was spoken of is that of a day without one: not where only one of them lies ahead.

    The year of publication needs no telling.
    """
    now = (context.published or year)[:4]
    if context.told_as_present or context.fixed:
        return False
    if context.story_at < context.paragraph:
        korean = context.language is Language.KO
        if (korean and not context.told_as_past) or context.text.lower().startswith("since "):
            return False
    return (year < now and not context.ahead) or (year > now and bool(context.ahead))


def year_named(which: str, context: Context) -> tuple[str, str | None]:
    """(year, what it was resolved against) of `last`, `that`, `the following` … year or season."""
    by_text = which.lower().split()[0] in ("that", "the") or which in words.YEARS_OF_THE_TEXT
    base = (context.near(4, FAR_BACK) if by_text else None) or context.published
    if base is None or not base[:4].isdigit():
        return "XXXX", None
    step = words.YEAR_NAMES.get(which.lower(), 0)
    return str(int(base[:4]) + step), "published" if base == context.published else base


def _month_of(groups: Groups, key: str = "") -> int:
    name = groups.get(f"month{key}")
    return words.month_number(name) if name else int(groups[f"m{key}"] or 0)


def _day_value(year: str, month: int, number: int) -> str | None:
    if year.isdigit():
        return calendar.day(int(year), month, number)
    return f"{year}-{month:02d}-{number:02d}"


def read_numeric(groups: Groups, context: Context) -> Read | None:  # noqa: ARG001
    """`2024-01-15`, `2024. 1. 15.`, `’24.1.15`."""
    year = int(groups["year"] or 0) if groups.get("year") else words.full_year(str(groups["yy"]))
    value = calendar.day(year, int(groups["m"] or 0), int(groups["d"] or 0))
    return dated(value) if value else None


def read_day(groups: Groups, context: Context) -> Read | None:
    """`January 16, 2024`, `16 January`, `1월 15일`."""
    month, number = _month_of(groups), int(groups["d"] or 0)
    year, anchor = _year_of(groups, context, month, number)
    value = _day_value(year, month, number)
    return at_time(value, groups, anchor) if value else None


_DAYS_LISTED = re.compile(
    rf"(?:{'|'.join(words.MONTHS)})[a-z]*\.? \d{{1,2}}(?:st|nd|rd|th)?"
    r"(?:, \d{1,2}(?:st|nd|rd|th)?)*,? ?(?:and |or )?$",
    re.I,
)
# what may follow a number that is a day and counts nothing
_AFTER_A_DAY = re.compile(
    r",? (?:and|or) \d|, \d{1,2}\b|[.,;:)\]—]|$|\n"
    r"| (?:at|in|on|by|for|from|of|to|near|off|over|and|or|but|when|where|which|that|the|a|it|as|with|before|after|were"
    r"|was|had|have|has|will|would|between|against|into|under|this|last|respectively|[a-z]+ed)\b"
)


def read_day_after_listed(groups: Groups, context: Context) -> Read | None:
    """The `13` of `December 7 and 13`, the `17, 2019` of `May 4, 9 and 17, 2019`: of the month before it."""
    listed = _DAYS_LISTED.search(context.before)
    near = context.near(len("2024-01-15"))
    if listed is None or near is None or not (groups.get("year") or _AFTER_A_DAY.match(context.after)):
        return None
    number = int(groups["d"] or 0)
    value = calendar.day(int(near[:4]), int(near[5:7]), number)
    return dated(value, anchor=near) if value and value > near else None


def read_day_of_month(groups: Groups, context: Context) -> Read | None:
    """`on the 12th`, `since the first of the month`: of the month last spoken of."""
    base_value = context.near(len("2024-01")) or context.published or ""
    number = int(groups["d"] or 0) if groups.get("d") else words.day_number(str(groups["nth"]))
    published = context.published or ""
    if published[:7] < base_value[:7] and len(published) == 10 and number > int(published[8:]):
        base_value = published  # the months spoken of are yet to come, and so is this day of the present one
    if len(base_value) < len("2024-01") or not base_value[5:7].isdigit() or int(base_value[5:7]) > MONTHS_A_YEAR:
        return None
    value = calendar.day(int(base_value[:4]), int(base_value[5:7]), number)
    return dated(value, anchor="published" if base_value == context.published else base_value) if value else None


def read_week_of_month(groups: Groups, context: Context) -> Read | None:
    """`the last week of January 2020`: from Monday to Sunday; the first week has the month's first Thursday in it."""
    month = _month_of(groups)
    year, anchor = _year_of(groups, context, month, None)
    return week_of(int(year), month, str(groups["nth"]).lower(), anchor) if year.isdigit() else None


def week_of(year: int, month: int, nth: str, anchor: str | None) -> Read | None:
    """The nth week of a month, by its Thursdays."""
    first = date(year, month, 1)
    thursdays = [first + timedelta(days=shift) for shift in range((3 - first.weekday()) % 7, 31, 7)]
    thursdays = [day for day in thursdays if day.month == month]
    place = -1 if nth in ("last", "final", "마지막") else words.ORDINALS[nth] - 1
    if place >= len(thursdays):
        return None
    monday = thursdays[place] - timedelta(days=3)
    return Read(DateType.INTERVAL, f"{monday}/{monday + timedelta(days=6)}", None, anchor)


def read_months_of_year(groups: Groups, context: Context) -> Read | None:
    """`the first five months of this year`."""
    count = int(words.number(groups["n"]) or 0)
    year, anchor = (str(groups["year"]), None) if groups.get("year") else year_named(str(groups["which"]), context)
    if not 1 < count < 12 or not year.isdigit():
        return None
    first, last = (1, count) if str(groups["side"]).lower() == "first" else (13 - count, 12)
    return Read(DateType.INTERVAL, f"{year}-{first:02d}/{year}-{last:02d}", None, anchor)


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
    near = context.near(7)
    base = context.day(near)
    number, last = int(groups["d"] or 0), int(groups["d2"] or 0)
    if base is None or number >= last:
        return None
    start, end = calendar.day(base.year, base.month, number), calendar.day(base.year, base.month, last)
    return Read(DateType.INTERVAL, f"{start}/{end}", None, near) if start and end else None


def read_month(groups: Groups, context: Context) -> Read:
    """`March 2023`, `late March`, `2024년 1월 말`; `usually held in April` is of every year."""
    number = _month_of(groups)
    if not groups.get("year") and _USUALLY.search(context.before):
        return Read(DateType.SET, f"XXXX-{number:02d}", words.part(groups.get("part")))
    year, anchor = _year_of(groups, context, number, None)
    return dated(f"{year}-{number:02d}", words.part(groups.get("part")), anchor)


_USUALLY = re.compile(r"\b(?:usually|normally|traditionally|typically|customarily)\b[^,;]*$", re.I)


def read_bare_month(groups: Groups, context: Context) -> Read | None:
    """`3월`."""
    return read_month(groups, context) if context.near() or context.published else None


def read_named_month(groups: Groups, context: Context) -> Read | None:
    """`that January`, `last March`."""
    number = _month_of(groups)
    which = (groups.get("which") or "").lower()
    anchor = (context.near() if which.startswith(("that", "the")) else None) or context.published
    base = context.day(anchor)
    if base is None:
        return dated(f"XXXX-{number:02d}")
    step = {
        "last": -(number >= base.month),
        "this past": -(number > base.month),
        "next": number <= base.month,
        "this coming": number <= base.month,
        "the following": number <= base.month,
        "the previous": -(number >= base.month),
    }
    year = base.year + int(step.get(which, 0))
    return dated(calendar.month(year, number), None, "published" if anchor == context.published else anchor)


def read_month_range(groups: Groups, context: Context) -> Read | None:
    """`from March to May 2023`, `between April and June`."""
    first, last = _month_of(groups), _month_of(groups, "2")
    year2, anchor = _year_of({"year": groups.get("year2") or groups.get("year"), **_which(groups)}, context, last, None)
    if not year2.isdigit():
        return None
    year = groups.get("year") or str(int(year2) - (first > last))
    start, end = f"{year}-{first:02d}", f"{year2}-{last:02d}"
    return Read(DateType.INTERVAL, f"{start}/{end}", None, anchor) if start < end else None


def _which(groups: Groups) -> Groups:
    return {"which": groups.get("which")}


def read_set_month(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`every October`."""
    return Read(DateType.SET, f"XXXX-{_month_of(groups):02d}")


def read_set_season(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`every summer`."""
    return Read(DateType.SET, f"XXXX-{words.SEASONS[str(groups['season']).lower()]}")


def read_year(groups: Groups, context: Context) -> Read | None:
    """`2016`, `FY2024`, `FY2019-20`, `late 2023`, `2016년`."""
    if groups.get("short"):
        return read_year_range(groups, context)
    return dated(str(groups.get("year") or groups["year_b"]), words.part(groups.get("part")))


def read_year_range(groups: Groups, context: Context) -> Read | None:  # noqa: ARG001
    """`between 1994 and 1998`, `1994–98`."""
    start = str(groups.get("year") or groups.get("year_b"))
    end = groups.get("year2") or groups.get("year2_b") or start[:2] + str(groups.get("short"))
    return Read(DateType.INTERVAL, f"{start}/{end}") if start < end else None


def read_juche(groups: Groups, context: Context) -> Read | None:  # noqa: ARG001
    """`Juche 113 (2024)`, `주체113(2024)년`; Juche 1 is 1912."""
    year = int(groups["juche"] or 0) + 1911
    month = words.month_number(str(groups["month"])) if groups.get("month") else int(groups.get("m") or 0)
    said = groups.get("year") or groups.get("year_b")
    if said and int(said) != year:
        year = int(said)
    if month and groups.get("d"):
        value = calendar.day(year, month, int(groups["d"] or 0))
        return dated(value) if value else None
    return dated(calendar.month(year, month) if month else f"{year:04d}")


def read_decade(groups: Groups, context: Context) -> Read:
    """`the late 1990s`, `the '90s`, `the nineties`, `90년대 초`."""
    decade = groups.get("decade")
    if decade is None:
        named = groups.get("named")
        tens = words.DECADES[named.lower()] if named else int(str(groups["tens"])[0])
        now = int((context.published or "2020")[:4])
        decade = f"{2000 + 10 * tens if 2000 + 10 * tens <= now else 1900 + 10 * tens}"
    return dated(decade[:3] + "X", words.part(groups.get("part")))


def read_century(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`the 20th century`."""
    named = groups.get("named")
    number = words.CENTURIES[named.lower()] if named else int(groups["century"] or 0)
    return dated(f"{number - 1:02d}XX", words.part(groups.get("part")))


def read_quarter(groups: Groups, context: Context) -> Read:
    """`the third quarter of 2020`, `the fourth quarter`: without a year, of the one spoken of or the last one begun."""
    said = groups.get("q") or groups.get("q_b")
    quarter = int(said) if said else words.ORDINALS[str(groups["nth"]).lower()]
    if groups.get("rel"):
        year, anchor = year_named(str(groups["rel"]), context)
    else:
        year, anchor = _year_of(groups, context, 3 * quarter - 2, None)
    return dated(f"{year}-{32 + quarter}", None, anchor)


def read_season(groups: Groups, context: Context) -> Read:
    """`spring 2023`, `last winter`, by the codes 21 to 24 of ISO 8601-2; a winter is of the year it begins in."""
    season = words.SEASONS[str(groups["season"]).lower()]
    month = {21: 3, 22: 6, 23: 9, 24: 12}[season]
    which = (groups.get("which") or "").lower()
    if which and groups.get("month") is None and which not in ("this", "that", "the same"):
        near = context.near() if which.startswith("the") else None
        base = context.day(near or context.published)
        back = which in ("last", "this past", "the previous")
        if base is None:
            return dated("PAST_REF" if back else "FUTURE_REF")
        year = base.year - (back and month + 2 >= base.month) + (not back and month <= base.month)
        year -= back and season == WINTER and base.month <= WINTER_ENDS and not which.startswith("the")
        return dated(f"{year}-{season}", words.part(groups.get("part")), near or "published")
    found, anchor = _year_of(groups, context, month, None)
    if anchor == "published" and context.ahead is None and context.language is Language.EN and not which:
        found = (context.published or found)[:4]  # "bookings for the summer": with no past verb, the coming one
    begun = which == "this" and season == 24 and found.isdigit() and (context.published or "")[5:7] in ("01", "02")
    found = str(int(found) - 1) if begun else found
    return dated(f"{found}-{season}", words.part(groups.get("part")), anchor)


def read_bare_season(groups: Groups, context: Context) -> Read:
    """`in winter`: of every year, unless the verb tells of one."""
    if context.ahead is None:
        return Read(DateType.SET, f"XXXX-{words.SEASONS[str(groups['season']).lower()]}")
    return read_season(groups, context)


def read_season_of(groups: Groups, context: Context) -> Read:
    """`the spring of last year`."""
    year, anchor = year_named(str(groups["which"]), context)
    return dated(f"{year}-{words.SEASONS[str(groups['season']).lower()]}", None, anchor)
