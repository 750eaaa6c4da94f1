from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from brief_nlp.analysis import analyze
from brief_nlp.batch.inputs import Input, find_inputs
from brief_nlp.batch.work import Outcome, Rules, Status, look, one_by_one, work
from brief_nlp.errors import Category, Rejected
from brief_nlp.schema import Brief
from brief_nlp.store.database import open_store
from brief_nlp.store.sinks import open_sink
from brief_nlp.store.tables import paths
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


def run(
    paths: list[str], to: str, fingerprint: str = "f", job: Callable[[bytes], Brief] = analyze, retry: set = frozenset()
) -> list[Outcome]:
    rules = Rules(fingerprint, 2, frozenset(retry), 1 << 20)
    return list(one_by_one(find_inputs(paths, rules.most), open_sink(to)[0], job, rules))


def told(outcomes: list[Outcome]) -> dict[str, tuple]:
    return {Path(outcome.name).name: (outcome.status, outcome.category) for outcome in outcomes}


@pytest.mark.parametrize("kind", ["database", "files"])
def test_broken_files_do_not_stop_the_good_ones(folder: Path, tmp_path: Path, kind: str):
    to = f"sqlite:///{tmp_path / 'rows.db'}" if kind == "database" else str(tmp_path / "out")
    assert told(run([str(folder)], to)) == {
        "good.pdf": (Status.SKIPPED, None),
        "same.PDF": (Status.DONE, None),
        "broken.pdf": (Status.REJECTED, Category.DAMAGED),
        "letter.pdf": (Status.REJECTED, Category.NOT_PDF),
        "empty.pdf": (Status.REJECTED, Category.EMPTY),
    }
    again = told(run([str(folder)], to))
    assert again["broken.pdf"] == (Status.REJECTED, Category.DAMAGED)
    third = told(run([str(folder)], to))
    assert third["broken.pdf"] == (Status.QUARANTINED, Category.DAMAGED)
    assert third["same.PDF"] == third["good.pdf"] == (Status.SKIPPED, None)
    assert told(run([str(folder)], to, retry=set(Category)))["broken.pdf"] == (Status.REJECTED, Category.DAMAGED)
    assert told(run([str(folder)], to, fingerprint="g"))["good.pdf"][0] is Status.SKIPPED, (
        "done as same.PDF just before"
    )


def test_a_bug_in_the_analysis_is_told_as_internal(folder: Path, tmp_path: Path):
    def buggy(_: bytes) -> Brief:
        raise ZeroDivisionError("oops")

    (outcome,) = run([str(folder / "good.pdf")], f"sqlite:///{tmp_path / 'rows.db'}", job=buggy)
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
        run([str(folder / "good.pdf"), str(folder / "zz.pdf")], to, job=interrupted)
    assert told(run([str(folder / "good.pdf"), str(folder / "zz.pdf")], to)) == {
        "good.pdf": (Status.SKIPPED, None),
        "zz.pdf": (Status.DONE, None),
    }


def test_a_password_given_later_is_tried(folder: Path, tmp_path: Path):
    to, path = f"sqlite:///{tmp_path / 'rows.db'}", str(folder / "good.pdf")

    def locked(_: bytes) -> Brief:
        raise Rejected(Category.ENCRYPTED)

    for _ in range(3):
        (outcome,) = run([path], to, job=locked)
    assert outcome.status is Status.QUARANTINED
    (outcome,) = run([path], to, retry={Category.ENCRYPTED})
    assert outcome.status is Status.DONE


def test_a_document_that_took_its_worker_down_twice_is_put_into_quarantine(folder: Path, tmp_path: Path):
    sink, _ = open_sink(f"sqlite:///{tmp_path / 'rows.db'}")
    rules = Rules("f", 2)
    looked = look(Input("good.pdf", str(folder / "good.pdf")), rules)
    for _ in range(2):
        sink.start(looked.document_id, "good.pdf", "f")  # and nothing more: the process is gone
    outcome = work(looked, sink, analyze, rules)
    assert (outcome.status, outcome.category) == (Status.QUARANTINED, Category.CRASHED)
    assert sink.known(looked.document_id).state == "quarantined"
    assert sink.known(looked.document_id).category == "crashed"


def test_an_attempt_that_was_given_back_does_not_count(tmp_path: Path):
    sink, _ = open_sink(f"sqlite:///{tmp_path / 'rows.db'}")
    sink.start("a" * 64, "a.pdf", "f")
    sink.give_back("a" * 64)
    assert sink.known("a" * 64) is None
    sink.start("a" * 64, "a.pdf", "f")
    sink.fail("a" * 64, Category.TIMEOUT, "", final=False)
    sink.start("a" * 64, "a.pdf", "f")
    sink.give_back("a" * 64)
    assert sink.known("a" * 64).attempts == 1
    sink.give_back("a" * 64)
    assert sink.known("a" * 64).attempts == 1, "there is no open attempt to take back"


def test_a_document_too_large_is_named_without_being_held(tmp_path: Path):
    (tmp_path / "large.pdf").write_bytes(b"%PDF-" + bytes(3000))
    outcome = look(Input("large.pdf", str(tmp_path / "large.pdf")), Rules("f", 2, most=2000))
    assert (outcome.status, outcome.category, outcome.document_id) == (Status.REJECTED, Category.TOO_LARGE, None)


def test_each_name_of_the_same_bytes_is_recorded(folder: Path, tmp_path: Path):
    to = f"sqlite:///{tmp_path / 'rows.db'}"
    run([str(folder)], to)
    engine = open_store(to)
    with engine.connect() as connection:
        rows = connection.execute(select(paths.c.path, paths.c.document_id)).all()
    names = {Path(path).name: document for path, document in rows}
    assert names["good.pdf"] == names["same.PDF"]
