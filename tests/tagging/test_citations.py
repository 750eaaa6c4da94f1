"""References in notes, field by field, and what repeats them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_nlp.evaluation import citations as evaluation
from brief_nlp.evaluation.scores import corpus_folder
from brief_nlp.schema import Footnote, FootnoteKind
from brief_nlp.tagging.citations import cite


def cited(*notes: str) -> tuple[str, tuple[Footnote, ...]]:
    text, made = "", []
    for index, note in enumerate(notes):
        start = len(text)
        text += note
        made.append(Footnote(index=index, label=str(index + 1), block=0, start=start, end=len(text), markers=()))
        text += "\n"
    return text, cite(text, made)


def fields(note: str) -> list[tuple[str, dict[str, str]]]:
    """Kind and fields of each citation; several values of a field are joined by semicolons."""
    _, (made,) = cited(note)
    return [
        (
            one.kind.value,
            {name.value: "; ".join(one.values(name)) for name in dict.fromkeys(f.name for f in one.fields)},
        )
        for one in made.citations
    ]


@pytest.mark.parametrize(
    ("note", "kind", "expected"),
    [
        ("Rodong Sinmun, May 3, 2022.", "newspaper", {"container": "Rodong Sinmun", "date": "2022-05-03"}),
        (
            "KBS 2024년 6월 20일자 보도, “제목”.",
            "newspaper",
            {"container": "KBS", "date": "2024-06-20", "title": "제목"},
        ),
        ("《로동신문》 주체112(2023)년 5월 3일.", "newspaper", {"container": "로동신문", "date": "2023-05-03"}),
        (
            "Oh Mi-na and Ri Sang, Ships and Ports, (Busan: Example Press, 2011), p. 44.",
            "book",
            {"author": "Oh Mi-na; Ri Sang", "title": "Ships and Ports", "place": "Busan", "publisher": "Example Press",
             "date": "2011", "pages": "44"},
        ),
        (
            "H. Gull, Ships and Ports (Example Press, Oxford 2011) 44-46.",
            "book",
            {"author": "H. Gull", "title": "Ships and Ports", "publisher": "Example Press", "place": "Oxford",
             "date": "2011", "pages": "44-46"},
        ),
        (
            "Gull, H., & Oh, M.-N. (2011). Ships and ports: A view (2nd ed.). Example Press.",
            "book",
            {"author": "Gull, H.; Oh, M.-N.", "date": "2011", "title": "Ships and ports: A view",
             "publisher": "Example Press"},
        ),
        (
            "오미나·이상 편, 『배와 항구』(부산: 예시출판, 2011), 44~46쪽.",
            "book",
            {"editor": "오미나; 이상", "title": "배와 항구", "place": "부산", "publisher": "예시출판", "date": "2011",
             "pages": "44-46"},
        ),
        (
            "H. Gull, ‘North Korea’s Ports’ in A. Tern and B. Auk (eds), Ships (Example Press, 2019), pp. 1-20.",
            "chapter",
            {"author": "H. Gull", "title": "North Korea’s Ports", "editor": "A. Tern; B. Auk", "container": "Ships",
             "publisher": "Example Press", "date": "2019", "pages": "1-20"},
        ),
        (
            "오미나, 「항구의 변화」, 『예시연구』 제3권 1호 (2012), pp. 5-9.",
            "article",
            {"author": "오미나", "title": "항구의 변화", "container": "예시연구", "volume": "3", "issue": "1",
             "date": "2012", "pages": "5-9"},
        ),
        (
            "Oh Mi-na, “Harbours,” Journal of Examples 12, no. 3 (Fall 2020): 201–219.",
            "article",
            {"author": "Oh Mi-na", "title": "Harbours", "container": "Journal of Examples", "volume": "12",
             "issue": "3", "date": "2020", "pages": "201-219"},
        ),
        (
            "자세한 내용은 오미나 외, 『항만 실태』, KINU 연구총서 23-04 (서울: 통일연구원, 2023) 참조.",
            "report",
            {"author": "오미나", "title": "항만 실태", "number": "연구총서 23-04", "place": "서울",
             "publisher": "통일연구원", "date": "2023"},
        ),
        (
            "Statistics Korea (2016), Statistical Indicators of Ports, p. 51.",
            "book",
            {"author": "Statistics Korea", "date": "2016", "title": "Statistical Indicators of Ports", "pages": "51"},
        ),
        (
            "Oh Mi-na, “Port Opens Again,” 38 North, March 18, 2024, https://example.org/p (accessed May 3, 2024).",
            "web",
            {"author": "Oh Mi-na", "title": "Port Opens Again", "container": "38 North", "date": "2024-03-18",
             "url": "https://example.org/p", "accessed": "2024-05-03"},
        ),
        ("UN Security Council Resolution 2397 (2017), S/RES/2397, para. 8.", "law",
         {"title": "UN Security Council Resolution 2397", "date": "2017", "number": "S/RES/2397"}),
        ("유엔 안보리 결의 2397호(2017). 이 결의는 널리 알려졌다.", "law",
         {"title": "유엔 안보리 결의", "number": "2397호", "date": "2017"}),
        ("저자 인터뷰, 2022년 3월 14일, 부산.", "other", {"date": "2022-03-14", "place": "부산"}),
    ],
)  # fmt: skip
def test_fields(note: str, kind: str, expected: dict[str, str]):
    assert fields(note) == [(kind, expected)]


def test_spans_are_those_of_the_values():
    text, (note,) = cited("See Oh Mi-na, “Harbours,” Journal of Examples 12, no. 3 (2020): 201–219.")
    (one,) = note.citations
    assert text[one.start : one.end] == "Oh Mi-na, “Harbours,” Journal of Examples 12, no. 3 (2020): 201–219"
    printed = {field.name.value: text[field.start : field.end] for field in one.fields}
    assert printed["title"] == "Harbours"
    assert printed["pages"] == "201–219"


@pytest.mark.parametrize(
    "note",
    [
        "KCNA, May 3, 2022; KCNA, June 4, 2022.",
        "『로동신문』, 2022.5.3.; 『민주조선』, 2022.6.4.",
        "The ports were closed at that time (Reuters, 3 May 2022; NK News, ‘Ports Open’, 4.6.2022).",
        "《로동신문》 2022년 5월 3일; 2022년 6월 4일.",
    ],
)
def test_several_in_one_note(note: str):
    assert [found["date"] for _, found in fields(note)] == ["2022-05-03", "2022-06-04"]


@pytest.mark.parametrize(
    "note",
    [
        "The figure counts only factories that work.",
        "The New York Times and the Washington Post both carried the claim in 2017, but neither gave a source.",
        "당시 『한겨레』와 『동아일보』는 2020년 12월의 사설에서 서로 다른 평가를 내놓았다.",
        "“Probably” and “likely” are used here as the authors understand them.",
        "The DPRK Constitution was amended in 2012, 2016 and 2019.",
    ],
)
def test_an_explanation_is_no_citation(note: str):
    _, (made,) = cited(note)
    assert made.citations == ()
    assert made.kind is FootnoteKind.EXPLANATION


def test_a_note_that_cites_and_explains_does_both():
    _, (made,) = cited("KCNA, May 3, 2022. The report was taken back a day later, without a word on why.")
    assert made.kind is FootnoteKind.BOTH
    assert len(made.citations) == 1


@pytest.mark.parametrize(
    ("repeat", "repeats"),
    [
        ("Ibid., p. 5.", 2),
        ("Oh Mi-na, op. cit., p. 9.", 0),
        ("Oh, Ships and Ports, 9.", 0),
        ("Oh, “Ships and Ports,” p. 9.", 0),
        ("See note 1 above.", 0),
        ("Oh (n 1) 9.", 0),
        ("오미나, 앞의 글, 7쪽.", 1),
        ("위의 기사.", 2),
        ("각주 2 참조.", 1),
        ("It grew (Oh, 2011, p. 9).", 0),
        ("Tern, op. cit., p. 9.", None),
    ],
)
def test_repeats_lead_to_what_they_repeat(repeat: str, repeats: int | None):
    _, notes = cited(
        "Oh Mi-na, Ships and Ports, (Busan: Example Press, 2011), p. 4.",
        "오미나, 「항구의 변화」, 『예시연구』 제3권 1호 (2012), 5쪽.",
        "KCNA, May 3, 2022.",
        repeat,
    )
    (one,) = notes[-1].citations
    assert (one.kind.value, one.repeats) == ("repeat", repeats)


FOLDER = corpus_folder()


@pytest.mark.skipif(FOLDER is None, reason="the marked-up notes are part of a checkout")
@pytest.mark.parametrize(
    ("lang", "part", "least"), [("en", "dev", 0.98), ("ko", "dev", 0.99), ("en", "dev2", 0.96), ("ko", "dev2", 0.96)]
)
def test_floor(lang: str, part: str, least: float):
    assert FOLDER is not None
    assert evaluation.part_scores(FOLDER / "citations", lang, part)[0].value >= least


def test_a_quotation_mark_before_a_break_ends_nothing():
    _, (made,) = cited('" 2020. “Harbours,” KCNA, May 3, 2022.')
    assert len(made.citations) <= 1


NOTE = st.lists(
    st.sampled_from(
        ["Ibid.", "op. cit.", "Oh Mi-na", "오미나", "『배와 항구』", "“Harbours,”", "(Seoul:", "KINU,", "2016)", ";",
         "p. 4", "위의 책", "See", "http://x.org/a", "(", "》", "제3권 1호", "Rodong Sinmun,", "May 3, 2022", "Act",
         "2397호", "및", "[", ". ", "’", "in", "ed.", "(eds)", "Gull, A. B. (2019).", "Title.", "2020.", "and",
        "인터뷰",
         "Resolution", "참조", "「법」", "은", "‘", '"', "<", "A.", "PhD diss.", "note 3 above", "(n 2)",
         "38 North,"]
    ),
    max_size=14,
)  # fmt: skip


@given(st.lists(NOTE, min_size=1, max_size=3))
def test_spans_stay_inside_and_in_order(notes: list[list[str]]):
    text, made = cited(*(" ".join(note) for note in notes))
    for note in made:
        at = note.start
        for one in note.citations:
            assert at <= one.start < one.end <= note.end
            at = one.end
            assert list(one.fields) == sorted(one.fields, key=lambda field: field.start)
            for field in one.fields:
                assert one.start <= field.start < field.end <= one.end
                assert text[field.start : field.end].strip()
            assert one.repeats is None or one.repeats <= note.index
