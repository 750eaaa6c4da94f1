"""Lines to blocks: headings, paragraphs, list items, table cells; and paragraphs over a break."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from brief_nlp.schema import BlockKind
from brief_nlp.structure.columns import Column
from brief_nlp.structure.data import names_a_series
from brief_nlp.structure.lines import Line, right_edge, without_start
from brief_nlp.structure.margins import SIZE_STEP, Margins, are_justified, margins_of
from brief_nlp.structure.phrases import (
    BULLET,
    CONTACT,
    CONTENTS,
    COPYRIGHT,
    DISCLAIMER,
    RUN_IN,
    SOURCE_LINE,
    TOC_LINE,
    is_caption,
)
from brief_nlp.structure.pieces import Piece, finished, with_box_titles, without_pull_quotes, without_speakers
from brief_nlp.structure.tables import Table

SAME_LINE = 0.3  # of the font size: two lines whose baselines are as near stand beside each other
SAME_EDGE = 0.35  # of the font size: how far the lines of one item start from one another at most
HANGING = 0.6  # of the font size: white space that makes a list item's number of a bare one
INDENT = 0.6  # of the font size: how far a first line is set in at least
DEEP_INDENT = 4.0  # of the font size: no first line is set in as far
WIDER_GAP = 0.25  # of the font size: how much more white space than usual parts two paragraphs
HEADING_STEP = 1.08  # of the body's size: how large a heading is at least, where it is not bold
TITLE_STEP = 1.2  # of the body's size: how large a title is at least
NEARLY = 0.9  # of the largest heading's size: the first heading as large is the title
LONGEST_HEADING = 250  # characters
LONGEST_ITALIC = 90  # characters of a heading that italics alone set off
LABEL_GAP, FEWEST_GAPS = 1.2, 2  # of the font size: how far labels of a figure stand apart; the gaps between them
SHORT_LINE = 0.6  # of the next column's width: a lone line this short does not run on
LONGEST_BOX = 12  # blocks
FIT_SLACK = 0.8  # of the font size: the room a word must leave to be sure that it would have fitted

_PASSED_OVER = (BlockKind.TABLE_CELL, BlockKind.CAPTION, BlockKind.DISCLAIMER, BlockKind.COPYRIGHT)

_NOTE_FORM = re.compile(r"[음함임됨짐][\"'”’)\]]*$")  # what ends a Korean sentence without a stop
_NUMBER = re.compile(r"\d+")


def build_blocks(columns: Sequence[Column], body: float) -> list[Piece]:
    """All blocks of the document in reading order."""
    pieces: list[Piece] = []
    tables = 0
    justified = are_justified(columns)
    for column in columns:
        margins = margins_of(column, body, justified=justified)
        group: list[Line] = []
        for item in column.items:
            if isinstance(item, Table):
                _close(pieces, group, body)
                pieces.extend(_cells(item, tables))
                tables += 1
                continue
            if group and _breaks(group, item, margins, body):
                _close(pieces, group, body)
            group.append(item)
        _close(pieces, group, body)
    pieces = with_box_titles(without_pull_quotes(without_speakers(pieces)), body)
    return _with_levels(_with_title(pieces, body))


def _close(pieces: list[Piece], group: list[Line], body: float) -> None:
    if group:
        lines = tuple(group)
        label, lines = _run_in(lines)
        if label:
            pieces.append(Piece(BlockKind.HEADING, (label,)))
        pieces.append(_unbulleted(Piece(_kind(lines, body), lines)))
        group.clear()


def _run_in(lines: tuple[Line, ...]) -> tuple[Line | None, tuple[Line, ...]]:
    """(the word "Abstract" or its like that runs into a paragraph in a style of its own, the lines without it)."""
    first = lines[0]
    if len(first.runs) < 2 or not RUN_IN.fullmatch(first.runs[0].text):
        return None, lines
    label, rest = first.runs[:1], first.runs[1:]
    return replace(first, runs=label), (replace(first, runs=rest), *lines[1:])


def _unbulleted(piece: Piece) -> Piece:
    """A list item without the bullet or number it opens with."""
    bullet = _bullet(piece.lines[0]) if piece.kind is BlockKind.LIST_ITEM else ""
    first = without_start(piece.lines[0], len(bullet)) if bullet else None
    if first is None:
        return piece
    return replace(piece, lines=(first, *piece.lines[1:]), bullet=bullet.strip())


def _bullet(line: Line) -> str:
    """The bullet or number that a line opens with, spaces included; a bare number has white space behind it."""
    match = BULLET.match(line.text)
    if match:
        return match[0]
    number = line.runs[0].text.strip()
    if len(line.runs) == 1 or not (number.isdecimal() and len(number) <= 2):
        return ""
    following = line.runs[1]
    starts = following.text.lstrip()[:1]
    hangs = following.x0 - right_edge(line.runs[0]) > HANGING * line.size
    return line.text[: len(number) + 1] if hangs and (starts.isupper() or "가" <= starts <= "힣") else ""


def _kind(lines: tuple[Line, ...], body: float) -> BlockKind:
    text = " ".join(line.text for line in lines)
    if (COPYRIGHT.match(text) and len(text) < 120) or (len(text) < LONGEST_HEADING and CONTACT.search(text)):
        return BlockKind.COPYRIGHT
    if len(text) < 400 and len(lines) <= 5 and DISCLAIMER.search(text):
        return BlockKind.DISCLAIMER
    if len(text) < LONGEST_HEADING and (is_caption(text) or _tells_the_source(lines, text, body)):
        return BlockKind.CAPTION
    if len(lines) == 1 and _are_labels(lines[0], body):
        return BlockKind.CAPTION
    if _is_heading(lines, text, body) or (len(lines) == 1 and RUN_IN.fullmatch(text)):
        return BlockKind.HEADING
    if _bullet(lines[0]):
        return BlockKind.LIST_ITEM
    return BlockKind.PARAGRAPH


def _tells_the_source(lines: tuple[Line, ...], text: str, body: float) -> bool:
    """Whether a block in small print names where a table or figure is from."""
    return SOURCE_LINE.match(text) is not None and lines[0].size < (1 - SIZE_STEP) * body


def _are_labels(line: Line, body: float) -> bool:
    """Whether a line in small print falls apart into words that stand far from one another, as below a chart."""
    gaps = [run.x0 - right_edge(before) for before, run in itertools.pairwise(line.runs)]
    apart = len(gaps) >= FEWEST_GAPS and min(gaps) > LABEL_GAP * line.size
    return apart and line.size < (1 - SIZE_STEP) * body and not finished(line)


def _is_heading(lines: tuple[Line, ...], text: str, body: float) -> bool:
    if len(text) > LONGEST_HEADING or len(lines) > 4 or not any(char.isalpha() for char in text):
        return False
    large = all(line.size >= HEADING_STEP * body for line in lines)
    bold = all(line.bold for line in lines)
    if not (large or bold or _is_italic_heading(lines)) or _capital_size(lines[0]) < (1 - SIZE_STEP) * body:
        return False
    ends_a_sentence = text.rstrip().endswith((".", "다."))
    return not ends_a_sentence or large


def _is_italic_heading(lines: Sequence[Line]) -> bool:
    """Whether a few words in italics stand on lines of their own, as a heading between paragraphs does."""
    text = " ".join(line.text for line in lines)
    return (
        len(lines) <= 2
        and all(line.italic for line in lines)
        and len(text) <= LONGEST_ITALIC
        and (text[:1].isupper() or text[:1].isdigit() or text[:1] >= "가")
        and not text.rstrip().endswith((".", ",", ";", ":", "”", '"', ")"))
    )


def _capital_size(line: Line) -> float:
    """The size of a line's capitals: small capitals are set smaller, and are most of it."""
    return max(run.size for run in line.runs)


