"""English: the verb that heads the sentence and its subject, by dependency parse; phrases such as "according to".

Only sentences that hold a cue are parsed. What stands below the head, in a relative or an adverbial clause,
gives the sentence no source.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from brief_nlp.rule_files import expanded, rule_file
from brief_nlp.schema import AUTHOR, Entity, EntityType, Speaker
from brief_nlp.tagging.attribution.english_needs import has_needed, is_share, rules_only
from brief_nlp.tagging.attribution.english_speakers import NAMING, Reading, is_one_of, nouns
from brief_nlp.tagging.attribution.english_verbs import (
    heading_verbs,
    is_human,
    is_supposed,
    outvoted,
    subject_of,
    verb_rules,
)
from brief_nlp.tagging.attribution.english_words import has_words
from brief_nlp.tagging.attribution.speakers import UNNAMED, inside, open_quotes

_CLAUSAL = re.compile(r"(?:If|That(?!,)|Whether|Should|Had) ")  # what they open is supposed, not said
_QUOTED_FIRST = re.compile(r"^[“\"][^”\"]+[,?!.…—-][”\"] (?P<tag>\S.*)$")
_QUOTED_LAST = re.compile(r"^[^“\"]{3,160}[:,] [“\"](?:[^”\"\s]+\s+){3,}[^”\"]*[”\"]?$")
_WHOLE_QUOTE = re.compile(r"^[“\"][^“”\"]*(?:[”\"][.]?)?$")
_QUOTE_OPENS = re.compile(r"[“\"](?:[^”\"\s]+\s+){3}|[“\"][^”\"]*[,.?!][”\"]")
_OWN_AFTER = re.compile(
    r"[,;] (?:and|but|yet|so) (?:I|we) |\b(?:from|by) which we\b|; (?:he|she|it|they) (?:may|might|can|could) "
)
_OUTERMOST = ("aside", "according_to", "in_words_of", "by_count_of", "by_own_count", "in_accounts", "in_pronoun")
_GOES_ON = re.compile(r", (?:and|but|though|although) (?:the|its|it|this|that|these|there|we|I)\b")  # the writer does
_SUBORDINATE = re.compile(r"(?:If|As|Although|Though|While|When|Since|Because|Whereas|Even) ")
_REALITY = re.compile(r"[,;] (?:but|yet|although|though) ")  # the writer on what came of a law
_OWN_WORKS = 2  # how often a body has to be at work before the report is its own
_DATELINE = re.compile(r"[A-Z][A-Z/, .-]+[A-Za-z. \d,]{0,20}\([^)]{2,40}\) ?[-–—] ")
_TAG = re.compile(r"^(?P<who>(?:[\w’'.-]+ ){0,7}?[\w’'.-]+) (?:\w+ed|\w+s|said|put|went|told|wrote)\b")
_TAG_BEFORE = re.compile(
    r"^(?:[a-z]+ed|sa(?:id|ys)|wrote|told|put|went) (?P<who>(?:[\w’'.-]+ ){0,5}?[\w’'.-]+)(?=[,.;:]? [“\"]|[,.]$)"
)


@dataclass(frozen=True)
class _Rules:
    phrases: tuple[tuple[str, str, re.Pattern[str]], ...]
    terminator: re.Pattern[str]
    own_report: re.Pattern[str]
    own_work: re.Pattern[str]


@cache
def _rules() -> _Rules:
    data = rule_file("tagging", "en/attribution")
    said = {"said": data["said"]}
    return _Rules(
        tuple((r["id"], r["direction"], re.compile(expanded(r["pattern"], said), re.I)) for r in data["phrases"]),
        re.compile("|".join(data["terminators"])),
        re.compile(data["own_report"]),
        re.compile(data["own_work"]),
    )


@lru_cache(maxsize=2)
def writing_bodies(text: str) -> frozenset[str]:
    """By what names a body that writes a report speaks of itself: the Panel, which interviewed and was told."""
    rules = _rules()
    if not rules.own_report.search(text):
        return frozenset()
    worked = Counter((match["body"] or match["whom"]).lower() for match in rules.own_work.finditer(text))
    return frozenset(body for body, times in worked.items() if times >= _OWN_WORKS)


@cache
def _may_report() -> re.Pattern[str]:
    """Words that some form of a cue verb starts with: sentences without one are not parsed."""
    stems = sorted(
        {lemma[: max(3, len(lemma) - 1)] for lemma in verb_rules().verbs} | {"told", "said", "held", "thought"}
    )
    forms = r"|gave|saw|felt|found|spoke|swore|wrote|laid)\w*"
    return re.compile(r": [“\"]|\b(?:" + "|".join(stems) + forms, re.I)


def sources(
    text: str,
    sentences: Sequence[tuple[int, int]],
    entities: Sequence[Entity],
    previous: tuple[Speaker, ...],
    earlier: tuple[Speaker, ...],
    parses: Sequence[Any] | None = None,
    writers: frozenset[str] = frozenset(),
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
        chain = reading.chain(parsed.get(place))
        if writers:
            chain = tuple(speaker for speaker in chain if not _is_writer(speaker, text, writers)) or (AUTHOR,)
        chains.append(chain)
    return chains


class _Sentence(Reading):
    """How the source of a sentence is found: speech that runs on, verbs, phrases, quotations with a tag."""

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
        if _CLAUSAL.match(self.text, self.start):
            return None
        dateline = _DATELINE.match(self.text, self.start, self.end)
        for token in heading_verbs(doc):
            found = self._speakers(token, doc)
            if found and not (dateline and found[0].start is not None and found[0].start < dateline.end()):
                return found
        return None

    def _speakers(self, verb: Any, doc: Any) -> tuple[Speaker, ...] | None:
        subject = subject_of(verb)
        if subject is None:
            subject = self._name_before(verb)
        if subject is None or subject.lower_ in verb_rules().writer or is_supposed(verb):
            return None
        if any(child.dep_ in ("neg", "preconj") or child.lower_ == "no" for child in subject.children):
            return None  # nobody has said so
        rules = verb_rules().verbs[verb.lemma_.lower()]
        crowd = is_one_of(subject, nouns().crowds) and verb.lemma_.lower() in verb_rules().speech
        speaker = self.named(subject, any_noun=crowd or (is_human(verb) and has_words(verb, doc)))
        if speaker is None:
            return None
        if verb.lemma_.lower() in verb_rules().thinking and is_share(subject):
            return None
        document = is_one_of(subject, nouns().document_nouns) or self.is_document(subject)
        if not any(self._has(verb, rule.needs, document, doc) for rule in rules):
            return None
        own = _OWN_AFTER.search(self.text, self.start + verb.idx, self.end)
        if self._comes_second(verb, subject):
            return None
        if document and _REALITY.search(self.text, self.start + verb.idx, self.end) and rules_only(verb):
            return (AUTHOR,)
        if outvoted(verb, subject) or (own and not self._quoted(own.start())):
            return (AUTHOR,)
        return (speaker, *self._nested(verb, speaker))

    def _has(self, verb: Any, needs: str, document: bool, doc: Any) -> bool:
        """Whether a verb has what its rule asks for: words that are said, a figure, an object, a quotation."""
        if needs == "quote":
            words = self.text[self.start : self.end]
            return bool(_QUOTED_LAST.match(words) or _QUOTED_FIRST.match(words))
        return has_needed(verb, doc, needs, document=document)

    def _name_before(self, verb: Any) -> Any | None:
        """A person just before a verb, taken for a part of the phrase in front: "At the meeting Kim said"."""
        for token in verb.lefts:
            for below in token.children if token.dep_ == "prep" else ():
                named = self._entity(below) if below.dep_ == "pobj" and below.i == verb.i - 1 else None
                if named is not None and named.type is EntityType.PERSON:
                    return below
        return None

    def _quoted(self, at: int) -> bool:
        return open_quotes(self.text[self.start : at]) > 0

    def _comes_second(self, verb: Any, subject: Any) -> bool:
        """Whether another main clause and a semicolon stand before the report: the first one tells whose it is."""
        lead = self.text[self.start : self.start + min(subject.idx, verb.idx)]
        at = lead.rfind("; ")
        return at > 0 and not self._quoted(self.start + at)

    def _nested(self, verb: Any, outer: Speaker) -> tuple[Speaker, ...]:
        """Speakers inside what is said: `KCNA quoted Kim as saying`, `X said that Y had announced`."""
        for child in verb.children:
            if child.dep_ == "dobj" and verb.lemma_ in ("quote", "cite"):
                inner = self.named(child)
                return (inner,) if inner and inner.name != outer.name else ()
            if child.dep_ == "ccomp" and child.lemma_.lower() in verb_rules().verbs:
                subject = subject_of(child)
                complement = any(below.dep_ in ("ccomp", "xcomp") for below in child.children)
                inner = self.named(subject) if subject is not None and complement else None
                if inner and inner.name != outer.name:
                    return (inner,)
        return ()

    # -- phrases, and speech that runs on

    def _by_phrase(self, *, whole: bool = True, outermost: bool = False) -> tuple[Speaker, ...] | None:
        """The speaker of a phrase: of any, or only of those that are no clause, or that open or end the sentence."""
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
                left, right = next((match.span(name) for name in match.groupdict() if match[name]), (-1, -1))
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
            if id_ == "aside" and _SUBORDINATE.match(self.text, self.start) and self.text.startswith(", as ", at):
                continue  # backs the clause in front only
            if id_ == "according_to" and _GOES_ON.match(self.text, right, self.end):
                continue
            speaker = self.in_words(left, right)
            if speaker:
                return (speaker,)
        return None

    def _is_behind(self, at: int, who: int) -> bool:
        """Whether a phrase stands behind all that is said, with a name of its own: `…, KCNA reported`."""
        named = [entity for entity in inside(self.entities, who, self.end) if entity.type in NAMING]
        said = self.text.startswith(", according", at) or self.text.startswith(" according", at - 1) or bool(named)
        return at > self.start + 20 and said and not re.search(r"[“\"]", self.text[at : self.end])

    def _by_quote(self, doc: Any | None) -> tuple[Speaker, ...] | None:
        """Words in quotation marks with a tag of any verb: `“Never,” the man growled`, `He growled: “Never again.”`."""
        words = self.text[self.start : self.end]
        match = _QUOTED_FIRST.match(words)
        if match:
            left = self.start + match.start("tag")
            tag = _TAG.match(match["tag"]) or _TAG_BEFORE.match(match["tag"])
            named = [e for e in inside(self.entities, left, self.end) if e.type in NAMING]
            if tag is None and not named:
                return None
            right = left + tag.end("who") if tag else named[0].end
            left += tag.start("who") if tag else 0
            speaker = self.in_words(left, right)
            return (speaker,) if speaker else None
        if doc is None or not _QUOTED_LAST.match(words):
            return None
        lead = re.search(r"[“\"]", words)
        for token in doc:
            if lead and token.idx < lead.start() and token.dep_ == "nsubj":
                speaker = self.named(token, any_noun=token.head.lemma_.lower() in verb_rules().verbs)
                return (speaker,) if speaker else None
        return None

    def _carried(self) -> tuple[Speaker, ...] | None:
        """The speaker before, where the sentence stands in, or opens with, quotation marks."""
        if self.previous == (AUTHOR,):
            return None
        opened = open_quotes(self.text[self.first : self.start]) > 0
        return self.previous if opened or _QUOTE_OPENS.match(self.text, self.start, self.end) else None


def _is_writer(speaker: Speaker, text: str, writers: frozenset[str]) -> bool:
    written = text[speaker.start : speaker.end] if speaker.start is not None else speaker.name
    return written.lower().removeprefix("the ") in writers


def _is_one_of_several(before: str) -> bool:
    """Whether a phrase backs a part of the sentence only: the last of several clauses, one that explains a word."""
    if re.search(r"\b(?:and|but|whom?|which|that|whose), $|\b(?:of )(?:whom|which), $", before):
        return True
    return bool(re.search(r", (?:and|but) |; ", before)) and before.count(",") > 1
