"""Doubtful spaces in recognised Korean."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from brief_nlp.pdf.pages import MAYBE_SPACE, Font, Page, Run, word_starts
from brief_nlp.structure.spacing import settle_spaces


def settled(text: str) -> Run:
    words = [70.0 + 5 * start for start in word_starts(text)]
    run = Run(text, 70.0, 70.0 + 5 * len(text), 100.0, 10.0, 0, words, 0.9)
    page = Page(1, 600.0, 800.0, 0, [run], [Font("ocr", False, False)], [], [], ocr=True)
    return settle_spaces(page).runs[0]


def test_words_are_put_together_and_parted():
    text = f"지{MAYBE_SPACE}방공업{MAYBE_SPACE}공장을 건{MAYBE_SPACE}설한다."
    assert settled(text).text == "지방공업 공장을 건설한다."


@given(st.text(alphabet=f"가나다라마 .{MAYBE_SPACE}", min_size=1, max_size=30))
def test_each_word_has_a_place(text: str):
    run = settled(text)
    assert MAYBE_SPACE not in run.text
    assert run.text.replace(" ", "") == text.replace(" ", "").replace(MAYBE_SPACE, "")
    if MAYBE_SPACE in text:
        assert len(run.words) == len(run.text.split())
        assert run.words == sorted(run.words)
