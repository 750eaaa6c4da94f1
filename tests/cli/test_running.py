"""run, retry and status, as a user types them."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.cli.test_reading import GOOD, call

OTHER = str(Path(GOOD).with_name("local_hospital.pdf"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    shutil.copy(GOOD, tmp_path / "in" / "good.pdf")
    (tmp_path / "in" / "하나 [red]\x1b[31m.pdf").write_text("a letter")
    return tmp_path


def test_what_failed_is_named_by_status_and_tried_again_by_retry(folder: Path):
    assert call("run", "in", cwd=folder).returncode == 1
    told = json.loads(call("status", "--json", cwd=folder).stdout)
    assert told["documents"] == {"done": 1, "failed": 1}
    assert told["categories"] == {"not_pdf": 1}
    assert told["run"]["total"] == 2
    assert [(one["state"], Path(one["path"]).name) for one in told["failed"]] == [("failed", "하나 [red]\x1b[31m.pdf")]
    shown = call("status", cwd=folder).stdout
    assert "The last run has ended: 2 of 2 documents" in shown
    assert "not_pdf" in shown
    assert "\x1b" not in shown
    assert call("retry", "--category", "timeout", cwd=folder).stdout.strip() == "Nothing has failed so."
    again = call("retry", cwd=folder)
    assert again.returncode == 1
    assert json.loads(call("status", "--json", cwd=folder).stdout)["documents"] == {"done": 1, "quarantined": 1}
    shutil.copy(OTHER, folder / "in" / "하나 [red]\x1b[31m.pdf")
    mended = call("retry", "--json", cwd=folder)
    assert mended.returncode == 0, mended.stderr
    assert json.loads(mended.stdout)["status"] == "done"


def test_no_name_of_a_file_forges_a_line_of_the_terminal(folder: Path):
    (folder / "in" / "x\nforged: y.pdf").write_text("a letter")
    told = call("run", "in", cwd=folder).stderr
    shown = call("status", cwd=folder).stdout
    for lines in (told.splitlines(), shown.splitlines()):
        assert any("forged" in line for line in lines)
        assert not any(line.startswith("forged") for line in lines)


def test_lists_and_archives(folder: Path):
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.write(GOOD, "a/good.pdf")
        archive.write(OTHER, "b/other.pdf")
    done = call("run", "--list", "-", "--json", "--to", "out", cwd=folder, stdin="all.zip\nmissing.pdf\n")
    assert done.returncode == 1
    rows = {row["path"]: row["status"] for row in map(json.loads, done.stdout.splitlines())}
    assert rows == {"all.zip!/a/good.pdf": "done", "all.zip!/b/other.pdf": "done", "missing.pdf": "rejected"}


def test_events_are_lines_that_no_name_can_forge(folder: Path):
    done = call("run", "in", "--log", "json", cwd=folder)
    events = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    names = [event["event"] for event in events]
    assert names[0] == "run begins"
    assert names[-1] == "run ends"
    assert names.count("document") == 2
    ended = {Path(event["path"]).name: event for event in events if event["event"] == "document"}
    assert ended["good.pdf"]["claims"] > 0
    assert ended["good.pdf"]["seconds"] > 0
    text = call("run", "in", "--log", "text", cwd=folder).stderr
    assert re.search(r'^\S+ document: path="in/good.pdf"', text, re.MULTILINE)
    assert "\x1b" not in text


def test_metrics_are_served_while_it_runs(folder: Path):
    for number in range(12):
        (folder / "in" / f"{number}.pdf").write_bytes(Path(GOOD).read_bytes() + b"\n%%%d" % number)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "brief_nlp", "run", "in", "--metrics-port", str(port), "--json"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
    for _ in range(4):
        process.stdout.readline()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        page = answer.read().decode()
    process.communicate(timeout=60)
    assert process.returncode == 1
    assert re.search(r'brief_nlp_documents_total\{category="",status="done"\} [1-9]', page)
    assert re.search(r"brief_nlp_claims_total [1-9]", page)
    assert "brief_nlp_document_seconds_bucket" in page


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["run", "in", "--list", "-"], "Both paths and a list were named"),
        (["run", "--list", "gone.txt"], "gone.txt: cannot be read as a list"),
        (["run", "in", "--log", "xml"], "--log xml: there is no such form"),
        (["run", "in", "--workers", "0"], "Invalid value for '--workers'"),
        (["run", "nosuch://bucket/x"], "cannot be opened"),
        (["retry", "--category", "bad"], "there is no such category"),
        (["status", "--from", "sqlite:///none.db"], "there is no such database"),
    ],
)
def test_mistakes_end_in_one_clear_line(folder: Path, args: list[str], said: str):
    done = call(*args, cwd=folder)
    assert done.returncode == 2
    assert said in " ".join(re.sub(r"[│╭╮╰╯─\n]", " ", done.stderr).split())
    assert "Traceback" not in done.stderr


def test_a_run_that_was_broken_off_is_told_so(folder: Path):
    for number in range(30):
        (folder / "in" / f"{number}.pdf").write_bytes(Path(GOOD).read_bytes() + b"\n%%%d" % number)
    command = [sys.executable, "-m", "brief_nlp", "run", "in", "--json"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    state = None
    while process.stdout.readline() and time.monotonic() < until:
        state = json.loads(call("status", "--json", cwd=folder).stdout)["run"]
        if state["total"] and state["done"]:
            break
    process.kill()
    process.communicate()
    assert state["words"] == "A run is under way"
    assert state["total"] == 32
    assert state["rate"] > 0
    assert state["left"] > 0


def test_a_list_may_name_what_is_no_text(folder: Path):
    other = folder / "in" / "caf\udce9.pdf"
    shutil.copy(GOOD, other)
    (folder / "list").write_bytes(b"in/caf\xe9.pdf\nin/gone\xff.pdf\n")
    for given in ({"args": ["list"]}, {"args": ["-"], "stdin": (folder / "list").read_bytes()}):
        told = subprocess.run(
            [sys.executable, "-m", "brief_nlp", "run", "--json", "--list", *given["args"]],
            cwd=folder, input=given.get("stdin"), capture_output=True, check=False,
        )  # fmt: skip
        assert told.returncode == 1, told.stderr
        status = [json.loads(line)["status"] for line in told.stdout.decode().splitlines()]
        assert sorted(status)[-1] in ("rejected", "skipped")
        assert len(status) == 2


def test_a_reader_that_leaves_costs_no_document_an_attempt(folder: Path):
    for number in range(12):
        (folder / "in" / f"{number}.pdf").write_bytes(Path(GOOD).read_bytes() + b"\n%%%d" % number)
    command = f"{sys.executable} -m brief_nlp run in --json --workers 2 | head -n 1"
    subprocess.run(command, shell=True, cwd=folder, check=False, capture_output=True)
    documents = json.loads(call("status", "--json", cwd=folder).stdout)["documents"]
    assert set(documents) <= {"done", "failed"}, "nothing is left as begun"


def test_a_store_that_nobody_has_open_is_one_file(folder: Path):
    """Whoever copies or sends it takes nothing else along."""
    call("run", "in/good.pdf", cwd=folder)
    assert [path.name for path in folder.glob("annotations.db*")] == ["annotations.db"]
