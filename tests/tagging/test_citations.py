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
            "report",
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


@pytest.mark.parametrize(
    ("note", "kind", "expected"),
    [
        # bibliographies, with full stops
        ("Gull, Hanna. Ships and Ports. Busan: Example Press, 2011.", "book",
         {"author": "Gull, Hanna", "title": "Ships and Ports", "place": "Busan", "publisher": "Example Press",
          "date": "2011"}),
        ("Gull, Hanna, and Oh Mi-na. “Harbours.” Journal of Examples 12, no. 3 (2020): 201–19.", "article",
         {"author": "Gull, Hanna; Oh Mi-na", "title": "Harbours", "container": "Journal of Examples", "volume": "12",
          "issue": "3", "date": "2020", "pages": "201-19"}),
        ("The Korea Times. November 2, 2020. “Ports Open.”", "newspaper",
         {"container": "The Korea Times", "date": "2020-11-02", "title": "Ports Open"}),
        # law reviews and law reports
        ("Hanna Gull, The Law of Harbours, 61 Harv. Int’l L.J. 401, 417 (2020).", "article",
         {"author": "Hanna Gull", "title": "The Law of Harbours", "volume": "61", "container": "Harv. Int’l L.J.",
          "pages": "401; 417", "date": "2020"}),
        ("Hanna Gull, The Law of Harbours 77 (3d ed. 2015).", "book",
         {"author": "Hanna Gull", "title": "The Law of Harbours", "pages": "77", "date": "2015"}),
        ("North Port Act of 2016, Pub. L. No. 114-122, 130 Stat. 93 (2016).", "law",
         {"title": "North Port Act of 2016", "number": "Pub. L. No. 114-122; 130 Stat. 93", "date": "2016"}),
        ("31 C.F.R. § 510.201 (2018).", "law", {"number": "31 C.F.R. § 510.201", "date": "2018"}),
        # the United Nations
        ("See S/2023/171, annex 54.", "report", {"number": "S/2023/171"}),
        ("UN Security Council resolution 2375 (2017), para. 16.", "law",
         {"title": "UN Security Council resolution 2375", "date": "2017"}),
        ("Security Council, Report of the Panel pursuant to resolution 1874 (2009), S/2019/691, 3 May 2019.",
         "report",
         {"author": "Security Council", "title": "Report of the Panel pursuant to resolution 1874 (2009)",
          "number": "S/2019/691", "date": "2019-05-03"}),
        # what was said, not published
        ("Oh Mi-na, speech at the harbour, Pyongyang, October 10, 2020.", "other",
         {"author": "Oh Mi-na", "place": "Pyongyang", "date": "2020-10-10"}),
        ("오미나 국방부 장관, 국회 발언, 2023년 11월 23일.", "other", {"author": "오미나", "date": "2023-11-23"}),
        ("Oh Mi-na, “Harbours after 2010,” paper presented at the Example Studies Conference, Toronto, May 3, 2017.",
         "report",
         {"author": "Oh Mi-na", "title": "Harbours after 2010", "container": "Example Studies Conference",
          "place": "Toronto", "date": "2017-05-03"}),
        # names
        ("Oh Mi-na, Ri Sang, and Hanna Gull, “Harbours,” Journal of Examples 2, no. 1 (2021): 1–29.", "article",
         {"author": "Oh Mi-na; Ri Sang; Hanna Gull", "title": "Harbours", "container": "Journal of Examples",
          "volume": "2", "issue": "1", "date": "2021", "pages": "1-29"}),
        ("Republic of Korea, Ministry of Harbours, 2022 Harbour White Paper (Seoul: Example Press, 2023), 35.",
         "report",
         {"author": "Republic of Korea, Ministry of Harbours", "title": "2022 Harbour White Paper", "place": "Seoul",
          "publisher": "Example Press", "date": "2023", "pages": "35"}),
        ("스즈키 마사토, 항구의 시장, 오미나 역 (서울: 예시출판, 2015), p. 8.", "book",
         {"author": "스즈키 마사토", "title": "항구의 시장", "place": "서울", "publisher": "예시출판", "date": "2015",
          "pages": "8"}),
        ("Philip Gull, Ships and Ports (Busan: Example Press, 2011), xii.", "book",
         {"author": "Philip Gull", "title": "Ships and Ports", "place": "Busan", "publisher": "Example Press",
          "date": "2011", "pages": "xii"}),
        # titles
        ("Oh Mi-na, “‘Self-Reliance’ at Sea,” KCNA, May 3, 2022.", "newspaper",
         {"author": "Oh Mi-na", "title": "‘Self-Reliance’ at Sea", "container": "KCNA", "date": "2022-05-03"}),
        ("Oh Mi-na, ‘Sailors’ families appeal’, Japan Times, 18 Oct. 2021.", "newspaper",
         {"author": "Oh Mi-na", "title": "Sailors’ families appeal", "container": "Japan Times",
          "date": "2021-10-18"}),
        ("Oh Mi-na, Ports to Nowhere? A History, 2000–2020 (Busan: Example Press, 2022), 4.", "book",
         {"author": "Oh Mi-na", "title": "Ports to Nowhere? A History, 2000–2020", "place": "Busan",
          "publisher": "Example Press", "date": "2022", "pages": "4"}),
        ("Gull, H. (2022). Who sails? Ships and crews in our ports. Example Studies, 15, 3–9.", "article",
         {"author": "Gull, H.", "date": "2022", "title": "Who sails? Ships and crews in our ports",
          "container": "Example Studies", "volume": "15", "pages": "3-9"}),
        ("Oh Mi-na, “[Column] The Price of Rope,” KCNA, May 3, 2022.", "newspaper",
         {"author": "Oh Mi-na", "title": "[Column] The Price of Rope", "container": "KCNA", "date": "2022-05-03"}),
        ("KEDO, Annual Report 2001 (New York: KEDO, 2001), p. 10.", "report",
         {"author": "KEDO", "title": "Annual Report 2001", "place": "New York", "publisher": "KEDO", "date": "2001",
          "pages": "10"}),
        ("Oh Mi-na, “Harbours,” in Ri Sang et al., Ships and Ports (Busan: Example Press, 2022), pp. 1–9.", "chapter",
         {"author": "Oh Mi-na", "title": "Harbours", "editor": "Ri Sang", "container": "Ships and Ports",
          "place": "Busan", "publisher": "Example Press", "date": "2022", "pages": "1-9"}),
        ("Oh Mi-na, Gender and Labour at Sea, PhD thesis, University of Leeds, 2015, p. 88.", "report",
         {"author": "Oh Mi-na", "title": "Gender and Labour at Sea", "publisher": "University of Leeds", "date": "2015",
          "pages": "88"}),
        ("Oh Mi-na, “Harbours,” Example Opinions No. 210 (April 2, 2021), 3.", "report",
         {"author": "Oh Mi-na", "title": "Harbours", "number": "Example Opinions No. 210", "date": "2021-04-02",
          "pages": "3"}),
        ("See the North Port Declaration of September 19, 2018, art. 2(1).", "law",
         {"title": "North Port Declaration", "date": "2018-09-19"}),
        ("Oh Mi-na. “Harbours at Sea.” Ph.D. diss., Korea University, 2019.", "report",
         {"author": "Oh Mi-na", "title": "Harbours at Sea", "publisher": "Korea University", "date": "2019"}),
        ("Oh Mi-na, “Harbours at Sea,” CSIS Harbour Platform, May 5, 2023.", "newspaper",
         {"author": "Oh Mi-na", "title": "Harbours at Sea", "container": "CSIS Harbour Platform",
          "date": "2023-05-05"}),
        ("Rodong Sinmun editorial, “Let Us Defend Ports,” April 4, 2023.", "newspaper",
         {"container": "Rodong Sinmun", "title": "Let Us Defend Ports", "date": "2023-04-04"}),
        # dates and places
        ("조선중앙TV, 2023년 9월 9일 20시 보도.", "newspaper", {"container": "조선중앙TV", "date": "2023-09-09"}),
        ("“Ports Open,” Yonhap News, 27/6/2025.", "newspaper",
         {"title": "Ports Open", "container": "Yonhap News", "date": "2025-06-27"}),
        ("“Ports Open,” Yonhap News, 1/7/2025.", "newspaper",
         {"title": "Ports Open", "container": "Yonhap News", "date": "2025"}),
        ("Oh Mi-na, Ships and Ports, Washington, DC: Example Press, 2021, p. 4.", "book",
         {"author": "Oh Mi-na", "title": "Ships and Ports", "place": "Washington, DC", "publisher": "Example Press",
          "date": "2021", "pages": "4"}),
        ("오미나, 「항구의 본질」, 『예시연구』 2016년 2호, 13쪽.", "article",
         {"author": "오미나", "title": "항구의 본질", "container": "예시연구", "date": "2016", "issue": "2",
          "pages": "13"}),
        ("「항구법」(2016. 3. 3. 제정, 법률 제14070호) 제3조.", "law",
         {"title": "항구법", "date": "2016-03-03", "number": "법률 제14070호"}),
        # medicine, MLA, Harvard
        ("Gull H, Tern AB. Ships of the north. Harbour Stud. 2018;6(3):e21–9.", "article",
         {"author": "Gull H; Tern AB", "title": "Ships of the north", "container": "Harbour Stud", "date": "2018",
          "volume": "6", "issue": "3", "pages": "e21-9"}),
        ("FAO/WFP. Ports and Food. Rome: FAO; November 2013. p. 8.", "report",
         {"author": "FAO/WFP", "title": "Ports and Food", "place": "Rome", "publisher": "FAO", "date": "2013-11",
          "pages": "8"}),
        ("“Harbours, Total.” Example Indicators, World Bank, 2022, data.example.org/harbours. Accessed 11 Feb. 2023.",
         "web",
         {"title": "Harbours, Total", "container": "Example Indicators", "publisher": "World Bank", "date": "2022",
          "url": "data.example.org/harbours", "accessed": "2023-02-11"}),
        ("Gull, H. (2018) ‘Harbours’, in Tern, T. and Oh, K. (eds) Ships and ports. Cambridge: Polity, pp. 9–11.",
         "chapter",
         {"author": "Gull, H.", "date": "2018", "title": "Harbours", "editor": "Tern, T.; Oh, K.",
          "container": "Ships and ports", "place": "Cambridge", "publisher": "Polity", "pages": "9-11"}),
        ("Maps of Ports. (2020). Harbours, week by week [Video]. YouTube. https://www.example.org/a", "web",
         {"author": "Maps of Ports", "date": "2020", "title": "Harbours, week by week", "container": "YouTube",
          "url": "https://www.example.org/a"}),
        ("Gull, F. and Oh, T., 2020. ‘Harbours’. Journal of Examples, 2(1), pp. 15-31.", "article",
         {"author": "Gull, F.; Oh, T.", "date": "2020", "title": "Harbours", "container": "Journal of Examples",
          "volume": "2", "issue": "1", "pages": "15-31"}),
        # sentences before names, titles that open with a quotation, issues and dates that are two
        ("The best overview remains Hanna Gull, Ships and Ports (Busan: Example Press, 2011), 4 [in Korean].", "book",
         {"author": "Hanna Gull", "title": "Ships and Ports", "place": "Busan", "publisher": "Example Press",
          "date": "2011", "pages": "4"}),
        ("OHCHR, “I Still See It”: Harbours of the North (Geneva, July 2020), p. 31.", "report",
         {"author": "OHCHR", "title": "“I Still See It”: Harbours of the North", "place": "Geneva", "date": "2020-07",
          "pages": "31"}),
        ("Oh Mi-na, “Letters,” Harbour History Project Bulletin, no. 14/15 (Winter 2003–Spring 2004): 25–38.",
         "article",
         {"author": "Oh Mi-na", "title": "Letters", "container": "Harbour History Project Bulletin", "issue": "14/15",
          "date": "2004", "pages": "25-38"}),
        ("S/RES/2321 (2016), 30 November 2016, operative para. 26.", "law",
         {"number": "S/RES/2321", "date": "2016-11-30"}),
        ("Former harbour master, interview by author, Seoul, June 14, 2019.", "other",
         {"place": "Seoul", "date": "2019-06-14"}),
        ("H. Gull and Ri Sang. “Ports after Oh.” Example Security 36, no. 1 (Summer 2011): 84–119.", "article",
         {"author": "H. Gull; Ri Sang", "title": "Ports after Oh", "container": "Example Security", "volume": "36",
          "issue": "1", "date": "2011", "pages": "84-119"}),
        # titles that a body's word, a surname first, inner quotation marks or a number on something could break
        ("Oh Mi-na, Ri Sang, and H. Gull, Peace and Local Government (Seoul: Example Press, 2021), pp. 1-8.", "book",
         {"author": "Oh Mi-na; Ri Sang; H. Gull", "title": "Peace and Local Government", "place": "Seoul",
          "publisher": "Example Press", "date": "2021", "pages": "1-8"}),
        ("Gull, Hanna, Ships: A History (Busan: Example Press, 2010), 23.", "book",
         {"author": "Gull, Hanna", "title": "Ships: A History", "place": "Busan", "publisher": "Example Press",
          "date": "2010", "pages": "23"}),
        ('"Ports Rebuked for the Act of "Sailors from North"," Rodong Sinmun, June 4, 2020.', "newspaper",
         {"title": 'Ports Rebuked for the Act of "Sailors from North"', "container": "Rodong Sinmun",
          "date": "2020-06-04"}),
        ("Committee on Ports, General comment No. 13 (2011) on the right to sail, CRC/C/GC/13, para. 4.", "report",
         {"author": "Committee on Ports", "title": "General comment No. 13 (2011) on the right to sail",
          "number": "CRC/C/GC/13"}),
        ("Convention on Harbour Relations, 18 April 1961, United Nations, Treaty Series, vol. 500, No. 7310, p. 95.",
         "law",
         {"title": "Convention on Harbour Relations", "date": "1961-04-18",
          "container": "United Nations, Treaty Series", "volume": "500", "number": "No. 7310", "pages": "95"}),
        ("Oh Mi-na, Ships and Ports, RUSI Occasional Paper (Busan: Example Press, 2022), 4.", "report",
         {"author": "Oh Mi-na", "title": "Ships and Ports", "place": "Busan", "publisher": "Example Press",
          "date": "2022", "pages": "4"}),
        # places without publishers, papers that no list names, sentences behind
        ("Oh Mi-na, Hwaldong ui sahoe (Paju, 2016), pp. 1–3.", "book",
         {"author": "Oh Mi-na", "title": "Hwaldong ui sahoe", "place": "Paju", "date": "2016", "pages": "1-3"}),
        ("World Bank, Ports of the World, Lincoln, NE, 2022, p. 31.", "report",
         {"author": "World Bank", "title": "Ports of the World", "place": "Lincoln, NE", "date": "2022",
          "pages": "31"}),
        ("Vellmar Courier, June 30, 2021, p. 2.", "newspaper",
         {"container": "Vellmar Courier", "date": "2021-06-30", "pages": "2"}),
        ("Gull, Hanna. “Ports.” Pacific Review 33, no. 5 (2020): 811–39. Others have put it higher, at 4,000.",
         "article",
         {"author": "Gull, Hanna", "title": "Ports", "container": "Pacific Review", "volume": "33", "issue": "5",
          "date": "2020", "pages": "811-39"}),
        ("Oh Mi-na, “Ports,” in Harbours: New Ships, New Questions, ed. Ri Sang (Busan: Example Press, 2015), 8.",
         "chapter",
         {"author": "Oh Mi-na", "title": "Ports", "container": "Harbours: New Ships, New Questions",
          "editor": "Ri Sang", "place": "Busan", "publisher": "Example Press", "date": "2015", "pages": "8"}),
        ("Hanna Gull, introduction to Ships, ed. Ri Sang (Busan: Example Press, 2015), 3.", "chapter",
         {"author": "Hanna Gull", "container": "Ships", "editor": "Ri Sang", "place": "Busan",
          "publisher": "Example Press", "date": "2015", "pages": "3"}),
        ("INTERNATIONAL HARBOUR INSTITUTE, Ports (Busan: Example Press, 2015), 3.", "report",
         {"author": "INTERNATIONAL HARBOUR INSTITUTE", "title": "Ports", "place": "Busan",
          "publisher": "Example Press", "date": "2015", "pages": "3"}),
        # volumes with pages, Congress, series with slashes
        ("Oh Mi-na, ed., Ships, 2 vols. (Busan: Example Press, 2022), 1:77.", "book",
         {"editor": "Oh Mi-na", "title": "Ships", "place": "Busan", "publisher": "Example Press", "date": "2022",
          "volume": "1", "pages": "77"}),
        ("U.S. Congress, House Committee on Ports, Long Shadow, 115th Cong., 1st sess., March 21, 2017, 40.", "report",
         {"author": "U.S. Congress, House Committee on Ports", "title": "Long Shadow", "date": "2017-03-21",
          "pages": "40"}),
        ("Oh Mi-na, “Ports,” IMF Working Paper WP/20/118 (Busan: Example Press, 2020).", "report",
         {"author": "Oh Mi-na", "title": "Ports", "number": "IMF Working Paper WP/20/118", "place": "Busan",
          "publisher": "Example Press", "date": "2020"}),
        ("World Bank. (2023). Ports. Bureau of Ports, Ships, and Labor. https://example.org/a", "report",
         {"author": "World Bank", "date": "2023", "title": "Ports", "publisher": "Bureau of Ports, Ships, and Labor",
          "url": "https://example.org/a"}),
        # who says it in a sentence, agencies in newspapers
        ("The same point is made, with other evidence, in Hanna Gull, Ships (Busan: Example Press, 2022).", "book",
         {"author": "Hanna Gull", "title": "Ships", "place": "Busan", "publisher": "Example Press", "date": "2022"}),
        ("As Hanna Gull argues in Ships (Busan: Example Press, 2022), 55–60, ports opened early.", "book",
         {"author": "Hanna Gull", "title": "Ships", "place": "Busan", "publisher": "Example Press", "date": "2022",
          "pages": "55-60"}),
        ("Reuters, “Ports Open,” New York Times, April 6, 2021.", "newspaper",
         {"author": "Reuters", "title": "Ports Open", "container": "New York Times", "date": "2021-04-06"}),
        ("Interview with “Ms. Oh,” former teacher, Incheon, July 21, 2017.", "other",
         {"place": "Incheon", "date": "2017-07-21"}),
        # series without numbers, words of the source, bodies' words in titles, pages that look like years
        ("World Bank, Ports of the World, Harbour Report (Busan: Example Press, 2019), 14.", "report",
         {"author": "World Bank", "title": "Ports of the World", "place": "Busan", "publisher": "Example Press",
          "date": "2019", "pages": "14"}),
        ("Oh Mi-na, Ships at Sea, IFES Brief 2017-02, February 2017, 3 (“as common as cash”).", "report",
         {"author": "Oh Mi-na", "title": "Ships at Sea", "number": "IFES Brief 2017-02", "date": "2017-02",
          "pages": "3"}),
        ("UNFPA, Country Programme Action Plan between Ports and UNFPA, 2017–2021 (Busan, 2017).", "report",
         {"author": "UNFPA", "title": "Country Programme Action Plan between Ports and UNFPA, 2017–2021",
          "place": "Busan", "date": "2017"}),
        ("Gull, H. (2017). Do fees bite? Ships and crews. Journal of Examples, 61(9), 1911–1937.", "article",
         {"author": "Gull, H.", "date": "2017", "title": "Do fees bite? Ships and crews",
          "container": "Journal of Examples", "volume": "61", "issue": "9", "pages": "1911-1937"}),
        ("Oh Mi-na, press statement, Pyongyang, May 24, 2018.", "other",
         {"author": "Oh Mi-na", "place": "Pyongyang", "date": "2018-05-24"}),
        ("Friends in the North, Ships and Ports of Tomorrow (Busan: Example Press, 2019), 14.", "book",
         {"author": "Friends in the North", "title": "Ships and Ports of Tomorrow", "place": "Busan",
          "publisher": "Example Press", "date": "2019", "pages": "14"}),
        ("Executive Board of the World Food Programme, Interim strategic plan (2019–2021), WFP/EB.1/2019/8-A/5,"
         " 28 January 2019, para. 40.", "report",
         {"author": "Executive Board of the World Food Programme", "title": "Interim strategic plan (2019–2021)",
          "number": "WFP/EB.1/2019/8-A/5", "date": "2019-01-28"}),
        ("World Bank, Ports of the World: June 2022 (Busan: Example Press, 2022), 14.", "report",
         {"author": "World Bank", "title": "Ports of the World: June 2022", "place": "Busan",
          "publisher": "Example Press", "date": "2022", "pages": "14"}),
        ("Lt. Gen. Hanna Gull, “Ports,” KCNA, March 6, 2018.", "newspaper",
         {"author": "Lt. Gen. Hanna Gull", "title": "Ports", "container": "KCNA", "date": "2018-03-06"}),
        ("Conversation with a former KEDO official, New York, April 11, 2013.", "other",
         {"place": "New York", "date": "2013-04-11"}),
        ('Oh Mi-na, "Ports," Ri Sang (ed.), Culture under Kim Jong Un (Busan: Example Press, 2020), pp. 55-80.',
         "chapter",
         {"author": "Oh Mi-na", "title": "Ports", "editor": "Ri Sang", "container": "Culture under Kim Jong Un",
          "place": "Busan", "publisher": "Example Press", "date": "2020", "pages": "55-80"}),
        ("Institute of Ports, Department of Ships, ed., The East (Busan: Example Press, 2002), 14.", "book",
         {"editor": "Institute of Ports, Department of Ships", "title": "The East", "place": "Busan",
          "publisher": "Example Press", "date": "2002", "pages": "14"}),
        # sciences: a title first, a small letter behind a full stop, what is not printed yet
        ("Floods hit ports, state media say. (2016, September 6). The Guardian. https://example.org/a", "newspaper",
         {"title": "Floods hit ports, state media say", "date": "2016-09-06", "container": "The Guardian",
          "url": "https://example.org/a"}),
        ("Gull, H. (2022). A U.S. ship at sea. Journal of Examples. Advance online publication. https://example.org/a",
         "article",
         {"author": "Gull, H.", "date": "2022", "title": "A U.S. ship at sea", "container": "Journal of Examples",
          "url": "https://example.org/a"}),
        # editors, series, hearings, dockets, letters
        ("Oh Mi-na (ed.), Ships and Ports, 1945–1950, 3rd edn (Busan: Example Press, 2009), p. 4.", "book",
         {"editor": "Oh Mi-na", "title": "Ships and Ports, 1945–1950", "place": "Busan", "publisher": "Example Press",
          "date": "2009", "pages": "4"}),
        ("Oh Mi-na, Ships and Ports, Sea History Series (Busan: Example Press, 2009), pp. 5 and 19.", "book",
         {"author": "Oh Mi-na", "title": "Ships and Ports", "place": "Busan", "publisher": "Example Press",
          "date": "2009", "pages": "5 and 19"}),
        ("Evasion at Sea: Hearing Before the Subcomm. on Ports, 116th Cong. 31–33 (2019) (statement of Hanna Gull).",
         "report",
         {"title": "Evasion at Sea", "publisher": "Subcomm. on Ports", "pages": "31-33", "date": "2019",
          "author": "Hanna Gull"}),
        ("United States v. North Port Co., No. 19-cv-2044, slip op. at 6 (D.D.C. May 14, 2020).", "law",
         {"title": "United States v. North Port Co", "number": "No. 19-cv-2044", "pages": "6", "date": "2020-05-14"}),
        ("Staff writer, “Ports Open,” Japan Times, Apr 9, 2019.", "newspaper",
         {"title": "Ports Open", "container": "Japan Times", "date": "2019-04-09"}),
        ("Executive Order 13810, “Imposing Harbour Fees,” 82 Fed. Reg. 44705 (September 20, 2017).", "law",
         {"number": "Executive Order 13810; 82 Fed. Reg. 44705", "title": "Imposing Harbour Fees",
          "date": "2017-09-20"}),
        ("World Bank, Ports of the World, UN DESA/POP/2022/TR/NO. 3 (New York: United Nations, 2022), p. 5.", "report",
         {"author": "World Bank", "title": "Ports of the World", "number": "UN DESA/POP/2022/TR/NO. 3",
          "place": "New York", "publisher": "United Nations", "date": "2022", "pages": "5"}),
        ("Peter Gull, letter to the Minister of Ports, 20 February 2018.", "other",
         {"author": "Peter Gull", "date": "2018-02-20"}),
        ("북한이탈주민 ○○○, 2025년 4월 17일, 서울에서 면접.", "other", {"date": "2025-04-17", "place": "서울"}),
        ("Oh Mi-na, “Ports Open,” AP, August 17, 2023, 6:40 p.m. EDT.", "newspaper",
         {"author": "Oh Mi-na", "title": "Ports Open", "container": "AP", "date": "2023-08-17"}),
        ("앨런 스미스턴 저, 박재우 역, 『항구』(서울: 예시출판, 2019), 150쪽.", "book",
         {"author": "앨런 스미스턴", "title": "항구", "place": "서울", "publisher": "예시출판", "date": "2019",
          "pages": "150"}),
    ],
)  # fmt: skip
def test_fields_of_other_styles(note: str, kind: str, expected: dict[str, str]):
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
