"""English verbs of saying in a parse: which one heads the sentence, who its subject is, whether anything is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from brief_nlp.rule_files import rule_file
from brief_nlp.tagging.attribution.speakers import open_quotes

_WORDS = (
    "raising",
    "need_that",
    "modals",
    "judging_modals",
    "thinking",
    "own_infinitive",
    "need_clause",
    "it_says",
    "asking",
    "the_same",
    "adding",
    "afterwards",
    "times",
    "voices_of_the_writer",
)
SUBJECTS = frozenset(("nsubj", "csubj"))
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?")
_LONG = 3  # words of a quotation that is no title and no scare quote
_QUOTE = re.compile(r"[“\"]")
_FIGURE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|half|third|quarter|dozen|hundreds?|thousands?|dozens|million|billion)\b"
)
_AT = frozenset(("at", "as", "to", "above", "below", "between", "around", "about", "under", "over"))
_OF = frozenset(("on", "of", "for", "against", "at", "over", "about", "with", "by"))
_THAT = 16  # words between a verb and the clause that says what was said, where the parse has lost it


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
        *(frozenset(data[name]) for name in _WORDS),
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
        if head.dep_ == "ROOT" or (head.dep_ in ("xcomp", "advcl") and head.head.lemma_.lower() in rules.raising):
            yield token
        elif _adds(head):
            late.append(token)
        elif head.dep_ == "ccomp" and head.head.dep_ == "ROOT" and not any(c.dep_ == "mark" for c in head.children):
            if _reports(head.head):
                late.append(token)
            else:
                yield token
    yield from (token for token in late if _adds(token) or _stands_first(token, doc))


def _adds(verb: Any) -> bool:
    """Whether a participle tells what was said with an act: "Seoul refused, saying that it was too late"."""
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or verb.head.dep_ != "ROOT" or verb.i < verb.head.i:
        return False
    return verb.lemma_.lower() in verb_rules().adding and any(c.dep_ == "ccomp" for c in verb.children)


def _is_beside_the_writers(verb: Any, doc: Any) -> bool:
    """Whether a verb is joined to a clause of the writer's own that is not set against it, and quotes nothing."""
    if verb.dep_ != "conj" or verb.head.lemma_.lower() in verb_rules().verbs or not _own_subject(verb):
        return False
    contrary = any(child.dep_ == "cc" and child.lower_ in ("but", "yet") for child in verb.head.children)
    return not contrary and not _quotes_words(doc.text)


def _own_subject(verb: Any) -> Any | None:
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
    raised = verb.dep_ == "advcl" and _is_infinitive(verb) and verb.head.lemma_.lower() in verb_rules().raising
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
    return would and not verb_rules().afterwards.isdisjoint(beside)


def is_human(verb: Any) -> bool:
    """Whether only who can speak does what a verb says: whatever noun its subject is, it speaks."""
    rules = verb_rules()
    lemma = verb.lemma_.lower()
    if any(child.dep_ == "agent" for child in verb.children):
        return False
    return any(rule.id == "says" for rule in rules.verbs[lemma]) or (lemma == "tell" and verb.tag_ == "VBD")


def has_words(verb: Any, doc: Any) -> bool:
    """Whether what is said stands there: a clause, a quotation, "as"."""
    lemma = verb.lemma_.lower()
    negated = any(child.dep_ == "neg" for child in verb.children)
    nothing = any(child.dep_ == "dobj" and child.lower_ in ("nothing", "little") for child in verb.children)
    if lemma == "say" and any(c.dep_ == "xcomp" and _is_infinitive(c) for c in verb.children):
        return False  # "said to be": nobody is named
    if (negated or nothing) and lemma in verb_rules().speech and not any(c.dep_ == "ccomp" for c in verb.children):
        return False
    if lemma in verb_rules().need_that:
        return _has_that(verb, doc) or _quotes_words(doc.text)
    if lemma in verb_rules().need_clause:
        return has_clause(verb, doc) or verb.dep_ in ("parataxis", "ccomp")
    if lemma in verb_rules().asking:  # a question or a request claims nothing
        asked = _quotes_below(verb, doc) or doc.text.startswith(("“", '"'))
        return _has_that(verb, doc) or (asked and not any(map(_is_question, verb.children)))
    if lemma in verb_rules().own_infinitive and any(
        c.dep_ == "xcomp" and _is_infinitive(c) and not _own_subject(c) for c in verb.children
    ):
        return False
    if any(child.dep_ in ("ccomp", "xcomp", "acomp", "oprd") and child.i != verb.i for child in verb.children):
        return True
    if any(child.dep_ == "advmod" and child.lower_ in verb_rules().the_same for child in verb.children):
        return True
    if doc[verb.i - doc[0].i + 1 :].text.startswith("as much"):
        return True  # "said as much"
    if any(child.dep_ == "prep" and child.lower_ == "as" for child in verb.children):
        return True
    infinitives = [child for child in verb.children if child.dep_ == "advcl" and _is_infinitive(child)]
    if verb.tag_ == "VBN" and infinitives or any(child.lemma_ == "be" for child in infinitives):
        return True  # "was held by the court to be"
    speech = lemma in verb_rules().speech
    if _quotes_words(doc.text) if speech else _quotes_below(verb, doc):
        return True
    if verb.dep_ in ("parataxis",) or verb.dep_ == "ccomp" or verb.head.dep_ == "ccomp":
        return not any(child.dep_ == "dobj" for child in verb.children)
    return _has_that(verb, doc)


