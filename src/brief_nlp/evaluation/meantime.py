"""Dates against MEANTIME English: Wikinews with TIMEX3 annotated by others (CC BY 4.0; read from the shared folder).

The first six sentences of each article are annotated (title, date line and four or five more); only they are
scored. The article's own date is given, as TempEval does, and its line left out. Spans count as relaxed (they
overlap) and strict (they are equal); a value counts where the TIMEX3 value is the same string. Value F1 is relaxed
F1 times the share of values right among the relaxed matches (TempEval-3: UzZaman et al. 2013).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from brief_nlp.evaluation.scores import Score
from brief_nlp.evaluation.spans import SpanCounts
from brief_nlp.interchange.timex3 import timex3
from brief_nlp.schema import Language
from brief_nlp.tagging.dates import find_dates
from brief_nlp.training.meantime import Article, Timex, articles

EVERY, APART = 3, 2  # every third article, by place, is one that nobody tunes on
HEIDELTIME = {"relaxed": 0.85, "strict": 0.79, "value": 0.73}  # what `make bench-dates` printed for it, rounded up


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
