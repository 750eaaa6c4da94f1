"""References that citeproc reads."""

from __future__ import annotations

import warnings

from citeproc import Citation as Cited
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given, settings
from hypothesis import strategies as st

from brief_nlp.interchange.csl_json import csl_items
from brief_nlp.schema import Brief, Footnote
from brief_nlp.tagging.citations import cite
from tests.conftest import analyzed

STYLE = CitationStylesStyle("harvard-cite-them-right", validate=False)
NOTES = (
    "Oh Mi-na and Ri Sang, Ships and Ports (Busan: Example Press, 2011), pp. 44–46.",
    "Ibid., p. 47.",
    "“Harbour Opens,” Rodong Sinmun, May 3, 2022.",
    "오미나, 「항구의 변화」, 『예시연구』 제3권 1호 (2012), 5~9쪽.",
    "Gull, A. B. (2019). Tides and trade. Journal of Examples, 7(2), 1-20.",
    "「개성공업지구법」 제4조.",
    "Reuters, March 4, 2021.",
    "항만청, “물동량,” https://example.org/p (검색일: 2023.5.3).",
)


def brief_with(*notes: str) -> Brief:
    text, made = "", []
    for index, note in enumerate(notes):
        start = len(text)
        text += note + "\n"
        made.append(Footnote(index=index, label=str(index + 1), block=0, start=start, end=len(text) - 1, markers=()))
    return analyzed("vaccination").model_copy(update={"text": text, "footnotes": cite(text, made)})


def bibliography(items: list[dict]) -> list[str]:
    """What citeproc prints; its warnings about fields it does not know are errors here."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        source = CiteProcJSON(items)
    printed = CitationStylesBibliography(STYLE, source, formatter.plain)
    for item in items:
        printed.register(Cited([CitationItem(item["id"])]))
    return [str(line) for line in printed.bibliography()]


def test_citeproc_prints_every_reference():
    items = csl_items(brief_with(*NOTES))
    assert [item["type"] for item in items] == [
        "book",
        "article-newspaper",
        "article-journal",
        "article-journal",
        "legislation",
        "article-newspaper",
        "webpage",
    ]
    printed = "\n".join(bibliography(items))
    for said in (
        "Oh Mi-na",
        "Ships and Ports",
        "2011",
        "Rodong Sinmun",
        "항구의 변화",
        "예시연구",
        "Gull",
        "개성공업지구법",
    ):
        assert said in printed


def test_fields_and_names():
    book, paper, article, dated, *_ = csl_items(brief_with(*NOTES))
    assert book["author"] == [{"literal": "Oh Mi-na"}, {"literal": "Ri Sang"}]
    assert (book["publisher-place"], book["publisher"], book["page"]) == ("Busan", "Example Press", "44-46")
    assert book["note"] == "notes: 1, 2"
    assert paper["issued"] == {"date-parts": [[2022, 5, 3]]}
    assert (article["volume"], article["issue"], article["language"]) == ("3", "1", "ko")
    assert dated["author"] == [{"family": "Gull", "given": "A. B."}]


def test_references_of_a_brief_have_ids_of_their_own():
    items = csl_items(analyzed("mobile_money"))
    assert len(items) > 2
    assert len({item["id"] for item in items}) == len(items)
    assert len(bibliography(items)) == len(items)


@settings(deadline=None, max_examples=50)  # citeproc is slow
@given(st.text(alphabet=st.sampled_from(list("AbIbid.,;:()『』「」“” p2016가년월-")), max_size=120))
def test_whatever_is_read_is_accepted(note: str):
    items = csl_items(brief_with(note))
    assert len(bibliography(items)) == len(items)
