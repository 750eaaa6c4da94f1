"""Number words, month names and the like, for both languages."""

from __future__ import annotations

import re

MONTHS = {
    name: place + 1
    for place, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
}
WEEKDAYS = {name: place for place, name in enumerate(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])}
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
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}

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
    "십": 10,
}
_NUMBERS: dict[str, float] = {
    **{word: value for value, word in enumerate(_SMALL)},
    **_TENS,
    **_NATIVE_KOREAN,
    "a": 1,
    "an": 1,
    "a hundred": 100,
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
    "week": ("W", 1, False),
    "weekend": ("D", 2, False),
    "month": ("M", 1, False),
    "quarter": ("M", 3, False),
    "year": ("Y", 1, False),
    "decade": ("Y", 10, False),
    "century": ("Y", 100, False),
    "generation": ("Y", 30, False),
}
_KOREAN_UNITS = {
    "년": "year", "개년": "year", "개월": "month", "달": "month", "주": "week", "주일": "week", "일": "day",
    "시간": "hour", "분": "minute", "세기": "century", "세대": "generation",
}  # fmt: skip
PARTS = {
    "early": "start", "beginning": "start", "start": "start", "mid": "mid", "middle": "mid", "late": "end",
    "latter": "end", "end": "end", "close": "end", "초반": "start", "초": "start", "초순": "start", "중반": "mid",
    "중순": "mid", "후반": "end", "말": "end", "하순": "end", "전반기": "start", "상반기": "start",
    "하반기": "end", "후반기": "end",
}  # fmt: skip


def month_number(name: str) -> int:
    """1 to 12 for an English month name or abbreviation."""
    return MONTHS[name[:3].lower()]


def number(word: str | None) -> float | None:
    """The value of a number word or digits; None where it is vague (`several`, `수`)."""
    if word is None:
        return None
    plain = word.strip().lower()
    if plain in _NUMBERS:
        return _NUMBERS[plain]
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


def duration(amount: float | None, name: str) -> str:
    """An ISO 8601 duration; X stands for an amount that is not told."""
    designator, factor, of_time = UNITS[name]
    lead = "PT" if of_time else "P"
    if amount is None:
        return f"{lead}X{designator}" if factor == 1 else f"{lead}X{'0' * (len(str(factor)) - 1)}{designator}"
    total = amount * factor
    if designator == "Y" and total != int(total):
        return f"P{round(total * 12)}M"
    return f"{lead}{total:g}{designator}"
