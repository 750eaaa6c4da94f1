"""Starts the page: what it needs, and its link."""

from __future__ import annotations

import socket
from collections.abc import Callable

from brief_nlp.errors import BriefError
from brief_nlp.review.access import Access, state_folder, token_for
from brief_nlp.review.hint import AFTER, hint_for
from brief_nlp.review.place import Place
from brief_nlp.settings import Settings
from brief_nlp.store import journal
from brief_nlp.store.database import open_existing, reported

SHORTEST_PASSWORD = 8


def serve(
    store: str,
    place: Place,
    settings: Settings,
    *,
    password: str | None = None,
    pdf_password: str | None = None,
    reviewer: str = "",
    teach_after: int = AFTER,
    told: Callable[[str], object] = print,
) -> None:
    """Serve the page until stopped; `told` is called with its link. Raises `BriefError` where that cannot be done."""
    import uvicorn

    from brief_nlp.review.app import create_app

    check(place, password)
    with reported(store):
        engine = open_existing(store)
        with engine.connect() as connection:
            identity = journal.store_id(connection)
    token = token_for(identity, password, state_folder())
    access = Access(token, place.names(), password)
    app = create_app(
        engine, access, settings, password=pdf_password, reviewer=reviewer, hint=hint_for(store, teach_after)
    )
    listening = _bound(place)
    link = f"http://{place.shown}:{place.port}/"
    told(link if password else f"{link}?token={token}")
    config = uvicorn.Config(app, log_level="warning", server_header=False, timeout_graceful_shutdown=3)
    uvicorn.Server(config).run(sockets=[listening])


def check(place: Place, password: str | None) -> None:
    """Other machines need a password. Raises `BriefError`."""
    if place.local:
        return
    if password is None:
        raise BriefError(
            f"--host {place.host} opens the page to other machines: that needs a password.",
            "Set BRIEF_NLP_REVIEW_PASSWORD, or answer the prompt.",
        )
    if len(password) < SHORTEST_PASSWORD:
        raise BriefError("The password is too short.", f"Choose one of {SHORTEST_PASSWORD} characters or more.")


def _bound(place: Place) -> socket.socket:
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((place.host, place.port))
    except (OSError, OverflowError) as error:
        made.close()
        said = getattr(error, "strerror", None) or str(error)
        raise BriefError(f"{place.host}:{place.port} cannot be used ({said}).", "Choose another --port.") from None
    return made
