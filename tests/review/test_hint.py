"""The hint that a model could be taught: when, once, by which command, and never more than a hint."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine

from brief_nlp.review.hint import hint_for
from brief_nlp.store import teaching
from tests.review.conftest import fill
from tests.review.serving import CHROMIUM, Served, opened, press, saved, served
from tests.review.test_api import claim, give, sent

browsing = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium: make system"),
]


@pytest.mark.parametrize(
    "store",
    [
        "sqlite:///annotations.db",
        "sqlite:////a folder/$(x) '검토'.db",
        "postgresql://han@host:5433/kinu?sslmode=require",
    ],
)
def test_the_command_names_the_store(store: str):
    words = shlex.split(hint_for(store, 1).command)
    assert words == ["brief-nlp", "train", "--from-verdicts", "--from", store]


@pytest.mark.parametrize(
    "store",
    ["postgresql://han:s3cret@host/kinu", "postgresql://han@host/kinu?password=s3cret", "postgresql://:s3cret@/kinu"],
)
def test_the_command_tells_no_password(store: str):
    command = hint_for(store, 1).command
    assert "s3cret" not in command
    assert "***" not in command
    assert command.endswith("/kinu")


def test_there_is_none_where_none_is_wanted():
    assert hint_for("sqlite:///a.db", 0) is None


def test_what_can_teach_is_counted_since_the_last_model(client: TestClient, store: Engine):
    def untaught() -> tuple[int, int]:
        found = client.get("/api/totals").json()
        return found["untaught"], found["taught"]

    assert untaught() == (0, 0)
    one, other, third = (claim(client, place) for place in range(3))
    verdict = sent(one, "accept")
    for given in (verdict, sent(one, "accept", "lee"), sent(other, "reject"), sent(third, "note", note="?")):
        give(client, given)
    assert untaught() == (1, 0)
    newest = give(client, sent(third, "edit", edited="Other words."))["verdict"]
    assert untaught() == (2, 0)
    teaching.note_taught(store, newest - 1)
    teaching.note_taught(store, newest)
    assert untaught() == (0, newest)
    later = sent(one, "relabel", label="fact")
    give(client, later)
    assert untaught() == (1, newest)
    give(client, sent(one, "undo", undoes=later["key"]))
    assert untaught() == (0, newest)


@pytest.fixture
def filled(tmp_path: Path) -> Engine:
    return fill(f"sqlite:///{tmp_path / 'a.db'}", ["grain_policy"])


@pytest.fixture
def server(filled: Engine, tmp_path: Path) -> Iterator[Served]:
    with served(str(filled.url), tmp_path / "state", "--teach-after", "3") as running:
        yield running


def shown_hint(page: Page) -> bool:
    return page.locator("#teach").is_visible()


@pytest.mark.parametrize(("locale", "words"), [("en-US", "3 new verdicts"), ("ko-KR", "새 판정 3건")])
class TestInTheBrowser:
    pytestmark = browsing

    def test_it_is_mentioned_once(self, browser: Browser, server: Served, filled: Engine, locale: str, words: str):
        from axe_playwright_python.sync_playwright import Axe

        page = opened(browser, server.link, "han", locale=locale, permissions=["clipboard-read", "clipboard-write"])
        for key in "axa":
            press(page, key)
        page.wait_for_timeout(300)
        assert not shown_hint(page)
        press(page, "o")
        page.wait_for_selector("#teach:not([hidden])")
        assert words in page.inner_text("#teach-told")
        assert words in page.inner_text("#said")
        assert page.evaluate("document.activeElement.id") == "list"  # keys go on where they went
        press(page, "j")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        page.click("#teach-copy")
        page.wait_for_function("() => document.getElementById('teach-copied').textContent !== ''")
        command = f"brief-nlp train --from-verdicts --from {filled.url}"
        assert page.evaluate("navigator.clipboard.readText()") == page.inner_text("#teach-command") == command
        page.focus("#teach-dismiss")
        page.keyboard.press("Enter")
        assert not shown_hint(page)
        assert page.evaluate("document.activeElement.id") == "list"

        press(page, "a")
        page.reload()
        page.wait_for_function("() => document.getElementById('bar').value > 0")
        assert not shown_hint(page)
        teaching.note_taught(filled, 5)  # another model was taught, and three more verdicts came
        for _ in range(3):
            press(page, "j")
        for key in "aaa":
            press(page, key)
        page.wait_for_selector("#teach:not([hidden])")
        assert page.wrong == []


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium: make system")
def test_it_can_be_turned_off(browser: Browser, filled: Engine, tmp_path: Path):
    with served(str(filled.url), tmp_path / "state", "--teach-after", "0") as running:
        page = opened(browser, running.link, "han")
        press(page, "a")
        saved(page)
        assert page.locator("#teach").count() == 0
        assert page.wrong == []
