"""The hint that a model could be taught: after how many verdicts, and by which command. The page starts nothing."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

AFTER = 200  # verdicts; as many as `brief-nlp train` asks for
_SECRET = ("password", "passfile", "sslpassword")  # of a database's address


@dataclass(frozen=True)
class Hint:
    """After how many new verdicts the page mentions a command."""

    after: int
    command: str


def hint_for(store: str, after: int) -> Hint | None:
    """The hint for a store; none where it is not wanted."""
    if after == 0:
        return None
    return Hint(after, f"brief-nlp train --from-verdicts --from {shlex.quote(_without_password(store))}")


def _without_password(store: str) -> str:
    """The address as it was given, but never with a password: whoever reviews reads it."""
    from sqlalchemy import make_url  # the command line reads AFTER, and starts without a database

    url = make_url(store)
    if url.password is None and not set(_SECRET) & set(url.query):
        return store
    return url._replace(password=None).difference_update_query(_SECRET).render_as_string(hide_password=False)
