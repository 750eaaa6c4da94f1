"""All tags of a document: entities, dates, quantities, citations, and when it came out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from brief_nlp.schema import DateMention, Entity, Footnote, Masthead, Quantity
from brief_nlp.structure.document import Draft
from brief_nlp.tagging.citations import cite
from brief_nlp.tagging.dates import find_dates
from brief_nlp.tagging.entities import find_entities
from brief_nlp.tagging.gazetteer import load_gazetteer
from brief_nlp.tagging.names import cited_names, model_spans
from brief_nlp.tagging.published import publication_date
from brief_nlp.tagging.quantities import find_quantities


@dataclass(frozen=True)
class Tags:
    """What the tagging stage adds to a draft."""

    masthead: Masthead
    footnotes: tuple[Footnote, ...]
    entities: tuple[Entity, ...]
    dates: tuple[DateMention, ...]
    quantities: tuple[Quantity, ...]


def tag(draft: Draft, gazetteer: Path | None = None) -> Tags:
    """Tag a whole document, its notes included; `gazetteer` is a user's file of further names."""
    language = draft.language
    published = publication_date(draft.text, draft.blocks, draft.furniture, draft.metadata, language)
    dates = find_dates(draft.text, language=language, published=published.value if published else None)
    missing = draft.masthead.missing if published else (*draft.masthead.missing, "published")
    footnotes = cite(draft.text, draft.footnotes)
    return Tags(
        masthead=draft.masthead.model_copy(update={"published": published, "missing": missing}),
        footnotes=footnotes,
        entities=find_entities(
            draft.text,
            language=language,
            gazetteer=load_gazetteer(gazetteer),
            model_spans=model_spans(draft.text, draft.blocks, language),
            cited=cited_names(footnotes),
        ),
        dates=dates,
        quantities=find_quantities(draft.text, language=language, dates=dates),
    )
