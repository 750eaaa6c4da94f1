"""Real databases of both kinds, a new one for each that a test asks for."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from brief_nlp.store.database import open_store

KINDS = ("sqlite", "postgresql")
_numbers = itertools.count()


@pytest.fixture
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Gives the address of a new, empty database of a kind."""

    def make(kind: str) -> str:
        number = next(_numbers)
        if kind == "sqlite":
            return f"sqlite:///{tmp_path / f'rows{number}.db'}"
        server = request.getfixturevalue("postgres").replace("postgresql://", "postgresql+psycopg://", 1)
        engine = create_engine(server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE rows{number}"))
        made = engine.url.set(database=f"rows{number}", drivername="postgresql")
        engine.dispose()
        return made.render_as_string(hide_password=False)

    return make


@pytest.fixture
def store(address: Callable[[str], str]) -> Iterator[Callable[[str], Engine]]:
    """Opens a new store of a kind."""
    opened: list[Engine] = []

    def make(kind: str) -> Engine:
        opened.append(open_store(address(kind)))
        return opened[-1]

    yield make
    for engine in opened:
        engine.dispose()


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, store: Callable[[str], Engine]) -> Engine:
    return store(request.param)
