"""Commands over a store, as a user types them."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from tests.cli.test_reading import GOOD, call


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of one brief."""
    folder = tmp_path_factory.mktemp("collection")
    assert call("run", GOOD, cwd=folder).returncode == 0
    return folder


@pytest.fixture
def folder(collection: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    for file in collection.glob("annotations.db*"):
        shutil.copy(file, tmp_path / file.name)
    return tmp_path


def test_saved_queries_are_listed_with_what_they_ask_for(tmp_path: Path):
    done = call("query", cwd=tmp_path)
    assert done.returncode == 0
    assert "--about" in done.stdout
    assert "unsourced" in done.stdout


def test_questions_are_answered_as_table_csv_and_json(folder: Path):
    sql = "SELECT label, COUNT(*) AS n FROM claims_current GROUP BY label ORDER BY label"
    rows = json.loads(call("query", sql, "--json", cwd=folder).stdout)
    assert {row["label"] for row in rows} == {"assessment", "fact"}
    told = list(csv.reader(io.StringIO(call("query", sql, "--csv", cwd=folder).stdout)))
    assert told == [["label", "n"], *([row["label"], str(row["n"])] for row in rows)]
    assert "2 rows." in call("query", sql, cwd=folder).stdout
    about = call("query", "assessments", "--about", "North Korea", "--since=2001", "--json", cwd=folder)
    assert about.returncode == 0, about.stderr
    formula = call("query", "SELECT '=1+1' AS x", "--csv", cwd=folder).stdout
    assert formula.splitlines()[1] == "'=1+1"


def test_search_shows_where_the_words_stand(folder: Path):
    found = json.loads(call("search", "grain shops", "--json", cwd=folder).stdout)
    assert found
    assert all("grain" in hit["text"].lower() for hit in found)
    assert "page 1" in call("search", "grain", cwd=folder).stdout


def test_verdicts_travel_through_a_table_the_feed_and_sync(folder: Path):
    assert call("export", "csv", "--out", "claims.csv", cwd=folder).returncode == 0
    rows = list(csv.DictReader(io.StringIO((folder / "claims.csv").read_text("utf-8-sig"))))
    rows[0]["choice"] = "fact" if rows[0]["label"] == "assessment" else "assessment"
    with (folder / "filled.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    first = [json.loads(line) for line in call("feed", cwd=folder).stdout.splitlines()]
    assert "1 added" in call("import", "csv", "filled.csv", "--reviewer", "han", cwd=folder).stdout
    assert "0 added, 1 known" in call("import", "csv", "filled.csv", "--reviewer", "han", cwd=folder).stdout
    fed = [json.loads(line) for line in call("feed", "--since", first[-1]["cursor"], cwd=folder).stdout.splitlines()]
    assert [(one["op"], one["table"]) for one in fed] == [("insert", "verdicts"), ("insert", "attachments")]
    assert fed[0]["row"]["reviewer"] == "han"
    assert "2 changes taken over" in call("sync", "--to", "sqlite:///copy.db", cwd=folder).stdout
    assert "0 changes taken over" in call("sync", "--to", "sqlite:///copy.db", cwd=folder).stdout
    count = "SELECT COUNT(*) AS n FROM claims_current WHERE reviewed = 1"
    told = call("query", count, "--from", "sqlite:///copy.db", "--json", cwd=folder)
    assert json.loads(told.stdout) == [{"n": 1}]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["query", "nonsense"], "no saved query"),
        (["query", "assessments"], "needs --about"),
        (["query", "assessments", "--about", "x", "--since", "soon"], "no day"),
        (["query", "unsure", "stray"], "stands alone"),
        (["query", "DELETE FROM claims"], "gives no rows|readonly"),
        (["query", "SELECT * FROM nowhere"], "no such table"),
        (["search", "..."], "no word"),
        (["feed", "--since", "yesterday"], "no cursor"),
        (["feed", "--from", "sqlite:///none.db"], "no such database"),
        (["sync", "--to", "sqlite:///annotations.db"], "same store"),
        (["export", "word"], "no such format"),
        (["export", "csv", "--out", "/no/such/folder/x.csv"], "cannot be written"),
        (["import", "csv", "none.csv"], "no such file"),
        (["import", "csl-json", "annotations.db"], "carries no verdicts"),
        (["import", "excel", "annotations.db"], "cannot be read as a table"),
    ],
)
def test_wrong_uses_end_in_a_line(folder: Path, arguments: list[str], said: str):
    done = call(*arguments, cwd=folder)
    assert done.returncode == 2, done.stderr
    assert any(one in done.stderr for one in said.split("|")), done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("error:")
