"""Number words, month names and the like, for both languages."""

from __future__ import annotations

import re
from functools import cache

from brief_nlp.rule_files import rule_file

MONTHS = {
    name: place + 1
    for place, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
}
WEEKDAYS = {
    **{name: place for place, name in enumerate(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])},
    **{name: place for place, name in enumerate("월화수목금토일")},
}
SEASONS = {
    "spring": 21,
    "summer": 22,
    "autumn": 23,
    "fall": 23,
    "winter": 24,
    "봄": 21,
    "여름": 22,
    "가을": 23,
    "겨울": 24,
}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4,
    "첫째": 1, "첫": 1, "둘째": 2, "셋째": 3, "넷째": 4, "다섯째": 5,
}  # fmt: skip
DECADES = {
    "twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8,
    "nineties": 9,
}  # fmt: skip
CENTURIES = {"nineteenth": 19, "twentieth": 20, "twenty-first": 21}
# how far the year that words name lies from the one of the text or of its publication
YEAR_NAMES = {
    "last": -1, "the previous": -1, "next": 1, "the following": 1,
    "재작년": -2, "지난해": -1, "작년": -1, "올해": 0, "금년": 0, "올": 0, "내년": 1, "내후년": 2, "이듬해": 1,
    "그 이듬해": 1, "다음 해": 1, "다음해": 1, "같은 해": 0, "같은해": 0, "그해": 0, "그 해": 0,
    "당해": 0, "당해년도": 0, "전년": -1, "전년도": -1,
}  # fmt: skip
# those that look from the year last spoken of
YEARS_OF_THE_TEXT = frozenset(
    (
        "이듬해",
        "그 이듬해",
        "다음 해",
        "다음해",
        "같은 해",
        "같은해",
        "그해",
        "그 해",
        "당해",
        "당해년도",
        "전년",
        "전년도",
    )
)
# how far the month that words name lies from the one of the text or of publication
MONTH_NAMES = {
    "지난달": -1, "지난 달": -1, "전월": -1, "이번 달": 0, "이달": 0, "같은 달": 0, "그달": 0, "다음 달": 1,
    "다음달": 1, "내달": 1,
}  # fmt: skip
MONTHS_OF_THE_TEXT = frozenset(("같은 달", "그달", "전월"))

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_NATIVE_KOREAN = {
    "한": 1,
    "두": 2,
    "세": 3,
    "네": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
    "열": 10,
    "열한": 11,
    "열두": 12,
    "열세": 13,
    "열네": 14,
    "열다섯": 15,
    "열여섯": 16,
    "열일곱": 17,
    "열여덟": 18,
    "열아홉": 19,
    "스물": 20,
    "스무": 20,
    "석": 3,
    "넉": 4,
    "일": 1,
    "이": 2,
    "삼": 3,
    "십": 10,
    "이십": 20,
    "삼십": 30,
    "사십": 40,
    "오십": 50,
    "육십": 60,
    "칠십": 70,
    "백": 100,
    "반": 0.5,
}
_NUMBERS: dict[str, float] = {
    **{word: value for value, word in enumerate(_SMALL)},
    **_TENS,
    **_NATIVE_KOREAN,
    "a": 1,
    "an": 1,
    "another": 1,
    "single": 1,
    "a hundred": 100,
    "a thousand": 1000,
    "a dozen": 12,
    "half a dozen": 6,
    "half": 0.5,
    "half a": 0.5,
    "half an": 0.5,
    "a couple of": 2,
    "couple of": 2,
}

