"""`brief-nlp report` as a user types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from brief_nlp.schema import Label
from brief_nlp.store import decisions, documents
from brief_nlp.store.database import open_store
from brief_nlp.store.decisions import Action, give
from tests.cli.test_reading import GOOD, call
from tests.conftest import SAMPLES, analyzed
from tests.store.rows import write


def test_a_pdf_and_several(tmp_path: Path):
    done = call("report", GOOD, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "Report on 1 brief written to report.html.\n"), done.stderr
    assert "Grain Shops and the Return of the State" in (tmp_path / "report.html").read_text("utf-8")
    more = call(
        "report", GOOD, GOOD, str(SAMPLES / "local_hospital.pdf"), "--out", "b.html", "--language", "ko", cwd=tmp_path
    )
    assert more.stdout == "Report on 2 briefs written to b.html.\n"  # a file named twice is one brief
    assert "연구 보고서 2편" in (tmp_path / "b.html").read_text("utf-8")


def test_a_store_with_verdicts(tmp_path: Path):
    engine = open_store(f"sqlite:///{tmp_path / 'annotations.db'}")
    brief = analyzed("grain_policy")
    write(engine, brief)
    write(engine, analyzed("vaccination"))
    claim = next(claim for claim in brief.claims if claim.label is Label.ASSESSMENT and claim.kind)
    decisions.append(engine, give(brief, claim, Action.RELABEL, "han", label=Label.FACT))
    decisions.append(engine, give(brief, brief.claims[0], Action.REJECT, "han"))
    engine.dispose()
    done = call("report", cwd=tmp_path)
    assert done.stdout == "Report on 2 briefs written to report.html.\n", done.stderr
    one = call("report", "--document", brief.document_id[:10], "--out", "one.html", cwd=tmp_path)
    assert one.stdout == "Report on 1 brief written to one.html.\n", one.stderr
    page = (tmp_path / "one.html").read_text("utf-8")
    facts = sum(claim.label is Label.FACT for claim in brief.claims[1:]) + 1
    assert f"<dt>Facts</dt><dd>{facts}</dd>" in page
    assert f"<dt>Claims</dt><dd>{len(brief.claims) - 1}</dd>" in page
    assert "by han" in page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--from", "sqlite:///no.db"], "no.db: there is no such database."),
        (["--from", "sqlite:///empty.db"], "sqlite:///empty.db: there is no brief in it. Fill it"),
        (["--from", "sqlite:///empty.db", "--document", "abc"], "abc: there is no document with this id in"),
        ([GOOD, "--document", "abc"], "--document names a document of a database"),
        ([GOOD, "--language", "fr"], "fr: reports are not written in this language. Choose en or ko."),
        ([GOOD, "--out", "no/such.html"], "no: there is no such folder."),
        (["no.pdf"], "no.pdf: there is no such file or folder."),
        ([GOOD, "bad.pdf"], "bad.pdf: this is not a PDF."),
    ],
)
def test_mistakes_are_told_in_a_line(tmp_path: Path, arguments: list[str], said: str):
    open_store(f"sqlite:///{tmp_path / 'empty.db'}").dispose()
    (tmp_path / "bad.pdf").write_text("no")
    done = call("report", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "report.html").exists()


def test_an_id_that_begins_like_another(tmp_path: Path):
    engine = open_store(f"sqlite:///{tmp_path / 'annotations.db'}")
    brief = analyzed("grain_policy")
    for last in "01":
        documents.write(engine, brief.model_copy(update={"document_id": "ab" * 31 + "c" + last, "claims": ()}))
    engine.dispose()
    done = call("report", "--document", "abab", cwd=tmp_path)
    assert "abab: the ids of several documents begin so." in done.stderr
