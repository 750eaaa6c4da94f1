"""A document with all that is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from brief_nlp.schema.base import Language, Value
from brief_nlp.schema.claims import Claim
from brief_nlp.schema.layout import Block, Furniture, TextLine
from brief_nlp.schema.masthead import Masthead
from brief_nlp.schema.notes import Footnote, Marker
from brief_nlp.schema.tags import DateMention, Entity, Quantity

if TYPE_CHECKING:
    import pandas as pd

SCHEMA_VERSION = 1


class Brief(Value):
    """All that is known of one document."""

    schema_version: int = SCHEMA_VERSION
    document_id: str = Field(description="sha256 of the PDF's bytes")
    fingerprint: str = Field(description="hash of package version, models, rules and settings")
    language: Language
    page_count: int
    masthead: Masthead
    text: str
    blocks: tuple[Block, ...]
    furniture: tuple[Furniture, ...]
    footnotes: tuple[Footnote, ...]
    markers_without_note: tuple[Marker, ...]
    entities: tuple[Entity, ...]
    dates: tuple[DateMention, ...]
    quantities: tuple[Quantity, ...]
    claims: tuple[Claim, ...]
    lines: tuple[TextLine, ...] = Field(repr=False)
    warnings: tuple[str, ...] = ()
    provenance: dict[str, str] = Field(description="what made each kind of annotation, with its version")

    def to_frames(self) -> dict[str, pd.DataFrame]:
        """The brief as tables, keyed by table name; one row an annotation."""
        from brief_nlp.rows import to_frames

        return to_frames(self)
