"""The figures of a collection: each a picture with the table of what it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

from brief_nlp.report import charts
from brief_nlp.report.charts import Bar, Cell, Reach, Told
from brief_nlp.report.counting import MOST, BriefCount, Counts, Forecast, year_of
from brief_nlp.report.sources import Named, display
from brief_nlp.report.svg import ONE, SOFT
from brief_nlp.schema import Label, Likelihood

AT_ONCE = 15  # names in the field of those named together
YEARS_SHOWN = 20  # rows of the time line, the latest
Thing = TypeVar("Thing", bound=Any)
Row = tuple[str | int, ...]


class Table(NamedTuple):
    """Rows below a head; `rest` tells what was left out, `total` the sum of all."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    rest: Row | None = None
    total: Row | None = None


class Figure(NamedTuple):
    """A picture with its words and its table; `svg` is empty where there is nothing to draw."""

    name: str
    title: str
    about: str
    svg: str
    table: Table
    legend: tuple[tuple[str, str], ...] = ()  # (class of the colour, what it stands for)


def figures_of(counts: Counts, say: dict[str, str], language: str) -> list[Figure]:
    """All figures of a collection, in the order of the page."""
    return [
        _by_brief(counts, say),
        _by_topic(counts, say, language),
        _time(counts, say),
        _relied(counts, say, language),
        _speakers(counts, say, language),
        _together(counts, say, language),
        _outlook(counts, say),
        _horizons(counts, say),
        _troubled(counts, say),
    ]


def title_of(title: str | None, document_id: str, say: dict[str, str]) -> str:
    """The title of a brief, or what stands for it."""
    return title or say["untitled"].format(id=document_id[:12])


def _by_brief(counts: Counts, say: dict[str, str]) -> Figure:
    names = [title_of(own.title, own.document_id, say) for own in counts.largest]
    rows = [Bar(name, own.facts, own.assessments) for name, own in zip(names, counts.largest, strict=True)]
    table = tuple(
        (name, own.published or say["undated"], own.facts, own.assessments, own.claims, own.unsure, own.notes)
        for name, own in zip(names, counts.largest, strict=True)
    )
    keys = ("facts", "assessments", "claims", "unsure", "notes")
    totals = tuple(counts.totals[key] for key in keys)
    return _of_labels(
        "by_brief",
        rows,
        Table(
            (say["brief"], say["published"], *(say[key] for key in keys)),
            table,
            _rest(table, counts.totals["briefs"], totals, say, blank=1),
            (say["sum"], "", *totals),
        ),
        say,
    )


def _by_topic(counts: Counts, say: dict[str, str], language: str) -> Figure:
    split = _split(counts.topics)
    top = _first(split)
    rows = [Bar(display(topic, language), *split[topic, kind]) for topic, kind in top]
    table = tuple(
        (bar.name, say[f"t_{kind}"], bar.first, bar.second, bar.first + bar.second)
        for bar, (_, kind) in zip(rows, top, strict=True)
    )
    head = (say["topic"], say["type"], say["facts"], say["assessments"], say["claims"])
    rest = _rest(table, len(split), _sums(split), say, blank=1)
    return _of_labels("by_topic", rows, Table(head, table, rest), say, counts)


def _relied(counts: Counts, say: dict[str, str], language: str) -> Figure:
    split = dict.fromkeys(counts.citations, (0, 0)) | _split(counts.relied)
    top = _first(split)
    rows = [Bar(display(source, language), *split[source]) for source in top]
    table = tuple(
        (bar.name, counts.citations[source], counts.citing[source], bar.first, bar.second, bar.first + bar.second)
        for bar, source in zip(rows, top, strict=True)
    )
    head = (say["source"], say["citations"], say["briefs"], say["facts"], say["assessments"], say["claims"])
    sums = (counts.citations.total(), counts.citing.total(), *_sums(split))
    return _of_labels("relied", rows, Table(head, table, _rest(table, len(split), sums, say)), say, counts)


