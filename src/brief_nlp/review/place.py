"""Where the page is served: address, port, and what a request may call the server.

Needs nothing but Python, so that the command line may read the defaults without the packages of the page.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass

HOST = "127.0.0.1"
PORT = 8470
ANYWHERE = ("0.0.0.0", "::")  # noqa: S104 - only where it is asked for


@dataclass(frozen=True)
class Place:
    """Where the page is served."""

    host: str = HOST
    port: int = PORT

    @property
    def local(self) -> bool:
        """Whether only this machine reaches it."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def shown(self) -> str:
        """The host as a link has it."""
        if self.host in ANYWHERE:
            return socket.gethostname()
        return f"[{self.host}]" if ":" in self.host else self.host

    def names(self) -> frozenset[str]:
        """What a request may call the server."""
        names = {"127.0.0.1", "localhost", "[::1]"}
        if not self.local:
            names |= {self.host, socket.gethostname(), socket.getfqdn()}
            if self.host in ANYWHERE:
                names |= {str(found[4][0]) for found in _addresses()}
        written = {f"[{name}]" if ":" in name and not name.startswith("[") else name for name in names}
        ports = {f"{name}:{self.port}" for name in written}
        return frozenset(name.lower() for name in (ports | written if self.port == 80 else ports))


def _addresses() -> list[tuple[object, object, object, object, tuple[object, ...]]]:
    try:
        return list(socket.getaddrinfo(socket.gethostname(), None))
    except OSError:
        return []