# unit -> (ISO 8601 designator, how many of it, whether it follows the T)
UNITS = {
    "second": ("S", 1, True),
    "minute": ("M", 1, True),
    "hour": ("H", 1, True),
    "day": ("D", 1, False),
    "night": ("D", 1, False),
    "week": ("W", 1, False),
    "fortnight": ("W", 2, False),
    "weekend": ("D", 2, False),
    "month": ("M", 1, False),
    "quarter": ("M", 3, False),
    "year": ("Y", 1, False),
    "decade": ("Y", 10, False),
    "century": ("Y", 100, False),
    "half-century": ("Y", 50, False),
    "generation": ("Y", 30, False),
}
_KOREAN_UNITS = {
    "년": "year", "해": "year", "개년": "year", "개월": "month", "달": "month", "주": "week", "주일": "week",
    "일": "day",
    "시간": "hour", "분": "minute", "초": "second", "세기": "century", "세대": "generation",
}  # fmt: skip
PARTS = {
    "early": "start", "beginning": "start", "start": "start", "mid": "mid", "middle": "mid", "late": "end",
    "latter": "end", "end": "end", "close": "end", "later": "end", "earlier": "start", "turn": "start",
    "opening": "start", "first": "start", "closing": "end", "final": "end", "last": "end", "dying": "end",
    "second": "end",
    "초반": "start", "초중반": "start", "중후반": "end", "막바지": "end", "초": "start", "초순": "start", "중반": "mid",
    "중순": "mid", "후반": "end", "말": "end", "하순": "end", "전반기": "start", "후반기": "end",
}  # fmt: skip


def full_year(short: str) -> int:
    """2024 for `24`, 1998 for `98`."""
    return int(short) + (2000 if int(short) < 50 else 1900)


def month_number(name: str) -> int:
    """1 to 12 for an English month name or abbreviation."""
    return MONTHS[name[:3].lower()]


_NTH = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
        "twentieth")  # fmt: skip


def day_number(nth: str) -> int:
    """1 to 31 for `sixteenth`, `twenty-first`, `thirtieth`."""
    tens, dash, ones = nth.lower().partition("-")
    if dash:
        return _TENS[tens] + _NTH.index(ones) + 1
    return 30 if tens == "thirtieth" else _NTH.index(tens) + 1


def number(word: str | None) -> float | None:
    """The value of a number word or digits; None where it is vague (`several`, `수`)."""
    if word is None:
        return None
    plain = word.strip().lower()
    if plain.endswith(" and a half"):
        whole = number(plain.removesuffix(" and a half"))
        return None if whole is None else whole + 0.5
    if plain in _NUMBERS:
        return _NUMBERS[plain]
    tens, dash, ones = plain.partition("-")
    if dash and tens in _TENS and ones in _NUMBERS:
        return _TENS[tens] + _NUMBERS[ones]
    return float(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain) else None


def unit(word: str) -> str:
    """The English singular of a unit of time."""
    if word in _KOREAN_UNITS:
        return _KOREAN_UNITS[word]
    lowered = word.lower()
    if lowered in ("centurie", "centurys", "centuries", "centurie s"):
        return "century"
    return lowered.removesuffix("s")


def part(words: str | None) -> str | None:
    """`start`, `mid` or `end` for the words that name a part of a period."""
    if not words:
        return None
    return next((mod for word, mod in PARTS.items() if word in re.split(r"[\s-]", words.lower())), None) or PARTS.get(
        words
    )


def duration(amount: float | None, name: str, tens: int = 0) -> str:
    """An ISO 8601 duration; X stands for an amount that is not told, a nought after it for each of its `tens`."""
    designator, factor, of_time = UNITS[name]
    factor *= 10**tens
    lead = "PT" if of_time else "P"
    if amount is None:
        return f"{lead}X{designator}" if factor < 10 else f"{lead}X{'0' * (len(str(factor)) - 1)}{designator}"
    total = amount * factor
    if designator == "Y" and total == 0.5:
        return "P6M"
    return f"{lead}{total:g}{designator}"


@cache
def _anniversaries(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(item["pattern"], re.I), item["day"]) for item in rule_file("tagging", "anniversaries")[language]
    )


def anniversary(what: str, language: str) -> str | None:
    """The day (ISO 8601) of the event whose anniversaries the words count; None where it is not known."""
    return next((day for pattern, day in _anniversaries(language) if pattern.search(what)), None)


def named_day(name: str, after: str) -> str | None:
    """The day (ISO 8601) that a name such as `6·15` stands for, by the word after it where several bear the name."""
    name = name.replace(".", "·")
    days: dict[str, str] = rule_file("tagging", "anniversaries")["named_days"]
    return days.get(name) or days.get(f"{name} {after.lstrip()[:2]}")
