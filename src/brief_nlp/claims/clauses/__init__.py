"""Where a sentence parts into clauses."""

from __future__ import annotations

from typing import Any

from brief_nlp.claims.clauses import english, korean
from brief_nlp.schema import Language


def find_clauses(sentence: str, *, language: Language, parsed: Any = None) -> tuple[tuple[int, int], ...]:
    """(start, end) of each clause, in characters of the sentence; one span where nothing parts it.

    English needs the sentence as spaCy has `parsed` it; Korean is read by Kiwi.
    """
    return korean.cut(sentence) if language is Language.KO else english.cut(parsed)
