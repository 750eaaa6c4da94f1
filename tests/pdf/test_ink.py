"""What is read off pictures, on pictures that are drawn here."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from brief_nlp.pdf import ink
from brief_nlp.pdf.ink import Blob, TextRow


def picture(*boxes: tuple[int, int, int, int]) -> Image.Image:
    drawn = Image.new("L", (1200, 800), 240)
    for box in boxes:
        ImageDraw.Draw(drawn).rectangle(box, fill=10)
    return drawn


@pytest.mark.parametrize("turned", [-0.8, 0.0, 0.5])
def test_slant_is_what_sets_a_page_level(turned: float):
    page = Image.new("L", (1200, 800), 240)
    for line in range(24):
        ImageDraw.Draw(page).text(
            (100, 60 + 28 * line), f"{line} " + "the council met in the hall and went " * 4, fill=10
        )
    page = page.resize((2400, 1600)).rotate(turned, resample=Image.Resampling.BICUBIC, fillcolor=240)
    assert ink.slant(ink.ink_of(page)) == pytest.approx(-turned, abs=0.1)


def test_blobs_are_the_pieces_of_ink():
    found = ink.blobs(ink.ink_of(picture((10, 10, 30, 50), (28, 45, 60, 60), (100, 10, 120, 30))))
    assert found == [Blob(10, 10, 61, 61), Blob(100, 10, 121, 31)]


def test_rules_are_long_and_thin():
    found = ink.blobs(ink.ink_of(picture((100, 700, 500, 702), (100, 300, 500, 340), (100, 100, 140, 102))))
    assert ink.rules(found, 1200) == [Blob(100, 700, 501, 703)]


# a line of letters as boxes: 40 pixels of font size, its baseline at 200
LETTERS = [(100 + 30 * place, 178, 120 + 30 * place, 199) for place in range(10)]
ROW = TextRow(100, 390, 200.0, 0.0, 40.0)


def marks(*boxes: tuple[int, int, int, int]) -> list[Blob]:
    return ink.raised_marks(ink.blobs(ink.ink_of(picture(*LETTERS, *boxes))), ROW)


def test_a_small_piece_that_stands_high_behind_a_word_is_a_mark():
    assert marks((394, 172, 402, 187)) == [Blob(394, 172, 403, 188)]


@pytest.mark.parametrize(
    "box",
    [
        pytest.param((394, 165, 398, 177), id="a quotation mark hangs higher"),
        pytest.param((394, 184, 402, 199), id="a digit on the baseline"),
        pytest.param((394, 186, 410, 189), id="a dash is flat"),
    ],
)
def test_what_is_no_mark(box: tuple[int, int, int, int]):
    assert marks(box) == []


def test_bold_strokes_are_thicker():
    thin = ink.ink_of(picture(*[(100 + 20 * n, 178, 103 + 20 * n, 199) for n in range(14)]))
    thick = ink.ink_of(picture(*[(100 + 20 * n, 178, 107 + 20 * n, 199) for n in range(14)]))
    assert ink.stroke(thick, ROW) > 1.3 * ink.stroke(thin, ROW)
