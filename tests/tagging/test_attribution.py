from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest

from brief_nlp.schema import AUTHOR, Language, Speaker
from brief_nlp.tagging.attribution import Passage, find_sources, sources_of_passages
from brief_nlp.tagging.entities import find_entities
from brief_nlp.tagging.gazetteer import load_gazetteer

EN, KO = Language.EN, Language.KO


def names(text: str, language: Language = EN, previous: tuple[Speaker, ...] = (AUTHOR,)) -> list[str]:
    (chain,) = find_sources(text, [(0, len(text))], language=language, previous=previous)
    return [speaker.name for speaker in chain]


def in_paragraph(*sentences: str, language: Language = EN) -> list[list[str]]:
    text = " ".join(sentences)
    spans = [(text.index(sentence), text.index(sentence) + len(sentence)) for sentence in sentences]
    entities = find_entities(text, language=language, gazetteer=load_gazetteer())
    chains = find_sources(text, spans, language=language, entities=entities)
    return [[speaker.name for speaker in chain] for chain in chains]


def rules(language: Language) -> dict[str, Any]:
    return json.loads(files("brief_nlp.tagging").joinpath(f"rules/{language}/attribution.json").read_text("utf-8"))


@pytest.mark.parametrize("part", ["verbs", "phrases"])
def test_every_rule_names_a_speaker_in_its_example(part: str):
    for rule in rules(EN)[part]:
        sentences = rule["example"].split(". ")
        assert in_paragraph(*sentences)[-1] != ["author"], rule["id"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Rodong Sinmun reported that the dam was finished.", "Rodong Sinmun"),
        ("According to the Bank of Korea, output fell.", "Bank of Korea"),
        ("The road will open in May, the agency said.", "agency"),
        ("“We are ready,” said the minister.", "minister"),
        ("The plan aims to build twenty clinics.", "plan"),
        ("Seoul rejected the charge that it had paid bribes.", "Seoul"),
        ("Trump renewed his offer, saying he would meet Kim at any time.", "Trump"),
        ("Hwang would later write that nobody had asked.", "Hwang"),
        ("It was Ronald Reagan who said that a hungry child knows no politics.", "Ronald Reagan"),
        ("“Not while I live,” was the general's reply.", "general"),
        ("Those who fled say the camp was closed.", "Those"),
        ("That, said the minister, was out of the question.", "minister"),
    ],
)
def test_speakers(text: str, speaker: str):
    assert names(text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "For the northern authorities, there is no way out.",
        "The so-called ‘wise policy’ failed.",
        "Although the state never gave in, it can be seen as weak.",
        "The two states never met.",
        "The claim is hard to believe.",
        "It is small notes that ran short.",
        "Three border towns are short of flour.",
        "In January the Cabinet announced a programme of “standard pharmacies” and set up a task force.",
        "Seoul rejected the offer by 140 votes to 120.",
        "The law requires traders to register with the county office.",
        "The decree calls for inspections and threatens managers with dismissal.",
        "The ministry plans to deploy 200 drones by 2027.",
        "He asked whether I doubted the word of his government.",
        "Only 8 per cent thought it possible within ten years.",
        "This section reports the results of a survey.",
        "No one denies that some of the rice was sold.",
        "The premier visited the mine and praised the miners.",
        "The list came from a database, according to which nobody had a roof.",
        "After KCNA reported that the leader was well, the rumours stopped.",
        "The chief of the delegation, Kim Tae-hui, spoke for fifty minutes without notes.",
    ],
)
def test_the_writer_speaks(text: str):
    assert names(text) == ["author"]


def test_a_body_that_writes_is_the_writer():
    said = "The Panel recommends that the ship be listed."
    text = f"The Panel interviewed the crew. A broker informed the Panel of a sale. {said}"
    start = text.index(said)
    for own, speaker in ((" See annex 34.", "author"), ("", "Panel")):
        passages = [Passage([(start, start + len(said))])]
        ((chain,),) = sources_of_passages(text + own, passages, language=EN)
        assert [one.name for one in chain] == [speaker]


