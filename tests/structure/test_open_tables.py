"""Tables without ruling lines, and what only looks like one."""

from __future__ import annotations

from brief_nlp.pdf.pages import Run
from brief_nlp.schema import BlockKind
from tests.structure.test_document import FULL, document, lines
from tests.structure.test_lines import run


def rows(*cells: tuple[str, ...], top: float = 200, columns: tuple[float, ...] = (70, 220, 370)) -> list[Run]:
    return [
        run(text, x0, top + 16 * place)
        for place, row in enumerate(cells)
        for text, x0 in zip(row, columns, strict=False)
    ]


def test_rows_with_the_same_white_stripes_are_a_table():
    table = rows(("Item", "2019", "2023"), ("Rice", "75", "112"), ("Wigs", "31", "160"), ("Urea", "88", "45"))
    draft = document([*lines(FULL, FULL, top=120), *table, *lines(FULL, FULL, top=300)])
    cells = [(b.row, b.column, draft.text[b.start : b.end]) for b in draft.blocks if b.kind is BlockKind.TABLE_CELL]
    assert (0, 0, "Item") in cells
    assert (3, 2, "45") in cells
    assert len(cells) == 12


def test_a_list_whose_numbers_hang_far_out_is_no_table():
    items = rows(("1)", "one thing that is told"), ("2)", "another thing"), ("3)", "a third"), columns=(70, 100))
    draft = document([*lines(FULL, FULL, top=120), *items])
    assert not [b for b in draft.blocks if b.kind is BlockKind.TABLE_CELL]


def test_two_columns_of_prose_are_no_table():
    left = [run("a line of prose that fills it all", 70, 120 + 14 * place) for place in range(8)]
    right = [run("another line of prose beside it", 320, 120 + 14 * place) for place in range(8)]
    draft = document([*left, *right])
    assert not [b for b in draft.blocks if b.kind is BlockKind.TABLE_CELL]
    assert draft.text.rindex("fills it all") < draft.text.index("another line")


def test_a_call_in_a_cell_is_taken_out_of_it():
    table = rows(("Item", "2019", "2023"), ("Rice", "75", "112"), ("Wigs", "31", "160"))
    call = run("1)", 386, 228, 6)
    note = lines("1) Customs data.", top=700, size=8)
    draft = document([*lines(FULL, FULL, FULL, top=120), *table, call, *lines(FULL, FULL, top=300), *note])
    (marker,) = draft.footnotes[0].markers
    assert draft.text[draft.blocks[marker.block].start : draft.blocks[marker.block].end] == "160"


def test_a_head_whose_words_stand_near_one_another():
    table = rows(("Item", "2019", "2023"), ("Rice", "75", "112"), ("Wigs", "31", "160"))
    head = [run("Months observed", 190, 184), run("Mean vessels", 190 + 75 + 9, 184)]
    draft = document([*lines(FULL, FULL, top=120), *head, *rows(("", "75", "112"), columns=(0, 220, 300)), *table])
    assert "Months observed" in [draft.text[b.start : b.end] for b in draft.blocks if b.kind is BlockKind.TABLE_CELL]


def test_a_table_and_short_lines_make_no_columns():
    cells = rows(("Item", "2019", "2023"), ("Rice", "75", "112"), ("Wigs", "31", "160"), columns=(140, 330, 440))
    byline = [
        run("Kang Su-jin, Research Fellow, Korea", 345, 60),
        run("Korea Institute of Roads and Seas", 350, 74),
    ]
    short = [
        run("1. How the policy went on and where", 70, 100),
        run("1) A book of 1990 on rice, p. 7.", 70, 300),
        run("2) Ibid. p. 2. and further on", 70, 312),
    ]
    draft = document([*byline, *short, *lines(FULL, FULL, top=120), *cells])
    assert len([b for b in draft.blocks if b.kind is BlockKind.TABLE_CELL]) == 9
