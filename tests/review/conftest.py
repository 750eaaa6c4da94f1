from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from brief_nlp.review import place
from brief_nlp.review.access import Access
from brief_nlp.review.app import create_app
from brief_nlp.store import documents, ledger
from brief_nlp.store.database import open_store
from tests.conftest import NAMES, SAMPLES, analyzed
from tests.store.conftest import KINDS, address

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["address"]

TOKEN = "t" * 40
HOST = f"{place.HOST}:{place.PORT}"


def fill(address: str, names: list[str] = NAMES) -> Engine:
    """A store with samples."""
    engine = open_store(address)
    for name in names:
        brief = analyzed(name)
        ledger.start(engine, brief.document_id, str(SAMPLES / f"{name}.pdf"), brief.fingerprint)
        documents.write(engine, brief)
    return engine


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, address: Callable[[str], str]) -> Iterator[Engine]:
    """A store with two samples, on either database."""
    engine = fill(address(request.param), ["grain_policy", "local_hospital"])
    yield engine
    engine.dispose()


@pytest.fixture
def client(store: Engine) -> Iterator[TestClient]:
    """A client that may come in."""
    app = create_app(store, Access(TOKEN, frozenset({HOST})))
    with TestClient(app, base_url=f"http://{HOST}", headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        yield client


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    from tests.review.serving import chromium

    with chromium() as running:
        yield running
