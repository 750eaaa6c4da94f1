"""Times of the day: parts of it by TIMEX3's codes, hours by ISO 8601."""

from __future__ import annotations

from brief_nlp.schema import DateType
from brief_nlp.tagging.dates.context import Groups, Read, dated

PARTS = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI",
    "새벽": "MO", "아침": "MO", "오전": "MO", "낮": "AF", "오후": "AF", "저녁": "EV", "밤": "NI",
    "심야": "NI",
}  # fmt: skip
_AFTER_NOON = ("오후", "저녁", "밤", "심야", "낮")


def at_time(day: str, groups: Groups, anchor: str | None) -> Read:
    """A day (EDTF), with the part of it or the clock time that the groups name."""
    part, hour = groups.get("daypart"), groups.get("hour") or groups.get("hour_b")
    if hour is not None:
        minute = groups.get("minute") or groups.get("minute_b") or (30 if groups.get("half") == "반" else 0)
        return Read(DateType.TIME, f"{day}T{_hour(int(hour), part):02d}:{int(minute):02d}", None, anchor)
    if part in ("정오", "자정"):
        return Read(DateType.TIME, f"{day}T{'12' if part == '정오' else '00'}:00", None, anchor)
    if part:
        return Read(DateType.TIME, f"{day}T{PARTS[part.lower()]}", None, anchor)
    return dated(day, "approx" if groups.get("around") else None, anchor)


def _hour(hour: int, part: str | None) -> int:
    """Of twenty-four; "오후 3시" is the fifteenth, "밤 2시" the second."""
    small_hours = part in ("밤", "심야") and hour < 6
    return (hour + 12 if part in _AFTER_NOON and hour < 12 and not small_hours else hour) % 24
