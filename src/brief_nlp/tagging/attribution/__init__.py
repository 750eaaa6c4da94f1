"""Who says so: for each sentence the chain of speakers, outermost first; the writer where nobody else is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from brief_nlp.schema import AUTHOR, Entity, EntityType, Language, Speaker
from brief_nlp.tagging.attribution import english, korean

Chain = tuple[Speaker, ...]


class Passage(NamedTuple):
    """A paragraph: its sentences and names, and whether it goes on from the passage before it, no heading between."""

    sentences: Sequence[tuple[int, int]]
    entities: Sequence[Entity] = ()
    goes_on: bool = False


def sources_of_passages(
    text: str, passages: Sequence[Passage], *, language: Language, parses: Sequence[Sequence[Any]] | None = None
) -> list[list[Chain]]:
    """The source chain of each sentence of each passage: who spoke in one may be meant by a pronoun of the next."""
    found: list[list[Chain]] = []
    persons: dict[str, Entity] = {}  # by their surname: 김 장관 is the last Kim named in full
    previous: Chain = (AUTHOR,)
    earlier: Chain = (AUTHOR,)
    writers = english.writing_bodies(text) if language is Language.EN else frozenset[str]()
    for place, passage in enumerate(passages):
        if not passage.goes_on:
            previous = earlier = (AUTHOR,)
        chains = find_sources(
            text,
            passage.sentences,
            language=language,
            entities=passage.entities,
            previous=previous,
            earlier=earlier,
            persons=persons,
            parses=None if parses is None else parses[place],
            writers=writers,
        )
        found.append(chains)
        persons |= {e.text[0]: e for e in passage.entities if e.type is EntityType.PERSON and len(e.text) > 1}
        previous = chains[-1] if chains else previous
        earlier = next((chain for chain in reversed(chains) if chain != (AUTHOR,)), (AUTHOR,))
    return found


def find_sources(
    text: str,
    sentences: Sequence[tuple[int, int]],
    *,
    language: Language,
    entities: Sequence[Entity] = (),
    previous: Chain = (AUTHOR,),
    earlier: Chain = (AUTHOR,),
    persons: Mapping[str, Entity] = MappingProxyType({}),
    parses: Sequence[Any] | None = None,
    writers: frozenset[str] = frozenset(),
) -> list[Chain]:
    """The source chain of each sentence (its offsets) of a paragraph; speech that runs on keeps its speaker.

    `previous` is the chain of the sentence before the first one, `earlier` the last before it that was another's, whom
    a pronoun may mean; `persons` are those named before, by their surname; `parses` are the sentences as spaCy read
    them (English) or their morphemes (Korean), where that has been done already; `writers` are names by which the
    body that writes speaks of itself.
    """
    if language is Language.KO:
        return korean.sources(text, sentences, entities, previous, earlier, persons, parses)
    return english.sources(text, sentences, entities, previous, earlier, parses, writers)
