"""Entities apart from mentions, editions, verdicts attached to claims, the log of changes, words to search.

What is derived from briefs is dropped: `store.derived` makes it anew from them, in the same transaction.
"""

import zlib
from collections.abc import Sequence
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

DERIVED = (
    "claim_links", "claim_evidence", "claim_cues", "clause_footnotes", "clauses", "claim_sources", "claim_regions",
    "claims", "quantities", "dates", "entities", "citations", "markers", "footnotes", "blocks",
)  # fmt: skip
KEPT = ("documents", "paths", "ledger", "verdicts")

VIEWS = {
    # of the verdicts that settle a claim (notes and undos do not) and were not taken back, the newest counts
    "claims_current": """
        SELECT c.*, v.verdict_id, v.action AS verdict, v.reviewer, v.given_at, v.edited,
               COALESCE(v.label, c.label) AS current_label,
               CASE WHEN v.verdict_id IS NULL THEN 0 ELSE 1 END AS reviewed,
               CASE WHEN v.action = 'reject' THEN 1 ELSE 0 END AS rejected
        FROM claims c
        LEFT JOIN (
            SELECT a.claim_id, MAX(a.verdict_id) AS verdict_id
            FROM attachments a JOIN verdicts w ON w.verdict_id = a.verdict_id
            WHERE w.action NOT IN ('note', 'undo')
                AND NOT EXISTS (SELECT 1 FROM verdicts u WHERE u.undoes = w.verdict_id)
            GROUP BY a.claim_id
        ) n ON n.claim_id = c.claim_id
        LEFT JOIN verdicts v ON v.verdict_id = n.verdict_id
    """,
    "claims_flat": """
        SELECT d.title, d.series, d.number, d.published, c.claim_id, c.document_id, c.claim, c.page,
               c.current_label AS label, c.probability, c.needs_review, c.kind, c.likelihood, c.mixed,
               c.verdict, c.reviewer, c.source, c.notes, COALESCE(c.edited, c.text) AS text
        FROM claims_current c JOIN documents d ON d.document_id = c.document_id
    """,
    "claims_by_clause": """
        SELECT c.claim_id, c.document_id, c.claim, 0 AS clause, c.current_label AS label, c.probability,
               c.source, c.text
        FROM claims_current c
        WHERE NOT EXISTS (SELECT 1 FROM clauses u WHERE u.claim_id = c.claim_id)
        UNION ALL
        SELECT c.claim_id, c.document_id, c.claim, u.clause, u.label, u.probability, u.source, u.text
        FROM claims_current c JOIN clauses u ON u.claim_id = c.claim_id
    """,
    "verdicts_orphaned": """
        SELECT v.* FROM verdicts v
        WHERE v.action <> 'undo' AND NOT EXISTS (SELECT 1 FROM attachments a WHERE a.verdict_id = v.verdict_id)
    """,
}


def upgrade() -> None:
    """From 0001: verdicts, ledger and briefs are kept, all else is derived anew."""
    connection = op.get_bind()
    kept = {name: connection.execute(sa.select(_table(name, connection))).mappings().all() for name in KEPT}
    claims = _table("claims", connection)
    labels = {row.claim_id: row.label for row in connection.execute(sa.select(claims.c.claim_id, claims.c.label))}
    for view in ("claims_by_clause", "claims_flat", "claims_current"):
        op.execute(f"DROP VIEW {view}")
    for table in DERIVED:
        op.drop_table(table)
    for table in KEPT:
        op.drop_table(table)
    _create()
    _fill(connection, kept, labels)
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")
    if connection.dialect.name == "sqlite":
        op.execute('CREATE VIRTUAL TABLE claim_words USING fts5(words, tokenize = "unicode61 remove_diacritics 0")')
    else:
        op.execute(
            "CREATE TABLE claim_words (search_id BIGINT PRIMARY KEY REFERENCES claims (search_id) ON DELETE CASCADE,"
            " words TSVECTOR NOT NULL)"
        )
        op.execute("CREATE INDEX claim_words_by_words ON claim_words USING gin (words)")


def _table(name: str, connection: sa.Connection) -> sa.Table:
    return sa.Table(name, sa.MetaData(), autoload_with=connection)


