"""English verbs of saying in a parse: which one heads the sentence, who its subject is, whether anything is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from brief_nlp.rule_files import rule_file
from brief_nlp.tagging.attribution.speakers import open_quotes

_WORDS = ("raising", "need_that", "modals", "judging_modals", "thinking", "own_infinitive", "need_clause", "it_says")
_MORE = ("asking", "the_same", "adding", "afterwards", "times", "voices_of_the_writer")
SUBJECTS = frozenset(("nsubj", "csubj"))
QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?")
_LONG = 3  # words of a quotation that is no title and no scare quote


@dataclass(frozen=True)
class Verb:
    """A rule of the file by which a verb reports."""

    id: str
    needs: str


@dataclass(frozen=True)
class VerbRules:
    """The verbs of the rule file, and words that bear on them."""

    verbs: dict[str, tuple[Verb, ...]]
    speech: frozenset[str]
    raising: frozenset[str]
    need_that: frozenset[str]
    modals: frozenset[str]
    judging_modals: frozenset[str]
    thinking: frozenset[str]
    own_infinitive: frozenset[str]
    need_clause: frozenset[str]
    it_says: frozenset[str]
    asking: frozenset[str]
    the_same: frozenset[str]
    adding: frozenset[str]
    afterwards: frozenset[str]
    times: frozenset[str]
    writer: frozenset[str]


@cache
def verb_rules() -> VerbRules:
    """The verbs by their lemma."""
    data = rule_file("tagging", "en/attribution")
    verbs: dict[str, list[Verb]] = {}
    for rule in data["verbs"]:
        for lemma in rule["lemmas"]:
            verbs.setdefault(lemma, []).append(Verb(rule["id"], rule["needs"]))
    return VerbRules(
        {lemma: tuple(found) for lemma, found in verbs.items()},
        frozenset(lemma for rule in data["verbs"] if rule["id"] in ("says", "tells") for lemma in rule["lemmas"]),
        *(frozenset(data[name]) for name in (*_WORDS, *_MORE)),
    )


def heading_verbs(doc: Any) -> Iterator[Any]:
    """The verbs of saying that may head the sentence, likeliest first: its head, clauses beside it, what it quotes."""
    rules = verb_rules()
    late: list[Any] = []
    for token in doc:
        if token.lemma_.lower() not in rules.verbs or token.pos_ not in ("VERB", "AUX", "NOUN", "PROPN"):
            continue
        head = token
        while head.dep_ in ("conj", "parataxis") and head.head.i != head.i:
            if _is_beside_the_writers(head, doc):
                break  # the writer's clause comes first: "nobody came, and the media reported his death"
            head = head.head
        if head.dep_ == "ROOT" or _is_raised(head):
            yield token
        elif _adds(head):
            late.append(token)
        elif head.dep_ == "ccomp" and head.head.dep_ == "ROOT" and not any(c.dep_ == "mark" for c in head.children):
            if _reports(head.head):
                late.append(token)
            else:
                yield token
    yield from (token for token in late if _adds(token) or _stands_first(token, doc))


def _is_raised(verb: Any) -> bool:
    """Whether a verb is what the head of the sentence starts or likes to do."""
    below = verb.dep_ == "xcomp" or (verb.dep_ == "advcl" and is_infinitive(verb))
    return below and verb.head.lemma_.lower() in verb_rules().raising


def _adds(verb: Any) -> bool:
    """Whether a participle tells what was said with an act: "Seoul refused, saying that it was too late"."""
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or verb.head.dep_ != "ROOT" or verb.i < verb.head.i:
        return False
    return verb.lemma_.lower() in verb_rules().adding and any(c.dep_ == "ccomp" for c in verb.children)


def _is_beside_the_writers(verb: Any, doc: Any) -> bool:
    """Whether a verb is joined to a clause of the writer's own that is not set against it, and quotes nothing."""
    if verb.dep_ != "conj" or not own_subject(verb):
        return False
    unsaid = any(child.dep_ == "nsubjpass" for child in verb.head.children)  # "parts were found, and the maker said"
    if verb.head.lemma_.lower() in verb_rules().verbs and not unsaid:
        return False
    contrary = any(child.dep_ == "cc" and child.lower_ in ("but", "yet") for child in verb.head.children)
    return not contrary and not quotes_words(doc.text)


def own_subject(verb: Any) -> Any | None:
    """The noun that is the subject of a verb itself."""
    found = next((child for child in verb.children if child.dep_ in SUBJECTS | {"nsubjpass"}), None)
    return found if found is not None and found.pos_ != "PRON" else None


def _stands_first(verb: Any, doc: Any) -> bool:
    """Whether a clause is parted from the head by a semicolon: "KCNA reported the visit; it did not say where"."""
    return any(token.text == ";" for token in doc[verb.i - doc[0].i : verb.head.i - doc[0].i])


def _reports(token: Any) -> bool:
    speech = verb_rules().speech
    return token.lemma_.lower() in speech and any(child.dep_ in SUBJECTS for child in token.children)


