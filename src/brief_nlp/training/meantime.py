"""MEANTIME English: Wikinews with TIMEX3 annotated by others (CC BY 4.0; read from the shared folder).

The first six sentences of each article are annotated: title, date line and four or five more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

LAST_SENTENCE = 5  # the last one annotated, counted from 0
DATE_LINE = 1
_NO_SPACE_BEFORE = frozenset((",", ".", ";", ":", "!", "?", ")", "]", "”", "’", "'s", "’s", "n't", "%", "'"))
_NO_SPACE_AFTER = frozenset(("(", "[", "“", "$", "#"))


class Timex(NamedTuple):
    """A temporal expression: offsets in the article's text, TIMEX3 type and value."""

    start: int
    end: int
    type: str
    value: str


class Article(NamedTuple):
    """The annotated part of an article as running text, its date, and its expressions."""

    name: str
    text: str
    created: str
    timexes: tuple[Timex, ...]
    date_line: tuple[int, int]


def articles(folder: Path) -> Iterator[Article]:
    """The articles that name their date, in order of name."""
    for path in sorted((folder / "intra-doc_annotation").rglob("*.xml")):
        article = _read(path)
        if article:
            yield article


def _read(path: Path) -> Article | None:
    root = ElementTree.parse(path).getroot()  # noqa: S314 - the measuring data beside the checkout
    spans: dict[str, tuple[int, int]] = {}
    text, sentence, line = "", 0, [0, 0]
    for token in root.iter("token"):
        number, word = int(token.get("sentence", "0")), token.text or ""
        if number > LAST_SENTENCE:
            break
        if number != sentence:
            text, sentence = text + "\n", number
        elif text and word not in _NO_SPACE_BEFORE and text[-1:] not in (*_NO_SPACE_AFTER, "\n"):
            text += " "
        spans[str(token.get("t_id"))] = (len(text), len(text) + len(word))
        if number == DATE_LINE:
            line = [line[0] or len(text), len(text) + len(word)]
        text += word
    created, found = "", []
    for element in root.iter("TIMEX3"):
        places = [spans[anchor] for child in element if (anchor := child.get("t_id", "")) in spans]
        if element.get("functionInDocument") == "CREATION_TIME":
            created = element.get("value", "")
        elif places:
            start, end = min(place[0] for place in places), max(place[1] for place in places)
            if not line[0] <= start < line[1]:
                found.append(Timex(start, end, element.get("type", ""), element.get("value", "")))
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", created):
        return None
    return Article(path.stem, text, created, tuple(sorted(found)), (line[0], line[1]))
