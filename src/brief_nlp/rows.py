"""A brief as flat rows: what the store writes, and the tables that `Brief.to_frames` gives.

`to_rows` is lossless for annotations and keyed the same on every run; `to_frames` adds what a reader
of a spreadsheet wants to see beside each claim.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING, Any

from brief_nlp.claims.find import normalised
from brief_nlp.schema import Brief, Citation, Claim, Clause, Entity, FieldName, Marker, Masthead, Meeting, Region
from brief_nlp.tagging.dates.calendar import bounds

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]

# in the order in which rows can be inserted: a table only refers to tables before it
TABLES = (
    "documents",
    "briefs",
    "blocks",
    "footnotes",
    "markers",
    "citations",
    "entities",
    "mentions",
    "dates",
    "quantities",
    "claims",
    "claim_regions",
    "claim_sources",
    "clauses",
    "clause_footnotes",
    "claim_cues",
    "claim_evidence",
    "claim_mentions",
    "claim_dates",
    "claim_quantities",
)

FRAMES = tuple(name for name in TABLES if name != "briefs")

# what a claim has in a frame beside its columns in the store, with the type of each
IN_WORDS: dict[str, type] = {
    "regions": list, "footnotes": str, "entities": str, "dates": str, "section_heading": str, "reasons": str,
}  # fmt: skip


def to_rows(brief: Brief) -> dict[str, list[Row]]:
    """Rows by table, in the order of `TABLES`; every value is JSON-able but the bytes in `briefs`."""
    key = {"document_id": brief.document_id}
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    rows["documents"].append(_document(brief))
    rows["briefs"].append({**key, "body": zlib.compress(brief.model_dump_json().encode(), 1)})
    for block in brief.blocks:
        rows["blocks"].append(
            {**key, **block.model_dump(mode="json", exclude={"regions", "index"}), "block": block.index,
             "page": block.regions[0].page if block.regions else None, "text": brief.text[block.start : block.end]}
        )  # fmt: skip
    for note in brief.footnotes:
        rows["footnotes"].append(
            {**key, "footnote": note.index, "label": note.label, "block": note.block, "start": note.start,
             "end": note.end, "kind": note.kind.value, "text": brief.text[note.start : note.end]}
        )  # fmt: skip
        rows["citations"].extend(
            {**key, "footnote": note.index, "citation": place, **_citation(citation)}
            for place, citation in enumerate(note.citations)
        )
    called: list[tuple[Marker, int | None]] = [
        (marker, note.index) for note in brief.footnotes for marker in note.markers
    ]
    called += [(marker, None) for marker in brief.markers_without_note]
    for place, (marker, index) in enumerate(sorted(called, key=lambda pair: (pair[0].offset, pair[0].label))):
        rows["markers"].append(
            {
                **key,
                "marker": place,
                "label": marker.label,
                "offset": marker.offset,
                "block": marker.block,
                "footnote": index,
            }
        )
    _add_entities(rows, brief)
    for table, single, values in (
        ("dates", "date", brief.dates),
        ("quantities", "quantity", brief.quantities),
    ):
        rows[table].extend(
            {**key, single: place, **value.model_dump(mode="json")} for place, value in enumerate(values)
        )
    for order, claim in enumerate(brief.claims):
        _add_claim(rows, brief, claim, order)
    return rows


def _add_entities(rows: dict[str, list[Row]], brief: Brief) -> None:
    """Each entity once, in the order of first mention, and each mention of it."""
    key = {"document_id": brief.document_id}
    known: dict[tuple[str, str], Row] = {}
    for place, mention in enumerate(brief.entities):
        identity = (mention.type.value, mention.canonical_id or mention.name)
        entity = known.setdefault(identity, {**key, "entity": len(known), **_entity(mention), "mentions": 0})
        entity["mentions"] += 1
        rows["mentions"].append(
            {**key, "mention": place, "entity": entity["entity"], "start": mention.start, "end": mention.end,
             "text": mention.text, "by": mention.by}
        )  # fmt: skip
    rows["entities"].extend(known.values())


def _entity(mention: Entity) -> Row:
    """What is known of an entity, with a column for each part of a meeting's name."""
    parts = mention.meeting.model_dump() if mention.meeting else dict.fromkeys(Meeting.model_fields)
    return {
        "type": mention.type.value,
        "canonical_id": mention.canonical_id,
        "name": mention.name,
        **{f"meeting_{name}": value for name, value in parts.items()},
    }


def _citation(citation: Citation) -> Row:
    """A citation with a column for each field; authors and editors are joined by semicolons."""
    fields = {name.value: citation.value(name) for name in FieldName}
    people = {name: "; ".join(citation.values(FieldName(name))) or None for name in ("author", "editor")}
    fields = {name: value for name, value in fields.items() if name not in people}
    return {
        **citation.model_dump(mode="json", exclude={"fields"}),
        **fields,
        **{f"{name}s": names for name, names in people.items()},
    }


def _document(brief: Brief) -> Row:
    head = brief.masthead
    published = head.published
    earliest, latest = bounds(published.value) if published else (None, None)
    return {
        "document_id": brief.document_id,
        "fingerprint": brief.fingerprint,
        "work": work_of(head, brief.language),
        "language": brief.language.value,
        "page_count": brief.page_count,
        "title": head.title,
        "series": head.series,
        "number": head.number,
        "publisher": head.publisher,
        "authors": "; ".join(author.name for author in head.authors),
        "published": published.value if published else None,
        "published_earliest": earliest,
        "published_latest": latest,
        "published_from": published.derived_from.value if published else None,
        "isbn": head.isbn,
        "issn": head.issn,
        "missing": "; ".join(head.missing),
        "warnings": "; ".join(brief.warnings),
    }


