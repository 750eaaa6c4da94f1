"""English: the verb that heads the sentence and its subject, by dependency parse; phrases such as "according to".

Only sentences that hold a cue are parsed. What stands below the head, in a relative or an adverbial clause,
gives the sentence no source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from brief_nlp.rule_files import rule_file
from brief_nlp.schema import AUTHOR, Entity, EntityType, Speaker
from brief_nlp.tagging.attribution.speakers import inside, open_quotes, plain_speaker, speaker_of

MAIN = frozenset(("ROOT", "conj", "parataxis", "ccomp"))
UNNAMED = Speaker(name="unnamed source")
SUBJECTS = frozenset(("nsubj", "csubj"))
NAMING = frozenset((EntityType.PERSON, EntityType.ORG, EntityType.PLACE, EntityType.PUBLICATION, EntityType.LAW))
_QUOTE = re.compile(r"[“\"]")
_FIGURE = re.compile(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|half|third|quarter|million|billion)\b")
_PERSONAL = {"he": True, "she": True, "they": False, "his": True, "her": True, "their": False}


@dataclass(frozen=True)
class _Verb:
    id: str
    needs: str


@dataclass(frozen=True)
class _Rules:
    verbs: dict[str, tuple[_Verb, ...]]
    phrases: tuple[tuple[str, str, re.Pattern[str]], ...]
    terminator: re.Pattern[str]
    speaker_nouns: frozenset[str]
    document_nouns: frozenset[str]
    no_speaker: frozenset[str]
    modals: frozenset[str]
    writer: frozenset[str]


@cache
def _rules() -> _Rules:
    data = rule_file("tagging", "en/attribution")
    verbs: dict[str, list[_Verb]] = {}
    for rule in data["verbs"]:
        for lemma in rule["lemmas"]:
            verbs.setdefault(lemma, []).append(_Verb(rule["id"], rule["needs"]))
    return _Rules(
        {lemma: tuple(found) for lemma, found in verbs.items()},
        tuple((rule["id"], rule["direction"], re.compile(rule["pattern"], re.I)) for rule in data["phrases"]),
        re.compile("|".join(data["terminators"])),
        *(
            frozenset(data[name])
            for name in ("speaker_nouns", "document_nouns", "no_speaker", "modals", "voices_of_the_writer")
        ),
    )


@cache
def _may_report() -> re.Pattern[str]:
    """Words that some form of a cue verb starts with: sentences without one are not parsed."""
    stems = sorted({lemma[: max(3, len(lemma) - 1)] for lemma in _rules().verbs} | {"told", "said", "held", "thought"})
    return re.compile(r"\b(?:" + "|".join(stems) + r"|gave|saw|felt|found|spoke|swore|wrote|laid)\w*", re.I)


def sources(
    text: str,
    sentences: Sequence[tuple[int, int]],
    entities: Sequence[Entity],
    previous: tuple[Speaker, ...],
    parses: Sequence[Any] | None = None,
) -> list[tuple[Speaker, ...]]:
    """The chain of each sentence of a paragraph."""
    from brief_nlp.tagging.pipeline import parser

    wanted = [place for place, (start, end) in enumerate(sentences) if _may_report().search(text, start, end)]
    if parses is not None:
        parsed = {place: parses[place] for place in wanted}
    else:
        docs = parser().pipe((text[slice(*sentences[place])] for place in wanted), batch_size=32)
        parsed = dict(zip(wanted, docs, strict=True))
    chains: list[tuple[Speaker, ...]] = []
    first = sentences[0][0] if sentences else 0
    for place, (start, end) in enumerate(sentences):
        reading = _Sentence(text, start, end, first, entities, previous)
        previous = reading.chain(parsed.get(place))
        chains.append(previous)
    return chains


@dataclass(frozen=True)
class _Sentence:
    """A sentence in its paragraph, whose first character is at `first`."""

    text: str
    start: int
    end: int
    first: int
    entities: Sequence[Entity]
    previous: tuple[Speaker, ...]

    def chain(self, doc: Any | None) -> tuple[Speaker, ...]:
        said = self._by_verb(doc) if doc is not None else None
        return said or self._by_phrase() or self._carried() or (AUTHOR,)

    # -- verbs

    def _by_verb(self, doc: Any) -> tuple[Speaker, ...] | None:
        for token in doc:
            found = self._speakers(token, doc) if self._heads(token) else None
            if found:
                return found
        return None

    def _heads(self, token: Any) -> bool:
        """Whether a token is the head of the sentence or of a main clause beside it."""
        if token.lemma_.lower() not in _rules().verbs or token.pos_ not in ("VERB", "AUX", "NOUN", "PROPN"):
            return False
        while token.dep_ in ("conj", "parataxis") and token.head.i != token.i:
            token = token.head
        return token.dep_ == "ROOT" or (
            token.dep_ == "ccomp" and token.head.dep_ == "ROOT" and not self._says(token.head)
        )

    def _says(self, token: Any) -> bool:
        return token.lemma_.lower() in _rules().verbs and any(child.dep_ in SUBJECTS for child in token.children)

    def _speakers(self, verb: Any, doc: Any) -> tuple[Speaker, ...] | None:
        subject = _subject(verb)
        if subject is None or subject.lower_ in _rules().writer or self.text.startswith("If ", self.start):
            return None
        if any(child.dep_ == "aux" and child.lower_ in _rules().modals for child in verb.children):
            return None  # what somebody would say is the writer's own
        rules = _rules().verbs[verb.lemma_.lower()]
        claims = any(rule.id == "says" for rule in rules) and any(child.dep_ == "ccomp" for child in verb.children)
        speaker = self._named(subject, any_noun=claims)
        if speaker is None:
            return None
        document = subject.lemma_.lower() in _rules().document_nouns or self._is_document(subject)
        if not any(self._has(verb, rule.needs, document, doc) for rule in rules):
            return None
        if _outvoted(verb, subject):
            return None
        return (speaker, *self._nested(verb, speaker))

    def _has(self, verb: Any, needs: str, document: bool, doc: Any) -> bool:
        """Whether a verb has what its rule asks for: words that are said, a figure, an object."""
        words = any(
            child.dep_ in ("ccomp", "xcomp", "acomp", "oprd") and child.i != verb.i for child in verb.children
        ) or bool(_QUOTE.search(doc.text))
        words = words or any(child.dep_ == "prep" and child.lower_ == "as" for child in verb.children)
        words = words or (verb.dep_ == "ccomp" or verb.head.dep_ == "ccomp")
        if needs == "words":
            return words
        if needs == "figure":
            at = [child for child in verb.children if child.dep_ in ("prep", "dobj", "pobj")]
            return any(_FIGURE.search(" ".join(t.text for t in child.subtree)) for child in at)
        if needs == "object":
            return words or any(child.dep_ in ("dobj", "prep") for child in verb.children)
        return document and (words or any(child.dep_ in ("dobj", "prep", "prt") for child in verb.children))

    def _is_document(self, subject: Any) -> bool:
        named = self._entity(subject)
        return named is not None and named.type in (EntityType.LAW, EntityType.PUBLICATION)

    def _nested(self, verb: Any, outer: Speaker) -> tuple[Speaker, ...]:
        """Speakers inside what is said: `KCNA quoted Kim as saying`, `X said that Y had announced`."""
        for child in verb.children:
            if child.dep_ == "dobj" and verb.lemma_ == "quote":
                inner = self._named(child)
                return (inner,) if inner and inner.name != outer.name else ()
            if child.dep_ == "ccomp" and child.lemma_.lower() in _rules().verbs:
                subject = _subject(child)
                complement = any(below.dep_ in ("ccomp", "xcomp") for below in child.children)
                inner = self._named(subject) if subject is not None and complement else None
                if inner and inner.name != outer.name:
                    return (inner,)
        return ()

    # -- names

    def _named(self, token: Any, *, any_noun: bool = False) -> Speaker | None:
        """The speaker that a noun or pronoun stands for; None for what does not speak.

        With `any_noun` whatever noun it is: what has said that something is so can speak.
        """
        word = token.lower_
        if word in _PERSONAL:
            return self._antecedent(personal=_PERSONAL[word])
        if word == "it" and any_noun and self.previous != (AUTHOR,):
            return self.previous[-1]
        if token.pos_ == "PRON" or word in _rules().no_speaker or token.lemma_.lower() in _rules().no_speaker:
            return None
        named = self._entity(token)
        if named is not None:
            return speaker_of(named)
        lemma = token.lemma_.lower()
        if not any_noun and token.pos_ != "PROPN" and lemma not in _rules().speaker_nouns | _rules().document_nouns:
            return None
        left = min((t for t in token.subtree if t.i <= token.i and _belongs(t, token)), key=lambda t: t.i)
        last = max((t for t in token.subtree if _belongs(t, token)), key=lambda t: t.i)
        words = [t for t in token.doc[left.i : last.i + 1] if t.pos_ != "SPACE"]
        while words and (words[0].pos_ == "DET" or words[0].dep_ == "predet"):
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
        """Whom a pronoun means: the speaker so far, else the person (or body) last named in the paragraph."""
        if self.previous != (AUTHOR,):
            return self.previous[-1]
        kinds = (EntityType.PERSON,) if personal else (EntityType.ORG, EntityType.PERSON)
        named = [entity for entity in inside(self.entities, self.first, self.start) if entity.type in kinds]
        if personal and len({entity.name for entity in named}) > 1:
            named = [entity for entity in named if entity.name == named[-1].name]
        return speaker_of(named[-1]) if named else None

    # -- phrases, and speech that runs on

    def _by_phrase(self) -> tuple[Speaker, ...] | None:
        for _, direction, pattern in _rules().phrases:
            match = pattern.search(self.text, self.start, self.end)
            if not match or (
                match.start() > self.start + 2 and _is_one_of_several(self.text[self.start : match.start()])
            ):
                continue
            if direction == "inside":
                left, right = match.span("who")
                if left < 0:
                    return self.previous if self.previous != (AUTHOR,) else (UNNAMED,)
            else:
                stop = _rules().terminator.search(self.text, match.end(), self.end)
                left, right = match.end(), stop.start() if stop else self.end
            word = self.text[left:right].strip().lower()
            if word in _PERSONAL:
                speaker = self._antecedent(personal=_PERSONAL[word])
            else:
                named = [entity for entity in inside(self.entities, left, right) if entity.type in NAMING]
                lead = re.match(r"(?:the|a|an) ", self.text[left:right], re.I)
                left += lead.end() if lead else 0
                speaker = speaker_of(named[-1]) if named else plain_speaker(self.text, left, right)
            if speaker and speaker.name.lower() not in _rules().no_speaker | _rules().writer:
                return (speaker,)
        return None

    def _carried(self) -> tuple[Speaker, ...] | None:
        """The speaker before, where the sentence stands in, or opens with, quotation marks."""
        if self.previous == (AUTHOR,):
            return None
        opened = open_quotes(self.text[self.first : self.start]) > 0
        return self.previous if opened or self.text[self.start] in '“"' else None


def _subject(verb: Any) -> Any | None:
    """Who does what a verb says: its subject, the agent of a passive, or the subject of the verb it is joined to."""
    passive = False
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            return child
        if child.dep_ == "agent":
            return next((below for below in child.children if below.dep_ == "pobj"), None)
        passive = passive or child.dep_ in ("nsubjpass", "auxpass")
    if passive:
        quoted = verb.lemma_ == "quote"
        return next((child for child in verb.children if child.dep_ == "nsubjpass"), None) if quoted else None
    return _subject(verb.head) if verb.dep_ == "conj" else None


def _outvoted(verb: Any, subject: Any) -> bool:
    """Whether a clause of the writer's own stands beside the report: "Moscow denies it, but the debris says more"."""
    own = [child for child in verb.children if child.dep_ == "conj"]
    joined = any(child.dep_ == "cc" and child.lower_ in ("but", "yet") for child in verb.children)
    return joined and any(
        _subject(child) not in (None, subject) and child.lemma_.lower() not in _rules().verbs for child in own
    )


def _belongs(token: Any, head: Any) -> bool:
    """Whether a token is part of the short name of a noun: no relative clause, apposition or conjunct of it."""
    while token.i != head.i:
        if token.dep_ in ("relcl", "appos", "acl", "punct", "advcl") or (token.dep_ == "prep" and token.lower_ != "of"):
            return False
        token = token.head
    return True


def _is_one_of_several(before: str) -> bool:
    """Whether a phrase comes behind several clauses of which it backs the last only."""
    return bool(re.search(r"\b(?:and|but), $", before)) or (
        bool(re.search(r", (?:and|but) |; ", before)) and before.count(",") > 1
    )
