"""What a statistical recogniser adds: spaCy's entities, block by block."""

from __future__ import annotations

from collections.abc import Sequence

from brief_nlp.schema import Block, BlockKind, Language

_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING)


def model_spans(text: str, blocks: Sequence[Block], language: Language) -> tuple[tuple[int, int, str], ...]:
    """(start, end, OntoNotes label) in English prose; nothing for Korean, where no model is at hand."""
    if language is not Language.EN:
        return ()
    return spans_of_model([(text[block.start : block.end], block.start) for block in blocks if block.kind in _PROSE])


def spans_of_model(pieces: Sequence[tuple[str, int]]) -> tuple[tuple[int, int, str], ...]:
    """The same for pieces of a text, each with its offset."""
    from brief_nlp.tagging.pipeline import recogniser

    return tuple(
        (offset + span.start_char, offset + span.end_char, span.label_)
        for doc, offset in recogniser().pipe(pieces, as_tuples=True, batch_size=16)
        for span in doc.ents
    )
