"""Dates that look from what the text told before, in both languages: the value of the last date. Composed."""

from __future__ import annotations

import pytest

from brief_nlp.schema import Language
from brief_nlp.tagging.dates import find_dates

PUBLISHED = "2024-02-10"

ENGLISH = [
    ("The talks of 2018 began well. It was handed over on April 27 of that year.", "2018-04-27"),
    ("In August 2022 the border opened. In November the trains ran.", "2022-11"),
    ("In October 2022 the border opened. In January the trains ran.", "2023-01"),
    ("On 4 October 2022 it fired over Japan. On 18 November it fired again.", "2022-11-18"),
    ("On 30 December 2022 it fired. On 20 February it fired again.", "2023-02-20"),
    ("On 3 September 2017 it tested a device. The next day the Council met.", "2017-09-04"),
    ("On 3 September 2017 it tested a device. The Council met the following day.", "2017-09-04"),
    ("On 3 September 2017 it tested a device. Eight days later the Council voted.", "2017-09-11"),
    ("On 3 September 2017 it tested a device. The same day Seoul protested.", "2017-09-03"),
    ("On 3 September 2017 it tested a device. That day Seoul protested.", "2017-09-03"),
    ("On 3 September 2017 it tested a device. That evening Seoul protested.", "2017-09-03TEV"),
    ("On 3 September 2017 it tested a device. A week later Seoul protested.", "2017-09-04/2017-09-10"),
    ("On 3 September 2017 it tested a device. Three months later it tested a missile.", "2017-12"),
    ("On 3 September 2017 it tested a device. A month earlier it had threatened Guam.", "2017-08"),
    ("On 3 September 2017 it tested a device. The previous week it had fired over Japan.", "2017-08-21/2017-08-27"),
    ("On 3 September 2017 it tested a device. Later that month the President spoke.", "2017-09"),
    ("On 3 September 2017 it tested a device. Later that year it tested a missile.", "2017"),
    ("On 3 September 2017 it tested a device. The following year it stopped.", "2018"),
    ("On 3 September 2017 it tested a device. The year before it had tested two.", "2016"),
    ("On 3 September 2017 it tested a device. By year's end it had tested a missile.", "2017"),
    ("On 3 September 2017 it tested a device. In the same month China cut oil.", "2017-09"),
    ("In 2017 it tested a device. Two years later talks failed.", "2019"),
    ("In 2017 it tested a device. Two years earlier talks had failed.", "2015"),
    ("In 2017 it tested a device. In the spring of the following year talks began.", "2018-21"),
    ("In 2017 it tested a device. That September was the turning point.", "2017-09"),
    ("In 2017 it tested a device. That autumn was the turning point.", "2017-23"),
    ("In 2017 it tested a device. By the autumn the tone had changed.", "2017-23"),
    ("In 2017 it tested a device. In the first half of the year all was calm.", "2017-40"),
    ("In 2017 it tested a device. In the second half of the year all was tense.", "2017-41"),
    ("In 2017 it tested a device. The first quarter of the year was calm.", "2017-33"),
    ("In 2017 it tested a device. At the end of that year it claimed success.", "2017"),
    ("In 2017 it tested a device. At the end of the year it claimed success.", "2017"),
    ("In 2017 it tested a device. A decade earlier it had signed a deal.", "200X"),
    ("The test of 2017 is past. In December the plenum met.", "2023-12"),
    ("Trade grew in 2019. In the two years after that it collapsed.", "2020/2021"),
    ("Trade grew in 2019. In the two years before that it had shrunk.", "2017/2018"),
    ("He arrived on 8 January. He left the next morning.", "2024-01-09TMO"),
    ("He arrived on 8 January. He had left home the night before.", "2024-01-07TNI"),
    ("He arrived on 8 January. He left on the 12th.", "2024-01-12"),
    ("He arrived in January 2019. Five years on, he is in office.", "2024"),
    ("At 9:10 a.m. on 5 January 2024 shells fell. At 3 p.m. more fell.", "2024-01-05T15:00"),
    ("The visit of 12 September 2023 was long. At noon they dined.", "2023-09-12T12:00"),
]

