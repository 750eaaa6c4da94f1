"""Korean names with their type and span, one case for each error that was mended."""

from __future__ import annotations

import pytest

from brief_nlp.schema import Language
from brief_nlp.tagging.entities import find_entities
from brief_nlp.tagging.gazetteer import load_gazetteer


def found(text: str) -> set[tuple[str, str]]:
    return {(e.text, e.type.value) for e in find_entities(text, language=Language.KO, gazetteer=load_gazetteer())}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("그는 강동군 병원에 갔다.", "강동군 병원", "FACILITY"),
        ("이듬해 스톡홀름 실무협상이 열렸다.", "스톡홀름 실무협상", "EVENT"),
        ("제3차 6자회담이 열렸다.", "제3차 6자회담", "EVENT"),
        ("재발사나 7차 핵실험은 없었다.", "7차 핵실험", "EVENT"),
        ("수단은 현무-4와 항공기이다.", "현무-4", "WEAPON"),
        ("리일환비서와 조용원동지가 보았다.", "조용원", "PERSON"),
        ("정전협정은 마크 클라크와 김일성이 서명하였다.", "마크 클라크", "PERSON"),
        ("성천군당 책임비서가 썼다.", "성천군당", "ORG"),
        ("약속을 남과 북이 함께 한다.", "북", "PLACE"),
        ("안보리 결의 1718호와 2270호에 어긋난다.", "2270호", "LAW"),
        ("인민군 제1군단의 군인들이 갔다.", "인민군 제1군단", "ORG"),
        ("한미일 외교장관회의를 열었다.", "한미일 외교장관회의", "EVENT"),
        ("형사소송법 제12조가 그렇다.", "형사소송법", "LAW"),
        ("「산림 복구 실태에 대하여」를 실었다.", "산림 복구 실태에 대하여", "PUBLICATION"),
        ("북한 당국이 통보했다.", "북한", "PLACE"),
    ],
)
def test_type_and_span(text: str, name: str, kind: str):
    assert (name, kind) in found(text)


@pytest.mark.parametrize("text", ["세모그룹 회장이 왔다.", "말론브랜도를 보았다."])
def test_neither_companies_nor_foreign_names_by_their_last_syllable(text: str):
    assert {kind for _, kind in found(text)} <= {"ORG", "PERSON"}


def test_a_term_that_no_dictionary_holds_is_no_person():
    assert found("비법국경출입죄를 물었다.") == set()
