"""Expressions as news agencies and offices write them, looked at from days of several decades. Composed."""

from __future__ import annotations

import pytest

from brief_nlp.schema import Language
from brief_nlp.tagging.dates import find_dates

# published on, text, the value of each of its dates
PERIODS = [
    ("1990-10-25", "Net fell in the third quarter from the year-earlier quarter.", "1990-35 1989-35"),
    ("1990-10-25", "Net fell in the third quarter from the same period last year.", "1990-35 1989-35"),
    ("1990-10-25", "Net fell in the third quarter. In the same quarter a year earlier it rose.", "1990-35 1989-35"),
    ("1990-10-25", "Net fell in the third quarter. It had risen in the 1989 quarter.", "1990-35 1989-35"),
    ("1990-10-25", "Net fell in 1989's third quarter and in the 1988 first half.", "1989-35 1988-40"),
    ("1990-10-25", "For the first nine months, net fell.", "1990-01/1990-09"),
    ("1990-10-25", "Sales rose 5% in the first half.", "1990-40"),
    ("1990-10-25", "The results of the last quarter were good.", "1990-35"),
    ("2016-02-24", "Output fell in the first three quarters of 2015.", "2015-33/2015-35"),
    ("1990-10-25", "In the 1988 model year output rose; 1989's was lower.", "1988 1989"),
    ("2001-03-15", "They will be freed in the first two weeks of May.", "2001-05-01/2001-05-14"),
    ("1999-11-08", "He was ill all week and missed this season.", "1999-11-08/1999-11-14 1999"),
]
VERBS = [
    ("1998-02-27", "He had known nothing until Monday.", "1998-02-23"),
    ("1995-01-21", "By Friday the toll had reached 2,311.", "1995-01-20"),
    ("1998-02-27", "A vote could come as early as Tuesday night.", "1998-03-03TNI"),
    ("1998-02-27", "An election must be held by the first week of May.", "1998-05-04/1998-05-10"),
    ("2023-07-20", "If nothing is agreed by early August, prices will rise.", "2023-08"),
    ("2023-07-20", "Futures for September delivery fell.", "2023-09"),
    ("1999-11-08", "His contract runs out on Dec. 31.", "1999-12-31"),
    ("1989-11-14", "The fiscal year ends Jan. 31.", "1990-01-31"),
    ("1999-06-21", "Trains resume Tuesday.", "1999-06-22"),
    ("2001-03-15", "They agreed Thursday to stop fighting from Saturday.", "2001-03-15 2001-03-17"),
    ("2009-09-24", "The hearing has been moved to the week of Oct. 5.", "2009-10-05/2009-10-11"),
    ("1998-02-27", "If it follows the speech of Feb. 3, it will fail.", "1998-02-03"),
    ("1990-10-25", "The meeting is usually held in April.", "XXXX-04"),
    ("2005-12-15", '"One day she will run out of luck," he said.', "FUTURE_REF"),
]
DAYS = [
    ("2008-10-27", "It was at its lowest since '82.", "1982"),
    ("1989-10-30", "They met on Oct. 24 and 25.", "1989-10-24 1989-10-25"),
    ("1989-11-14", "Stocks rose Monday. The index finished the day at 2637.", "1989-11-13 1989-11-13"),
    ("1995-01-21", "It may snow by Monday, and all spend the weekend in tents.", "1995-01-23 1995-01-21/1995-01-22"),
    ("1989-11-14", "Directors met over the weekend.", "1989-11-11/1989-11-12"),
    ("1995-01-21", "A cargo plane landed overnight.", "1995-01-20TNI"),
    ("1995-01-21", "Three more are due today.", "1995-01-21"),
    ("2012-10-31", "They finished at 5:15 this morning.", "2012-10-31T05:15"),
    ("2012-10-31", "Trains should run by Friday evening.", "2012-11-02TEV"),
    ("2012-10-31", "Engineers worked through the night.", "2012-10-30TNI"),
    ("1996-12-17", "It was on the air every Sunday at 8 p.m.", "P1W XXXX-XX-XXT20:00"),
    ("2014-08-13", "On July 1 they came. The nurses had left the previous Friday.", "2014-07-01 2014-06-27"),
    ("1989-10-30", "Trading stops on Thanksgiving.", "1989-11-23"),
    ("1993-08-09", "It sank Sunday evening, the police said Monday. It sent a call at 7:52 p.m.",
     "1993-08-08TEV 1993-08-09 1993-08-08T19:52"),
]  # fmt: skip
LENGTHS = [
    ("1995-01-21", "In May 1993, thirteen months before the disaster, a report warned.", "1993-05 P13M"),
    ("2012-10-31", "They reopen a day later than planned.", "P1D"),
    ("1998-02-27", "He waited months for a reply.", "PXM"),
    ("1989-11-14", "It would buy shares over the next year and a half.", "P1.5Y"),
    ("2007-02-27", "It was the worst single-day decline.", "P1D"),
    ("1996-12-17", "She went there in 1939 and spent the next decade there.", "1939 P10Y"),
    ("2025-05-30", "She was silent for between five and nine days.", "PXD"),
    ("1989-10-30", "The eight-month-old strike is over.", "P8M"),
    ("2000-05-22", "That was a long time ago.", "PAST_REF"),
]
STORIES = [
    ("1990-04-12", "In 1984 it was bought. Recently sales have grown; in February they rose.", "1984 PAST_REF 1990-02"),
    ("1990-04-12", "In May 1987 it was bought.\nThe meeting, delayed since January, is near.", "1987-05 1990-01"),
    ("1990-04-12", "The shares rose Tuesday, up 12.5 cents on the day, and fell later.", "1990-04-10 1990-04-10"),
    ("2021-03-24", "When it closed on January 22, 2020, traffic stopped overnight.", "2020-01-22 2020-01-22TNI"),
    ("1996-12-17", "From 1929 to 1934 she wrote. The civil war of that February ended it.", "1929/1934 1934-02"),
    ("2024-09", "In the mid-1990s they spoke of two; a decade later of ten.", "199X 200X"),
    ("2009-09-24", "It began in July 2007. By the following summer half had come. The last came on Dec. 6.",
     "2007-07 2008-22 2008-12-06"),
    ("2021-03-24", "In January 2020 it closed.\nThey had to leave. On February 25 eight came.", "2020-01 2021-02-25"),
    ("1995-01-21", "On Jan. 17 it struck. Schools were to open on Jan. 30. They came the day after.",
     "1995-01-17 1995-01-30 1995-01-18"),
    ("2022-11-10", "It blew up the office.\nJuly 27, 2021: The lines are restored.", "2021-07-27"),
]  # fmt: skip
KOREAN = [
    ("2024-08-22", "북한이 지난달 말 수해를 입은 곳에 집을 짓겠다고 22일 밝혔다.", "2024-07 2024-08-22"),
    ("2024-08-22", "무역은 6월 늘었으나 지난해 같은 달보다 적었다.", "2024-06 2023-06"),
    ("2015-12", "수출은 2013년 4분기에 정점이었다. 전년 동기보다 늘었다.", "2013-36 2012-36"),
    ("2024-08-22", "1년 전보다 줄었다.", "2023"),
    ("2025-02-11", "향후 2~3년이 고비다.", "PXY"),
    ("2018-04-19", "시험통화는 내일 오후에 한다. 회담은 5시간여 이어졌다.", "2018-04-20TAF PT5H"),
    ("2018-04-19", "인원은 어제까지 천 명이다.", "2018-04-18"),
    ("2017-06-21", "95년 여름 배급이 끊겼고 그해 겨울 떠났다.", "1995-22 1995-24"),
    ("2017-06-21", "97년 1월 6일 새벽 강을 건넜다.", "1997-01-06TMO"),
    ("2017-06-21", "2000년에 형이 줄었다. 2년 뒤 여름 병이 돌았다.", "2000 2002-22"),
    ("2015-12", "1980년대에 무역이 늘었다. 88년 교역회가 열렸다.", "198X 1988"),
    ("2023-11-24", "어젯밤부터 병력이 움직였다.", "2023-11-23TNI"),
    ("2023-11-24", "합의는 5년 2개월 전 체결됐다.", "2018-09"),
    ("2022-04-18", "지난 목요일 오후 2시경 연기가 났다.", "2022-04-14T14:00"),
    ("2022-04-18", "22일부터 24일까지 방문할 예정이다.", "2022-04-22/2022-04-24"),
    ("2016-09-28", "보위부에서 40일을 보냈다. 하루 열네 시간씩 일했다.", "P40D P1D PT14H"),
    ("2016-09-28", "며칠 뒤 떠났고 며칠 동안 걸었다.", "FUTURE_REF PXD"),
    ("2021-11", "2018년 4월 23일 방송을 멈추었고 다음 달 1일 시설을 걷었다.", "2018-04-23 2018-05-01"),
    ("2013-06-12", "회담은 2007년 5월 이후 없다. 공단은 4월 3일 닫혔다.", "2007-05 2013-04-03"),
    ("2025-06-18", "9월 초 열리는 포럼이 첫 기회다.", "2025-09"),
    ("2025-03-21", "연습은 열하루 동안 이어졌다.", "P11D"),
    ("2024-08-22", "합참이 22일 밝혔다.\n정부는 지난 1일 구호를 제안했다.\n당국자는 이날 오전 말했다.",
     "2024-08-22 2024-08-01 2024-08-22TMO"),
    ("2024-02-10", "２０２４년 １월 １５일 회의가 열렸다.", "2024-01-15"),
]  # fmt: skip


