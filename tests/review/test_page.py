"""The page in a real browser: every key, a lost server, two reviewers, a run under an open page."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import Engine, text

from brief_nlp.store import documents
from brief_nlp.store.database import open_store
from tests.conftest import analyzed
from tests.review.conftest import fill
from tests.review.serving import CHROMIUM, Served, given, opened, press, saved, served, shown

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium: make system"),
]


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    return fill(f"sqlite:///{tmp_path / 'a.db'}", ["grain_policy", "local_hospital"])


@pytest.fixture
def server(store: Engine, tmp_path: Path) -> Iterator[Served]:
    with served(str(store.url), tmp_path / "state") as running:
        yield running


def test_every_key(browser: Browser, server: Served, store: Engine):
    page = opened(browser, server.link, "han")
    first = shown(page)
    second = press(page, "j")
    assert press(page, "k") == first
    assert press(page, "ArrowDown") == second
    assert press(page, "ArrowUp") == first
    label = page.inner_text("#facts .label")
    assert press(page, "a") == second
    third = press(page, "o")
    press(page, "x")
    saved(page)
    assert [action for action, _, _ in given(store)] == ["accept", "relabel", "reject"]
    assert given(store)[0] == ("accept", "han", label)
    assert press(page, "u") == third
    saved(page)
    assert given(store)[-1][0] == "undo"
    page.keyboard.press("n")
    page.fill("#note-text", "각주를 확인할 것")
    page.click("#note button[value=save]")
    page.wait_for_function("() => document.getElementById('history').textContent.includes('각주를 확인할 것')")
    page.keyboard.press("?")
    page.wait_for_selector("#help[open]")
    page.keyboard.press("Escape")
    before = page.inner_text("#count")
    page.keyboard.press("/")
    page.keyboard.type("grain")
    page.wait_for_function("before => document.getElementById('count').textContent !== before", arg=before)
    found = int(page.inner_text("#count").split()[0])
    assert 0 < found < int(before.split()[0])
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "list"
    assert page.wrong == []


def test_keys_work_on_a_korean_keyboard(browser: Browser, server: Served):
    page = opened(browser, server.link, "han", locale="ko-KR")
    assert page.inner_text("#do-accept").startswith("승인")
    before = shown(page)
    down = {"code": "KeyJ", "key": "ㅓ", "bubbles": True}
    page.evaluate("down => document.getElementById('list').dispatchEvent(new KeyboardEvent('keydown', down))", down)
    page.wait_for_function("before => document.getElementById('pane').dataset.claim !== before", arg=before)


def test_words_are_edited_by_keys_and_by_dragging(browser: Browser, server: Served, store: Engine):
    page = opened(browser, server.link, "han")
    whole = page.inner_text("#paragraph mark >> nth=0")
    page.keyboard.press("e")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('row-0').textContent.includes('edited')")
    saved(page)
    with store.connect() as connection:
        edited, quote = connection.execute(text("SELECT edited, quote FROM verdicts")).one()
    assert edited in quote
    assert len(edited) < len(quote)
    assert whole.split()[0] in quote
    page.keyboard.press("e")
    box = page.locator("#paragraph mark").first.bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 8, steps=5)
    page.mouse.up()
    marked = "".join(page.locator("#paragraph mark").all_inner_texts())
    page.keyboard.press("Escape")
    assert 0 < len(marked) < 40
    assert page.wrong == []


def test_unsure_claims_and_notes_are_jumped_to(browser: Browser, server: Served, store: Engine):
    page = opened(browser, server.link, "han")
    briefs = [analyzed(name) for name in ("grain_policy", "local_hospital")]
    unsure = {claim.id for brief in briefs for claim in brief.claims if claim.needs_review}
    assert unsure - {shown(page)}
    assert press(page, "s") in unsure
    page.select_option("select[name=state]", "all")
    page.click("#more summary")
    page.select_option("select[name=notes]", "with")
    page.wait_for_selector("#behind .note")
    page.focus("#list")
    page.keyboard.press("g")
    assert page.evaluate("document.activeElement.className") == "note"
    page.wait_for_selector("rect.of-note.chosen", state="attached")
    page.wait_for_selector("rect.of-claim", state="attached")


def test_many_are_accepted_after_a_look(browser: Browser, server: Served, store: Engine):
    page = opened(browser, server.link, "han")
    page.select_option("select[name=label]", "fact")
    page.focus("#list")
    page.keyboard.press("b")
    page.fill("#bulk-above", "0.9")
    page.click("#bulk-look")
    page.wait_for_selector("#bulk-sample li")
    assert given(store) == []
    page.click("#bulk-accept")
    page.wait_for_function("() => document.getElementById('bulk-told').textContent.endsWith(' 0 left')")
    rows = given(store)
    assert len(rows) > 10
    assert set(rows) == {("accept", "han", "fact")}


def test_a_lost_server_loses_nothing(browser: Browser, server: Served, store: Engine):
    page = opened(browser, server.link, "han")
    press(page, "a")
    saved(page)
    for _ in range(2):
        press(page, "j")
    press(page, "k")  # what comes next is known to the page
    server.kill()
    page.keyboard.press("a")
    page.wait_for_function("() => document.getElementById('saved').textContent.startsWith('No connection')")
    assert len(given(store)) == 1
    server.start()
    saved(page)
    assert len(given(store)) == 2


def test_two_reviewers_see_each_other(browser: Browser, server: Served, store: Engine):
    han, lee = (opened(browser, server.link, name) for name in ("han", "lee"))
    claim = shown(lee)
    press(han, "a")
    lee.wait_for_function("() => document.getElementById('history').textContent.includes('han')", timeout=10_000)
    assert shown(lee) == claim
    press(lee, "x")
    saved(lee)
    assert [(action, reviewer) for action, reviewer, _ in given(store)] == [("accept", "han"), ("reject", "lee")]
    press(han, "k")
    han.wait_for_function("() => document.getElementById('history').textContent.includes('lee')", timeout=10_000)
    lee.goto(server.link.split("?")[0] + "differences")
    lee.wait_for_selector("#differences button")
    lee.click("#differences button[data-settle=fact]")
    saved(lee)
    assert len(given(store)) == 3


def test_a_run_under_an_open_page(browser: Browser, server: Served, store: Engine):
    page = opened(browser, server.link, "han")
    before = int(page.inner_text("#count").split()[0])
    brief = analyzed("grain_policy")
    documents.write(store, brief.model_copy(update={"claims": brief.claims[:-1]}))
    page.wait_for_function(
        f"() => document.getElementById('count').textContent.startsWith('{before - 1} ')", timeout=10_000
    )
    press(page, "a")
    saved(page)
    assert len(given(store)) == 1


def test_hostile_words_stay_words(browser: Browser, tmp_path: Path):
    attack = "<img src=x onerror=alert(1)><script>alert(2)</script>𝒜𝒜"  # the last two are two code units each
    brief = analyzed("grain_policy")
    text_ = attack + brief.text[len(attack) :]
    claims = tuple(claim.model_copy(update={"text": text_[claim.start : claim.end] + attack}) for claim in brief.claims)
    head = brief.masthead.model_copy(update={"title": attack})
    hostile = brief.model_copy(update={"text": text_, "claims": claims, "masthead": head})
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    documents.write(store, hostile)
    with served(str(store.url), tmp_path / "state") as running:
        page = opened(browser, running.link, attack)
        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
        page.wait_for_selector(".row .about")
        press(page, "a")
        saved(page)
        assert page.locator("main img[src=x]").count() == 0
        assert attack in page.inner_text("#where")
        press(page, "k")
        block = hostile.blocks[next(claim for claim in claims if claim.id == shown(page)).block]
        spans = page.locator("#paragraph [data-start]").all_text_contents()
        assert "".join(spans) == text_[block.start : block.end]
        page.goto(running.link.split("?")[0] + "differences")
        page.wait_for_selector("#differences li")
        assert asked == []
        assert page.wrong == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 820)])
def test_accessible(browser: Browser, server: Served, scheme: str, width: int):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(browser, server.link, "han", color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_selector("figure img")
    page.click("#more summary")
    for dialog in (None, "?", "n", "b"):
        if dialog:
            page.focus("#list")
            page.keyboard.press(dialog)
            page.wait_for_selector("dialog[open]")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        if dialog:
            page.keyboard.press("Escape")
    page.goto(server.link.split("?")[0] + "differences")
    page.wait_for_selector("#differences li")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_300_claims_by_keyboard_through_three_kills(browser: Browser, tmp_path: Path):
    from benchmarks.store import generated

    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    for brief in islice(generated(seed=7), 6):
        documents.write(store, brief)
    with served(str(store.url), tmp_path / "state") as running:
        page = opened(browser, running.link, "han")
        for number in range(300):
            if number in (60, 140, 250):
                running.kill()
                time.sleep(0.3)
                running.start()
            key = "aox"[number % 3]
            if number < 299:
                press(page, key)
            else:
                page.keyboard.press(key)
        saved(page)
        assert page.wrong == []
    with store.connect() as connection:
        claims = connection.execute(text("SELECT COUNT(DISTINCT claim_id), COUNT(*) FROM verdicts")).one()
    assert tuple(claims) == (300, 300)
