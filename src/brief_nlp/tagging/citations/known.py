"""What has been cited so far, and what a repeat of it refers to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from brief_nlp.schema import Citation, CitationKind, FieldName
from brief_nlp.tagging.citations.words import HANGUL

_SMALL = ("of", "for", "the", "and", "in", "on", "to")
_LEAST_TITLE = 6  # letters of a shortened title that are enough to tell it


class Known(NamedTuple):
    """A citation, and the note that it stands in; `full` is the note of what a repeat repeats."""

    note: int
    full: int | None
    citation: Citation


def by_author(authors: Sequence[str], title: str | None, year: str | None, known: Sequence[Known]) -> Known | None:
    """The last full citation of these authors, of that title or year where one is given."""
    for one in reversed(known):
        if one.citation.kind is CitationKind.REPEAT:
            continue
        names = one.citation.values(FieldName.AUTHOR) + one.citation.values(FieldName.EDITOR)
        if not names and authors:
            names = one.citation.values(FieldName.PUBLISHER)
        if authors and not all(any(_same_name(short, name) for name in names) for short in authors):
            continue
        if title and not _same_title(title, one.citation.value(FieldName.TITLE) or ""):
            continue
        if year and not (one.citation.value(FieldName.DATE) or "").startswith(year):
            continue
        return one
    return None


def _same_name(short: str, name: str) -> bool:
    """Whether a surname, a whole name or an acronym names somebody who was named in full."""
    if HANGUL.search(name):
        return short.replace(" ", "") == name.replace(" ", "")
    short, name = short.casefold(), name.casefold()
    ends = name.split(",")[0].split() if "," in name else name.split()
    if short == name or (ends and short in (ends[0], ends[-1], name.split(",")[0])):
        return True
    acronym = "".join(word[0] for word in re.findall(r"[A-Za-z]+", name) if word.lower() not in _SMALL)
    return (len(short) > 1 and short == acronym) or f"({short})" in name


def _same_title(short: str, title: str) -> bool:
    left, right = (re.sub(r"[\W_]+", "", spelt).lower() for spelt in (short, title))
    left, right = left.removeprefix("the"), right.removeprefix("the")
    return len(left) >= min(_LEAST_TITLE if left.isascii() else 2, len(right)) and right.startswith(left)
