from __future__ import annotations

import re

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_nlp.claims.classifier import load_classifier
from brief_nlp.claims.find import claim_id, find_claims, normalised
from brief_nlp.evaluation.job import HELD, held_by_boxes
from brief_nlp.schema import (
    Block,
    BlockKind,
    Claim,
    EvidenceScope,
    Footnote,
    FootnoteKind,
    Label,
    Language,
    Marker,
    Region,
)
from brief_nlp.settings import Settings
from tests.conftest import NAMES, SAMPLES, analyzed

BOX = (Region(page=1, x0=0, top=0, x1=1, bottom=1),)


def claims_of(
    *texts: str,
    notes: list[tuple[int, str]] | None = None,
    kinds: dict[int, BlockKind] | None = None,
    settings: Settings | None = None,
) -> tuple[Claim, ...]:
    """Claims of paragraphs; `notes` are (block, words before the marker)."""
    text, blocks, section = "", [], None
    for index, piece in enumerate(texts):
        kind = (kinds or {}).get(index, BlockKind.PARAGRAPH)
        section = index if kind is BlockKind.HEADING else section
        inside = None if kind is BlockKind.HEADING else section
        blocks.append(
            Block(index=index, kind=kind, start=len(text), end=len(text) + len(piece), regions=BOX, section=inside)
        )
        text += piece + "\n"
    footnotes = []
    for index, (block, before) in enumerate(notes or []):
        offset = text.index(before, blocks[block].start) + len(before)
        marker = Marker(label=str(index + 1), offset=offset, block=block, regions=BOX)
        footnotes.append(Footnote(index=index, label=str(index + 1), start=0, end=0, block=0, markers=(marker,)))
    return find_claims(
        "doc", text, blocks, footnotes, language=Language.EN, entities=(), dates=(), quantities=(),
        regions=lambda start, end: BOX, settings=settings or Settings(),
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Who would have thought so?",
        "Three measures followed:",
        "© Somebody 2024",
        "This chapter first describes the law.",
        "This was written based on Paragraph 3 of an earlier study.",
        "Too short.",
    ],
)
def test_what_claims_nothing(text: str):
    assert claims_of(text) == ()


def test_headings_and_captions_are_no_claims():
    assert claims_of("The law was adopted in 2020.", kinds={0: BlockKind.HEADING}) == ()


def test_references_are_no_claims():
    entry = "Smith, Hazel. 2015. North Korea: Markets and Military Rule. Cambridge: Cambridge University Press."
    found = claims_of("The law was adopted.", "References", entry, kinds={1: BlockKind.HEADING})
    assert [claim.text for claim in found] == ["The law was adopted."]


def test_labels_without_a_verb_or_a_stop_are_no_claims():
    assert claims_of("0–5 km 5–10 km 10–20 km over 20 km") == ()
    assert [claim.text for claim in claims_of("Hence the long delay.")] == ["Hence the long delay."]


def test_a_note_that_says_who_the_author_is_claims_nothing():
    text = "Min-ah Seong\nShe is a professor at Hanbit University.\n"
    blocks = [
        Block(index=0, kind=BlockKind.BYLINE, start=0, end=12, regions=BOX),
        Block(index=1, kind=BlockKind.FOOTNOTE, start=13, end=len(text) - 1, regions=BOX),
    ]
    marker = Marker(label="*", offset=12, block=0, regions=BOX)
    note = Footnote(
        index=0, label="*", start=13, end=len(text) - 1, block=1, markers=(marker,), kind=FootnoteKind.EXPLANATION
    )
    found = find_claims(
        "doc", text, blocks, [note], language=Language.EN, entities=(), dates=(), quantities=(),
        regions=lambda start, end: BOX, settings=Settings(),
    )  # fmt: skip
    assert found == ()


def scopes(claim: Claim) -> list[tuple[int, EvidenceScope]]:
    return [(item.footnote, item.scope) for item in claim.evidence]


