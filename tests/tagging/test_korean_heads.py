"""Korean names by the word they end in, alone and behind the place they are in."""

from __future__ import annotations

import pytest

from tests.tagging.test_korean_guesses import found


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("산둥성의 르자오항에서 배가 떠났다.", "르자오항", "FACILITY"),
        ("평성의 옥전시장에 사람이 많다.", "옥전시장", "FACILITY"),
        ("고무산시멘트공장은 멈췄다.", "고무산시멘트공장", "FACILITY"),
        ("개천 정치범수용소에 관한 증언이다.", "개천 정치범수용소", "FACILITY"),
        ("강제실종실무그룹이 서한을 보냈다.", "강제실종실무그룹", "ORG"),
        ("훈춘둥린무역의 사장을 만났다.", "훈춘둥린무역", "ORG"),
        ("국경경비대 25여단 소속 군관이 조사를 받았다.", "국경경비대 25여단", "ORG"),
        ("허룽시 공안국 명의의 기록이다.", "허룽시 공안국", "ORG"),
        ("동림군 안전부의 지도원이었다.", "동림군 안전부", "ORG"),
        ("강제노동협약 제29호를 들었다.", "강제노동협약", "LAW"),
        ("대외경제법을 심의하였다.", "대외경제법", "LAW"),
        ("인권이사회 결의 52/28에 따라 제출되었다.", "인권이사회 결의 52/28", "LAW"),
        ("2024 파리 올림픽에서 만난다.", "2024 파리 올림픽", "EVENT"),
        ("람보르협약에 가입하였다.", "람보르협약", "LAW"),
        ("수해는 의주군 어적리를 덮쳤다.", "어적리", "PLACE"),
        ("태천 200MWe 원자로를 살폈다.", "태천 200MWe 원자로", "FACILITY"),
        ("박천 우라늄 정광공장은 멈췄다.", "박천 우라늄 정광공장", "FACILITY"),
        ("아무르주 보스토치니 우주기지에 갔다.", "아무르주", "PLACE"),
        ("러시아 세관은 통계를 냈다.", "러시아 세관", "ORG"),
        ("시대를 가른 포클랜드 전쟁이 끝났다.", "포클랜드 전쟁", "EVENT"),
        ("제55차 유엔 인권이사회에 보고서를 냈다.", "제55차 유엔 인권이사회", "EVENT"),
        ("회의는 주중한국대사관에서 열렸다.", "주중한국대사관", "FACILITY"),
        ("정책은 조선인민군만이 알았다.", "조선인민군", "ORG"),
        ("기차는 원산역에 섰다.", "원산역", "FACILITY"),
    ],
)
def test_type_and_span(text: str, name: str, kind: str):
    assert (name, kind) in found(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("연해주지사는 평양에 갔다.", "연해주지사"),
        ("금융시장은 얼어붙었다.", "금융시장"),
        ("정치범수용소는 다섯 곳이다.", "정치범수용소"),
        ("중국의 부동산시장은 식었다.", "부동산시장"),
        ("화천 북쪽의 돌출부를 밀었다.", "북쪽"),
        ("터너 북한인권특사는 서울에 왔다.", "북한"),
        ("특정금융거래보고법의 적용을 넓혔다.", "특정금융거래보고"),
        ("신의주시 관리 일군이 나섰다.", "관리"),
        ("신압록강 기지에서 정상회담을 했다.", "기지에서 정상회담"),
        ("백병전이 벌어졌다.", "백병전"),
    ],
)
def test_offices_and_generic_words_are_no_names(text: str, name: str):
    assert name not in {found_name for found_name, _ in found(text)}
