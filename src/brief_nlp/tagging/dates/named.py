"""Days and edges of years that have names, anniversaries, and days that return."""

from __future__ import annotations

import re
from calendar import monthrange

from brief_nlp.schema import DateType, Language
from brief_nlp.tagging.dates import calendar, words
from brief_nlp.tagging.dates.context import Context, Groups, Read, dated
from brief_nlp.tagging.dates.relative import moved
from brief_nlp.tagging.dates.values import _day_value, _year_of

_HOLIDAYS = {
    "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "new year's day": (1, 1),
    "new year's eve": (12, 31), "day of the sun": (4, 15), "day of the shining star": (2, 16), "leap day": (2, 29),
    "halloween": (10, 31), "independence day": (7, 4), "valentine's day": (2, 14), "veterans day": (11, 11),
    "new year's": (1, 1),
    "may day": (5, 1), "victory day": (7, 27), "liberation day": (8, 15),
    "태양절": (4, 15), "광명성절": (2, 16), "전승절": (7, 27), "광복절": (8, 15), "삼일절": (3, 1), "3·1절": (3, 1),
    "개천절": (10, 3), "현충일": (6, 6), "성탄절": (12, 25), "크리스마스": (12, 25), "신정": (1, 1), "제헌절": (7, 17),
}  # fmt: skip
# month, weekday (Monday is 0), which one of the month
_FLOATING = {
    "thanksgiving": (11, 3, 4), "thanksgiving day": (11, 3, 4), "labor day": (9, 0, 1), "memorial day": (5, 0, -1),
}  # fmt: skip
NEAR_HOLIDAY = 3  # months ahead in which a holiday without a year is the coming one
EARLY = 3  # months of a year in which "the end of the year" is still that of the year before
_NTH = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70,
    "eightieth": 80, "ninetieth": 90, "hundredth": 100,
}  # fmt: skip
_DAY_BEFORE = re.compile(r"(?P<m>\d{1,2})월 (?P<d>\d{1,2})일 $")
_APPOSED = re.compile(r"인 (?P<year>\d{4})년 (?P<m>\d{1,2})월 (?P<d>\d{1,2})일")


def read_holiday(groups: Groups, context: Context) -> Read | None:
    """`by Christmas`, `New Year's Day`, `태양절`."""
    name = str(groups["name"]).lower().replace("’", "'").removeprefix("the ")
    if (day := _DAY_BEFORE.search(context.before)) and not _is_of(day, name):
        return None  # "5월 9일 전승절" is another country's
    month, number = _HOLIDAYS.get(name) or (_FLOATING[name][0], None)
    if name == "leap day" and not groups.get("year"):
        year = int((context.published or "2000")[:4])
        return dated(f"{year - year % 4}-02-29", anchor="published")
    year_, anchor = _year_of(groups, context, month, number)
    published = context.published or ""
    coming = context.ahead is None and not context.told_as_past and anchor == "published" and published[5:7].isdigit()
    if coming and 0 <= month - int(published[5:7]) <= NEAR_HOLIDAY:
        year_ = published[:4]
    if number is None:
        number = _floating(int(year_), *_FLOATING[name]) if year_.isdigit() else None
    value = _day_value(year_, month, number) if number else None
    return dated(value, anchor=anchor) if value else None


def _is_of(day: re.Match[str], name: str) -> bool:
    """Whether a day is that of a named holiday."""
    return _HOLIDAYS.get(name.strip(), (int(day["m"]), int(day["d"]))) == (int(day["m"]), int(day["d"]))


def _floating(year: int, month: int, weekday: int, nth: int) -> int:
    """The day of the nth such weekday of a month; -1 is the last."""
    first, days = monthrange(year, month)
    found = range((weekday - first) % 7 + 1, days + 1, 7)
    return found[nth - 1 if nth > 0 else nth]


def read_anniversary(groups: Groups, context: Context) -> Read | None:
    """`the 75th anniversary of the founding of the Party`: the day, where the event's own day is known."""
    if said := _APPOSED.match(context.after):  # "전승절 80주년인 2025년 5월 9일" says itself which day it is
        value = calendar.day(int(said["year"]), int(said["m"]), int(said["d"]))
        return dated(value) if value else None
    if (day := _DAY_BEFORE.search(context.before)) and not _is_of(day, str(groups["what"])):
        return None
    what, nth = str(groups["what"]), re.match(r"\d+", str(groups["nth"]))
    found = words.anniversary(what, context.language)
    if found is None and context.language is Language.EN:
        # "the WPK's 80th anniversary" counts from its founding, and so does "the founding anniversary of the WPK"
        found = words.anniversary(f"founding of the {what}", context.language)
    if found is None and "주기" in context.text:
        found = words.anniversary(f"{what} 사망", context.language)
    if found is None:
        return None
    tens, _, ones = str(groups["nth"]).lower().rpartition("-")
    count = int(nth[0]) if nth else _NTH[ones] + int(words.number(tens or "zero") or 0)
    value = calendar.day(int(found[:4]) + count, int(found[5:7]), int(found[8:]))
    return dated(value) if value else None


def read_set_day(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`every 15 April`, `매년 4월 15일`."""
    month = next((groups[key] for key in groups if key.startswith("month") and groups[key]), None)
    day = next((groups[key] for key in groups if key.split("_")[0] == "d" and groups[key]), None)
    number = words.month_number(month) if month else int(groups["m"] or 0)
    return Read(DateType.SET, f"XXXX-{number:02d}" + (f"-{int(day):02d}" if day else ""))


def read_year_end(groups: Groups, context: Context) -> Read:
    """`by year's end`, `at midyear`: of the year that the text tells of, else of the one that it looks at."""
    mod = "mid" if groups.get("mid") else "end"
    told = context.told
    if told and told[:4] != (context.published or "")[:4] and not context.ahead:
        return dated(told[:4], mod, told)
    if not context.published:
        return dated("XXXX", mod)
    past = mod == "end" and not context.ahead and context.published[5:7] in [f"{n:02d}" for n in range(1, EARLY + 1)]
    return dated(str(int(context.published[:4]) - past), mod, "published")


def read_after_next(groups: Groups, context: Context) -> Read | None:
    """`the year after next`, `the year before last`."""
    base = context.day(context.published)
    if base is None:
        return None
    return dated(
        moved(base, words.unit(str(groups["unit"])), 2 if "next" in str(groups["side"]) else -2), None, "published"
    )


def read_decade_of_century(groups: Groups, context: Context) -> Read:
    """`the first decade of the 21st century`."""
    named = groups.get("named")
    number = words.CENTURIES[named.lower()] if named else int(groups.get("century") or 0)
    if groups.get("this"):
        number = int((context.published or "2000")[:2]) + 1
    nth = str(groups["nth"]).lower()
    tens = {"opening": 0, "closing": 9, "last": 9, "final": 9}.get(nth)
    return dated(f"{number - 1:02d}{_NTH[nth] - 1 if tens is None else tens}X")
