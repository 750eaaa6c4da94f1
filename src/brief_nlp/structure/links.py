"""Ties markers to notes by label; where numbering restarts, by page as well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from brief_nlp.schema import Block, Footnote, Marker
from brief_nlp.structure.assembly import RawMarker
from brief_nlp.structure.notes import Note


def link_markers(
    notes: Sequence[Note], blocks: Sequence[Block], markers: Sequence[RawMarker]
) -> tuple[tuple[Footnote, ...], tuple[Marker, ...]]:
    """(footnotes with their markers, markers that call no known note)."""
    by_label: dict[str, list[int]] = defaultdict(list)
    for place, note in enumerate(notes):
        by_label[note.label].append(place)
    linked: dict[int, list[Marker]] = defaultdict(list)
    unmatched: list[Marker] = []
    for raw in markers:
        marker = Marker(label=raw.label, offset=raw.offset, block=raw.block, regions=(raw.region,))
        called = _note_for(raw, by_label.get(raw.label, []), notes)
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


def _note_for(marker: RawMarker, candidates: Sequence[int], notes: Sequence[Note]) -> int | None:
    """The note of this label on the marker's page, else the next one, else the only one there is."""
    if not candidates:
        return None
    same = [place for place in candidates if notes[place].page == marker.page]
    later = [place for place in candidates if notes[place].page > marker.page]
    if same:
        return same[0]
    return later[0] if later else candidates[-1]
