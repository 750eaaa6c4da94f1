"""The command line as a user meets it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SAMPLES

GOOD = str(SAMPLES / "grain_policy.pdf")


def call(*args: str, cwd: Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "160", "NO_COLOR": "1"}
    command = [sys.executable, "-c", "from brief_nlp.cli import main; main()", *args]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=environment, check=False, input=stdin)


def test_run_then_run_again(tmp_path: Path):
    first = call("run", GOOD, "--sample", "2", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "1 done. The rows lie in sqlite:///annotations.db" in first.stdout
    assert first.stdout.count("p(assessment)") == 2
    rows = sqlite3.connect(tmp_path / "annotations.db").execute("SELECT * FROM claims ORDER BY claim_id").fetchall()
    second = call("run", GOOD, cwd=tmp_path)
    assert "1 skipped" in second.stdout
    assert (
        sqlite3.connect(tmp_path / "annotations.db").execute("SELECT * FROM claims ORDER BY claim_id").fetchall()
        == rows
    )


def test_json_for_scripts(tmp_path: Path):
    (tmp_path / "bad.pdf").write_text("no")
    done = call("run", GOOD, "bad.pdf", "--json", "--to", "out", cwd=tmp_path)
    assert done.returncode == 1
    lines = sorted(map(json.loads, done.stdout.splitlines()), key=lambda line: line["status"])  # as they end
    assert [(line["status"], line["category"]) for line in lines] == [("done", None), ("rejected", "not_pdf")]
    assert lines[0]["footnotes"] == lines[0]["linked"] == 5
    assert (tmp_path / "out" / "claims.csv").exists()


def test_references(tmp_path: Path):
    assert call("references", GOOD, "--out", "made.json", cwd=tmp_path).returncode == 0
    written = (tmp_path / "made.json").read_text("utf-8")
    assert written == call("references", GOOD, cwd=tmp_path).stdout
    assert json.loads(written)[0]["container-title"] == "Rodong Sinmun"


def test_show(tmp_path: Path):
    shown = call("show", GOOD, "--why", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "country.”[1]" in shown.stdout
    assert "[1] Rodong Sinmun, January 4, 2023." in shown.stdout
    assert "→ fact, p 0." in shown.stdout
    assert json.loads(call("show", GOOD, "--json", cwd=tmp_path).stdout)["masthead"]["number"] == "CO 99-01"


def test_doctor(tmp_path: Path):
    done = call("doctor", "--json", "--to", f"sqlite:///{tmp_path / 'x.db'}", cwd=tmp_path)
    assert done.returncode == 0
    checks = {check["name"]: check for check in json.loads(done.stdout)}
    assert checks["English model"]["ok"]
    assert checks["database"]["ok"]
    assert call("doctor", "--to", "sqlite:////no/such/x.db", cwd=tmp_path).returncode == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["run", "missing.pdf"], "there is no such file or folder"),
        (["run", "."], "no PDF found"),
        (["run", GOOD, "--to", "sqlite:////no/such/x.db"], "no such folder"),
        (["run", GOOD, "--to", "oracle://x"], "Use SQLite or PostgreSQL"),
        (["run", GOOD, "--reader", "mupdf"], "setting reader"),
        (["show", "missing.pdf"], "there is no such file"),
        (["references", "letter.pdf"], "letter.pdf: this is not a PDF"),
        (["references", GOOD, "--out", "no/such/folder.json"], "cannot be written"),
        (["show", "letter.pdf"], "letter.pdf: this is not a PDF"),
        (["show", "empty.pdf"], "empty.pdf: the file is empty"),
        (["evaluate", "cooking"], "there is no such part"),
        (["frobnicate"], "No such command"),
        (["run"], "Nothing to read was named"),
    ],
)
def test_mistakes_end_in_one_clear_line(tmp_path: Path, args: list[str], said: str):
    (tmp_path / "letter.pdf").write_text("Dear reader")
    (tmp_path / "empty.pdf").write_bytes(b"")
    if args == ["run", "."]:
        for path in tmp_path.iterdir():
            path.unlink()
    done = call(*args, cwd=tmp_path)
    assert done.returncode == 2
    assert said.lower() in done.stderr.lower()
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "annotations.db").exists() or args[0] != "show"


def test_escape_sequences_of_a_file_name_are_harmless(tmp_path: Path):
    evil = tmp_path / "\x1b]0;owned\x07[red].pdf"
    evil.write_text("no")
    done = call("run", str(evil), cwd=tmp_path)
    assert done.returncode == 1
    assert "\x1b" not in done.stdout + done.stderr


def test_stopped_by_ctrl_c(tmp_path: Path):
    code = "import brief_nlp.cli as c\ndef stop(): raise KeyboardInterrupt\nc.app = stop\nc.main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 130
    assert "the next run goes on from there" in done.stderr


def test_entities_of_a_collection(tmp_path: Path):
    call("run", GOOD, cwd=tmp_path)
    listed = call("entities", "--type", "place", "--json", cwd=tmp_path)
    assert listed.returncode == 0, listed.stderr
    rows = json.loads(listed.stdout)
    assert rows[0]["canonical_id"] == "north-korea"
    assert rows[0]["mentions"] >= 1
    assert {row["type"] for row in rows} == {"PLACE"}


def test_a_gazetteer_of_ones_own(tmp_path: Path):
    (tmp_path / "own.jsonl").write_text('{"id": "ration-cards", "type": "POLICY", "name": "ration cards"}\n')
    (tmp_path / "bad.jsonl").write_text('{"id": "x", "type": "PERSON", "name": "X Y"}\n{"id": "x", "type": "BODY"}\n')
    assert call("entities", "--check", "own.jsonl", cwd=tmp_path).returncode == 0
    for arguments in (["entities", "--check", "bad.jsonl"], ["show", GOOD, "--gazetteer", "bad.jsonl"]):
        refused = call(*arguments, cwd=tmp_path)
        assert refused.returncode == 2
        assert "line 2: type" in refused.stderr
        assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["entities", "--from", "sqlite:///none.db"], "there is no such database"),
        (["entities", "--type", "BODY"], "there is no such type"),
        (["entities", "--check", "none.jsonl"], "cannot be read"),
    ],
)
def test_wrong_uses_of_entities(tmp_path: Path, arguments: list[str], said: str):
    done = call(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
