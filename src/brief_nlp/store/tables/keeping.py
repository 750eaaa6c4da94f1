"""The tables that the store keeps for itself: what was tried, what people decided, what changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    TypeDecorator,
)

from brief_nlp.store.tables.annotations import metadata


class Moment(TypeDecorator[datetime]):
    """A time with its zone; SQLite forgets zones, and what is stored is UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        """The time in UTC."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        """The time as it is stored."""
        return value.astimezone(UTC) if value is not None else None


paths = Table(
    "paths",
    metadata,
    Column("path", Text, primary_key=True),
    Column("document_id", String(64), nullable=False, index=True),
    comment="under which names the bytes of a document were met",
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
    comment="the authority on what is still to do",
)

runs = Table(
    "runs",
    metadata,
    Column("run_id", Integer, primary_key=True, autoincrement=True),
    Column("fingerprint", String(32), nullable=False, comment="of package, models, rules and settings"),
    Column("version", Text, nullable=False, comment="of the package"),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment, comment="null: it runs, or was broken off"),
    Column("done", Integer, nullable=False, comment="documents analysed"),
    Column("skipped", Integer, nullable=False, comment="documents that were done before"),
    Column("rejected", Integer, nullable=False),
    Column("total", Integer, comment="documents that there are to do; null: not counted yet"),
    Column("seen_at", Moment, comment="last sign of life"),
    comment="one row a `brief-nlp run`",
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("verdict_id", Integer, primary_key=True, autoincrement=True),
    Column(
        "key", String(32), nullable=False, unique=True, comment="chosen by the giver: sent twice, it is stored once"
    ),
    Column("document_id", String(64), nullable=False, index=True),
    Column("work", Text, index=True, comment="what the editions of the publication have in common"),
    Column("claim_id", String(32), nullable=False, index=True, comment="as it was when the verdict was given"),
    Column("action", String(16), nullable=False, comment="accept, relabel, edit, reject, note or undo"),
    Column("label", String(16), comment="the label that the reviewer holds right"),
    Column("edited", Text, comment="the words that the claim should have had"),
    Column("note", Text),
    Column("undoes", Integer, ForeignKey("verdicts.verdict_id"), index=True, comment="the verdict that is taken back"),
    Column("reviewer", Text, nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("quote", Text, nullable=False, comment="the words of the claim, by which it is found again"),
    Column("prefix", Text, nullable=False, comment="the words before"),
    Column("suffix", Text, nullable=False, comment="the words behind"),
    Column("occurrences", Integer, comment="how often the document had these words then; null: not known"),
    Column("label_seen", String(16), comment="what the model said when the verdict was given"),
    Column("probability_seen", Float),
    comment="append-only: no run touches it",
    sqlite_autoincrement=True,
)

attachments = Table(
    "attachments",
    metadata,
    Column("claim_id", String(32), ForeignKey("claims.claim_id", ondelete="CASCADE"), primary_key=True),
    Column("verdict_id", Integer, ForeignKey("verdicts.verdict_id"), primary_key=True),
    Column("how", String(16), nullable=False, comment="claim, quote or edition"),
    Index(None, "verdict_id"),
    comment="the claims that verdicts belong to now; a verdict without any is an orphan",
)

changes = Table(
    "changes",
    metadata,
    Column("change_id", Integer, primary_key=True, autoincrement=True, comment="in the order of commits"),
    Column("document_id", String(64), nullable=False, index=True),
    Column("made_at", Moment, nullable=False),
    Column("count", Integer, nullable=False, comment="rows in `body`"),
    Column("body", LargeBinary, nullable=False, comment="rows inserted, changed and deleted; JSON, compressed by zlib"),
    Column("brief", LargeBinary, comment="the body in `briefs`, where it is among the rows; null: it is in `body`"),
    comment="append-only: what the feed gives, one row a transaction",
    sqlite_autoincrement=True,
)

identity = Table(
    "identity",
    metadata,
    Column("name", String(16), primary_key=True, comment="store: its id; rows: version of what is derived from briefs"),
    Column("value", Text, nullable=False),
)

cursors = Table(
    "cursors",
    metadata,
    Column("store", String(32), primary_key=True, comment="id of the store that this one follows"),
    Column("change_id", Integer, nullable=False, comment="the last change that was taken over"),
    comment="how far this store is level with another",
)
