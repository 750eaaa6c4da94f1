"""Korean words of saying in a sentence: which one heads it, and where what is said ends; by morphemes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from brief_nlp.rule_files import rule_file
from brief_nlp.tagging.attribution.korean_told import (
    BEHIND_QUOTE,
    Morpheme,
    end_of_words,
    is_behind_quote,
    is_purpose,
    is_quotative,
    quoted_object,
)

QUOTE = re.compile(r"[“\"《][^”\"》]*(?:[”\"》]|$)|[‘「『][^’」』]*[’」』]|(?<![\w])'[^']*'")
_UNTOLD = ("어야", "아야", "어도", "아도", "더라도", "면", "거든", "도록", "든지", "어서", "아서")
_ENDING = re.compile(r"(?:다|라|자|냐|까|요|죠)[.?!]?$")
_TURNED = ("어지", "아지", "지않", "지못하")
_SIGNS = ("SN", "SW", "SL", "SSC")
_LIGHT = ("하", "드리", "올리")
_NEAR = 8  # the same, for a verb that no list holds


@dataclass(frozen=True)
class Verb:
    """A rule of the file: words of saying and what they need before them."""

    id: str
    needs: str
    passive: bool


@dataclass(frozen=True)
class Report:
    """A word of saying that heads its sentence: offsets where it starts and where what is said ends."""

    said: int
    verb: int
    stem: str
    rule: Verb
    quotative: bool = True
    inner: Report | None = None


@cache
def _verbs() -> dict[str, tuple[Verb, ...]]:
    found: dict[str, list[Verb]] = {}
    for rule in rule_file("tagging", "ko/attribution")["verbs"]:
        verb = Verb(rule["id"], rule["needs"], bool(rule.get("passive")))
        for word in (*rule["nouns"], *rule["stems"]):
            found.setdefault(word, []).append(verb)
    return {word: tuple(rules) for word, rules in found.items()}


@cache
def _unspoken() -> frozenset[str]:
    return frozenset(rule_file("tagging", "ko/attribution")["unspoken"])


@cache
def _hearsay() -> frozenset[str]:
    return frozenset(rule_file("tagging", "ko/attribution")["hearsay"])


def outside_quotes(sentence: str, morphemes: Sequence[Any]) -> tuple[list[Morpheme], list[tuple[int, int]]]:
    """The morphemes that stand in no quotation marks, and where these marks are."""
    quotes = [match.span() for match in QUOTE.finditer(sentence)]
    found: list[Morpheme] = []
    place = 0
    for one in morphemes:
        while place < len(quotes) and quotes[place][1] <= one.start:
            place += 1
        if place < len(quotes) and quotes[place][0] <= one.start:
            continue
        word = Morpheme(one.form, str(one.tag).partition("-")[0], one.start, one.start + one.len)
        if word.form == "늘" and one.len == 1 and found and found[-1].tag in _SIGNS:
            word = word._replace(form="는", tag="JX")  # 75%는: what Kiwi takes for 늘다
        if (
            word.form == "는"
            and place
            and quotes[place - 1][1] == word.start
            and _ENDING.search(sentence, 0, word.start - 1)
        ):
            word = word._replace(form="다는", tag="ETM")  # “…할 것 없다”는 반응
        if word.form == "가" and word.tag == "VV" and word.end - word.start == 1 and found and found[-1].tag in _SIGNS:
            word = word._replace(tag="JKS")  # 68%가: what it takes for 가다
        if word.form == "어" and found and found[-1].tag == "JKS" and word.start < found[-1].end:
            continue
        found.append(word)
    return found, quotes


def heading_report(sentence: str, words: Sequence[Morpheme], quotes: Sequence[tuple[int, int]]) -> Report | None:
    """The last word of saying that heads the sentence or a clause that nothing of the writer's outweighs."""
    for at in range(len(words) - 1, -1, -1):
        report = _report(sentence, words, quotes, at)
        if report and _heads(words, at):
            return report
    return _said_aside(sentence, words, quotes)


def _said_aside(sentence: str, words: Sequence[Morpheme], quotes: Sequence[tuple[int, int]]) -> Report | None:
    """`“…”라며 웃었다`, `…지 않겠다며 말을 아꼈다`: whatever the verb is, its subject has spoken."""
    rule = Verb("aside", "words", passive=False)
    ends = [end for _, end in quotes if re.match(r"(?:이)?(?:라)?(?:며|면서)[ ,]", sentence[end : end + 5])]
    ends += [end for _, end in quotes if re.match(r"\s(?:하|하시)(?:며|면서|고)[ ,]", sentence[end : end + 6])]
    for at in range(len(words) - 1, 0, -1):
        word = words[at]
        aside = is_quotative(word) and word.form.endswith(("며", "면서"))
        if aside or (ends and word.start >= ends[-1] and word.form in ("며", "면서", "라며", "이라며", "라면서")):
            if _has_own_subject(words[at + 1 :]) or any(one.tag == "EF" for one in words[at + 1 : -2]):
                return None
            verb = next((one.start for one in reversed(words) if one.tag.startswith("V")), word.end)
            return Report(word.end, max(verb, word.end), "하", rule)
    return None


