"""Where a sentence parts into clauses."""

from __future__ import annotations

from typing import Any

from brief_nlp.claims.clauses import english, korean
from brief_nlp.schema import Language


def find_clauses(sentence: str, *, language: Language, parsed: Any = None) -> tuple[tuple[int, int], ...]:
    """(start, end) of each clause, in characters of the sentence; one span where nothing parts it.

    `parsed` is the sentence as spaCy (English) or Kiwi (Korean) has read it.
    """
    return korean.cut(sentence, parsed or ()) if language is Language.KO else english.cut(parsed)
