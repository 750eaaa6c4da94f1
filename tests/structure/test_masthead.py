"""Mastheads of the series that are known, and of publications that are not."""

from __future__ import annotations

import pytest

from brief_nlp.pdf.pages import Box, Run
from brief_nlp.schema import Masthead
from brief_nlp.structure.masthead import authors_in
from tests.structure.test_document import FULL, document, lines
from tests.structure.test_lines import run

KINU = "Korea Institute for National Unification"
FULL_KO = "위원회는 몇 차례나 다시 모였으나 밖에서 볼 수 있는 결과는 끝내 하나도 나오지 않았다고 한다."
TITLE = {"en": "Roads to the Coast", "ko": "바다로 가는 길"}
BYLINE = {"en": "Gil, Bo-ra (Research Fellow, North Korean Research Division)", "ko": "길보라 (북한연구실 연구위원)"}


def page(lang: str, *head: str, title: str = "", byline: tuple[str, ...] = (), foot: tuple[str, ...] = ()) -> list[Run]:
    """A first page: lines above the title, the title, the byline, text, and what stands below the text."""
    text = FULL if lang == "en" else FULL_KO
    below = 210 + 15 * len(byline)
    return [
        *lines(*head, top=60, step=24),
        run(title or TITLE[lang], 70, 170, 20),
        *(run(line, 330, 200 + 15 * place, 10) for place, line in enumerate(byline or (BYLINE[lang],))),
        *lines(text, text, text, text, text, text, top=below + 40),
        *lines(*foot, top=below + 180, step=40),
    ]


def masthead(lang: str, *head: str, running: str = "", **more) -> Masthead:
    text = FULL if lang == "en" else FULL_KO
    pages = [page(lang, *head, **more)]
    pages += [[run(running or "", 70, 40), *lines(text, text, text, text, text)] for _ in range(2 if running else 0)]
    return document(*pages).masthead


@pytest.mark.parametrize(
    ("lang", "line", "series", "number"),
    [
        ("en", "Online Series CO 24-10", "Online Series", "CO 24-10"),
        ("ko", "온라인 시리즈 CO 24-10", "Online Series", "CO 24-10"),
        ("ko", "현안분석 온라인시리즈 CO 23-05", "Online Series", "CO 23-05"),
        ("en", "KINU Insight No. 7", "KINU Insight", "7"),
        ("ko", "KINU Insight 제7호", "KINU Insight", "7"),
        ("en", "Study Series 24-03", "KINU Study Series", "24-03"),
        ("en", "KINU Study Series 24-03", "KINU Study Series", "24-03"),
        ("ko", "KINU 연구총서 24-03", "KINU Study Series", "24-03"),
        ("en", "KINU Policy Studies 23-02", "KINU Policy Studies", "23-02"),
        ("ko", "KINU 정책연구시리즈 23-02", "KINU Policy Studies", "23-02"),
        ("ko", "정책연구 23-02", "KINU Policy Studies", "23-02"),
        ("en", "Journal of Peace and Unification Vol. 12, No. 1, 2022", "Journal of Peace and Unification", "12(1)"),
        ("ko", "통일정책연구 제33권 1호, 2024", "Unification Policy Studies", "33(1)"),
        ("en", "Unification Policy Studies Vol. 33 No. 1", "Unification Policy Studies", "33(1)"),
        ("en", "Unification Policy Studies, Volume 5, Number 2, 1996", "Unification Policy Studies", "5(2)"),
        ("ko", "통일정책연구 제 33 권, 제 2 호 (2024년), 35-60쪽", "Unification Policy Studies", "33(2)"),
        (
            "en",
            "International Journal of Korean Unification Studies Vol. 31, No. 2",
            "International Journal of Korean Unification Studies",
            "31(2)",
        ),
    ],
)
def test_known_series(lang: str, line: str, series: str, number: str):
    found = masthead(lang, line)
    assert (found.series, found.number) == (series, number)
    assert found.title == TITLE[lang]
    assert found.authors[0].name in ("Gil, Bo-ra", "길보라")
    assert found.publisher == (KINU if "KINU" in line else None)
    assert found.missing == (() if "KINU" in line else ("publisher",))


