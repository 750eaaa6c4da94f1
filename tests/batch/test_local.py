from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from brief_nlp.analysis import analyze
from brief_nlp.batch.inputs import find_pdfs
from brief_nlp.batch.local import Outcome, Status, run
from brief_nlp.errors import BriefError, Category, Rejected
from brief_nlp.schema import Brief
from brief_nlp.store.sinks import open_sink
from tests.conftest import SAMPLES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    (made / "deep").mkdir(parents=True)
    shutil.copy(SAMPLES / "grain_policy.pdf", made / "good.pdf")
    shutil.copy(SAMPLES / "grain_policy.pdf", made / "deep" / "same.PDF")
    (made / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    (made / "letter.pdf").write_text("Dear reader")
    (made / "empty.pdf").write_bytes(b"")
    (made / "notes.txt").write_text("no PDF")
    return made


def work(
    paths: list[str], to: str, fingerprint: str = "f", job: Callable[[bytes], Brief] = analyze, **more
) -> list[Outcome]:
    sink, _ = open_sink(to)
    number = sink.begin(fingerprint, "0")
    try:
        return list(run(find_pdfs(paths), sink, job, fingerprint, attempts=2, **more))
    finally:
        sink.end(number, done=0, skipped=0, rejected=0)


def told(outcomes: list[Outcome]) -> dict[str, tuple]:
    return {outcome.path.name: (outcome.status, outcome.category) for outcome in outcomes}


@pytest.mark.parametrize("kind", ["database", "files"])
def test_broken_files_do_not_stop_the_good_ones(folder: Path, tmp_path: Path, kind: str):
    to = f"sqlite:///{tmp_path / 'rows.db'}" if kind == "database" else str(tmp_path / "out")
    assert told(work([str(folder)], to)) == {
        "good.pdf": (Status.SKIPPED, None),
        "same.PDF": (Status.DONE, None),
        "broken.pdf": (Status.REJECTED, Category.DAMAGED),
        "letter.pdf": (Status.REJECTED, Category.NOT_PDF),
        "empty.pdf": (Status.REJECTED, Category.EMPTY),
    }
    again = told(work([str(folder)], to))
    assert again["broken.pdf"] == (Status.REJECTED, Category.DAMAGED)
    third = told(work([str(folder)], to))
    assert third["broken.pdf"] == (Status.QUARANTINED, Category.DAMAGED)
    assert third["same.PDF"] == third["good.pdf"] == (Status.SKIPPED, None)
    assert told(work([str(folder)], to, retry=set(Category)))["broken.pdf"] == (Status.REJECTED, Category.DAMAGED)
    assert told(work([str(folder)], to, fingerprint="g"))["good.pdf"][0] is Status.SKIPPED, (
        "done as same.PDF just before"
    )


def test_a_bug_in_the_analysis_is_told_as_internal(folder: Path, tmp_path: Path):
    def buggy(_: bytes) -> Brief:
        raise ZeroDivisionError("oops")

    (outcome,) = work([str(folder / "good.pdf")], f"sqlite:///{tmp_path / 'rows.db'}", job=buggy)
    assert (outcome.status, outcome.category) == (Status.REJECTED, Category.INTERNAL)
    assert "ZeroDivisionError" in outcome.message


def test_an_interrupt_loses_nothing_that_was_done(folder: Path, tmp_path: Path):
    to = f"sqlite:///{tmp_path / 'rows.db'}"
    seen: list[bytes] = []

    def interrupted(data: bytes) -> Brief:
        seen.append(data)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return analyze(data)

    shutil.copy(SAMPLES / "local_hospital.pdf", folder / "zz.pdf")
    with pytest.raises(KeyboardInterrupt):
        work([str(folder / "good.pdf"), str(folder / "zz.pdf")], to, job=interrupted)
    assert told(work([str(folder / "good.pdf"), str(folder / "zz.pdf")], to)) == {
        "good.pdf": (Status.SKIPPED, None),
        "zz.pdf": (Status.DONE, None),
    }


def test_inputs(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(folder)
    assert [p.name for p in find_pdfs(["*.pdf", "good.pdf"])] == ["broken.pdf", "empty.pdf", "good.pdf", "letter.pdf"]
    assert [p.name for p in find_pdfs(["deep"])] == ["same.PDF"]
    with pytest.raises(BriefError, match="no such file"):
        find_pdfs(["missing.pdf"])
    with pytest.raises(BriefError, match="no PDF found"):
        find_pdfs(["*.doc"])


def test_a_password_given_later_is_tried(folder: Path, tmp_path: Path):
    to, path = f"sqlite:///{tmp_path / 'rows.db'}", str(folder / "good.pdf")

    def locked(_: bytes) -> Brief:
        raise Rejected(Category.ENCRYPTED)

    for _ in range(3):
        (outcome,) = work([path], to, job=locked)
    assert outcome.status is Status.QUARANTINED
    (outcome,) = work([path], to, retry={Category.ENCRYPTED})
    assert outcome.status is Status.DONE
