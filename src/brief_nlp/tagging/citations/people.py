"""Who wrote it: names before a title, one by one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from brief_nlp.tagging.citations.words import CAPITAL, HANGUL, STATE, is_law, is_organisation, is_title_cased, trimmed

_JOINERS = re.compile(r"\s*(?:,\s*(?:and|&)\s|\sand\s|\s?&\s|[·ㆍ•]|,|;|\s및\s|\s와\s)\s*")
_LEADING_AND = re.compile(r"(?:and|&)\s")
_AND = re.compile(r"\sand\s|\s&\s")
_OTHERS = re.compile(r"(?:\s?[(\[]@\w+[)\]]|,?\s+et\sal\.?|\s?외(?:\s?\d+[인명])?|\sand\sothers)\s*$")
_EDITORS = re.compile(
    r",?\s*\(?(?:\b[Ee]ds?\.?|\b[Ee]ditors?|(?<=[가-힣]\s)(?:공?편저?|엮음|책임편집)|(?<=외\s)(?:편|엮음))\)?[,.]?\s*$"
)
_WRITERS = re.compile(
    r"(?<=[\w])\s(?:공?저|지음|글|기자|특파원|논설위원)\s*$"
    r"|(?<=[가-힣])\s(?:국무위원장|(?:[가-힣]+\s)?위원장|총비서|제1비서|대통령|주석|총리|(?:[가-힣]+\s)?(?:장관|차관|부장|국장|의원|대사|소장|교수|총장)|부부장|대변인|외무상)(?:\s.*)?$"
)
TRANSLATED = re.compile(r"\s(?:공?역|번역|옮김|감수)\s*$|^(?:[Tt]rans(?:lated)?\b\.?(?:\sby)?)\s")
_WORD = rf"(?:{CAPITAL}[\w’'.-]*|de|del|da|dos|di|du|la|le|van|von|der|den|ter|bin|ibn|al-[A-Z]\w+)"
_SURNAME = rf"{CAPITAL}[\w’'-]+(?:\s{CAPITAL}[\w’'-]+)?"
_INITIALS = rf"(?:{CAPITAL}\.?[\s-]?)+"
_PERSON = re.compile(rf"^{_WORD}(?:\s{_WORD}){{1,4}}$|^{_SURNAME},\s{_INITIALS}$")
_INVERTED = re.compile(
    rf"({CAPITAL}[\w’'-]+, {CAPITAL}[\w’'-]+(?: {CAPITAL}\b\.?)?)(?=\.?,?$|,? (?:and|&) |,? et al)"
)  # Surname, Given
_GIVEN_FIRST = rf"{_WORD}(?:\s{_WORD}){{1,3}}"
INVERTED_NAMES = (
    rf"{_SURNAME}, {CAPITAL}[\w’'-]+(?:[ -]{CAPITAL}[\w’'-]*\.?){{0,2}}"
    rf"(?:(?:, {_GIVEN_FIRST})*,? (?:and|&) (?:{_SURNAME}, {CAPITAL}[\w’'-]+|{_GIVEN_FIRST})|,? et al)?"
)  # Surname, Given, and Given Surname
_POSSESSIVE = re.compile(r"[’']s\s")  # in titles: `Kim Jong Un’s Line`
_WITH_INITIALS = re.compile(rf"{_SURNAME},\s{_INITIALS}(?=$|[,&\s(;])")
_KOREAN_PERSON = re.compile(r"^(?:[가-힣]{2,5}|[가-힣]{1,2}\s[가-힣]{1,3})$")
_CHINESE_PERSON = re.compile(r"[\u3400-\u9fff々]{2,6}")
_FOREIGN_PERSON = re.compile(r"[가-힣]{1,5}(?<![의은는을를과와])(?:\s|·)[가-힣]{2,5}(?<![은는을를의])")
_ABOUT = r"(?:대해서는?|대하여는?|관해서는?|관하여는?|따르면|내용은|논의는|설명은|배경은|경우|다음)"
ABOUT = re.compile(
    rf"[^“\"「『《<;.]{{0,80}}{_ABOUT}\s+|[^“\"「『《<;.]{{0,80}}[가-힣]다\s?:\s+"
)  # what a Korean note says before it names a source
_NO_NAME = re.compile(
    rf"(?:{_ABOUT}|참조|참고)$|^(?:[Ss]taff (?:[Ww]riter|[Rr]eporter)s?|[Oo]ur [Cc]orrespondent)$"
    r"|^(?:Editorial Board|(?:The )?Editors?)$"
    r"|^(?:사설|논설|칼럼|기고|보도|성명|담화|정론|론평|논평|인터뷰|사진|자료)$"
)
_PROSE = re.compile(r"(?<![\w-])(?!(?:of|for|the|and|on|de|la|van|von|der|bin|al|et)\s)[a-z]+:?\s(?=[A-Z])")
_LONGEST_BODY = 16  # words
_ARTICLES = ("The ", "A ", "An ")  # of titles
_SIGNED = re.compile(r"[가-힣]{1,6}\s[가-힣]{2,6}\s(?:지음|저|글|공저)")  # a foreign name
_PARTICLES = re.compile(
    r"^.*(?:[은는을를에의로면]|대해|대하여|관해|관하여|따르면|[가-힣]{2,}[이가]|다음|참조:|참고:|또는|보라:?|것으로|이후|정리:)\s+(?=\S)"
)


def is_person(text: str) -> bool:
    """Whether a member looks like somebody's name."""
    name = _OTHERS.sub("", text.strip(" ,"))
    if HANGUL.search(name):
        return bool(_KOREAN_PERSON.match(name))
    if _CHINESE_PERSON.fullmatch(name):
        return True
    if _INVERTED.fullmatch(name):
        return not is_organisation(name.split(",")[0])
    return (
        bool(_PERSON.match(name))
        and not name.startswith(_ARTICLES)
        and not _POSSESSIVE.search(name)
        and not STATE.fullmatch(name)
        and not is_organisation(name)
    )


