"""Dates against MEANTIME English: Wikinews with TIMEX3 annotated by others (CC BY 4.0; read from the shared folder).

The first six sentences of each article are annotated (title, date line and four or five more); only they are
scored. The article's own date is given, as TempEval does, and its line left out. Spans count as relaxed (they
overlap) and strict (they are equal); a value counts where the TIMEX3 value is the same string. Value F1 is relaxed
F1 times the share of values right among the relaxed matches (TempEval-3: UzZaman et al. 2013).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from brief_nlp.evaluation.scores import Score
from brief_nlp.evaluation.spans import SpanCounts
from brief_nlp.interchange.timex3 import timex3
from brief_nlp.schema import Language
from brief_nlp.tagging.dates import find_dates

LAST_SENTENCE = 5  # the last one annotated, counted from 0
DATE_LINE = 1
EVERY, APART = 3, 2  # every third article, by place, is one that nobody tunes on
HEIDELTIME = {"relaxed": 0.85, "strict": 0.79, "value": 0.73}  # what `make bench-dates` printed for it, rounded up
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


def found_in(article: Article) -> list[Timex]:
    """What brief-nlp finds in an article, outside its date line."""
    mentions = find_dates(article.text, language=Language.EN, published=article.created)
    return [
        Timex(timex.start, timex.end, timex.type, timex.value)
        for timex in timex3(mentions)
        if not article.date_line[0] <= timex.start < article.date_line[1]
    ]


def counts(gold: Sequence[Timex], found: Sequence[Timex]) -> SpanCounts:
    """How expressions fit the gold ones of their article."""
    return SpanCounts.of(gold, found, lambda one, other: one.value == other.value)


def meantime_scores(shared: Path) -> list[Score]:
    """Figures on all articles. HeidelTime on the same ones, in one run: `make bench-dates`."""
    total = apart = SpanCounts()
    for place, article in enumerate(articles(shared / "data" / "meantime_en")):
        own = counts(article.timexes, found_in(article))
        total = total.plus(own)
        apart = apart.plus(own) if place % EVERY == APART else apart
    return [
        Score("MEANTIME dates: relaxed F1", total.relaxed, HEIDELTIME["relaxed"], detail=total.detail),
        Score("MEANTIME dates: strict F1", total.strict, HEIDELTIME["strict"]),
        Score("MEANTIME dates: value F1", total.relaxed * total.accuracy, HEIDELTIME["value"]),
        Score("MEANTIME dates, articles apart: relaxed F1", apart.relaxed, detail=apart.detail),
        Score("MEANTIME dates, articles apart: value F1", apart.relaxed * apart.accuracy),
    ]
