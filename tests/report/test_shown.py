"""The page in a real browser: nothing asked for, nothing run, nothing that keeps anyone out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from brief_nlp.report.page import write_report
from tests.conftest import NAMES, analyzed
from tests.report.test_page import hostile
from tests.review.serving import CHROMIUM, chromium

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium: make system"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of each kind."""
    made = tmp_path_factory.mktemp("pages")
    samples = [analyzed(name) for name in NAMES]
    write_report([analyzed("vaccination")], made / "brief.html")
    write_report([analyzed("local_hospital")], made / "korean.html", "ko")
    write_report(samples, made / "collection.html")
    write_report(samples, made / "collection-ko.html", "ko")
    write_report([hostile()], made / "hostile.html")
    write_report([hostile(1), hostile(2)], made / "hostile-collection.html")
    return made


def opened(browser: Browser, path: Path, **context: object) -> Page:
    """A page, with a list of what it asked for and of what went wrong in it."""
    page = browser.new_context(viewport={"width": 1100, "height": 800}, **context).new_page()
    page.wrong = []
    page.on("console", lambda said: page.wrong.append(said.text))
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on("dialog", lambda dialog: (page.wrong.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda asked: page.wrong.append(asked.url) if asked.url != path.as_uri() else None)
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["brief", "korean", "collection", "collection-ko", "hostile", "hostile-collection"])
def test_accessible_and_quiet(browser: Browser, folder: Path, name: str, scheme: str):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(browser, folder / f"{name}.html", color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.evaluate("document.querySelectorAll('.tip').forEach(one => { one.style.display = 'block' })")
    shown = [line for line in page.wrong if "inline style" not in line]  # that of the line above is refused, too
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert shown == []


def test_reasons_show_on_hover_and_on_focus_and_go_to_paper_in_the_table(browser: Browser, folder: Path):
    page = opened(browser, folder / "brief.html")
    assert not page.is_visible("#tip-3")
    page.hover("#claim-3")
    assert page.is_visible("#tip-3")
    page.focus("#claim-5")
    assert page.is_visible("#tip-5")
    page.click("#claim-5")
    assert page.is_visible("#why-5")  # the table opens by itself
    page.click("#why-5 a[href='#claim-5']")
    assert page.evaluate("location.hash") == "#claim-5"
    page.emulate_media(media="print")
    assert not page.is_visible("#tip-5")


@pytest.mark.parametrize("width", [1100, 390])
@pytest.mark.parametrize("name", ["brief", "collection-ko", "hostile", "hostile-collection"])
def test_nothing_sticks_out(browser: Browser, folder: Path, name: str, width: int):
    page = opened(browser, folder / f"{name}.html")
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["collection", "collection-ko", "hostile-collection"])
def test_names_stay_inside_the_pictures(browser: Browser, folder: Path, name: str):
    page = opened(browser, folder / f"{name}.html")
    out = page.evaluate(
        """() => [...document.querySelectorAll('svg.chart text')].filter(text => {
            const own = text.getBoundingClientRect(), frame = text.ownerSVGElement.getBoundingClientRect()
            return own.left < frame.left || own.right > frame.right || own.bottom > frame.bottom + 1
        }).map(text => text.textContent)"""
    )
    assert out == []
    assert page.locator("svg.chart text").count() > 20
