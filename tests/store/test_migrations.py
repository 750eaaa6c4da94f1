"""A database of the first schema is brought to the newest, and keeps what people put into it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from alembic import command
from sqlalchemy import Engine, MetaData, Table, create_engine, insert, select, text

from brief_nlp.schema import Brief
from brief_nlp.store import database, documents
from brief_nlp.store.database import open_store
from brief_nlp.store.tables import metadata
from tests.store.conftest import KINDS
from tests.store.rows import dump, write


@pytest.fixture(params=KINDS)
def first(request: pytest.FixtureRequest, address: Callable[[str], str], brief: Brief) -> str:
    """The address of a database of schema 0001 with a document, its ledger entry and verdicts."""
    made = address(request.param)
    engine = create_engine(made.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        command.upgrade(database._config(connection), "0001")
        known = {
            name: Table(name, MetaData(), autoload_with=connection)
            for name in ("documents", "ledger", "verdicts", "claims")
        }
        head = {"document_id": brief.document_id, "fingerprint": "f" * 32}
        connection.execute(
            insert(known["documents"]).values(**head, language="en", page_count=2, brief=brief.model_dump_json())
        )
        connection.execute(insert(known["ledger"]).values(**head, state="done", attempts=1))
        claim = brief.claims[0]
        connection.execute(
            insert(known["claims"]).values(
                claim_id=claim.id, document_id=brief.document_id, claim=0, block=1, start=0, end=1, text=claim.text,
                label="assessment", probability=0.9, encoder=0.9, needs_review=False, mixed=False, by="x",
            )
        )  # fmt: skip
        for action, label in (("accept", None), ("note", None)):
            connection.execute(
                insert(known["verdicts"]).values(
                    document_id=brief.document_id, claim_id=claim.id, action=action, label=label, note="n",
                    reviewer="han", given_at=datetime(2026, 1, 2, tzinfo=UTC), quote=claim.text, prefix="", suffix="",
                    probability_seen=0.9,
                )
            )  # fmt: skip
    engine.dispose()
    return made


def test_rows_and_verdicts_arrive(first: str, brief: Brief, store):
    engine = open_store(first)
    fresh: Engine = store("sqlite")
    write(fresh, brief)
    migrated, expected = dump(engine), dump(fresh)
    for name in ("documents", "briefs", "blocks", "claims", "mentions", "citations", "claim_dates"):
        assert migrated[name] == expected[name]
    with engine.connect() as connection:
        given = connection.execute(select(metadata.tables["verdicts"]).order_by(text("verdict_id"))).mappings().all()
        assert [(row["action"], row["label"]) for row in given] == [("accept", "assessment"), ("note", None)]
        assert given[0]["given_at"] == datetime(2026, 1, 2, tzinfo=UTC)
        assert connection.execute(text("SELECT COUNT(*) FROM attachments")).scalar() == 2
        assert connection.execute(text("SELECT state FROM ledger")).scalar() == "done"
    assert documents.read(engine, brief.document_id) == brief
    engine.dispose()


def test_a_migration_that_breaks_leaves_the_database_as_it_was(first: str, monkeypatch: pytest.MonkeyPatch):
    def broken(_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(database, "derive_anew", broken)
    with pytest.raises(RuntimeError, match="power cut"):
        open_store(first)
    engine = create_engine(first.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0001"
        assert connection.execute(text("SELECT COUNT(*) FROM verdicts")).scalar() == 2
        assert connection.execute(text("SELECT LENGTH(brief) FROM documents")).scalar() > 1000
    engine.dispose()


def test_a_brief_that_cannot_be_read_any_more_is_made_anew_by_the_next_run(first: str):
    engine = create_engine(first.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE documents SET brief = '{}'"))
    engine.dispose()
    engine = open_store(first)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM documents")).scalar() == 0
        assert connection.execute(text("SELECT COUNT(*) FROM ledger")).scalar() == 0
        assert connection.execute(text("SELECT COUNT(*) FROM verdicts_orphaned")).scalar() == 2
    engine.dispose()


def test_rows_are_derived_anew_when_their_rules_change(store, brief: Brief):
    engine = store("sqlite")
    write(engine, brief)
    with engine.begin() as connection:
        connection.execute(text("UPDATE claims SET notes = 99"))
        connection.execute(text("UPDATE identity SET value = '' WHERE name = 'rows'"))
    again = open_store(str(engine.url))
    with again.connect() as connection:
        assert connection.execute(text("SELECT MAX(notes) FROM claims")).scalar() < 99
    again.dispose()
