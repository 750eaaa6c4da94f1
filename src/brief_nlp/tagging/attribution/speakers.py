"""Names of speakers, and words between quotation marks: what both languages share."""

from __future__ import annotations

from collections.abc import Sequence

from brief_nlp.schema import Entity, Speaker

LONGEST_SPEAKER = 90  # characters
UNNAMED = Speaker(name="unnamed source")


def speaker_of(entity: Entity) -> Speaker:
    """A named speaker."""
    return Speaker(name=entity.name, canonical_id=entity.canonical_id, start=entity.start, end=entity.end)


def plain_speaker(text: str, start: int, end: int) -> Speaker | None:
    """A speaker by the words that name them; None where these are too many or none."""
    name = text[start:end].strip()
    if not name or len(name) > LONGEST_SPEAKER:
        return None
    start = text.index(name, start)
    return Speaker(name=name, start=start, end=start + len(name))


def inside(entities: Sequence[Entity], start: int, end: int) -> list[Entity]:
    """The entities between two offsets, in order."""
    return sorted((e for e in entities if start <= e.start and e.end <= end), key=lambda e: (e.start, -e.end))


def open_quotes(text: str) -> int:
    """By how many double quotation marks more are opened in a text than closed; straight ones count in pairs."""
    curly = text.count("“") - text.count("”") + text.count("《") - text.count("》")
    return curly if curly > 0 else text.count('"') % 2
