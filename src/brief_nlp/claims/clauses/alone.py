"""English: a clause as a sentence of its own.

What judges sentences has seen few that begin with `as` or `which`, and takes what a clause presupposes for a part of
the judgement that it stands in: `the fact that the speech did not mention the South` is a fact, told without its frame.
"""

from __future__ import annotations

from typing import Any

from brief_nlp.claims.clauses.english import is_finite, rules

LONGEST_SUBJECT = 12  # words of a subject that is said again
_RELATIVE = ("WDT", "WP", "WP$", "WRB")  # Penn tags
_LEAD = 5  # words among which `the fact that` opens a clause


def of(sentence: str, span: tuple[int, int], parsed: Any) -> tuple[tuple[str, ...], bool]:
    """The clause as a sentence, and whether it is a main one.

    What `which` takes up is told by grammar only in part, so that a relative clause also counts as it stands.
    """
    base = parsed[0].idx
    tokens = [token for token in parsed if span[0] <= token.idx - base < span[1]]
    if not tokens:
        return (), True
    found = _opening(tokens)
    main = found is None
    skipped, opening = found or (0, "")
    words = sentence[tokens[skipped].idx - base : span[1]]
    if main:
        opening = _subject_of(tokens)
        if opening and not tokens[0].ent_type_ and tokens[0].tag_ not in ("NNP", "NNPS"):
            words = words[0].lower() + words[1:]
    whole = f"{opening} {words}" if opening else words
    whole = f"{whole[0].upper()}{whole[1:]}" + ("" if whole[-1] in ".!?" else ".")
    as_it_stands = (sentence[span[0] : span[1]],) if tokens[0].tag_ in _RELATIVE else ()
    return (*as_it_stands, whole), main


def _opening(tokens: list[Any]) -> tuple[int, str] | None:
    """How many words make a clause a part of another one, and what stands in their place; None for a main clause."""
    first = tokens[0]
    second = tokens[1] if len(tokens) > 1 else first
    for place, token in enumerate(tokens[:_LEAD]):
        if token.lower_ == "fact" and tokens[place + 1 : place + 2] and tokens[place + 1].lower_ == "that":
            return _within(tokens, place + 2), ""
    if second.lower_ in ("which", "whom") and first.tag_ == "IN":
        return 0, ""
    if first.tag_ in _RELATIVE or first.lower_ == "which":
        return _within(tokens, 1), _standing_for(tokens)
    if first.lower_ in rules()["before_grounds"] and second.lower_ in rules()["grounds"]:
        return _within(tokens, 2), ""
    if first.lower_ in rules()["grounds_before_that"] and second.lower_ == "that":
        return _within(tokens, 2), ""
    if first.lower_ == "that" and first.dep_ == "mark" and first.i == first.doc[0].i:
        return _within(tokens, 1), ""
    if first.dep_ in ("mark", "advmod") and first.lower_ in rules()["grounds"]:
        return _within(tokens, 1), ""
    return None


def _within(tokens: list[Any], skipped: int) -> int:
    """None is skipped where a verb would come first: `as did the promises of 2002` would become a question."""
    follows = tokens[skipped : skipped + 1]
    if not follows:
        return 0
    relative = tokens[0].tag_ in _RELATIVE
    return 0 if not relative and follows[0].pos_ == "AUX" else skipped


def _standing_for(tokens: list[Any]) -> str:
    """The words for a relative pronoun: who or what it takes up, told again."""
    pronoun = tokens[0]
    verb = next((token for token in tokens if is_finite(token)), pronoun)
    helper = next((child for child in verb.children if child.dep_ in ("aux", "auxpass")), verb)
    many = helper.tag_ == "VBP" or helper.lower_ == "were"
    if pronoun.tag_ == "WP$":
        return "Their" if many else "Its"
    if pronoun.dep_ not in ("nsubj", "nsubjpass"):
        return ""
    if pronoun.lower_ == "who":
        return "They" if many else "He"
    return "They" if many else "This"


def _subject_of(tokens: list[Any]) -> str:
    """The subject that a clause shares with the one before it, where it has none of its own."""
    places = {token.i for token in tokens}
    verb = next((token for token in tokens if token.pos_ in ("VERB", "AUX") and _leads(token, places)), None)
    if verb is None:
        return ""
    first = verb
    while first.dep_ == "conj" and not _subjects(first):
        first = first.head
    subject = next(iter(_subjects(first)), None)
    if subject is None or subject.i in places or subject.i > verb.i:
        return ""
    if any(child.dep_ in ("relcl", "acl") and is_finite(child) for child in subject.subtree):
        return "This" if subject.lower_ == "fact" else "They" if subject.tag_ in ("NNS", "NNPS") else "It"
    if subject.pos_ in ("VERB", "AUX"):
        return "This"
    words = list(subject.subtree)
    if len(words) > LONGEST_SUBJECT or words[-1].i >= verb.i:
        return "They" if subject.tag_ in ("NNS", "NNPS") else "It"
    return "".join(token.text_with_ws for token in words).strip()


def _leads(token: Any, places: set[int]) -> bool:
    """Whether a verb is the first of a clause, whatever it hangs on lying outside."""
    return is_finite(token) and (token.head.i not in places or token.dep_ == "ROOT")


def _subjects(verb: Any) -> list[Any]:
    return [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "csubj", "expl")]