def _fill(connection: sa.Connection, kept: dict[str, Sequence[sa.RowMapping]], labels: dict[str, str]) -> None:
    def put(name: str, rows: list[dict[str, object]]) -> None:
        if rows:
            connection.execute(sa.insert(_table(name, connection)), rows)

    put("identity", [{"name": "store", "value": uuid4().hex}, {"name": "rows", "value": ""}])
    put("paths", [dict(row) for row in kept["paths"]])
    put("ledger", [dict(row) for row in kept["ledger"]])
    put("documents", [{key: value for key, value in row.items() if key != "brief"} for row in kept["documents"]])
    bodies = {row["document_id"]: zlib.compress(row["brief"].encode(), 1) for row in kept["documents"]}
    put("briefs", [{"document_id": document, "body": body} for document, body in bodies.items()])
    # an accepted label was not written down: it was the one that the claim had
    put(
        "verdicts",
        [
            {**row, "key": uuid4().hex, "label_seen": labels.get(row["claim_id"])}
            | ({"label": labels.get(row["claim_id"])} if row["action"] == "accept" else {})
            for row in kept["verdicts"]
        ],
    )


def _create() -> None:
    op.create_table(
        "changes",
        sa.Column("change_id", sa.Integer(), autoincrement=True, nullable=False, comment="in the order of commits"),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False, comment="rows in `body`"),
        sa.Column(
            "body",
            sa.LargeBinary(),
            nullable=False,
            comment="rows inserted, changed and deleted; JSON, compressed by zlib",
        ),
        sa.PrimaryKeyConstraint("change_id", name=op.f("changes_key")),
        comment="append-only: what the feed gives, one row a transaction",
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("changes_by_document_id"), "changes", ["document_id"], unique=False)
    op.create_table(
        "cursors",
        sa.Column("store", sa.String(length=32), nullable=False, comment="id of the store that this one follows"),
        sa.Column("change_id", sa.Integer(), nullable=False, comment="the last change that was taken over"),
        sa.PrimaryKeyConstraint("store", name=op.f("cursors_key")),
        comment="how far this store is level with another",
    )
    op.create_table(
        "documents",
        sa.Column("document_id", sa.String(length=64), nullable=False, comment="sha256 of the PDF"),
        sa.Column("fingerprint", sa.String(length=32), nullable=False, comment="what made the rows"),
        sa.Column(
            "work",
            sa.Text(),
            nullable=True,
            comment="what editions of one publication have in common: series and number …",
        ),
        sa.Column("language", sa.String(length=2), nullable=False, comment="en or ko"),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("series", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("authors", sa.Text(), nullable=True, comment="separated by semicolons"),
        sa.Column("published", sa.String(length=32), nullable=True, comment="EDTF"),
        sa.Column("published_earliest", sa.String(length=10), nullable=True, comment="first day of `published`"),
        sa.Column("published_latest", sa.String(length=10), nullable=True, comment="last day of `published`"),
        sa.Column(
            "published_from",
            sa.String(length=16),
            nullable=True,
            comment="printed, metadata or latest_cited (a lower bound)",
        ),
        sa.Column("isbn", sa.Text(), nullable=True),
        sa.Column("issn", sa.Text(), nullable=True),
        sa.Column("missing", sa.Text(), nullable=True, comment="masthead fields that were not found"),
        sa.Column("warnings", sa.Text(), nullable=True, comment="what the reading was unsure of"),
        sa.PrimaryKeyConstraint("document_id", name=op.f("documents_key")),
        comment="one row a PDF",
    )
    op.create_index(
        op.f("documents_by_published_earliest_published_latest"),
        "documents",
        ["published_earliest", "published_latest"],
        unique=False,
    )
    op.create_index(op.f("documents_by_work"), "documents", ["work"], unique=False)
    op.create_table(
        "identity",
        sa.Column(
            "name",
            sa.String(length=16),
            nullable=False,
            comment="store: its id; rows: version of what is derived from briefs",
        ),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("identity_key")),
    )
    op.create_table(
        "ledger",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False, comment="started, done, failed or quarantined"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=16), nullable=True, comment="why it failed"),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("document_id", name=op.f("ledger_key")),
        comment="the authority on what is still to do",
    )
    op.create_table(
        "paths",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("path", name=op.f("paths_key")),
        comment="under which names the bytes of a document were met",
    )
    op.create_index(op.f("paths_by_document_id"), "paths", ["document_id"], unique=False)
    op.create_table(
        "runs",
        sa.Column("run_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column(
            "fingerprint", sa.String(length=32), nullable=False, comment="of package, models, rules and settings"
        ),
        sa.Column("version", sa.Text(), nullable=False, comment="of the package"),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True, comment="null: it runs, or was broken off"),
        sa.Column("done", sa.Integer(), nullable=False, comment="documents analysed"),
        sa.Column("skipped", sa.Integer(), nullable=False, comment="documents that were done before"),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", name=op.f("runs_key")),
        comment="one row a `brief-nlp run`",
    )
    op.create_table(
        "verdicts",
        sa.Column("verdict_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column(
            "key", sa.String(length=32), nullable=False, comment="chosen by the giver: sent twice, it is stored once"
        ),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("work", sa.Text(), nullable=True, comment="what the editions of the publication have in common"),
        sa.Column("claim_id", sa.String(length=32), nullable=False, comment="as it was when the verdict was given"),
        sa.Column(
            "action", sa.String(length=16), nullable=False, comment="accept, relabel, edit, reject, note or undo"
        ),
        sa.Column("label", sa.String(length=16), nullable=True, comment="the label that the reviewer holds right"),
        sa.Column("edited", sa.Text(), nullable=True, comment="the words that the claim should have had"),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True, comment="the verdict that is taken back"),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False, comment="the words of the claim, by which it is found again"),
        sa.Column("prefix", sa.Text(), nullable=False, comment="the words before"),
        sa.Column("suffix", sa.Text(), nullable=False, comment="the words behind"),
        sa.Column(
            "occurrences",
            sa.Integer(),
            nullable=True,
            comment="how often the document had these words then; null: not known",
        ),
        sa.Column(
            "label_seen", sa.String(length=16), nullable=True, comment="what the model said when the verdict was given"
        ),
        sa.Column("probability_seen", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["undoes"], ["verdicts.verdict_id"], name=op.f("verdicts_to_verdicts_by_undoes")),
        sa.PrimaryKeyConstraint("verdict_id", name=op.f("verdicts_key")),
        sa.UniqueConstraint("key", name=op.f("verdicts_unique_key")),
        comment="append-only: no run touches it",
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("verdicts_by_claim_id"), "verdicts", ["claim_id"], unique=False)
    op.create_index(op.f("verdicts_by_document_id"), "verdicts", ["document_id"], unique=False)
    op.create_index(op.f("verdicts_by_undoes"), "verdicts", ["undoes"], unique=False)
    op.create_index(op.f("verdicts_by_work"), "verdicts", ["work"], unique=False)
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
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.document_id"],
            name=op.f("blocks_to_documents_by_document_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", "block", name=op.f("blocks_key")),
    )
    op.create_table(
        "briefs",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column(
            "body",
            sa.LargeBinary(),
            nullable=False,
            comment="the whole brief as JSON (brief.schema.json), compressed by zlib",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.document_id"],
            name=op.f("briefs_to_documents_by_document_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("briefs_key")),
        comment="what all other rows of a document are derived from",
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
        sa.Column(
            "quote", sa.String(length=32), nullable=False, comment="hash of the words: like claims have it in common"
        ),
        sa.Column("search_id", sa.BigInteger(), nullable=False, comment="the claim in the index of words"),
        sa.Column("label", sa.String(length=16), nullable=False, comment="fact or assessment, as the model has it"),
        sa.Column("probability", sa.Float(), nullable=False, comment="of assessment"),
        sa.Column("encoder", sa.Float(), nullable=False, comment="probability by the encoder alone"),
        sa.Column("needs_review", sa.Boolean(), nullable=False, comment="too near to the other label to be trusted"),
        sa.Column("kind", sa.String(length=16), nullable=True, comment="of an assessment: forecast, cause …"),
        sa.Column(
            "likelihood",
            sa.String(length=20),
            nullable=True,
            comment="of an assessment: its band of ICD 203, where a word gives one",
        ),
        sa.Column("mixed", sa.Boolean(), nullable=False, comment="clauses of both labels: see `clauses`"),
        sa.Column("page", sa.Integer(), nullable=True, comment="where it begins"),
        sa.Column(
            "source",
            sa.Text(),
            nullable=False,
            comment="who says so, outermost first: `author`, or `KCNA > Kim Jong Un`",
        ),
        sa.Column("notes", sa.Integer(), nullable=False, comment="how many footnotes are evidence for it"),
        sa.Column("earliest", sa.String(length=10), nullable=True, comment="first day that its dates speak of"),
        sa.Column(
            "latest",
            sa.String(length=10),
            nullable=True,
            comment="last day that its dates speak of: the horizon of a forecast",
        ),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.document_id"],
            name=op.f("claims_to_documents_by_document_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("claims_key")),
        sa.UniqueConstraint("search_id", name=op.f("claims_unique_search_id")),
    )
    op.create_index(op.f("claims_by_document_id_claim"), "claims", ["document_id", "claim"], unique=False)
    op.create_index(op.f("claims_by_document_id_quote"), "claims", ["document_id", "quote"], unique=False)
    op.create_index(op.f("claims_by_kind_latest"), "claims", ["kind", "latest"], unique=False)
    op.create_index(op.f("claims_by_label_needs_review"), "claims", ["label", "needs_review"], unique=False)
    op.create_index(op.f("claims_by_source"), "claims", ["source"], unique=False)
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
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.document_id"],
            name=op.f("dates_to_documents_by_document_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", "date", name=op.f("dates_key")),
    )
    op.create_index(op.f("dates_by_earliest_latest"), "dates", ["earliest", "latest"], unique=False)
    op.create_table(
        "entities",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=False, comment="its place among the entities of the document"),
        sa.Column("type", sa.String(length=16), nullable=False, comment="PERSON, ORG, PLACE …"),
        sa.Column(
            "canonical_id", sa.Text(), nullable=True, comment="id in the gazetteer; null: a name that it does not know"
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="canonical name, or the name as first written"),
        sa.Column("mentions", sa.Integer(), nullable=False, comment="how often the document names it"),
        sa.Column("meeting_body", sa.Text(), nullable=True, comment="of a numbered meeting: its body as printed"),
        sa.Column("meeting_body_id", sa.Text(), nullable=True),
        sa.Column(
            "meeting_term", sa.Integer(), nullable=True, comment="term of the body: 8 in the 8th Central Committee"
        ),
        sa.Column("meeting_kind", sa.String(length=24), nullable=True),
        sa.Column("meeting_number", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.document_id"],
            name=op.f("entities_to_documents_by_document_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", "entity", name=op.f("entities_key")),
        comment="who and what a document names, each once",
    )
    op.create_index(op.f("entities_by_canonical_id"), "entities", ["canonical_id"], unique=False)
    op.create_index(op.f("entities_by_name"), "entities", ["name"], unique=False)
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
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.document_id"],
            name=op.f("footnotes_to_documents_by_document_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", "footnote", name=op.f("footnotes_key")),
    )
    op.create_table(
        "markers",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("marker", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("footnote", sa.Integer(), nullable=True, comment="null: it calls no known note"),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.document_id"],
            name=op.f("markers_to_documents_by_document_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", "marker", name=op.f("markers_key")),
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
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.document_id"],
            name=op.f("quantities_to_documents_by_document_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", "quantity", name=op.f("quantities_key")),
    )
    op.create_table(
        "attachments",
        sa.Column("claim_id", sa.String(length=32), nullable=False),
        sa.Column("verdict_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=16), nullable=False, comment="claim, quote or edition"),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.claim_id"], name=op.f("attachments_to_claims_by_claim_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["verdict_id"], ["verdicts.verdict_id"], name=op.f("attachments_to_verdicts_by_verdict_id")
        ),
        sa.PrimaryKeyConstraint("claim_id", "verdict_id", name=op.f("attachments_key")),
        comment="the claims that verdicts belong to now; a verdict without any is an orphan",
    )
    op.create_index(op.f("attachments_by_verdict_id"), "attachments", ["verdict_id"], unique=False)
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
            ["document_id", "footnote"],
            ["footnotes.document_id", "footnotes.footnote"],
            name=op.f("citations_to_footnotes_by_document_id_footnote"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", "footnote", "citation", name=op.f("citations_key")),
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
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.claim_id"], name=op.f("claim_cues_to_claims_by_claim_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("claim_id", "position", name=op.f("claim_cues_key")),
    )
    op.create_table(
        "claim_dates",
        sa.Column("claim_id", sa.String(length=32), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("date", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.claim_id"], name=op.f("claim_dates_to_claims_by_claim_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["document_id", "date"],
            ["dates.document_id", "dates.date"],
            name=op.f("claim_dates_to_dates_by_document_id_date"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("claim_id", "date", name=op.f("claim_dates_key")),
    )
    op.create_index(op.f("claim_dates_by_document_id_date"), "claim_dates", ["document_id", "date"], unique=False)
    op.create_table(
        "claim_evidence",
        sa.Column("claim_id", sa.String(length=32), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("footnote", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=16), nullable=False, comment="sentence, paragraph or section"),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.claim_id"], name=op.f("claim_evidence_to_claims_by_claim_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["document_id", "footnote"],
            ["footnotes.document_id", "footnotes.footnote"],
            name=op.f("claim_evidence_to_footnotes_by_document_id_footnote"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("claim_id", "footnote", name=op.f("claim_evidence_key")),
    )
    op.create_table(
        "claim_quantities",
        sa.Column("claim_id", sa.String(length=32), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.claim_id"], name=op.f("claim_quantities_to_claims_by_claim_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["document_id", "quantity"],
            ["quantities.document_id", "quantities.quantity"],
            name=op.f("claim_quantities_to_quantities_by_document_id_quantity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("claim_id", "quantity", name=op.f("claim_quantities_key")),
    )
    op.create_index(
        op.f("claim_quantities_by_document_id_quantity"), "claim_quantities", ["document_id", "quantity"], unique=False
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
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.claim_id"], name=op.f("claim_regions_to_claims_by_claim_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("claim_id", "position", name=op.f("claim_regions_key")),
    )
    op.create_table(
        "claim_sources",
        sa.Column("claim_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, comment="0 is the outermost speaker"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("canonical_id", sa.Text(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.claim_id"], name=op.f("claim_sources_to_claims_by_claim_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("claim_id", "position", name=op.f("claim_sources_key")),
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
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.claim_id"], name=op.f("clauses_to_claims_by_claim_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("claim_id", "clause", name=op.f("clauses_key")),
        comment="of mixed sentences only",
    )
    op.create_table(
        "mentions",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("mention", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False, comment="as written"),
        sa.Column("by", sa.Text(), nullable=False, comment="what found it, and its version"),
        sa.ForeignKeyConstraint(
            ["document_id", "entity"],
            ["entities.document_id", "entities.entity"],
            name=op.f("mentions_to_entities_by_document_id_entity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", "mention", name=op.f("mentions_key")),
        comment="where a document names an entity",
    )
    op.create_index(op.f("mentions_by_document_id_entity"), "mentions", ["document_id", "entity"], unique=False)
    op.create_table(
        "claim_mentions",
        sa.Column("claim_id", sa.String(length=32), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("mention", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.claim_id"], name=op.f("claim_mentions_to_claims_by_claim_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["document_id", "mention"],
            ["mentions.document_id", "mentions.mention"],
            name=op.f("claim_mentions_to_mentions_by_document_id_mention"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("claim_id", "mention", name=op.f("claim_mentions_key")),
    )
    op.create_index(
        op.f("claim_mentions_by_document_id_mention"), "claim_mentions", ["document_id", "mention"], unique=False
    )
    op.create_table(
        "clause_footnotes",
        sa.Column("claim_id", sa.String(length=32), nullable=False),
        sa.Column("clause", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("footnote", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id", "clause"],
            ["clauses.claim_id", "clauses.clause"],
            name=op.f("clause_footnotes_to_clauses_by_claim_id_clause"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["document_id", "footnote"],
            ["footnotes.document_id", "footnotes.footnote"],
            name=op.f("clause_footnotes_to_footnotes_by_document_id_footnote"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("claim_id", "clause", "footnote", name=op.f("clause_footnotes_key")),
    )
