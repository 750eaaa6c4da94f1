"""Who says so: for each sentence the chain of speakers, outermost first; the writer where nobody else is named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from brief_nlp.schema import AUTHOR, Entity, Language, Speaker
from brief_nlp.tagging.attribution import english, korean

Chain = tuple[Speaker, ...]


def find_sources(
    text: str,
    sentences: Sequence[tuple[int, int]],
    *,
    language: Language,
    entities: Sequence[Entity] = (),
    previous: Chain = (AUTHOR,),
    parses: Sequence[Any] | None = None,
) -> list[Chain]:
    """The source chain of each sentence (its offsets) of a paragraph; speech that runs on keeps its speaker.

    `previous` is the chain of the sentence before the first one; `parses` are the sentences as spaCy read
    them (English) or their morphemes (Korean), where that has been done already.
    """
    if language is Language.KO:
        return korean.sources(text, sentences, entities, previous, parses)
    return english.sources(text, sentences, entities, previous, parses)
