"""Expressions that need an anchor or name a length: `last year`, `two days later`, durations, sets, clock times."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from brief_nlp.schema import DateType, Language
from brief_nlp.tagging.dates import calendar, words
from brief_nlp.tagging.dates.clock import at_time
from brief_nlp.tagging.dates.context import FAR_BACK, Context, Groups, Read, dated

PRECISION = {
    "day": 10,
    "week": 9,
    "fortnight": 9,
    "month": 7,
    "quarter": 7,
    "year": 4,
    "decade": 3,
    "century": 3,
    "weekend": 9,
}


def read_half(groups: Groups, context: Context) -> Read | None:
    """`the first half of 2023`, `올해 상반기`."""
    half = 40 if str(groups.get("half")).lower() in ("first", "상반기") else 41
    if groups.get("year"):
        return dated(f"{groups['year']}-{half}")
    if groups.get("year_b"):
        return dated(f"{groups['year_b']}-{39 + int(groups.get('h') or groups.get('h_b') or 0)}")
    if context.language is Language.KO and groups.get("rel"):
        base_value, anchor = relative_base(str(groups["rel"]), context)
        found = context.day(base_value)
        return dated(f"{found.year + words.YEAR_NAMES[str(groups['rel'])]}-{half}", None, anchor) if found else None
    rel = str(groups.get("rel")).lower()
    story = context.near() if rel in ("the", "that") else None
    if rel == "none" and (context.told or "9") < (context.published or "")[:4]:
        story = context.told
    base = context.day(story or context.published)
    if base is None:
        return None
    return dated(f"{base.year - (rel == 'last') + (rel == 'next')}-{half}", None, "published")


def relative_base(which: str, context: Context) -> tuple[str | None, str | None]:
    """(the date that Korean words for a year look from, the same as an anchor)."""
    near = context.near(4, FAR_BACK)
    if which in words.YEARS_OF_THE_TEXT and near:
        return near, near
    return context.published, "published" if context.published else None


def read_part_named(groups: Groups, context: Context) -> Read | None:
    """`the end of last year`."""
    read = read_named_unit(groups, context)
    return replace(read, mod=words.part(groups.get("part"))) if read else None


_STEPS = {
    "this past": -1, "the prior": -1, "the last": -1, "this coming": 1, "the next": 1,
    "last": -1, "the previous": -1, "the preceding": -1, "this": 0, "the current": 0, "the present": 0, "that": 0,
    "the": 0, "all": 0, "the latest": 0, "the same": 0, "that same": 0, "next": 1, "the following": 1, "the coming": 1,
}  # fmt: skip
_KOREAN_UNITS = {
    "지난주": ("week", -1), "지난 주": ("week", -1), "이번 주": ("week", 0), "다음 주": ("week", 1),
    "지난 주말": ("weekend", -1), "지난주말": ("weekend", -1),
    "이번주": ("week", 0), "금주": ("week", 0), "다음주": ("week", 1),
    "이번 주말": ("weekend", 0), "다음 주말": ("weekend", 1),
    **{name: ("month", step) for name, step in words.MONTH_NAMES.items()},
}  # fmt: skip


def read_named_unit(groups: Groups, context: Context) -> Read | None:
    """`last year`, `the same month`, `이듬해`."""
    which = re.sub(r"\s+", " ", groups.get("which") or "").lower()
    if which in _KOREAN_UNITS:
        unit, step = _KOREAN_UNITS[which]
        by_text = which in words.MONTHS_OF_THE_TEXT or (
            which in ("다음 달", "다음달") and context.told_as_past and context.near(7) != context.published
        )
        near = context.near(7) if by_text else None
        base_value, anchor = near or context.published, near or "published"
    elif context.language is Language.KO:
        unit, step = "year", words.YEAR_NAMES[which]
        base_value, found = relative_base(which, context)
        anchor = found or "published"
    else:
        unit, step = words.unit(groups.get("unit") or "year"), _STEPS[which]
        by_context = which.startswith(("that", "the")) and not which.endswith(("current", "present", "coming"))
        back = which.startswith(("that", "the same", "the following", "the previous", "the preceding"))
        near = context.near(PRECISION.get(unit, 4), FAR_BACK if back else None)
        behind = which == "the" and bool(context.ahead) and (near or "9") < (context.published or "")
        base_value = near if by_context and near and not behind else context.published
        anchor = "published" if base_value == context.published else str(base_value)
    base = context.day(base_value)
    if base is None or base_value is None:
        return dated("PRESENT_REF" if step == 0 else "FUTURE_REF" if step > 0 else "PAST_REF")
    if len(base_value) < PRECISION.get(unit, 4):
        return dated("PAST_REF" if step < 0 else "FUTURE_REF" if step else "PRESENT_REF", None, None)
    return dated(moved(base, unit, step), words.part(groups.get("part")), anchor)


def moved(base: date, unit: str, step: float) -> str:
    """The unit `step` units away from the one that holds `base`, as EDTF of the unit's precision."""
    if unit == "fortnight":
        unit, step = "week", 2 * step
    if unit == "day":
        return (base + timedelta(days=step)).isoformat()
    if unit in ("week", "weekend"):
        monday = base - timedelta(days=base.weekday()) + timedelta(weeks=step)
        start = monday + timedelta(days=5 if unit == "weekend" else 0)
        return f"{start.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    if unit == "month":
        there = base + relativedelta(months=int(step))
        return calendar.month(there.year, there.month)
    if unit == "quarter":
        there = base + relativedelta(months=3 * int(step))
        return f"{there.year}-{33 + (there.month - 1) // 3}"
    year = base.year + int(step * {"year": 1, "decade": 10, "century": 100, "generation": 30}[unit])
    return {"decade": f"{year:04d}"[:3] + "X", "century": f"{year:04d}"[:2] + "XX"}.get(unit, f"{year:04d}")


