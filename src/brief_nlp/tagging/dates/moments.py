"""Clock times together with their day: `7:15 a.m. on February 9`, `at noon on Friday`, `5.40 that afternoon`."""

from __future__ import annotations

from brief_nlp.schema import DateType
from brief_nlp.tagging.dates import words
from brief_nlp.tagging.dates.context import Context, Groups, Read
from brief_nlp.tagging.dates.relative import read_deictic, read_weekday
from brief_nlp.tagging.dates.values import read_day

_HALF_DAY = 12
FAR = 1500  # characters over which "5.40 that afternoon" still means the day of the story


def read_clock_on_day(groups: Groups, context: Context) -> Read | None:
    """`7:15 a.m. on February 9`, `at noon`, `5.40 that afternoon`: without a day, of the one last spoken of."""
    day = _day(groups, context)
    hour, minute = _time(groups)
    if day is None or len(day) != len("2024-01-15") or hour > 23:
        day = "XXXX-XX-XX"
    zone = "Z" if groups.get("zone") in ("UTC", "GMT") else ""
    return Read(DateType.TIME, f"{day}T{hour:02d}:{minute:02d}{zone}", "approx" if groups.get("mod") else None)


_SUN = {"dawn": "MO", "daybreak": "MO", "sunrise": "MO", "dusk": "EV", "sunset": "EV", "nightfall": "EV"}


def read_sun(groups: Groups, context: Context) -> Read | None:
    """`at dawn`: of the day last spoken of, else of publication."""
    told = read_weekday({"weekday": groups["weekday"]}, context) if groups.get("weekday") else None
    day = told.value if told else context.near(10) or context.published or ""
    if len(day) != len("2024-01-15"):
        return None
    return Read(DateType.TIME, f"{day}T{_SUN[str(groups['word']).lower()]}")


def _time(groups: Groups) -> tuple[int, int]:
    """(hour of twenty-four, minute)."""
    if groups.get("noon"):
        return (0 if str(groups["noon"]).lower() == "midnight" else _HALF_DAY), 0
    said = groups.get("hour") or groups.get("hour_b") or words.number(groups.get("hour_c")) or 0
    hour, minute = int(said), int(groups.get("minute") or groups.get("minute_b") or 0)
    half, part = (groups.get("half") or "").lower(), (groups.get("daypart") or "").lower()
    if half or part:
        late = half.startswith("p") or part in ("afternoon", "evening") or (part == "night" and hour > 5)
        hour = hour % _HALF_DAY + (_HALF_DAY if late else 0)
    return hour, minute


def _day(groups: Groups, context: Context) -> str | None:
    if groups.get("weekday"):
        read = read_weekday({"weekday": groups["weekday"], "which": groups.get("lead")}, context)
    elif groups.get("word"):
        read = read_deictic({"word": groups["word"]}, context)
    elif groups.get("month") or groups.get("month_b"):
        plain = {key: groups.get(key) or groups.get(f"{key}_b") for key in ("month", "d", "year")}
        read = read_day(plain, context)
    else:
        if " this " in context.text:
            return context.published
        if context.returns:
            return None
        within = FAR if (groups.get("daypart") or groups.get("same")) else None
        return context.near(10, within) or context.published
    return read.value if read else None