def _report(
    sentence: str, words: Sequence[Morpheme], quotes: Sequence[tuple[int, int]], at: int, depth: int = 0
) -> Report | None:
    """What the word at a place reports, if it is one of saying and has what it needs before it."""
    stem, first = _stem(words, at)
    rules = _verbs().get(stem, ())
    light = words[at].form == "하" and words[at].tag in ("VV", "VX", "XSV") and _follows_words(sentence, words, at)
    if light:
        rules, stem, first = (Verb("light", "words", passive=False),), "하", at
    if not rules:
        return _unlisted(sentence, words, at)
    verbal = light or words[at].tag.startswith(("VV", "XSV")) or _is_done(words, at)
    if not verbal and not any(rule.passive for rule in rules):
        return None
    for rule in rules:
        place = end_of_words(sentence, words, first, stem, rule.needs)
        if place is None and rule.needs == "quoted":
            place = quoted_object(sentence, words, quotes, first)
        if place is None or (rule.passive and any(one.tag == "ETM" for one in words[place + 1 : first])):
            continue
        inner = None
        if depth == 0 and rule.needs != "quoted":
            inner = next(
                (
                    found
                    for before in range(place, max(-1, place - 5), -1)
                    if (found := _report(sentence, words, quotes, before, 1)) and _ends_in(words, before, place)
                ),
                None,
            )
        quotative = (
            is_quotative(words[place]) or words[place].tag in ("JX", "SSC") or is_behind_quote(sentence, words[place])
        )
        return Report(words[place].end, words[first].start, stem, rule, quotative, inner)
    return _quoting(words, quotes, at, stem, rules)


def _quoting(
    words: Sequence[Morpheme], quotes: Sequence[tuple[int, int]], at: int, stem: str, rules: Sequence[Verb]
) -> Report | None:
    """A quotation that ends right before the verb or its adverb, without a particle."""
    before = [end for _, end in quotes if 0 <= words[at].start - end <= 1]
    return Report(before[-1], words[at].start, stem, rules[0]) if before and rules[0].needs == "words" else None


def _unlisted(sentence: str, words: Sequence[Morpheme], at: int) -> Report | None:
    """Any verb right behind quotative words, but those of hearing, naming and erring: `…다고 맞섰다`."""
    word, first = words[at], at
    if word.tag.startswith("XSV") and word.form == "하":
        while first and words[first - 1].tag.startswith(("N", "XR", "XSN")):
            first -= 1
    elif not word.tag.startswith("VV") or word.form == "하":
        return None
    stem = "".join(one.form for one in words[first:at]) or word.form
    if (first == at and word.form == "하") or stem in _unspoken() or stem in _verbs():
        return None
    for place in range(first - 1, max(-1, first - 1 - _NEAR), -1):
        if is_quotative(words[place]) or is_behind_quote(sentence, words[place]):
            if not words[place].form.endswith(("며", "면서")) and not is_purpose(words, place):
                return Report(words[place].end, words[first].start, stem, Verb("unlisted", "words", passive=False))
            return None
        if words[place].tag.startswith(("V", "E", "S")):
            return None
    return None


def _stem(words: Sequence[Morpheme], at: int) -> tuple[str, int]:
    """The word of saying at a place as the rules write it, and where it starts: `결론 내리` holds two."""
    form = words[at].form
    if words[at].tag.startswith("VV"):
        back = at - 1
        if back >= 0 and words[back].tag in ("JKO", "EC"):
            back -= 1
        if back >= 0 and f"{words[back].form} {form}" in _verbs():
            return f"{words[back].form} {form}", back
        if back >= 0 and words[back].tag == "EC" and back and f"{words[back - 1].form}라 {form}" in _verbs():
            return f"{words[back - 1].form}라 {form}", back - 1
    elif words[at].tag == "XSV" and at and words[at - 1].tag == "MAG":
        return f"{words[at - 1].form} {form}", at - 1  # 의견을 같이하다
    elif not words[at].tag.startswith(("N", "XR", "MAG")):
        return "", at
    return form, at


def _is_done(words: Sequence[Morpheme], at: int) -> bool:
    """Whether a noun is made a verb: 보도하다, 약속을 하다."""
    after = words[at + 1 : at + 3]
    if not after:
        return False
    if after[0].tag in ("XSV", "VV") and after[0].form in _LIGHT:
        return True
    return len(after) > 1 and after[0].tag in ("JKO", "JX") and after[1].form in _LIGHT


