"""Who and what is named, relied on and quoted, each under one name over languages and briefs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from brief_nlp.schema import AUTHOR, Brief, Citation, CitationKind, Claim, Entity, FieldName, Speaker
from brief_nlp.tagging.gazetteer import load_gazetteer

LONGEST_NAME = 200  # characters of a name that are kept
_OF_DOCUMENT = "local:"  # how ids begin that mean something in one document only
_NAMING = (FieldName.CONTAINER, FieldName.PUBLISHER, FieldName.AUTHOR, FieldName.TITLE)
_BOOKS = (FieldName.CONTAINER, FieldName.AUTHOR, FieldName.EDITOR, FieldName.PUBLISHER, FieldName.TITLE)


@dataclass(frozen=True, order=True)
class Named:
    """Someone or something: `key` is the same wherever it is named, `name` is how it was met first."""

    key: str
    name: str = field(compare=False)


class Cited(NamedTuple):
    """A source as a note cites it."""

    named: Named
    kind: CitationKind


def entity_named(entity: Entity) -> Named | None:
    """An entity with an identity beyond its document; None for names that nothing is known of."""
    if entity.canonical_id is None or entity.canonical_id.startswith(_OF_DOCUMENT):
        return None
    return Named(entity.canonical_id, entity.name[:LONGEST_NAME])


def speaker_named(speaker: Speaker) -> Named | None:
    """A speaker other than the writer."""
    if speaker.name == AUTHOR.name and speaker.start is None:
        return None
    if speaker.canonical_id and not speaker.canonical_id.startswith(_OF_DOCUMENT):
        return Named(speaker.canonical_id, speaker.name[:LONGEST_NAME])
    return _by_name(speaker.name)


def cited_in(brief: Brief) -> tuple[tuple[Cited, ...], ...]:
    """By note, what it cites: newspaper, journal or site, else publisher, else writer, else title.

    Of a book it is the writer before the publisher. A citation that repeats an earlier note cites what that one does.
    """
    found: list[tuple[Cited, ...]] = []
    for note in brief.footnotes:
        cited = (_source(citation, found) for citation in note.citations)
        found.append(tuple(one for one in cited if one))
    return tuple(found)


def cited_by(claim: Claim, cited: Sequence[Sequence[Cited]]) -> dict[Named, CitationKind]:
    """What the notes behind a claim cite, each once."""
    return {named: kind for item in claim.evidence for named, kind in cited[item.footnote]}


def display(named: Named, language: str) -> str:
    """The name in the language of the report, where the gazetteer has it."""
    entry = load_gazetteer().entries.get(named.key)
    if entry is None:
        return named.name
    return (entry.ko or entry.name) if language == "ko" else entry.name


def _source(citation: Citation, earlier: Sequence[tuple[Cited, ...]]) -> Cited | None:
    """The source of a citation; of one that repeats a note, that of the note."""
    if citation.repeats is not None and citation.repeats < len(earlier):
        return next(iter(earlier[citation.repeats]), None)
    if citation.kind is CitationKind.REPEAT:
        return None
    naming = _BOOKS if citation.kind is CitationKind.BOOK else _NAMING
    name = next((value for part in naming if (value := citation.value(part))), None)
    return Cited(_by_name(name), citation.kind) if name else None


@lru_cache(maxsize=10_000)
def _entry_of(name: str) -> Named | None:
    entry = load_gazetteer().named(name)
    return Named(entry.id, entry.name) if entry else None


def _by_name(name: str) -> Named:
    words = " ".join(name.split())[:LONGEST_NAME]
    return _entry_of(words) or Named(f"name:{words.casefold()}", words)
