"""The store on two real databases."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, select, text

from brief_nlp.errors import BriefError, Category
from brief_nlp.rows import TABLES, to_rows
from brief_nlp.schema import Brief, Label
from brief_nlp.store import decisions, documents, ledger
from brief_nlp.store.database import open_store
from brief_nlp.store.tables import VIEWS, metadata, verdicts
from tests.store.rows import dump, write


def test_every_row_arrives(engine: Engine, brief: Brief):
    write(engine, brief)
    stored = dump(engine)
    assert {name: len(stored[name]) for name in TABLES} == {name: len(rows) for name, rows in to_rows(brief).items()}
    assert documents.read(engine, brief.document_id) == brief


def test_writing_twice_changes_nothing(engine: Engine, brief: Brief, korean: Brief):
    write(engine, brief)
    write(engine, korean)
    before = dump(engine)
    write(engine, brief)
    assert dump(engine) == before


def test_ledger_counts_attempts_before_the_work(engine: Engine):
    assert ledger.look_up(engine, "d") is None
    assert ledger.start(engine, "d", "x.pdf", "f1") == 1
    assert ledger.start(engine, "d", "y.pdf", "f1") == 2
    ledger.fail(engine, "d", Category.CRASHED, "signal 11", final=True)
    entry = ledger.look_up(engine, "d")
    assert entry is not None
    assert (entry.state, entry.attempts, entry.category) == ("quarantined", 2, "crashed")
    assert ledger.start(engine, "d", "x.pdf", "f2") == 1, "a new fingerprint starts anew"
    with engine.connect() as connection:
        names = connection.execute(text("SELECT path FROM paths WHERE document_id = 'd' ORDER BY path")).scalars().all()
    assert names == ["x.pdf", "y.pdf"]


def test_verdicts_outlive_a_rerun_and_show_in_the_view(engine: Engine, brief: Brief):
    write(engine, brief)
    claim = brief.claims[3]
    other = Label.FACT if claim.label is Label.ASSESSMENT else Label.ASSESSMENT
    decisions.append(
        engine, decisions.give(brief, claim, decisions.Action.RELABEL, "han", label=other, note="see p. 2")
    )
    write(engine, brief)
    (given,) = decisions.of_document(engine, brief.document_id)
    assert (given.claim_id, given.label, given.reviewer) == (claim.id, other, "han")
    with engine.connect() as connection:
        query = text("SELECT current_label, label FROM claims_current WHERE claim_id = :id")
        assert connection.execute(query, {"id": claim.id}).one() == (other.value, claim.label.value)
        flat = connection.execute(
            text("SELECT label, page FROM claims_flat WHERE claim_id = :id"), {"id": claim.id}
        ).one()
    assert flat == (other.value, claim.regions[0].page)


def test_schema_is_what_the_tables_say(engine: Engine):
    found = inspect(engine)
    for name, table in metadata.tables.items():
        assert {column["name"] for column in found.get_columns(name)} == {column.name for column in table.columns}
        assert {index["name"] for index in found.get_indexes(name)} >= {index.name for index in table.indexes}
        assert {tuple(key["constrained_columns"]) for key in found.get_foreign_keys(name)} == {
            tuple(column.name for column in key.columns) for key in table.foreign_key_constraints
        }
        if engine.dialect.name == "postgresql":
            told = {column["name"]: column["comment"] for column in found.get_columns(name)}
            assert told == {column.name: column.comment for column in table.columns}
    assert set(found.get_view_names()) == set(VIEWS)


def _kill_in_the_middle(path: Path, brief: Brief) -> int:
    """A process that dies by SIGKILL after the old rows went and before the new ones came."""
    code = (
        "import os, signal, sys\n"
        "from brief_nlp.schema import Brief\n"
        "from brief_nlp.store import documents, ledger\n"
        "from brief_nlp.store.database import open_store\n"
        "def die(*_): os.kill(os.getpid(), signal.SIGKILL)\n"
        "ledger.finish = die\n"
        "documents.write(open_store(sys.argv[1]), Brief.model_validate_json(sys.stdin.read()))\n"
    )
    command = [sys.executable, "-c", code, f"sqlite:///{path}"]
    return subprocess.run(command, input=brief.model_dump_json(), text=True, check=False).returncode


def test_a_kill_leaves_the_store_as_it_was(tmp_path: Path, brief: Brief):
    path = tmp_path / "rows.db"
    engine = open_store(f"sqlite:///{path}")
    write(engine, brief)
    before = dump(engine)
    changed = brief.model_copy(update={"claims": brief.claims[:3], "fingerprint": "f" * 32})
    assert _kill_in_the_middle(path, changed) == -signal.SIGKILL
    assert dump(engine) == before
    engine.dispose()


def _write_many(address: str, brief_json: str) -> None:
    brief = Brief.model_validate_json(brief_json)
    engine = open_store(address)
    for _ in range(5):
        write(engine, brief)
    engine.dispose()


def test_two_writers_wait_for_each_other(tmp_path: Path, brief: Brief, korean: Brief):
    address = f"sqlite:///{tmp_path / 'rows.db'}"
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_write_many, args=(address, one.model_dump_json())) for one in (brief, korean)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    engine = open_store(address)
    assert len(dump(engine)["claims"]) == len(brief.claims) + len(korean.claims)
    engine.dispose()


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda path: path.write_bytes(b"this is a letter, not a database, and long enough" * 20), "not a database"),
        (lambda path: path.mkdir(), "folder"),
    ],
)
def test_bad_files_are_refused_in_a_line(tmp_path: Path, prepare, said: str):
    path = tmp_path / "rows.db"
    prepare(path)
    with pytest.raises(BriefError, match=said) as caught:
        open_store(f"sqlite:///{path}")
    assert "\n" not in str(caught.value)
    assert caught.value.advice


def test_a_foreign_database_is_left_alone(tmp_path: Path):
    import sqlite3

    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(BriefError, match="something else"):
        open_store(f"sqlite:///{path}")
    assert b"recipes" in before
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]


def test_a_newer_database_is_refused(tmp_path: Path):
    address = f"sqlite:///{tmp_path / 'rows.db'}"
    engine = open_store(address)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(BriefError, match="newer brief-nlp"):
        open_store(address)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission(tmp_path: Path):
    tmp_path.chmod(0o500)
    with pytest.raises(BriefError, match="open"):
        open_store(f"sqlite:///{tmp_path / 'rows.db'}")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nonsense://", "no address|not supported"),
        ("mysql://localhost/x", "not supported"),
        ("sqlite:////no/such/folder/rows.db", "no such folder"),
        ("postgresql://nobody@127.0.0.1:1/none", "refused|failed|connect"),
    ],
)
def test_bad_addresses(address: str, said: str):
    with pytest.raises(BriefError, match=said) as caught:
        open_store(address)
    assert caught.value.advice


def test_verdicts_are_untouched_by_a_write(engine: Engine, brief: Brief):
    write(engine, brief)
    number = decisions.append(engine, decisions.give(brief, brief.claims[0], decisions.Action.NOTE, "han", note="!"))
    write(engine, brief.model_copy(update={"claims": brief.claims[5:]}))
    with engine.connect() as connection:
        assert connection.execute(select(verdicts.c.verdict_id)).scalars().all() == [number]
