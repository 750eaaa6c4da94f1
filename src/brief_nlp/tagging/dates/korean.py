"""Expressions that only Korean has: lengths with native numerals, days named by their distance, `22일 오전 8시`."""

from __future__ import annotations

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from brief_nlp.schema import DateType
from brief_nlp.tagging.dates import calendar, words
from brief_nlp.tagging.dates.clock import at_time
from brief_nlp.tagging.dates.context import Context, Groups, Read, dated
from brief_nlp.tagging.dates.relative import PRECISION, moved, relative_base, stretch

_DAYS = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9, "열흘": 10,
    "보름": 15,
}  # fmt: skip
_AFTER = {
    "이상": "more", "넘게": "more", "이하": "equal_or_less", "이내": "equal_or_less", "안": "equal_or_less",
    "안쪽": "equal_or_less", "내": "equal_or_less", "가까이": "less", "도 안 돼": "less", "미만": "less",
    "남짓": "approx", "정도": "approx",
}  # fmt: skip
_ABOUT = {"최소": "equal_or_more", "적어도": "equal_or_more", "최대": "equal_or_less"}
_DAY_STEPS = {"전날": -1, "이튿날": 1, "다음 날": 1, "다음날": 1}
_RATES = {"하루": "P1D", "한 달": "P1M", "한 해": "P1Y", "한해": "P1Y"}
SOON_OF_MONTH = 10  # days ahead of publication; one farther ahead was in the month before


def length(groups: Groups) -> tuple[float | None, str]:
    """(how many, unit) of `10년`, `넉 달`, `닷새`, `일주일`; None where it is not told."""
    if groups.get("days"):
        return _DAYS[str(groups["days"])], "day"
    if groups.get("week"):
        return 1, "week"
    for end in ("", "_b", "_c"):
        if groups.get(f"unit{end}"):
            amount = words.number(groups.get(f"n{end}"))
            if amount is not None and groups.get("half"):
                amount += 0.5
            return amount, words.unit(str(groups[f"unit{end}"]))
    raise ValueError("a length has a unit")