def test_a_pronoun_means_who_the_sentence_before_is_about():
    assert in_paragraph("My father had come south on a train.", "He said I would know it by the tree.")[-1] == [
        "father"
    ]
    assert in_paragraph("Daily NK keeps a list.", "It maintains that the list is complete.")[-1] == ["Daily NK"]


def test_speech_is_carried_over():
    before = (Speaker(name="Kim Song"),)
    assert names("He added that more would follow.", previous=before) == ["Kim Song"]
    assert names("More followed in spring.", previous=before) == ["author"]
    assert names("He added that more would follow.", previous=(AUTHOR,)) == ["unnamed source"]


def test_speech_in_quotation_marks_runs_on():
    assert in_paragraph("“We came,” Kim Song said.", "“We saw nothing.”", "The road was closed.") == [
        ["Kim Song"],
        ["Kim Song"],
        ["author"],
    ]


def test_pronouns_stand_for_the_person_named_before():
    assert in_paragraph("Minister Han Seo-yun met the press.", "She said that talks would follow.")[1] == [
        "Han Seo-yun"
    ]


def test_speakers_nest():
    assert names("KCNA quoted Kim Tok Hun as saying that the work was done.") == ["KCNA", "Kim Tok Hun"]


@pytest.mark.parametrize(
    "text",
    [
        "The dam, which the ministry says is safe, broke in June.",
        "Moscow denied the sale, but the debris leaves no room for doubt.",
        "We expect that output will fall.",
        "The media reported his execution in March.",
    ],
)
def test_what_stands_below_the_head_gives_no_source(text: str):
    assert names(text) == ["author"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("통일부에 따르면 교역이 줄었다.", "통일부"),
        ("통일부에 따르면 탈북한 주민의 68%가 약을 시장에서 샀다고 답했다.", "통일부"),
        ("로동신문은 공사가 끝났다고 보도했다.", "로동신문"),
        ("다리가 곧 열린다고 연해주 정부 관계자가 10일 말했다.", "연해주 정부 관계자"),
        ("시간이 더 필요하다는 것이 회담 관계자들의 설명이다.", "회담 관계자들"),
        ("교역이 줄어든 것으로 보인다.", "author"),
        ("정부는 다리를 놓았다.", "author"),
        ("경애하는 장군님께서는 온 나라가 비약하여야 한다고 강조하시였다.", "장군님"),
    ],
)
def test_korean(text: str, speaker: str):
    assert names(text, KO) == [speaker]


def test_a_name_that_ends_like_a_particle():
    text = "김정은 위원장은 연설에서 “새 시대가 왔다”고 말했다."
    entities = find_entities(text, language=KO, gazetteer=load_gazetteer())
    ((speaker,),) = find_sources(text, [(0, len(text))], language=KO, entities=entities)
    assert speaker.canonical_id == "kim-jong-un"


def test_an_owner_is_no_part_of_the_name():
    text = "South Korea’s Ministry of Unification stated that nothing was known."
    entities = find_entities(text, language=EN, gazetteer=load_gazetteer())
    ((speaker,),) = find_sources(text, [(0, len(text))], language=EN, entities=entities)
    assert speaker.canonical_id == "rok-mou"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The dam, a visitor reported in 1998, was never finished.", "visitor"),
        ("The case began, he recalls, with two lists.", "unnamed source"),
        ("“Never again,” a man growled to the driver.", "man"),
        ('A widow from Musan put it more simply: "Nobody was ever punished for feeding them too little."', "widow"),
        ("Article 233 states that a person who leaves shall be punished.", "Article 233"),
        ("Data compiled by the shipping institute show that most of it went by road.", "shipping institute"),
        ("Five of them told us that more than half of it never reached the books.", "Five of them"),
        ("The bank attributed the fall in output to a shortage of inputs.", "bank"),
    ],
)
def test_speakers_of_many_forms(text: str, speaker: str):
    assert names(text)[0].removeprefix("a ") in (speaker, f"{speaker} from Musan")


