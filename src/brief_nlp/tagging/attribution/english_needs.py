"""English: what the rules of the file ask of a verb and its subject before the verb reports."""

from __future__ import annotations

from typing import Any

from brief_nlp.tagging.attribution.english_speakers import is_one_of, nouns
from brief_nlp.tagging.attribution.english_verbs import subject_of, verb_rules
from brief_nlp.tagging.attribution.english_words import (
    has_clause,
    has_figure,
    has_object,
    has_prep,
    has_told_of,
    has_words,
)


def has_needed(verb: Any, doc: Any, needs: str, *, document: bool) -> bool:
    """Whether a verb has what a rule needs; `document` tells that its subject is a law, a plan or a paper."""
    match needs:
        case "words":
            return has_words(verb, doc)
        case "figure" | "figure_at":
            return has_figure(verb, placed=needs == "figure_at")
        case "object":
            return _objects(verb, doc, document=document)
        case "saying":
            return has_words(verb, doc) or _object_is(verb, nouns().sayings)  # a charge is rejected, and no offer
        case "seen":
            return _object_is(verb, nouns().seen)
        case "ascribed":
            return any(child.dep_ in ("dobj", "prep") for child in verb.children)
        case "of":
            never = any(child.dep_ == "neg" for child in verb.children)
            return has_prep(verb, ("of", "about")) and not document and not never
        case "for":
            called = any(child.dep_ == "dobj" for child in verb.children)
            return has_prep(verb, ("for",)) and not called and not (document and rules_only(verb))
        case _:
            return document and _document_has(verb, doc, needs)


def _document_has(verb: Any, doc: Any, needs: str) -> bool:
    if needs == "document_words":
        return has_clause(verb, doc)
    if needs == "document_figure":
        return has_figure(verb, placed=False) or has_told_of(verb)
    subject = subject_of(verb)
    if verb.lemma_ == "show" and subject is not None and is_one_of(subject, nouns().pictures):
        return has_words(verb, doc)
    nothing = any(child.dep_ == "dobj" and child.lower_ == "nothing" for child in verb.children)
    return not nothing and (has_object(verb) or has_words(verb, doc))


def _objects(verb: Any, doc: Any, *, document: bool) -> bool:
    if document and rules_only(verb):
        return has_clause(verb, doc) or any(child.dep_ == "xcomp" for child in verb.children)
    first = verb.head.lemma_.lower()  # "came and praised us", "asked for tea and promised help"
    second = verb.dep_ == "conj" and (first not in verb_rules().verbs or first in verb_rules().asking)
    return (has_object(verb) and not second) or has_words(verb, doc)


def _object_is(verb: Any, words: frozenset[str]) -> bool:
    return any(child.dep_ == "dobj" and is_one_of(child, words) for child in verb.children)


def is_share(subject: Any) -> bool:
    """Whether a subject is a share of those asked, or people at large: what they think is a finding.

    So are laws and plans, which assume and expect, unless they regard something as something.
    """
    if is_one_of(subject, nouns().rulings):
        return not any(child.dep_ == "prep" and child.lower_ == "as" for child in subject.head.children)
    return is_one_of(subject, nouns().shares) or bool(subject.like_num and subject.lower_ != "one")


def rules_only(verb: Any) -> bool:
    """Whether what a verb does is done by a law or a plan: its demands are acts, no speech."""
    subject = subject_of(verb)
    return subject is not None and is_one_of(subject, nouns().rulings)
