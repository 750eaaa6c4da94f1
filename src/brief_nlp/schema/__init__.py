"""The values that the whole package speaks of.

Every annotation is stand-off: `start` and `end` are character offsets into `Brief.text`
(Python string offsets, end exclusive). Regions are in PDF points, origin at the top left of
the page as it is shown. All values are immutable.
"""

from brief_nlp.schema.base import Language, Region, Span, Value
from brief_nlp.schema.brief import SCHEMA_VERSION, Brief
from brief_nlp.schema.claims import (
    AUTHOR,
    AssessmentKind,
    Claim,
    Clause,
    Cue,
    Evidence,
    EvidenceScope,
    Label,
    Likelihood,
    Speaker,
)
from brief_nlp.schema.layout import Block, BlockKind, Furniture, FurnitureKind, TextLine
from brief_nlp.schema.masthead import Author, DateSource, Masthead, PublicationDate
from brief_nlp.schema.notes import Citation, CitationKind, CitedField, FieldName, Footnote, FootnoteKind, Marker
from brief_nlp.schema.tags import DateMention, DateType, Entity, EntityType, Meeting, Quantity

__all__ = [
    "AUTHOR",
    "SCHEMA_VERSION",
    "AssessmentKind",
    "Author",
    "Block",
    "BlockKind",
    "Brief",
    "Citation",
    "CitationKind",
    "CitedField",
    "Claim",
    "Clause",
    "Cue",
    "DateMention",
    "DateSource",
    "DateType",
    "Entity",
    "EntityType",
    "Evidence",
    "EvidenceScope",
    "FieldName",
    "Footnote",
    "FootnoteKind",
    "Furniture",
    "FurnitureKind",
    "Label",
    "Language",
    "Likelihood",
    "Marker",
    "Masthead",
    "Meeting",
    "PublicationDate",
    "Quantity",
    "Region",
    "Span",
    "Speaker",
    "TextLine",
    "Value",
]
