"""Expressions that only Korean has: lengths with native numerals, days named by their distance, `22일 오전 8시`."""

from __future__ import annotations

import re
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from brief_nlp.schema import DateType
from brief_nlp.tagging.dates import calendar, words
from brief_nlp.tagging.dates.clock import at_time
from brief_nlp.tagging.dates.context import NEAR_KO, Context, Groups, Read, dated
from brief_nlp.tagging.dates.relative import PRECISION, moved, read_named_unit, relative_base, stretch
from brief_nlp.tagging.dates.values import WINTER, WINTER_ENDS, read_month, week_of

_DAYS = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9, "열흘": 10,
    "열하루": 11, "열이틀": 12, "열사흘": 13, "열나흘": 14, "보름": 15,
}  # fmt: skip
_AFTER = {
    "이상": "more", "넘게": "more", "이하": "equal_or_less", "이내": "equal_or_less", "안": "equal_or_less",
    "안쪽": "equal_or_less", "내": "equal_or_less", "가까이": "less", "도 안 돼": "less", "미만": "less",
    "남짓": "approx", "정도": "approx",
}  # fmt: skip
_ABOUT = {"최소": "equal_or_more", "적어도": "equal_or_more", "최대": "equal_or_less"}
_DAY_STEPS = {"전날": -1, "이튿날": 1, "다음 날": 1, "다음날": 1}
_RATES = {"하루": "P1D", "한 달": "P1M", "한 해": "P1Y", "한해": "P1Y"}
FRESH, FOLLOWS = 7, 2  # days before publication in which news says "7일"; days that a story goes on in its month
SOON_OF_MONTH = 10  # days ahead of publication; one farther ahead was in the month before


def length(groups: Groups) -> tuple[float | None, str]:
    """(how many, unit) of `10년`, `넉 달`, `닷새`, `일주일`; None where it is not told."""
    if groups.get("days"):
        return _DAYS[str(groups["days"])], "day"
    if groups.get("week"):
        return 1, "week"
    if groups.get("unit_p"):
        return None, words.unit(str(groups["unit_p"]))
    for end in ("", "_b", "_c", "_e"):
        if groups.get(f"unit{end}"):
            amount = words.number(groups.get(f"n{end}"))
            if amount is not None and groups.get("half"):
                amount += 0.5
            return amount, words.unit(str(groups[f"unit{end}"]))
    raise ValueError("a length has a unit")


def tens(groups: Groups) -> int:
    """The noughts of `수십 년` (1) and `수백 년` (2), of which the number is not told."""
    return {"수십": 1, "몇십": 1, "십수": 1, "수백": 2, "수천": 3}.get(groups.get("n_p") or groups.get("n_c") or "", 0)


def read_length(groups: Groups, context: Context) -> Read:
    """`10년 내`, `넉 달 동안`, `사흘간`, `두세 달`, `수십 년간`."""
    amount, unit = length(groups)
    after = (groups.get("after") or "").strip()
    bare = not after and not groups.get("mod") and context.text[:2].isdigit() and len(context.text) == len("88년")
    if bare and unit == "year" and amount and amount >= OLDEST and (context.near(3) or "")[:2] == "19":
        return dated(str(words.full_year(context.text[:2])))  # "88년" in a text that speaks of the last century
    mod = _AFTER.get(after) or (_ABOUT.get(str(groups["mod"]), "approx") if groups.get("mod") else None)
    if any(groups.get(key) for key in ("over", "over_b", "over_c", "over_d", "over_e", "over_p")):
        mod = "more"
    return Read(DateType.DURATION, words.duration(amount, unit, tens(groups)), mod)


def read_day_alone_range(groups: Groups, context: Context) -> Read | None:
    """`지난달 23~24일`."""
    first = read_day_alone({"which": groups.get("which"), "d": groups["d"]}, context)
    last = read_day_alone({"which": groups.get("which"), "d": groups["d2"]}, context)
    if first is None or last is None or first.value >= last.value:
        return None
    return Read(DateType.INTERVAL, f"{first.value}/{last.value}", None, first.anchor)


def read_ko_span(groups: Groups, context: Context) -> Read:
    """`지난 10년간`, `향후 5년간`: a length, and the stretch that it covers up to or from publication."""
    amount, unit = length(groups)
    ahead = groups.get("side") in ("향후", "앞으로", "이후", "다가올")
    return stretch(amount, unit, context, ahead=ahead, tens=tens(groups))