def read_shift(groups: Groups, context: Context) -> Read | None:
    """`two days later`, `three years ago`, `the day before`."""
    amount = words.number(groups["n"]) if groups.get("n") else 1.0 if "n" not in groups else None
    if "and a half" in context.text and amount is not None and amount == int(amount):
        amount += 0.5
    unit = words.unit(groups.get("unit") or "")
    unit = "day" if unit == "night" else unit
    side = (groups.get("side") or "").lower().rstrip("s")
    backward = side in ("ago", "earlier", "before")
    to_now = side in ("ago", "from now", "hence", "away")
    near = context.near(PRECISION.get(unit, 4)) or (None if backward else context.near())
    base_value = context.published if to_now or not near else near
    base = context.day(base_value)
    if amount is None or base is None or base_value is None or unit in ("hour", "minute", "second"):
        return dated("PAST_REF" if backward else "FUTURE_REF")
    if len(base_value) < PRECISION.get(unit, 4):
        return dated("PAST_REF" if backward else "FUTURE_REF")
    try:
        there = moved(base, unit, -amount if backward else amount)
    except (OverflowError, ValueError):
        return None
    return dated(there, None, "published" if base_value == context.published else base_value)


def read_span(groups: Groups, context: Context) -> Read:
    """`over the past ten years`: a length, and the stretch that it covers up to or from publication."""
    amount = words.number(groups["n"]) if groups.get("n") else None
    unit = words.unit(groups.get("unit") or "year")
    if "n" not in groups and not context.text.endswith("s"):
        amount = 1
    if groups.get("half"):
        amount = 0.5
    if groups.get("more"):
        amount = 1.5
    return stretch(amount, unit, context, ahead=(groups.get("side") or "").lower() in ("next", "coming", "following"))


def stretch(amount: float | None, unit: str, context: Context, *, ahead: bool, tens: int = 0) -> Read:
    """A length that reaches from publication ahead, or up to it."""
    base, published = context.day(context.published), context.published or ""
    covers = None
    if amount and base and len(published) >= PRECISION.get(unit, 99):
        there = moved(base, unit, amount if ahead else -amount).split("/")[0]
        here = published[: len(there)]
        covers = f"{here}/{there}" if ahead else f"{there}/{here}"
    return Read(DateType.DURATION, words.duration(amount, unit, tens), None, "published" if covers else None, covers)


_RATE = re.compile(r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|hundred|thousand|million|billion)\b)")
_SOME_DAY = re.compile(r"\b(?:will|may|might|could|would|shall|should|hopes?|can)\b[^,;]{0,50}$")
_SHE_WILL = re.compile(r" (?:\w+ ){1,3}(?:will|may|might|could|would)\b")
_RATED = re.compile(
    r"(?:%|per ?cent|[a-z]{2,}s|people|times|won|yuan|yen|illion|thousand|hundred|rice|grain|oil|coal)\s$"
)


