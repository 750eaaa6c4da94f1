"""What a match means: one function for each kind of expression.

Each takes the groups of a match and a context and returns a `Read`, or None where the words are no
date after all. Conventions: a day without a year falls into the year last spoken of nearby, else it
is the last such day before publication (the next one after "will" and the like).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from brief_nlp.schema import DateType, Language
from brief_nlp.tagging.dates import calendar, words

Groups = dict[str, str | None]

NEAR = 300  # characters over which a year that was spoken of is taken up again
_FUTURE = re.compile(r"\b(?:will|shall|plan(?:s|ned)? to|scheduled|slated|expected to|upcoming|due)\b|예정|할 것|계획", re.I)
_PRECISION = {"day": 10, "week": 10, "month": 7, "quarter": 7, "year": 4, "decade": 4, "century": 4, "weekend": 10}


@dataclass(frozen=True)
class Read:
    """The meaning of an expression."""

    type: DateType
    value: str
    mod: str | None = None
    anchor: str | None = None


@dataclass
class Context:
    """Where in the text a match stands, and what was spoken of before it."""

    language: Language
    published: str | None
    last: str | None = None
    last_at: int = -10_000
    at_start: int = 0
    around: str = field(default="", repr=False)

    def at(self, text: str, start: int, end: int) -> Context:
        """Move to a match."""
        self.at_start = start
        self.around = text[max(0, start - 60) : end + 40]
        return self

    def remember(self, read: Read) -> None:
        """Keep a date that others may refer to."""
        if read.type in (DateType.DATE, DateType.INTERVAL) and read.value[:4].isdigit():
            self.last, self.last_at = read.value.split("/")[0], self.at_start

    @property
    def near(self) -> str | None:
        """The date last spoken of, if that was near."""
        return self.last if self.at_start - self.last_at <= NEAR else None

    def day(self, value: str | None) -> date | None:
        """The first day of an EDTF value."""
        first = calendar.bounds(value)[0] if value else None
        return date.fromisoformat(first) if first else None


def _date(value: str, mod: str | None = None, anchor: str | None = None) -> Read:
    return Read(DateType.DATE, value, mod, anchor)


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
    future = bool(_FUTURE.search(context.around))
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
    value = calendar.day(int(groups["year"] or 0), int(groups["m"] or 0), int(groups["d"] or 0))
    return _date(value) if value else None


def read_day(groups: Groups, context: Context) -> Read | None:
    month, number = _month_of(groups), int(groups["d"] or 0)
    year, anchor = _year_of(groups, context, month, number)
    value = _day_value(year, month, number)
    return _date(value, anchor=anchor) if value else None


def read_days(groups: Groups, context: Context) -> Read | None:
    return read_day_range({**groups, "month2": None, "m2": None, "year2": None}, context)


def read_day_range(groups: Groups, context: Context) -> Read | None:
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
    base = context.day(context.near)
    number, last = int(groups["d"] or 0), int(groups["d2"] or 0)
    if base is None or not context.near or len(context.near) < 7 or number >= last:
        return None
    start, end = calendar.day(base.year, base.month, number), calendar.day(base.year, base.month, last)
    return Read(DateType.INTERVAL, f"{start}/{end}", None, context.near) if start and end else None


def read_month(groups: Groups, context: Context) -> Read:
    number = _month_of(groups)
    year, anchor = _year_of(groups, context, number, None)
    return _date(f"{year}-{number:02d}", words.part(groups.get("part")), anchor)


def read_bare_month(groups: Groups, context: Context) -> Read | None:
    return read_month(groups, context) if context.near or context.published else None


def read_named_month(groups: Groups, context: Context) -> Read | None:
    number = _month_of(groups)
    which = (groups.get("which") or "").lower()
    anchor = context.near if which.startswith(("that", "the")) else context.published
    base = context.day(anchor)
    if base is None:
        return _date(f"XXXX-{number:02d}")
    step = {"last": -(number >= base.month), "next": number <= base.month, "the following": number <= base.month}
    year = base.year + int(step.get(which, 0)) - (which == "the previous" and number >= base.month)
    return _date(calendar.month(year, number), None, "published" if anchor == context.published else anchor)


def read_month_range(groups: Groups, context: Context) -> Read | None:
    first, last = _month_of(groups), _month_of(groups, "2")
    year2 = groups.get("year2") or groups.get("year")
    year = groups.get("year") or str(int(year2 or 0) - (first > last))
    start, end = f"{year}-{first:02d}", f"{year2}-{last:02d}"
    return Read(DateType.INTERVAL, f"{start}/{end}") if start < end else None


def read_relative_month(groups: Groups, context: Context) -> Read | None:
    base_value, anchor = _relative_base(groups.get("which") or "", context)
    number = int(groups["m"] or 0)
    base = context.day(base_value)
    if base is None:
        return _date(f"XXXX-{number:02d}" + (f"-{int(groups['d'] or 0):02d}" if groups.get("d") else ""))
    which = groups.get("which") or ""
    year = base.year + _YEAR_STEPS.get(which, 0)
    if which == "지난" and context.published and anchor == "published":
        latest = calendar.bounds(context.published)[1] or ""
        year -= calendar.month(year, number) > latest[:7]
    if groups.get("d"):
        value = calendar.day(year, number, int(groups["d"] or 0))
        return _date(value, None, anchor) if value else None
    return _date(calendar.month(year, number), words.part(groups.get("part")), anchor)


_YEAR_STEPS = {
    "재작년": -2, "지난해": -1, "작년": -1, "올해": 0, "금년": 0, "내년": 1, "내후년": 2, "이듬해": 1, "다음 해": 1,
    "같은 해": 0, "그해": 0, "전년": -1, "지난": 0,
}  # fmt: skip
_BY_CONTEXT = {"이듬해", "다음 해", "같은 해", "그해", "전년"}


def _relative_base(which: str, context: Context) -> tuple[str | None, str | None]:
    if which in _BY_CONTEXT and context.near:
        return context.near, context.near
    return context.published, "published" if context.published else None


def read_year(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    return _date(str(groups["year"]), words.part(groups.get("part")))


def read_year_range(groups: Groups, context: Context) -> Read | None:  # noqa: ARG001
    start = str(groups["year"])
    end = groups.get("year2") or start[:2] + str(groups.get("short"))
    return Read(DateType.INTERVAL, f"{start}/{end}") if start < end else None


def read_juche(groups: Groups, context: Context) -> Read | None:  # noqa: ARG001
    year = int(groups["juche"] or 0) + 1911  # Juche 1 is 1912
    said = groups.get("year") or groups.get("year_b")
    if said and int(said) != year:
        year = int(said)
    if groups.get("m") and groups.get("d"):
        value = calendar.day(year, int(groups["m"] or 0), int(groups["d"] or 0))
        return _date(value) if value else None
    return _date(calendar.month(year, int(groups["m"] or 0)) if groups.get("m") else f"{year:04d}")


def read_decade(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    decade = groups.get("decade") or "19" + str(groups["tens"])
    return _date(decade[:3] + "X", words.part(groups.get("part")))


def read_century(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    return _date(f"{int(groups['century'] or 0) - 1:02d}XX", words.part(groups.get("part")))


def read_half(groups: Groups, context: Context) -> Read | None:
    half = 40 if groups["half"] in ("first", "상반기") else 41
    if groups.get("year"):
        return _date(f"{groups['year']}-{half}")
    base = context.day(context.published if groups.get("rel") != "the" else context.near)
    if base is None:
        return None
    step = _YEAR_STEPS.get(groups.get("rel") or "", -1 if groups.get("rel") == "last" else 0)
    return _date(f"{base.year + step}-{half}", None, "published")


def read_quarter(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    quarter = int(groups["q"]) if groups.get("q") else words.ORDINALS[str(groups["nth"])]
    return _date(f"{groups['year']}-{32 + quarter}")


def read_season(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    return _date(f"{groups['year']}-{words.SEASONS[str(groups['season'])]}")


def read_part_named(groups: Groups, context: Context) -> Read | None:
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
        return _date("PRESENT_REF" if step == 0 else "FUTURE_REF" if step > 0 else "PAST_REF")
    if len(base_value) < _PRECISION.get(unit, 4):
        return _date("PAST_REF" if step < 0 else "FUTURE_REF" if step else "PRESENT_REF", None, None)
    return _date(_moved(base, unit, step), words.part(groups.get("part")), anchor)


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
        return _date("PAST_REF" if backward else "FUTURE_REF")
    if len(base_value) < _PRECISION.get(unit, 4):
        return _date("PAST_REF" if backward else "FUTURE_REF")
    try:
        moved = _moved(base, unit, -amount if backward else amount)
    except (OverflowError, ValueError):
        return None
    return _date(moved, None, "published" if base_value == context.published else base_value)


def read_span(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`over the past ten years`, `지난 10년간`."""
    amount = words.number(groups["n"]) if groups.get("n") else None
    if "n" not in groups:
        amount = 1
    return Read(DateType.DURATION, words.duration(amount, words.unit(groups.get("unit") or "year")))