def _breaks(group: list[Line], line: Line, margins: Margins, body: float) -> bool:
    """Whether a new block begins at `line`."""
    last = group[-1]
    if abs(line.size - last.size) > SIZE_STEP * last.size or line.bold != last.bold:
        return True
    if len(group) <= 3 and _inside_brackets(group):
        return False
    if line.italic != last.italic and _is_italic_heading(group) and _ended(last, line, margins):
        return True
    gap = line.baseline - last.baseline
    if gap < SAME_LINE * line.size:
        return True  # two things that stand far apart on one line
    usual = margins.leading * line.size / body
    if gap > usual + WIDER_GAP * line.size:
        return True
    styled = line.bold or line.size >= HEADING_STEP * body
    if _opens_item(group, line, margins):
        return True
    hanging = _hangs(group, line)
    if styled or hanging:
        return False
    if COPYRIGHT.match(line.text):
        return True
    if _is_centered(last, margins) and _is_centered(line, margins):
        return False
    if last.x0 - margins.left > DEEP_INDENT * last.size and line.x0 - margins.left < INDENT * line.size:
        return True  # what stands before was set to the right or the middle
    if len(group) > 1 and abs(last.x0 - group[-2].x0) < 1 and last.x0 - line.x0 > INDENT * line.size:
        return True  # a block set in on the left ends
    if INDENT * line.size < line.x0 - margins.left and line.x0 > last.x0 + INDENT * line.size:
        return True
    return finished(last) and (_ended(last, line, margins) or _is_unfilled(group, margins))


