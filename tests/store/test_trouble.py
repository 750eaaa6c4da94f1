"""What can go wrong with a database: a clear line, and the store as before."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event, make_url, text

from brief_nlp.errors import BriefError
from brief_nlp.schema import Brief
from brief_nlp.store import documents, ledger
from brief_nlp.store.database import open_existing, open_store, reported
from tests.mounting import mounted
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


def test_a_full_disk_of_a_server_keeps_what_was_whole(address, brief: Brief, tmp_path: Path):
    """The rows lie in a tablespace on a file system of their own, which fills up; the server's own has space."""
    admin = create_engine(make_url(address("postgresql")).set(drivername="postgresql+psycopg"))
    admin = admin.execution_options(isolation_level="AUTOCOMMIT")
    with mounted(tmp_path / "small", "18m") as folder, admin.connect() as server:
        owner = Path(server.execute(text("SHOW data_directory")).scalar_one()).stat().st_uid
        (folder / "rows").mkdir()
        ballast = folder / "ballast"
        ballast.write_bytes(bytes(3_000_000))
        os.chown(folder / "rows", owner, -1)
        _reachable(folder)
        server.execute(text(f"CREATE TABLESPACE small LOCATION '{folder / 'rows'}'"))
        server.execute(text("CREATE DATABASE small TABLESPACE small"))
        engine = open_store(admin.url.set(database="small").render_as_string(hide_password=False))
        try:
            written, before = 0, dump(engine)
            with pytest.raises(BriefError, match=r"No space left|could not extend") as caught, reported("the server"):
                while written < 200:
                    write(engine, reissued(brief, f"{written:064x}"))
                    written, before = written + 1, dump(engine)
            assert written
            assert "Free some space" in caught.value.advice
            assert dump(engine) == before
            assert len(before["documents"]) == written
            ballast.unlink()
            write(engine, reissued(brief, "b" * 64))
            assert len(dump(engine)["documents"]) == written + 1, "with space it goes on"
        finally:
            engine.dispose()
            server.execute(text("DROP DATABASE small"))
            server.execute(text("DROP TABLESPACE small"))
    admin.dispose()


def _reachable(folder: Path) -> None:
    """Let the server's user, who is not root, come to a folder of the tests."""
    for above in folder.parents:
        if above.stat().st_uid == os.getuid() and not above.stat().st_mode & 0o001:
            above.chmod(above.stat().st_mode | 0o111)


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
