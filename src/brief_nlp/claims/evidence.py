"""Which notes stand behind a claim, and how they come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from brief_nlp.schema import Block, BlockKind, Evidence, EvidenceScope, Footnote


def evidence_of(
    sentences: Sequence[tuple[int, int]], block: Block, blocks: Sequence[Block], footnotes: Sequence[Footnote]
) -> tuple[tuple[Evidence, ...], ...]:
    """For each sentence of a block, its evidence.

    A marker backs the sentence it stands in or right behind; one at the end of the paragraph also the
    sentences before it back to the last one with a note; one on a heading the whole section.
    """
    by_block: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for note in footnotes:
        for marker in note.markers:
            by_block[marker.block].append((marker.offset, note.index))
    own = [_touching(span, by_block[block.index]) for span in sentences]
    section = _of_heading(block, blocks, by_block)
    shared = _shared_with(own)
    return tuple(
        tuple(
            [Evidence(footnote=n, scope=EvidenceScope.SENTENCE) for n in direct]
            + [Evidence(footnote=n, scope=EvidenceScope.PARAGRAPH) for n in run if n not in direct]
            + [Evidence(footnote=n, scope=EvidenceScope.SECTION) for n in section if n not in direct and n not in run]
        )
        for direct, run in zip(own, shared, strict=True)
    )


def _touching(span: tuple[int, int], markers: Sequence[tuple[int, int]]) -> list[int]:
    return sorted({note for offset, note in markers if span[0] < offset <= span[1]})


def _of_heading(block: Block, blocks: Sequence[Block], by_block: dict[int, list[tuple[int, int]]]) -> list[int]:
    if block.section is None or blocks[block.section].kind is not BlockKind.HEADING:
        return []
    return sorted({note for _, note in by_block[block.section]})


def _shared_with(own: Sequence[list[int]]) -> list[list[int]]:
    """For a run of note-less sentences that leads up to a last, noted one: the notes of that last one."""
    shared: list[list[int]] = [[] for _ in own]
    if not own or not own[-1]:
        return shared
    for place in range(len(own) - 2, -1, -1):
        if own[place]:
            break
        shared[place] = own[-1]
    return shared
