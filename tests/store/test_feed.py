"""The feed: in order, each row once, whatever happens; and sync, which lives on it."""

from __future__ import annotations

import base64
import json
import threading
import time
import zlib

import pytest
from sqlalchemy import Engine, select, text, update

from brief_nlp.errors import BriefError
from brief_nlp.schema import Brief
from brief_nlp.store import decisions, documents
from brief_nlp.store.decisions import Action, give
from brief_nlp.store.differences import key_names
from brief_nlp.store.feed import lines
from brief_nlp.store.sync import sync
from brief_nlp.store.tables import changes
from tests.store.rows import dump, reissued, write


class Consumer:
    """Keeps rows by key and the cursor of the last line, as a loader would."""

    def __init__(self) -> None:
        self.cursor = "0"
        self.rows: dict[tuple, dict] = {}

    def take(self, line: str) -> None:
        told = json.loads(line)
        key = (told["table"], *(told["row"][name] for name in key_names(told["table"])))
        assert (key in self.rows) == (told["op"] != "insert"), "each row comes once, and goes or changes only after"
        if told["op"] == "delete":
            del self.rows[key]
        else:
            self.rows[key] = told["row"]
        self.cursor = told["cursor"]


def level(consumer: Consumer, engine: Engine) -> bool:
    counted = {name: sum(key[0] == name for key in consumer.rows) for name in dump(engine)}
    return counted == {name: len(rows) for name, rows in dump(engine).items()}


def test_a_consumer_that_keeps_its_cursor_gets_each_row_once(engine: Engine, brief: Brief, korean: Brief):
    consumer = Consumer()
    steps = [
        lambda: write(engine, brief),
        lambda: write(engine, brief),
        lambda: write(engine, korean),
        lambda: decisions.append(engine, give(brief, brief.claims[0], Action.ACCEPT, "han")),
        lambda: write(engine, brief.model_copy(update={"claims": brief.claims[2:], "fingerprint": "f" * 32})),
        lambda: write(engine, reissued(brief, "b" * 64)),
        lambda: documents.remove(engine, korean.document_id),
    ]
    for number, step in enumerate(steps):
        step()
        for taken, line in enumerate(lines(engine, consumer.cursor)):
            if number % 2 and taken == 7:
                break  # it stops in the middle and goes on from its cursor
            consumer.take(line)
    for line in lines(engine, consumer.cursor):
        consumer.take(line)
    assert level(consumer, engine)
    assert list(lines(engine, consumer.cursor)) == []


def test_a_rerun_that_changes_nothing_feeds_nothing(engine: Engine, brief: Brief):
    write(engine, brief)
    cursor = json.loads(list(lines(engine, "0"))[-1])["cursor"]
    write(engine, brief)
    assert list(lines(engine, cursor)) == []


def test_only_what_changed_is_fed(engine: Engine, brief: Brief):
    write(engine, brief)
    cursor = json.loads(list(lines(engine, "0"))[-1])["cursor"]
    turned = brief.claims[0].model_copy(update={"probability": 0.5, "needs_review": True})
    write(engine, brief.model_copy(update={"claims": (turned, *brief.claims[1:])}))
    told = [json.loads(line) for line in lines(engine, cursor)]
    assert [(one["op"], one["table"]) for one in told] == [("change", "briefs"), ("change", "claims")]
    assert told[1]["row"]["probability"] == 0.5


@pytest.mark.parametrize("cursor", ["x", "1.2", "00000000.1.1", "-1", "'; DROP TABLE claims"])
def test_a_wrong_cursor_is_told(engine: Engine, cursor: str):
    with pytest.raises(BriefError, match=r"no cursor|another store"):
        list(lines(engine, cursor))


def test_a_store_that_was_put_back_is_told(engine: Engine, brief: Brief):
    write(engine, brief)
    cursor = json.loads(next(lines(engine, "0")))["cursor"]
    ahead = f"{cursor.split('.')[0]}.99.1"
    with pytest.raises(BriefError, match="older state"):
        list(lines(engine, ahead))


def test_following_gives_what_comes_later(engine: Engine, brief: Brief):
    found: list[str] = []
    waited = threading.Event()

    def wait(_: float) -> None:
        waited.set()
        time.sleep(0.05)

    def collect() -> None:
        feed = lines(engine, "0", follow=True, wait=wait)
        found.append(next(feed))

    thread = threading.Thread(target=collect)
    thread.start()
    assert waited.wait(10)
    write(engine, brief)
    thread.join(10)
    assert json.loads(found[0])["table"] == "documents"


def test_changes_are_numbered_in_the_order_of_commits(store, brief: Brief, korean: Brief):
    """A transaction that begins first and ends last must not hide behind a number that was read over already."""
    engine = store("postgresql")
    barrier = threading.Barrier(2)

    def load(one: Brief, ids: str) -> None:
        barrier.wait()
        for digit in ids:
            write(engine, reissued(one, digit * 64))

    threads = [threading.Thread(target=load, args=pair) for pair in ((brief, "abcdef"), (korean, "012345"))]
    for thread in threads:
        thread.start()
    consumer = Consumer()
    while any(thread.is_alive() for thread in threads):
        for line in lines(engine, consumer.cursor):
            consumer.take(line)
    for line in lines(engine, consumer.cursor):
        consumer.take(line)
    assert level(consumer, engine)
    assert len(dump(engine)["documents"]) == 12


@pytest.mark.parametrize(("source", "target"), [("sqlite", "postgresql"), ("postgresql", "sqlite")])
def test_sync_brings_another_database_level(store, brief: Brief, korean: Brief, source: str, target: str):
    one, other = store(source), store(target)
    write(one, brief)
    write(one, korean)
    number = decisions.append(one, give(brief, brief.claims[0], Action.ACCEPT, "han"))
    assert len(list(sync(one, other))) == 3
    assert dump(one) == dump(other)
    assert list(sync(one, other)) == []
    decisions.append(one, give(brief, brief.claims[0], Action.UNDO, "han", undoes=number))
    write(one, brief.model_copy(update={"claims": brief.claims[3:]}))
    documents.remove(one, korean.document_id)
    assert len(list(sync(one, other))) == 3
    assert dump(one) == dump(other)
    with other.connect() as connection:
        indexed = connection.execute(text("SELECT COUNT(*) FROM claim_words")).scalar()
    assert indexed == len(brief.claims) - 3


def test_sync_refuses_what_would_mix(store, brief: Brief, korean: Brief):
    one, other, third = (store("sqlite") for _ in range(3))
    write(one, brief)
    write(other, korean)
    with pytest.raises(BriefError, match="of its own"):
        list(sync(one, other))
    with pytest.raises(BriefError, match="same store"):
        list(sync(one, one))
    list(sync(one, third))
    with pytest.raises(BriefError, match="follows another"):
        list(sync(other, third))


def test_a_change_that_was_logged_with_its_brief_inside_reads_the_same(engine: Engine, brief: Brief):
    """Stores up to schema 0003 have the body of a brief in base64 among the other values."""
    write(engine, brief)
    before = list(lines(engine, "0"))
    with engine.begin() as connection:
        entry = connection.execute(select(changes)).mappings().one()
        told = json.loads(zlib.decompress(entry["body"]))
        of_brief = next(part for part in told if part[1] == "briefs")
        of_brief[3][0][-1] = base64.b64encode(entry["brief"]).decode()
        connection.execute(update(changes).values(body=zlib.compress(json.dumps(told).encode()), brief=None))
    assert list(lines(engine, "0")) == before
