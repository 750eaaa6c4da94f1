"""Layouts that the samples do not have, built from runs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brief_nlp.pdf.pages import Box, Font, Page, Pages, Run, word_starts
from brief_nlp.schema import BlockKind, FurnitureKind
from brief_nlp.structure.document import Draft, read_structure
from brief_nlp.structure.textmap import TextMap
from tests.conftest import NAMES, analyzed
from tests.structure.test_lines import run

FONTS = [Font("Body", False, False), Font("Body-Bold", True, False)]


def document(*pages: list[Run], rules: list[Box] | None = None) -> Draft:
    made = [Page(number, 600.0, 800.0, 0, runs, FONTS, rules or [], []) for number, runs in enumerate(pages, 1)]
    return read_structure(Pages(made, {}, "pdfium"))


def lines(*texts: str, top: float = 120, x0: float = 70, step: float = 14, size: float = 10) -> list[Run]:
    return [run(text, x0, top + step * place, size) for place, text in enumerate(texts)]


def body(draft: Draft) -> list[str]:
    return [draft.text[b.start : b.end] for b in draft.blocks if b.kind is BlockKind.PARAGRAPH]


FULL = "The council met again and again without any result that outsiders could have seen at all."


def test_paragraph_goes_on_over_the_page():
    draft = document(
        lines(FULL, FULL, FULL[:-4] + " and the"), lines("next page ends it.", "Another one. " + FULL, FULL)
    )
    assert body(draft)[0].endswith("and the next page ends it.")


def test_hyphen_at_the_end_of_a_line():
    draft = document(lines(FULL, FULL[:-9] + " develop-", "ment of long-", "term plans matters. " + FULL[:40], FULL))
    assert "development of long-term plans" in draft.text


def test_running_heads_and_page_numbers_stay_out():
    heads = [[run("Some Series", 70, 40), *lines(FULL, FULL, FULL, FULL), run(f"- {n} -", 300, 770)] for n in (7, 8)]
    draft = document(*heads)
    assert "Some Series" not in draft.text
    kinds = {item.text: item.kind for item in draft.furniture}
    assert kinds == {
        "Some Series": FurnitureKind.HEADER,
        "- 7 -": FurnitureKind.PAGE_NUMBER,
        "- 8 -": FurnitureKind.PAGE_NUMBER,
    }


def noted(marker: str, *notes: str) -> Draft:
    first = [run("It grew by half.", 70, 120), run(marker, 150, 116, 6), run(" " + FULL[:60], 160, 120)]
    return document([*first, *lines(FULL, FULL, FULL, top=134), *lines(*notes, top=700, size=8, step=11)])


@pytest.mark.parametrize(
    ("marker", "note"),
    [("1)", "1) A book."), ("1", "1 A book."), ("[1]", "[1] A book."), ("*", "* A book."), ("①", "① A book.")],
)
def test_forms_of_markers(marker: str, note: str):
    draft = noted(marker, note)
    assert [draft.text[n.start : n.end] for n in draft.footnotes] == ["A book."]
    (found,) = draft.footnotes[0].markers
    assert draft.text[: found.offset].endswith("It grew by half.")
    assert draft.text[found.offset :].startswith(" The council")


def test_two_markers_in_a_row_and_a_note_of_two_lines():
    draft = noted("1)2)", "1) A book that has a long", "title.", "2) A paper.")
    assert [draft.text[n.start : n.end] for n in draft.footnotes] == ["A book that has a long title.", "A paper."]
    assert all(len(note.markers) == 1 for note in draft.footnotes)


def test_lists_inside_a_note_are_no_notes():
    draft = noted("1)", "1) The article reads:", "① first part", "② second part")
    assert len(draft.footnotes) == 1


def test_what_does_not_match_is_reported():
    draft = noted("3)", "1) A book.")
    assert [marker.label for marker in draft.markers_without_note] == ["3"]
    assert set(draft.warnings) == {"footnote 1 has no marker", "marker 3 has no footnote"}


def test_numbers_in_brackets_that_are_list_items_are_no_markers():
    draft = document(lines(FULL, "(1) one thing that is told here", "(2) another thing that is told", FULL))
    assert not draft.footnotes
    assert not draft.markers_without_note
    assert [b.bullet for b in draft.blocks if b.kind is BlockKind.LIST_ITEM] == ["(1)", "(2)"]


def test_exponents_stay_in_the_text():
    first = [run("It covers 30 km", 70, 120), run("2", 145, 116, 6), run(" of land " + FULL[:40], 149, 120)]
    draft = document([*first, *lines(FULL, FULL, top=134)])
    assert "30 km2 of land" in draft.text


def test_two_columns_are_read_one_after_the_other():
    left = lines("left one of the words here", "left two of the words here", "left three of the words", "left four.")
    right = lines(
        "right one of the words here", "right two of the words here", "right three of words", "right four.", x0=320
    )
    text = document([r for pair in zip(left, right, strict=True) for r in pair]).text
    assert text.index("left four") < text.index("right one")


def test_empty_document():
    draft = document([])
    assert draft.text == ""
    assert draft.blocks == ()


@pytest.mark.parametrize("name", NAMES)
def test_offsets_and_blocks_tile_the_text(name: str):
    brief = analyzed(name)
    assert [b.index for b in brief.blocks] == list(range(len(brief.blocks)))
    ends = 0
    for block in brief.blocks:
        assert block.start >= ends
        assert brief.text[ends : block.start].strip() == ""
        ends = block.end
    assert ends == len(brief.text)
    for line in brief.lines:
        words = word_starts(brief.text[line.start : line.end].rstrip(" "))
        assert len(line.words) == len(words) + 1
        assert list(line.words) == sorted(line.words)


@settings(deadline=None)  # the first example analyses the brief
@given(st.data())
def test_any_span_has_regions_on_its_pages(data: st.DataObject):
    brief = analyzed("russia_ties")
    start = data.draw(st.integers(0, len(brief.text) - 2))
    end = data.draw(st.integers(start + 1, min(len(brief.text), start + 400)))
    regions = TextMap(brief.lines, brief.text).regions(start, end)
    assert bool(regions) == bool(brief.text[start:end].strip()) or brief.text[start:end].isspace()
    for region in regions:
        assert 1 <= region.page <= brief.page_count
        assert 0 <= region.x0 <= region.x1 <= 596
        assert 0 <= region.top < region.bottom <= 843
