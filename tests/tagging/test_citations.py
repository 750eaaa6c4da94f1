"""References in notes, and what repeats them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_nlp.evaluation import citations as evaluation
from brief_nlp.evaluation.scores import corpus_folder
from brief_nlp.schema import FootnoteKind
from tests.tagging.citing import cited, fields


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
        "민주조선, 2022.5.3., 로동신문, 2022.6.4.",
        "KCNA, May 3, 2022, quoted in Oh Mi-na, “Ports Open,” KCNA, June 4, 2022.",
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
        "Resolution 2397 of December 2017 lowered the ceiling on refined oil.",
        "Ibid. is used only within a chapter.",
        "Gull, H. (2020, March 5). [Interview with a sailor]. Unpublished transcript.",
        "In the sample, “before” and “after” refer to the exchange of 30 November 2009.",
        "It is height for age below two standard deviations of the standard (WHO, 2006).",
        "결의 제2397호는 정제유 공급 상한을 낮추었다.",
        "헌법 제58조는 2023년 9월에 고쳐졌다.",
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
        ("Oh, 45.", 0),
        ("Oh 45.", 0),
        ("See the account in Oh, Ships and Ports, pp. 20–21, which uses the archive of the port.", 0),
        ("Oh, Ships and Ports, pp. 201–2 and 210.", 0),
        ("Oh, 2011, p. 9.", 0),
        ("(Oh 88)", 0),
        ("Oh (2011: 30) calls them “ports.”", 0),
        ("위의 책, 7쪽.", 0),
        ("Id. at 9.", 2),
        ("As Oh (op. cit., p. 92) notes, there were none.", 0),
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
    ("lang", "part", "least"),
    [
        ("en", "dev", 0.98),
        ("ko", "dev", 0.99),
        ("en", "dev2", 0.98),
        ("ko", "dev2", 0.96),
        ("en", "dev3", 0.99),
        ("ko", "dev3", 0.99),
    ],
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


def test_alone_comes_before_together():
    _, notes = cited(
        "Oh Mi-na, Ships and Ports (Busan: Example Press, 2011), p. 4.",
        "Oh Mi-na and Ri Sang, “Harbours,” Journal of Examples 12, no. 3 (2020): 201–219.",
        "Oh, op. cit., p. 5.",
        "Oh et al., op. cit., p. 202.",
    )
    assert [one.repeats for note in notes[2:] for one in note.citations] == [0, 1]


def test_a_short_title_may_be_the_subtitle():
    _, notes = cited("Oh Mi-na, “U.N. Panel: Ports Evade the Cap,” KCNA, May 3, 2022.", "Oh, “Ports Evade the Cap.”")
    assert [one.repeats for one in notes[1].citations] == [0]
