"""What a reading function is given, and what it gives back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from brief_nlp.schema import DateType, Language
from brief_nlp.tagging.dates import calendar

Groups = dict[str, str | None]

NEAR = 300  # characters over which a year that was spoken of is taken up again
_FUTURE = re.compile(
    r"\b(?:will|shall|plan(?:s|ned)? to|scheduled|slated|expected to|upcoming|due)\b|예정|할 것|계획", re.I
)


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

    @property
    def of_the_future(self) -> bool:
        """Whether the words around speak of what is to come."""
        return bool(_FUTURE.search(self.around))


def dated(value: str, mod: str | None = None, anchor: str | None = None) -> Read:
    """A reading of type date."""
    return Read(DateType.DATE, value, mod, anchor)
