"""English speakers: the names and descriptions that nouns and pronouns of a sentence stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from brief_nlp.rule_files import rule_file
from brief_nlp.schema import AUTHOR, Entity, EntityType, Speaker
from brief_nlp.tagging.attribution.english_verbs import belongs, verb_rules
from brief_nlp.tagging.attribution.speakers import UNNAMED, inside, plain_speaker, speaker_of

NAMING = frozenset((EntityType.PERSON, EntityType.ORG, EntityType.PLACE, EntityType.PUBLICATION, EntityType.LAW))
_BODIES = frozenset((EntityType.ORG, EntityType.PLACE, EntityType.PUBLICATION))
_TITLE = 40  # characters around a person's name in which an office is theirs
_WORD = re.compile(r"[\w’'-]+")
_OPENING = 6  # words in which a sentence says who it is about
_DETERMINERS = frozenset(("The", "A", "An", "My", "Our", "His", "Her", "Its", "One"))
_FIRST = 5  # characters before the name that a sentence starts with: "The "
_PERSONAL = {
    "he": True,
    "she": True,
    "they": False,
    "his": True,
    "her": True,
    "their": False,
    "him": True,
    "them": False,
}


@dataclass(frozen=True)
class Nouns:
    """Nouns that speak, that do not, and those that may."""

    speaker_nouns: frozenset[str]
    document_nouns: frozenset[str]
    no_speaker: frozenset[str]
    crowds: frozenset[str]
    generic: frozenset[str]
    outlets: frozenset[str]
    rulings: frozenset[str]
    sayings: frozenset[str]
    own_documents: frozenset[str]
    shares: frozenset[str]
    bodies: frozenset[str]
    seen: frozenset[str]
    pictures: frozenset[str]


@cache
def nouns() -> Nouns:
    """The nouns of the rule file."""
    data = rule_file("tagging", "en/attribution")
    return Nouns(*(frozenset[str](data[field.name]) for field in fields(Nouns)))


@dataclass(frozen=True)
class Reading:
    """A sentence in its paragraph: the sentences before it, the last chain, all chains that are another's."""

    text: str
    start: int
    end: int
    before: tuple[tuple[int, int], ...]
    entities: Sequence[Entity]
    previous: tuple[Speaker, ...]
    told: tuple[tuple[Speaker, ...], ...]

    @property
    def first(self) -> int:
        """Where the paragraph starts."""
        return self.before[0][0] if self.before else self.start

    def named(self, token: Any, *, any_noun: bool = False) -> Speaker | None:
        """The speaker that a noun or pronoun stands for; None for what does not speak.

        With `any_noun` whatever noun it is: what has said that something is so can speak.
        """
        word, rules = token.lower_, nouns()
        if word in _PERSONAL or word == "it":
            return self._pronoun(token, any_noun=any_noun)
        of_them = any(child.dep_ == "prep" and child.lower_ == "of" for child in token.children)
        if word in rules.crowds and (any_noun or of_them):
            of = next((below for c in token.children if c.lower_ == "of" for below in c.children), None)
            return self._noun(token) if any_noun or (of is not None and is_one_of(of, rules.speaker_nouns)) else None
        if is_one_of(token, rules.own_documents) and any(c.lower_ in ("this", "present") for c in token.children):
            return None  # the writer's own
        if word == "those" and any_noun and any(child.dep_ == "relcl" for child in token.children):
            return self._noun(token)  # "those who fled say"
        if token.pos_ == "PRON" or is_one_of(token, rules.no_speaker):
            owned = word == "author" and (of_them or any(child.dep_ == "poss" for child in token.children))
            if not owned:
                return self._maker(token) if word in ("figure", "figures") else None
        maker = self._maker(token) if is_one_of(token, rules.document_nouns) else None
        if maker is not None:
            return maker
        named = self._entity(token)
        if named is not None:
            return speaker_of(named)
        beside = next((c for c in token.children if c.dep_ == "appos" and c.pos_ == "PROPN"), None)
        if beside is not None and not any(t.is_punct for t in token.doc[token.i : beside.i]):
            return self._noun(beside)
        if is_one_of(token, rules.generic | rules.speaker_nouns) and self.told and self._is_the_same(token):
            return self.told[-1][-1]
        if not any_noun and token.pos_ != "PROPN" and not is_one_of(token, rules.speaker_nouns | rules.document_nouns):
            return None
        return self._noun(token)

    def _pronoun(self, token: Any, *, any_noun: bool) -> Speaker | None:
        word, verb = token.lower_, token.head
        if word == "it":
            lemma = verb.lemma_.lower()
            if self.previous != (AUTHOR,) and self._is_body(self.previous[-1]):
                demands = any(child.dep_ in ("xcomp", "ccomp", "dobj") for child in verb.children)
                return self.previous[-1] if demands and lemma in verb_rules().speech else None
            clause = any(child.dep_ == "ccomp" and child.i > token.i for child in verb.children)
            return self._impersonal() if clause and (any_noun or lemma in verb_rules().it_says) else None
        if word == "they" and any_noun:
            return self._antecedent(personal=False) or UNNAMED
        if verb.dep_ == "conj" and _PERSONAL[word]:  # "Kim came, and he said"
            beside = inside(self.entities, self.start, self.start + token.idx)
            person = next((entity for entity in beside if entity.type is EntityType.PERSON), None)
            if person is not None:
                return speaker_of(person)
        return self._antecedent(personal=_PERSONAL[word])

    def is_document(self, subject: Any) -> bool:
        """Whether a noun is a law or a paper by its name."""
        named = self._entity(subject)
        return named is not None and named.type in (EntityType.LAW, EntityType.PUBLICATION)

    def _is_body(self, speaker: Speaker) -> bool:
        return any(e.start == speaker.start and e.type in _BODIES for e in self.entities)

    def _is_the_same(self, token: Any) -> bool:
        """Whether "the agency" is who spoke last: a body or a paper, and of that name where the noun tells it."""
        last = self.told[-1][-1]
        bare = [child for child in token.children if child.dep_ not in ("relcl", "appos", "punct")]
        if len(bare) != 1 or bare[0].lower_ not in ("the", "this", "that"):
            return False
        kinds = {e.type for e in self.entities if e.start == last.start}
        if EntityType.PERSON in kinds and last.start is not None and last.end is not None:
            around = self.text[max(0, last.start - _TITLE) : last.end + _TITLE].lower()
            return bool(re.search(rf"\b{re.escape(token.lower_)}\b", around))
        if not is_one_of(token, nouns().generic):
            return False
        if not kinds & {EntityType.ORG, EntityType.PUBLICATION}:
            return False
        return token.lower_ in last.name.lower() or token.lower_ in nouns().outlets

    def _maker(self, token: Any) -> Speaker | None:
        """Who made a document: data compiled by the institute, a study by the programme."""
        for child in token.children:
            if child.dep_ not in ("acl", "prep"):
                continue
            for by in [child, *child.children]:
                if by.lower_ == "by" and by.dep_ in ("agent", "prep"):
                    maker = next((below for below in by.children if below.dep_ == "pobj"), None)
                    return self.named(maker) if maker is not None else None
        return None

    def _noun(self, token: Any) -> Speaker | None:
        left = min((t for t in token.subtree if t.i <= token.i and belongs(t, token)), key=lambda t: t.i)
        last = max((t for t in token.subtree if belongs(t, token)), key=lambda t: t.i)
        words = [t for t in token.doc[left.i : last.i + 1] if t.pos_ != "SPACE"]
        while words and ((words[0].pos_ == "DET" and words[0].i != token.i) or words[0].dep_ == "predet"):
            words.pop(0)
        if not words:
            return None
        return plain_speaker(self.text, self.start + words[0].idx, self.start + words[-1].idx + len(words[-1].text))

    def _entity(self, token: Any) -> Entity | None:
        """The name that a noun is or is explained by: the minister, Gen Nakatani."""
        heads = [token, *(child for child in token.children if child.dep_ == "appos")]
        found: list[Entity] = []
        for head in heads:
            at = self.start + head.idx
            found += [e for e in self.entities if e.start <= at < e.end and e.type in NAMING]
        persons = [entity for entity in found if entity.type is EntityType.PERSON]
        return next(iter(persons or sorted(found, key=lambda e: e.start - e.end)), None)

    def _antecedent(self, *, personal: bool) -> Speaker | None:
        """Whom a pronoun means: the speaker so far, else who is named first in the last sentence that names one."""
        if self.told and (not personal or self.previous != (AUTHOR,)):
            return self.told[-1][-1]
        kinds = (EntityType.PERSON,) if personal else (EntityType.ORG, EntityType.PERSON)
        for start, end in reversed(self.before):
            if (start, end) != self.before[0] and re.match(r"(?:He|She|His|Her)\b", self.text[start:end]):
                continue  # goes on about the same person
            named = [entity for entity in inside(self.entities, start, end) if entity.type in kinds]
            if named:
                return speaker_of(named[0])
            if personal and (described := self._described(start, end)) is not None:
                return described
        if self.told:
            return self.told[-1][-1]
        return UNNAMED if personal else None

    def _described(self, start: int, end: int) -> Speaker | None:
        """Who a sentence starts with, where that is a person without a name: "A former guard took us there"."""
        words = list(_WORD.finditer(self.text, start, end))[:_OPENING]
        if not words or words[0][0] not in _DETERMINERS:
            return None
        persons = nouns().speaker_nouns - nouns().bodies
        last = next((word.end() for word in words[1:] if word[0].lower() in persons), None)
        return plain_speaker(self.text, words[1].start(), last) if last else None

    def _impersonal(self, left: int | None = None) -> Speaker | None:
        """Whom "it" means: the speaker before, else the body that a sentence, this one or the last, starts with."""
        if self.told and self.previous != (AUTHOR,):
            return self.told[-1][-1]
        spans = [*self.before[-1:], *([(self.start, left)] if left is not None else [])]
        for start, end in reversed(spans):
            named = inside(self.entities, start, end)
            if named and named[0].type in _BODIES and named[0].start <= start + _FIRST:
                return speaker_of(named[0])
        return self.told[-1][-1] if self.told else None

    def in_words(self, left: int, right: int) -> Speaker | None:
        """The speaker whom some words name."""
        word = self.text[left:right].strip().lower()
        if word in _PERSONAL:
            return self._antecedent(personal=_PERSONAL[word])
        if word == "it":
            return self._impersonal(left)
        named = [entity for entity in inside(self.entities, left, right) if entity.type in NAMING]
        lead = re.match(r"(?:the|a|an) ", self.text[left:right], re.I)
        left += lead.end() if lead else 0
        named = [entity for entity in named if " of " not in self.text[left : entity.start]]
        speaker = speaker_of(named[-1]) if named else plain_speaker(self.text, left, right)
        if speaker is None or speaker.name.lower() in nouns().no_speaker | verb_rules().writer:
            return None
        return speaker


def is_one_of(token: Any, words: frozenset[str]) -> bool:
    """Whether a word or its lemma is in a list."""
    return token.lower_ in words or token.lemma_.lower() in words
