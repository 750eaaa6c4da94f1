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
        ("통일부의 교류협력국이 맡았다.", "교류협력국", "ORG"),
        ("청진의 농포집결소로 옮겨졌다.", "농포집결소", "FACILITY"),
        ("사회안전성은 인민반조직운영법을 알렸다.", "인민반조직운영법", "LAW"),
        ("남북보건의료협력법안을 손보았다.", "남북보건의료협력법안", "LAW"),
        ("신압록강공작기계공장을 둘러봤다.", "신압록강공작기계공장", "FACILITY"),
        ("재령군 룡오농장의 농장원들이 모였다.", "룡오농장", "FACILITY"),
        ("나선국제상품전시회의 준비가 시작되었다.", "나선국제상품전시회", "EVENT"),
        ("무역은 인도협력국을 거친다.", "인도협력국", "ORG"),
        ("기념식에서 김국기, 최춘길 선교사를 불렀다.", "김국기", "PERSON"),
        ("리유일감독이 이끄는 팀이 이겼다.", "리유일", "PERSON"),
        ("박정철원수와 함께 왔다.", "박정철", "PERSON"),
        ("재정상 리명국은 보고했다.", "리명국", "PERSON"),
        ("심지연의 『분단의 길』을 읽었다.", "심지연", "PERSON"),
        ("현승수 통일연구원 부원장은 말했다.", "현승수", "PERSON"),
        ("동창리 미사일 발사장의 탑이 섰다.", "동창리 미사일 발사장", "FACILITY"),
        ("북러 군사협력 협정을 맺었다.", "북러 군사협력 협정", "LAW"),
        ("린뱌오 사건이 터졌다.", "린뱌오 사건", "EVENT"),
        ("평양에서 백악관을 찾은 적은 없다.", "백악관", "FACILITY"),
        ("백악관은 성명을 냈다.", "백악관", "ORG"),
        ("조선기자동맹 중앙위원회의 강습이 있었다.", "조선기자동맹 중앙위원회", "ORG"),
        ("성천, 연탄, 은파에 공장이 섰다.", "연탄", "PLACE"),
        ("그는 무산에서 태어났다.", "무산", "PLACE"),
        ("「국군포로의 송환 및 대우 등에 관한 법률」을 고쳤다.", "국군포로의 송환 및 대우 등에 관한 법률", "LAW"),
        ("기록영화 《위대한 해》를 보았다.", "위대한 해", "PUBLICATION"),
        ("안명철은 22호 관리소의 경비병이었다.", "22호 관리소", "FACILITY"),
        ("1·21 사태와 푸에블로호 사건이 일어났다.", "1·21 사태", "EVENT"),
        ("조선노동당 제9차 대회가 열렸다.", "조선노동당 제9차 대회", "EVENT"),
        ("레이디 알호와 앙가라호가 날랐다.", "레이디 알호", "FACILITY"),
        ("북한이 멈추자 북은 답하지 않았다.", "북", "PLACE"),
        ("옌지의 윤동주 생가를 찾았다.", "윤동주 생가", "FACILITY"),
        ("락원포바닷가양식사업소가 문을 열었다.", "락원포바닷가양식사업소", "FACILITY"),
        ("김일성종합대학 첨단과학연구원에서 개발했다.", "김일성종합대학 첨단과학연구원", "ORG"),
        ("그는 카나가와현에서 일했다.", "카나가와현", "PLACE"),
    ],
)
def test_type_and_span(text: str, name: str, kind: str):
    assert (name, kind) in found(text)


@pytest.mark.parametrize("text", ["세모그룹 회장이 왔다.", "말론브랜도를 보았다."])
def test_neither_companies_nor_foreign_names_by_their_last_syllable(text: str):
    assert {kind for _, kind in found(text)} <= {"ORG", "PERSON"}


@pytest.mark.parametrize(
    "text", ["협동농장을 지었다.", "국제공항이 멀다.", "해결 방법을 찾았다.", "공무원 대표가 왔다."]
)
def test_what_common_words_alone_make_is_no_name(text: str):
    assert found(text) == set()


def test_a_quotation_has_a_particle_behind_it_and_no_country():
    assert found("'통일 필요성'이란 무엇인가.") == set()


def test_a_term_that_no_dictionary_holds_is_no_person():
    assert found("비법국경출입죄를 물었다.") == set()