@pytest.mark.parametrize(
    "text",
    [
        "The media have not reported his election to this day.",
        "The ministry forbids the export of wigs, as anyone can see.",
        "Nobody has said that the bridge is safe.",
        "The fact that there is a plan indicates that the authorities anticipate long sanctions.",
        "It laid there a handful of banknotes said to be false.",
        "The agency reported that six million people were hungry, and Pyongyang could have fed most of them.",
        "The ministry says that cases have moved faster; it may be right about the capital.",
        "The warheads may be nothing but tin; two analysts say that they were fixed on crookedly.",
    ],
)
def test_clauses_of_the_writers_own_outweigh(text: str):
    assert names(text) == ["author"]


def test_who_reports_at_the_end_is_outermost():
    text = "The spy agency told lawmakers that Kim had been removed, according to a member of the committee."
    assert names(text)[0] == "member of the committee"


def passages(*paragraphs: list[str], language: Language, goes_on: bool = True) -> list[list[list[str]]]:
    text, read = "", []
    for place, sentences in enumerate(paragraphs):
        spans = []
        for sentence in sentences:
            spans.append((len(text), len(text) + len(sentence)))
            text += sentence + " "
        read.append((spans, goes_on and place > 0))
    entities = find_entities(text, language=language, gazetteer=load_gazetteer())
    own = [
        Passage(spans, [e for e in entities if spans[0][0] <= e.start and e.end <= spans[-1][1]], follows)
        for spans, follows in read
    ]
    found = sources_of_passages(text, own, language=language)
    return [[[speaker.name for speaker in chain] for chain in chains] for chains in found]


def test_a_pronoun_reaches_into_the_paragraph_before():
    before = ["Kim Yung-ho, the minister, said that talks would follow.", "It rained."]
    found = passages(before, ["He added that the road was open."], language=EN)
    assert found[1] == found[0][:1]
    assert passages(before, ["He added that the road was open."], language=EN, goes_on=False)[1] == [["unnamed source"]]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("평안남도 남포시 출신의 30대 남성은 뇌물을 바친 뒤에야 풀려났다고 진술하였다.", "남포시 출신의 30대 남성"),
        ("물량이 반토막 날지도 모른다고 기업 대표들은 입을 모은다.", "기업 대표들"),
        ("응답자의 75.5%는 생사를 아직 확인하지 못했다고 답하였다.", "응답자의 75.5%"),
        ("위원회는 이런 일이 인도에 반하는 죄에 이를 수 있다고 결론지은 바 있다.", "위원회"),
        ("공개된 일정표에는 6월 말 임시 개통이라고 적혀 있다.", "일정표"),
        ("무조건 나쁘게만 볼 일은 아니라는 지적도 정부 안팎에서 나온다.", "정부 안팎"),
        ("통일부는 규정이 밀수꾼을 겨냥한 것으로 보고 있다.", "통일부"),
        ('한 상인은 "빵이라도 더 팔리지 않겠느냐"며 웃었다.', "한 상인"),
        ("규모는 알 수 없다고 외무성은 밝힌 것으로 알려졌다.", "외무성"),
        ("관계자가 보기에 회담은 곧 깨질 것이었다.", "관계자"),
        ("대통령은 아니라고 했지만, 관계자들은 인원이 다시 늘었다고 말한다.", "관계자들"),
        ("담화는 이를 전쟁의 전주곡이라고 락인하였다.", "담화"),
        ("로동계급은 《우리는 해냈다》고 긍지높이 말하고있다.", "로동계급"),
        ("전원회의는 《현대전에 맞는 무기》의 증산을 주문하였다.", "전원회의"),
        ("장관은 의무를 만들지 않는다는 답변으로 일관하였다.", "장관"),
        ("당국이 내세운 명분은 낭비를 줄인다는 것이었다.", "당국"),
        ("여러 대표단은 원칙이 지켜져야 한다는 데 의견을 같이하였다.", "여러 대표단"),
        ("무역상은 뛰지 말라고 일러 주었다.", "무역상"),
        ("지도원은 교회에 간 적이 있는지를 거듭 캐물었다.", "지도원"),
        ('총사장은 "못 할 것 없다"는 반응을 보였다.', "총사장"),
        ("할아버지는 “살아 있으면 됐다” 하시며 이불을 내주셨다.", "할아버지"),
        ("재판소 역시 효력을 부인할 수 없다는 태도를 취하였다.", "재판소"),
        ("한 청년은 그런 생각은 해 본 적도 없다며 의아해하였다.", "한 청년"),
    ],
)
def test_korean_words_of_saying(text: str, speaker: str):
    assert names(text, KO) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "북측이 피해 규모를 밝히고 국제기구의 접근까지 허용한 것은 파격이었다.",
        "양측 대표단은 합의를 이날부터 시행하기로 했다.",
        "합참은 효용이 없다고 발표했는데, 그렇다면 평양이 서두르는 것은 장면일 가능성이 크다.",
        "이 말은 위기의식이 커지고 있음을 말해 준다.",
        "교역이 다시 늘어난 것으로 전해졌다.",
        "가능성은 높지 않다고 나는 본다.",
        "국가정보원은 17일 전체회의에 출석해 동향을 비공개로 보고했다.",
        "본 연구원이 면접한 141명 가운데 112명이 그렇다고 응답하였다.",
        "국무부는 대책을 발표했다.",
        "외무성 대변인은 연습을 규탄하였다.",
        "국제기구는 북한에 납치 피해자의 송환을 거듭 요구하였다.",
        "그 이야기는 신문에 실렸다.",
        "해외 노동자는 하루 16시간씩 일하며 한 달에 두 번 쉰다고 한다.",
        "그는 처음으로 속초의 바다를 보았다.",
        "정부의 정책은 실패했다고 해도 과언이 아니다.",
        "이것은 관점에 관한 문제라고 보아야 한다.",
        "위원회의 결정은 존중된다고 하겠다.",
        "필자의 계산에 따르면 물량은 두 배이다.",
        "그들은 몇 명이나 죽겠느냐고 묻고, 나는 모른다고 대답한다.",
        "확전이란 핵을 쓰겠다고 위협하는 전략을 말한다.",
        "위성사진을 보면 밭은 그대로이다.",
    ],
)
def test_korean_writers_own(text: str):
    assert names(text, KO) == ["author"]