def read_duration(groups: Groups, context: Context) -> Read | None:
    """`within ten years`, `at least more than a decade`; "a year" behind a figure is a rate."""
    said = (groups.get("n") or "").strip().lower()
    unit = words.unit(groups.get("unit") or ("year" if said not in words.UNITS else said))
    if said in ("a", "an") and _RATED.search(context.before) and _RATE.search(context.before[-40:]):
        return Read(DateType.SET, words.duration(1, unit))
    amount = 1.0 if said in words.UNITS else words.number(said) if said else None
    if said in ("a", "an") and unit == "quarter":
        return None  # a share, not three months
    if (
        said == "one"
        and unit == "day"
        and _SOME_DAY.search(context.before)
        and context.after[:1] in (",", ".", ";", "")
    ):
        return dated("FUTURE_REF")
    if said == "one" and unit == "day" and _SHE_WILL.match(context.after):
        return dated("FUTURE_REF")
    share = (groups.get("share") or "").lower()
    if share:
        amount = 0.5 if share == "half" else 0.25
    if groups.get("half") and amount is not None:
        amount += 0.5
    return Read(DateType.DURATION, words.duration(amount, unit), _bound(groups.get("mod")))


def read_duration_range(groups: Groups, context: Context) -> Read | None:  # noqa: ARG001
    """`60 to 90 days`: of unknown number, as the guideline has it."""
    low, high = words.number(groups["n"]), words.number(groups["n2"])
    if low is None or high is None or low >= high:
        return None
    return Read(DateType.DURATION, words.duration(None, words.unit(str(groups["unit"]))))


_BOUNDS = {
    "at least more than": "more", "at least": "equal_or_more", "more than": "more", "over": "more",
    "at most": "equal_or_less", "within": "equal_or_less", "in under": "less", "no more than": "equal_or_less",
    "fewer than": "less", "just under": "less", "just over": "more", "well over": "more", "as many as": "equal_or_less",
    "up to": "equal_or_less", "less than": "less", "under": "less", "nearly": "less", "almost": "less",
    "longer than": "more", "no longer than": "equal_or_less", "upwards of": "more", "as long as": "equal_or_less",
    "in less than": "less",
}  # fmt: skip


def _bound(words_before: str | None) -> str | None:
    return _BOUNDS.get(words_before.lower(), "approx") if words_before else None


def read_years_and_months(groups: Groups, context: Context) -> Read | None:  # noqa: ARG001
    """`three years and seven months`, `1년 9개월 만에`."""
    years, months = words.number(groups["n"]), words.number(groups["n2"])
    if years is None or months is None:
        return None
    return Read(DateType.DURATION, f"P{years:g}Y{months:g}M")