KOREAN = [
    ("2022년 8월 국경이 열렸다. 11월에는 열차가 다녔다.", "2022-11"),
    ("2022년 10월 국경이 열렸다. 이듬해 1월에는 열차가 다녔다.", "2023-01"),
    ("2017년 9월 3일 핵실험을 했다. 이튿날 안보리가 열렸다.", "2017-09-04"),
    ("2017년 9월 3일 핵실험을 했다. 다음 날 안보리가 열렸다.", "2017-09-04"),
    ("2017년 9월 3일 핵실험을 했다. 같은 날 정부가 항의했다.", "2017-09-03"),
    ("2017년 9월 3일 핵실험을 했다. 이날 정부가 항의했다.", "2017-09-03"),
    ("2017년 9월 3일 핵실험을 했다. 전날에는 아무 일도 없었다.", "2017-09-02"),
    ("2017년 9월 3일 핵실험을 했다. 사흘 뒤 정부가 항의했다.", "2017-09-06"),
    ("2017년 9월 3일 핵실험을 했다. 그로부터 사흘 후 정부가 항의했다.", "2017-09-06"),
    ("2017년 9월 3일 핵실험을 했다. 이틀 전에는 아무 일도 없었다.", "2017-09-01"),
    ("2017년 9월 3일 핵실험을 했다. 석 달 뒤 미사일을 쏘았다.", "2017-12"),
    ("2017년 9월 3일 핵실험을 했다. 같은 달 결의가 나왔다.", "2017-09"),
    ("2017년 9월 3일 핵실험을 했다. 같은 달 11일 결의가 나왔다.", "2017-09-11"),
    ("2017년 9월 3일 핵실험을 했다. 그달 말 결의가 나왔다.", "2017-09"),
    ("2017년 9월 3일 핵실험을 했다. 11일에는 결의가 나왔다.", "2017-09-11"),
    ("2017년 9월 3일 핵실험을 했다. 다음 달 결의가 나왔다.", "2017-10"),
    ("2017년 9월 3일 핵실험을 했다. 그해 11월 미사일을 쏘았다.", "2017-11"),
    ("2017년 9월 3일 핵실험을 했다. 같은 해 11월 29일 미사일을 쏘았다.", "2017-11-29"),
    ("2017년 9월 3일 핵실험을 했다. 이듬해 대화가 시작되었다.", "2018"),
    ("2017년 9월 3일 핵실험을 했다. 다음 해 봄 대화가 시작되었다.", "2018-21"),
    ("2017년 9월 3일 핵실험을 했다. 그해 말 완성을 선언했다.", "2017"),
    ("2017년 9월 3일 핵실험을 했다. 그해 가을은 위태로웠다.", "2017-23"),
    ("2017년 9월 3일 핵실험을 했다. 한 해 전에는 두 차례였다.", "2016"),
    ("2017년 9월 3일 핵실험을 했다. 2년 뒤 회담이 결렬되었다.", "2019"),
    ("2017년 9월 3일 핵실험을 했다. 전년에는 두 차례였다.", "2016"),
    ("2017년 9월 3일 핵실험을 했다. 그날 밤 정부가 항의했다.", "2017-09-03TNI"),
    ("2017년 9월 3일 낮 12시 30분 핵실험을 했다. 오후 3시에 중대보도가 나왔다.", "2017-09-03T15:00"),
    ("2017년에 핵실험을 했다. 상반기에는 조용했다.", "2017-40"),
    ("2017년에 핵실험을 했다. 같은 해 하반기에는 긴장했다.", "2017-41"),
    ("1월 5일 포를 쏘았다. 다음 날에도 쏘았다.", "2024-01-06"),
    ("1월 5일 포를 쏘았다. 6일과 7일에도 쏘았다.", "2024-01-07"),
    ("1월 5일 포를 쏘았다. 12~13일에는 조용했다.", "2024-01-12/2024-01-13"),
    ("지난해 11월 위성을 쏘았다. 12월에는 대륙간탄도미사일을 쏘았다.", "2023-12"),
]


@pytest.mark.parametrize(("text", "wanted"), ENGLISH)
def test_english(text: str, wanted: str):
    assert find_dates(text, language=Language.EN, published=PUBLISHED)[-1].value == wanted


@pytest.mark.parametrize(("text", "wanted"), KOREAN)
def test_korean(text: str, wanted: str):
    assert find_dates(text, language=Language.KO, published=PUBLISHED)[-1].value == wanted