def _speakers(counts: Counts, say: dict[str, str], language: str) -> Figure:
    split = _split(counts.speakers)
    top = _first(split)
    rows = [Bar(display(speaker, language), *split[speaker]) for speaker in top]
    table = tuple((bar.name, bar.first, bar.second, bar.first + bar.second) for bar in rows)
    head = (say["speaker"], say["facts"], say["assessments"], say["claims"])
    return _of_labels("speakers", rows, Table(head, table, _rest(table, len(split), _sums(split), say)), say, counts)


def _time(counts: Counts, say: dict[str, str]) -> Figure:
    years = sorted({year for year, _ in counts.spoken}, reverse=True)[:YEARS_SHOWN][::-1]
    places = {year: place for place, year in enumerate(years)}
    found = sorted((pair, times) for pair, times in counts.spoken.items() if pair[0] in places)
    cells = [Cell(places[written], spoken, times) for (written, spoken), times in found]
    told = Told("time", say["time"], _about("time", say, counts), (say["spoken_of"],))
    svg = charts.bubbles(cells, [str(year) for year in years], told, same=years) if cells else ""
    table = tuple((str(written), str(spoken), times) for (written, spoken), times in found)
    total = counts.spoken.total()
    rest = _rest(table, len(counts.spoken), (total,), say, blank=1)
    head = (say["published"], say["spoken_of"], say["dates"])
    return Figure("time", say["time"], told.about, svg, Table(head, table, rest, (say["sum"], "", total)))


def _together(counts: Counts, say: dict[str, str], language: str) -> Figure:
    """The names that take part in most pairs, and how often each two of them meet."""
    shown: Counter[Named] = Counter()
    for (one, other), times in counts.together.items():
        shown[one] += times
        shown[other] += times
    names = sorted(shown, key=lambda named: (-shown[named], named))[:AT_ONCE]
    places = {named: place for place, named in enumerate(names)}
    cells = [
        Cell(max(places[one], places[other]), min(places[one], places[other]), times)
        for (one, other), times in sorted(counts.together.items())
        if one in places and other in places
    ]
    words = [display(named, language) for named in names]
    told = Told("together", say["together"], say["together_about"])
    svg = charts.matrix(cells, words, told) if cells else ""
    rows = [(words[cell.column], words[cell.row], cell.times) for cell in cells]
    table = tuple(sorted(rows, key=lambda row: (-row[2], row[:2])))
    rest = _rest(table, len(counts.together), (counts.together.total(),), say, blank=1)
    head = (say["one"], say["other"], say["claims"])
    return Figure("together", told.title, told.about, svg, Table(head, table, rest))


def _outlook(counts: Counts, say: dict[str, str]) -> Figure:
    bands: list[Likelihood | None] = [*Likelihood, None]
    rows = [
        Bar(say[f"l_{band}"] if band else say["no_band"], counts.outlook[band, True], counts.outlook[band, False])
        for band in bands
    ]
    table = tuple((bar.name, bar.first, bar.second, bar.first + bar.second) for bar in rows)
    told = Told("outlook", say["outlook"], say["outlook_about"], (say["dated"], say["dateless"]))
    svg = charts.bars(rows, told, (ONE, SOFT)) if counts.outlook else ""
    head = (say["likelihood"], say["dated"], say["dateless"], say["sum"])
    dated, dateless = sum(bar.first for bar in rows), sum(bar.second for bar in rows)
    total = (say["sum"], dated, dateless, dated + dateless)
    return Figure(
        "outlook",
        told.title,
        told.about,
        svg,
        Table(head, table, None, total),
        (("one", say["dated"]), ("soft", say["dateless"])),
    )


