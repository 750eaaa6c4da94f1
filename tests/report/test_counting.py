"""Counts against briefs made by hand."""

from __future__ import annotations

import random
from collections.abc import Iterator

from brief_nlp.report import counting
from brief_nlp.report.counting import MOST, count
from brief_nlp.report.sources import Named
from brief_nlp.schema import AssessmentKind, Brief, CitationKind, EntityType, FieldName, Likelihood, Speaker
from tests.report.briefs import ASSESSMENT, FACT, Said, made

LAW = ("Farm Law", EntityType.LAW, "farm-law")
PARTY = ("Workers' Party of Korea", EntityType.ORG, "wpk")
KIM = ("Kim Jong Un", EntityType.PERSON, "kim-jong-un")
UNKNOWN = ("Campaign", EntityType.POLICY, "local:campaign")
NEWS = (CitationKind.NEWSPAPER, FieldName.CONTAINER, "로동신문")
NEWS_EN = (CitationKind.NEWSPAPER, FieldName.CONTAINER, "Rodong Sinmun")
BOOK = (CitationKind.BOOK, FieldName.AUTHOR, "Han Seo-yun")
FORECAST = AssessmentKind.FORECAST


def named(key: str) -> Named:
    return Named(key, "")


def test_claims_by_label_brief_and_topic():
    one = made(
        Said("A law came.", FACT, [LAW, LAW, KIM]),
        Said("It is unwise.", ASSESSMENT, [PARTY, LAW], unsure=True),
        Said("A campaign began.", FACT, [UNKNOWN]),
    )
    other = made(Said("It failed.", ASSESSMENT, [LAW, PARTY]), number=2, title=None, published=None)
    counts = count([one, other])
    assert counts.totals["claims"] == 4
    assert (counts.totals["facts"], counts.totals["assessments"], counts.totals["unsure"]) == (2, 2, 1)
    assert [(own.document_id[-1], own.facts, own.assessments) for own in counts.largest] == [("1", 2, 1), ("2", 0, 1)]
    law, party = (named("farm-law"), EntityType.LAW), (named("wpk"), EntityType.ORG)
    assert counts.topics == {(law, FACT): 1, (law, ASSESSMENT): 2, (party, ASSESSMENT): 2}
    assert counts.totals["with_topic"] == 3
    assert counts.together == {(named("farm-law"), named("kim-jong-un")): 1, (named("farm-law"), named("wpk")): 2}
    assert counts.years == {2024: 1, None: 1}


def test_sources_are_one_over_languages_and_repeats():
    korean = made(Said("가.", FACT, notes=[0, 1]), Said("나.", ASSESSMENT, notes=[1]), notes=[NEWS, BOOK])
    english = made(Said("A.", FACT, notes=[0]), Said("B."), notes=[NEWS_EN, BOOK], number=2)
    again = (
        english.footnotes[1].citations[0].model_copy(update={"kind": CitationKind.REPEAT, "fields": (), "repeats": 0})
    )
    notes = (english.footnotes[0], english.footnotes[1].model_copy(update={"citations": (again,)}))
    counts = count([korean, english.model_copy(update={"footnotes": notes})])
    news, han = named("rodong-sinmun"), named("name:han seo-yun")
    assert counts.citations == {news: 3, han: 1}
    assert counts.citing == {news: 2, han: 1}
    assert counts.relied == {(news, FACT): 2, (han, FACT): 1, (han, ASSESSMENT): 1}
    assert counts.totals["relying"] == 3


def test_speakers_but_not_the_writer():
    kcna = Speaker(name="KCNA", canonical_id="kcna", start=0, end=1)
    counts = count([made(Said("A.", source=(kcna, Speaker(name="a farmer", start=0, end=1))), Said("B."))])
    assert counts.speakers == {(named("kcna"), FACT): 1, (named("name:a farmer"), FACT): 1}
    assert counts.totals["spoken"] == 1


def test_dates_against_publication():
    said = [
        Said("A.", dates=[("2019-01-01", "2019-12-31"), ("2019-05-01", "2019-05-31")]),
        Said("B.", dates=[("1850-01-01", "1850-12-31")]),
    ]
    counts = count([made(*said), made(Said("C.", dates=[("2020-01-01", "2020-01-01")]), published=None, number=2)])
    assert counts.spoken == {(2024, 2019): 2}
    assert (counts.totals["dates"], counts.totals["dates_outside"]) == (4, 2)


def test_forecasts_and_their_horizons():
    likely = Likelihood.LIKELY
    said = [
        Said("It will grow.", ASSESSMENT, kind=FORECAST, likelihood=likely, dates=[("2029-01-01", "2029-12-31")]),
        Said("It grew.", ASSESSMENT, kind=FORECAST, likelihood=likely, dates=[("2020-01-01", "2020-12-31")]),
        Said("It may end.", ASSESSMENT, kind=FORECAST),
        Said("It is bad.", ASSESSMENT, kind=AssessmentKind.EVALUATION, dates=[("2029-01-01", "2029-12-31")]),
    ]
    counts = count([made(*said)])
    assert counts.outlook == {(likely, True): 1, (likely, False): 1, (None, False): 1}
    assert [(one.horizon, one.published, one.text) for one in counts.horizons] == [
        ("2029-12-31", "2024-05-20", "It will grow.")
    ]


def test_what_is_missing_is_counted():
    counts = count([made(Said("A."), notes=[NEWS], called=False, loose=2, warnings=("w", "v")), made(Said("B."))])
    assert [counts.totals[name] for name in ("uncalled", "noteless", "warnings", "troubled")] == [1, 2, 2, 1]
    assert [own.uncalled for own in counts.troubled] == [1]


def test_no_more_than_counts_are_kept(monkeypatch):
    monkeypatch.setattr(counting, "KEPT_PAIRS", 30)
    alive = 0

    def briefs() -> Iterator[Brief]:
        nonlocal alive
        dice = random.Random(1)
        for number in range(200):
            names = [(f"n{dice.randrange(60)}", EntityType.ORG, f"n{dice.randrange(60)}") for _ in range(3)]
            days = [(f"{2030 + number % 30}-01-01", f"{2030 + number % 30}-12-31")]
            always = Said("B.", names=[LAW, PARTY])
            yield made(
                Said("A.", ASSESSMENT, names, days, kind=FORECAST), always, number=number + 1, warnings=("w",) * number
            )
            alive += 1

    counts = count(briefs())
    assert alive == counts.totals["briefs"] == 200
    assert len(counts.largest) == len(counts.troubled) == len(counts.horizons) == MOST
    assert [own.warnings for own in counts.troubled] == list(range(199, 199 - MOST, -1))
    assert counts.outlook == {(None, True): 200}
    assert len(counts.together) <= 30
    assert counts.together[named("farm-law"), named("wpk")] == 200  # what is met often is not forgotten
