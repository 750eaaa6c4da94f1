"""The page served to other machines: the password in a real browser, what it opens, and what never shows it."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine

from brief_nlp.review.access import COOKIE
from brief_nlp.review.app import WRONG_PASSWORD_SECONDS
from brief_nlp.review.guesses import AT_ONCE
from tests.review.conftest import fill
from tests.review.serving import CHROMIUM, Served, given, press, saved, served

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium: make system"),
]
PASSWORD = "대동강-bridge 1905&=+%"


def other_address() -> str | None:
    """An address of this machine that other machines reach; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))
        except OSError:
            return None
        found = str(asked.getsockname()[0])
    return None if found.startswith(("127.", "0.")) else found


@pytest.fixture
def address() -> str:
    found = other_address()
    if found is None:
        pytest.skip("this machine has no address that others could reach")
    return found


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    return fill(f"sqlite:///{tmp_path / 'a.db'}", ["grain_policy"])


@pytest.fixture
def server(store: Engine, address: str, tmp_path: Path) -> Iterator[Served]:
    with served(str(store.url), tmp_path / "state", host=address, password=PASSWORD) as running:
        yield running


def came_to(browser: Browser, server: Served) -> Page:
    """The door, with all that the browser asks and hears kept in `asked`."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-US").new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(f"{request.url} {request.headers}"))
    page.on("response", lambda answer: page.asked.append(f"{answer.url} {answer.headers}"))
    page.goto(server.link)
    page.wait_for_url("**/enter")
    return page


def gave(page: Page, password: str) -> int:
    """Type a password and press Enter; the answer's status."""
    page.fill("input[name=password]", password)
    with page.expect_response(lambda answer: answer.request.method == "POST") as told:
        page.keyboard.press("Enter")
    page.wait_for_load_state()
    return int(told.value.status)


def status(server: Served, path: str, data: bytes | None = None, **headers: str) -> int:
    """What a request of a script is answered."""

    class Stay(HTTPRedirectHandler):
        def redirect_request(self, *_args: object) -> None:
            return None

    asked = Request(
        f"http://{server.host}:{server.port}{path}", data, {k.replace("_", "-"): v for k, v in headers.items()}
    )
    try:
        with build_opener(Stay).open(asked, timeout=10) as answer:
            return int(answer.status)
    except HTTPError as refused:
        return refused.code


def test_the_password_opens_the_page_until_the_server_ends(browser: Browser, server: Served, store: Engine):
    assert "token" not in server.link
    page = came_to(browser, server)
    assert page.evaluate("document.activeElement.name") == "password"
    begun = time.monotonic()
    assert gave(page, "a wrong one") == 403
    assert time.monotonic() - begun >= WRONG_PASSWORD_SECONDS
    assert page.inner_text("[role=alert]") == "This is not the password."
    assert page.context.cookies() == []
    assert gave(page, PASSWORD) == 303
    page.wait_for_selector("#who[open]")
    assert page.url == server.link
    assert page.input_value("#who-name") == ""  # not the name of whoever started the server
    (cookie,) = page.context.cookies()
    assert cookie["name"] == COOKIE
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["expires"]) == (True, "Strict", -1)
    assert page.evaluate("document.cookie") == ""
    page.fill("#who-name", "han")
    page.keyboard.press("Enter")
    page.wait_for_selector("#pane[data-claim]")
    press(page, "a")
    saved(page)

    server.kill()
    server.start()
    page.keyboard.press("x")
    page.wait_for_selector("#saved a")
    assert status(server, "/api/list", Cookie=f"{COOKIE}={cookie['value']}") == 401
    page.click("#saved a")
    page.wait_for_selector("input[name=password]")
    assert gave(page, PASSWORD) == 303
    page.wait_for_function("() => document.getElementById('saved')?.textContent === 'All verdicts are saved'")
    page.wait_for_selector("#pane[data-claim]")
    assert [(action, reviewer) for action, reviewer, _ in given(store)] == [("accept", "han"), ("reject", "han")]

    shown = [*page.asked, page.url, page.content(), server.log.read_text()]
    shown += [page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, history.state])")]
    for form in (PASSWORD, "bridge", "%EB%8C%80%EB%8F%99", "?password="):
        assert not [one for one in shown if form in one], form


def test_guessing_ends_soon(browser: Browser, server: Served):
    from axe_playwright_python.sync_playwright import Axe

    page = came_to(browser, server)
    assert [gave(page, f"guess {number}") for number in range(AT_ONCE)] == [403] * AT_ONCE
    assert gave(page, PASSWORD) == 429
    assert page.inner_text("[role=alert]").startswith("Too many wrong passwords. Wait ")
    assert page.context.cookies() == []
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_hosts_and_origins_hold_there(browser: Browser, server: Served):
    own = f"{server.host}:{server.port}"
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    right = f"password={PASSWORD}".encode()
    for host in ("evil.example", f"evil.example:{server.port}", server.host, f"{server.host}:1"):
        assert status(server, "/enter", Host=host) == 421
    for origin in ("http://evil.example", "null", f"http://evil.example:{server.port}", f"http://{server.host}"):
        assert status(server, "/enter", right, Origin=origin, **form) == 403
    assert status(server, "/", Host=own) == 303
    assert status(server, "/api/list", Host=own) == 401
    assert status(server, "/?token=guess") == 403
    page = came_to(browser, server)
    assert gave(page, PASSWORD) == 303
    (cookie,) = page.context.cookies()
    kept = {"Cookie": f"{COOKIE}={cookie['value']}", "Content_Type": "application/json"}
    assert status(server, "/api/verdicts", b"{}", Origin="http://evil.example", **kept) == 403
    assert status(server, "/api/verdicts", b"{}", Origin=f"http://{own}", **kept) == 422


def test_served_everywhere_it_is_reached_by_its_address(browser: Browser, store: Engine, address: str, tmp_path: Path):
    with served(str(store.url), tmp_path / "state", host="0.0.0.0", password=PASSWORD) as running:
        page = browser.new_context().new_page()
        page.goto(f"http://{address}:{running.port}/")
        assert gave(page, PASSWORD) == 303
        page.wait_for_selector("#pane[data-claim]")
