"""What is told in a Korean sentence: the quotative words, clause or quotation before a word of saying."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from brief_nlp.rule_files import rule_file

_QUOTATIVE = re.compile(r"(?:다|라|자|냐|까|오|요|죠)(?:고(?:도|는|만|까지|들)?|며|면서|면서도)$")
_OF_WORDS = re.compile(r"(?:다|라|자|냐)(?:는|던)$|^(?:단|란|ᆫ단)$")
BEHIND_QUOTE = re.compile(r"[”\"》]\s?(?:이)?(?:라)?(?:고|며|면서|는)")
_NOMINAL = ("음", "ᆷ", "기")
_MOST = 14  # morphemes between what is said and its verb


class Morpheme(NamedTuple):
    """A morpheme outside quotation marks, by its offsets in the sentence."""

    form: str
    tag: str
    start: int
    end: int


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(rule_file("tagging", "ko/attribution")[name])


def is_quotative(word: Morpheme) -> bool:
    """Whether an ending quotes what stands before it: 다고, 라며."""
    return word.tag in ("EC", "JKQ", "EF") and bool(_QUOTATIVE.search(word.form))


def is_behind_quote(sentence: str, word: Morpheme) -> bool:
    """Whether a morpheme follows a quotation as its particle does: “…”고."""
    return word.start > 0 and bool(BEHIND_QUOTE.match(sentence, word.start - 1))


def tells_of(word: Morpheme) -> bool:
    """Whether an ending puts words before a noun: 끝낸다는 방침, 끝났단 말."""
    return word.tag == "ETM" and bool(_OF_WORDS.search(word.form))


def end_of_words(sentence: str, words: Sequence[Morpheme], first: int, stem: str, needs: str) -> int | None:
    """The place of the last morpheme of what is said, before the verb."""
    for place in range(first - 1, max(-1, first - 1 - _MOST), -1):
        word = words[place]
        if is_quotative(word) or is_behind_quote(sentence, word):
            between = {one.tag for one in words[place + 1 : first]}
            return (
                None if {"ETM", "JKO"} <= between and stem not in _listed("issuing") else place
            )  # …겠다고 하는 전략을 말한다
        if stem in _listed("asking") and word.tag == "EC" and word.form.endswith("지") and len(word.form) > 1:
            return place  # 간 적이 있는지를 캐물었다
        if word.tag == "EC" and word.form.endswith("데") and words[place + 1].form == "대하":
            return place  # 구현한데 대하여 언급하였다
        if word.tag in ("EF", "SF") or (word.tag == "EC" and word.form not in ("어", "아", "게", "지", "도록", "고")):
            return None
        if word.form == "도록" or (place and _ends_clause(words[place - 1], word, stem)):
            return place
        if word.tag == "JKO" and place and len(stem) > 1 and is_of_words(words, place - 1):
            return None if _is_matter(words, place, first, stem) else place
        if word.tag == "JKB" and word.form in ("로", "으로") and sentence[word.start - 1] in '”"》':
            return place  # “…”로 총화하였다
        if needs == "estimate" and word.tag == "JKB" and word.form in ("로", "으로"):
            object_between = any(one.tag == "JKO" for one in words[place + 1 : first])  # 처음으로 바다를 보았다
            return None if object_between else place
    return None


def _is_matter(words: Sequence[Morpheme], place: int, first: int, stem: str) -> bool:
    """Whether a clause is what an act is about, and not told: 연습을 한 것을 비난했다, 하는 것을 목표로 제시했다."""
    noun, before = words[place - 1], words[place - 2] if place > 1 else None
    if noun.form not in ("것", "문제") or before is None or before.form in ("ᆯ", "을"):
        return False
    as_what = any(one.tag == "JKB" and one.form in ("로", "으로") for one in words[place + 1 : first])
    return noun.form == "문제" or stem in _listed("moods") or as_what


def _ends_clause(before: Morpheme, word: Morpheme, stem: str) -> bool:
    """Whether a noun or particle closes a clause that is told: 것으로, 데, 취지."""
    if word.tag == "JKB" and word.form == "으로":
        return before.form == "것"
    if word.tag == "JKB" and word.form == "에":
        return stem in _listed("likening")
    if before.tag != "ETM":
        return False
    if word.form in ("취지", "뜻"):
        return True
    to_come = word.form in ("데", "점", "필요") and before.form in ("ᆯ", "을")
    return to_come or (word.form == "데" and tells_of(before))


def is_of_words(words: Sequence[Morpheme], noun: int) -> bool:
    """Whether an object is a clause: 끝났음을, 끝낼 것을, 끝낸다는 방침을."""
    if words[noun].tag == "ETN" and words[noun].form in _NOMINAL:
        return True
    if noun and words[noun].form in ("것", "점", "데", "문제", "사실") and words[noun - 1].tag == "ETM":
        return True
    if words[noun].tag == "XSN" and noun > 1 and words[noun - 1].form + words[noun].form in _listed("to_come"):
        return words[noun - 2].tag == "ETM" and words[noun - 2].form in ("ᆯ", "을")
    if (
        noun
        and words[noun].form in _listed("to_come")
        and words[noun - 1].tag == "ETM"
        and words[noun - 1].form in ("ᆯ", "을")
    ):
        return True
    for back in range(noun - 1, max(-1, noun - 9), -1):
        if tells_of(words[back]):
            return True
        if words[back].tag in ("JX", "JKS", "JKO", "JKB", "EC", "EF", "SP"):
            return False
    return False


def quoted_object(
    sentence: str, words: Sequence[Morpheme], quotes: Sequence[tuple[int, int]], first: int
) -> int | None:
    """The place of an object particle whose noun holds quoted wording: `“…”의 증산을 주문했다`."""
    place = next((at for at in range(first - 1, max(-1, first - 5), -1) if words[at].tag == "JKO"), None)
    if place is None:
        return None
    ends = [end for start, end in quotes if sentence[start] in '“"《' and end <= words[place].start]
    return place if ends and len(sentence[ends[-1] : words[place].start].split()) <= 3 else None


def is_purpose(words: Sequence[Morpheme], place: int) -> bool:
    """Whether quotative words may tell what something is done for: 돈을 벌겠다고 강을 건넜다, 쓰라고 주었다."""
    before = words[place - 1] if place else None
    bidding = (
        words[place].form.endswith(("라고", "자고")) and before is not None and before.tag.startswith(("VV", "XSV"))
    )
    return bidding or (before is not None and before.form == "겠")
