"""Real worker processes: killed, hanging, eating memory, told to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.made import KINDS, poison

from brief_nlp.batch.crew import Ready
from brief_nlp.batch.driver import Bounds, Driver
from brief_nlp.batch.inputs import find_inputs
from brief_nlp.batch.local import Processes, early
from brief_nlp.batch.run import run
from brief_nlp.batch.work import Outcome, Rules, Status
from brief_nlp.batch.worker import Job
from brief_nlp.errors import BriefError, Category
from brief_nlp.settings import Settings
from brief_nlp.store.sinks import open_sink
from brief_nlp.store.state import state_of
from tests.batch.poison import poisoned
from tests.conftest import SAMPLES
from tests.store.rows import dump

GOOD = (SAMPLES / "grain_policy.pdf").read_bytes()
SETTINGS = Settings(threads=1, read_seconds=3, read_memory_mb=1024, worker_memory_mb=4096)


def driver(folder: Path, to: str, *, seconds: float = 60, workers: int = 2, documents: int = 100, told=None) -> Driver:
    rules = Rules("f", 2)
    crew = Processes(Job(to, rules, SETTINGS, None, poisoned))
    bounds = Bounds(workers, seconds, documents, grace=60)
    inputs = find_inputs([str(folder)], rules.most)
    return Driver(inputs, crew, open_sink(to)[0], rules, bounds, told or (lambda *_: None))


def told(outcomes: Iterator[Outcome]) -> dict[str, tuple]:
    return {Path(one.name).stem: (one.status, one.category) for one in outcomes}


def children() -> set[int]:
    listing = subprocess.run(["ps", "-wweo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listing.splitlines()[1:]]
    return {int(pid) for pid, parent, args in rows if int(parent) == os.getpid() and "spawn_main" in args}


@pytest.mark.slow
def test_poison_of_every_kind_is_named_and_stops_nobody(tmp_path: Path):
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(3):
        (folder / f"good{number}.pdf").write_bytes(GOOD + b"\n%%%d" % number)
    (folder / "twin.pdf").write_bytes(GOOD + b"\n%0")
    for kind in KINDS:
        (folder / f"{kind}.pdf").write_bytes(poison(kind, 0))
    for kind in ("kill", "eat", "hang"):
        (folder / f"{kind}.pdf").write_bytes(GOOD + b"\n%" + kind.encode())
    to = f"sqlite:///{tmp_path / 'rows.db'}"
    seen: list[str] = []
    before = children()
    found = told(run(driver(folder, to, seconds=25, told=lambda event, about: seen.append(event))))
    assert {found.pop(name)[0] for name in ("good0", "twin")} == {Status.DONE, Status.SKIPPED}
    assert found == {
        "good1": (Status.DONE, None),
        "good2": (Status.DONE, None),
        "text": (Status.REJECTED, Category.NOT_PDF),
        "encrypted": (Status.REJECTED, Category.ENCRYPTED),
        "damaged": (Status.REJECTED, Category.DAMAGED),
        "memory": (Status.REJECTED, Category.MEMORY),
        "slow": (Status.REJECTED, Category.TIMEOUT),
        "kill": (Status.QUARANTINED, Category.CRASHED),
        "eat": (Status.REJECTED, Category.MEMORY),
        "hang": (Status.REJECTED, Category.TIMEOUT),
    }
    assert seen.count("worker gone") == 2, "it was tried twice"
    assert seen.count("worker hangs") == 1
    assert children() == before


def test_a_process_started_early_is_taken_or_ended(tmp_path: Path):
    with early() as spare:
        pid = spare[0].process.pid
        assert pid in children()
    assert pid not in children()
    with early() as spare:
        pid = spare[0].process.pid
        crew = Processes(Job(f"sqlite:///{tmp_path / 'rows.db'}", Rules("f", 2), SETTINGS, None, poisoned), spare)
        worker = crew.hire()
        assert (spare, crew.staff[worker].process.pid) == ([], pid)
        assert crew.wait(120) == [(worker, Ready())]
        crew.close()
        assert pid not in children()


def test_what_starts_a_process_early_is_there_at_once():
    heavy = "{'sqlalchemy', 'spacy', 'numpy', 'brief_nlp.analysis', 'brief_nlp.store', 'brief_nlp.batch.work'}"
    code = f"import sys, brief_nlp.batch.local; sys.exit(str(sorted({heavy} & set(sys.modules))))"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.stderr.strip() == "[]"


def test_workers_are_replaced_and_rows_do_not_depend_on_how_many(tmp_path: Path):
    stores = []
    for workers, documents in ((1, 100), (2, 2)):
        to = f"sqlite:///{tmp_path / f'{workers}.db'}"
        hired: list[str] = []
        outcomes = run(
            driver(SAMPLES, to, workers=workers, documents=documents, told=lambda e, _, h=hired: h.append(e))
        )
        assert {status for status, _ in told(outcomes).values()} == {Status.DONE}
        assert (hired.count("worker hired") == 1) if documents == 100 else (hired.count("worker hired") >= 3)
        stores.append(to)
    one, other = (dump(open_sink(to)[0].engine) for to in stores)
    assert one == other
    assert one["claims"]


def test_a_store_that_cannot_be_written_ends_the_run_in_one_line(tmp_path: Path):
    to = f"sqlite:///{tmp_path / 'rows.db'}"
    made = driver(SAMPLES, to)
    for end in ("-wal", "-shm", ""):
        (tmp_path / f"rows.db{end}").unlink(missing_ok=True)
    (tmp_path / "rows.db").write_bytes(b"no database any more, whatever it was " * 200)
    with pytest.raises(BriefError, match=r"not a database|malformed"):
        list(made)
    assert made.crew.staff == {}


def test_signals_stop_a_run_and_the_next_goes_on(tmp_path: Path):
    folder, to = tmp_path / "in", f"sqlite:///{tmp_path / 'rows.db'}"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.pdf").write_bytes(GOOD + b"\n%%%d" % number)
    command = [sys.executable, "-m", "brief_nlp", "run", str(folder), "--to", to, "--json", "--workers", "2"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    first = process.stdout.readline()
    assert '"status": "done"' in first
    process.send_signal(signal.SIGTERM)
    rest, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "the same command goes on from there" in errors
    assert "Traceback" not in errors
    ended = 1 + rest.count('"status": "done"')
    assert ended < 12
    sink = open_sink(to)[0]
    assert state_of(sink.engine).documents == {"done": ended}, "what was begun was finished"
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    assert done.count('"status": "skipped"') == ended
    assert done.count('"status": "done"') == 12 - ended


def test_workers_leave_when_their_parent_is_killed(tmp_path: Path):
    to = f"sqlite:///{tmp_path / 'rows.db'}"
    command = [sys.executable, "-m", "brief_nlp", "run", str(SAMPLES), "--to", to, "--json", "--workers", "2"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    process.stdout.readline()
    process.kill()
    process.communicate()
    until = time.monotonic() + 40
    while (left := in_session(process.pid)) and time.monotonic() < until:
        time.sleep(0.2)
    assert left == []


def in_session(session: int) -> list[str]:
    listing = subprocess.run(["ps", "-wweo", "sess,stat,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listing.splitlines()[1:]]
    return [args for found, state, args in rows if int(found) == session and not state.startswith("Z")]
