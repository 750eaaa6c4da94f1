"""The first schema, as it was: nothing here follows later changes of the tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

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


def upgrade() -> None:
    """Create all tables and views."""
    op.create_table(
        "documents",
        sa.Column("document_id", sa.String(length=64), nullable=False, comment="sha256 of the PDF"),
        sa.Column("fingerprint", sa.String(length=32), nullable=False, comment="what made the rows"),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("series", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("authors", sa.Text(), nullable=True, comment="separated by semicolons"),
        sa.Column("published", sa.String(length=32), nullable=True, comment="EDTF"),
        sa.Column(
            "published_from",
            sa.String(length=16),
            nullable=True,
            comment="printed, metadata or latest_cited (a lower bound)",
        ),
        sa.Column("isbn", sa.Text(), nullable=True),
        sa.Column("issn", sa.Text(), nullable=True),
        sa.Column("missing", sa.Text(), nullable=True, comment="masthead fields that were not found"),
        sa.Column("warnings", sa.Text(), nullable=True),
        sa.Column("brief", sa.Text(), nullable=False, comment="the whole brief as JSON"),
        sa.PrimaryKeyConstraint("document_id"),
    )
    op.create_table(
        "ledger",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False, comment="started, done, failed or quarantined"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=16), nullable=True, comment="why it failed"),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("document_id"),
    )
    op.create_table(
        "paths",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("path"),
    )
    op.create_index(op.f("ix_paths_document_id"), "paths", ["document_id"], unique=False)
    op.create_table(
        "verdicts",
        sa.Column("verdict_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("claim_id", sa.String(length=32), nullable=False, comment="as it was when the verdict was given"),
        sa.Column("action", sa.String(length=16), nullable=False, comment="accept, relabel, reject, note or undo"),
        sa.Column("label", sa.String(length=16), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("probability_seen", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("verdict_id"),
        comment="append-only: no run touches it",
    )
    op.create_index(op.f("ix_verdicts_claim_id"), "verdicts", ["claim_id"], unique=False)
    op.create_index(op.f("ix_verdicts_document_id"), "verdicts", ["document_id"], unique=False)
    op.create_table(
        "blocks",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("section", sa.Integer(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("column", sa.Integer(), nullable=True),
        sa.Column("table", sa.Integer(), nullable=True),
        sa.Column("bullet", sa.Text(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("ocr", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "block"),
    )
    op.create_table(
        "claims",
        sa.Column("claim_id", sa.String(length=32), nullable=False, comment="hash of document, quote and occurrence"),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=False, comment="its place among the document's claims"),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("section", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("label", sa.String(length=16), nullable=False),
        sa.Column("probability", sa.Float(), nullable=False, comment="of assessment"),
        sa.Column("encoder", sa.Float(), nullable=False, comment="probability by the encoder alone"),
        sa.Column("needs_review", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=True),
        sa.Column("likelihood", sa.String(length=20), nullable=True),
        sa.Column("mixed", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id"),
    )
    op.create_index("claims_by_document", "claims", ["document_id", "claim"], unique=False)
    op.create_index("claims_by_label", "claims", ["label", "needs_review"], unique=False)
    op.create_table(
        "dates",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column(
            "value", sa.Text(), nullable=False, comment="EDTF, ISO 8601 duration, or PAST_REF, PRESENT_REF, FUTURE_REF"
        ),
        sa.Column("mod", sa.String(length=16), nullable=True),
        sa.Column("anchor", sa.Text(), nullable=True),
        sa.Column("earliest", sa.String(length=10), nullable=True, comment="first day covered"),
        sa.Column("latest", sa.String(length=10), nullable=True, comment="last day covered"),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "date"),
    )
    op.create_index("dates_by_day", "dates", ["earliest", "latest"], unique=False)
    op.create_table(
        "entities",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("canonical_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("meeting_body", sa.Text(), nullable=True, comment="of a numbered meeting: its body as printed"),
        sa.Column("meeting_body_id", sa.Text(), nullable=True),
        sa.Column(
            "meeting_term", sa.Integer(), nullable=True, comment="term of the body: 8 in the 8th Central Committee"
        ),
        sa.Column("meeting_kind", sa.String(length=24), nullable=True),
        sa.Column("meeting_number", sa.Integer(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "entity"),
    )
    op.create_index("entities_by_canonical_id", "entities", ["canonical_id"], unique=False)
    op.create_table(
        "footnotes",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("footnote", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "footnote"),
    )
    op.create_table(
        "markers",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("marker", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("footnote", sa.Integer(), nullable=True, comment="null: it calls no known note"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "marker"),
    )
    op.create_table(
        "quantities",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True, comment="UCUM or ISO 4217 code"),
        sa.Column("counted", sa.Text(), nullable=True),
        sa.Column("per", sa.Text(), nullable=True),
        sa.Column("approx", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "quantity"),
    )
    op.create_table(
        "citations",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("footnote", sa.Integer(), nullable=False),
        sa.Column("citation", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("authors", sa.Text(), nullable=True, comment="joined by semicolons"),
        sa.Column("editors", sa.Text(), nullable=True, comment="likewise"),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("container", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("date", sa.String(length=32), nullable=True, comment="EDTF"),
        sa.Column("volume", sa.Text(), nullable=True),
        sa.Column("issue", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True, comment="series and number, or the symbol of a document"),
        sa.Column("pages", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("accessed", sa.String(length=32), nullable=True, comment="EDTF"),
        sa.Column(
            "repeats", sa.Integer(), nullable=True, comment="the earlier footnote that an Ibid. or op. cit. repeats"
        ),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id", "footnote"], ["footnotes.document_id", "footnotes.footnote"], ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "footnote", "citation"),
    )
    op.create_table(
        "claim_cues",
        sa.Column("claim_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.claim_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id", "position"),
    )
    op.create_table(
        "claim_evidence",
        sa.Column("claim_id", sa.String(length=32), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("footnote", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=16), nullable=False, comment="sentence, paragraph or section"),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.claim_id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["document_id", "footnote"], ["footnotes.document_id", "footnotes.footnote"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("claim_id", "footnote"),
    )
    op.create_table(
        "claim_links",
        sa.Column("claim_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False, comment="entity, date or quantity"),
        sa.Column("place", sa.Integer(), nullable=False, comment="its number in the document"),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.claim_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id", "kind", "place"),
    )
    op.create_table(
        "claim_regions",
        sa.Column("claim_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("x0", sa.Float(), nullable=False),
        sa.Column("top", sa.Float(), nullable=False),
        sa.Column("x1", sa.Float(), nullable=False),
        sa.Column("bottom", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.claim_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id", "position"),
    )
    op.create_table(
        "claim_sources",
        sa.Column("claim_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, comment="0 is the outermost speaker"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("canonical_id", sa.Text(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.claim_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id", "position"),
    )
    op.create_table(
        "clauses",
        sa.Column("claim_id", sa.String(length=32), nullable=False),
        sa.Column("clause", sa.Integer(), nullable=False, comment="its place in the sentence"),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("label", sa.String(length=16), nullable=False),
        sa.Column("probability", sa.Float(), nullable=False, comment="of assessment"),
        sa.Column("source", sa.Text(), nullable=False, comment="the chain of speakers, outermost first"),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.claim_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id", "clause"),
        comment="of mixed sentences only",
    )
    op.create_table(
        "clause_footnotes",
        sa.Column("claim_id", sa.String(length=32), nullable=False),
        sa.Column("clause", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("footnote", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id", "clause"], ["clauses.claim_id", "clauses.clause"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["document_id", "footnote"], ["footnotes.document_id", "footnotes.footnote"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("claim_id", "clause", "footnote"),
    )
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")