def read_duration(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    amount = words.number(groups.get("n"))
    return Read(DateType.DURATION, words.duration(amount, words.unit(groups.get("unit") or "year")), _bound(groups.get("mod")))


_BOUNDS = {
    "at least more than": "more", "at least": "equal_or_more", "more than": "more", "over": "more", "at most": "equal_or_less",
    "up to": "equal_or_less", "less than": "less", "under": "less", "nearly": "approx", "almost": "approx",
    "약": "approx", "거의": "approx", "최소": "equal_or_more", "최대": "equal_or_less",
}  # fmt: skip


def _bound(words_before: str | None) -> str | None:
    return _BOUNDS.get(words_before.lower(), "approx") if words_before else None


def read_vague_duration(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    return Read(DateType.DURATION, "PXX")


_ADVERBS = {"annual": "P1Y", "year": "P1Y", "month": "P1M", "week": "P1W", "quarter": "P3M", "dai": "P1D", "biannual": "P6M"}


def read_set(groups: Groups, context: Context) -> Read:
    adverb = groups.get("adverb")
    if adverb:
        return Read(DateType.SET, _ADVERBS[adverb.removesuffix("ly")])
    if groups.get("unit"):
        amount = 2 if groups.get("n") == "other" else words.number(groups.get("n")) or 1
        return Read(DateType.SET, words.duration(amount, words.unit(str(groups["unit"]))))
    tail = context.around
    value = next((v for k, v in {"분기": "P3M", "달": "P1M", "월": "P1M", "주": "P1W", "일": "P1D", "날": "P1D"}.items() if k in tail[60:66]), "P1Y")
    return Read(DateType.SET, value)


def read_weekday(groups: Groups, context: Context) -> Read | None:
    base = context.day(context.published)
    if base is None or context.published is None or len(context.published) < 10:
        return _date("PAST_REF") if groups.get("which") == "last" else None
    wanted = words.WEEKDAYS[str(groups["weekday"])[:3].lower()]
    ahead = groups.get("which") == "next" or bool(_FUTURE.search(context.around))
    step = (wanted - base.weekday()) % 7 or (7 if groups.get("which") == "next" else 0)
    back = (base.weekday() - wanted) % 7 or (7 if groups.get("which") == "last" else 0)
    found = base + timedelta(days=step) if ahead else base - timedelta(days=back)
    return _date(found.isoformat(), None, "published")


_DEICTIC = {
    "day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "day after tomorrow": 2,
    "그저께": -2, "어제": -1, "오늘": 0, "내일": 1, "모레": 2,
}  # fmt: skip


def read_deictic(groups: Groups, context: Context) -> Read:
    word = str(groups["word"]).lower()
    base = context.day(context.published)
    if word == "오늘날" or base is None or len(context.published or "") < 10:
        step = _DEICTIC.get(word, 0)
        return _date("PAST_REF" if step < 0 else "FUTURE_REF" if step else "PRESENT_REF")
    return _date((base + timedelta(days=_DEICTIC[word])).isoformat(), None, "published")


def read_clock(groups: Groups, context: Context) -> Read | None:
    hour, minute = int(groups["hour"] or 0) % 12, int(groups.get("minute") or 0)
    hour += 12 if str(groups["half"]).startswith("p") else 0
    day = context.near or context.published
    lead = day if day and len(day) == 10 else "XXXX-XX-XX"
    return Read(DateType.TIME, f"{lead}T{hour:02d}:{minute:02d}")


def read_past_ref(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    return _date("PAST_REF")


def read_present_ref(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    return _date("PRESENT_REF")


def read_future_ref(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    return _date("FUTURE_REF")
