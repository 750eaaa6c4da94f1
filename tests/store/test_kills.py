"""Writers, syncs and consumers that are killed at random moments: in the end nothing lacks and nothing is double."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from brief_nlp.schema import Brief
from brief_nlp.store import decisions
from brief_nlp.store.database import open_store
from brief_nlp.store.decisions import Action, give
from brief_nlp.store.feed import lines
from brief_nlp.store.sync import sync
from brief_nlp.store.tables import attachments, verdicts
from tests.conftest import analyzed
from tests.store.rows import dump, reissued, write

KILLS = 100  # a pair of databases

pytestmark = pytest.mark.slow


def write_at_random(address: str, seed: int) -> None:
    dice = random.Random(seed)
    engine = open_store(address)
    while True:
        base = analyzed(dice.choice(("grain_policy", "local_hospital")))
        brief = reissued(base, dice.choice("abcdef") * 64)
        kept = sorted(dice.sample(range(len(brief.claims)), dice.randint(1, len(brief.claims))))
        brief = brief.model_copy(update={"claims": tuple(brief.claims[place] for place in kept)})
        write(engine, brief)
        if dice.random() < 0.5:
            decisions.append(engine, give(brief, dice.choice(brief.claims), Action.ACCEPT, "han"))


def sync_on(source: str, target: str) -> None:
    for _ in sync(open_store(source), open_store(target), follow=True, wait=lambda _: time.sleep(0.005)):
        pass


def consume(source: str, file: Path) -> None:
    """A loader that appends lines to a file and goes on behind the last whole one."""
    whole = file.read_bytes()[: file.read_bytes().rfind(b"\n") + 1] if file.exists() else b""
    file.write_bytes(whole)
    since = json.loads(whole.splitlines()[-1])["cursor"] if whole else "0"
    with file.open("a") as stream:
        for line in lines(open_store(source), since, follow=True, wait=lambda _: time.sleep(0.005)):
            stream.write(line + "\n")
            stream.flush()


@pytest.mark.parametrize(("source", "target"), [("sqlite", "postgresql"), ("postgresql", "sqlite")])
def test_two_hundred_kills(address: Callable[[str], str], tmp_path: Path, source: str, target: str):
    one, other, file = address(source), address(target), tmp_path / "fed.jsonl"
    for made in (one, other):
        open_store(made).dispose()
    brief: Brief = analyzed("grain_policy")
    analyzed("local_hospital")
    dice = random.Random(7)
    fork = multiprocessing.get_context("fork")
    for number in range(KILLS):
        jobs = [
            fork.Process(target=write_at_random, args=(one, number)),
            fork.Process(target=sync_on, args=(one, other)),
            fork.Process(target=consume, args=(one, file)),
        ]
        for job in jobs:
            job.start()
        dice.shuffle(jobs)
        for job in jobs:
            time.sleep(dice.uniform(0, 0.15))
            os.kill(job.pid, signal.SIGKILL)
        for job in jobs:
            job.join()
    engine, level = open_store(one), open_store(other)
    list(sync(engine, level))
    rows = dump(engine)
    assert len(rows["documents"]) == 6
    assert dump(level) == rows
    last = fork.Process(target=consume, args=(one, file))
    last.start()
    whole = list(lines(engine, "0"))
    deadline = time.monotonic() + 30
    while file.read_text().count("\n") < len(whole) and time.monotonic() < deadline:
        time.sleep(0.05)
    last.kill()
    last.join()
    assert file.read_text().splitlines() == whole
    with engine.connect() as connection:
        hung = connection.execute(select(attachments.c.verdict_id, verdicts.c.quote).join(verdicts)).all()
    assert hung
    assert brief.claims
    engine.dispose()
    level.dispose()
