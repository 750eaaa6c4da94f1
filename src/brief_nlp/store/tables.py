"""The tables of the store. `migrations/` brings a database to this state; a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()


def _of_document() -> Column[str]:
    return Column("document_id", String(64), ForeignKey("documents.document_id", ondelete="CASCADE"), primary_key=True)


def _of_claim() -> Column[str]:
    return Column("claim_id", String(32), ForeignKey("claims.claim_id", ondelete="CASCADE"), primary_key=True)


def _span() -> tuple[Column[int], Column[int]]:
    return Column("start", Integer, nullable=False), Column("end", Integer, nullable=False)


documents = Table(
    "documents",
    metadata,
    Column("document_id", String(64), primary_key=True, comment="sha256 of the PDF"),
    Column("fingerprint", String(32), nullable=False, comment="what made the rows"),
    Column("language", String(2), nullable=False),
    Column("page_count", Integer, nullable=False),
    Column("title", Text),
    Column("series", Text),
    Column("number", Text),
    Column("publisher", Text),
    Column("authors", Text, comment="separated by semicolons"),
    Column("published", String(32), comment="EDTF"),
    Column("published_from", String(16), comment="printed, metadata or latest_cited (a lower bound)"),
    Column("isbn", Text),
    Column("issn", Text),
    Column("missing", Text, comment="masthead fields that were not found"),
    Column("warnings", Text),
    Column("brief", Text, nullable=False, comment="the whole brief as JSON"),
)

blocks = Table(
    "blocks",
    metadata,
    _of_document(),
    Column("block", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    *_span(),
    Column("section", Integer),
    Column("level", Integer),
    Column("row", Integer),
    Column("column", Integer),
    Column("table", Integer),
    Column("bullet", Text),
    Column("page", Integer),
    Column("ocr", Boolean, nullable=False),
    Column("confidence", Float),
    Column("text", Text, nullable=False),
)

footnotes = Table(
    "footnotes",
    metadata,
    _of_document(),
    Column("footnote", Integer, primary_key=True),
    Column("label", Text, nullable=False),
    Column("block", Integer, nullable=False),
    *_span(),
    Column("kind", String(16), nullable=False),
    Column("text", Text, nullable=False),
)

markers = Table(
    "markers",
    metadata,
    _of_document(),
    Column("marker", Integer, primary_key=True),
    Column("label", Text, nullable=False),
    Column("offset", Integer, nullable=False),
    Column("block", Integer, nullable=False),
    Column("footnote", Integer, comment="null: it calls no known note"),
)

citations = Table(
    "citations",
    metadata,
    _of_document(),
    Column("footnote", Integer, primary_key=True),
    Column("citation", Integer, primary_key=True),
    *_span(),
    Column("kind", String(16), nullable=False),
    Column("authors", Text, comment="joined by semicolons"),
    Column("editors", Text, comment="likewise"),
    Column("title", Text),
    Column("container", Text),
    Column("publisher", Text),
    Column("place", Text),
    Column("date", String(32), comment="EDTF"),
    Column("volume", Text),
    Column("issue", Text),
    Column("number", Text, comment="series and number, or the symbol of a document"),
    Column("pages", Text),
    Column("url", Text),
    Column("accessed", String(32), comment="EDTF"),
    Column("repeats", Integer, comment="the earlier footnote that an Ibid. or op. cit. repeats"),
    Column("by", Text, nullable=False),
    ForeignKeyConstraint(
        ["document_id", "footnote"], ["footnotes.document_id", "footnotes.footnote"], ondelete="CASCADE"
    ),
)

entities = Table(
    "entities",
    metadata,
    _of_document(),
    Column("entity", Integer, primary_key=True),
    *_span(),
    Column("text", Text, nullable=False),
    Column("type", String(16), nullable=False),
    Column("canonical_id", Text),
    Column("name", Text, nullable=False),
    Column("meeting_body", Text, comment="of a numbered meeting: its body as printed"),
    Column("meeting_body_id", Text),
    Column("meeting_term", Integer, comment="term of the body: 8 in the 8th Central Committee"),
    Column("meeting_kind", String(24)),
    Column("meeting_number", Integer),
    Column("by", Text, nullable=False),
    Index("entities_by_canonical_id", "canonical_id"),
)

dates = Table(
    "dates",
    metadata,
    _of_document(),
    Column("date", Integer, primary_key=True),
    *_span(),
    Column("text", Text, nullable=False),
    Column("type", String(16), nullable=False),
    Column("value", Text, nullable=False, comment="EDTF, ISO 8601 duration, or PAST_REF, PRESENT_REF, FUTURE_REF"),
    Column("mod", String(16)),
    Column("anchor", Text),
    Column("earliest", String(10), comment="first day covered"),
    Column("latest", String(10), comment="last day covered"),
    Column("by", Text, nullable=False),
    Index("dates_by_day", "earliest", "latest"),
)

quantities = Table(
    "quantities",
    metadata,
    _of_document(),
    Column("quantity", Integer, primary_key=True),
    *_span(),
    Column("text", Text, nullable=False),
    Column("value", Float, nullable=False),
    Column("high", Float),
    Column("unit", Text, comment="UCUM or ISO 4217 code"),
    Column("counted", Text),
    Column("per", Text),
    Column("approx", Boolean, nullable=False),
    Column("by", Text, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("claim_id", String(32), primary_key=True, comment="hash of document, quote and occurrence"),
    Column("document_id", String(64), ForeignKey("documents.document_id", ondelete="CASCADE"), nullable=False),
    Column("claim", Integer, nullable=False, comment="its place among the document's claims"),
    Column("block", Integer, nullable=False),
    Column("section", Integer),
    *_span(),
    Column("text", Text, nullable=False),
    Column("label", String(16), nullable=False),
    Column("probability", Float, nullable=False, comment="of assessment"),
    Column("encoder", Float, nullable=False, comment="probability by the encoder alone"),
    Column("needs_review", Boolean, nullable=False),
    Column("kind", String(16)),
    Column("likelihood", String(20)),
    Column("mixed", Boolean, nullable=False),
    Column("by", Text, nullable=False),
    Index("claims_by_document", "document_id", "claim"),
    Index("claims_by_label", "label", "needs_review"),
)

claim_regions = Table(
    "claim_regions",
    metadata,
    _of_claim(),
    Column("position", Integer, primary_key=True),
    Column("page", Integer, nullable=False),
    Column("x0", Float, nullable=False),
    Column("top", Float, nullable=False),
    Column("x1", Float, nullable=False),
    Column("bottom", Float, nullable=False),
)

claim_sources = Table(
    "claim_sources",
    metadata,
    _of_claim(),
    Column("position", Integer, primary_key=True, comment="0 is the outermost speaker"),
    Column("name", Text, nullable=False),
    Column("canonical_id", Text),
    Column("start", Integer),
    Column("end", Integer),
)

clauses = Table(
    "clauses",
    metadata,
    _of_claim(),
    Column("clause", Integer, primary_key=True, comment="its place in the sentence"),
    *_span(),
    Column("text", Text, nullable=False),
    Column("label", String(16), nullable=False),
    Column("probability", Float, nullable=False, comment="of assessment"),
    Column("source", Text, nullable=False, comment="the chain of speakers, outermost first"),
    comment="of mixed sentences only",
)

clause_footnotes = Table(
    "clause_footnotes",
    metadata,
    Column("claim_id", String(32), primary_key=True),
    Column("clause", Integer, primary_key=True),
    Column("document_id", String(64), nullable=False),
    Column("footnote", Integer, primary_key=True),
    ForeignKeyConstraint(["claim_id", "clause"], ["clauses.claim_id", "clauses.clause"], ondelete="CASCADE"),
    ForeignKeyConstraint(
        ["document_id", "footnote"], ["footnotes.document_id", "footnotes.footnote"], ondelete="CASCADE"
    ),
)

claim_cues = Table(
    "claim_cues",
    metadata,
    _of_claim(),
    Column("position", Integer, primary_key=True),
    *_span(),
    Column("text", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("weight", Float, nullable=False),
)

claim_evidence = Table(
    "claim_evidence",
    metadata,
    _of_claim(),
    Column("document_id", String(64), nullable=False),
    Column("footnote", Integer, primary_key=True),
    Column("scope", String(16), nullable=False, comment="sentence, paragraph or section"),
    ForeignKeyConstraint(
        ["document_id", "footnote"], ["footnotes.document_id", "footnotes.footnote"], ondelete="CASCADE"
    ),
)

claim_links = Table(
    "claim_links",
    metadata,
    _of_claim(),
    Column("kind", String(16), primary_key=True, comment="entity, date or quantity"),
    Column("place", Integer, primary_key=True, comment="its number in the document"),
)

paths = Table(
    "paths",
    metadata,
    Column("path", Text, primary_key=True),
    Column("document_id", String(64), nullable=False, index=True),
)

ledger = Table(
    "ledger",
    metadata,
    Column("document_id", String(64), primary_key=True),
    Column("fingerprint", String(32), nullable=False),
    Column("state", String(16), nullable=False, comment="started, done, failed or quarantined"),
    Column("attempts", Integer, nullable=False),
    Column("category", String(16), comment="why it failed"),
    Column("detail", Text),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("verdict_id", Integer, primary_key=True, autoincrement=True),
    Column("document_id", String(64), nullable=False, index=True),
    Column("claim_id", String(32), nullable=False, index=True, comment="as it was when the verdict was given"),
    Column("action", String(16), nullable=False, comment="accept, relabel, reject, note or undo"),
    Column("label", String(16)),
    Column("note", Text),
    Column("reviewer", Text, nullable=False),
    Column("given_at", DateTime(timezone=True), nullable=False),
    Column("quote", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("suffix", Text, nullable=False),
    Column("probability_seen", Float),
    comment="append-only: no run touches it",
)

VIEWS = {
    "claims_current": """
        SELECT c.*, v.action AS verdict, v.reviewer, v.given_at,
               CASE WHEN v.action = 'relabel' THEN v.label ELSE c.label END AS current_label,
               CASE WHEN v.action IN ('accept', 'relabel') THEN 1 ELSE 0 END AS reviewed
        FROM claims c
        LEFT JOIN verdicts v ON v.verdict_id = (
            SELECT MAX(w.verdict_id) FROM verdicts w WHERE w.claim_id = c.claim_id AND w.action <> 'note')
    """,
    "claims_flat": """
        SELECT d.title, d.series, d.number, d.published, c.claim_id, c.document_id, c.claim,
               (SELECT MIN(r.page) FROM claim_regions r WHERE r.claim_id = c.claim_id) AS page,
               c.current_label AS label, c.probability, c.needs_review, c.kind, c.likelihood, c.mixed, c.verdict,
               (SELECT s.name FROM claim_sources s WHERE s.claim_id = c.claim_id AND s.position = 0) AS source,
               (SELECT COUNT(*) FROM claim_evidence e WHERE e.claim_id = c.claim_id) AS notes,
               c.text
        FROM claims_current c JOIN documents d ON d.document_id = c.document_id
    """,
    "claims_by_clause": """
        SELECT c.claim_id, c.document_id, c.claim, 0 AS clause, c.current_label AS label, c.probability,
               (SELECT s.name FROM claim_sources s WHERE s.claim_id = c.claim_id AND s.position = 0) AS source,
               c.text
        FROM claims_current c
        WHERE NOT EXISTS (SELECT 1 FROM clauses u WHERE u.claim_id = c.claim_id)
        UNION ALL
        SELECT c.claim_id, c.document_id, c.claim, u.clause, u.label, u.probability, u.source, u.text
        FROM claims_current c JOIN clauses u ON u.claim_id = c.claim_id
    """,
}
