from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_nlp.schema import CitationKind, Footnote, FootnoteKind
from brief_nlp.tagging.citations import footnote_kind, parse_citations, resolve_repeats


def fields(text: str) -> list[dict]:
    return [
        {
            key: value
            for key, value in citation.model_dump().items()
            if value not in (None, ()) and key not in ("start", "end", "by")
        }
        for citation in parse_citations(text, 0, len(text))
    ]


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("Rodong Sinmun, May 3, 2022.", {"kind": "newspaper", "container": "Rodong Sinmun", "date": "2022-05-03"}),
        (
            "Oh Mi-na and Ri Sang, Ships and Ports, (Busan: Example Press, 2011), p. 44.",
            {
                "kind": "book",
                "authors": ("Oh Mi-na", "Ri Sang"),
                "title": "Ships and Ports",
                "place": "Busan",
                "publisher": "Example Press",
                "date": "2011",
                "pages": "44",
            },
        ),
        ("『로동신문』, 2022년 5월 3일.", {"kind": "newspaper", "container": "로동신문", "date": "2022-05-03"}),
        (
            "오미나, 『배와 항구』(부산: 예시출판, 2011), 44쪽.",
            {
                "kind": "book",
                "authors": ("오미나",),
                "title": "배와 항구",
                "place": "부산",
                "publisher": "예시출판",
                "date": "2011",
                "pages": "44",
            },
        ),
        (
            "오미나, 「항구의 변화」, 『예시연구』 제3권 1호 (2012), pp. 5-9.",
            {
                "kind": "article",
                "authors": ("오미나",),
                "title": "항구의 변화",
                "container": "예시연구",
                "date": "2012",
                "pages": "5-9",
            },
        ),
    ],
)
def test_fields(note: str, expected: dict):
    assert fields(note) == [{**expected, "kind": CitationKind(expected["kind"])}]


def test_several_in_one_note():
    assert [c["date"] for c in fields("KCNA, May 3, 2022; KCNA, June 4, 2022.")] == ["2022-05-03", "2022-06-04"]


def test_an_explanation_is_no_citation():
    text = "The figure counts only factories that work."
    assert fields(text) == []
    assert footnote_kind(text, 0, len(text), ()) is FootnoteKind.EXPLANATION


def test_repeats_lead_to_what_they_repeat():
    notes = [
        "Oh Mi-na, Ships and Ports, (Busan: Example Press, 2011), p. 4.",
        "Ibid., p. 5.",
        "KCNA, May 3, 2022.",
        "Oh Mi-na, op. cit., p. 9.",
    ]
    text, made = "", []
    for index, note in enumerate(notes):
        start = len(text)
        text += note + "\n"
        citations = parse_citations(text, start, start + len(note))
        made.append(
            Footnote(
                index=index,
                label=str(index + 1),
                block=index,
                start=start,
                end=start + len(note),
                markers=(),
                citations=citations,
            )
        )
    assert [note.citations[0].repeats for note in resolve_repeats(made)] == [None, 0, None, 0]


@given(st.text(alphabet=st.sampled_from(list("AbIbid.,;:()『』「」“”12 p2016가http://x")), max_size=100))
def test_spans_stay_inside(text: str):
    for citation in parse_citations(text, 0, len(text)):
        assert 0 <= citation.start < citation.end <= len(text)
