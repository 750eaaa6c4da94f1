"""Who may come in, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from brief_nlp.errors import BriefError
from brief_nlp.review import app as reviewed
from brief_nlp.review.access import COOKIE, HEADERS, Access, token_for
from brief_nlp.review.app import create_app
from brief_nlp.review.server import Place, check
from tests.review.conftest import HOST, TOKEN, fill


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory):
    return fill(f"sqlite:///{tmp_path_factory.mktemp('access') / 'a.db'}", ["grain_policy"])


@pytest.fixture
def stranger(engine) -> TestClient:
    return TestClient(
        create_app(engine, Access(TOKEN, frozenset({HOST}))), base_url=f"http://{HOST}", follow_redirects=False
    )


def test_only_the_link_opens_the_page(stranger: TestClient):
    assert stranger.get("/").status_code == 401
    assert stranger.get("/api/list").status_code == 401
    assert stranger.get("/?token=wrong").status_code == 403
    entered = stranger.get(f"/?token={TOKEN}")
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    assert {"HttpOnly", "SameSite=strict"} <= set(entered.headers["set-cookie"].split("; "))
    assert stranger.get("/").status_code == 200


def test_every_answer_is_sealed(stranger: TestClient):
    for path in ("/", f"/?token={TOKEN}", "/", "/static/main.js", "/api/list", "/none"):
        answer = stranger.get(path)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    page = stranger.get("/").text
    assert "<script>" not in page
    assert "style=" not in page


def test_another_name_of_the_host_is_refused(stranger: TestClient):
    for host in ("evil.example", "127.0.0.1", "127.0.0.1:1", ""):
        assert stranger.get("/", headers={"host": host, "Authorization": f"Bearer {TOKEN}"}).status_code == 421


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://evil.example", "content-type": "application/json"}, 403),
        ({"origin": "null", "content-type": "application/json"}, 403),
        ({"sec-fetch-site": "cross-site", "content-type": "application/json"}, 403),
        ({"sec-fetch-site": "same-site", "content-type": "application/json"}, 403),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
        ({"origin": f"http://{HOST}", "content-type": "application/json"}, 422),
    ],
)
def test_other_pages_cannot_give_verdicts(stranger: TestClient, headers: dict[str, str], status: int):
    stranger.cookies.set(COOKIE, TOKEN)
    assert stranger.post("/api/verdicts", content="{}", headers=headers).status_code == status


def test_large_requests_are_refused(stranger: TestClient):
    headers = {"Authorization": f"Bearer {TOKEN}", "content-type": "application/json"}
    assert stranger.post("/api/verdicts", content=b" " * 2_000_000, headers=headers).status_code == 413
    pieces = (b" " * 100_000 for _ in range(20))  # without a length
    assert stranger.post("/api/verdicts", content=pieces, headers=headers).status_code == 413


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2f..%2fapp.py", "/static//etc/passwd"]
)
def test_nothing_else_is_served(stranger: TestClient, path: str):
    assert stranger.get(path).status_code in (401, 404)


def test_a_password_opens_it_too(engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reviewed, "WRONG_PASSWORD_SECONDS", 0)
    app = create_app(engine, Access(TOKEN, frozenset({HOST}), "평양-1948"))
    client = TestClient(app, base_url=f"http://{HOST}", follow_redirects=False)
    assert client.get("/").headers["location"] == "/enter"
    assert client.post("/enter", data={"password": "guess"}).status_code == 403
    assert (
        client.post("/enter", data={"password": "평양-1948"}, headers={"origin": "http://evil.example"}).status_code
        == 403
    )
    assert client.post("/enter", data={"password": "평양-1948"}).status_code == 303
    assert client.get("/").status_code == 200


def test_without_a_password_nothing_opens(stranger: TestClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reviewed, "WRONG_PASSWORD_SECONDS", 0)
    assert stranger.post("/enter", data={"password": ""}).status_code == 403


def test_tokens_last_until_the_password_changes(tmp_path: Path):
    first = token_for("store", None, tmp_path)
    assert token_for("store", None, tmp_path) == first
    assert token_for("other", None, tmp_path) != first
    assert token_for("store", "password", tmp_path) != first
    assert (tmp_path / "review.key").stat().st_mode & 0o077 == 0
    assert token_for("store", None, tmp_path / "elsewhere") != first


def test_other_machines_need_a_good_password():
    check(Place("127.0.0.1"), None)
    check(Place("0.0.0.0"), "long enough")
    for password in (None, "short"):
        with pytest.raises(BriefError, match="password"):
            check(Place("0.0.0.0"), password)


def test_names_of_a_place():
    assert "127.0.0.1:8470" in Place().names()
    for host in ("127.0.0.1", "localhost", "::1", "0.0.0.0", "192.168.1.20"):
        place = Place(host)
        assert f"{place.shown}:{place.port}".lower() in place.names()
    assert Place("::1").shown == "[::1]"
    assert "192.168.1.20:9000" in Place("192.168.1.20", 9000).names()
    assert "192.168.1.20:9000" not in Place("127.0.0.1", 9000).names()
