"""What has been cited so far, and what a repeat of it refers to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from brief_nlp.schema import Citation, CitationKind, FieldName
from brief_nlp.tagging.citations.words import HANGUL, kinds_called

_SMALL = ("of", "for", "the", "and", "in", "on", "to")
_LEAST_TITLE = 6  # letters of a shortened title that are enough to tell it
_COLON = re.compile(r":\s|^\W?[^\]]{1,20}\]\s?")
_NO_LETTER = re.compile(r"[\W_]+")
_WORD, _LEAST_WORDS = re.compile(r"\w+"), 4
_LEAST_INNER = 15  # where they are not its first
_ARTICLE = re.compile(r"^\W*(?:the|an?)\s", re.I)


class Known(NamedTuple):
    """A citation, and the note that it stands in; `full` and `kind` are the note and kind of what a repeat repeats."""

    note: int
    full: int | None
    citation: Citation
    kind: CitationKind


def known_as(citation: Citation, note: int, known: Sequence[Known]) -> Known:
    """A citation as what later notes can repeat."""
    if citation.kind is not CitationKind.REPEAT:
        return Known(note, note, citation, citation.kind)
    same = (one.kind for one in reversed(known) if one.note == citation.repeats)
    return Known(note, citation.repeats, citation, next(same, citation.kind))


def last_called(phrase: str, known: Sequence[Known]) -> Known | None:
    """What was cited last; where a phrase says what it is, `위의 보고서`, the last that can be called so."""
    kinds = kinds_called(phrase)
    fitting = (one for one in reversed(known) if one.kind.value in kinds)
    return next(fitting, known[-1] if known else None)


def by_author(
    authors: Sequence[str], title: str | None, year: str | None, known: Sequence[Known], *, several: bool = False
) -> Known | None:
    """The last full citation of these authors, of that title or year where one is given.

    Unless `several` says that there were others, what they wrote alone comes before what they wrote with others.
    """
    joint = None
    for one in reversed(known):
        if one.citation.kind is CitationKind.REPEAT:
            continue
        names = one.citation.values(FieldName.AUTHOR) + one.citation.values(FieldName.EDITOR)
        if not names and authors:
            names = one.citation.values(FieldName.PUBLISHER) or one.citation.values(FieldName.CONTAINER)
        told = title and all(
            short.isupper() and " " not in short for short in authors
        )  # UNICEF: no acronym of its words
        if authors and not told and not all(any(_same_name(short, name) for name in names) for short in authors):
            continue
        if title and not _same_title(title, one.citation.value(FieldName.TITLE) or ""):
            continue
        if year and not (one.citation.value(FieldName.DATE) or "").startswith(year):
            continue
        if title or several or len(names) <= len(authors):
            return one
        joint = joint or one
    return joint


def _same_name(short: str, name: str) -> bool:
    """Whether a surname, a whole name or an acronym names somebody who was named in full."""
    if HANGUL.search(name):
        return short.replace(" ", "") == name.replace(" ", "")
    short, name = short.casefold(), name.casefold()
    ends = name.split(",")[0].split() if "," in name else name.split()
    if short == name or (ends and short in (ends[0], ends[-1], name.split(",")[0])):
        return True
    if len(ends) > 1 and short.split()[-1:] == ends[-1:] and short.split()[0][0] == ends[0][0]:
        return True  # J. Kim, Jong Kim
    if " " in short and (name.startswith(f"{short} ") or set(short.split()) == set(re.findall(r"[^\s,]+", name))):
        return True  # the first words of a body's name; a name with the surname first or last
    acronym = "".join(word[0] for word in re.findall(r"[A-Za-z]+", name) if word.lower() not in _SMALL)
    acronym = acronym.removeprefix("us") if acronym != short and len(acronym) > len("us") + 1 else acronym
    return (len(short) > 1 and short == acronym) or f"({short})" in name


def _same_title(short: str, title: str) -> bool:
    left = _letters(short)
    for behind in (0, *(colon.end() for colon in _COLON.finditer(title))):
        right = _letters(title[behind:])
        if len(left) >= min(_LEAST_TITLE if left.isascii() else 2, len(right)) and right.startswith(left):
            return True
    return (len(left) >= _LEAST_INNER and left in _letters(title)) or _skips(short, title)


def _skips(short: str, title: str) -> bool:
    """Whether a shortened title leaves out words in the middle: `How Good Are the Estimates?`"""
    whole = iter(_WORD.findall(title.lower()))
    said = _WORD.findall(short.lower())
    return len(said) >= _LEAST_WORDS and all(word in whole for word in said)


def _letters(title: str) -> str:
    return _NO_LETTER.sub("", _ARTICLE.sub("", title)).lower()
