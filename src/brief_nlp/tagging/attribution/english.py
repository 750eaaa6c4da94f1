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

from brief_nlp.rule_files import expanded, rule_file
from brief_nlp.schema import AUTHOR, Entity, EntityType, Speaker
from brief_nlp.tagging.attribution.english_verbs import (
    belongs,
    has_figure,
    has_object,
    has_prep,
    has_words,
    heading_verbs,
    is_human,
    is_supposed,
    outvoted,
    subject_of,
    verb_rules,
)
from brief_nlp.tagging.attribution.speakers import UNNAMED, inside, open_quotes, plain_speaker, speaker_of

NAMING = frozenset((EntityType.PERSON, EntityType.ORG, EntityType.PLACE, EntityType.PUBLICATION, EntityType.LAW))
_PERSONAL = {"he": True, "she": True, "they": False, "his": True, "her": True, "their": False, "him": True, "them": False}
_CLAUSAL = ("If ", "That ", "Whether ", "Should ", "Had ")  # what they open is supposed, not said
_QUOTED_FIRST = re.compile(r"^[“\"][^”\"]+[,?!.…—-][”\"] (?P<tag>\S.*)$")
_QUOTED_LAST = re.compile(r"^[^“\"]{3,160}[:,] [“\"](?:[^”\"\s]+\s+){3,}[^”\"]*[”\"]?$")
_WHOLE_QUOTE = re.compile(r"^[“\"][^“”\"]*(?:[”\"][.]?)?$")
_OWN_AFTER = re.compile(r"[,;] (?:and|but|yet|so) (?:I|we) |\b(?:from|by) which we\b|; (?:he|she|it|they) (?:may|might|can|could) ")
_OUTERMOST = ("aside", "according_to", "in_words_of", "by_count_of", "by_own_count", "in_accounts", "in_pronoun")
_GOES_ON = re.compile(r", (?:and|but|though|although) (?:the|its|it|this|that|these|there|we|I)\b")  # of the writer's own
_DATELINE = re.compile(r"[A-Z][A-Z/, .-]+[A-Za-z. \d,]{0,20}\([^)]{2,40}\) ?[-–—] ")
_TAG = re.compile(r"^(?P<who>(?:[\w’'.-]+ ){0,7}?[\w’'.-]+) (?:\w+ed|\w+s|said|put|went|told|wrote)\b")


@dataclass(frozen=True)
class _Rules:
    phrases: tuple[tuple[str, str, re.Pattern[str]], ...]
    terminator: re.Pattern[str]
    speaker_nouns: frozenset[str]
    document_nouns: frozenset[str]
    no_speaker: frozenset[str]
    crowds: frozenset[str]
    generic: frozenset[str]


@cache
def _rules() -> _Rules:
    data = rule_file("tagging", "en/attribution")
    said = {"said": data["said"]}
    return _Rules(
        tuple(
            (
                rule["id"],
                rule["direction"],
                re.compile(expanded(rule["pattern"], said), 0 if rule.get("case") else re.I),
            )
            for rule in data["phrases"]
        ),
        re.compile("|".join(data["terminators"])),
        frozenset(data["speaker_nouns"]),
        frozenset(data["document_nouns"]),
        frozenset(data["no_speaker"]),
        frozenset(data["crowds"]),
        frozenset(data["generic"]),
    )


@cache
def _may_report() -> re.Pattern[str]:
    """Words that some form of a cue verb starts with: sentences without one are not parsed."""
    stems = sorted({lemma[: max(3, len(lemma) - 1)] for lemma in verb_rules().verbs} | {"told", "said", "held", "thought"})
    return re.compile(r"\b(?:" + "|".join(stems) + r"|gave|saw|felt|found|spoke|swore|wrote|laid)\w*", re.I)


