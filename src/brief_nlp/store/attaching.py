"""To which claim a verdict belongs now: after a re-run, a new model, another layout, a re-issued PDF.

By the claim's id; else by its words, where the text has them once and had them once, or where the words before or
behind tell which it is. An id tells words and their turn among the claims, so where the text has them twice what stands
beside them must not speak for another place. What fits nowhere, or in two places, is attached to nothing: an orphan,
never dropped and never guessed. The words are compared without white space and hyphens, which typesetting changes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, or_, select

from brief_nlp.claims.find import normalised
from brief_nlp.rows import Row, work_of
from brief_nlp.schema import Brief, Claim
from brief_nlp.store.tables import attachments, claims, verdicts

CONTEXT = 40  # characters of prefix and suffix kept with a quote, as W3C Web Annotation's TextQuoteSelector has them
NEAREST = 20  # of these, those next to the quote that must agree
_TYPESET = re.compile(r"\s+|(?<=[^\W\d])-(?=[^\W\d])")


class How(StrEnum):
    """By what a verdict found its claim."""

    CLAIM = "claim"
    QUOTE = "quote"
    EDITION = "edition"


class Quoted(NamedTuple):
    """What is known of the claim that a verdict was given on."""

    document_id: str
    claim_id: str
    quote: str
    prefix: str
    suffix: str
    occurrences: int | None = None


def folded(words: str) -> str:
    """Words as they are compared: case, marks, white space and hyphens made alike."""
    return _TYPESET.sub("", normalised(words))


@lru_cache(maxsize=2)
def folded_text(text: str) -> str:
    """The same of a whole text, kept since all verdicts on a document ask for it."""
    return folded(text)


def found_at(text: str, words: str) -> list[int]:
    """Where words stand in a text."""
    return [found.start() for found in re.finditer(re.escape(words), text)] if words else []


_WANTED = (
    select(verdicts.c.verdict_id, *(verdicts.c[name] for name in Quoted._fields))
    .where(or_(verdicts.c.document_id == bindparam("document"), verdicts.c.work == bindparam("publication")))
    .order_by(verdicts.c.verdict_id)
)


class Finder:
    """The claims of a brief, to be found by verdicts."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.by_id = {claim.id: claim for claim in brief.claims}
        self.by_quote: Mapping[str, list[Claim]] = defaultdict(list)
        for claim in brief.claims:
            self.by_quote[folded(claim.text)].append(claim)

    def find(self, given: Quoted) -> tuple[Claim, How] | None:
        """The claim of a verdict and by what it was found; None where that is not certain."""
        if (found := self.by_id.get(given.claim_id)) and self._in_place(given, found):
            return found, How.CLAIM
        candidates = self.by_quote.get(folded(given.quote), [])
        how = How.QUOTE if given.document_id == self.brief.document_id else How.EDITION
        places = self._places(given) if candidates else []
        if len(candidates) == 1 and given.occurrences == 1 and len(places) <= 1:
            return candidates[0], how
        fits = [self._fit(given, claim) for claim in candidates]
        best = max(fits, default=0)
        alone = fits.count(best) == 1 and places.count(best) <= 1 and best >= max(places, default=0)
        return (candidates[fits.index(best)], how) if best and alone else None

    def _in_place(self, given: Quoted, claim: Claim) -> bool:
        """Whether no other place in the text fits better than that of a claim with the id."""
        if not (given.prefix or given.suffix):
            return True
        places = self._places(given)
        return len(places) <= 1 or self._fit(given, claim) >= max(places)

    def _places(self, given: Quoted) -> list[int]:
        """The fit of each place in the text that has the words, also of those that are no claim of their own.

        A claim that was joined to its neighbour leaves its words to others: a piece of another sentence, cut anew.
        """
        text, words = folded_text(self.brief.text), folded(given.quote)
        before, after = folded(given.prefix)[-NEAREST:], folded(given.suffix)[:NEAREST]
        return [
            (text[:at].endswith(before) if before else at == 0)
            + (text[at + len(words) :].startswith(after) if after else at + len(words) == len(text))
            for at in found_at(text, words)
        ]

    def _fit(self, given: Quoted, claim: Claim) -> int:
        """On how many sides the words next to a claim are those next to the quote."""
        text = self.brief.text
        before = folded(text[max(0, claim.start - CONTEXT) : claim.start])[-NEAREST:]
        after = folded(text[claim.end : claim.end + CONTEXT])[:NEAREST]
        return (before == folded(given.prefix)[-NEAREST:]) + (after == folded(given.suffix)[:NEAREST])


def quoted(brief: Brief, claim: Claim) -> Quoted:
    """What a verdict keeps of a claim."""
    return Quoted(
        document_id=brief.document_id,
        claim_id=claim.id,
        quote=claim.text,
        prefix=brief.text[max(0, claim.start - CONTEXT) : claim.start],
        suffix=brief.text[claim.end : claim.end + CONTEXT],
        occurrences=max(1, len(found_at(folded_text(brief.text), folded(claim.text)))),
    )


def attachments_of(connection: Connection, brief: Brief) -> list[Row]:
    """The rows that attach verdicts on this document, or on another edition of it, to the claims of a brief."""
    asked = {"document": brief.document_id, "publication": work_of(brief.masthead, brief.language)}
    return rows_for(brief, ((row[0], Quoted(*row[1:])) for row in connection.execute(_WANTED, asked)))


def rows_for(brief: Brief, given: Iterable[tuple[int, Quoted]]) -> list[Row]:
    """The rows of `attachments` for numbered verdicts."""
    given = list(given)
    if not given:
        return []
    finder = Finder(brief)
    found = ((number, finder.find(one)) for number, one in given)
    return [{"claim_id": hit[0].id, "verdict_id": number, "how": hit[1].value} for number, hit in found if hit]


def attached(connection: Connection, document_id: str) -> list[Row]:
    """The rows that attach verdicts to the claims that the store has of a document."""
    query = select(attachments).join(claims).where(claims.c.document_id == document_id)
    return [dict(row) for row in connection.execute(query).mappings()]
