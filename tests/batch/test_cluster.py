"""Ray on several nodes of this machine, each a process of its own: killed in the middle, their head restarted."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from brief_nlp.batch.cluster import Actors, _answered
from brief_nlp.batch.driver import Bounds, Driver
from brief_nlp.batch.inputs import find_inputs
from brief_nlp.batch.work import Rules, Status, one_by_one
from brief_nlp.batch.worker import Job, pipeline
from brief_nlp.errors import BriefError, Category
from brief_nlp.fingerprint import fingerprint
from brief_nlp.settings import Settings
from brief_nlp.store.database import open_store
from brief_nlp.store.sinks import open_sink
from brief_nlp.store.state import state_of
from tests.batch.poison import poisoned
from tests.conftest import SAMPLES
from tests.store.rows import dump

pytestmark = pytest.mark.slow
GOOD = (SAMPLES / "grain_policy.pdf").read_bytes()
HOW_MANY = 30


class Nodes:
    """A cluster of one head and two more nodes, one processor each."""

    def __init__(self) -> None:
        from ray.cluster_utils import Cluster

        self.cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
        self.others = [self.cluster.add_node(num_cpus=1) for _ in range(2)]

    def close(self) -> None:
        self.cluster.shutdown()


@pytest.fixture
def nodes() -> Iterator[Nodes]:
    made = Nodes()
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for number in range(HOW_MANY):
        (made / f"{number:02}.pdf").write_bytes(GOOD + b"\n%%%d" % number)
    (made / "letter.pdf").write_text("no PDF")
    return made


def undisturbed(folder: Path, to: str) -> dict[str, list[tuple]]:
    settings = Settings()
    rules = Rules(fingerprint(settings), 2)
    sink, _ = open_sink(to)
    list(one_by_one(find_inputs([str(folder)], rules.most), sink, pipeline(settings, None), rules))
    sink.engine.dispose()
    return stored(to)[0]


def stored(to: str) -> tuple[dict[str, list[tuple]], dict[str, int]]:
    """(rows, documents by how they ended)."""
    engine = open_store(to)
    found = dump(engine), state_of(engine).documents
    engine.dispose()
    return found


def start(folder: Path, to: str, address: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "brief_nlp", "run", str(folder), "--to", to, "--json"]
    command += ["--engine", "ray", "--address", address]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_node_that_is_killed_changes_no_row(nodes: Nodes, folder: Path, address: Callable[[str], str]):
    to = address("postgresql")
    process = start(folder, to, nodes.cluster.address)
    for _ in range(5):
        assert process.stdout.readline()
    nodes.cluster.remove_node(nodes.others[0], allow_graceful=False)
    rest, errors = process.communicate(timeout=150)
    assert process.returncode == 1, errors
    assert all(line.startswith("{") for line in rest.splitlines())
    rows, documents = stored(to)
    assert documents == {"done": HOW_MANY, "failed": 1}
    assert rows == undisturbed(folder, address("sqlite"))


def test_a_head_that_is_restarted_loses_nothing(folder: Path, address: Callable[[str], str]):
    to = address("postgresql")
    nodes = Nodes()
    process = start(folder, to, nodes.cluster.address)
    for _ in range(5):
        assert process.stdout.readline()
    nodes.close()  # the head and all others
    try:
        process.communicate(timeout=20)
    except subprocess.TimeoutExpired:  # Ray waits a minute for its head to come back
        process.kill()
        process.communicate()
    nodes = Nodes()
    process = start(folder, to, nodes.cluster.address)
    told, errors = process.communicate(timeout=300)
    nodes.close()
    assert process.returncode == 1, errors
    ended = [json.loads(line)["status"] for line in told.splitlines()]
    assert len(ended) == HOW_MANY + 1
    assert ended.count("skipped") >= 4
    rows, documents = stored(to)
    assert documents == {"done": HOW_MANY, "failed": 1}, "no attempt was lost with a node"
    assert rows == undisturbed(folder, address("sqlite"))


def test_actors_that_hang_eat_memory_or_die(nodes: Nodes, tmp_path: Path, address: Callable[[str], str]):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("good", "hang", "eat", "kill"):
        (folder / f"{name}.pdf").write_bytes(GOOD + b"\n%" + name.encode())
    to = address("postgresql")
    settings = Settings(threads=1, worker_memory_mb=4096)
    rules = Rules(fingerprint(settings), 2)
    crew = Actors(Job(to, rules, settings, None, poisoned), nodes.cluster.address)
    sink, _ = open_sink(to)
    found = {}
    for outcome in Driver(find_inputs([str(folder)], rules.most), crew, sink, rules, Bounds(3, 45, 100)):
        found[Path(outcome.name).stem] = (outcome.status, outcome.category)
    crew.close()
    sink.engine.dispose()
    assert found == {
        "good": (Status.DONE, None),
        "hang": (Status.REJECTED, Category.TIMEOUT),
        "eat": (Status.REJECTED, Category.MEMORY),
        "kill": (Status.QUARANTINED, Category.CRASHED),
    }


def test_without_a_cluster_or_postgresql_it_says_so(folder: Path, tmp_path: Path):
    command = [sys.executable, "-m", "brief_nlp", "run", str(folder), "--engine", "ray"]
    wrong = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
    assert "A cluster writes to PostgreSQL only." in wrong.stderr
    command += ["--to", "postgresql://localhost/x", "--address", "127.0.0.1:1"]
    began = time.monotonic()
    wrong = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert wrong.returncode == 2, wrong.stderr
    assert "Traceback" not in wrong.stderr
    assert time.monotonic() - began < 100


def test_a_cluster_that_does_not_answer_is_told_in_a_line():
    def gone() -> int:
        raise RuntimeError("The node is dead\nwith a long trace")

    with pytest.raises(BriefError, match=r"does not answer any more \(The node is dead\)"):
        _answered(gone)
