"""A brief as it is read: its text cut into runs, each with the claim that it belongs to, and its notes."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from brief_nlp.report.sources import Named, cited_by, cited_in
from brief_nlp.report.wording import shown
from brief_nlp.schema import Block, BlockKind, Brief, CitationKind, Label

DEEPEST, SHALLOWEST = 6, 3  # levels of headings in HTML


class Called(NamedTuple):
    """A marker: the note that it calls, None where there is none, and its place among the note's markers."""

    label: str
    note: int | None
    place: int


class Part(NamedTuple):
    """A stretch of text, and the markers behind it."""

    text: str
    cue: bool = False
    called: tuple[Called, ...] = ()


class Run(NamedTuple):
    """Parts that belong to one claim or to none; `first` where the claim begins."""

    claim: int | None
    first: bool
    parts: tuple[Part, ...]


class Shown(NamedTuple):
    """A block of the page; of a table, its rows of cells."""

    kind: str
    level: int
    bullet: str | None
    runs: tuple[Run, ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()


class SourceRow(NamedTuple):
    """A source of a brief: the notes that cite it, and the claims that they stand behind."""

    named: Named
    kind: CitationKind
    notes: tuple[int, ...]
    facts: int
    assessments: int


class Cutter(NamedTuple):
    """What a text is cut by."""

    text: str
    starts: tuple[int, ...]  # of the claims, in order
    claims: tuple[int, ...]  # places in Brief.claims, in the order of `starts`
    markers: dict[int, list[tuple[int, Called]]]  # by block: offset and marker, in order


def blocks_of(brief: Brief) -> Iterator[Shown]:
    """The blocks of the page, notes left out, cells of one table together."""
    cutter = cutter_of(brief)
    read = (block for block in brief.blocks if block.kind is not BlockKind.FOOTNOTE)
    level = SHALLOWEST - 1
    for table, group in groupby(read, key=lambda block: block.table if block.kind is BlockKind.TABLE_CELL else None):
        if table is not None:
            yield Shown("table", 0, None, (), tuple(_rows(brief, cutter, list(group))))
            continue
        for block in group:
            if block.kind is BlockKind.HEADING:  # no level is left out, whatever the PDF has
                wanted = SHALLOWEST - 1 + (block.level or 1)
                level = max(SHALLOWEST, min(wanted, level + 1, DEEPEST))
            runs = tuple(runs_of(brief, cutter, block.start, block.end, block.index))
            yield Shown(block.kind.value, level, block.bullet, runs)


def cutter_of(brief: Brief) -> Cutter:
    """Claims and markers of a brief by their offsets."""
    order = sorted(range(len(brief.claims)), key=lambda place: (brief.claims[place].start, place))
    called = [
        (marker, Called(note.label, note.index, place))
        for note in brief.footnotes
        for place, marker in enumerate(note.markers)
    ]
    called += [(marker, Called(marker.label, None, place)) for place, marker in enumerate(brief.markers_without_note)]
    markers: dict[int, list[tuple[int, Called]]] = {}
    for marker, one in sorted(called, key=lambda pair: pair[0].offset):
        markers.setdefault(marker.block, []).append((marker.offset, one))
    return Cutter(shown(brief.text), tuple(brief.claims[place].start for place in order), tuple(order), markers)


def runs_of(brief: Brief, cutter: Cutter, start: int, end: int, block: int) -> Iterator[Run]:
    """A stretch of the text, cut where a claim begins or ends; markers stand behind the text that they close."""
    markers: dict[int, list[Called]] = {}
    for offset, one in cutter.markers.get(block, ()):
        markers.setdefault(max(start, min(offset, end)), []).append(one)
    inside = list(_claims_in(brief, cutter, start, end))
    edges = {start, end, *markers}
    for place in inside:
        claim = brief.claims[place]
        edges.update(edge for span in (claim, *claim.cues) for edge in (span.start, span.end) if start < edge < end)
    if leading := markers.get(start):
        yield Run(None, False, (Part("", False, tuple(leading)),))
    pieces = [(_owner(brief, cutter, left), left, right) for left, right in pairwise(sorted(edges))]
    for owner, group in groupby(pieces, key=lambda piece: piece[0]):
        cues = brief.claims[owner].cues if owner is not None else ()
        held = [(left, right) for _, left, right in group]
        parts = (
            Part(
                cutter.text[left:right],
                any(cue.start <= left < cue.end for cue in cues),
                tuple(markers.get(right, ())),
            )
            for left, right in held
        )
        first = owner is not None and held[0][0] == brief.claims[owner].start
        yield Run(owner, first, tuple(parts))


def _owner(brief: Brief, cutter: Cutter, at: int) -> int | None:
    """The claim that a place of the text belongs to."""
    before = bisect_right(cutter.starts, at) - 1
    if before < 0:
        return None
    place = cutter.claims[before]
    return place if at < brief.claims[place].end else None


def sources_of(brief: Brief) -> list[SourceRow]:
    """What the notes of a brief cite, in the order of first citation."""
    cited = cited_in(brief)
    notes: dict[Named, list[int]] = {}
    kinds: dict[Named, CitationKind] = {}
    for place, found in enumerate(cited):
        for named, kind in dict(found).items():
            kinds.setdefault(named, kind)
            notes.setdefault(named, []).append(place)
    behind = Counter((named, claim.label) for claim in brief.claims for named in cited_by(claim, cited))
    return [
        SourceRow(named, kinds[named], tuple(places), behind[named, Label.FACT], behind[named, Label.ASSESSMENT])
        for named, places in notes.items()
    ]


def _rows(brief: Brief, cutter: Cutter, cells: Sequence[Block]) -> Iterator[tuple[tuple[Run, ...], ...]]:
    """Cells row by row. Columns that a PDF leaves out are not filled: it may name any number."""
    placed = sorted(cells, key=lambda cell: (cell.row or 0, cell.column or 0, cell.index))
    for _, row in groupby(placed, key=lambda cell: cell.row or 0):
        yield tuple(tuple(runs_of(brief, cutter, cell.start, cell.end, cell.index)) for cell in row)


def _claims_in(brief: Brief, cutter: Cutter, start: int, end: int) -> Iterator[int]:
    """The claims that have text in a stretch. They do not overlap, so one may reach in from before it."""
    for at in range(max(0, bisect_right(cutter.starts, start) - 1), len(cutter.starts)):
        place = cutter.claims[at]
        if brief.claims[place].start >= end:
            return
        if brief.claims[place].end > start:
            yield place