OLDEST = 45  # a year of two digits is not of before 1945
REPORTED = 2  # days before publication on which a thing was said that news reports
_REPORTS = re.compile(
    r"^[^.]{0,40}(?:밝혔다|말했다|보도했다|전했다|발표했다|강조했다|주장했다|설명했다|비난했다|알려졌다|확인됐다|공개했다|촉구했다)"
)
_APPOSED = re.compile(r"인 (?P<d>[12]?\d|3[01])일")  # "하루 뒤인 23일" says itself which day it is


def _shift_base(groups: Groups, unit: str, context: Context) -> str | None:
    """What `사흘 전`, `3년 뒤` look from: publication, or what the text told of last where it looks from there.

    Before a day that was told of, "이틀 전" counts from it; years are counted from publication unless said in words.
    """
    near = context.near(PRECISION.get(unit, 4), NEAR_KO if groups["side"] == "전" else None)
    if groups["side"] != "전":
        return near or context.published
    if groups.get("unit_b") == "해" or groups.get("that"):
        return context.told or context.published
    passed = near and context.published and near[:7] < context.published[:7] and context.told == near
    return near if passed and unit == "day" else context.published


def read_ko_shift(groups: Groups, context: Context) -> Read | None:
    """`3년 전` from publication, `사흘 뒤` from the day last spoken of."""
    amount, unit = length(groups)
    backward = groups["side"] == "전"
    if apposed := _APPOSED.match(context.after):
        return read_day_alone({"d": apposed["d"]}, context)
    base_value = _shift_base(groups, unit, context)
    base = context.day(base_value)
    if amount is None or base is None or base_value is None or len(base_value) < PRECISION.get(unit, 99):
        return dated("PAST_REF" if backward else "FUTURE_REF")
    anchor = "published" if base_value == context.published else base_value
    if unit == "year" and amount != int(amount):
        base += relativedelta(months=round(amount * (-12 if backward else 12)))
        return dated(calendar.month(base.year, base.month), None, anchor)
    return dated(moved(base, unit, -amount if backward else amount), None, anchor)


def read_shift_years_and_months(groups: Groups, context: Context) -> Read | None:
    """`5년 2개월 전`, as precise as a month."""
    months = 12 * int(groups["n"] or 0) + int(groups["n2"] or 0)
    backward = groups["side"] == "전"
    base_value = context.published if backward else context.near(PRECISION["month"]) or context.published
    base = context.day(base_value)
    if base is None or len(base_value or "") < PRECISION["month"]:
        return dated("PAST_REF" if backward else "FUTURE_REF")
    there = base + relativedelta(months=-months if backward else months)
    return dated(calendar.month(there.year, there.month), None, base_value)