@pytest.mark.parametrize(
    ("lang", "title"),
    [("en", "White Paper on Human Rights in North Korea 2023"), ("ko", "북한인권백서 2023")],
)
def test_white_papers_are_named_by_their_title(lang: str, title: str):
    found = masthead(lang, "통일연구원" if lang == "ko" else KINU, title=title)
    assert found.series == "White Paper on Human Rights in North Korea"
    assert found.number == "2023"
    assert found.publisher == KINU
    assert found.title == title
    assert found.missing == ()


@pytest.mark.parametrize(
    ("printed", "isbn", "issn", "missing"),
    [
        ("ISBN 978-89-8479-001-8", "9788984790018", None, ()),
        ("ISBN 978-89-8479-001-8 93340", "9788984790018", None, ()),
        ("ISBN: 0-306-40615-2", "0306406152", None, ()),
        ("ISBN 0-8044-2957-X", "080442957X", None, ()),
        ("ISBN 978-89-8479-001-9", None, None, ("isbn (wrong check digit: 9788984790019)",)),
        ("ISBN 978-89-8479-001-9, ISBN 0-306-40615-2", "0306406152", None, ()),
        ("ISSN 2049-3630", None, "2049-3630", ()),
        ("eISSN 20493630", None, "2049-3630", ()),
        ("ISSN (Online) 2434-561X", None, "2434-561X", ()),
        ("ISSN 2049-3631", None, None, ("issn (wrong check digit: 2049-3631)",)),
    ],
)
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_check_digits(lang: str, printed: str, isbn: str | None, issn: str | None, missing: tuple[str, ...]):
    found = masthead(lang, "KINU Insight No. 7", foot=(printed,))
    assert (found.isbn, found.issn, found.missing) == (isbn, issn, missing)


@pytest.mark.parametrize(
    ("lang", "byline", "name", "institute"),
    [
        ("en", ("Seo, Do-yun", "Composed Layouts Institute"), "Seo, Do-yun", "Composed Layouts Institute"),
        ("ko", ("서도윤", "조판시험연구소"), "서도윤", "조판시험연구소"),
    ],
)
def test_a_byline_is_neither_series_nor_publisher(lang: str, byline: tuple[str, str], name: str, institute: str):
    found = masthead(lang, byline=byline, running=TITLE[lang])
    assert [author.name for author in found.authors] == [name]
    assert found.publisher == institute
    assert found.series is None
    assert found.missing == ("series", "number")


@pytest.mark.parametrize(
    ("lang", "line", "series"),
    [("en", "Layout Series LS 22-02", "Layout Series"), ("ko", "조판총서 LS 22-02", "조판총서")],
)
def test_an_unknown_series_stands_before_its_number(lang: str, line: str, series: str):
    found = masthead(lang, line, running=TITLE[lang])
    assert (found.series, found.number) == (series, "LS 22-02")
    assert found.missing == ("publisher",)


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_an_unknown_publication_says_what_is_missing(lang: str):
    found = masthead(lang)
    assert found.title == TITLE[lang]
    assert len(found.authors) == 1
    assert found.missing == ("series", "number", "publisher")


@pytest.mark.parametrize(
    ("printed", "publisher"),
    [
        ("Publisher: Harbour House ISBN 978-89-8479-001-8", "Harbour House"),
        ("발행처: 항구출판 주소 서울", "항구출판"),
        ("발행처: 통일연구원", KINU),
        ("© 2024 Harbour House", "Harbour House"),
    ],
)
def test_the_colophon_names_the_publisher(printed: str, publisher: str):
    assert masthead("ko", foot=(printed,)).publisher == publisher