def subject_of(verb: Any) -> Any | None:
    """Who does what a verb says: its subject, the agent of a passive, or the subject of the verb it is joined to."""
    passive = False
    subjects = [child for child in verb.children if child.dep_ in SUBJECTS]
    if subjects and (joined := _joined_before(verb, subjects[0])) is not None:
        return joined
    if subjects:
        return subjects[-1 if verb.dep_ == "parataxis" else 0]  # "That, said the minister, was all"
    for child in verb.children:
        if child.dep_ == "agent":
            return next((below for below in child.children if below.dep_ == "pobj"), None)
        passive = passive or child.dep_ in ("nsubjpass", "auxpass")
    if passive:
        quoted = verb.lemma_ == "quote"
        return next((child for child in verb.children if child.dep_ == "nsubjpass"), None) if quoted else None
    if verb.tag_ in ("NN", "NNS", "NNP", "NNPS") and verb.dep_ == "ROOT":  # Article 233 states: taken for a noun
        return next((child for child in verb.children if child.dep_ in ("nmod", "compound") and child.i < verb.i), None)
    raised = verb.dep_ == "advcl" and is_infinitive(verb) and verb.head.lemma_.lower() in verb_rules().raising
    return subject_of(verb.head) if verb.dep_ in ("conj", "xcomp") or raised or _adds(verb) else None


def _joined_before(verb: Any, subject: Any) -> Any | None:
    """The subject of a sentence whose second verb, just behind "and", was given a noun before it as its own."""
    lead = verb.doc[verb.i - 1] if verb.i else None
    if lead is None or lead.dep_ != "cc" or subject.i > lead.i or subject.pos_ == "PRON":
        return None
    return next((t for t in verb.doc[: subject.i] if t.dep_ in SUBJECTS and t.head.i < subject.i), None)


def is_supposed(verb: Any) -> bool:
    """Whether a verb stands under a modal: what somebody would say is the writer's own."""
    modals = verb_rules().modals
    while True:
        if any(child.dep_ == "aux" and child.lower_ in modals for child in verb.children):
            return not _tells_later(verb)
        if verb.dep_ not in ("conj", "xcomp") or any(child.dep_ in SUBJECTS for child in verb.children):
            return False
        verb = verb.head


def _tells_later(verb: Any) -> bool:
    """Whether "would" is a past that looks ahead: "he would later write that"."""
    would = any(child.dep_ == "aux" and child.lower_ == "would" for child in verb.children)
    beside = [child.lower_ for child in verb.children] + [verb.nbor().lower_ if verb.i + 1 < len(verb.doc) else ""]
    return bool(would) and not verb_rules().afterwards.isdisjoint(beside)


def is_infinitive(verb: Any) -> bool:
    """Whether a verb stands behind "to"."""
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def quotes_words(text: str) -> bool:
    """Whether some words in quotation marks are neither a title nor a scare quote."""
    return any(len(quote.split()) >= _LONG for quote in QUOTED.findall(text))


def is_human(verb: Any) -> bool:
    """Whether only who can speak does what a verb says: whatever noun its subject is, it speaks."""
    rules = verb_rules()
    lemma = verb.lemma_.lower()
    if any(child.dep_ == "agent" for child in verb.children):
        return False
    return any(rule.id == "says" for rule in rules.verbs[lemma]) or (lemma == "tell" and verb.tag_ == "VBD")


def outvoted(verb: Any, subject: Any) -> bool:
    """Whether a clause of the writer's own outweighs the report: "Moscow denies it, but the debris says more"."""
    rules = verb_rules()
    beside = [child for child in verb.children if child.dep_ in ("conj", "parataxis")]
    if verb.dep_ == "ccomp" and verb.head.dep_ == "ROOT" and not _reports(verb.head):
        beside.append(verb.head)
    contrary = any(child.dep_ == "cc" and child.lower_ in ("but", "yet") for child in verb.children)
    for clause in beside:
        own = next((child for child in clause.children if child.dep_ in (*SUBJECTS, "nsubjpass")), None)
        that = any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.children)
        if own is None or own.i == subject.i or that or _in_quotes(own):
            continue
        if own.lower_ in rules.writer:
            return True
        if any(c.dep_ == "aux" and c.lower_ in rules.judging_modals and c.i > own.i for c in clause.children):
            return True
        if contrary and own.pos_ != "PRON" and clause.lemma_.lower() not in rules.verbs:
            return True
    return False


def _in_quotes(token: Any) -> bool:
    return open_quotes(token.doc.text[: token.idx]) > 0


def belongs(token: Any, head: Any) -> bool:
    """Whether a token is part of the short name of a noun: no relative clause, apposition or conjunct of it."""
    while token.i != head.i:
        if token.dep_ in ("relcl", "appos", "acl", "punct", "advcl") or (token.dep_ == "prep" and token.lower_ != "of"):
            return False
        token = token.head
    return True
