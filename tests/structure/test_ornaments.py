"""What a page shows out of its place: bullets that are drawn, initials, numbers of lines."""

from __future__ import annotations

from brief_nlp.pdf.pages import Box, Page, Pages, Run
from brief_nlp.schema import BlockKind
from brief_nlp.structure.document import Draft, read_structure
from tests.structure.test_document import FONTS, FULL, body, document, lines
from tests.structure.test_lines import run


def drawn(runs: list[Run], *dots: Box) -> Draft:
    return read_structure(Pages([Page(1, 600.0, 800.0, 0, runs, FONTS, [], [], dots=dots)], {}, "pdfium"))


def test_drawn_bullets_begin_list_items():
    items = ["Roads without a deadline", "Bridges and the ferries beside them", "Rails"]
    runs = [*lines(FULL, FULL), *lines(*items, top=160, x0=86)]
    dots = [Box(74, 155 + 14 * place, 78, 159 + 14 * place) for place in range(3)]
    draft = drawn(runs, *dots)
    found = [(b.bullet, draft.text[b.start : b.end]) for b in draft.blocks if b.kind is BlockKind.LIST_ITEM]
    assert found == [("•", item) for item in items]


def test_dots_of_a_drawing_are_no_bullets():
    draft = drawn(lines(FULL, FULL), Box(300, 116, 304, 120), Box(40, 600, 44, 604), Box(60, 110, 61, 134))
    assert draft.text == f"{FULL} {FULL}"


def test_an_initial_over_three_lines_begins_its_paragraph():
    rest = FULL[:-8]
    runs = [run("T", 70, 148, 40), *lines("he " + rest, rest, rest, x0=92), *lines(FULL, FULL, top=162)]
    draft = document(runs)
    assert body(draft) == [f"The {rest} {rest} {rest} {FULL} {FULL}"]


def test_numbers_of_lines_are_not_read():
    text = [run(FULL, 100, 120 + 14 * place) for place in range(20)]
    numbers = [run(str(place + 1), 60 if place < 9 else 56.5, 120 + 14 * place, 7) for place in range(4, 20, 5)]
    draft = document([*text, *numbers])
    assert draft.text == " ".join([FULL] * 20)


def test_a_first_column_of_numbers_is_no_margin():
    rows = [
        (
            run(str(5 * place), 70, 200 + 16 * place),
            run("Rice", 220, 200 + 16 * place),
            run("75", 370, 200 + 16 * place),
        )
        for place in range(1, 6)
    ]
    head = [run("Weeks", 70, 200), run("Item", 220, 200), run("Price", 370, 200)]
    draft = document([*lines(FULL, FULL), *head, *(cell for row in rows for cell in row)])
    assert "25" in [draft.text[b.start : b.end] for b in draft.blocks if b.kind is BlockKind.TABLE_CELL]


def test_numbers_of_lines_begin_again_in_the_notes_and_go_on_over_the_page():
    def number(value: int, baseline: float) -> Run:
        return run(str(value), 67 - 6 * len(str(value)), baseline, 12)

    def numbered(first: int) -> list[Run]:
        text = [run(FULL, 100, 120 + 14 * place) for place in range(15)]
        at = range(4, 15, 5)
        return [*text, *(number(first + 5 * k, 120 + 14 * place) for k, place in enumerate(at))]

    notes = [*lines("1) A book.", "of two lines", "and three", top=600, x0=100, size=8), number(5, 614)]
    draft = document([*numbered(5), *notes], numbered(20))
    assert not any(char.isdigit() for char in draft.text)
