"""Korean names outside the gazetteer: what Kiwi takes for proper nouns, typed by form, suffix and title."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from brief_nlp.rule_files import rule_file
from brief_nlp.schema import EntityType
from brief_nlp.structure.morphology import kiwi
from brief_nlp.tagging.korean_guesses import (
    Guess,
    family_type,
    foreign_end,
    guessed_type,
    is_foreign,
    is_titled,
    is_verb,
)
from brief_nlp.tagging.korean_persons import Token, persons

_NOUNS = frozenset(("NNP", "NNG", "SL", "SN", "XPN", "XSN", "NNB", "SH"))
LONGEST_PERSON = 8  # characters: no person of whom nothing else tells has a name as long
GUESSED = 3  # Kiwi's id of a proper noun that no dictionary of its holds
GUESSED_NOUN = 2  # its id of such a common noun
_AHEAD = 6  # tokens behind a name that are looked at
CHUNK = 4000  # characters that are analysed at once: an analysis takes memory that grows with them


_LAST_NAME = re.compile(r"\s[가-힣]{2,3}(?=\s)")
_OPENING, _CLOSING = tuple("‘“'\"《〈<「『(["), tuple("’”'\"》〉>」』)]")


class KoreanName(NamedTuple):
    """A name found by morphology, with the part of `rules/ko/names.json` that gave its type."""

    start: int
    end: int
    type: EntityType
    rule: str


def _data() -> dict[str, Any]:
    return rule_file("tagging", "ko/names")


@cache
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in _data().items() if isinstance(words, list)}


@cache
def _compounds() -> dict[str, int]:
    ends: dict[str, int] = _data()["org_compounds"]
    return ends


def homographs() -> frozenset[str]:
    """Places whose names are common words as well."""
    return _words()["places"]


_BY_SUFFIX = (
    ("facility_suffixes", EntityType.FACILITY),
    ("org_suffixes", EntityType.ORG),
    ("place_suffixes", EntityType.PLACE),
    ("event_suffixes", EntityType.EVENT),
)


def korean_names(text: str, known: Callable[[str], EntityType | None] = lambda _: None) -> list[KoreanName]:
    """The proper nouns of a text; none where Kiwi is missing. `known` gives the type of a name that is known."""
    if kiwi() is None:
        return []
    return [name for chunk, offset in _chunks(text) for name in _names(chunk, offset, known)]


def _chunks(text: str) -> Iterator[tuple[str, int]]:
    start = 0
    while start < len(text):
        stop = text.find("\n", start + CHUNK)
        stop = len(text) if stop == -1 else stop + 1
        yield text[start:stop], start
        start = stop


def _names(text: str, offset: int, known: Callable[[str], EntityType | None]) -> Iterator[KoreanName]:
    analyser = kiwi()
    assert analyser is not None  # noqa: S101 - asked before
    tokens = analyser.tokenize(text)
    people = list(persons(text, tokens))
    for person in people:
        yield KoreanName(person.start + offset, person.end + offset, EntityType.PERSON, "person_form")
    named = {place for person in people for place in range(person.start, person.end)}
    at = done = 0
    while at < len(tokens):
        if tokens[at].tag not in _NOUNS or tokens[at].start < done:
            at += 1
            continue
        run = _run(tokens, at)
        first = _first_name(tokens, at)
        at += len(run)
        found = _named(text, run, tokens[at : at + _AHEAD], known)
        if found and found.type is EntityType.PERSON:
            done = found.end
            found = found._replace(start=first) if first is not None and found.start == run[0].start else found
        if found and found.start not in named and found.end - 1 not in named:
            yield found._replace(start=found.start + offset, end=found.end + offset)


def _first_name(tokens: Sequence[Token], at: int) -> int | None:
    """Where a first name of one syllable stands before a foreign name: 존 에버라드."""
    before, here = tokens[at - 1], tokens[at]
    short = at > 0 and before.end + 1 == here.start and before.form in _words()["short_first_names"]
    return before.start if short and before.tag[0] == "N" and is_foreign(here.form) else None


def _run(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    """The nouns from `at` on that nothing parts."""
    end = at
    while end < len(tokens) and tokens[end].tag in _NOUNS and (end == at or tokens[end].start == tokens[end - 1].end):
        end += 1
    return tokens[at:end]


def _named(
    text: str, run: Sequence[Token], following: Sequence[Token], known: Callable[[str], EntityType | None]
) -> KoreanName | None:
    words = _words()
    if run[0].tag == "SL" and len(run[0].form) == 1 and len(run) == 2 and run[1].form in words["person_suffixes"]:
        return KoreanName(run[0].start, run[0].end, EntityType.PERSON, "letter")  # A씨: a name that is kept back
    proper = [place for place, token in enumerate(run) if _is_proper(token)]
    if not proper:
        return _unread_person(text, run) or _compound(text, run)
    first, last = proper[0], proper[-1]
    start = run[first].start
    rest = "".join(token.form for token in run[last + 1 :])
    name = text[start : run[last].end]
    if _is_office(name, rest, known):
        return None
    if listed := _surname(name, start) or _listed(run[first:], name, rest, known):
        return listed
    if run[last].id == GUESSED and (rest or len(name) > 3) and (bare := _without_title(name + rest)):
        return KoreanName(start, start + len(bare), EntityType.PERSON, "title")
    if _is_titled(text, run[last].end, rest, following) and not _is_body(name):
        return KoreanName(start, run[last].end, EntityType.PERSON, "title")
    for part, kind in _BY_SUFFIX:
        if rest and rest in words[part]:
            return KoreanName(start, run[-1].end, kind, part)
    if len(run) > last + 1 and _is_title(rest):
        return KoreanName(start, run[last].end, EntityType.PERSON, "title")
    if _is_no_name(name, run[last]) or is_verb(run[-1], following):
        return None
    kind, rule = _by_form(name, known, guessed=run[last].id == GUESSED)
    if rule not in ("proper_noun", "families"):
        return KoreanName(start, run[last].end, kind, rule)
    if rule == "proper_noun" and (_is_no_person(name) or _stands_in_quotes(text, start, run[last].end)):
        return None
    return _guessed(text, Guess(name, rest, run[first], following), rule, known)


def _surname(name: str, start: int) -> KoreanName | None:
    """왕 of 왕씨, where Kiwi takes the two for one word."""
    if len(name) != 2 or name[1] != "씨" or name[0] not in _words()["families"]:
        return None
    return KoreanName(start, start + 1, EntityType.PERSON, "title")


def _is_office(name: str, rest: str, known: Callable[[str], EntityType | None]) -> bool:
    """국가보위상, 주라오스 of an ambassador there, and 북한인권특사: an office joined to its place is no place."""
    if rest.endswith(_offices_of_places()) and known(name) is EntityType.PLACE:
        return True
    return name + rest in _words()["titles"] or (name[0] == "주" and known(name[1:]) is EntityType.PLACE)


@cache
def _offices_of_places() -> tuple[str, ...]:
    return tuple(title for title in _words()["titles"] - _words()["no_offices"] if len(title) > 1)


def _is_titled(text: str, end: int, rest: str, following: Sequence[Token]) -> bool:
    """Whether a title stands behind a name, or a suffix that persons have; `rest` is joined to the name."""
    if rest:
        return rest in _words()["person_suffixes"]
    return (bool(following) and _is_title(following[0].form)) or is_titled(text, end)


def _is_no_name(name: str, token: Token) -> bool:
    term = token.id == GUESSED and len(name) > 2 and _is_term(name)
    return len(name) == 1 or name in _words()["facility_suffixes"] or term


def _guessed(text: str, guess: Guess, rule: str, known: Callable[[str], EntityType | None]) -> KoreanName | None:
    """A name of which only its form tells what it is, where that is enough."""
    start = guess.token.start
    if rule == "families" and (whole := guess.with_last_syllable()):
        return KoreanName(start, start + len(whole), EntityType.PERSON, rule)
    kind = family_type(text, guess, known) if rule == "families" else guessed_type(text, guess, known)
    if kind is None or (kind is EntityType.PERSON and len(guess.name) >= LONGEST_PERSON):
        return None
    if kind is not EntityType.PERSON:
        rule = "particle" if kind is EntityType.PLACE else "firm"
    foreign = kind is EntityType.PERSON and not guess.rest and is_foreign(guess.name)
    end = foreign_end(text, guess.end, guess.following) if foreign else guess.end
    return KoreanName(start, end, kind, rule)


def _listed(run: Sequence[Token], name: str, rest: str, known: Callable[[str], EntityType | None]) -> KoreanName | None:
    """A name that a list holds; `rest` is what stands behind it in the run."""
    start = run[0].start
    kind = known(name)
    if kind in (EntityType.PLACE, EntityType.PUBLICATION) and (whole := _of_place(run, rest, start)):
        return whole
    if kind:
        return KoreanName(start, start + len(name), kind, "known")
    if len(name) == 1 and rest and known(name + rest) is EntityType.PLACE:
        return KoreanName(start, run[-1].end, EntityType.PLACE, "known")  # 남양, and no Miss Nam
    if name in _words()["places"]:
        return _of_place(run, rest, start) or KoreanName(start, start + len(name), EntityType.PLACE, "place")
    return None


def _unread_person(text: str, run: Sequence[Token]) -> KoreanName | None:
    """A foreign person whom Kiwi takes for a common noun that it does not know, by the title: 시그프리드 해커 박사."""
    name = run[0]
    if len(run) > 1 or name.id != GUESSED_NOUN or len(name.form) < 3 or not is_foreign(name.form):
        return None
    last = _LAST_NAME.match(text, name.end)
    titled = is_titled(text, name.end) or (last is not None and is_titled(text, last.end()))
    return KoreanName(name.start, name.end, EntityType.PERSON, "title") if titled else None


def _compound(text: str, run: Sequence[Token]) -> KoreanName | None:
    """An organisation named by common nouns alone, 재정경제부: by its last word and how many stand before it."""
    ends = _compounds()
    if run[-1].form not in ends:
        return None
    nouns = [token for token in run if token.tag not in ("SN", "NNB")]
    name = text[run[0].start : run[-1].end]
    if nouns != list(run) or len(run) < ends.get(run[-1].form, 99) or name in _words()["no_names"]:
        return None
    return KoreanName(run[0].start, run[-1].end, EntityType.ORG, "compound")


def _of_place(run: Sequence[Token], rest: str, start: int) -> KoreanName | None:
    """A body or plant whose name begins with a known place: 성천군당, 일본대사관."""
    if rest in _words()["stops"]:
        return KoreanName(start, run[-1].end, EntityType.FACILITY, "facility_suffixes")  # 원산역
    for part, kind in _BY_SUFFIX[:2] if rest else ():
        if rest == "당" or rest.endswith(_long_suffixes(part)):
            return KoreanName(start, run[-1].end, EntityType.ORG if rest == "당" else kind, part)
    return None


def _is_no_person(name: str) -> bool:
    """Whether a proper noun is none of a person, whatever else it may be: 반갑습니다, 모란관, 국방상과."""
    return name.endswith(_ends_of_no_person()) or (name[-1] in "과와" and name[:-1] in _words()["titles"])


def _stands_in_quotes(text: str, start: int, end: int) -> bool:
    """Whether a word alone stands in quotation marks or brackets: a song, a ship, a brand, but hardly a person."""
    return text[max(0, start - 1) : start] in _OPENING and text[end : end + 1] in _CLOSING


@cache
def _ends_of_no_person() -> tuple[str, ...]:
    return tuple(_words()["no_person_ends"])


@cache
def _long_suffixes(part: str) -> tuple[str, ...]:
    return tuple(word for word in _words()[part] if len(word) > 1)


def _without_title(name: str) -> str:
    """조용원 of 조용원동지: Kiwi takes a name that it does not know together with what follows."""
    for title in _words()["titles"]:
        bare = name.removesuffix(title)
        if len(title) > 1 and bare != name and len(bare) in (2, 3) and bare[0] in _words()["families"]:
            return bare
    return ""


def _is_body(name: str) -> bool:
    """Whether a name ends as those of organisations do: who leads 세모그룹 is no person of that name."""
    return name.endswith(_long_suffixes("org_suffixes")) and name not in _words()["org_suffixes"]


def _is_term(name: str) -> bool:
    """Whether a guessed name is rather a term, 비법국경출입죄: readings of Chinese characters only, no family name."""
    return len(name) > 3 and name[:1] not in _words()["families"] and all(char in _sino() for char in name)


@cache
def _sino() -> frozenset[str]:
    return frozenset(_data()["sino"])


def _is_proper(token: Token) -> bool:
    written = all("가" <= char <= "힣" or char.isascii() for char in token.form)
    named = token.tag == "NNP" or (token.tag == "NNG" and token.id == GUESSED_NOUN and _is_foreign_place(token.form))
    return named and written and token.form not in _words()["no_names"]


def _is_foreign_place(name: str) -> bool:
    """야마가타현: a foreign name that Kiwi took for a common noun, with the word that makes it a place."""
    return len(name) > 3 and name[-1] in _data()["foreign_places"] and not all(char in _sino() for char in name[:-1])


def _is_title(word: str) -> bool:
    return word in _words()["titles"]


def _by_form(name: str, known: Callable[[str], EntityType | None], *, guessed: bool) -> tuple[EntityType, str]:
    """The type of a name by its own form: a family name and one or two syllables, else the word that it ends in."""
    words = _words()
    hangul = all("가" <= char <= "힣" for char in name)
    foreign = hangul and not all(char in _sino() for char in name)  # no reading of a Chinese character
    if foreign and name[-1] == "호" and len(name) > 3:
        return EntityType.FACILITY, "ship"  # 레이디 알호
    if " " in name and not _is_body(name) and not any(name.endswith(word) for word in words["event_suffixes"]):
        return EntityType.PERSON, "proper_noun"  # 크리스토퍼 리브
    for part, kind in _BY_SUFFIX:
        long = _long_suffixes(part)
        if name.endswith(long) and any(len(name) - len(word) >= 2 for word in long if name.endswith(word)):
            return kind, part
    if foreign and len(name) > 3 and name[-1] in _data()["foreign_places"]:
        return EntityType.PLACE, "foreign_place"
    if (
        hangul
        and len(name) == 3
        and name[-1] in _data()["sure_suffixes"]
        and not (guessed and _may_be_given(name, known))
    ):
        return EntityType(_data()["sure_suffixes"][name[-1]]), "sure_suffixes"
    if hangul and len(name) in (2, 3) and name[0] in words["families"]:
        return EntityType.PERSON, "families"
    if hangul and len(name) == 4 and name[:2] in words["families"]:
        return EntityType.PERSON, "families"
    for part, kind in _BY_SUFFIX:
        if not foreign and any(name.endswith(word) and len(name) >= 3 for word in words[part]):
            return kind, part  # 말론브랜도 is no island
    return EntityType.PERSON, "proper_noun"


def _may_be_given(name: str, known: Callable[[str], EntityType | None]) -> bool:
    """윤철구: a person's name rather than a district, unless what stands before 구 is a place."""
    return name[-1] == "구" and name[0] in _words()["families"] and known(name[:-1]) is not EntityType.PLACE