def read_vague_days(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`며칠 동안`, `며칠 전`."""
    if groups.get("side"):
        return dated("PAST_REF" if groups["side"] == "전" else "FUTURE_REF")
    return Read(DateType.DURATION, "PXD")


def read_last_night(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`어젯밤`."""
    base = context.day(context.published)
    if base is None or len(context.published or "") < PRECISION["day"]:
        return dated("PAST_REF")
    return at_time(str(base - timedelta(days=1)), {"daypart": "밤"}, "published")


def read_vague_shift(groups: Groups, context: Context) -> Read | None:  # noqa: ARG001
    """`하루 이틀 전`: either day."""
    base = context.day(context.told if len(context.told or "") == PRECISION["day"] else context.published)
    if base is None or len(context.published or "") < PRECISION["day"]:
        return dated("PAST_REF")
    return dated(f"{base - timedelta(days=2)}/{base - timedelta(days=1)}")


def read_month_and_days(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`넉 달 열흘`."""
    return Read(DateType.DURATION, f"P{words.number(groups['n']) or 0:g}M{_DAYS[str(groups['days'])]}D")


def read_nights(groups: Groups, context: Context) -> Read | None:  # noqa: ARG001
    """`3박 4일`."""
    nights, days = int(groups["nights"] or 0), int(groups["n"] or 0)
    return Read(DateType.DURATION, f"P{days}D") if days in (nights, nights + 1, nights + 2) else None


def read_short_year(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`’24년 1월`."""
    year = words.full_year(str(groups["yy"]))
    return dated(
        calendar.month(year, int(groups["m"] or 0)) if groups.get("m") else str(year), words.part(groups.get("part"))
    )


def read_short_year_day(groups: Groups, context: Context) -> Read | None:  # noqa: ARG001
    """`95년 8월 15일`."""
    day = calendar.day(words.full_year(str(groups["yy"])), int(groups["m"] or 0), int(groups["d"] or 0))
    return at_time(day, groups, None) if day else None


def read_short_year_season(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`95년 여름`."""
    return dated(f"{words.full_year(str(groups['yy']))}-{words.SEASONS[str(groups['season'])]}")


def read_shift_season(groups: Groups, context: Context) -> Read | None:
    """`2년 뒤 여름`."""
    year = read_ko_shift(groups, context)
    if year is None or not year.value.isdigit():
        return None
    return dated(f"{year.value}-{words.SEASONS[str(groups['season'])]}", None, year.anchor)


def read_ko_week_of_month(groups: Groups, context: Context) -> Read | None:
    """`1월 첫째 주`, `지난달 마지막 주`."""
    if groups.get("month_word"):
        month = read_named_unit({"which": groups["month_word"]}, context)
    else:
        reader = read_relative_month if groups.get("which") else read_month
        month = reader(groups, context)
    if month is None or len(month.value) != PRECISION["month"] or not month.value[:4].isdigit():
        return None
    return week_of(int(month.value[:4]), int(month.value[5:]), str(groups["nth"]), month.anchor)


def read_set_every_ko(groups: Groups, context: Context) -> Read:
    """`2년마다`, `두 달에 한 번`, `분기마다`."""
    if "분기" in context.text:
        return Read(DateType.SET, "P3M")
    if "주말" in context.text:
        return Read(DateType.SET, "P1W")
    return Read(DateType.SET, words.duration(*length(groups)))


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


def _month_of_day(number: int, context: Context) -> str | None:
    """The month of a bare `22일`: that of the same sentence, that of a story told just before, else of publication.

    Newswire means the month of publication by a bare day; a text that tells of another month means that one, where
    the day would be too far from publication or follows close upon the day told.
    """
    published = context.published or ""
    same = context.near(7, len(context.before))
    if (
        len(published) == PRECISION["day"]
        and 0 <= int(published[8:]) - number <= REPORTED
        and _REPORTS.search(context.after)
    ):
        return None
    if same or len(published) < PRECISION["day"]:
        return same or context.near(7)
    told = context.near(PRECISION["day"], NEAR_KO)
    if told is None or told[:7] >= published[:7]:
        return None
    fresh = 0 <= int(published[8:]) - number <= FRESH
    follows = 0 < number - int(told[8:]) <= FOLLOWS
    return told if follows or (not fresh and context.told_as_past and told == context.told) else None


def read_day_alone(groups: Groups, context: Context) -> Read | None:
    """`22일`, `이달 10일`, `지난 14일 저녁`: of the month last spoken of, else of that of publication."""
    which, number = groups.get("which"), int(groups["d"] or 0)
    published = context.published or ""
    by_text = which in words.MONTHS_OF_THE_TEXT or (which in ("다음 달", "다음달") and context.told_as_past)
    near = context.near(7) if by_text else None if which else _month_of_day(number, context)
    base_value = near or published
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


def _long_before(value: str | None, context: Context) -> bool:
    """Whether a day lies more than some days before a day of publication."""
    day, last = context.day(value), context.day(context.published)
    return len(context.published or "") == PRECISION["day"] and bool(day and last and (last - day).days > FRESH)


def read_this_day(groups: Groups, context: Context) -> Read | None:
    """`이날`, `전날 밤`, `이튿날`."""
    base_value = context.near(10) or context.published
    if groups["word"] == "이날" and context.lead and context.spoken.get(10, ("", 0))[1] < context.paragraph:
        base_value = context.lead  # "this day" in a later paragraph of a report is the day of the report
    elif groups["word"] == "이날" and _REPORTS.search(context.after) and _long_before(base_value, context):
        base_value = context.published  # whose words are reported
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
        year -= season == WINTER and base.month <= WINTER_ENDS
    return dated(f"{year}-{season}", None, anchor)


def read_named_day(groups: Groups, context: Context) -> Read | None:
    """`6·15 공동선언`: days that are names."""
    found = words.named_day(str(groups["name"]), context.after)
    return dated(found) if found else None


def read_set_rate(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`1인당 하루 300g`, `한 달 수입`."""
    return Read(DateType.SET, _RATES[str(groups.get("word") or groups.get("word_b"))])


def read_clock_ko(groups: Groups, context: Context) -> Read:
    """`오전 8시 10분께`, of the day last spoken of, else of publication."""
    published = context.published if len(context.published or "") == PRECISION["day"] else None
    day = None if context.returns else context.near(10) or published
    return at_time(day or "XXXX-XX-XX", groups, day)
