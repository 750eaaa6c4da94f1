"""What can go wrong with a database: a clear line, and the store as before."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text

from brief_nlp.errors import BriefError
from brief_nlp.schema import Brief
from brief_nlp.store import documents, ledger
from brief_nlp.store.database import open_existing, open_store, reported
from tests.store.rows import dump, reissued, write


def test_a_full_disk_keeps_what_was_whole(store, brief: Brief):
    engine: Engine = store("sqlite")
    write(engine, brief)
    before = dump(engine)
    with engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
    engine.dispose()

    @event.listens_for(engine, "connect")
    def limit(connection, _record):
        connection.execute(f"PRAGMA max_page_count = {pages + 4}")

    with pytest.raises(BriefError, match="full") as caught, reported("rows.db"):
        write(engine, reissued(brief, "b" * 64))
    assert "Free some space" in caught.value.advice
    assert dump(engine) == before


def test_a_disk_that_cannot_be_written(store, brief: Brief):
    engine: Engine = store("sqlite")
    write(engine, brief)
    path = engine.url.database
    before = dump(engine)
    locked = open_existing(f"sqlite:///file:{path}?mode=ro&uri=true")
    assert documents.read(locked, brief.document_id) == brief, "what cannot be written can be read"
    with pytest.raises(BriefError, match="readonly") as caught, reported("rows.db"):
        write(locked, reissued(brief, "b" * 64))
    assert "can be written" in caught.value.advice
    assert dump(engine) == before
    locked.dispose()


def test_a_connection_lost_in_the_middle_of_a_document(store, brief: Brief, monkeypatch: pytest.MonkeyPatch):
    engine: Engine = store("postgresql")
    write(engine, brief)
    before = dump(engine)
    finish = ledger.finish

    def cut(connection, document_id):
        other = engine.connect()
        process = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        other.execute(text("SELECT pg_terminate_backend(:process, 5000)"), {"process": process})
        other.close()
        finish(connection, document_id)

    monkeypatch.setattr(ledger, "finish", cut)
    with pytest.raises(BriefError, match="connection") as caught, reported("the server"):
        documents.write(engine, reissued(brief, "b" * 64))
    assert "server" in caught.value.advice
    monkeypatch.undo()
    assert dump(engine) == before
    documents.write(engine, reissued(brief, "b" * 64))
    assert len(dump(engine)["documents"]) == 2


def test_a_damaged_database_is_told(store, brief: Brief, tmp_path: Path):
    engine: Engine = store("sqlite")
    write(engine, brief)
    with engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    engine.dispose()
    path = Path(str(engine.url.database))
    whole = path.read_bytes()
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(whole[:4096] + b"\x07" * (len(whole) - 4096))
    with pytest.raises(BriefError, match=r"malformed|not a database|corrupt") as caught, reported(str(damaged)):
        documents.read(open_existing(f"sqlite:///{damaged}"), brief.document_id)
    assert caught.value.advice
    cut = tmp_path / "cut.db"
    cut.write_bytes(whole[: len(whole) // 3])
    with pytest.raises(BriefError, match=r"malformed|not a database|disk image") as caught, reported(str(cut)):
        list(documents.read_all(open_existing(f"sqlite:///{cut}")))
    assert caught.value.advice


def test_a_writer_that_waits_too_long_is_told(store, brief: Brief):
    engine: Engine = store("sqlite")
    other = open_store(str(engine.url))

    @event.listens_for(other, "connect")
    def impatient(connection, _record):
        connection.execute("PRAGMA busy_timeout = 50")

    other.dispose()
    with engine.connect() as connection:
        connection.execute(text("BEGIN IMMEDIATE"))
        with pytest.raises(BriefError, match="locked") as caught, reported("rows.db"):
            write(other, brief)
        connection.rollback()
    assert "Another program" in caught.value.advice
    write(other, brief)
    other.dispose()


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://han:geheim@db/kinu", "postgresql://han:***@db/kinu: gone"),
        ("postgresql://han:ge/h@eim@db/kinu", "postgresql://han:***@db/kinu: gone"),
        ("postgresql://db/kinu?user=han&password=geheim", "postgresql://db/kinu?user=han&password=***: gone"),
        ("sqlite:///a:b@c.db or postgresql://han:geheim@db/x", "sqlite:///a:b@c.db or postgresql://han:***@db/x: gone"),
    ],
)
def test_a_database_that_goes_in_the_middle_is_named_without_its_password(address: str, shown: str):
    with pytest.raises(BriefError) as caught, reported(address):
        raise sqlite3.OperationalError("gone")
    assert caught.value.message == f"{shown}."


@pytest.mark.parametrize(
    "wrong", ["postgresq://han:geheim@db/x", "mysql://han:geheim@db/x", "postgresql://h:geheim@db:p/x"]
)
def test_a_wrong_address_is_told_without_its_password(wrong: str):
    with pytest.raises(BriefError) as caught:
        open_store(wrong)
    assert "geheim" not in str(caught.value)
