"""Layouts that the samples do not have, built from runs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brief_nlp.pdf.pages import Box, Font, Page, Pages, Run, word_starts
from brief_nlp.schema import BlockKind, FurnitureKind
from brief_nlp.structure.document import Draft, read_structure
from brief_nlp.structure.phrases import is_caption
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


def test_a_panel_beside_the_text_is_a_column_of_its_own():
    text = lines(*["The council of the towns met again without any result that could be seen."] * 9, top=200, step=14)
    said = ["- The towns in the north", "kept their stores shut", "for most of the year."]
    panel = lines(*said * 2, top=203, x0=452, step=12)
    title = run("Stores of the North and the Towns That Keep Them Well", 70, 120, 18)
    found = document([title, *[r for pair in zip(text, panel, strict=False) for r in pair], *text[6:]])
    kinds = [(b.kind, found.text[b.start : b.end]) for b in found.blocks]
    assert (BlockKind.LIST_ITEM, "The towns in the north kept their stores shut for most of the year.") in kinds
    assert found.text.index("seen.") < found.text.index("The towns in the north")


def test_a_heading_at_the_top_of_a_column_stays_there():
    row = "The council met again and again"
    left = [run("First Part", 70, 131, 10, 1), *lines(*[row] * 8, top=149)]
    right = [run("Second Part", 320, 120, 10, 1), *lines(*[row.replace("met", "sat")] * 8, top=140, x0=320)]
    text = document([*left, *right]).text
    assert text.index("First Part") < text.index("met") < text.index("Second Part") < text.index("sat")


def test_a_paragraph_that_ends_with_a_call_is_over():
    first = [*lines(FULL, FULL[:40] + " it."), run("1", 290, 130, 6)]
    text = lines(*[FULL] * 4, top=148, x0=70)
    draft = document([*first, *text, *lines("1 A book.", top=700, size=8)])
    assert body(draft)[0].endswith(" it.")


def test_small_capitals_are_measured_by_their_capitals():
    heading = [run("I", 70, 200, 10, 1), run("NTRODUCTION", 74, 200, 7.5, 1)]
    draft = document([*lines(FULL, FULL, FULL), *heading, *lines(FULL, FULL, FULL, top=220)])
    assert [draft.text[b.start : b.end] for b in draft.blocks if b.kind is BlockKind.HEADING] == ["INTRODUCTION"]


def test_what_tells_the_source_of_a_table_is_its_caption():
    small = lines("자료: 통일부, 2024년 통계를 토대로 저자 작성.", top=170, size=8)
    draft = document([*lines(FULL, FULL, FULL), *small, *lines(FULL, FULL, FULL, top=200)])
    assert [b.kind for b in draft.blocks].count(BlockKind.CAPTION) == 1


@pytest.mark.parametrize("text", ["<표 Ⅲ-2> 강제송환 이후의 처분", "표 Ⅳ-1. 연도별 수입"])
def test_captions_with_roman_numbers(text: str):
    assert is_caption(text)


def test_an_imprint_is_no_paragraph():
    draft = document([*lines(FULL, FULL, FULL), run("12 Some-daero, Seoul 01234, Korea Tel. 02-2023-8000", 70, 680, 8)])
    assert draft.blocks[-1].kind is BlockKind.COPYRIGHT


def test_a_word_that_runs_into_the_abstract_is_its_heading():
    first = [run("Abstract ", 70, 120, 10, 1), run("The towns kept their stores shut for most of a year.", 116, 120)]
    draft = document([*first, *lines("Nobody knew why.", top=134)])
    kinds = [(b.kind, draft.text[b.start : b.start + 8]) for b in draft.blocks]
    assert kinds == [(BlockKind.HEADING, "Abstract"), (BlockKind.PARAGRAPH, "The town")]


def test_who_speaks_in_an_interview_is_kept_out_of_what_is_said():
    turns = []
    for number in range(3):
        top = 120 + 60 * number
        turns += [run("윤하린 ", 70, top, 10, 1), run("시장은 다시 열렸습니다.", 91, top)]
        turns.append(run("왜 그렇습니까?", 70, top + 30))
    draft = document(turns)
    assert [b.bullet for b in draft.blocks if draft.text[b.start : b.end].startswith("시장")] == ["윤하린"] * 3
    assert "윤하린" not in draft.text


def test_bare_numbers_that_hang_are_those_of_a_list():
    items = []
    for number in (1, 2, 3):
        top = 150 + 20 * number
        items += [run(str(number), 70, top, 11), run("Seoul ought to keep the line open.", 90, top)]
    draft = document([*lines(FULL, FULL[:60] + " need."), *items])
    assert [(b.bullet, b.kind) for b in draft.blocks[1:]] == [(str(n), BlockKind.LIST_ITEM) for n in (1, 2, 3)]


def test_a_note_right_below_the_item_that_calls_it():
    draft = document(
        [
            *lines("○ 관광 구역이 2025년 7월 1일에 문을 열었다고 공지함.*", top=120),
            *lines("* 관광 안내 홈페이지 공지(2025.7.18.)", top=136, x0=90, size=8),
            *lines("○ 방문객은 약 5,300명으로 집계됨.", "○ 목표는 10만 명으로 제시됨.", top=154, step=20),
        ]
    )
    (note,) = draft.footnotes
    assert draft.text[note.start : note.end].startswith("관광 안내")
    assert draft.text[: note.markers[0].offset].endswith("공지함.")
    assert "공지함.*" not in draft.text


def test_a_rule_under_a_lone_title_parts_no_notes():
    title = run("북한 관광 재개 동향과 정책 제언", 70, 120, 18)
    draft = document([title, *lines("1. 현황", FULL, FULL, top=160, size=11)], rules=[Box(70, 128, 530, 128.5)])
    assert draft.footnotes == ()
    assert FULL in draft.text


def test_a_korean_sentence_that_ends_a_line_does_not_run_into_the_next():
    draft = document(lines("수요는 급격히 줄어들 수밖에 없습니다.", "그때 다시 시장이 열렸다고 한다.", step=14))
    assert "없습니다. 그때" in draft.text


def test_a_sentence_runs_on_behind_a_box_that_stands_in_it():
    left = lines(*["The council of the towns met again and again for"] * 6, "years in the north. If", top=120)
    said = ["Towns in the north kept", "their stores shut for", "most of the year, as", "all of them had done"]
    box = lines(*said, "in each year before.", top=118, x0=380, size=8, step=10.5)
    rest = lines("his figure is right, they will meet again. " + FULL[:60], FULL, top=218)
    draft = document([*left, *box, *rest])
    assert "If his figure is right" in draft.text
    assert "Towns in the north kept their stores shut for most of the year" in draft.text


def test_a_pull_quote_is_no_section():
    quote = "Outsiders could have seen no result."
    runs = [*lines(f"{FULL[:40]} Outsiders could have seen no", f"result. {FULL}", FULL), run(quote, 70, 200, 16)]
    draft = document([*runs, *lines(FULL, FULL, FULL, top=240)])
    kinds = [b.kind for b in draft.blocks if draft.text[b.start : b.end] == quote]
    assert kinds == [BlockKind.CAPTION]
    assert {b.section for b in draft.blocks} == {None}


def test_the_name_of_a_box_in_small_print_is_a_caption():
    box = [run("Testimony 4-1", 80, 200, 9, font=1), *lines(FULL, FULL, x0=80, top=214, step=12, size=9)]
    draft = document([*lines(FULL, FULL, FULL), *box, *lines(FULL, FULL, FULL, top=260)])
    kinds = {draft.text[b.start : b.end]: b.kind for b in draft.blocks}
    assert kinds["Testimony 4-1"] is BlockKind.CAPTION


def test_a_heading_in_italics():
    fonts = [*FONTS, Font("Body-Italic", False, True)]
    runs = [*lines(FULL, FULL), run("Limits of the data", 70, 168, font=2), *lines(FULL, FULL, top=182)]
    draft = read_structure(Pages([Page(1, 600.0, 800.0, 0, runs, fonts, [], [])], {}, "pdfium"))
    assert [draft.text[b.start : b.end] for b in draft.blocks if b.kind is BlockKind.HEADING] == ["Limits of the data"]


def test_words_that_are_runs_of_their_own_fit_or_do_not():
    words = FULL.split()
    apart = [run(word, 70 + 5 * len(" ".join([*words[:place], ""])), 148) for place, word in enumerate(words)]
    draft = document([*lines(FULL, "It met and it went home."), *apart, *lines(FULL, top=162)])
    assert body(draft) == [f"{FULL} It met and it went home.", f"{FULL} {FULL}"]


def test_a_justified_line_that_is_not_filled_ends_its_paragraph():
    full = [FULL] * 6
    short = FULL[:86].rstrip(" ,") + "."
    draft = document(lines(*full, short, "Unfortunately the rest of what was said is lost", *full[:2]))
    assert body(draft)[0].endswith(short)


def test_notes_of_a_part_are_notes():
    called = [run("It grew by half.", 70, 120), run("1", 150, 116, 6), run(" " + FULL[:60], 160, 120)]
    notes = [run("Notes to the first part", 70, 190, 12, font=1), *lines("1. A book.", "2. Another.", top=210)]
    more = [run("2", 70 + 5 * len(FULL), 130, 6)]
    draft = document([*called, *lines(FULL, FULL, top=134), *more, *notes])
    assert [(note.label, len(note.markers)) for note in draft.footnotes] == [("1", 1), ("2", 1)]


def test_labels_below_a_chart_are_a_caption():
    labels = [run(text, x0, 300, 8) for text, x0 in (("Chagang", 90), ("Kangwon", 140), ("Ryanggang", 190))]
    draft = document([*lines(FULL, FULL, FULL), *labels, *lines(FULL, FULL, FULL, top=330)])
    assert BlockKind.CAPTION in [b.kind for b in draft.blocks if "Chagang" in draft.text[b.start : b.end]]


def test_a_korean_caption_without_a_number():
    assert is_caption("<표> 서비스별 이용자 수")
    assert not is_caption("표에서 보듯이 이용자가 늘었다.")


def test_a_solid_word_broken_where_a_compound_would_be():
    draft = document(lines(FULL, FULL[:-8] + " sea-", "food and land-", "based fleets. " + FULL[:40], FULL))
    assert "seafood and land-based fleets" in draft.text