def read_length(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`10년 내`, `넉 달 동안`, `사흘간`."""
    amount, unit = length(groups)
    after = (groups.get("after") or "").strip()
    mod = _AFTER.get(after) or (_ABOUT.get(str(groups["mod"]), "approx") if groups.get("mod") else None)
    if groups.get("over") or groups.get("over_b") or groups.get("over_c"):
        mod = "more"
    return Read(DateType.DURATION, words.duration(amount, unit), mod)


def read_day_alone_range(groups: Groups, context: Context) -> Read | None:
    """`지난달 23~24일`."""
    first = read_day_alone({"which": groups["which"], "d": groups["d"]}, context)
    last = read_day_alone({"which": groups["which"], "d": groups["d2"]}, context)
    if first is None or last is None or first.value >= last.value:
        return None
    return Read(DateType.INTERVAL, f"{first.value}/{last.value}", None, first.anchor)


def read_ko_span(groups: Groups, context: Context) -> Read:
    """`지난 10년간`, `향후 5년간`: a length, and the stretch that it covers up to or from publication."""
    amount, unit = length(groups)
    return stretch(amount, unit, context, ahead=groups.get("side") in ("향후", "앞으로"))


def read_ko_shift(groups: Groups, context: Context) -> Read | None:
    """`3년 전` from publication, `사흘 뒤` from the day last spoken of."""
    amount, unit = length(groups)
    backward = groups["side"] == "전"
    base_value = context.published if backward else context.near(PRECISION.get(unit, 4)) or context.published
    base = context.day(base_value)
    if amount is None or base is None or base_value is None or len(base_value) < PRECISION.get(unit, 99):
        return dated("PAST_REF" if backward else "FUTURE_REF")
    anchor = "published" if base_value == context.published else base_value
    if unit == "year" and amount != int(amount):
        base += relativedelta(months=round(amount * (-12 if backward else 12)))
        return dated(calendar.month(base.year, base.month), None, anchor)
    return dated(moved(base, unit, -amount if backward else amount), None, anchor)


def read_relative_month(groups: Groups, context: Context) -> Read | None:
    """`지난 1월`, `오는 10월`, `작년 3월 5일 밤`."""
    which, number = groups.get("which") or "", int(groups["m"] or 0)
    base_value, anchor = relative_base(which, context)
    base = context.day(base_value)
    if base is None:
        return dated(f"XXXX-{number:02d}" + (f"-{int(groups['d'] or 0):02d}" if groups.get("d") else ""))
    year = base.year + words.YEAR_NAMES.get(which, 0)
    if len(base_value or "") >= PRECISION["month"] and anchor == "published":
        year -= which == "지난" and number > base.month
        year += which == "오는" and number < base.month
    if groups.get("d"):
        value = calendar.day(year, number, int(groups["d"] or 0))
        return at_time(value, groups, anchor) if value else None
    return dated(calendar.month(year, number), words.part(groups.get("part")), anchor)


def read_day_alone(groups: Groups, context: Context) -> Read | None:
    """`22일`, `이달 10일`, `지난 14일 저녁`: of the month last spoken of, else of that of publication."""
    which, number = groups.get("which"), int(groups["d"] or 0)
    published = context.published or ""
    by_text = not which or which in words.MONTHS_OF_THE_TEXT
    near = context.near(7, len(context.before) if which is None and len(published) >= PRECISION["day"] else None)
    base_value = near if by_text and near else published
    base = context.day(base_value)
    if base is None or len(base_value) < PRECISION["month"]:
        return None
    first = base.replace(day=1) + relativedelta(months=words.MONTH_NAMES.get(which or "", 0))
    if base_value == published and len(published) >= PRECISION["day"]:
        past = which == "지난" or (which is None and not context.ahead and number - base.day > SOON_OF_MONTH)
        first -= relativedelta(months=int(past and number > base.day))
        first += relativedelta(months=int(which == "오는" and number < base.day))
    day = calendar.day(first.year, first.month, number)
    return at_time(day, groups, "published" if base_value == published else base_value) if day else None


def read_this_day(groups: Groups, context: Context) -> Read | None:
    """`이날`, `전날 밤`, `이튿날`."""
    base_value = context.near(10) or context.published
    base = context.day(base_value)
    if base is None or base_value is None or len(base_value) < PRECISION["day"]:
        return None
    day = (base + timedelta(days=_DAY_STEPS.get(str(groups["word"]), 0))).isoformat()
    return at_time(day, groups, "published" if base_value == context.published else base_value)


def read_year_edge(groups: Groups, context: Context) -> Read:
    """`연내`, `연말`, `연초`."""
    year = (context.published or "XXXX")[:4]
    mod = {"연말": "end", "연초": "start", "세밑": "end"}.get(str(groups["edge"]))
    return dated(year, mod, "published" if context.published else None)


def read_ko_season(groups: Groups, context: Context) -> Read:
    """`내년 봄`, `올봄`, `지난가을`."""
    season = words.SEASONS[str(groups["season"])]
    which = groups.get("which") or groups.get("which_b") or ""
    base_value, anchor = relative_base(which, context)
    base = context.day(base_value)
    if base is None:
        return dated(f"XXXX-{season}")
    year = base.year + words.YEAR_NAMES.get(which, 0)
    if which == "지난":
        year -= {21: 3, 22: 6, 23: 9, 24: 12}[season] >= base.month
    return dated(f"{year}-{season}", None, anchor)


def read_named_day(groups: Groups, context: Context) -> Read | None:
    """`6·15 공동선언`: days that are names."""
    found = words.named_day(str(groups["name"]), context.after)
    return dated(found) if found else None


def read_set_rate(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`1인당 하루 300g`, `한 달 수입`."""
    return Read(DateType.SET, _RATES[str(groups.get("word") or groups.get("word_b"))])


def read_clock_ko(groups: Groups, context: Context) -> Read:
    """`오전 8시 10분께`, of the day last spoken of."""
    return at_time(context.near(10) or "XXXX-XX-XX", groups, context.near(10))