def _follows_words(sentence: str, words: Sequence[Morpheme], at: int) -> bool:
    """Whether quotative words stand right before a light verb: `…다고 했다`, `…”고 한다`."""
    before = at - 2 if at > 1 and words[at - 1].tag in ("JX", "XSN") else at - 1
    if before >= 0 and is_quotative(words[before]):
        return True
    return bool(BEHIND_QUOTE.search(sentence, max(0, words[at].start - 8), words[at].start))


def _ends_in(words: Sequence[Morpheme], verb: int, place: int) -> bool:
    """Whether nothing but endings stands between a verb and the words of saying that follow it."""
    return all(word.tag.startswith(("E", "XS", "VX")) or word.form == "하" for word in words[verb + 1 : place + 1])


def _heads(words: Sequence[Morpheme], at: int) -> bool:
    """Whether the verb at a place is the head of the sentence, or the writer adds nothing of his own behind it."""
    place = at + 1
    while place < len(words):
        word = words[place]
        if word.tag == "EP" and word.form == "겠":
            return False  # …다고 하겠다
        if word.tag in ("XSV", "EP", "JKO", "JX") or word.form in _LIGHT or word.tag == "VX":
            place += 1
        elif word.tag == "EC":
            following = words[place + 1] if place + 1 < len(words) else None
            if following is None:
                return True
            if word.form.endswith(_UNTOLD) or f"{word.form}{following.form}" in _TURNED:
                return False  # …라고 해도 과언이 아니다, 밝혀야 한다; 전해졌다, 말하지 않았다
            if following.tag == "VX" or (following.form in ("있", "오", "나서", "놓", "두") and word.form != "는데"):
                place += 2
                continue
            if is_quotative(word):
                return _only_told(words[place + 1 :])
            return not _outweighs(word, words[place + 1 :])
        elif word.tag == "ETM":
            return word.form not in ("ᆯ", "을") and _heads_lightly(words[place + 1 :])  # 밝힐 것이다: the writer expects
        elif word.form == "기" and any(one.form == "하" for one in words[place + 1 : place + 3]):
            place += 1  # 밝히기도 했다
        else:
            rest = [one for one in words[place + 1 :] if not one.tag.startswith("S")]
            if word.tag == "ETN":
                return not rest
            return word.tag in ("EF", "SF", "SP", "SSC", "SSO", "SS") and not _has_own_subject(rest)
    return True


def _heads_lightly(rest: Sequence[Morpheme]) -> bool:
    """Whether what follows a relative ending leaves the verb the head: 밝힌 바 있다."""
    if not _is_light(rest):
        return False
    place = next((place for place, one in enumerate(rest) if one.tag in ("EC", "EF")), len(rest))
    return place >= len(rest) or rest[place].tag == "EF" or not _outweighs(rest[place], rest[place + 1 :])


def _is_light(rest: Sequence[Morpheme]) -> bool:
    """Whether a relative ending belongs to the verb phrase: 밝힌 바 있다, 말한 것이다, 밝힌 것으로 알려졌다."""
    if not rest:
        return True
    if rest[0].form in ("바", "적"):
        return len(rest) > 1 and any(one.form == "있" for one in rest[1:3])
    if rest[0].form == "것":
        after = [one for one in rest[1:] if not one.tag.startswith(("S", "E"))]
        return bool(after) and (
            (after[0].tag == "VCP" and len(after) == 1) or any(one.form in _hearsay() for one in after[1:2])
        )
    return False


def _only_told(rest: Sequence[Morpheme]) -> bool:
    """Whether a report is only passed on: 밝혔다고 전해졌다."""
    return any(one.form in _hearsay() for one in rest[:3]) and not _has_own_subject(rest)


def _outweighs(ending: Morpheme, rest: Sequence[Morpheme]) -> bool:
    """Whether what follows a connective ending is a main clause of the writer's: contrary, or with a subject."""
    if ending.form.endswith(("지만", "으나")) or ending.form == "나" or _has_own_subject(rest):
        return True
    predicate = next((one for one in reversed(rest) if one.tag.startswith("V") and one.tag != "VX"), None)
    return ending.form.endswith("데") and predicate is not None and predicate.tag in ("VA", "VCP", "VCN")


def _has_own_subject(rest: Sequence[Morpheme]) -> bool:
    """Whether a topic or a subject of its own stands in what follows."""
    return any(
        (one.tag == "JX" and one.form in ("은", "는")) or (one.tag == "JKS")
        for one, before in zip(rest[1:], rest, strict=False)
        if before.tag not in ("JKB", "EC")
    )
