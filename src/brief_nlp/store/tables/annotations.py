"""The tables that a brief fills: all rows of a document are replaced together, and derived from the brief alone."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_by_%(column_0_N_name)s",
        "uq": "%(table_name)s_unique_%(column_0_N_name)s",
        "fk": "%(table_name)s_to_%(referred_table_name)s_by_%(column_0_N_name)s",
        "pk": "%(table_name)s_key",
    }
)


def _of_document() -> Column[str]:
    return Column("document_id", String(64), ForeignKey("documents.document_id", ondelete="CASCADE"), primary_key=True)


def _in_document() -> Column[str]:
    """The document of a row whose other foreign key holds it there already."""
    return Column("document_id", String(64), primary_key=True)


def _of_claim() -> Column[str]:
    return Column("claim_id", String(32), ForeignKey("claims.claim_id", ondelete="CASCADE"), primary_key=True)


def _span() -> tuple[Column[int], Column[int]]:
    return Column("start", Integer, nullable=False), Column("end", Integer, nullable=False)


documents = Table(
    "documents",
    metadata,
    Column("document_id", String(64), primary_key=True, comment="sha256 of the PDF"),
    Column("fingerprint", String(32), nullable=False, comment="what made the rows"),
    Column("work", Text, index=True, comment="what editions of one publication have in common: series and number …"),
    Column("language", String(2), nullable=False, comment="en or ko"),
    Column("page_count", Integer, nullable=False),
    Column("title", Text),
    Column("series", Text),
    Column("number", Text),
    Column("publisher", Text),
    Column("authors", Text, comment="separated by semicolons"),
    Column("published", String(32), comment="EDTF"),
    Column("published_earliest", String(10), comment="first day of `published`"),
    Column("published_latest", String(10), comment="last day of `published`"),
    Column("published_from", String(16), comment="printed, metadata or latest_cited (a lower bound)"),
    Column("isbn", Text),
    Column("issn", Text),
    Column("missing", Text, comment="masthead fields that were not found"),
    Column("warnings", Text, comment="what the reading was unsure of"),
    Index(None, "published_earliest", "published_latest"),
    comment="one row a PDF",
)

briefs = Table(
    "briefs",
    metadata,
    _of_document(),
    Column(
        "body", LargeBinary, nullable=False, comment="the whole brief as JSON (brief.schema.json), compressed by zlib"
    ),
    comment="what all other rows of a document are derived from",
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
    _in_document(),
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
    Column("entity", Integer, primary_key=True, comment="its place among the entities of the document"),
    Column("type", String(16), nullable=False, comment="PERSON, ORG, PLACE …"),
    Column("canonical_id", Text, index=True, comment="id in the gazetteer; null: a name that it does not know"),
    Column("name", Text, nullable=False, index=True, comment="canonical name, or the name as first written"),
    Column("mentions", Integer, nullable=False, comment="how often the document names it"),
    Column("meeting_body", Text, comment="of a numbered meeting: its body as printed"),
    Column("meeting_body_id", Text),
    Column("meeting_term", Integer, comment="term of the body: 8 in the 8th Central Committee"),
    Column("meeting_kind", String(24)),
    Column("meeting_number", Integer),
    comment="who and what a document names, each once",
)

mentions = Table(
    "mentions",
    metadata,
    _in_document(),
    Column("mention", Integer, primary_key=True),
    Column("entity", Integer, nullable=False),
    *_span(),
    Column("text", Text, nullable=False, comment="as written"),
    Column("by", Text, nullable=False, comment="what found it, and its version"),
    ForeignKeyConstraint(["document_id", "entity"], ["entities.document_id", "entities.entity"], ondelete="CASCADE"),
    Index(None, "document_id", "entity"),
    comment="where a document names an entity",
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
    Index(None, "earliest", "latest"),
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
    Column("quote", String(32), nullable=False, comment="hash of the words: like claims have it in common"),
    Column("search_id", BigInteger, nullable=False, unique=True, comment="the claim in the index of words"),
    Column("label", String(16), nullable=False, comment="fact or assessment, as the model has it"),
    Column("probability", Float, nullable=False, comment="of assessment"),
    Column("encoder", Float, nullable=False, comment="probability by the encoder alone"),
    Column("needs_review", Boolean, nullable=False, comment="too near to the other label to be trusted"),
    Column("kind", String(16), comment="of an assessment: forecast, cause …"),
    Column("likelihood", String(20), comment="of an assessment: its band of ICD 203, where a word gives one"),
    Column("mixed", Boolean, nullable=False, comment="clauses of both labels: see `clauses`"),
    Column("page", Integer, comment="where it begins"),
    Column(
        "source",
        Text,
        nullable=False,
        index=True,
        comment="who says so, outermost first: `author`, or `KCNA > Kim Jong Un`",
    ),
    Column("notes", Integer, nullable=False, comment="how many footnotes are evidence for it"),
    Column("earliest", String(10), comment="first day that its dates speak of"),
    Column("latest", String(10), comment="last day that its dates speak of: the horizon of a forecast"),
    Column("by", Text, nullable=False),
    Index(None, "document_id", "claim"),
    Index(None, "document_id", "quote"),
    Index(None, "label", "needs_review"),
    Index(None, "kind", "latest"),
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


def _link(plural: str, single: str) -> Table:
    """What of a document's mentions, dates or quantities stands inside a claim."""
    return Table(
        f"claim_{plural}",
        metadata,
        _of_claim(),
        Column("document_id", String(64), nullable=False),
        Column(single, Integer, primary_key=True),
        ForeignKeyConstraint(
            ["document_id", single], [f"{plural}.document_id", f"{plural}.{single}"], ondelete="CASCADE"
        ),
        Index(None, "document_id", single),
    )


claim_mentions = _link("mentions", "mention")
claim_dates = _link("dates", "date")
claim_quantities = _link("quantities", "quantity")
