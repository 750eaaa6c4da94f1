"""Who may come in, and what is refused."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from brief_nlp.errors import BriefError
from brief_nlp.review import app as reviewed
from brief_nlp.review.access import COOKIE, HEADERS, Access, token_for
from brief_nlp.review.app import create_app
from brief_nlp.review.guesses import AT_ONCE, SECONDS, SLOTS, Guesses
from brief_nlp.review.place import HOST as ADDRESS
from brief_nlp.review.place import PORT, Place
from brief_nlp.review.server import check
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


def test_hangul_taken_apart_is_the_same_password():
    opened = Access(TOKEN, frozenset(), "평양-1948")
    assert opened.opens(unicodedata.normalize("NFD", "평양-1948"))
    assert not opened.opens("평양-1949")
    assert not opened.opens("")


def test_wrong_passwords_are_limited(engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reviewed, "WRONG_PASSWORD_SECONDS", 0)
    monkeypatch.setattr(Guesses, "_slot", lambda _self, address: int(address.rpartition(".")[2]) % SLOTS)
    app = create_app(engine, Access(TOKEN, frozenset({HOST}), "long enough"))
    guesser, colleague = (
        TestClient(app, base_url=f"http://{HOST}", follow_redirects=False, client=(address, 5000))
        for address in ("192.0.2.7", "192.0.2.8")
    )
    said = [guesser.post("/enter", data={"password": "guess"}).status_code for _ in range(AT_ONCE)]
    assert said == [403] * AT_ONCE
    for password in ("guess", "long enough"):  # the right one is not told from a wrong one now
        answer = guesser.post("/enter", data={"password": password})
        assert answer.status_code == 429
        assert 0 < int(answer.headers["retry-after"]) <= SECONDS
        assert "Too many wrong passwords" in answer.text
        assert "set-cookie" not in answer.headers
    assert colleague.post("/enter", data={"password": "long enough"}).status_code == 303


def test_guesses_are_forgiven_in_time_and_take_no_memory():
    now = 1000.0
    guesses = Guesses(lambda: now)
    for _ in range(AT_ONCE):
        assert guesses.wait("192.0.2.7") == 0
        guesses.wrong("192.0.2.7")
    assert guesses.wait("192.0.2.7") == guesses.wait("::ffff:192.0.2.7") == SECONDS
    now += SECONDS
    assert guesses.wait("192.0.2.7") == 0
    guesses.wrong("192.0.2.7")
    assert guesses.wait("192.0.2.7") == SECONDS
    now += AT_ONCE * SECONDS
    assert all(guesses.wait(f"192.0.2.{one}") == 0 for one in range(256))
    for _ in range(AT_ONCE):
        guesses.wrong("2001:db8::1")
    assert guesses.wait("2001:db8::ffff") == SECONDS  # one customer has the whole half
    for one in range(20_000):
        guesses.wrong(f"10.0.{one // 256}.{one % 256}")
    assert len(guesses._forgiven) == SLOTS


def test_the_door_tells_nothing(engine):
    client = TestClient(create_app(engine, Access(TOKEN, frozenset({HOST}), "long enough"), reviewer="operator"))
    door = client.get("/enter", headers={"host": HOST}).text
    assert "operator" not in door
    assert 'data-store=""' in door


def test_an_address_that_the_request_came_in_by_is_a_name(engine):
    app = create_app(engine, Access(TOKEN, Place("0.0.0.0").names(), "long enough"))
    for host in (f"198.51.100.33:{PORT}", f"[2001:db8::1]:{PORT}"):
        client = TestClient(app, base_url=f"http://{host}", follow_redirects=False)
        assert client.get("/").status_code == 303
        for other in (f"198.51.100.34:{PORT}", "198.51.100.33:1", "198.51.100.33", f"evil.example:{PORT}"):
            assert client.get("/", headers={"host": other}).status_code == 421
    named = TestClient(app, base_url=f"http://evil.example:{PORT}")  # a name is never one by itself
    assert named.get("/").status_code == 421


def test_tokens_of_links_last_and_those_behind_a_password_do_not(tmp_path: Path):
    first = token_for("store", None, tmp_path)
    assert token_for("store", None, tmp_path) == first
    assert token_for("other", None, tmp_path) != first
    assert len({first, *(token_for("store", "password", tmp_path) for _ in range(3))}) == 4
    assert (tmp_path / "review.key").stat().st_mode & 0o077 == 0
    assert token_for("store", None, tmp_path / "elsewhere") != first


def test_other_machines_need_a_good_password():
    check(Place("127.0.0.1"), None)
    check(Place("0.0.0.0"), "long enough")
    for password in (None, "short"):
        with pytest.raises(BriefError, match="password"):
            check(Place("0.0.0.0"), password)


def test_names_of_a_place():
    assert f"{ADDRESS}:{PORT}" in Place().names()
    for host in ("127.0.0.1", "localhost", "::1", "0.0.0.0", "192.168.1.20"):
        place = Place(host)
        assert f"{place.shown}:{place.port}".lower() in place.names()
    assert Place("::1").shown == "[::1]"
    assert "192.168.1.20:9000" in Place("192.168.1.20", 9000).names()
    assert "192.168.1.20:9000" not in Place("127.0.0.1", 9000).names()