def _opens_item(group: list[Line], line: Line, margins: Margins) -> bool:
    """Whether a list item begins: a number goes on from the item before it, unless the line before ended short."""
    bullet = _bullet(line)
    if not bullet:
        return False
    if _ended(group[-1], line, margins):
        return True
    number, before = _NUMBER.search(bullet), _bullet(group[0])
    if number and int(number[0]) > 1:
        follows = _NUMBER.search(before)
        return follows is not None and int(number[0]) == int(follows[0]) + 1
    return bool(before) or finished(group[-1])


def _hangs(group: list[Line], line: Line) -> bool:
    """Whether a line goes on with a list item whose lines are set in behind its bullet."""
    bullet = _bullet(group[0])
    if not bullet or line.x0 <= group[0].x0 + 1:
        return False
    if len(group) > 1:
        return abs(line.x0 - group[1].x0) < SAME_EDGE * line.size
    text = without_start(group[0], len(bullet))
    return not finished(group[0]) or text is None or abs(line.x0 - text.x0) < INDENT * line.size


def _inside_brackets(group: list[Line]) -> bool:
    text = " ".join(line.text for line in group)
    return len(text) < LONGEST_HEADING and text.count("(") > text.count(")")


def _is_centered(line: Line, margins: Margins) -> bool:
    left, right = line.x0 - margins.left, margins.right - line.x1
    return left > 2 * line.size and abs(left - right) < line.size


def _is_unfilled(group: list[Line], margins: Margins) -> bool:
    """Whether a line stops before the edge at which the lines of its justified paragraph end."""
    *before, last = group
    if not margins.justified or (not before and last.x0 - margins.left > INDENT * last.size):
        return False  # a line set in may be all of a quotation, which ends elsewhere
    edge = max((line.x1 for line in before), default=margins.usual)
    return last.x1 < edge - FIT_SLACK * last.size


def _ended(last: Line, line: Line, margins: Margins) -> bool:
    """Whether a line stopped before the margin although the next line's first word would have fitted."""
    second = [*line.runs[0].words, *(run.x0 for run in line.runs[1:])][1:2] or [line.x1]
    return last.x1 + second[0] - line.x0 + FIT_SLACK * line.size < margins.right


def _cells(table: Table, number: int) -> list[Piece]:
    return [
        Piece(BlockKind.TABLE_CELL, cell, table=number, row=row_number, column=column_number)
        for row_number, row in enumerate(table.rows)
        for column_number, cell in enumerate(row)
        if cell
    ]


