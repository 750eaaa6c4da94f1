"""Pages without a text layer."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from brief_nlp.errors import Category, Rejected
from brief_nlp.evaluation.comparing import read_draft, similarity
from brief_nlp.pdf import scanned
from brief_nlp.schema import BlockKind
from brief_nlp.settings import Settings
from tests.conftest import SAMPLES, analyzed

needs_tesseract = pytest.mark.skipif(
    not {"eng", "kor"} <= set(scanned.languages()), reason="Tesseract is not installed (`make system`)"
)


def scan(name: str, folder: Path) -> Path:
    """The first page of a sample as a picture in a PDF."""
    document = pypdfium2.PdfDocument(SAMPLES / f"{name}.pdf")
    path = folder / f"{name}.pdf"
    document[0].render(scale=200 / 72, grayscale=True).to_pil().save(path, "PDF", resolution=200)
    document.close()
    return path


def test_without_ocr_it_is_rejected_with_advice(tmp_path: Path):
    with pytest.raises(Rejected) as caught:
        read_draft(scan("grain_policy", tmp_path), Settings(ocr=False))
    assert caught.value.category is Category.NO_TEXT
    assert "Tesseract" in caught.value.advice


@needs_tesseract
@pytest.mark.parametrize(("name", "least"), [("grain_policy", 0.8), ("local_hospital", 0.6)])
def test_words_are_recognised(name: str, least: float, tmp_path: Path):
    draft = read_draft(scan(name, tmp_path))
    assert all(block.ocr and block.confidence and 0 < block.confidence <= 1 for block in draft.blocks if block.regions)
    brief = analyzed(name)
    wanted = "".join(
        brief.text[b.start : b.end]
        for b in brief.blocks
        if b.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) and b.regions[0].page == b.regions[-1].page == 1
    )
    found = "".join(draft.text.split())
    chunks = _chunks("".join(wanted.split()))
    assert sum(chunk in found for chunk in chunks) / len(chunks) >= least
    assert similarity(draft.masthead.title or "", brief.masthead.title or "") >= least


def _chunks(text: str) -> list[str]:
    return [text[at : at + 12] for at in range(0, len(text) - 12, 12)]