def is_foreign_person(text: str) -> bool:
    """Whether Korean letters may spell a foreign name: `스즈키 마사토`; much else has that form."""
    return bool(_FOREIGN_PERSON.fullmatch(text.strip()))


def is_author(text: str) -> bool:
    """Whether a member names people or a body."""
    start, end = without_roles(text)
    names = [text[left:right] for left, right in names_in(text, start, end)]
    if _NO_NAME.search(text) or (is_law(text) and re.search(r"\d", text)) or not names or len(text) > 160:
        return False
    if is_organisation(text):
        return len(text.split()) <= _LONGEST_BODY and (bool(HANGUL.search(text)) or text.strip()[:1].isupper())
    return all(is_person(name) or is_organisation(name) for name in names)


def are_editors(text: str) -> bool:
    """Whether a member says that the people it names are editors."""
    return bool(_EDITORS.search(text))


def without_roles(text: str) -> tuple[int, int]:
    """The stretch that holds the names, without `ed.`, `et al.`, `외`, `편`."""
    end = len(text)
    for _ in range(3):
        for form in (_EDITORS, _OTHERS, _WRITERS):
            match = form.search(text[:end])
            end = match.start() if match and match.start() else end
    return trimmed(text, 0, end)


def after_particles(text: str, start: int, end: int) -> int:
    """Where the names begin behind the words of a Korean sentence: `이에 대해서는 최영재` says one name."""
    if not HANGUL.search(text, start, end):
        joiner = _LEADING_AND.match(text, start, end)
        return joiner.end() if joiner else start
    if _SIGNED.fullmatch(text, start, end):
        return start
    first = re.split(r"[·ㆍ,]", text[start:end])[0]
    match = _PARTICLES.match(re.sub(r"\s?외(?:\s?\d+[인명])?\s*$", "", first))
    return start + match.end() if match else start


def behind_sentence(text: str, start: int, end: int, named: Callable[[str], bool] = bool) -> int:
    """Where names begin behind the words of an English sentence: `A lower estimate is in Haan` says one name."""
    for said in reversed(list(_PROSE.finditer(text, start, end))):
        if named(text[said.end() : end]):
            before = text[start : said.start()].strip()
            in_title = " " in before and is_title_cased(before)  # Launch on Warning in Small Arsenals
            return start if in_title else said.end()
    return start


def names_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of the single names in `text[start:end]`; a body's name is one."""
    joiner = _LEADING_AND.match(text, start, end)
    start = joiner.end() if joiner else start
    if is_organisation(text[start:end]) and not re.search(r"[·ㆍ]", text[start:end]):
        for joiner in _AND.finditer(text, start, end):
            if is_organisation(text[start : joiner.start()]) and is_organisation(text[joiner.end() : end]):
                yield trimmed(text, start, joiner.start())
                start = joiner.end()
        yield trimmed(text, start, end)
        return
    if _WITH_INITIALS.match(text, start, end):
        for match in _WITH_INITIALS.finditer(text, start, end):
            yield trimmed(text, match.start(), match.end())
        return
    while inverted := _INVERTED.match(text, start, end):
        yield inverted.span(1)
        start = inverted.end()
        joiner = _JOINERS.match(text, start, end)
        start = joiner.end() if joiner else start
    at = start
    for match in _JOINERS.finditer(text, start, end):
        if match.start() > at:
            yield from _named(text, at, match.start())
        at = match.end()
    yield from _named(text, at, end)


def _named(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    others = _OTHERS.search(text[start:end])
    left, right = trimmed(text, start, start + others.start() if others else end)
    if left < right:
        yield left, right