def sources(
    text: str,
    sentences: Sequence[tuple[int, int]],
    entities: Sequence[Entity],
    previous: tuple[Speaker, ...],
    earlier: tuple[Speaker, ...],
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
    for place, (start, end) in enumerate(sentences):
        told = tuple(chain for chain in (earlier, previous, *chains) if chain != (AUTHOR,))
        before = chains[-1] if chains else previous
        reading = _Sentence(text, start, end, tuple(sentences[:place]), entities, before, told)
        chains.append(reading.chain(parsed.get(place)))
    return chains


@dataclass(frozen=True)
class _Sentence:
    """A sentence in its paragraph: the sentences before it, the chain of the last one, all chains that are another's."""

    text: str
    start: int
    end: int
    before: tuple[tuple[int, int], ...]
    entities: Sequence[Entity]
    previous: tuple[Speaker, ...]
    told: tuple[tuple[Speaker, ...], ...]

    @property
    def first(self) -> int:
        return self.before[0][0] if self.before else self.start

    def chain(self, doc: Any | None) -> tuple[Speaker, ...]:
        if self._runs_on():
            return self.previous
        said = self._by_verb(doc) if doc is not None else None
        if said == (AUTHOR,):
            return self._by_phrase(whole=False) or said
        if said:
            outer = self._by_phrase(outermost=True)
            return (*outer, *(one for one in said if one.name != outer[0].name)) if outer else said
        return self._by_phrase() or self._by_quote(doc) or self._carried() or (AUTHOR,)

    def _runs_on(self) -> bool:
        """Whether the sentence stands in quotation marks from end to end, behind one of somebody else's."""
        if self.previous == (AUTHOR,):
            return False
        words = self.text[self.start : self.end]
        return open_quotes(self.text[self.first : self.start]) > 0 or bool(_WHOLE_QUOTE.match(words))

    # -- verbs

    def _by_verb(self, doc: Any) -> tuple[Speaker, ...] | None:
        if self.text.startswith(_CLAUSAL, self.start):
            return None
        dateline = _DATELINE.match(self.text, self.start, self.end)
        for token in heading_verbs(doc):
            found = self._speakers(token, doc)
            if found and not (dateline and found[0].start is not None and found[0].start < dateline.end()):
                return found
        return None

    def _speakers(self, verb: Any, doc: Any) -> tuple[Speaker, ...] | None:
        subject = subject_of(verb)
        if subject is None or subject.lower_ in verb_rules().writer or is_supposed(verb):
            return None
        if any(child.dep_ in ("neg", "preconj") or child.lower_ == "no" for child in subject.children):
            return None  # nobody has said so
        rules = verb_rules().verbs[verb.lemma_.lower()]
        speaker = self._named(subject, any_noun=is_human(verb) and has_words(verb, doc))
        if speaker is None:
            return None
        document = _is(subject, _rules().document_nouns) or self._is_document(subject)
        if not any(self._has(verb, rule.needs, document, doc) for rule in rules):
            return None
        own = _OWN_AFTER.search(self.text, self.start + verb.idx, self.end)
        if self._comes_second(verb, subject):
            return None
        if outvoted(verb, subject) or (own and not self._quoted(own.start())):
            return (AUTHOR,)
        return (speaker, *self._nested(verb, speaker))

    def _has(self, verb: Any, needs: str, document: bool, doc: Any) -> bool:
        """Whether a verb has what its rule asks for: words that are said, a figure, an object, a quotation."""
        if needs == "words":
            return has_words(verb, doc)
        if needs in ("figure", "figure_at"):
            return has_figure(verb, placed=needs == "figure_at")
        if needs == "object":
            return has_object(verb) or has_words(verb, doc)
        if needs in ("of", "for"):
            return has_prep(verb, ("of", "about") if needs == "of" else ("for",)) and not document
        if needs == "quote":
            words = self.text[self.start : self.end]
            return bool(_QUOTED_LAST.match(words) or _QUOTED_FIRST.match(words))
        nothing = any(child.dep_ == "dobj" and child.lower_ == "nothing" for child in verb.children)
        return document and not nothing and (has_object(verb) or has_words(verb, doc))

    def _quoted(self, at: int) -> bool:
        before = self.text[self.start : at]
        return before.count("“") > before.count("”") or before.count('"') % 2 == 1

    def _comes_second(self, verb: Any, subject: Any) -> bool:
        """Whether another main clause and a semicolon stand before the report: the first one tells whose it is."""
        lead = self.text[self.start : self.start + min(subject.idx, verb.idx)]
        at = lead.rfind("; ")
        return at > 0 and not self._quoted(self.start + at)

    def _is_document(self, subject: Any) -> bool:
        named = self._entity(subject)
        return named is not None and named.type in (EntityType.LAW, EntityType.PUBLICATION)

    def _nested(self, verb: Any, outer: Speaker) -> tuple[Speaker, ...]:
        """Speakers inside what is said: `KCNA quoted Kim as saying`, `X said that Y had announced`."""
        for child in verb.children:
            if child.dep_ == "dobj" and verb.lemma_ in ("quote", "cite"):
                inner = self._named(child)
                return (inner,) if inner and inner.name != outer.name else ()
            if child.dep_ == "ccomp" and child.lemma_.lower() in verb_rules().verbs:
                subject = subject_of(child)
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
        word, rules = token.lower_, _rules()
        if word in _PERSONAL and not (word == "they" and any_noun):
            return self._antecedent(personal=_PERSONAL[word])
        if word == "it" and any_noun and self.told and any(child.dep_ == "ccomp" for child in token.head.children):
            return self.told[-1][-1]
        if word == "they" and any_noun:
            return self._antecedent(personal=False) or UNNAMED
        of_them = any(child.dep_ == "prep" and child.lower_ == "of" for child in token.children)
        if word in rules.crowds and (any_noun or of_them):
            of = next((below for c in token.children if c.lower_ == "of" for below in c.children), None)
            return self._noun(token) if any_noun or (of is not None and _is(of, rules.speaker_nouns)) else None
        if token.pos_ == "PRON" or _is(token, rules.no_speaker):
            owned = word == "author" and (of_them or any(child.dep_ == "poss" for child in token.children))
            if not owned:
                return self._maker(token) if word in ("figure", "figures") else None
        maker = self._maker(token) if _is(token, rules.document_nouns) else None
        if maker is not None:
            return maker
        named = self._entity(token)
        if named is not None:
            return speaker_of(named)
        beside = next((c for c in token.children if c.dep_ == "appos" and c.pos_ == "PROPN"), None)
        if beside is not None and not any(t.is_punct for t in token.doc[token.i : beside.i]):
            return self._noun(beside)
        if _is(token, rules.generic) and self.told and self._is_the_same(token):
            return self.told[-1][-1]
        if not any_noun and token.pos_ != "PROPN" and not _is(token, rules.speaker_nouns | rules.document_nouns):
            return None
        return self._noun(token)

    def _is_the_same(self, token: Any) -> bool:
        """Whether "the agency" is who spoke last: a body or a paper, and of that name where the noun tells it."""
        last = self.told[-1][-1]
        bare = [child for child in token.children if child.dep_ not in ("relcl", "appos", "punct")]
        if len(bare) != 1 or bare[0].lower_ not in ("the", "this", "that"):
            return False
        kinds = {e.type for e in self.entities if e.start == last.start}
        if not kinds & {EntityType.ORG, EntityType.PUBLICATION}:
            return False
        return token.lower_ in last.name.lower() or token.lower_ in ("agency", "group", "organisation", "organization", "paper", "newspaper", "daily")

    def _maker(self, token: Any) -> Speaker | None:
        """Who made a document: data compiled by the institute, a study by the programme."""
        for child in token.children:
            if child.dep_ not in ("acl", "prep"):
                continue
            for by in [child, *child.children]:
                if by.lower_ == "by" and by.dep_ in ("agent", "prep"):
                    maker = next((below for below in by.children if below.dep_ == "pobj"), None)
                    return self._named(maker) if maker is not None else None
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
        if self.told:
            return self.told[-1][-1]
        return UNNAMED if personal else None

    # -- phrases, and speech that runs on

    def _by_phrase(self, *, whole: bool = True, outermost: bool = False) -> tuple[Speaker, ...] | None:
        """The speaker of a phrase; of those only that are no clause (`whole`), or that open or end the sentence (`outermost`)."""
        for id_, direction, pattern in _rules().phrases:
            if (id_ in ("aside", "says_that") and not whole) or (outermost and id_ not in _OUTERMOST):
                continue
            match = pattern.search(self.text[self.start : self.end]) if pattern.pattern.startswith("^") else None
            offset = self.start
            if match is None and not pattern.pattern.startswith("^"):
                match, offset = pattern.search(self.text, self.start, self.end), 0
            if not match or _is_one_of_several(self.text[self.start : match.start() + offset]):
                continue
            if direction == "inside":
                left, right = match.span("who")
                if left < 0:
                    return self.previous if self.previous != (AUTHOR,) else (UNNAMED,)
                left, right = left + offset, right + offset
            else:
                stop = _rules().terminator.search(self.text, match.end(), self.end)
                left, right = match.end(), stop.start() if stop else self.end
            at = match.start() + offset
            behind = id_ in ("aside", "according_to") and self.end - right <= 60 and self._is_behind(at, left)
            if outermost and not behind and (id_ == "aside" or at > self.start + 2):
                continue
            if id_ == "according_to" and _GOES_ON.match(self.text, right, self.end):
                continue
            speaker = self._in_words(left, right)
            if speaker:
                return (speaker,)
        return None

    def _is_behind(self, at: int, who: int) -> bool:
        """Whether a phrase stands behind all that is said, with a name of its own: `…, KCNA reported`."""
        named = [entity for entity in inside(self.entities, who, self.end) if entity.type in NAMING]
        said = self.text.startswith(", according", at) or self.text.startswith(" according", at - 1) or bool(named)
        return at > self.start + 20 and said and not re.search(r"[“\"]", self.text[at : self.end])

    def _in_words(self, left: int, right: int) -> Speaker | None:
        """The speaker whom some words name."""
        word = self.text[left:right].strip().lower()
        if word in _PERSONAL:
            return self._antecedent(personal=_PERSONAL[word])
        if word == "it":
            return self.told[-1][-1] if self.told else None
        named = [entity for entity in inside(self.entities, left, right) if entity.type in NAMING]
        lead = re.match(r"(?:the|a|an) ", self.text[left:right], re.I)
        left += lead.end() if lead else 0
        named = [entity for entity in named if " of " not in self.text[left : entity.start]]
        speaker = speaker_of(named[-1]) if named else plain_speaker(self.text, left, right)
        if speaker is None or speaker.name.lower() in _rules().no_speaker | verb_rules().writer:
            return None
        return speaker

    def _by_quote(self, doc: Any | None) -> tuple[Speaker, ...] | None:
        """Words in quotation marks with a tag of any verb: `“Never,” the man growled`, `He growled: “Never again.”`."""
        words = self.text[self.start : self.end]
        match = _QUOTED_FIRST.match(words)
        if match:
            left = self.start + match.start("tag")
            tag = _TAG.match(match["tag"])
            named = [e for e in inside(self.entities, left, self.end) if e.type in NAMING]
            if tag is None and not named:
                return None
            right = left + tag.end("who") if tag else named[0].end
            speaker = self._in_words(left, right)
            return (speaker,) if speaker else None
        if doc is None or not _QUOTED_LAST.match(words):
            return None
        lead = re.search(r"[“\"]", words)
        for token in doc:
            if lead and token.idx < lead.start() and token.dep_ == "nsubj":
                speaker = self._named(token, any_noun=token.head.lemma_.lower() in verb_rules().verbs)
                return (speaker,) if speaker else None
        return None

    def _carried(self) -> tuple[Speaker, ...] | None:
        """The speaker before, where the sentence stands in, or opens with, quotation marks."""
        if self.previous == (AUTHOR,):
            return None
        opened = open_quotes(self.text[self.first : self.start]) > 0
        return self.previous if opened or self.text[self.start] in '“"' else None


def _is(token: Any, words: frozenset[str]) -> bool:
    return token.lower_ in words or token.lemma_.lower() in words


def _is_one_of_several(before: str) -> bool:
    """Whether a phrase backs a part of the sentence only: the last of several clauses, a clause that explains a word."""
    if re.search(r"\b(?:and|but|whom?|which|that|whose), $|\b(?:of )(?:whom|which), $", before):
        return True
    return bool(re.search(r", (?:and|but) |; ", before)) and before.count(",") > 1