def _horizons(counts: Counts, say: dict[str, str]) -> Figure:
    told = Told("horizons", say["horizons"], say["horizons_about"], (say["year"],))
    rows = [
        Reach(
            one.text,
            _in_years(one.published) if one.published and year_of(one.published) else None,
            _in_years(one.horizon),
        )
        for one in counts.horizons
    ]
    svg = charts.reaches(rows, told) if rows else ""
    table = tuple(_forecast_row(one, say) for one in counts.horizons)
    head = tuple(say[key] for key in ("forecast", "horizon", "published", "likelihood", "brief", "page"))
    dated = sum(times for (_, ahead), times in counts.outlook.items() if ahead)
    return Figure("horizons", told.title, told.about, svg, Table(head, table, _rest(table, dated, (), say, blank=5)))


def _forecast_row(one: Forecast, say: dict[str, str]) -> Row:
    return (
        one.text,
        one.horizon,
        one.published or say["undated"],
        say[f"l_{one.likelihood}"] if one.likelihood else "",
        title_of(one.title, one.document_id, say),
        "" if one.page is None else one.page,
    )


def _troubled(counts: Counts, say: dict[str, str]) -> Figure:
    def row(own: BriefCount) -> Row:
        return title_of(own.title, own.document_id, say), own.warnings, own.uncalled, own.noteless

    keys = ("warnings", "uncalled", "noteless")
    table = tuple(row(own) for own in counts.troubled)
    totals = tuple(counts.totals[key] for key in keys)
    head = (say["brief"], *(say[key] for key in keys))
    rest = _rest(table, counts.totals["troubled"], totals, say)
    return Figure("troubled", say["troubled"], say["troubled_about"], "", Table(head, table, rest))


def _of_labels(
    name: str, rows: Sequence[Bar], table: Table, say: dict[str, str], counts: Counts | None = None
) -> Figure:
    """A figure of facts and assessments in bars."""
    parts = (say["facts"], say["assessments"])
    told = Told(name, say[name], _about(name, say, counts), parts)
    drawn = [row for row in rows if row.first or row.second]
    legend = (("fact", parts[0]), ("assessment", parts[1]))
    return Figure(name, told.title, told.about, charts.bars(drawn, told) if drawn else "", table, legend)


def _about(name: str, say: dict[str, str], counts: Counts | None) -> str:
    if counts is None:
        return say[f"{name}_about"]
    return say[f"{name}_about"].format_map(counts.totals)


def _split(counter: Counter[tuple[Thing, Label]]) -> dict[Thing, tuple[int, int]]:
    """Facts and assessments of each thing."""
    things = dict.fromkeys(thing for thing, _ in counter)
    return {thing: (counter[thing, Label.FACT], counter[thing, Label.ASSESSMENT]) for thing in things}


def _first(split: dict[Thing, tuple[int, int]]) -> list[Thing]:
    """The things with the most claims; equal ones by their keys, so that the order is always the same."""
    return sorted(split, key=lambda thing: (-sum(split[thing]), thing))[:MOST]


def _sums(split: dict[Thing, tuple[int, int]]) -> tuple[int, int, int]:
    facts, assessments = (sum(column) for column in zip(*split.values(), strict=True)) if split else (0, 0)
    return facts, assessments, facts + assessments


def _rest(shown: Sequence[Row], count: int, totals: Sequence[int], say: dict[str, str], blank: int = 0) -> Row | None:
    """A row for what was left out; None where nothing was."""
    if count <= len(shown):
        return None
    columns = zip(*(row[1 + blank :] for row in shown), strict=True) if totals else ()
    left = (total - sum(map(int, column)) for total, column in zip(totals, columns, strict=True))
    return (say["rest"].format(count=count - len(shown)), *[""] * blank, *left)


def _in_years(day: str) -> float:
    """A day as a year with its fraction."""
    year = int(day[:4])
    try:
        passed = date.fromisoformat(day) - date(year, 1, 1)
    except ValueError:  # a day that no calendar has, as text can give it
        return float(year)
    return round(year + passed.days / charts.YEAR, 3)
