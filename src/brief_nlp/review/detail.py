"""One claim with all that a reviewer needs to judge it."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from pydantic import BaseModel
from sqlalchemy import Connection, select, text

from brief_nlp.rows import source_in_words
from brief_nlp.schema import Brief, Claim, EvidenceScope, Label, Marker, Region
from brief_nlp.store.attaching import quoted
from brief_nlp.store.decisions import Action
from brief_nlp.store.derived import unpacked
from brief_nlp.store.tables import briefs, claims


class Mark(BaseModel):
    """A stretch of the paragraph, in characters from its beginning."""

    start: int
    end: int


class CueMark(Mark):
    """Words that speak for a label; `weight` is in log-odds towards assessment."""

    category: str
    rule: str
    weight: float


class MarkerMark(BaseModel):
    """Where a note is called."""

    offset: int
    label: str
    note: int | None
    regions: list[Region]


class ClauseMark(Mark):
    """A clause of a mixed sentence."""

    label: Label
    probability: float
    source: str


class Note(BaseModel):
    """A footnote behind the claim."""

    index: int
    label: str
    scope: EvidenceScope
    text: str
    citations: list[str]
    regions: list[Region]


class Given(BaseModel):
    """A verdict that was given on the claim, on this edition or another."""

    key: str
    action: Action
    label: Label | None
    edited: str | None
    note: str | None
    reviewer: str
    given_at: datetime
    undone: bool


class Document(BaseModel):
    """The brief that the claim stands in."""

    id: str
    title: str | None
    series: str | None
    number: str | None
    published: str | None
    language: str
    pages: int


class Detail(BaseModel):
    """A claim, its paragraph, its reasons, the notes behind it and what was said about it."""

    id: str
    document: Document
    section: str | None
    paragraph: str
    claim: Mark
    cues: list[CueMark]
    clauses: list[ClauseMark]
    markers: list[MarkerMark]
    label: Label
    probability: float
    encoder: float
    unsure: bool
    mixed: bool
    kind: str | None
    likelihood: str | None
    source: list[str]
    entities: list[str]
    dates: list[str]
    quote: str
    prefix: str
    suffix: str
    regions: list[Region]
    notes: list[Note]
    verdicts: list[Given]


def detail(connection: Connection, claim_id: str) -> Detail | None:
    """A claim in full; None where the store does not have it (any more)."""
    found = claim_of(connection, claim_id)
    return _described(*found, verdicts_on(connection, claim_id)) if found else None


def claim_of(connection: Connection, claim_id: str) -> tuple[Brief, Claim] | None:
    """A claim and its brief."""
    query = select(briefs.c.body).join(claims, claims.c.document_id == briefs.c.document_id)
    body = connection.execute(query.where(claims.c.claim_id == claim_id)).scalar()
    if body is None:
        return None
    brief = brief_in(bytes(body))
    return next(((brief, claim) for claim in brief.claims if claim.id == claim_id), None)


@lru_cache(maxsize=16)
def brief_in(body: bytes) -> Brief:
    """The brief in a stored body, unpacked once while its claims are gone through."""
    return unpacked(body)


def verdicts_on(connection: Connection, claim_id: str) -> list[Given]:
    """The verdicts that belong to a claim now, oldest first; undos are shown by what they undo."""
    query = text("""
        SELECT v.key, v.action, v.label, v.edited, v.note, v.reviewer, v.given_at,
               EXISTS (SELECT 1 FROM verdicts u WHERE u.undoes = v.verdict_id) AS undone
        FROM attachments a JOIN verdicts v ON v.verdict_id = a.verdict_id
        WHERE a.claim_id = :claim AND v.action <> 'undo' ORDER BY v.verdict_id
    """)
    return [Given(**row) for row in connection.execute(query, {"claim": claim_id}).mappings()]


def _described(brief: Brief, claim: Claim, given: list[Given]) -> Detail:
    block = brief.blocks[claim.block]
    left, right = min(block.start, claim.start), max(block.end, claim.end)
    head, quote = brief.masthead, quoted(brief, claim)
    heading = brief.blocks[claim.section] if claim.section is not None else None
    called: list[tuple[Marker, int | None]] = [
        (marker, note.index) for note in brief.footnotes for marker in note.markers
    ]
    called += [(marker, None) for marker in brief.markers_without_note]
    return Detail(
        id=claim.id,
        document=Document(
            id=brief.document_id,
            title=head.title,
            series=head.series,
            number=head.number,
            published=head.published.value if head.published else None,
            language=brief.language.value,
            pages=brief.page_count,
        ),
        section=brief.text[heading.start : heading.end] if heading else None,
        paragraph=brief.text[left:right],
        claim=Mark(start=claim.start - left, end=claim.end - left),
        cues=[
            CueMark(start=cue.start - left, end=cue.end - left, category=cue.category, rule=cue.rule, weight=cue.weight)
            for cue in claim.cues
        ],
        clauses=[
            ClauseMark(
                start=clause.start - left,
                end=clause.end - left,
                label=clause.label,
                probability=clause.probability,
                source=source_in_words(clause),
            )
            for clause in claim.clauses
        ],
        markers=[
            MarkerMark(offset=marker.offset - left, label=marker.label, note=note, regions=list(marker.regions))
            for marker, note in sorted(called, key=lambda pair: pair[0].offset)
            if marker.block == claim.block and left <= marker.offset <= right
        ],
        label=claim.label,
        probability=claim.probability,
        encoder=claim.encoder,
        unsure=claim.needs_review,
        mixed=claim.mixed,
        kind=claim.kind.value if claim.kind else None,
        likelihood=claim.likelihood.value if claim.likelihood else None,
        source=[speaker.name for speaker in claim.source],
        entities=list(dict.fromkeys(brief.entities[place].name for place in claim.entities)),
        dates=list(dict.fromkeys(brief.dates[place].value for place in claim.dates)),
        quote=quote.quote,
        prefix=quote.prefix,
        suffix=quote.suffix,
        regions=list(claim.regions),
        notes=_notes(brief, claim),
        verdicts=given,
    )


def _notes(brief: Brief, claim: Claim) -> list[Note]:
    return [
        Note(
            index=item.footnote,
            label=note.label,
            scope=item.scope,
            text=brief.text[note.start : note.end],
            citations=[brief.text[cited.start : cited.end] for cited in note.citations],
            regions=list(brief.blocks[note.block].regions),
        )
        for item in claim.evidence
        for note in (brief.footnotes[item.footnote],)
    ]
