"""Proper nouns of which only their form tells what they are: kept where what stands around them bears it out."""

from __future__ import annotations

import pytest

from brief_nlp.schema import Language
from brief_nlp.tagging.entities import find_entities
from brief_nlp.tagging.gazetteer import load_gazetteer


def found(text: str) -> set[tuple[str, str]]:
    entities = find_entities(text, language=Language.KO, gazetteer=load_gazetteer())
    return {(entity.text, entity.type.value) for entity in entities}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("정경택 국가보위상과 리영길 사회안전상이 참석하였다.", "국가보위상"),
        ("구축함의 진수식에서 연설하였다.", "진수식"),
        ("다음 기항지로 떠났다.", "기항지"),
        ("비서는 극초음속미싸일연구개발과 실전배비를 말하였다.", "극초음속미싸일연구개발"),
        ("국경의 부거초소를 지났다.", "부거"),
        ("중국이 북송한 사람이 많다.", "북송"),
        ("트럼프 대통령을 노벨평화상 후보로 추천하였다.", "노벨"),
        ("스페인의 나반티아도 공격을 받았다.", "나반티아"),
        ("룽후거라는 전망대에 오르면 세 나라가 보인다.", "룽후거"),
        ("리영철 주라오스 대사가 자리에 앉았다.", "주라오스"),
    ],
)
def test_words_that_only_look_like_persons_are_left_out(text: str, word: str):
    assert word not in {name for name, _ in found(text)}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("합작회사 라손콘트란스가 부두를 빌려 쓴다.", "라손콘트란스", "ORG"),
        ("포로 대표 이학구 총좌는 투항하였다.", "이학구", "PERSON"),
        ("한국개발연구원의 이석 선임연구위원은 통계의 한계를 따졌다.", "이석", "PERSON"),
        ("안창옥은 도마에서 우승했다.", "안창옥", "PERSON"),
        ("발굴을 신준영 국장의 손에 맡겼다.", "신준영", "PERSON"),
        ("축제에는 감독 다니엘 폰 아르부르크가 왔다.", "다니엘 폰 아르부르크", "PERSON"),
        ("벤저민 카체프 실버스타인은 쌀값을 비교했다.", "벤저민 카체프 실버스타인", "PERSON"),
        ("콜린 벨 감독이 팀을 이끈다.", "콜린 벨", "PERSON"),
        ("데이비드 올브라이트 소장은 설계도를 떠올린다.", "데이비드 올브라이트", "PERSON"),
        ("시그프리드 해커 박사는 원심분리기를 보았다.", "시그프리드 해커", "PERSON"),
        ("스테판 해거드와 앤드루 여는 북한을 연구한다.", "앤드루", "PERSON"),
        ("조현동 주미대사는 회의에 나왔다.", "조현동", "PERSON"),
        ("왕씨라는 화교네 식당에서 일했다.", "왕", "PERSON"),
        ("그는 아르촘 교도소에 갇혔다.", "아르촘 교도소", "FACILITY"),
        ("회담은 강상중과 터너 조이 제독이 이끌었다.", "터너 조이", "PERSON"),
    ],
)
def test_persons_by_what_stands_beside_them(text: str, name: str, kind: str):
    assert (name, kind) in found(text)


def test_two_names_between_which_a_particle_stands_are_no_list():
    assert ("윌리엄스", "PLACE") not in found("스팀슨센터의 윌리엄스와 독일 보안회사가 기능을 밝혔다.")
