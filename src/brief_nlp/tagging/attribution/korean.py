"""Korean: the verb that ends the sentence and its topic, phrases such as 에 따르면, nouns such as 방침이다."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from brief_nlp.rule_files import rule_file
from brief_nlp.schema import AUTHOR, Entity, EntityType, Speaker
from brief_nlp.tagging.attribution.speakers import inside, open_quotes, plain_speaker, speaker_of

MOST_WORDS = 4  # of a speaker who has no name
NAMING = frozenset((EntityType.PERSON, EntityType.ORG, EntityType.PLACE, EntityType.PUBLICATION, EntityType.LAW))
_ACCORDING = re.compile(r"(?:에|에게) (?:따르면|의하면)|(?:이|가) (?:통보한|밝힌|전한) 바(?:로는|에 따르면)")
_TOPIC = re.compile(r"(?:께서는|에서는|께서|측은|은|(?<![하되있없])는|이|가)(?=[ ,])")  # 경애하는 is no topic
_LATE_SUBJECT = re.compile(r"(?:이|가)\s(?:[^\s]{1,8}\s){0,3}$")
_QUOTED = re.compile(r"[“\"《「][^”\"》」]*[”\"》」]")
_STOPS = re.compile(
    r"(?:은|는|이|가|을|를|에|에서|으로|로|며|고|서|면|지만|된|할|던|하는|있는|없는|한|와|과|의|도|까지|부터)$"
)
_LEADS = (
    "한편",
    "또한",
    "그러나",
    "그런데",
    "이에",
    "특히",
    "실제로",
    "앞서",
    "최근",
    "다만",
    "이어",
    "아울러",
    "하지만",
    "그중",
    "이와",
)


@dataclass(frozen=True)
class _Rules:
    reported: re.Pattern[str]
    predicate: re.Pattern[str]
    whose: re.Pattern[str]
    speaker_nouns: tuple[str, ...]
    pronouns: frozenset[str]
    no_speaker: frozenset[str]


@cache
def _rules() -> _Rules:
    data = rule_file("tagging", "ko/attribution")
    verbs = "|".join(map(re.escape, sorted(data["verbs"], key=len, reverse=True)))
    complements = "|".join(map(re.escape, sorted(data["complements"], key=len, reverse=True)))
    nouns = "|".join(data["predicates"])
    return _Rules(
        re.compile(rf"(?:{complements})(?=[\s”\"])[”\"]?\s?(?:(?!다\s)[^\s]{{1,8}}\s){{0,4}}?(?:{verbs})[가-힣]*"),
        re.compile(rf"(?:{nouns})(?:이다|이었다|이라고 한다|을 내놓|을 내놨|이 나온다|도 나온다|이 나왔다|이 제기)"),
        re.compile(
            rf"(?P<who>[가-힣A-Za-z0-9()· ]{{2,40}}?)(?:의|에서)\s(?:[가-힣]{{1,6}}\s)?(?:{nouns})(?:이다|이었다)"
        ),
        tuple(data["speaker_nouns"]),
        frozenset(data["pronouns"]),
        frozenset(data["no_speaker"]),
    )


def sources(
    text: str, sentences: Sequence[tuple[int, int]], entities: Sequence[Entity], previous: tuple[Speaker, ...]
) -> list[tuple[Speaker, ...]]:
    """The chain of each sentence of a paragraph."""
    chains: list[tuple[Speaker, ...]] = []
    first = sentences[0][0] if sentences else 0
    for start, end in sentences:
        previous = _chain(text, start, end, first, entities, previous)
        chains.append(previous)
    return chains


def _chain(
    text: str, start: int, end: int, first: int, entities: Sequence[Entity], previous: tuple[Speaker, ...]
) -> tuple[Speaker, ...]:
    told = previous if previous != (AUTHOR,) else None
    if open_quotes(text[first:start]) > 0 and told:
        return told
    sentence = _QUOTED.sub(lambda quote: "“" + "○" * (len(quote[0]) - 2) + "”", text[start:end])
    outer = _according(text, sentence, start, entities)
    reported = _rules().reported.search(sentence)
    subject = _subject(text, sentence, start, reported, entities, told) if reported else None
    if outer:
        return (outer, subject) if subject and subject.name != outer.name else (outer,)
    if subject:
        return (subject,)
    if reported and told and _topic(sentence) is None:
        return told
    return _by_noun(text, sentence, start, entities) or (AUTHOR,)


def _according(text: str, sentence: str, start: int, entities: Sequence[Entity]) -> Speaker | None:
    match = _ACCORDING.search(sentence)
    return _named(text, sentence, start, match.start(), entities, any_noun=True) if match else None


def _subject(
    text: str,
    sentence: str,
    start: int,
    reported: re.Match[str],
    entities: Sequence[Entity],
    told: tuple[Speaker, ...] | None,
) -> Speaker | None:
    """Who reports: the subject directly before the verb, else the topic of the sentence."""
    late = _LATE_SUBJECT.search(sentence, 0, _verb_start(reported))
    if late and late.start() > reported.start():
        speaker = _named(text, sentence, start, late.start(), entities)
        if speaker:
            return speaker
    at = _topic(sentence)
    if at is None or at > reported.end():
        return None
    words = sentence[:at].rsplit(",", 1)[-1].strip()
    if words in _rules().pronouns or words.rsplit(" ", 1)[-1] in _rules().pronouns:
        return told[-1] if told else None
    return _named(text, sentence, start, at, entities)


def _verb_start(reported: re.Match[str]) -> int:
    return reported.start() + len(reported[0].rsplit(" ", 1)[0]) + 1 if " " in reported[0] else reported.end()


def _topic(sentence: str) -> int | None:
    """Where the particle of the first topic or subject stands."""
    match = _TOPIC.search(sentence)
    return match.start() if match and match.start() > 0 else None


def _by_noun(text: str, sentence: str, start: int, entities: Sequence[Entity]) -> tuple[Speaker, ...] | None:
    """`…는 것이 회담 관계자들의 관측이다`, `통일부는 … 방침이다`."""
    whose = _rules().whose.search(sentence)
    if whose:
        speaker = _named(text, sentence, start, whose.end("who"), entities)
        return (speaker,) if speaker else None
    if not _rules().predicate.search(sentence):
        return None
    at = _topic(sentence)
    speaker = _named(text, sentence, start, at, entities) if at is not None else None
    return (speaker,) if speaker else None


def _named(
    text: str, sentence: str, start: int, at: int, entities: Sequence[Entity], *, any_noun: bool = False
) -> Speaker | None:
    """The speaker whose name or description ends at `at` in the sentence."""
    left = _left_edge(sentence, at)
    words = sentence[left:at].strip()
    if not words or words in _rules().no_speaker or words.rsplit(" ", 1)[-1] in _rules().no_speaker:
        return None
    named = [e for e in inside(entities, start + left, start + at + 1) if e.type in NAMING]
    persons = [entity for entity in named if entity.type is EntityType.PERSON]
    ending = [entity for entity in named if start + at - entity.end <= 1]
    if persons or ending:
        return speaker_of((persons or ending)[-1])
    last = words.split()[-1]
    if not any_noun and not re.sub(r"\(.*\)$", "", last).endswith(_rules().speaker_nouns):
        return None
    return plain_speaker(text, start + left, start + at)


def _left_edge(sentence: str, at: int) -> int:
    """Where the words that name a speaker start: nouns, and what is joined to them by 의, up to a few."""
    left = at
    for count, word in enumerate(reversed(list(re.finditer(r"\S+", sentence[:at])))):
        bare = word[0]
        if count and (
            count >= MOST_WORDS
            or bare.endswith((",", "”", '"'))
            or bare in _LEADS
            or (_STOPS.search(bare) and not bare.endswith("의") and bare not in ("한", "이"))
            or re.search(r"\d(?:일|월|년|명|개)$", bare)
        ):
            break
        left = word.start()
    return left
