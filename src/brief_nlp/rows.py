"""A brief as flat rows: what the store writes, and the tables that `Brief.to_frames` gives.

`to_rows` is lossless for annotations and keyed the same on every run; `to_frames` adds what a reader
of a spreadsheet wants to see beside each claim.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from brief_nlp.schema import Brief, Citation, Claim, Clause, Entity, FieldName, Marker, Meeting, Region

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]

# in the order in which rows can be inserted: a table only refers to tables before it
TABLES = (
    "documents",
    "blocks",
    "footnotes",
    "markers",
    "citations",
    "entities",
    "dates",
    "quantities",
    "claims",
    "claim_regions",
    "claim_sources",
    "clauses",
    "clause_footnotes",
    "claim_cues",
    "claim_evidence",
    "claim_links",
)


def to_rows(brief: Brief) -> dict[str, list[Row]]:
    """Rows by table, in the order of `TABLES`; every value is JSON-able."""
    key = {"document_id": brief.document_id}
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    rows["documents"].append(_document(brief))
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
    rows["entities"].extend({**key, "entity": place, **_entity(entity)} for place, entity in enumerate(brief.entities))
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


def _entity(entity: Entity) -> Row:
    """An entity with a column for each part of a meeting's name."""
    parts = entity.meeting.model_dump() if entity.meeting else dict.fromkeys(Meeting.model_fields)
    return {
        **entity.model_dump(mode="json", exclude={"meeting"}),
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
    return {
        "document_id": brief.document_id,
        "fingerprint": brief.fingerprint,
        "language": brief.language.value,
        "page_count": brief.page_count,
        "title": head.title,
        "series": head.series,
        "number": head.number,
        "publisher": head.publisher,
        "authors": "; ".join(author.name for author in head.authors),
        "published": published.value if published else None,
        "published_from": published.derived_from.value if published else None,
        "isbn": head.isbn,
        "issn": head.issn,
        "missing": "; ".join(head.missing),
        "warnings": "; ".join(brief.warnings),
        "brief": brief.model_dump_json(),
    }


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
            "label": claim.label.value,
            "probability": claim.probability,
            "encoder": claim.encoder,
            "needs_review": claim.needs_review,
            "kind": claim.kind.value if claim.kind else None,
            "likelihood": claim.likelihood.value if claim.likelihood else None,
            "mixed": claim.mixed,
            "by": claim.by,
        }
    )
    rows["claim_regions"].extend({**key, "position": i, **asdict(region)} for i, region in enumerate(claim.regions))
    rows["claim_sources"].extend(
        {**key, "position": i, **speaker.model_dump()} for i, speaker in enumerate(claim.source)
    )
    for place, clause in enumerate(claim.clauses):
        own = {**key, "clause": place}
        rows["clauses"].append(
            {**own, "start": clause.start, "end": clause.end, "text": clause.text, "label": clause.label.value,
             "probability": clause.probability, "source": source_in_words(clause)}
        )  # fmt: skip
        rows["clause_footnotes"].extend(
            {**own, "document_id": brief.document_id, "footnote": footnote} for footnote in clause.footnotes
        )
    rows["claim_cues"].extend({**key, "position": i, **cue.model_dump()} for i, cue in enumerate(claim.cues))
    rows["claim_evidence"].extend(
        {**key, "document_id": brief.document_id, "footnote": item.footnote, "scope": item.scope.value}
        for item in claim.evidence
    )
    for kind, places in (("entity", claim.entities), ("date", claim.dates), ("quantity", claim.quantities)):
        rows["claim_links"].extend({**key, "kind": kind, "place": place} for place in places)


def to_frames(brief: Brief) -> dict[str, pd.DataFrame]:
    """Tables by name; `claims` has one row a claim with source, page and notes in words."""
    import pandas as pd

    rows = to_rows(brief)
    rows["documents"] = [{k: v for k, v in row.items() if k != "brief"} for row in rows["documents"]]
    rows["claims"] = [
        {**row, **_in_words(brief, claim)} for row, claim in zip(rows["claims"], brief.claims, strict=True)
    ]
    return {name: pd.DataFrame(found) for name, found in rows.items()}


def _in_words(brief: Brief, claim: Claim) -> Row:
    heading = brief.blocks[claim.section] if claim.section is not None else None
    return {
        "source": source_in_words(claim),
        "page": claim.regions[0].page if claim.regions else None,
        "regions": [_box(region) for region in claim.regions],
        "footnotes": "; ".join(brief.footnotes[item.footnote].label for item in claim.evidence),
        "entities": "; ".join(dict.fromkeys(brief.entities[place].name for place in claim.entities)),
        "dates": "; ".join(dict.fromkeys(brief.dates[place].value for place in claim.dates)),
        "section_heading": brief.text[heading.start : heading.end] if heading else None,
        "reasons": "; ".join(f"{cue.text} ({cue.category})" for cue in claim.cues),
    }


def source_in_words(claim: Claim | Clause) -> str:
    """The chain of speakers, outermost first: `KCNA > Kim Jong Un`."""
    return " > ".join(speaker.name for speaker in claim.source)


def _box(region: Region) -> list[float]:
    return [region.page, region.x0, region.top, region.x1, region.bottom]
