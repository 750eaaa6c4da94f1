"""Ties markers to notes by label; where numbering restarts, by order and page as well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from brief_nlp.schema import Block, Footnote, Marker
from brief_nlp.structure.calls import RawMarker
from brief_nlp.structure.notes import Note

COVERED, REPEATED, LOST = 1.0, 0.2, -1.0  # what the first call of a note is worth, a further one, one that calls none
PER_PAGE = -0.5  # for each page between a marker and the footnote it calls
OPENS = 0.1  # for a stretch that starts with the first note of its group
LONGEST = 4  # calls a note of a group, on average, at most


@dataclass(frozen=True)
class _Group:
    """Notes among which no label stands twice: one run of the numbering."""

    notes: dict[str, int]
    first_page: int
    last_page: int
    endnotes: bool

    def may_hold(self, marker: RawMarker) -> bool:
        """Whether a marker stands where the notes of this group are called."""
        return marker.page <= self.last_page + 1 and (self.endnotes or marker.page >= self.first_page - 1)


def link_markers(
    notes: Sequence[Note], blocks: Sequence[Block], markers: Sequence[RawMarker]
) -> tuple[tuple[Footnote, ...], tuple[Marker, ...]]:
    """(footnotes with their markers, markers that call no known note)."""
    linked: dict[int, list[Marker]] = defaultdict(list)
    unmatched: list[Marker] = []
    for raw, called in zip(markers, _called(notes, markers), strict=True):
        marker = Marker(label=raw.label, offset=raw.offset, block=raw.block, regions=(raw.region,))
        if called is None:
            unmatched.append(marker)
        else:
            linked[called].append(marker)
    footnotes = tuple(
        Footnote(
            index=place,
            label=note.label,
            block=block.index,
            start=block.start,
            end=block.end,
            markers=tuple(linked[place]),
        )
        for place, (note, block) in enumerate(zip(notes, blocks, strict=True))
    )
    return footnotes, tuple(unmatched)


def _called(notes: Sequence[Note], markers: Sequence[RawMarker]) -> list[int | None]:
    """For each marker the place of the note that it calls."""
    groups = _groups(notes)
    if len(groups) > 1:
        return _aligned(groups, markers, notes)
    labels = groups[0].notes if groups else {}
    return [labels.get(marker.label) for marker in markers]


def _groups(notes: Sequence[Note]) -> list[_Group]:
    """Cuts the notes where their numbering starts anew."""
    groups: list[_Group] = []
    held: dict[str, int] = {}
    for place, note in enumerate(notes):
        if note.label in held:
            groups.append(_group(held, notes))
            held = {}
        held[note.label] = place
    return [*groups, _group(held, notes)] if held else groups


def _group(held: dict[str, int], notes: Sequence[Note]) -> _Group:
    pages = [notes[place].page for place in held.values()]
    return _Group(dict(held), min(pages), max(pages), all(notes[place].endnote for place in held.values()))


def _aligned(groups: Sequence[_Group], markers: Sequence[RawMarker], notes: Sequence[Note]) -> list[int | None]:
    """Cuts the markers, in reading order, into one stretch a group, so that most notes are called, near by.

    Dynamic programming over (groups used, markers used); a marker between two stretches calls nothing.
    """
    count = len(markers)
    best = [LOST * used for used in range(count + 1)]
    starts: list[list[int | None]] = []  # for each group and end of its stretch, where the stretch begins
    for group in groups:
        reached = list(best)
        start: list[int | None] = [None] * (count + 1)  # None: the group's stretch is empty or ended before
        for first in range(count):
            for stop, score in _stretches(group, markers, notes, first):
                if best[first] + score > reached[stop]:
                    reached[stop], start[stop] = best[first] + score, first
        for used in range(1, count + 1):
            if reached[used - 1] + LOST > reached[used]:
                reached[used], start[used] = reached[used - 1] + LOST, used
        starts.append(start)
        best = reached
    return _traced(groups, markers, starts)


def _stretches(
    group: _Group, markers: Sequence[RawMarker], notes: Sequence[Note], first: int
) -> list[tuple[int, float]]:
    """(end, worth) of every stretch of markers that starts at `first` and may call the notes of the group."""
    found: list[tuple[int, float]] = []
    seen: set[str] = set()
    score = OPENS if first < len(markers) and markers[first].label == next(iter(group.notes)) else 0.0
    for place in range(first, min(len(markers), first + LONGEST * len(group.notes) + 4)):
        marker = markers[place]
        if not group.may_hold(marker):
            break
        called = group.notes.get(marker.label)
        if called is None:
            score += LOST
        else:
            apart = 0 if group.endnotes else abs(notes[called].page - marker.page)
            score += (REPEATED if marker.label in seen else COVERED) + PER_PAGE * min(apart, 4)
            seen.add(marker.label)
        found.append((place + 1, score))
    return found


def _traced(
    groups: Sequence[_Group], markers: Sequence[RawMarker], starts: Sequence[Sequence[int | None]]
) -> list[int | None]:
    called: list[int | None] = [None] * len(markers)
    used = len(markers)
    for group, start in zip(reversed(groups), reversed(starts), strict=True):
        while (first := start[used]) == used and used:
            used -= 1  # a marker that calls nothing
        if first is None:
            continue
        for place in range(first, used):
            called[place] = group.notes.get(markers[place].label)
        used = first
    return called
