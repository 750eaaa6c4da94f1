"""Where a sentence parts into clauses, and what each of them says by itself."""

from __future__ import annotations

from typing import Any, NamedTuple

from brief_nlp.claims.clauses import alone, english, korean
from brief_nlp.schema import Language


class Part(NamedTuple):
    """A clause: `start` and `end` in characters of its sentence, and in `alone` its words as they are judged.

    `alone` is empty where the words of the span say it as well; of several wordings the mean counts. `main` tells a
    main clause, which decides on the label of the sentence, from a ground, a contrast or a relative clause.
    """

    start: int
    end: int
    alone: tuple[str, ...]
    main: bool


def find_clauses(sentence: str, *, language: Language, parsed: Any = None) -> tuple[tuple[int, int], ...]:
    """(start, end) of each clause, in characters of the sentence; one span where nothing parts it.

    `parsed` is the sentence as spaCy (English) or Kiwi (Korean) has read it.
    """
    return korean.cut(sentence, parsed or ()) if language is Language.KO else english.cut(parsed)


def find_parts(sentence: str, *, language: Language, parsed: Any = None) -> tuple[Part, ...]:
    """The clauses of a sentence that has several; none of any other."""
    spans = find_clauses(sentence, language=language, parsed=parsed)
    if len(spans) < 2:
        return ()
    if language is Language.KO:
        last = spans[-1]
        return tuple(Part(*span, (), span == last or korean.is_joined(span, parsed)) for span in spans)
    return tuple(Part(*span, *alone.of(sentence, span, parsed)) for span in spans)
