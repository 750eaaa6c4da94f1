"""English: whether anything is said with a verb of saying: a clause, a quotation, a figure, an object."""

from __future__ import annotations

import re
from typing import Any

from brief_nlp.tagging.attribution.english_verbs import (
    QUOTED,
    SUBJECTS,
    is_infinitive,
    own_subject,
    quotes_words,
    verb_rules,
)

_FIGURE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|half|third|quarter|dozen|hundreds?|thousands?|dozens|million|billion)\b"
)
_AT = frozenset(("at", "as", "to", "above", "below", "between", "around", "about", "under", "over"))
_OF = frozenset(("on", "of", "for", "against", "at", "over", "about", "with", "by"))
_THAT = 16  # words between a verb and the clause that says what was said, where the parse has lost it


def has_words(verb: Any, doc: Any) -> bool:
    """Whether what is said stands there: a clause, a quotation, "as"."""
    if (known := _settled(verb, doc)) is not None:
        return known
    if any(child.dep_ in ("ccomp", "xcomp", "acomp", "oprd") and child.i != verb.i for child in verb.children):
        return True
    if any(child.dep_ == "advmod" and child.lower_ in verb_rules().the_same for child in verb.children):
        return True
    if doc[verb.i - doc[0].i + 1 :].text.startswith("as much"):
        return True  # "said as much"
    if any(child.dep_ == "prep" and child.lower_ == "as" for child in verb.children):
        return True
    infinitives = [child for child in verb.children if child.dep_ == "advcl" and is_infinitive(child)]
    if (verb.tag_ == "VBN" and infinitives) or any(child.lemma_ == "be" for child in infinitives):
        return True  # "was held by the court to be"
    speech = verb.lemma_.lower() in verb_rules().speech
    if quotes_words(doc.text) if speech else _quotes_below(verb, doc):
        return True
    if verb.dep_ in ("parataxis",) or verb.dep_ == "ccomp" or verb.head.dep_ == "ccomp":
        return not any(child.dep_ == "dobj" for child in verb.children)
    return _has_that(verb, doc)


def _settled(verb: Any, doc: Any) -> bool | None:
    """Whether a verb that asks for a form of its own says something; None for the others."""
    lemma = verb.lemma_.lower()
    negated = any(child.dep_ == "neg" for child in verb.children)
    nothing = any(child.dep_ == "dobj" and child.lower_ in ("nothing", "little") for child in verb.children)
    if lemma == "say" and any(c.dep_ == "xcomp" and is_infinitive(c) for c in verb.children):
        return False  # "said to be": nobody is named
    if (negated or nothing) and lemma in verb_rules().speech and not any(c.dep_ == "ccomp" for c in verb.children):
        return False
    if lemma in verb_rules().need_that:
        return _has_that(verb, doc) or quotes_words(doc.text) or _quotes_below(verb, doc, least=2)
    if lemma in verb_rules().need_clause:
        return has_clause(verb, doc) or verb.dep_ in ("parataxis", "ccomp")
    if lemma in verb_rules().asking:  # a question or a request claims nothing
        asked = _quotes_below(verb, doc) or doc.text.startswith(("“", '"'))
        return _has_that(verb, doc) or (asked and not any(map(_is_question, verb.children)))
    if lemma in verb_rules().own_infinitive and any(
        c.dep_ == "xcomp" and is_infinitive(c) and not own_subject(c) for c in verb.children
    ):
        return False
    return None


def has_clause(verb: Any, doc: Any) -> bool:
    """Whether what is said is a finite clause or a quotation."""
    finite = any(c.dep_ == "ccomp" and (_is_finite(c) or any(map(_is_finite, c.children))) for c in verb.children)
    return finite or _has_that(verb, doc) or quotes_words(doc.text)


def _is_finite(word: Any) -> bool:
    return word.tag_ in ("VBD", "VBZ", "VBP", "MD")


def _is_question(clause: Any) -> bool:
    """Whether a clause opens with "whether", "if" or a word that asks."""
    first = min(clause.subtree, key=lambda token: token.i)
    return first.tag_ in ("WP", "WRB", "WDT", "WP$") or first.lower_ in ("whether", "if")


def _quotes_below(verb: Any, doc: Any, *, least: int = 1) -> bool:
    """Whether words in quotation marks hang on a verb, and on no clause that is joined to it or describes a noun."""
    for match in QUOTED.finditer(doc.text):
        token = (
            None
            if len(match[0].split()) < least
            else next((t for t in doc if t.idx > match.start() and not t.is_punct), None)
        )
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
            return bool(above.dep_ != "xcomp" or above.head.i != verb.i)
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
