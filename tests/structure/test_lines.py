from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from brief_nlp.pdf.pages import Font, Page, Run, word_starts
from brief_nlp.structure.labels import canonical, marker_labels, opening_label
from brief_nlp.structure.lines import clean, page_lines, without_start


def run(text: str, x0: float, baseline: float, size: float = 10.0, font: int = 0) -> Run:
    width = size * 0.5
    starts = word_starts(text)
    return Run(text, x0, x0 + width * len(text), baseline, size, font, [x0 + width * start for start in starts])


def page(*runs: Run) -> Page:
    return Page(1, 600.0, 800.0, 0, list(runs), [Font("Body", False, False), Font("Body-Bold", True, False)], [], [])


def test_superscript_joins_its_line():
    lines = page_lines(page(run("harvest.", 70, 100), run("3)", 110, 96, 6), run(" The next", 116, 100)))
    assert [line.text for line in lines] == ["harvest.3) The next"]
    assert lines[0].is_raised(lines[0].runs[1])
    assert not lines[0].is_raised(lines[0].runs[2])


def test_columns_stay_apart_and_fragments_join_whatever_their_order():
    left, right = run("left column", 70, 100), run("right column", 320, 100)
    assert [line.text for line in page_lines(page(right, left))] == ["left column", "right column"]
    assert [line.text for line in page_lines(page(run("world", 98, 100), run("Hello", 70, 100)))] == ["Hello world"]


def test_words_are_parted_by_gaps_only_where_there_is_no_space():
    assert page_lines(page(run("two ", 70, 100), run("words", 90, 100)))[0].text == "two words"
    assert page_lines(page(run("one", 70, 100), run("word", 85, 100)))[0].text == "oneword"


def test_clean_spells_ligatures_out_and_drops_controls():
    assert clean("e\ufb03cient\u00a0o\ufb00er\u00ad\x07") == "efficient offer"
    assert clean("\u1112\u1161\u11ab") == "한"


def test_without_start_cuts_characters_not_spaces():
    line = page_lines(page(run("•", 70, 100), run("Crews at work", 82, 100)))[0]
    rest = without_start(line, len("• "))
    assert rest is not None
    assert rest.text == "Crews at work"
    assert without_start(line, len(line.text)) is None


@given(st.text(alphabet="abc 가나1.)", min_size=1, max_size=30))
def test_word_starts_are_the_starts_of_words(text: str):
    starts = word_starts(text)
    assert starts[0] == 0
    assert all(text[start - 1] == " " != text[start] for start in starts[1:])


def test_labels():
    assert marker_labels("1)2)") == ("1", "2")
    assert marker_labels("[12]") == ("12",)
    assert marker_labels("¹⁾") == ("1",)
    assert marker_labels("①") == ("1",)
    assert marker_labels("nd") == ()
    assert canonical("（3）") == "3"
    opening = opening_label("12) Rodong Sinmun")
    assert opening is not None
    assert (opening.label, opening.sure) == ("12", True)
    bare = opening_label("3 The figure")
    assert bare is not None
    assert not bare.sure
    assert opening_label("The figure") is None