def test_korean_speech_runs_on():
    found = in_paragraph(
        "통일부 당국자는 다리가 열렸다고 말했다.",
        "차량이 부쩍 자주 보인다고도 했다.",
        "물량이 늘었다는 것이다.",
        "“남은 것은 날씨뿐입니다.”",
        "다리는 길이가 1km이다.",
        language=KO,
    )
    assert found[0] == found[1] == found[2] == found[3] != ["author"]
    assert found[4] == ["author"]


def test_a_korean_surname_means_the_person_named_before():
    found = passages(
        ["김영호 장관은 시간이 많지 않다고 강조하였다."], ["김 장관은 비용을 더 지원하겠다고 밝혔다."], language=KO
    )
    assert found[0] == found[1]


def test_a_korean_surname_means_whoever_bears_the_title():
    found = in_paragraph(
        "양무진 북한대학원대 교수는 대화가 어렵다고 말했다.",
        "도로는 끊겼다.",
        "양 교수는 부지가 창고가 되리라고 예상했다.",
        language=KO,
    )
    assert found[0] == found[2]


def test_korean_answers_in_an_interview():
    found = in_paragraph("한지은: 말은 구호에 가깝다.", "구호도 오래 외치면 제도가 된다.", language=KO)
    assert found == [["한지은"], ["한지은"]]


def test_korean_speakers_nest():
    text = "윤 의원은 생산이 12% 줄었다고 국정원이 보고했다고 전했다."
    entities = find_entities(text, language=KO, gazetteer=load_gazetteer())
    (chain,) = find_sources(text, [(0, len(text))], language=KO, entities=entities)
    assert len(chain) == 2
    assert chain[1].canonical_id == "rok-nis"