def test_a_marker_backs_its_sentence():
    first, second = claims_of("The law was adopted. It was revised later.", notes=[(0, "adopted.")])
    assert scopes(first) == [(0, EvidenceScope.SENTENCE)]
    assert scopes(second) == []


def test_a_note_at_the_end_backs_the_run_before_it():
    found = claims_of(
        "The law was adopted. It was revised. It was kept. It has ten parts.", notes=[(0, "adopted."), (0, "parts.")]
    )
    assert [scopes(claim) for claim in found] == [
        [(0, EvidenceScope.SENTENCE)],
        [(1, EvidenceScope.PARAGRAPH)],
        [(1, EvidenceScope.PARAGRAPH)],
        [(1, EvidenceScope.SENTENCE)],
    ]


def test_a_note_on_a_heading_backs_its_section_only():
    found = claims_of(
        "The first one came.", "Origins", "The second one came.", "Outlook", "The third one came.",
        notes=[(1, "Origins")], kinds={1: BlockKind.HEADING, 3: BlockKind.HEADING},
    )  # fmt: skip
    assert [scopes(claim) for claim in found] == [[], [(0, EvidenceScope.SECTION)], []]


def test_the_same_words_twice_are_two_claims():
    first, second = claims_of("The law was adopted. The law was adopted.")
    assert first.id != second.id


def test_identity_ignores_typography_and_label():
    assert normalised("The  “law” – it’s\nhere.") == normalised('the "law" - it\'s here.')
    assert claim_id("a", "q", 1) != claim_id("b", "q", 1)
    assert re.fullmatch(r"[0-9a-f]{32}", claim_id("a", "q", 1))


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(text: str):
    assert normalised(normalised(text)) == normalised(text)


def test_unsure_claims_need_review():
    text = "The law was adopted in 2020."
    (claim,) = claims_of(text)
    assert not claim.needs_review
    (claim,) = claims_of(text, settings=Settings(review_low=0.0, review_high=1.0))
    assert claim.needs_review


def test_a_mixed_sentence_has_clauses_with_notes_of_their_own():
    text = "Imports fell to 3,000 tons in 2022, but it is hard to believe that this figure will last."
    (claim,) = claims_of(text, notes=[(0, "in 2022,"), (0, "last.")])
    assert claim.mixed
    assert claim.label is Label.ASSESSMENT
    assert [(clause.label, clause.footnotes) for clause in claim.clauses] == [
        (Label.FACT, (0,)),
        (Label.ASSESSMENT, (1,)),
    ]
    assert [clause.text for clause in claim.clauses] == [
        "Imports fell to 3,000 tons in 2022",
        "it is hard to believe that this figure will last",
    ]


def test_a_plain_sentence_has_no_clauses():
    (claim,) = claims_of("Imports fell to 3,000 tons in 2022.")
    assert claim.clauses == ()
    assert not claim.mixed


@pytest.mark.parametrize("name", NAMES)
def test_boxes_hold_the_words(name: str):
    brief = analyzed(name)
    shares = held_by_boxes(SAMPLES / f"{name}.pdf", brief)
    assert min(shares) >= HELD


def test_boxes_hold_ink_on_the_rendered_page():
    name = "grain_policy"
    document = pypdfium2.PdfDocument(SAMPLES / f"{name}.pdf")
    images = [page.render(scale=2, grayscale=True).to_numpy() for page in document]
    document.close()
    for claim in analyzed(name).claims:
        for box in claim.regions:
            cut = images[box.page - 1][int(box.top * 2) : int(box.bottom * 2), int(box.x0 * 2) : int(box.x1 * 2)]
            assert (cut < 128).mean() > 0.03


def test_sample_has_both_labels_sources_and_reasons():
    claims = analyzed("grain_policy").claims
    assert {claim.label for claim in claims} == {Label.FACT, Label.ASSESSMENT}
    assert any(claim.source[0].canonical_id == "rodong-sinmun" for claim in claims)
    assert {claim.by for claim in claims} == {load_classifier(Language.EN).by}
