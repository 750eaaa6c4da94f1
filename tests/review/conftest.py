from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from brief_nlp.review.access import Access
from brief_nlp.review.app import create_app
from brief_nlp.store import documents, ledger
from brief_nlp.store.database import open_store
from tests.conftest import NAMES, SAMPLES, analyzed

TOKEN = "t" * 40
HOST = "127.0.0.1:8470"


def fill(address: str, names: list[str] = NAMES) -> Engine:
    """A store with samples."""
    engine = open_store(address)
    for name in names:
        brief = analyzed(name)
        ledger.start(engine, brief.document_id, str(SAMPLES / f"{name}.pdf"), brief.fingerprint)
        documents.write(engine, brief)
    return engine


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A store with two samples, on either database."""
    if request.param == "sqlite":
        engine = fill(f"sqlite:///{tmp_path / 'a.db'}", ["grain_policy", "local_hospital"])
    else:
        from sqlalchemy import create_engine, text

        address = request.getfixturevalue("postgres")
        name = f"review_{abs(hash(str(tmp_path)))}"
        server = create_engine(address.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        server.dispose()
        engine = fill(address.replace("/postgres?", f"/{name}?"), ["grain_policy", "local_hospital"])
    yield engine
    engine.dispose()


@pytest.fixture
def client(store: Engine) -> Iterator[TestClient]:
    """A client that may come in."""
    app = create_app(store, Access(TOKEN, frozenset({HOST})))
    with TestClient(app, base_url=f"http://{HOST}", headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        yield client
