"""Takes the pictures of the review page, from the sample briefs (needs Chromium: make system).

PYTHONPATH=. python docs/shots.py
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.review.conftest import fill
from tests.review.serving import chromium, opened, press, served

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


if __name__ == "__main__":
    main()
