"""How many wrong passwords are taken from an address: a few at once, then one after a while."""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
import time
from array import array
from collections.abc import Callable

SLOTS = 64  # all addresses share them, so that memory stays the same and no crowd of addresses guesses fast
AT_ONCE = 5  # wrong passwords before one has to wait
SECONDS = 30.0  # until one more is taken


class Guesses:
    """Counts wrong passwords. Each slot holds one number: when all that was guessed by its addresses is forgiven."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._key = secrets.token_bytes(16)  # nobody can tell whose slot an address shares
        self._forgiven = array("d", [0.0] * SLOTS)

    def wait(self, address: str) -> float:
        """Seconds until a password from this address is looked at; 0 where it is now."""
        return max(0.0, self._forgiven[self._slot(address)] - self._clock() - (AT_ONCE - 1) * SECONDS)

    def wrong(self, address: str) -> None:
        """Note a wrong password."""
        slot = self._slot(address)
        self._forgiven[slot] = max(self._forgiven[slot], self._clock()) + SECONDS

    def _slot(self, address: str) -> int:
        digest = hashlib.blake2b(_network(address).encode("utf-8", "replace"), key=self._key, digest_size=4).digest()
        return int.from_bytes(digest) % SLOTS


def _network(address: str) -> str:
    """The address, of IPv6 its first half: the rest is the client's to choose."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped) if mapped else found.packed[:8].hex()
    return str(found)
