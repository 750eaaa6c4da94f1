"""A reference in the making: its fields, and what it has shown of its kind."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from brief_nlp.schema import CitationKind
from brief_nlp.tagging.citations.parts import Part
from brief_nlp.tagging.citations.people import names_in, without_roles
from brief_nlp.tagging.citations.words import SYMBOL, is_law, is_organisation, is_title_cased, words

_RESOLUTION = re.compile(r"[SA]/(?:HRC/)?RES/")
PARTIES = re.compile(r"\w v\. [A-Z]")  # of a case before a court
_ISSUE = re.compile(
    r"(?:[Nn]os?\.?\s?|[Ii]ssue\s|제\s?|第)?(?P<issue>\d{1,2}(?:[/–-]\d{1,2})?|(?<=no\. )\d{3})\s?(?:호|期)?"
)
_DAY = len("2024-01-16")
_MARKS = "“\"‘「〈<'«„"  # of a piece in something larger
_TITLE_MARKS = _MARKS + "『《≪【"


@dataclass
class Reading:
    """Fields read so far from a piece. `traits`: paper, site, chapter, thesis, works (collected works)."""

    piece: str
    fields: list[Part] = field(default_factory=list)
    traits: set[str] = field(default_factory=set)
    end: int = 0

    def add(self, name: str, start: int, end: int) -> None:
        """Take a stretch of the piece as a field; one that holds nothing is none."""
        if start < end:
            self.keep(Part(name, start, end, self.piece[start:end]))

    def keep(self, part: Part, name: str = "") -> None:
        """Take a part as a field, under another name where one is given."""
        self.fields.append(part._replace(name=name or part.name))
        self.end = max(self.end, part.end)

    def add_names(self, name: str, start: int, end: int) -> None:
        """Take the people or bodies of a stretch as fields, one by one."""
        left, right = without_roles(self.piece[start:end])
        for span in names_in(self.piece, start + left, start + right):
            self.add(name, *span)

    def settle(self) -> None:
        """Take the number of a journal with pages for its issue: `Dongbeiya luntan, no. 4 (2015), 33-41`."""
        if not self.has("container", "pages", "number") or self.has("volume") or self.has("issue") or self.has("place"):
            return
        for at, part in enumerate(self.fields):
            said = _ISSUE.fullmatch(part.value) if part.name == "number" else None
            if said:
                start, end = (part.start + offset for offset in said.span("issue"))
                self.fields[at] = Part("issue", start, end, said["issue"])

    def has(self, *names: str) -> bool:
        """Whether all of these fields were read."""
        return set(names) <= {part.name for part in self.fields}

    def value(self, name: str) -> str:
        """The first value of a field; empty where there is none."""
        return next((part.value for part in self.fields if part.name == name), "")

    @property
    def has_day(self) -> bool:
        """Whether the date is that of a day."""
        return len(self.value("date")) == _DAY

    @property
    def title_is_quoted(self) -> bool:
        """Whether quotation marks, not the brackets of books, stand around the title."""
        return self._marked_by(_MARKS)

    @property
    def title_is_marked(self) -> bool:
        """Whether any marks stand around the title."""
        return self._marked_by(_TITLE_MARKS)

    def _marked_by(self, marks: str) -> bool:
        title = next((part for part in self.fields if part.name == "title"), None)
        return title is not None and title.start > 0 and self.piece[title.start - 1] in marks


def kind_of(reading: Reading) -> CitationKind | None:
    """What is cited; None where too little was found to be sure that something is."""
    reading.settle()
    has, traits = reading.has, reading.traits
    if "paper" in traits and has("container") and reading.has_day and not has("place"):
        return CitationKind.NEWSPAPER
    if not has("title"):
        return _untitled(reading)
    called = _called(reading)
    if called:
        return called
    if has("url") and not has("volume") and not has("place"):
        found = CitationKind.REPORT if has("number") else CitationKind.WEB
        return CitationKind.NEWSPAPER if "paper" in traits else found
    if "chapter" in traits and has("container", "editor") and not has("issue"):
        return CitationKind.CHAPTER
    if (has("volume") or has("issue", "container")) and not (has("volume", "place") and not has("container")):
        if reading.has_day and has("publisher") and not has("pages"):
            return CitationKind.REPORT  # in a series
        return CitationKind.ARTICLE if has("container") or has("date") else None
    if has("place") or has("publisher", "date"):
        return _published(reading)
    if has("number") and SYMBOL.match(reading.value("number")):
        return CitationKind.REPORT
    return _dated(reading) if has("date") else None


def _untitled(reading: Reading) -> CitationKind | None:
    """What has no title: a body's paper with its number, a site on a day."""
    if reading.has("author", "container", "date") and "chapter" in reading.traits:
        return CitationKind.CHAPTER  # an introduction
    if reading.has("author", "number") and _RESOLUTION.match(reading.value("number")):
        return CitationKind.LAW
    if reading.has("author", "number") and (reading.has("date") or SYMBOL.match(reading.value("number"))):
        return CitationKind.REPORT
    return CitationKind.WEB if "site" in reading.traits and reading.has_day else None


