"""Which marker calls which note, where the label alone does not tell."""

from __future__ import annotations

import pytest

from brief_nlp.pdf.pages import Run
from brief_nlp.structure.document import Draft
from tests.structure.test_document import FULL, document, lines
from tests.structure.test_lines import run


def called(draft: Draft) -> list[tuple[str, list[str]]]:
    """Each note's text with the last words before its markers."""
    return [
        (draft.text[n.start : n.end], [draft.text[: m.offset].split()[-1] for m in n.markers]) for n in draft.footnotes
    ]


def sentence(words: str, call: str, top: float) -> list[Run]:
    return [run(words, 70, top), run(call, 70 + 5 * len(words) + 1, top - 4, 6)]


def test_numbering_that_starts_anew_on_one_page():
    text = [*sentence("The first", "1)", 120), *sentence("The second", "2)", 134), *lines(FULL, FULL, top=148)]
    text += [*sentence("The third", "1)", 176), *sentence("The fourth", "2)", 190), *lines(FULL, FULL, top=204)]
    notes = lines("1) Book one.", "2) Book two.", "1) Book three.", "2) Book four.", top=700, size=8, step=11)
    assert called(document([*text, *notes])) == [
        ("Book one.", ["first"]), ("Book two.", ["second"]), ("Book three.", ["third"]), ("Book four.", ["fourth"])
    ]  # fmt: skip


def test_two_calls_that_nothing_parts():
    text = [*sentence("The first", "12", 120), *lines(FULL, FULL, FULL, top=134)]
    notes = lines("1 Book one.", "2 Book two.", top=700, size=8, step=11)
    assert called(document([*text, *notes])) == [("Book one.", ["first"]), ("Book two.", ["first"])]


@pytest.mark.parametrize(("form", "gap"), [("[{}]", ""), ("[{}]", " "), ("({})", "")])
def test_calls_on_the_baseline(form: str, gap: str):
    text = lines(*(f"It grew by half.{gap}{form.format(n)} {FULL[:60]}" for n in (1, 2, 3)), FULL)
    notes = lines(*(f"{form.format(n)} Book {n}." for n in (1, 2, 3)), top=700, size=8, step=11)
    draft = document([*text, *notes])
    assert [words for _, words in called(draft)] == [["half."]] * 3
    assert form.format(1) not in draft.text


def test_figures_in_brackets_are_no_calls_where_notes_are_raised():
    text = [*sentence("It has three parts(1) and", "1)", 120), *lines(FULL, FULL, FULL, top=134)]
    draft = document([*text, *lines("1) A book.", top=700, size=8)])
    assert "parts(1)" in draft.text


def test_one_note_called_twice():
    text = [*sentence("The first", "1)", 120), *sentence("The second", "1)", 134), *lines(FULL, FULL, top=148)]
    assert called(document([*text, *lines("1) A book.", top=700, size=8)])) == [("A book.", ["first", "second"])]


def test_small_digits_that_a_font_leaves_on_the_baseline():
    words = "정책을 발표하였다."
    text = [run(words, 70, 120), run("1", 121, 120.5, 5), *lines(FULL, FULL, FULL, top=134)]
    draft = document([*text, *lines("1 책이다.", top=700, size=8)])
    assert len(draft.footnotes[0].markers) == 1


def test_indices_of_formulas_stay_in_the_text():
    text = [run("The CO", 70, 120), run("2", 101, 121, 6), run(" fell. " + FULL[:50], 106, 120), *lines(FULL, FULL)]
    assert "CO2 fell" in document(text).text