def work_of(head: Masthead, language: str) -> str | None:
    """What the editions of one publication have in common; None where the masthead tells too little."""
    known: tuple[str, ...]
    if head.series and head.number:
        known = ("series", head.publisher or "", head.series, head.number)
    elif head.isbn:
        known = ("isbn", head.isbn)
    elif head.title:
        known = ("title", head.publisher or "", head.title)
    else:
        return None
    return " | ".join(normalised(part) for part in (*known, language))


def _add_claim(rows: dict[str, list[Row]], brief: Brief, claim: Claim, order: int) -> None:
    key = {"claim_id": claim.id}
    rows["claims"].append(
        {
            **key,
            "document_id": brief.document_id,
            "claim": order,
            "block": claim.block,
            "section": claim.section,
            "start": claim.start,
            "end": claim.end,
            "text": claim.text,
            "quote": hashlib.sha256(normalised(claim.text).encode()).hexdigest()[:32],
            "search_id": int(claim.id[:16], 16) >> 1,
            "label": claim.label.value,
            "probability": claim.probability,
            "encoder": claim.encoder,
            "needs_review": claim.needs_review,
            "kind": claim.kind.value if claim.kind else None,
            "likelihood": claim.likelihood.value if claim.likelihood else None,
            "mixed": claim.mixed,
            "page": claim.regions[0].page if claim.regions else None,
            "source": source_in_words(claim),
            "notes": len(claim.evidence),
            "earliest": min((day for place in claim.dates if (day := brief.dates[place].earliest)), default=None),
            "latest": max((day for place in claim.dates if (day := brief.dates[place].latest)), default=None),
            "by": claim.by,
        }
    )
    rows["claim_regions"].extend(
        [
            {**key, "position": i, "page": box.page, "x0": box.x0, "top": box.top, "x1": box.x1, "bottom": box.bottom}
            for i, box in enumerate(claim.regions)
        ]
    )
    rows["claim_sources"].extend(
        [
            {**key, "position": i, "name": speaker.name, "canonical_id": speaker.canonical_id,
             "start": speaker.start, "end": speaker.end}
            for i, speaker in enumerate(claim.source)
        ]
    )  # fmt: skip
    for place, clause in enumerate(claim.clauses):
        own = {**key, "clause": place}
        rows["clauses"].append(
            {**own, "start": clause.start, "end": clause.end, "text": clause.text, "label": clause.label.value,
             "probability": clause.probability, "source": source_in_words(clause)}
        )  # fmt: skip
        rows["clause_footnotes"].extend(
            {**own, "document_id": brief.document_id, "footnote": footnote} for footnote in clause.footnotes
        )
    rows["claim_cues"].extend(
        [
            {**key, "position": i, "start": cue.start, "end": cue.end, "text": cue.text, "category": cue.category,
             "rule": cue.rule, "weight": cue.weight}
            for i, cue in enumerate(claim.cues)
        ]
    )  # fmt: skip
    of_document = {**key, "document_id": brief.document_id}
    rows["claim_evidence"].extend(
        [{**of_document, "footnote": item.footnote, "scope": item.scope.value} for item in claim.evidence]
    )
    rows["claim_mentions"].extend([{**of_document, "mention": place} for place in claim.entities])
    rows["claim_dates"].extend([{**of_document, "date": place} for place in claim.dates])
    rows["claim_quantities"].extend([{**of_document, "quantity": place} for place in claim.quantities])


def to_frames(brief: Brief) -> dict[str, pd.DataFrame]:
    """Tables by name; `claims` has one row a claim with source, page and notes in words."""
    import pandas as pd

    return {name: pd.DataFrame(found) for name, found in to_readable_rows(brief).items()}


def to_readable_rows(brief: Brief) -> dict[str, list[Row]]:
    """Rows by table, in the order of `FRAMES`; those of `claims` say in words what they refer to."""
    rows = to_rows(brief)
    del rows["briefs"]
    rows["claims"] = [
        {**row, **_in_words(brief, claim)} for row, claim in zip(rows["claims"], brief.claims, strict=True)
    ]
    return rows


def _in_words(brief: Brief, claim: Claim) -> Row:
    heading = brief.blocks[claim.section] if claim.section is not None else None
    return {
        "regions": [_box(region) for region in claim.regions],
        "footnotes": "; ".join(brief.footnotes[item.footnote].label for item in claim.evidence),
        "entities": "; ".join(dict.fromkeys(brief.entities[place].name for place in claim.entities)),
        "dates": "; ".join(dict.fromkeys(brief.dates[place].value for place in claim.dates)),
        "section_heading": brief.text[heading.start : heading.end] if heading else None,
        "reasons": "; ".join(f"{cue.text} ({cue.category})" for cue in claim.cues),
    }


def source_in_words(claim: Claim | Clause) -> str:
    """The chain of speakers, outermost first: `KCNA > Kim Jong Un`."""
    return " > ".join([speaker.name for speaker in claim.source])


def _box(region: Region) -> list[float]:
    return [region.page, region.x0, region.top, region.x1, region.bottom]
