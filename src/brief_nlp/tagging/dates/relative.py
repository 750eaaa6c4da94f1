"""Expressions that need an anchor or name a length: `last year`, `two days later`, durations, sets, clock times."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from brief_nlp.schema import DateType, Language
from brief_nlp.tagging.dates import calendar, words
from brief_nlp.tagging.dates.context import Context, Groups, Read, dated

_PRECISION = {"day": 10, "week": 10, "month": 7, "quarter": 7, "year": 4, "decade": 4, "century": 4, "weekend": 10}


def read_half(groups: Groups, context: Context) -> Read | None:
    """`the first half of 2023`, `올해 상반기`."""
    half = 40 if groups["half"] in ("first", "상반기") else 41
    if groups.get("year"):
        return dated(f"{groups['year']}-{half}")
    base = context.day(context.published if groups.get("rel") != "the" else context.near)
    if base is None:
        return None
    step = _YEAR_STEPS.get(groups.get("rel") or "", -1 if groups.get("rel") == "last" else 0)
    return dated(f"{base.year + step}-{half}", None, "published")


def read_relative_month(groups: Groups, context: Context) -> Read | None:
    """`지난 1월`, `작년 3월`."""
    base_value, anchor = _relative_base(groups.get("which") or "", context)
    number = int(groups["m"] or 0)
    base = context.day(base_value)
    if base is None:
        return dated(f"XXXX-{number:02d}" + (f"-{int(groups['d'] or 0):02d}" if groups.get("d") else ""))
    which = groups.get("which") or ""
    year = base.year + _YEAR_STEPS.get(which, 0)
    if which == "지난" and context.published and anchor == "published":
        latest = calendar.bounds(context.published)[1] or ""
        year -= calendar.month(year, number) > latest[:7]
    if groups.get("d"):
        value = calendar.day(year, number, int(groups["d"] or 0))
        return dated(value, None, anchor) if value else None
    return dated(calendar.month(year, number), words.part(groups.get("part")), anchor)


_YEAR_STEPS = {
    "재작년": -2, "지난해": -1, "작년": -1, "올해": 0, "금년": 0, "내년": 1, "내후년": 2, "이듬해": 1, "다음 해": 1,
    "같은 해": 0, "그해": 0, "전년": -1, "지난": 0,
}  # fmt: skip
_BY_CONTEXT = {"이듬해", "다음 해", "같은 해", "그해", "전년"}


def _relative_base(which: str, context: Context) -> tuple[str | None, str | None]:
    if which in _BY_CONTEXT and context.near:
        return context.near, context.near
    return context.published, "published" if context.published else None


def read_part_named(groups: Groups, context: Context) -> Read | None:
    """`the end of last year`."""
    read = read_named_unit(groups, context)
    return replace(read, mod=words.part(groups.get("part"))) if read else None


_STEPS = {
    "last": -1, "the previous": -1, "the preceding": -1, "this": 0, "the current": 0, "the present": 0, "that": 0,
    "the": 0, "the same": 0, "that same": 0, "next": 1, "the following": 1, "the coming": 1,
}  # fmt: skip
_KOREAN_UNITS = {
    "지난주": ("week", -1), "지난 주": ("week", -1), "이번 주": ("week", 0), "다음 주": ("week", 1),
    "지난달": ("month", -1), "지난 달": ("month", -1), "이번 달": ("month", 0), "이달": ("month", 0),
    "다음 달": ("month", 1), "내달": ("month", 1),
}  # fmt: skip


def read_named_unit(groups: Groups, context: Context) -> Read | None:
    """`last year`, `the same month`, `이듬해`."""
    which = re.sub(r"\s+", " ", groups.get("which") or "").lower()
    if which in _KOREAN_UNITS:
        unit, step = _KOREAN_UNITS[which]
        base_value, anchor = context.published, "published"
    elif which in _YEAR_STEPS:
        unit, step = "year", _YEAR_STEPS[which]
        base_value, found = _relative_base(which, context)
        anchor = found or "published"
    else:
        unit, step = words.unit(groups.get("unit") or "year"), _STEPS[which]
        by_context = which.startswith(("that", "the")) and not which.endswith(("current", "present", "coming"))
        base_value = context.near if by_context and context.near else context.published
        anchor = "published" if base_value == context.published else str(base_value)
    base = context.day(base_value)
    if base is None or base_value is None:
        return dated("PRESENT_REF" if step == 0 else "FUTURE_REF" if step > 0 else "PAST_REF")
    if len(base_value) < _PRECISION.get(unit, 4):
        return dated("PAST_REF" if step < 0 else "FUTURE_REF" if step else "PRESENT_REF", None, None)
    return dated(_moved(base, unit, step), words.part(groups.get("part")), anchor)


def _moved(base: date, unit: str, step: float) -> str:
    """The unit `step` units away from the one that holds `base`, as EDTF of the unit's precision."""
    if unit == "day":
        return (base + timedelta(days=step)).isoformat()
    if unit in ("week", "weekend"):
        monday = base - timedelta(days=base.weekday()) + timedelta(weeks=step)
        start = monday + timedelta(days=5 if unit == "weekend" else 0)
        return f"{start.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    if unit == "month":
        moved = base + relativedelta(months=int(step))
        return calendar.month(moved.year, moved.month)
    if unit == "quarter":
        moved = base + relativedelta(months=3 * int(step))
        return f"{moved.year}-{33 + (moved.month - 1) // 3}"
    year = base.year + int(step * {"year": 1, "decade": 10, "century": 100, "generation": 30}[unit])
    return {"decade": f"{year:04d}"[:3] + "X", "century": f"{year:04d}"[:2] + "XX"}.get(unit, f"{year:04d}")