def _with_title(pieces: list[Piece], body: float) -> list[Piece]:
    """The title is the largest heading of the first pages, before any paragraph of weight."""
    pieces = [replace(piece, kind=BlockKind.MASTHEAD) if _is_contents(piece) else piece for piece in pieces]
    head: list[int] = []
    for place, piece in enumerate(pieces):
        if piece.kind is BlockKind.PARAGRAPH and len(piece.text) > LONGEST_HEADING:
            break
        if piece.kind is BlockKind.HEADING:
            head.append(place)
    large = [
        place
        for place in head
        if pieces[place].lines[0].size >= TITLE_STEP * body and not names_a_series(pieces[place].text)
    ]
    if not large:
        return pieces
    largest = max(pieces[place].lines[0].size for place in large)
    title = next(place for place in large if pieces[place].lines[0].size >= NEARLY * largest)
    before = [
        replace(piece, kind=BlockKind.MASTHEAD) if piece.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) else piece
        for piece in pieces[:title]
    ]
    return [*before, replace(pieces[title], kind=BlockKind.TITLE), *pieces[title + 1 :]]


def _is_contents(piece: Piece) -> bool:
    """Whether a block is the heading or a line of a table of contents."""
    if piece.kind is BlockKind.HEADING:
        return CONTENTS.fullmatch(piece.text) is not None
    running = piece.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
    return running and TOC_LINE.search(piece.lines[-1].text) is not None


def _with_levels(pieces: list[Piece]) -> list[Piece]:
    """Numbers the depth of headings by their style: larger, then bold, comes first."""
    styles = sorted(
        {(round(p.lines[0].size), p.lines[0].bold) for p in pieces if p.kind is BlockKind.HEADING}, reverse=True
    )
    return [
        replace(piece, level=styles.index((round(piece.lines[0].size), piece.lines[0].bold)) + 1)
        if piece.kind is BlockKind.HEADING
        else piece
        for piece in pieces
    ]


def join_over_breaks(pieces: Sequence[Piece], columns: Sequence[Column], body: float) -> list[Piece]:
    """Puts paragraphs together that a column or page break (and what floats there) cuts in two."""
    column_of = {id(line): place for place, column in enumerate(columns) for line in column.lines}
    justified = are_justified(columns)
    margins = [margins_of(column, body, justified=justified) for column in columns]
    joined: list[Piece] = []
    for piece in pieces:
        open_at = _open_block(joined, piece)
        if open_at is not None and _runs_on(joined[open_at], piece, column_of, margins):
            before = joined[open_at]
            joined[open_at] = replace(before, lines=before.lines + piece.lines)
        else:
            joined.append(piece)
    return joined


def _open_block(pieces: list[Piece], following: Piece) -> int | None:
    """Place of the last block of running text, what floats after it (tables, captions, a box) passed over.

    Behind a box only a sentence that is not finished runs on.
    """
    size, boxed = following.lines[0].size, 0
    for place in range(len(pieces) - 1, -1, -1):
        piece = pieces[place]
        if piece.kind in _PASSED_OVER:
            continue
        if _is_smaller(piece, size) and boxed < LONGEST_BOX:
            boxed += 1
            continue
        running = piece.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
        return place if running and not (boxed and finished(piece.lines[-1])) else None
    return None


def _is_smaller(piece: Piece, size: float) -> bool:
    """Whether a block is set in smaller print than running text, as boxes are."""
    return piece.lines[0].size < (1 - SIZE_STEP) * size


def _runs_on(before: Piece, piece: Piece, column_of: dict[int, int], margins: list[Margins]) -> bool:
    last, first = before.lines[-1], piece.lines[0]
    here, there = column_of.get(id(last)), column_of.get(id(first))
    if piece.kind is not BlockKind.PARAGRAPH or here is None or there is None or here == there:
        return False
    if abs(last.size - first.size) > SIZE_STEP * last.size or last.bold != first.bold:
        return False
    lone = len(before.lines) == 1 and not (first.text[:1].islower() and not finished(last))
    if lone and last.width < SHORT_LINE * (margins[there].right - margins[there].left):
        return False  # a byline or a label, whose column is no wider than itself
    complete = finished(last)
    if _ended(last, first, margins[here]):
        broken_off = len(before.lines) > 1 and "가" <= first.text[:1] <= "힣" and not _NOTE_FORM.search(last.text)
        return (first.text[:1].islower() or broken_off) and not complete
    if first.text[:1].islower() or not complete:
        return True
    set_in = first.x0 - margins[there].left > INDENT * first.size
    return margins[here].indents and margins[there].indents and not set_in
