from __future__ import annotations

from tests.store.conftest import address

__all__ = ["address"]
