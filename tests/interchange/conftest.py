"""Stores with and without verdicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from brief_nlp.schema import Brief, Label
from brief_nlp.store import decisions
from brief_nlp.store.database import open_store
from brief_nlp.store.decisions import Action, give
from tests.conftest import analyzed
from tests.store.rows import reissued, write


@pytest.fixture
def make(tmp_path: Path, brief: Brief, korean: Brief) -> Iterator[Callable[[], Engine]]:
    """Makes a store with two briefs."""
    opened: list[Engine] = []

    def new() -> Engine:
        opened.append(open_store(f"sqlite:///{tmp_path / f'{len(opened)}.db'}"))
        write(opened[-1], brief)
        write(opened[-1], korean)
        return opened[-1]

    yield new
    for engine in opened:
        engine.dispose()


@pytest.fixture
def reviewed(make, brief: Brief, korean: Brief) -> Engine:
    """A store with verdicts of every kind, of two reviewers."""
    engine = make()
    other = {Label.FACT: Label.ASSESSMENT, Label.ASSESSMENT: Label.FACT}
    first, second, third, fourth = brief.claims[:4]
    given = [
        give(brief, first, Action.ACCEPT, "han"),
        give(brief, second, Action.RELABEL, "han", label=other[second.label], note="Line one\nand =two, “쌀”; \tthree"),
        give(brief, second, Action.ACCEPT, "서희"),
        give(brief, third, Action.REJECT, "han"),
        give(brief, fourth, Action.EDIT, "han", edited="=Other words, 다른 말", label=fourth.label),
        give(korean, korean.claims[0], Action.RELABEL, "서희", label=other[korean.claims[0].label]),
        give(korean, korean.claims[0], Action.NOTE, "서희", note="다시 볼 것"),
    ]
    for verdict in given:
        decisions.append(engine, verdict)
    taken = decisions.append(engine, give(korean, korean.claims[1], Action.ACCEPT, "han"))
    decisions.append(engine, give(korean, korean.claims[1], Action.UNDO, "han", undoes=taken))
    return engine


@pytest.fixture(scope="session")
def store_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[int], Engine]]:
    """Makes a store with so many copies of a brief, with verdicts on ten claims of each; only to be read."""
    folder = tmp_path_factory.mktemp("copies")
    brief = analyzed("grain_policy")
    opened: dict[int, Engine] = {}

    def new(count: int) -> Engine:
        if count in opened:
            return opened[count]
        opened[count] = open_store(f"sqlite:///{folder / f'{count}.db'}")
        for number in range(count):
            head = brief.masthead.model_copy(update={"title": f"Brief {number}"})
            copy = reissued(brief.model_copy(update={"masthead": head}), f"{number:064x}")
            write(opened[count], copy)
            for claim in copy.claims[:10]:
                decisions.append(opened[count], give(copy, claim, Action.ACCEPT, "han", note="x" * 500))
        return opened[count]

    yield new
    for engine in opened.values():
        engine.dispose()
