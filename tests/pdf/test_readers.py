"""Both readers see the same pages."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from brief_nlp.errors import Category, Rejected
from brief_nlp.pdf.pages import PAGES, Pages, word_starts
from brief_nlp.pdf.pdfium import metadata
from brief_nlp.pdf.reader import has_usable_text, read_directly
from brief_nlp.settings import Settings
from brief_nlp.structure.document import read_structure
from tests.conftest import NAMES, SAMPLES


def read(name: str, reader: str) -> Pages:
    data = (SAMPLES / f"{name}.pdf").read_bytes()
    return read_directly(
        data, reader=reader, password=None, max_pages=50, max_characters=10**6, max_runs=10**5, ocr=False
    )


@pytest.mark.parametrize("name", NAMES)
def test_pdfplumber_is_an_oracle_for_words_and_places(name: str):
    ours, oracle = read(name, "pdfium"), read(name, "pdfplumber")
    for page, other in zip(ours.pages, oracle.pages, strict=True):
        assert page.width == pytest.approx(other.width, abs=0.01)
        left = "".join(
            "".join(run.text.split()) for run in sorted(page.runs, key=lambda r: (round(r.baseline, 0), r.x0))
        )
        right = "".join(
            "".join(run.text.split()) for run in sorted(other.runs, key=lambda r: (round(r.baseline, 0), r.x0))
        )
        assert sorted(left.replace("-", "")) == sorted(right.replace("\xad", "").replace("-", ""))
        first, same = page.runs[0], other.runs[0]
        assert (first.x0, first.baseline, first.size) == pytest.approx((same.x0, same.baseline, same.size), abs=0.1)


def test_structure_is_the_same_by_either_reader():
    # local_hospital has no superscripts that are glyphs of the font, which pdfplumber cannot tell
    drafts = [read_structure(read("local_hospital", reader)) for reader in ("pdfium", "pdfplumber")]
    assert drafts[0].text == drafts[1].text
    assert [b.kind for b in drafts[0].blocks] == [b.kind for b in drafts[1].blocks]


@pytest.mark.parametrize("name", NAMES)
def test_word_places_fit_the_words(name: str):
    for page in read(name, "pdfium").pages:
        for run in page.runs:
            assert len(run.words) == len(word_starts(run.text))
            assert run.words == sorted(run.words)
            assert run.x0 <= run.x1


def test_answer_survives_the_process_boundary():
    pages = read("vaccination", "pdfium")
    assert PAGES.validate_json(PAGES.dump_json(pages)) == pages


def test_ruled_table_is_found():
    tables = [table for page in read("vaccination", "pdfium").pages for table in page.tables]
    assert [(len(table), len(table[0])) for table in tables] == [(5, 3)]


@pytest.mark.parametrize(
    ("limit", "category"),
    [
        ({"max_pages": 1}, Category.TOO_MANY_PAGES),
        ({"max_characters": 100}, Category.TOO_LARGE),
        ({"max_runs": 10}, Category.TOO_LARGE),
    ],
)
def test_limits(limit: dict, category: Category):
    data = (SAMPLES / "grain_policy.pdf").read_bytes()
    limits = {"max_pages": 50, "max_characters": 10**6, "max_runs": 10**5, **limit}
    with pytest.raises(Rejected) as caught:
        read_directly(data, reader="pdfium", password=None, ocr=False, **limits)
    assert caught.value.category is category


def test_unmapped_characters_are_no_usable_text():
    page = read("grain_policy", "pdfium").pages[0]
    assert has_usable_text(page)
    garbled = page._replace(runs=[run._replace(text="\ue000" * len(run.text)) for run in page.runs])
    assert not has_usable_text(garbled)


def test_settings_reject_unknown_reader():
    with pytest.raises(ValueError, match="reader"):
        Settings(reader="mupdf")


def test_a_field_that_is_no_text_costs_the_others_nothing():
    bare = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 90 90]>>endobj\n"
        b"4 0 obj<</Title<FEFFD800>/Author(Oh Mi-na)>>endobj\ntrailer<</Root 1 0 R/Info 4 0 R>>\n%%EOF"
    )
    with pdfium.PdfDocument(bare) as document:
        assert metadata(document)["Author"] == "Oh Mi-na"


HANGUL = b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <41> <AC1C> endbfchar endcmap"


def bare_page(content: str, *, more: bytes = b"") -> Pages:
    stream = content.encode()
    data = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica" + more + b">>>>>>>>endobj\n"
        b"5 0 obj<</Length %d>>stream\n%s\nendstream endobj\n"
        b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF"
        % (len(HANGUL), HANGUL, len(stream), stream)
    )
    return read_directly(
        data, reader="pdfium", password=None, max_pages=5, max_characters=10**5, max_runs=10**4, ocr=False
    )


def test_a_watermark_set_aslant_is_not_read():
    text = "BT /F 10 Tf 70 700 Td (The council met.) Tj ET "
    mark = "BT /F 70 Tf 0.8 0.6 -0.6 0.8 150 300 Tm (DRAFT) Tj ET"
    assert [run.text for run in bare_page(text + mark).pages[0].runs] == ["The council met."]


def test_small_shapes_are_dots():
    (page,) = bare_page("BT /F 10 Tf 90 700 Td (An item.) Tj ET 76 701 4 4 re f 60 500 200 90 re f").pages
    (dot,) = page.dots
    assert (dot.x0, dot.x1) == pytest.approx((76, 80), abs=0.1)


@pytest.mark.parametrize(("move", "text"), [(2.2, "in 25개 on"), (6.0, "in 25 개 on")])
def test_white_that_sets_figures_off_from_hangul_is_no_space(move: float, text: str):
    content = f"BT /F 10 Tf 70 700 Td (in 25) Tj {21.7 + move} 0 Td (A on) Tj ET"  # the first words are 21.7 wide
    (page,) = bare_page(content, more=b"/ToUnicode 5 0 R").pages
    assert " ".join(run.text for run in page.runs) == text


def test_white_is_a_space_where_the_file_leaves_spaces_to_places():
    content = "BT /F 10 Tf 70 700 Td (in 25) Tj 24 0 Td (A on) Tj ET BT /F 10 Tf 70 680 Td (in) Tj 11 0 Td (on) Tj ET"
    (page,) = bare_page(content, more=b"/ToUnicode 5 0 R").pages
    assert " ".join(run.text for run in page.runs) == "in 25 개 on in on"
