"""Names from elsewhere: what spaCy's recogniser finds block by block, and what the notes cite."""

from __future__ import annotations

from collections.abc import Sequence

from brief_nlp.schema import Block, BlockKind, CitationKind, EntityType, FieldName, Footnote, Language

_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)  # headings are set in capitals, which mislead the model


def model_spans(text: str, blocks: Sequence[Block], language: Language) -> tuple[tuple[int, int, str], ...]:
    """(start, end, OntoNotes label) in English prose; nothing for Korean, where no model is at hand."""
    if language is not Language.EN:
        return ()
    return spans_of_model([(text[block.start : block.end], block.start) for block in blocks if block.kind in _PROSE])


_CITED = {
    FieldName.AUTHOR: EntityType.PERSON,
    FieldName.EDITOR: EntityType.PERSON,
    FieldName.TITLE: EntityType.PUBLICATION,
    FieldName.CONTAINER: EntityType.PUBLICATION,
    FieldName.PUBLISHER: EntityType.ORG,
}


def cited_names(footnotes: Sequence[Footnote]) -> tuple[tuple[int, int, EntityType], ...]:
    """(start, end, type) of who and what the notes cite; laws by their titles."""
    found: list[tuple[int, int, EntityType]] = []
    for note in footnotes:
        for citation in note.citations:
            for field in citation.fields:
                kind = _CITED.get(field.name)
                if field.name is FieldName.TITLE and citation.kind is CitationKind.LAW:
                    kind = EntityType.LAW
                if kind and not (kind is EntityType.PERSON and citation.kind is CitationKind.WEB):
                    found.append((field.start, field.end, kind))
    return tuple(found)


def spans_of_model(pieces: Sequence[tuple[str, int]]) -> tuple[tuple[int, int, str], ...]:
    """The same for pieces of a text, each with its offset."""
    from brief_nlp.tagging.pipeline import recogniser

    return tuple(
        (offset + span.start_char, offset + span.end_char, span.label_)
        for doc, offset in recogniser().pipe(pieces, as_tuples=True, batch_size=16)
        for span in doc.ents
    )