@pytest.mark.parametrize(("published", "text", "wanted"), [*PERIODS, *VERBS, *DAYS, *LENGTHS, *STORIES, *KOREAN])
def test_value(published: str, text: str, wanted: str):
    language = Language.EN if text.isascii() else Language.KO
    found = find_dates(text, language=language, published=published)
    assert [mention.value for mention in found] == wanted.split()


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("She rang at about 2:40 a.m.", "about 2:40 a.m."),
        ("By the year 2000 it was done.", "the year 2000"),
        ("회의는 6월 27일(목) 열렸다.", "6월 27일(목)"),
        ("3월 말까지 착공한다.", "3월 말"),
        ("보리가 나오는 4월까지 기다린다.", "4월"),
        ("Revenue for the latest 12 months rose.", "the latest 12 months"),
        ("１９９８년에 시작했다.", "１９９８년"),
    ],
)
def test_span(text: str, span: str):
    language = Language.EN if text.isascii() else Language.KO
    assert [found.text for found in find_dates(text, language=language, published="2024-02-10")] == [span]


@pytest.mark.parametrize(
    ("start", "end", "value"),
    [
        ("In 1994 it signed.", "The following year it began.", "1995"),
        ("1994년 합의가 서명되었다.", "이듬해 공사가 시작되었다.", "1995"),
    ],
)
def test_what_can_only_look_back_does_so_over_a_paragraph(start: str, end: str, value: str):
    between = "It was long and dull. " * 16 if start.isascii() else "길고 지루한 협상이었다. " * 26
    language = Language.EN if start.isascii() else Language.KO
    found = find_dates(f"{start}\n{between}\n{end}", language=language, published="2024-02-10")
    assert found[-1].value == value


@pytest.mark.parametrize("text", ["A strong current kept the divers away.", "The North closed its current account."])
def test_a_current_is_no_date(text: str):
    assert find_dates(text, language=Language.EN, published="2024-02-10") == ()
