"""Pages to a draft of the document: its reading text, blocks, notes with markers, masthead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from brief_nlp.pdf.pages import Pages
from brief_nlp.schema import Block, BlockKind, Footnote, Furniture, Language, Marker, Masthead, TextLine
from brief_nlp.structure.assembly import Assembly
from brief_nlp.structure.blocks import build_blocks, join_over_breaks
from brief_nlp.structure.calls import SHARE_CALLED, Calls, inline_calls
from brief_nlp.structure.columns import find_gutter, page_columns, usual_gutter
from brief_nlp.structure.fonts import settle_bold
from brief_nlp.structure.furniture import split_furniture
from brief_nlp.structure.joins import line_joiner
from brief_nlp.structure.links import link_markers
from brief_nlp.structure.masthead import read_masthead, with_byline
from brief_nlp.structure.notes import Note, body_size, split_notes
from brief_nlp.structure.ornaments import settle_ornaments
from brief_nlp.structure.pieces import Piece
from brief_nlp.structure.spacing import settle_spaces
from brief_nlp.structure.tables import take_tables
from brief_nlp.structure.textmap import TextMap

JUDGED = 20_000  # characters, spread over the text, by which its language is judged
_LETTER, _HANGUL = re.compile(r"[^\W\d_]"), re.compile("[가-힣]")
HANGUL_SHARE = 0.3  # of the letters: a text with as many is Korean


@dataclass(frozen=True)
class Draft:
    """What the structure stage knows of a document."""

    language: Language
    text: str
    blocks: tuple[Block, ...]
    furniture: tuple[Furniture, ...]
    footnotes: tuple[Footnote, ...]
    markers_without_note: tuple[Marker, ...]
    masthead: Masthead
    metadata: dict[str, str]
    lines: tuple[TextLine, ...]
    warnings: tuple[str, ...]


def read_structure(read: Pages, language: Language | None = None) -> Draft:
    """The structure of a document from its pages."""
    read = read._replace(pages=settle_bold(settle_ornaments([settle_spaces(page) for page in read.pages])))
    pages = {page.number: page for page in read.pages}
    taken = [take_tables(page) for page in read.pages]
    bodies, furniture = split_furniture(read.pages, [lines for _, lines in taken])
    gutters = [find_gutter(lines) for lines in bodies]
    usual = usual_gutter(gutters)
    columns = [
        column
        for page, (tables, _), lines, gutter in zip(read.pages, taken, bodies, gutters, strict=True)
        for column in page_columns(page, lines, tables, gutter, usual)
    ]
    body = body_size(columns, pages)
    columns, notes = split_notes(columns, pages, body)
    pieces = join_over_breaks(with_byline(build_blocks(columns, body)), columns, body)
    all_lines = [line for piece in pieces for line in piece.lines] + [line for note in notes for line in note.lines]
    labels = tuple(note.label for note in notes)
    join = line_joiner(all_lines)
    assembly = Assembly(pages, join, Calls(labels))
    blocks, note_blocks = _assemble(assembly, pieces, notes)
    if _calls_are_inline(assembly, notes):
        assembly = Assembly(pages, join, Calls(labels, inline_calls(notes)))
        blocks, note_blocks = _assemble(assembly, pieces, notes)
    del taken, bodies, columns, pieces, all_lines  # a thousand pages of lines; what is left needs the text alone
    text = assembly.text()
    footnotes, unmatched = link_markers(notes, note_blocks, assembly.markers)
    language = language or judge_language(text)
    masthead = read_masthead(text, blocks, furniture, read.metadata)
    warnings = [f"footnote {note.label} has no marker" for note in footnotes if not note.markers]
    warnings += [f"marker {marker.label} has no footnote" for marker in unmatched]
    return Draft(
        language=language,
        text=text,
        blocks=blocks,
        furniture=tuple(furniture),
        footnotes=footnotes,
        markers_without_note=unmatched,
        masthead=masthead,
        metadata=read.metadata,
        lines=tuple(assembly.lines),
        warnings=tuple(warnings),
    )


def _calls_are_inline(assembly: Assembly, notes: Sequence[Note]) -> bool:
    """Whether most notes are called by brackets on the baseline, and not by anything raised."""
    pattern = inline_calls(notes)
    if pattern is None or len(assembly.markers) > (1 - SHARE_CALLED) * len(notes):
        return False
    called = {match[0] for match in pattern.finditer(assembly.text())}
    return len(called) >= SHARE_CALLED * len({note.label for note in notes})


def _assemble(
    assembly: Assembly, pieces: Sequence[Piece], notes: Sequence[Note]
) -> tuple[tuple[Block, ...], list[Block]]:
    """(all blocks, those of the notes), their text appended to the assembly."""
    spans: list[tuple[Piece, int, int]] = []
    for piece in pieces:
        start, end = assembly.add_block(piece.lines, len(spans))
        spans.append((piece, start, end))
    for note in notes:
        index = len(spans)
        start, end = assembly.add_block(note.lines, index, with_markers=False)
        spans.append((Piece(BlockKind.FOOTNOTE, note.lines), start, end))
    textmap = TextMap(assembly.lines, assembly.text())
    blocks: list[Block] = []
    section: int | None = None
    for index, (piece, start, end) in enumerate(spans):
        if piece.kind is BlockKind.HEADING:
            section = index
        inside = piece.kind not in (BlockKind.HEADING, BlockKind.FOOTNOTE, BlockKind.DISCLAIMER, BlockKind.COPYRIGHT)
        blocks.append(
            Block(
                index=index,
                kind=piece.kind,
                start=start,
                end=end,
                regions=textmap.regions(start, end),
                section=section if inside else None,
                level=piece.level,
                table=piece.table,
                row=piece.row,
                column=piece.column,
                bullet=piece.bullet,
                ocr=any(line.ocr for line in piece.lines),
                confidence=_confidence(piece),
            )
        )
    return tuple(blocks), blocks[len(pieces) :]


def _confidence(piece: Piece) -> float | None:
    found = [run.confidence for line in piece.lines for run in line.runs if run.confidence is not None]
    return round(sum(found) / len(found), 3) if found else None


def judge_language(text: str) -> Language:
    """Korean where Hangul makes up a fair share of the letters."""
    sample = text[:: max(1, len(text) // JUDGED)]
    letters, hangul = len(_LETTER.findall(sample)), len(_HANGUL.findall(sample))
    return Language.KO if letters and hangul >= HANGUL_SHARE * letters else Language.EN
