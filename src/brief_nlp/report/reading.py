"""A brief as it is read: its text cut into runs, each with the claim that it belongs to, and its notes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from brief_nlp.report.sources import Named, cited_by, cited_in
from brief_nlp.report.wording import shown
from brief_nlp.schema import Block, BlockKind, Brief, CitationKind, Label, Marker

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
    """What a text is cut by, in order."""

    text: str
    starts: tuple[int, ...]
    claims: tuple[int, ...]  # places in Brief.claims, in the order of `starts`
    markers: tuple[tuple[int, int, Called], ...]  # (offset, block, marker)


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
    called: list[tuple[Marker, Called]] = [
        (marker, Called(note.label, note.index, place))
        for note in brief.footnotes
        for place, marker in enumerate(note.markers)
    ]
    called += [(marker, Called(marker.label, None, place)) for place, marker in enumerate(brief.markers_without_note)]
    return Cutter(
        shown(brief.text),
        tuple(brief.claims[place].start for place in order),
        tuple(order),
        tuple(sorted((marker.offset, marker.block, one) for marker, one in called)) if called else (),
    )


def runs_of(brief: Brief, cutter: Cutter, start: int, end: int, block: int) -> Iterator[Run]:
    """A stretch of the text, cut where a claim begins or ends; markers stand behind the text that they close."""
    markers = [one for one in cutter.markers if one[1] == block and start <= one[0] <= end]
    inside = list(_claims_in(brief, cutter, start, end))
    cues = [cue for place in inside for cue in brief.claims[place].cues]
    cuts = {start, end, *(offset for offset, _, _ in markers)}
    for span in (*(brief.claims[place] for place in inside), *cues):
        cuts.update(edge for edge in (span.start, span.end) if start < edge < end)
    leading = tuple(one for offset, _, one in markers if offset == start)
    if leading:
        yield Run(None, False, (Part("", False, leading),))
    pieces = [
        (
            next((place for place in inside if brief.claims[place].start <= left < brief.claims[place].end), None),
            left,
            Part(
                cutter.text[left:right],
                any(cue.start <= left < cue.end for cue in cues),
                tuple(one for offset, _, one in markers if offset == right),
            ),
        )
        for left, right in pairwise(sorted(cuts))
    ]
    for claim, group in groupby(pieces, key=lambda piece: piece[0]):
        held = list(group)
        first = claim is not None and held[0][1] == max(brief.claims[claim].start, 0)
        yield Run(claim, first, tuple(part for _, _, part in held))


def sources_of(brief: Brief) -> list[SourceRow]:
    """What the notes of a brief cite, in the order of first citation."""
    notes: dict[Named, list[int]] = {}
    kinds: dict[Named, CitationKind] = {}
    for note in brief.footnotes:
        for named, kind in cited_in(brief, note.index):
            kinds.setdefault(named, kind)
            notes.setdefault(named, []).append(note.index)
    behind = [(claim.label, cited_by(brief, claim)) for claim in brief.claims]
    return [
        SourceRow(
            named,
            kinds[named],
            tuple(dict.fromkeys(places)),
            sum(label is Label.FACT and named in cited for label, cited in behind),
            sum(label is Label.ASSESSMENT and named in cited for label, cited in behind),
        )
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
