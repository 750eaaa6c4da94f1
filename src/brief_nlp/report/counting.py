"""A collection, counted in one pass: of each brief only counts are kept, so that memory does not grow with its text."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, NamedTuple, TypeVar

from brief_nlp.report.sources import Cited, Named, cited_by, cited_in, entity_named, speaker_named
from brief_nlp.schema import (
    AssessmentKind,
    Brief,
    Claim,
    DateMention,
    DateType,
    EntityType,
    Label,
    Language,
    Likelihood,
)
from brief_nlp.tagging.dates.calendar import bounds

MOST = 20  # rows of a chart; what is left out is told
TOPICS = (EntityType.POLICY, EntityType.EVENT, EntityType.WEAPON, EntityType.LAW, EntityType.ORG)
TOGETHER = (EntityType.PERSON, EntityType.PLACE, EntityType.FACILITY, *TOPICS)
YEARS = range(1900, 2101)  # what a time line has room for
LONGEST_QUOTE = 400  # characters of a forecast that are kept
KEPT_PAIRS = 200_000  # of entities named together; above it the rare ones go
Item = TypeVar("Item", bound=NamedTuple)


class BriefCount(NamedTuple):
    """A brief in figures."""

    title: str | None
    document_id: str
    published: str | None
    language: Language
    facts: int
    assessments: int
    unsure: int
    notes: int
    uncalled: int
    noteless: int
    warnings: int

    @property
    def claims(self) -> int:
        """All claims."""
        return self.facts + self.assessments


class Forecast(NamedTuple):
    """A forecast that names a time ahead: the last day of it, ISO 8601."""

    horizon: str
    published: str | None
    title: str | None
    document_id: str
    page: int | None
    likelihood: Likelihood | None
    text: str
    claim_id: str


@dataclass(frozen=True)
class Counts:
    """What a collection holds. `Counter[…, Label]` counts claims, facts and assessments apart."""

    totals: Counter[str] = field(default_factory=Counter)
    languages: Counter[Language] = field(default_factory=Counter)
    years: Counter[int | None] = field(default_factory=Counter)
    largest: list[BriefCount] = field(default_factory=list)
    troubled: list[BriefCount] = field(default_factory=list)
    topics: Counter[tuple[tuple[Named, EntityType], Label]] = field(default_factory=Counter)
    spoken: Counter[tuple[int, int]] = field(default_factory=Counter)
    relied: Counter[tuple[Named, Label]] = field(default_factory=Counter)
    citations: Counter[Named] = field(default_factory=Counter)
    citing: Counter[Named] = field(default_factory=Counter)
    speakers: Counter[tuple[Named, Label]] = field(default_factory=Counter)
    named: Counter[Named] = field(default_factory=Counter)
    together: Counter[tuple[Named, Named]] = field(default_factory=Counter)
    outlook: Counter[tuple[Likelihood | None, bool]] = field(default_factory=Counter)
    horizons: list[Forecast] = field(default_factory=list)


def count(briefs: Iterable[Brief]) -> Counts:
    """All counts of a collection, brief by brief."""
    counts = Counts()
    for brief in briefs:
        own = _in_figures(brief)
        _add_totals(counts, own)
        _keep(counts.largest, [own], _size)
        _keep(counts.troubled, [own] if _trouble(own)[0] else [], _trouble)
        cited = cited_in(brief)
        counts.citations.update(named for note in cited for named, _ in note)
        counts.citing.update(list(dict.fromkeys(named for note in cited for named, _ in note)))
        for claim in brief.claims:
            _add_claim(counts, brief, claim, cited)
        _keep(counts.horizons, _ahead(counts, brief), _horizon)
        _prune(counts)
    return counts


def published_days(brief: Brief) -> tuple[str | None, str | None]:
    """(first, last) day on which a brief may have come out."""
    published = brief.masthead.published
    return bounds(published.value) if published else (None, None)


def year_of(day: str | None) -> int | None:
    """The year of an ISO day, where a time line has room for it."""
    year = int(day[:4]) if day and day[:4].isdecimal() else None
    return year if year in YEARS else None


def _in_figures(brief: Brief) -> BriefCount:
    facts = sum(claim.label is Label.FACT for claim in brief.claims)
    head = brief.masthead
    return BriefCount(
        title=head.title[:LONGEST_QUOTE] if head.title else None,
        document_id=brief.document_id,
        published=head.published.value if head.published else None,
        language=brief.language,
        facts=facts,
        assessments=len(brief.claims) - facts,
        unsure=sum(claim.needs_review for claim in brief.claims),
        notes=len(brief.footnotes),
        uncalled=sum(not note.markers for note in brief.footnotes),
        noteless=len(brief.markers_without_note),
        warnings=len(brief.warnings),
    )


def _add_totals(counts: Counts, own: BriefCount) -> None:
    counts.totals["briefs"] += 1
    for name in ("facts", "assessments", "claims", "unsure", "notes", "uncalled", "noteless", "warnings"):
        counts.totals[name] += getattr(own, name)
    counts.totals["troubled"] += bool(_trouble(own)[0])
    counts.languages[own.language] += 1
    counts.years[year_of(bounds(own.published)[0]) if own.published else None] += 1


def _add_claim(counts: Counts, brief: Brief, claim: Claim, cited: Sequence[Sequence[Cited]]) -> None:
    met = dict.fromkeys(
        (named, entity.type)
        for place in claim.entities
        if (entity := brief.entities[place]).type in TOGETHER and (named := entity_named(entity))
    )
    topics = [(named, kind) for named, kind in met if kind in TOPICS]
    counts.topics.update((topic, claim.label) for topic in topics)
    counts.totals["with_topic"] += bool(topics)
    names = sorted(dict.fromkeys(named for named, _ in met))
    counts.named.update(names)
    counts.together.update(combinations(names, 2))
    sources = cited_by(claim, cited)
    counts.relied.update((named, claim.label) for named in sources)
    counts.totals["relying"] += bool(sources)
    speakers = dict.fromkeys(named for speaker in claim.source if (named := speaker_named(speaker)))
    counts.speakers.update((named, claim.label) for named in speakers)
    counts.totals["spoken"] += bool(speakers)
    written = year_of(published_days(brief)[0])
    for date in _days(brief, claim):
        counts.totals["dates"] += 1
        spoken = year_of(date.earliest)
        if written and spoken:
            counts.spoken[written, spoken] += 1
        else:
            counts.totals["dates_outside"] += 1


def _days(brief: Brief, claim: Claim) -> Iterator[DateMention]:
    """The dates that a claim speaks of and that stand in a calendar."""
    for place in claim.dates:
        date = brief.dates[place]
        if date.earliest and date.type in (DateType.DATE, DateType.TIME, DateType.INTERVAL):
            yield date


def _ahead(counts: Counts, brief: Brief) -> list[Forecast]:
    """The forecasts of a brief that name a time after its publication; all are counted."""
    found = []
    published = published_days(brief)[1]
    for claim in brief.claims:
        if claim.kind is not AssessmentKind.FORECAST:
            continue
        days = (brief.dates[place].latest for place in claim.dates)
        horizon = max((day for day in days if day and day > (published or "") and year_of(day)), default=None)
        counts.outlook[claim.likelihood, horizon is not None] += 1
        if horizon:
            page = claim.regions[0].page if claim.regions else None
            title = brief.masthead.title[:LONGEST_QUOTE] if brief.masthead.title else None
            told = (horizon, published, title, brief.document_id, page, claim.likelihood)
            found.append(Forecast(*told, claim.text[:LONGEST_QUOTE], claim.id))
    return found


def _keep(kept: list[Item], more: list[Item], rank: Callable[[Item], Any]) -> None:
    """Put in what is among the largest; no more than a chart shows is held."""
    if more:
        kept[:] = heapq.nlargest(MOST, [*kept, *more], key=rank)


def _size(own: BriefCount) -> tuple[int, str, str]:
    return own.claims, own.published or "", own.document_id


def _trouble(own: BriefCount) -> tuple[int, str]:
    return own.warnings or own.uncalled + own.noteless, own.document_id


def _horizon(forecast: Forecast) -> tuple[str, str]:
    return forecast.horizon, forecast.claim_id


def _prune(counts: Counts) -> None:
    """Forget the rarest pairs where there are very many: what is shown stands far above them."""
    least = 1
    while len(counts.together) > KEPT_PAIRS:
        for pair in [pair for pair, times in counts.together.items() if times <= least]:
            del counts.together[pair]
        least += 1