@pytest.mark.parametrize("text", ["목차", "시사점", "연구진", "Contents", "Two Roads", "바다로 가는 길"])
def test_other_lines_are_no_authors(text: str):
    assert authors_in(text) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Dr. Eleanor Whitfield", ["Eleanor Whitfield"]),
        ("Min-ah Seong* and Thomas R. Hale**", ["Min-ah Seong", "Thomas R. Hale"]),
        ("작성: 남북협력연구센터 배지호 부연구위원(02-555-0100)", ["배지호"]),
        ("대담: 오세린 편집위원 / 답변: 류태경 한국국방연구원 책임연구위원", ["오세린", "류태경"]),
    ],
)
def test_bylines_that_say_who_wrote(text: str, names: list[str]):
    assert [author.name for author in authors_in(text)] == names


def test_the_division_before_a_name():
    (author,) = authors_in("작성: 남북협력연구센터 배지호 부연구위원(02-555-0100)")
    assert (author.position, author.division) == ("부연구위원", "남북협력연구센터")


def test_the_name_of_a_series_is_no_title_however_large():
    banner = run("Online Series", 70, 120, 26)
    assert document([banner, *page("en")]).masthead.title == TITLE["en"]


def test_a_title_above_a_rule_is_no_running_head():
    title = run(TITLE["ko"], 150, 95, 18)
    draft = document([title, *lines(*[FULL_KO] * 6, top=140)], rules=[Box(70, 100, 530, 100.5)])
    assert draft.masthead.title == TITLE["ko"]


def test_a_running_head_alone_names_no_publisher():
    assert masthead("en", running="Public Health and the State").publisher is None


@pytest.mark.parametrize(("lang", "line"), [("en", "Policy Brief No. 7"), ("ko", "정책브리프 26-03")])
def test_briefs_of_any_house_keep_their_name(lang: str, line: str):
    assert masthead(lang, line).series == "Policy Brief"


def test_a_yearbook_is_numbered_by_the_year_beside_its_name():
    found = masthead("ko", title="이동의 자유", running="북한인권백서 2026")
    assert (found.series, found.number) == ("White Paper on Human Rights in North Korea", "2026")


@pytest.mark.parametrize(
    ("lang", "byline", "name", "position", "division"),
    [
        (
            "en",
            ("Kang Su-jin", "Research Fellow, Economic Division"),
            "Kang Su-jin",
            "Research Fellow",
            "Economic Division",
        ),
        ("ko", ("배지호 부연구위원 (남북협력연구센터)",), "배지호", "부연구위원", "남북협력연구센터"),
    ],
)
def test_a_position_below_or_beside_the_name(
    lang: str, byline: tuple[str, ...], name: str, position: str, division: str
):
    (author,) = masthead(lang, byline=byline).authors
    assert (author.name, author.position, author.division) == (name, position, division)


def test_an_institute_named_like_a_series_is_none():
    assert masthead("ko", running="통일정책연구소").series is None
    assert masthead("ko", running="통일정책연구 제3호").series == "Unification Policy Studies"


def test_a_season_is_no_series():
    assert masthead("en", "Volume 12, Number 3", running="Autumn 2026").series != "Autumn 2026"


def test_a_division_of_two_words_and_a_name_set_wide():
    (fellow,) = authors_in("Aileen Fraser, Senior Analyst, Energy and Security Programme")
    assert (fellow.position, fellow.division) == ("Senior Analyst", "Energy and Security Programme")
    assert authors_in("서 다 연 (북한연구실 부연구위원)")[0].name == "서다연"


def test_a_summary_set_wide_is_no_name():
    draft = document(page("ko", byline=("요 약",)))
    assert not draft.masthead.authors


def test_press_release_is_no_title():
    heads = [run("보 도 자 료", 200, 60, 28), run("지역적응센터 운영 실태조사 결과 발표", 100, 110, 20)]
    draft = document([*heads, *lines(FULL_KO, FULL_KO, FULL_KO, FULL_KO, top=150)])
    assert draft.masthead.title == "지역적응센터 운영 실태조사 결과 발표"
