"""Under which name a verdict is stored: the one that was chosen when it was given, whatever happens around it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route
from sqlalchemy import Engine

from tests.review.conftest import fill
from tests.review.serving import CHROMIUM, Served, given, opened, press, saved, served, shown

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium: make system"),
]
# closes the dialog and presses a key in one go, before the browser tells the page that the dialog was closed
CHOOSE_AND_PRESS = """([name, code]) => {
  document.getElementById('who-name').value = name;
  document.querySelector('#who button[value=save]').click();
  document.getElementById('list').dispatchEvent(new KeyboardEvent('keydown', {code, bubbles: true}));
}"""


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    return fill(f"sqlite:///{tmp_path / 'a.db'}", ["grain_policy", "local_hospital"])


@pytest.fixture
def server(store: Engine, tmp_path: Path) -> Iterator[Served]:
    with served(str(store.url), tmp_path / "state", "--reviewer", "offered") as running:
        yield running


def reviewers(store: Engine) -> list[str]:
    return [reviewer for _, reviewer, _ in given(store)]


def first_seen(page: Page, link: str) -> Page:
    page.goto(link)
    page.wait_for_selector("#who[open]")
    page.wait_for_selector("#pane[data-claim]")
    return page


def renamed(page: Page, name: str, key: str = "Enter") -> None:
    page.click("#do-who")
    page.fill("#who-name", name)
    page.keyboard.press(key)
    page.wait_for_selector("#who:not([open])", state="attached")
    page.focus("#list")


def test_the_chosen_name_counts_and_not_the_offered_one(browser: Browser, server: Served, store: Engine):
    page = first_seen(browser.new_context().new_page(), server.link)
    assert page.input_value("#who-name") == "offered"
    page.keyboard.press("a")  # typed into the field
    assert given(store) == []
    before = shown(page)
    page.evaluate(CHOOSE_AND_PRESS, ["chosen", "KeyA"])
    page.wait_for_function("before => document.getElementById('pane').dataset.claim !== before", arg=before)
    saved(page)
    assert reviewers(store) == ["chosen"]
    assert page.inner_text("#do-who") == "chosen"


def test_a_key_right_after_a_change_carries_the_new_name(browser: Browser, server: Served, store: Engine):
    page = opened(browser, server.link, "han")
    page.click("#do-who")
    before = shown(page)
    page.evaluate(CHOOSE_AND_PRESS, ["lee", "KeyA"])
    page.wait_for_function("before => document.getElementById('pane').dataset.claim !== before", arg=before)
    saved(page)
    assert reviewers(store) == ["lee"]


def test_a_key_right_after_escape_asks_again(browser: Browser, server: Served, store: Engine):
    page = first_seen(browser.new_context().new_page(), server.link)
    page.evaluate("""() => {
      document.getElementById('who').close();
      document.getElementById('list').dispatchEvent(new KeyboardEvent('keydown', {code: 'KeyA', bubbles: true}));
    }""")
    page.wait_for_selector("#who[open]")
    assert given(store) == []


def test_escape_keeps_the_name(browser: Browser, server: Served, store: Engine):
    page = opened(browser, server.link, "han")
    renamed(page, "lee", "Escape")
    press(page, "a")
    saved(page)
    assert reviewers(store) == ["han"]
    assert page.inner_text("#do-who") == "han"


def test_without_a_name_nothing_is_given_and_the_first_verdict_asks(browser: Browser, server: Served, store: Engine):
    page = first_seen(browser.new_context().new_page(), server.link)
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.wait_for_selector("#who[open]")
    page.keyboard.press("Escape")
    assert given(store) == []
    before = shown(page)
    page.keyboard.press("a")
    page.fill("#who-name", "  han\tlee ")
    page.keyboard.press("Enter")
    page.wait_for_function("before => document.getElementById('pane').dataset.claim !== before", arg=before)
    saved(page)
    assert reviewers(store) == ["han lee"]
    assert page.inner_text("#do-who") == "han lee"


def test_a_key_held_down_gives_no_verdicts(browser: Browser, server: Served, store: Engine):
    page = first_seen(browser.new_context().new_page(), server.link)
    page.fill("#who-name", "han")
    for _ in range(4):
        page.keyboard.down("Enter")  # the first closes the dialog, the others repeat it
    page.keyboard.up("Enter")
    first = shown(page)
    press(page, "a")
    saved(page)
    assert len(given(store)) == 1
    for _ in range(3):
        page.keyboard.down("k")
    page.keyboard.up("k")
    page.wait_for_function("first => document.getElementById('pane').dataset.claim === first", arg=first)
    page.keyboard.down("j")  # moves do repeat
    page.keyboard.down("j")
    page.keyboard.up("j")
    page.wait_for_function("() => document.querySelector('#row-2[aria-selected=true]')")


def test_what_waits_keeps_the_name_it_was_given_under(browser: Browser, server: Served, store: Engine):
    page = opened(browser, server.link, "han")
    for key in "jjkk":  # what comes next is known to the page
        press(page, key)
    server.kill()
    press(page, "a")
    renamed(page, "lee")
    press(page, "x")
    page.wait_for_function("() => document.getElementById('saved').textContent.startsWith('No connection: 2 ')")
    server.start()
    saved(page)
    assert [(action, reviewer) for action, reviewer, _ in given(store)] == [("accept", "han"), ("reject", "lee")]


def test_nobody_takes_back_what_was_given_under_another_name(browser: Browser, server: Served, store: Engine):
    page = opened(browser, server.link, "han")
    press(page, "a")
    press(page, "x")
    saved(page)
    renamed(page, "lee")
    page.keyboard.press("u")
    page.wait_for_selector("#toast:not([hidden])")
    assert "nothing of yours" in page.inner_text("#toast")
    renamed(page, "han")
    page.keyboard.press("u")
    page.wait_for_function("() => document.getElementById('said').textContent === 'taken back'")
    saved(page)
    assert [(action, reviewer) for action, reviewer, _ in given(store)][2:] == [("undo", "han")]


def test_two_tabs_keep_two_names(browser: Browser, server: Served, store: Engine):
    one = opened(browser, server.link, "han")
    other = one.context.new_page()
    other.goto(server.link)
    other.wait_for_selector("#pane[data-claim]")
    assert other.inner_text("#do-who") == "han"
    renamed(other, "lee")
    press(one, "a")
    saved(one)
    one.reload()
    one.wait_for_selector("#pane[data-claim]")
    assert one.inner_text("#do-who") == "han"
    for page in (one, other):
        press(page, "x")
        saved(page)
    assert reviewers(store) == ["han", "han", "lee"]


def test_a_name_chosen_in_another_tab_is_offered(browser: Browser, server: Served):
    context = browser.new_context()
    one, other, typed = (first_seen(context.new_page(), server.link) for _ in range(3))
    typed.fill("#who-name", "park")
    one.fill("#who-name", "han")
    one.keyboard.press("Enter")
    other.wait_for_function("() => document.getElementById('who-name').value === 'han'")
    assert typed.input_value("#who-name") == "park"


def test_many_are_accepted_under_one_name(browser: Browser, server: Served):
    page = opened(browser, server.link, "han")
    sent: list[str] = []

    def answered(route: Route) -> None:
        if route.request.method == "GET":
            return route.fulfill(json={"count": 400, "sample": []})
        sent.append(json.loads(route.request.post_data)["reviewer"])
        if len(sent) == 1:  # the first portion is done; before the second, the dialog is closed and the name changed
            page.keyboard.press("Escape")
            renamed(page, "lee")
        return route.fulfill(json={"done": 200, "left": 400 - 200 * len(sent)})

    page.route("**/api/bulk*", answered)
    page.focus("#list")
    page.keyboard.press("b")
    page.click("#bulk-look")
    page.evaluate("document.getElementById('bulk-accept').click()")
    page.wait_for_function("() => document.getElementById('bulk-told').textContent.endsWith(' 0 left')")
    assert sent == ["han", "han"]
