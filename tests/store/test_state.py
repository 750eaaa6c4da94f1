"""What a store knows of its collection, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, update

from brief_nlp.errors import Category
from brief_nlp.store import ledger
from brief_nlp.store.ledger import Tally
from brief_nlp.store.state import state_of, unfinished
from brief_nlp.store.tables import runs


def test_an_empty_store_knows_nothing(engine: Engine):
    state = state_of(engine)
    assert (state.run, state.documents, state.failed) == (None, {}, [])


def test_failures_are_counted_and_named(engine: Engine):
    for name, category, final in (("a", Category.TIMEOUT, True), ("b", Category.NOT_PDF, False), ("c", None, False)):
        ledger.start(engine, name * 64, f"/in/{name}.pdf", "f")
        if category:
            ledger.fail(engine, name * 64, category, "why", final=final)
    ledger.remember(engine, "a" * 64, "/other/a.pdf")
    state = state_of(engine)
    assert state.documents == {"failed": 1, "quarantined": 1, "started": 1}
    assert state.categories == {"timeout": 1, "not_pdf": 1, "broken off": 1}
    assert [(one.path, one.state, one.category) for one in state.failed] == [
        ("/in/a.pdf", "quarantined", "timeout"), ("/in/b.pdf", "failed", "not_pdf"), ("/in/c.pdf", "started", None)
    ]  # fmt: skip
    assert len(state_of(engine, 1).failed) == 1
    assert unfinished(engine, [Category.TIMEOUT]) == ["/in/a.pdf"]
    assert unfinished(engine, [Category.CRASHED]) == ["/in/c.pdf"], "what was broken off counts as a crash"
    assert len(unfinished(engine, list(Category))) == 3


def test_rate_and_time_left_of_a_run(engine: Engine):
    number = ledger.begin_run(engine, "f", "0")
    ledger.note_progress(engine, number, Tally(done=40, skipped=5, rejected=5, total=150))
    with engine.begin() as connection:
        began = datetime.now(UTC) - timedelta(seconds=100)
        connection.execute(update(runs).values(started_at=began))
    run = state_of(engine).run
    assert run.words == "A run is under way"
    assert (run.ended, run.total) == (50, 150)
    assert abs(run.rate - 0.5) < 0.02
    assert abs(run.left - 200) < 8
    with engine.begin() as connection:
        connection.execute(update(runs).values(seen_at=datetime.now(UTC) - timedelta(seconds=90)))
    assert state_of(engine).run.words == "The last run was broken off"
    assert state_of(engine).run.left is None
    ledger.end_run(engine, number, Tally(150, 0, 0, 150))
    assert state_of(engine).run.words == "The last run has ended"
    assert state_of(engine).as_row()["run"]["ended_at"].startswith("20")
