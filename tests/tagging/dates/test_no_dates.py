"""Numbers and words that look like dates and are none. The sentences are composed."""

from __future__ import annotations

import pytest

from brief_nlp.schema import Language
from brief_nlp.tagging.dates import find_dates

ENGLISH = [
    "The goals of the '20×10' policy are clear.",
    "Resolutions 1874, 2087 and 2094 were adopted without a vote.",
    "Under Resolution 2094 such sales are banned.",
    "The Council adopted resolution 1985 on the list.",
    "Security Council resolutions 1929 and 1984 deal with Iran.",
    "See paragraph 1998 of the annex and Article 2016.",
    "The file holds pages 1950 to 1998 of the diary.",
    "They met in Room 1984 of the hotel.",
    "He called 02-2023-8000 and got no reply.",
    "Call +82 2 2100 2024 for details.",
    "A tonne costs $1,950 at the border and €2000 inland.",
    "A tonne costs 1950 yuan at the border.",
    "Some 1900 workers and 2,024 guards live there.",
    "A 2000-strong brigade was moved to the coast.",
    "The motion passed by a vote of 20-15.",
    "The ratio stood at 10:1 and the odds at 3:2.",
    "The M1978 gun and the M-1991 launcher are old.",
    "The An-2 and the Il-76 flew low.",
    "A Boeing 747 and a Type 2000 tractor were shown.",
    "Three quarters of the households had no power.",
    "More than a quarter of the budget goes to the army.",
    "The second missile flew farther than the first.",
    "The 38th parallel and the 105th division are mentioned.",
    "The troops march on while the talks may fail.",
    "The may-be and the march to the south were over.",
    "It lies 1953 metres above the sea and 2017 km from here.",
    "The dam holds 1.95 billion cubic metres.",
    "He scored 1998 points in the test.",
    "The ISO 1940 norm and the IEEE 2030 norm apply.",
    "A 30-year-old officer and a 6-month-old child were aboard.",
    "Chapter 19 and section 20.15 were struck out.",
    "Unit 1945 was moved to the north.",
    "The No. 2016 battalion paraded.",
    "The 20×10 policy covers 200 counties.",
    "The serial number is 2019-0412-7.",
    "The fall of the wall and the spring of the clock broke.",
    "He was second to none and won 6-4, 7-5.",
    "Its secretary and the secondary school are in the north.",
    "The price rose to 2,010 won from 1,990 won.",
]

KOREAN = [
    "안보리 결의 1874호와 2094호가 채택되었다.",
    "제19조와 제20조를 고쳤다.",
    "전화 02-2023-8000으로 문의하면 된다.",
    "쌀 1kg은 1950원이었다.",
    "노동자 1900명과 군인 2024명이 있다.",
    "제105땅크사단이 훈련했다.",
    "제8차 당대회에서 결정되었다.",
    "해발 1950m의 고지에 있다.",
    "20×10 정책은 200개 시·군을 대상으로 한다.",
    "표결은 20 대 15로 끝났다.",
    "1950여 명이 참가했다.",
    "화성-12형과 화성-15형을 공개했다.",
    "그것은 일이 많은 작업이었다.",
    "두 주체 사이의 관계가 달라졌다.",
    "이해 당사자와 견해 차이가 컸다.",
    "오해와 피해가 컸다.",
    "35세의 군관이 지휘했다.",
    "군인 3만여 명이 이주했다.",
]


@pytest.mark.parametrize("text", ENGLISH)
def test_english(text: str):
    assert [mention.text for mention in find_dates(text, language=Language.EN, published="2024-02-10")] == []


@pytest.mark.parametrize("text", KOREAN)
def test_korean(text: str):
    assert [mention.text for mention in find_dates(text, language=Language.KO, published="2024-02-10")] == []
