"""Small pieces of EDTF: writing values and finding their first and last day.

EDTF is ISO 8601-2:2019; the subset used here is what `edtf` (PyPI) accepts, which the tests check.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_PLAIN = re.compile(r"(?P<y>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<m>\d{2}))?(?:-(?P<d>\d{2}))?[~?%]?")
# ISO 8601-2 codes: seasons 21 to 24, quarters 33 to 36, half-years 40 and 41
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
_QUARTERS = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}
_HALVES = {40: (1, 6), 41: (7, 12)}
_SPANS = {**_SEASONS, **_QUARTERS, **_HALVES}


def day(year: int, month: int, number: int) -> str | None:
    """An EDTF day; None where there is no such day."""
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return None


def month(year: int, number: int) -> str:
    """An EDTF month."""
    return f"{year:04d}-{number:02d}"


def bounds(value: str) -> tuple[str | None, str | None]:
    """(first day, last day) that an EDTF value covers, ISO 8601; None where it has no such bound."""
    if "/" in value:
        start, end = value.split("/", 1)
        return bounds(start)[0] if start not in ("", "..") else None, bounds(end)[1] if end not in ("", "..") else None
    match = _PLAIN.fullmatch(value.split("T", maxsplit=1)[0])
    if not match:
        return None, None
    first, last = int(match["y"].replace("X", "0")), int(match["y"].replace("X", "9"))
    if not match["m"]:
        return f"{first:04d}-01-01", f"{last:04d}-12-31"
    number = int(match["m"])
    if number in _SPANS:
        opening, closing = _SPANS[number]
        end_year, end_month = first + (closing > 12), (closing - 1) % 12 + 1
        return (
            f"{first:04d}-{opening:02d}-01",
            f"{end_year:04d}-{end_month:02d}-{monthrange(end_year, end_month)[1]:02d}",
        )
    if not 1 <= number <= 12:
        return None, None
    if match["d"]:
        return match[0].rstrip("~?%"), match[0].rstrip("~?%")
    return f"{first:04d}-{number:02d}-01", f"{first:04d}-{number:02d}-{monthrange(first, number)[1]:02d}"