def read_vague_duration(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`a considerable period of time`."""
    return Read(DateType.DURATION, "PXX")


_ADVERBS = {
    "annual": "P1Y", "year": "P1Y", "month": "P1M", "week": "P1W", "quarter": "P3M", "dai": "P1D", "hour": "PT1H",
    "biannual": "P6M", "semi-annual": "P6M", "biennial": "P2Y",
}  # fmt: skip
_KOREAN_SETS = {"분기": "P3M", "달": "P1M", "월": "P1M", "주": "P1W", "일": "P1D", "날": "P1D"}


def read_set(groups: Groups, context: Context) -> Read:
    """`every year`, `annually`, `매년`."""
    adverb = groups.get("adverb")
    if adverb == "annum":
        return Read(DateType.SET, "P1Y")
    if adverb:
        return Read(DateType.SET, _ADVERBS[adverb.lower().removesuffix("ly")])
    if groups.get("unit"):
        said = (groups.get("n") or "").lower()
        amount = 2.0 if said == "other" else None if said == "few" else words.number(groups.get("n")) or 1.0
        return Read(DateType.SET, words.duration(amount, words.unit(str(groups["unit"]))))
    return Read(DateType.SET, next((v for k, v in _KOREAN_SETS.items() if k in context.text), "P1Y"))


def read_set_daypart(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`every morning`, `day and night`."""
    return Read(DateType.SET, "P1D")


def read_set_weekday(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`every Monday`, `Mondays`."""
    return Read(DateType.SET, "P1W")


# "they had known nothing until Monday"
_HAD = re.compile(r"\b(?:had|not|n['’]t|nothing|nobody|only)\b")


def read_weekday(groups: Groups, context: Context) -> Read | None:
    """`on Monday`, `Thursday night`, resolved against a publication day."""
    base = context.day(context.published)
    which = (groups.get("which") or "").lower()
    if base is None or context.published is None or len(context.published) < 10:
        return dated("PAST_REF") if which == "last" else None
    wanted = words.WEEKDAYS[str(groups["weekday"])[:3].lower()]
    if groups.get("week"):  # "다음 주 수요일": of that week
        monday = base - timedelta(days=base.weekday()) + timedelta(weeks={"지난": -1, "다음": 1}.get(which, 0))
        return at_time((monday + timedelta(days=wanted)).isoformat(), groups, "published")
    comes = context.ahead or context.fixed
    limit = which in ("until", "till") and not _HAD.search(context.before or context.after)
    limit = limit or (which == "by" and context.ahead is not False)
    ahead = limit or which in ("next", "오는", "다음") or (comes and which not in ("last", "지난"))
    step = (wanted - base.weekday()) % 7 or (7 if which == "next" else 0)
    back = (base.weekday() - wanted) % 7 or (7 if which == "last" else 0)
    found = (base + timedelta(days=step) if ahead else base - timedelta(days=back)).isoformat()
    return at_time(found, groups, "published")


def read_daypart(groups: Groups, context: Context) -> Read:
    """`this morning`, `last night`."""
    which = str(groups["which"]).lower()
    base_value = context.near(10) if which.startswith(("that", "the")) else None
    base_value = base_value or context.published
    base = context.day(base_value)
    if base is None or base_value is None or len(base_value) < 10:
        return dated("PAST_REF")
    side = (groups.get("side") or "").lower()
    back = "last" in which or which == "the previous" or side == "before"
    ahead = which in ("the next", "the following") or side == "after"
    # news that tells of "the night" tells of the one before it
    back = back or (
        groups["daypart"] == "night" and which == "the" and base_value == context.published and not context.ahead
    )
    return at_time((base + timedelta(days=ahead - back)).isoformat(), groups, "published")


_DEICTIC = {
    "day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0, "overnight": 0, "tomorrow": 1,
    "day after tomorrow": 2,
    "그저께": -2, "어제": -1, "오늘": 0, "내일": 1, "모레": 2,
}  # fmt: skip


# "today" as the time in which one lives: with what is so, not with what happened
_STANDS = re.compile(
    r"\b(?:is|are|stands?|remains?|lives?|exists?|faces?|presides|than|as|even)\s(?:(?!due|\w+ing\b|\w+ed\b)\w+ )?$",
    re.I,
)
_STANDS_AFTER = re.compile(r",? (?:[A-Z][\w'’]+ ){0,3}(?:is|are|remains?|stands?|has become|lives?|have no|has no)\b")


def read_deictic(groups: Groups, context: Context) -> Read:
    """`yesterday`, `earlier today`, `tonight`, `어제`."""
    word = str(groups["word"]).lower()
    base = context.day(context.published)
    if word == "today" and (_STANDS.search(context.before) or _STANDS_AFTER.match(context.after)):
        return dated("PRESENT_REF")
    if word == "오늘날" or base is None or len(context.published or "") < 10:
        step = _DEICTIC.get(word, 0)
        return dated("PAST_REF" if step < 0 else "FUTURE_REF" if step else "PRESENT_REF")
    night_before = word == "overnight" and not context.ahead
    if word == "overnight" and (told := context.near(10, len(context.before))):
        return at_time(told, {"daypart": "night"}, told)
    day = (base + timedelta(days=_DEICTIC[word] - night_before)).isoformat()
    return at_time(day, {"daypart": "night"} if word in ("tonight", "overnight") else groups, "published")


def read_clock(groups: Groups, context: Context) -> Read | None:
    """`9:30 a.m. on Monday`, `16:00 UTC`."""
    hour, minute, half = int(groups["hour"] or 0), int(groups.get("minute") or 0), groups.get("half")
    if half:
        hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
    if groups.get("weekday"):
        told = read_weekday({"weekday": groups["weekday"]}, context)
        day = told.value if told else None
    elif groups.get("word"):
        day = read_deictic({"word": groups["word"]}, context).value
    else:
        day = None if context.returns else context.near(10) or context.published
    lead = day if day and len(day) == 10 else "XXXX-XX-XX"
    return Read(
        DateType.TIME,
        f"{lead}T{hour:02d}:{minute:02d}" + ("Z" if groups.get("zone") in ("UTC", "GMT") else ""),
        "approx" if groups.get("mod") else None,
    )


def read_past_ref(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`recently`, `최근`."""
    return dated("PAST_REF")


def read_present_ref(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`currently`, `현재`."""
    return dated("PRESENT_REF")


def read_future_ref(groups: Groups, context: Context) -> Read:  # noqa: ARG001
    """`in the near future`, `향후`."""
    return dated("FUTURE_REF")