def has_clause(verb: Any, doc: Any) -> bool:
    """Whether what is said is a finite clause or a quotation."""
    finite = any(c.dep_ == "ccomp" and (_is_finite(c) or any(map(_is_finite, c.children))) for c in verb.children)
    return finite or _has_that(verb, doc) or _quotes_words(doc.text)


def _is_finite(word: Any) -> bool:
    return word.tag_ in ("VBD", "VBZ", "VBP", "MD")


def _is_question(clause: Any) -> bool:
    """Whether a clause opens with "whether", "if" or a word that asks."""
    first = min(clause.subtree, key=lambda token: token.i)
    return first.tag_ in ("WP", "WRB", "WDT", "WP$") or first.lower_ in ("whether", "if")


def _is_infinitive(verb: Any) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _quotes_words(text: str) -> bool:
    return any(len(quote.split()) >= _LONG for quote in _QUOTED.findall(text))


def _quotes_below(verb: Any, doc: Any) -> bool:
    """Whether words in quotation marks hang on a verb, and on no clause that is joined to it or describes a noun."""
    for match in _QUOTED.finditer(doc.text):
        token = next((t for t in doc if t.idx > match.start() and not t.is_punct), None)
        while token is not None and token.i != verb.i:
            described = token.dep_ in ("relcl", "acl")
            joined = token.dep_ == "conj" and token.pos_ in ("VERB", "AUX") and _has_subject(token)
            token = None if described or joined or token.head.i == token.i else token.head
        if token is not None:
            return True
    return False


def _has_subject(verb: Any) -> bool:
    return any(child.dep_ in SUBJECTS | {"nsubjpass"} for child in verb.children)


def _has_that(verb: Any, doc: Any) -> bool:
    first = verb.i - doc[0].i
    return any(
        token.lower_ == "that"
        and token.dep_ == "mark"
        and token.head.dep_ != "relcl"
        and (token.head.dep_ != "acl" or token.head.head.dep_ == "pobj")
        and not _is_anothers(token.head, verb)
        for token in doc[first + 1 : first + 1 + _THAT]
        if token.head.i > verb.i
    )


def _is_anothers(clause: Any, verb: Any) -> bool:
    """Whether a that-clause hangs on another verb, which stands between: "told him to see to it that"."""
    above = clause.head
    speech = verb_rules().speech
    while above.i > verb.i:
        lost = above.dep_ == "advcl" and above.lemma_.lower() in speech  # the parse has lost what heads the sentence
        if not lost and above.pos_ == "VERB" and above.dep_ in ("conj", "xcomp", "relcl", "advcl", "acl"):
            return above.dep_ != "xcomp" or above.head.i != verb.i
        if above.head.i == above.i:
            return False
        above = above.head
    return False


def has_figure(verb: Any, *, placed: bool) -> bool:
    """Whether a figure is its object, or, where it has to be placed, stands behind "at", "as" and the like."""
    kinds = ("prep",) if placed else ("prep", "dobj", "pobj", "ccomp", "oprd")
    at = [c for c in verb.children if c.dep_ in kinds and (c.dep_ != "prep" or c.lower_ in _AT)]
    return any(_FIGURE.search(" ".join(token.text for token in child.subtree)) for child in at)


def has_told_of(verb: Any) -> bool:
    """Whether an object has a that-clause of its own: "records the claim that"."""
    objects = [child for child in verb.children if child.dep_ == "dobj"]
    clauses = [below for child in objects for below in child.children if below.dep_ == "acl"]
    return any(token.dep_ == "mark" and token.lower_ == "that" for clause in clauses for token in clause.children)


def has_prep(verb: Any, words: tuple[str, ...]) -> bool:
    """Whether a prepositional phrase with one of some words hangs on the verb."""
    return any(
        child.dep_ == "prep"
        and child.lower_ in words
        and not any(below.dep_ == "pobj" and below.lemma_.lower() in verb_rules().times for below in child.children)
        for child in verb.children
    )


def has_object(verb: Any) -> bool:
    """Whether a verb has an object or a prepositional one, and that is not nothing."""
    if any(child.dep_ == "dobj" and _is_nothing(child) for child in verb.children):
        return False
    return any(
        child.dep_ in ("dobj", "prt", "dative") or (child.dep_ == "prep" and child.lower_ in _OF)
        for child in verb.children
    )


def _is_nothing(token: Any) -> bool:
    return token.lower_ in ("nothing", "nobody", "little", "none") or any(
        child.dep_ == "det" and child.lower_ == "no" for child in token.children
    )


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
