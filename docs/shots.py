"""Takes the pictures of the review page and of reports, from the sample briefs (needs Chromium: make system).

PYTHONPATH=. python docs/shots.py
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser
from tests.conftest import NAMES, analyzed
from tests.review.conftest import fill
from tests.review.serving import chromium, opened, press, served

from brief_nlp.report.page import write_report

IMAGES = Path(__file__).resolve().parent / "images"


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        store = fill(f"sqlite:///{scratch}/a.db")
        with served(str(store.url), Path(scratch, "state")) as running, chromium() as browser:
            for name, more in (
                ("review", {"locale": "en-GB"}),
                ("review-ko", {"locale": "ko-KR", "color_scheme": "dark"}),
            ):
                page = opened(browser, running.link, "han" if name == "review" else "이", **more)
                if name == "review":
                    page.fill("input[name=words]", "grain")
                    page.wait_for_timeout(800)
                    page.focus("#list")
                press(page, "a")
                press(page, "o")
                page.wait_for_selector("figure img")
                page.wait_for_timeout(1500)
                page.screenshot(path=IMAGES / f"{name}.png")
            reports(browser, Path(scratch))


def reports(browser: Browser, scratch: Path) -> None:
    """A brief with the reasons of a claim, and a collection; few colours, so that the files stay small."""
    write_report([analyzed("grain_policy")], scratch / "report.html")
    write_report([analyzed(name) for name in NAMES], scratch / "report-collection.html")
    for name, top, height in (("report", "#text-title", 620), ("report-collection", "#by_brief", 1180)):
        page = browser.new_context(viewport={"width": 1100, "height": height}, color_scheme="light").new_page()
        page.goto((scratch / f"{name}.html").as_uri())
        page.evaluate("where => document.querySelector(where).scrollIntoView()", top)
        if name == "report":
            page.hover("#claim-3")
        page.screenshot(path=scratch / f"{name}.png")
        with Image.open(scratch / f"{name}.png") as taken:
            taken.convert("RGB").quantize(160, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
