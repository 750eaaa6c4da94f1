"""What repeats in the margins and is none the less text."""

from __future__ import annotations

from tests.structure.test_document import FULL, document, lines
from tests.structure.test_lines import run


def test_notes_of_the_same_words_at_the_same_height_are_no_running_feet():
    pages = []
    for number in (1, 2, 3):
        call = run(f"{number})", 520, 116, 6)
        text = [*lines(*[FULL] * 4), call]
        pages.append([*text, *lines(f"{number}) Ibid.", top=740, size=8), run(str(number), 300, 775)])
    draft = document(*pages)
    assert [note.label for note in draft.footnotes] == ["1", "2", "3"]
    assert all(len(note.markers) == 1 for note in draft.footnotes)


def test_a_foot_that_counts_pages_stays_out():
    pages = [[*lines(*[FULL] * 6), run(f"Some Series, page {number}", 250, 775)] for number in (4, 5, 6)]
    assert "Some Series" not in document(*pages).text
