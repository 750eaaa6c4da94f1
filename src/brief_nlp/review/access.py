"""Who may come in: a token or a password, the right host, the right origin, requests of bounded size.

The page is for this machine unless asked otherwise. A link with a token opens it, as Jupyter's does, and sets a cookie;
on other addresses a password does. The token of the link comes from a secret in the user's state folder, so that an
open page goes on when the server comes back; behind a password it is drawn at every start, so that starting the server
anew shuts out whoever was let in.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import os
import secrets
import unicodedata
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import Message, Receive, Scope, Send

MOST_BYTES = 1 << 20  # of a request's body
COOKIE = "brief_nlp_review"
COOKIE_SECONDS = 30 * 24 * 3600
OPEN = ("/enter", "/static/")  # what needs no cookie: it tells nothing
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer, browsers send `Origin: null` along with the password
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True)
class Access:
    """What opens the page: `token` in link, cookie or `Authorization: Bearer`; a password gives the same cookie."""

    token: str
    hosts: frozenset[str]
    password: str | None = None

    def fits(self, given: str) -> bool:
        """Whether this is the token."""
        return hmac.compare_digest(given.encode(), self.token.encode())

    def opens(self, password: str) -> bool:
        """Whether this is the password."""
        return self.password is not None and hmac.compare_digest(_typed(password), _typed(self.password))


def _typed(password: str) -> bytes:
    """The password whatever the keyboard made of it: macOS may send Hangul taken apart."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogateescape")


def state_folder() -> Path:
    """Where the secret lies: `$XDG_STATE_HOME/brief-nlp`, by default `~/.local/state/brief-nlp`."""
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "brief-nlp"


def token_for(store: str, password: str | None, folder: Path) -> str:
    """The token of a store on this machine, the same at every start; behind a password, another at every start."""
    if password is not None:
        return secrets.token_hex(20)
    return hmac.new(_secret(folder), store.encode(), hashlib.sha256).hexdigest()[:40]


def _secret(folder: Path) -> bytes:
    """The machine's secret, made where it is missing; where nothing can be kept, one for this start."""
    file = folder / "review.key"
    made = secrets.token_bytes(32)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            kept = file.read_bytes()
            return kept if len(kept) == len(made) else made
        with os.fdopen(handle, "wb") as stream:
            stream.write(made)
    except OSError:
        pass
    return made


class Gate:
    """ASGI middleware: refuses what does not belong here, and sets the headers of every answer."""

    def __init__(self, app: Any, access: Access) -> None:
        self.app, self.access = app, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        answer = self._refused(scope) or self._admitted(scope)
        if answer is not None:
            await answer(scope, receive, sealed)
            return
        await self.app(scope, _bounded(receive), sealed)

    def _refused(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host.lower() not in self.access.hosts and host.lower() not in _reached(scope):
            return _told(421, "This page is not served under this name.")
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MOST_BYTES:
            return _told(413, "The request is too large.")
        if scope["method"] in ("GET", "HEAD"):
            return None
        origin = headers.get("origin")
        if origin is not None and origin.partition("://")[2].lower() != host.lower():
            return _told(403, "The request comes from another page.")
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return _told(403, "The request comes from another page.")
        if scope["path"] != "/enter" and headers.get("content-type", "").partition(";")[0] != "application/json":
            return _told(415, "Send JSON, as application/json.")
        return None

    def _admitted(self, scope: Scope) -> Response | None:
        """None where the request may pass; an answer where it may not, or where its link sets the cookie."""
        headers, path = Headers(scope=scope), scope["path"]
        if any(path == place or (place.endswith("/") and path.startswith(place)) for place in OPEN):
            return None
        given = QueryParams(scope["query_string"]).get("token")
        if given is not None and path == "/":
            return entered(self.access) if self.access.fits(given) else _told(403, "This link is too old or not whole.")
        bearer = headers.get("authorization", "")
        if bearer.startswith("Bearer "):
            return None if self.access.fits(bearer.removeprefix("Bearer ")) else _told(401, "The token is wrong.")
        if self.access.fits(_cookie(headers)):
            return None
        if self.access.password is None:
            return _told(401, "Open the page by the link that brief-nlp review printed.")
        if path.startswith("/api/"):
            return _told(401, "Sign in with the password at /enter.")
        return RedirectResponse("/enter", 303)


def entered(access: Access) -> Response:
    """To the page, with the cookie that opens it."""
    answer = RedirectResponse("/", 303)
    kept = COOKIE_SECONDS if access.password is None else None  # behind a password: until the browser is closed
    answer.set_cookie(COOKIE, access.token, httponly=True, samesite="strict", max_age=kept)
    return answer


def _reached(scope: Scope) -> tuple[str, ...]:
    """How a request may call the address that it came in by: what is served on 0.0.0.0 has more than the host's name.

    An address, never a name, so a name that another page made lead here is refused as before.
    """
    address, port = scope.get("server") or ("", None)
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ()
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found
    written = f"[{found}]" if found.version == 6 else str(found)
    return (f"{written}:{port}", written) if port == 80 else (f"{written}:{port}",)


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _bounded(receive: Receive) -> Receive:
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BYTES:
            raise HTTPException(413, "The request is too large.")
        return message

    return counted


def _told(status: int, words: str) -> Response:
    return JSONResponse({"detail": words}, status)
