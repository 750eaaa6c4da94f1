"""Proper nouns of which only their form tells what they are: kept where what stands around them bears it out.

Kiwi takes many words of the field for proper nouns (진수식, 국가보위상, 극초음속미싸일). Without a title beside
it such a word is a person's name only if it looks like one; where nothing decides, it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import takewhile
from typing import Any, NamedTuple

from brief_nlp.rule_files import rule_file
from brief_nlp.schema import EntityType
from brief_nlp.tagging.korean_persons import GUESSED, Token, is_full_name

_LONGEST_ALONE = 4  # syllables of a foreign name that stands alone; a longer one comes in two words or is a firm's
_CLOSED = 28  # Hangul syllables repeat every 28: the first of them has no final consonant
_OPEN_ENDS = (0, 4)  # no final consonant, or ㄴ: all that syllables of Japanese names have
_WORD_BEFORE = re.compile(r"([가-힣]+)\s$")
_COUNTY_BEFORE = re.compile(r"([가-힣]{1,6}(?:군|시|구역|구|읍|면))의?\s$")
_BEFORE = 12  # characters


def _data() -> dict[str, Any]:
    return rule_file("tagging", "ko/names")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(_data()[name])


@cache
def _firm_before() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_data()['firms_before'])})(?:인)?\s[‘'“\"]?$")


class Guess(NamedTuple):
    """A proper noun, the nouns joined to it, its first token, and the tokens behind those."""

    name: str
    rest: str
    token: Token
    following: Sequence[Token]

    @property
    def end(self) -> int:
        """Where the name ends in the text."""
        return self.token.start + len(self.name)

    def with_last_syllable(self) -> str:
        """이철규, which Kiwi reads as 이철 and a noun; empty where the name is no such one."""
        whole = self.name + self.rest
        return whole if len(self.name) == 2 and len(self.rest) == 1 and is_full_name(whole) else ""

    def is_followed_by(self, particles: frozenset[str]) -> bool:
        """Whether one of the particles is joined to the name."""
        after = self.following[:1]
        return any(token.start == self.end and token.form in particles for token in after)

    def leads_a_noun(self, text: str) -> bool:
        """Whether common nouns follow that are no title: 빌보드 메인 차트, but not 커비 백악관 대변인."""
        if not self.following or self.following[0].start != self.end + 1 or self.following[0].tag != "NNG":
            return False
        if len(self.following[0].form) == 1 and is_foreign(self.name):
            return False  # 앤드루 여
        named = any(
            token.tag == "NNP" or token.id in GUESSED
            for token in takewhile(lambda token: token.tag[0] == "N", self.following)
        )
        return not named and _office_behind().match(text, self.end) is None

    def begins_a_name(self) -> bool:
        """Whether a word follows that is a name as well: 월터 로버트슨."""
        after = self.following[:1]
        return any(
            token.start == self.end + 1 and (token.tag == "NNP" or token.id in GUESSED) and is_foreign(token.form)
            for token in after
        )


@cache
def _titles() -> str:
    longest_first = sorted((title for title in _words("titles") if len(title) > 1), key=len, reverse=True)
    return rf"(?:{'|'.join(longest_first)})(?:은|는|이|가|을|를|의|에게|께|과|와|도|로|으로|이라는)?(?![가-힣])"


@cache
def _title_behind() -> re.Pattern[str]:
    return re.compile(rf"\s(?:전\s|현\s|신임\s)?(?:제1)?{_titles()}")


@cache
def _office_behind() -> re.Pattern[str]:
    return re.compile(rf"\s(?:[가-힣A-Z]{{1,12}}\s){{0,2}}[가-힣]{{0,8}}{_titles()}")


def is_titled(text: str, end: int) -> bool:
    """Whether a title stands behind what ends there, however many morphemes it has: 선임연구위원."""
    return _title_behind().match(text, end) is not None


@cache
def _head_behind() -> re.Pattern[str]:
    """The words that make a name with one before them whose type nothing else tells."""
    data = rule_file("tagging", "ko/joined")
    heads = [head["pattern"] for head in data["heads"] if "unsure" in head["on"]]
    return re.compile(rf"\s(?:{'|'.join(heads)}){data['tail']}")


@cache
def _telling() -> re.Pattern[str]:
    return re.compile(rf"(?:은|는|이|가|도)\s[^.\n]{{0,120}}?(?:{'|'.join(_data()['telling'])})")


def _speaks(text: str, end: int) -> bool:
    """Whether what ends there is the subject of a sentence that tells what somebody said."""
    return _telling().match(text, end) is not None


@cache
def _called() -> re.Pattern[str]:
    return re.compile(rf"이?라는\s(?!(?:[가-힣]+\s)?(?:{'|'.join(_data()['people'])}))")


def foreign_end(text: str, end: int, following: Sequence[Token]) -> int:
    """Where a foreign name ends that goes on in words that Kiwi does not know: 다니엘 폰 아르부르크."""
    for token in following:
        if token.start != end + 1 or not text[end].isspace():
            return end
        link = token.form in _words("name_links") and text[token.end : token.end + 1] == " "
        if not link and not (token.id in GUESSED and is_foreign(token.form)):
            return end
        end = token.end
    return end


def is_foreign(name: str) -> bool:
    """Whether a name holds syllables that are no reading of a Chinese character."""
    return not _words("sino").issuperset(name)


def is_verb(token: Token, following: Sequence[Token]) -> bool:
    """북송 of 북송한: an ending makes a verb of the word."""
    return bool(following) and following[0].start == token.end and following[0].tag in ("XSV", "XSA")


def guessed_type(text: str, guess: Guess, known: Callable[[str], EntityType | None]) -> EntityType | None:
    """What a proper noun is of which only its form tells; none where that is not enough."""
    name, before = guess.name, text[max(0, guess.token.start - _BEFORE) : guess.token.start]
    if _firm_before().search(before):
        return EntityType.ORG
    if _is_placed(guess, before, known):
        return EntityType.PLACE
    if _head_behind().match(text, guess.end):
        return EntityType.PERSON  # for now: the head makes the name of it, 뉘른베르크 재판
    if _called().match(text, guess.end):
        return None  # 룽후거라는 전망대
    if len(guess.rest) > 1 or guess.is_followed_by(_words("place_particles")) or guess.leads_a_noun(text):
        return None  # 부거초소, 뒤셀도르프에서, 빌보드 메인 차트
    lone = not text[guess.end : guess.end + 1].isspace()
    if _words("sino").issuperset(name):  # of Chinese origin, and begins with no family name
        speaks = len(name) <= _LONGEST_ALONE and name[-1] not in _words("office_ends") and _speaks(text, guess.end)
        return EntityType.PERSON if speaks or _may_be_sino_name(guess, lone=lone) else None
    too_long = len(name) > _LONGEST_ALONE or _belongs_to_place(before, known)
    return None if lone and too_long and not _speaks(text, guess.end) else EntityType.PERSON


def _may_be_sino_name(guess: Guess, *, lone: bool) -> bool:
    if guess.begins_a_name():
        return True
    if len(guess.name) == 2:
        return lone
    return guess.token.id in GUESSED and len(guess.name) <= _LONGEST_ALONE and _is_open(guess.name)


def family_type(text: str, guess: Guess, known: Callable[[str], EntityType | None]) -> EntityType | None:
    """What a word is that begins with a family name."""
    name, before = guess.name, text[max(0, guess.token.start - _BEFORE) : guess.token.start]
    if len(guess.rest) > 1:
        return None  # 노벨평화상, 방산업체
    county = _COUNTY_BEFORE.search(before)
    if len(name) > 2 and name[-1] in _words("place_ends") and county and known(county[1]) is EntityType.PLACE:
        return EntityType.PLACE  # 안변군 오계리
    if len(name) > 2:
        if name[-1] not in _words("no_given_ends") or _office_behind().match(text, guess.end):
            return EntityType.PERSON
        return EntityType.PLACE if name[-1] in _words("place_ends") else None
    if _is_placed(guess, before, known):
        return EntityType.PLACE
    if guess.is_followed_by(_words("place_particles")) or guess.rest or guess.leads_a_noun(text):
        return None
    return EntityType.PERSON


def _is_open(name: str) -> bool:
    return all((ord(char) - ord("가")) % _CLOSED in _OPEN_ENDS for char in name)


def _is_placed(guess: Guess, before: str, known: Callable[[str], EntityType | None]) -> bool:
    """Whether somebody is there, 진먼으로, 마곡동에, and its last syllable or a place before it bears that out."""
    if not guess.is_followed_by(_words("place_particles")):
        return False
    if guess.name[-1] in _words("place_ends") and len(guess.name) > 2:
        return True
    word = _WORD_BEFORE.search(before)
    return word is not None and EntityType.PLACE in (known(word[1]), known(word[1].removesuffix("의")))


def _belongs_to_place(before: str, known: Callable[[str], EntityType | None]) -> bool:
    """스페인의 나반티아: a firm, a town, a person."""
    word = _WORD_BEFORE.search(before)
    return word is not None and word[1].endswith("의") and known(word[1][:-1]) is EntityType.PLACE
