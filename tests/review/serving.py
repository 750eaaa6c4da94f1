"""A review page in a process of its own, which can be killed and started again at the same place."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import Engine, text

from brief_nlp.review.place import ANYWHERE, HOST

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
]
_SERVE = "from brief_nlp.cli import main; main()"


class Served:
    """`brief-nlp review` over a store; what it says goes to `log`."""

    def __init__(self, store: str, home: Path, *options: str, host: str = HOST, password: str = "") -> None:
        self.reached = HOST if host in ANYWHERE else host
        with socket.socket() as free:
            free.bind((self.reached, 0))
            self.port = free.getsockname()[1]
        self.store, self.home, self.host, self.password, self.options = store, home, host, password, options
        self.log = home.with_name(f"{home.name}.log")
        self.link = ""
        self.start()

    def start(self) -> None:
        """Start it, and wait until it listens."""
        where = ["--host", self.host, "--port", str(self.port), "--no-browser", *self.options]
        environment = {**os.environ, "XDG_STATE_HOME": str(self.home), "NO_COLOR": "1", "COLUMNS": "200"}
        environment["PYTHONUNBUFFERED"] = "1"  # so that the link is in the log at once
        if self.password:
            environment["BRIEF_NLP_REVIEW_PASSWORD"] = self.password
        with self.log.open("a") as log:
            begun = log.tell()
            command = [sys.executable, "-c", _SERVE, "review", self.store, *where]
            self.process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=environment)
        for _ in range(600):
            with socket.socket() as tried:
                if tried.connect_ex((self.reached, self.port)) == 0:
                    self.link = re.search(r"http\S+", self.log.read_bytes()[begun:].decode())[0]
                    return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"the server does not listen: {self.log.read_text()}")

    def kill(self) -> None:
        """End it at once, whatever it does."""
        self.process.kill()
        self.process.wait()


@contextmanager
def served(store: str, home: Path, *options: str, host: str = HOST, password: str = "") -> Iterator[Served]:
    """The page, ended at the end."""
    running = Served(store, home, *options, host=host, password=password)
    try:
        yield running
    finally:
        running.kill()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


def opened(browser: Browser, link: str, reviewer: str, **context: object) -> Page:
    """The page in a profile of its own, its reviewer named and the first claim shown; scripts may not complain."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}, **context).new_page()
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on("console", lambda said: page.wrong.append(said.text) if "Content Security" in said.text else None)
    page.goto(link)
    page.wait_for_selector("#who[open]")
    page.fill("#who-name", reviewer)
    page.keyboard.press("Enter")
    page.wait_for_selector("#pane[data-claim]")
    page.wait_for_selector("#who:not([open])", state="attached")
    return page


def shown(page: Page) -> str:
    """The id of the claim on the page."""
    return str(page.get_attribute("#pane", "data-claim"))


def press(page: Page, key: str) -> str:
    """Press a key that leads to another claim; its id."""
    before = shown(page)
    page.keyboard.press(key)
    page.wait_for_function("before => document.getElementById('pane').dataset.claim !== before", arg=before)
    return shown(page)


def given(store: Engine) -> list[tuple[str, str, str | None]]:
    """The verdicts of a store in order: action, reviewer, label."""
    with store.connect() as connection:
        rows = connection.execute(text("SELECT action, reviewer, label FROM verdicts ORDER BY verdict_id"))
        return [tuple(row) for row in rows]


def saved(page: Page) -> None:
    """Wait until the server has all verdicts of the page."""
    page.wait_for_function(
        "() => document.getElementById('saved').textContent === 'All verdicts are saved'", timeout=30_000
    )