def read_shift(groups: Groups, context: Context) -> Read | None:
    """`two days later`, `three years ago`, `10년 전`."""
    amount = words.number(groups.get("n"))
    unit = words.unit(groups.get("unit") or "")
    side = (groups.get("side") or "").rstrip("s")
    backward = side in ("ago", "earlier", "before", "전")
    to_now = side in ("ago", "from now", "hence") or context.language is Language.KO
    base_value = context.published if to_now or not context.near else context.near
    base = context.day(base_value)
    if amount is None or base is None or base_value is None or unit in ("hour", "minute", "second"):
        return dated("PAST_REF" if backward else "FUTURE_REF")
    if len(base_value) < _PRECISION.get(unit, 4):
        return dated("PAST_REF" if backward else "FUTURE_REF")
    try:
        moved = _moved(base, unit, -amount if backward else amount)
    except (OverflowError, ValueError):
        return None
    return dated(moved, None, "published" if base_value == context.published else base_value)


def read_span(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`over the past ten years`, `지난 10년간`."""
    amount = words.number(groups["n"]) if groups.get("n") else None
    if "n" not in groups:
        amount = 1
    return Read(DateType.DURATION, words.duration(amount, words.unit(groups.get("unit") or "year")))


def read_duration(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`within ten years`, `at least more than a decade`, `10년 내`."""
    amount = words.number(groups.get("n"))
    return Read(
        DateType.DURATION, words.duration(amount, words.unit(groups.get("unit") or "year")), _bound(groups.get("mod"))
    )


_BOUNDS = {
    "at least more than": "more", "at least": "equal_or_more", "more than": "more", "over": "more",
    "at most": "equal_or_less",
    "up to": "equal_or_less", "less than": "less", "under": "less", "nearly": "approx", "almost": "approx",
    "약": "approx", "거의": "approx", "최소": "equal_or_more", "최대": "equal_or_less",
}  # fmt: skip


def _bound(words_before: str | None) -> str | None:
    return _BOUNDS.get(words_before.lower(), "approx") if words_before else None


def read_vague_duration(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`a considerable period of time`."""
    return Read(DateType.DURATION, "PXX")


_ADVERBS = {
    "annual": "P1Y",
    "year": "P1Y",
    "month": "P1M",
    "week": "P1W",
    "quarter": "P3M",
    "dai": "P1D",
    "biannual": "P6M",
}


def read_set(groups: Groups, context: Context) -> Read:
    """`every year`, `annually`, `매년`."""
    adverb = groups.get("adverb")
    if adverb:
        return Read(DateType.SET, _ADVERBS[adverb.removesuffix("ly")])
    if groups.get("unit"):
        amount = 2.0 if groups.get("n") == "other" else words.number(groups.get("n")) or 1.0
        return Read(DateType.SET, words.duration(amount, words.unit(str(groups["unit"]))))
    tail = context.around
    value = next(
        (
            v
            for k, v in {"분기": "P3M", "달": "P1M", "월": "P1M", "주": "P1W", "일": "P1D", "날": "P1D"}.items()
            if k in tail[60:66]
        ),
        "P1Y",
    )
    return Read(DateType.SET, value)


def read_weekday(groups: Groups, context: Context) -> Read | None:
    """`on Monday`, resolved against a publication day."""
    base = context.day(context.published)
    if base is None or context.published is None or len(context.published) < 10:
        return dated("PAST_REF") if groups.get("which") == "last" else None
    wanted = words.WEEKDAYS[str(groups["weekday"])[:3].lower()]
    ahead = groups.get("which") == "next" or context.of_the_future
    step = (wanted - base.weekday()) % 7 or (7 if groups.get("which") == "next" else 0)
    back = (base.weekday() - wanted) % 7 or (7 if groups.get("which") == "last" else 0)
    found = base + timedelta(days=step) if ahead else base - timedelta(days=back)
    return dated(found.isoformat(), None, "published")


_DEICTIC = {
    "day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "day after tomorrow": 2,
    "그저께": -2, "어제": -1, "오늘": 0, "내일": 1, "모레": 2,
}  # fmt: skip


def read_deictic(groups: Groups, context: Context) -> Read:
    """`yesterday`, `어제`."""
    word = str(groups["word"]).lower()
    base = context.day(context.published)
    if word == "오늘날" or base is None or len(context.published or "") < 10:
        step = _DEICTIC.get(word, 0)
        return dated("PAST_REF" if step < 0 else "FUTURE_REF" if step else "PRESENT_REF")
    return dated((base + timedelta(days=_DEICTIC[word])).isoformat(), None, "published")


def read_clock(groups: Groups, context: Context) -> Read | None:
    """`9:30 a.m.`."""
    hour, minute = int(groups["hour"] or 0) % 12, int(groups.get("minute") or 0)
    hour += 12 if str(groups["half"]).startswith("p") else 0
    day = context.near or context.published
    lead = day if day and len(day) == 10 else "XXXX-XX-XX"
    return Read(DateType.TIME, f"{lead}T{hour:02d}:{minute:02d}")


def read_past_ref(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`recently`, `최근`."""
    return dated("PAST_REF")


def read_present_ref(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`currently`, `현재`."""
    return dated("PRESENT_REF")


def read_future_ref(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`in the near future`, `향후`."""
    return dated("FUTURE_REF")