def _called(reading: Reading) -> CitationKind | None:
    """What says what it is."""
    traits, dated = reading.traits, reading.has("date")
    if "spoken" in traits and dated and not reading.has("container"):
        return CitationKind.OTHER
    if "thesis" in traits or ("presented" in traits and dated):
        return CitationKind.REPORT
    if "works" in traits:
        return CitationKind.CHAPTER
    if PARTIES.search(reading.value("title")):
        return CitationKind.LAW
    law = _RESOLUTION.search(reading.value("number")) or (reading.has("number") and _is_law(reading))
    return CitationKind.LAW if law else None


def _is_law(reading: Reading) -> bool:
    """Whether the title is that of a law, and nothing says where a book about it came out."""
    if any(part.name == "author" and not is_organisation(part.value) for part in reading.fields):
        return False
    return (
        is_law(reading.value("title"))
        and not any(reading.has(name) for name in ("place", "publisher", "container", "volume", "url"))
    ) or reading.value("container").endswith("Treaty Series")


def _published(reading: Reading) -> CitationKind:
    """What has a publisher."""
    if reading.has("number") or "series" in reading.traits:
        return CitationKind.REPORT
    if "chapter" in reading.traits and reading.has("container"):
        return CitationKind.CHAPTER
    if reading.title_is_quoted and reading.has_day and not reading.has("place"):
        return CitationKind.REPORT
    by_body = _is_by_body(reading) and not reading.has("editor") and not reading.has("volume")
    return CitationKind.REPORT if by_body or _is_called_report(reading) else CitationKind.BOOK


def _dated(reading: Reading) -> CitationKind | None:
    """What has a date, but no publisher."""
    if reading.has("number") or _is_called_report(reading) or _is_by_body(reading):
        return CitationKind.REPORT
    if reading.has("container"):
        if "chapter" in reading.traits and reading.has("editor"):
            return CitationKind.CHAPTER
        if "site" in reading.traits:
            return CitationKind.WEB
        return CitationKind.NEWSPAPER if reading.has_day or "paper" in reading.traits else CitationKind.ARTICLE
    if reading.has("author") and reading.has_day and reading.title_is_quoted and not reading.has("pages"):
        return CitationKind.OTHER  # a speech
    named = reading.has("author") and (reading.has("pages") or not reading.has_day)
    looks_so = reading.title_is_marked or is_title_cased(reading.value("title"))
    return CitationKind.BOOK if named and looks_so else None


def _is_by_body(reading: Reading) -> bool:
    return any(part.name == "author" and is_organisation(part.value) for part in reading.fields)


def _is_called_report(reading: Reading) -> bool:
    return any(word in reading.value("title").lower() for word in words("report_words"))
