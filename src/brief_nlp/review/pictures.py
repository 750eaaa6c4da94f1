"""Pictures of pages, made in the sandbox's child and kept for a while.

The store knows under which names a PDF was met. Names are not trusted: only a file whose bytes are those of the
document is opened.
"""

from __future__ import annotations

import hashlib
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine, select

from brief_nlp.errors import BriefError
from brief_nlp.pdf.sandbox import MIB, Picture, render_page
from brief_nlp.settings import Settings
from brief_nlp.store.tables import paths

DPI = 110
KEPT = 200  # pictures, about 200 KiB each
AT_ONCE = 2  # children


class Pictures:
    """Pages as PNG, the last `KEPT` of them kept in a temporary folder. For several threads."""

    def __init__(self, engine: Engine, settings: Settings, password: str | None = None) -> None:
        self._engine, self._settings, self._password = engine, settings, password
        self._folder = tempfile.TemporaryDirectory(prefix="brief-nlp-review-")
        self._kept: OrderedDict[tuple[str, int], Picture] = OrderedDict()
        self._lock, self._children = threading.Lock(), threading.Semaphore(AT_ONCE)

    def of(self, document_id: str, page: int) -> tuple[bytes, float]:
        """(PNG, pixels a point) of a page. Raises `BriefError` where the PDF is not there or cannot be rendered."""
        key = (document_id, page)
        with self._lock:
            if picture := self._kept.get(key):
                self._kept.move_to_end(key)
                return picture.path.read_bytes(), picture.scale
        with self._children:
            data = self._pdf(document_id)
            folder = Path(tempfile.mkdtemp(dir=self._folder.name))
            picture = render_page(data, page, self._settings, self._password, folder, DPI)
        with self._lock:
            self._kept[key] = picture
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)[1].path.unlink(missing_ok=True)
            return picture.path.read_bytes(), picture.scale

    def close(self) -> None:
        """Delete what was kept."""
        self._folder.cleanup()

    def _pdf(self, document_id: str) -> bytes:
        for path in self._names(document_id):
            try:
                if not path.is_file() or path.stat().st_size > self._settings.max_file_mb * MIB:
                    continue
                data = path.read_bytes()
            except OSError:
                continue
            if hashlib.sha256(data).hexdigest() == document_id:
                return data
        raise BriefError("The PDF is not where it was read.", "Put it back, or run brief-nlp on it at its new place.")

    def _names(self, document_id: str) -> Iterator[Path]:
        query = select(paths.c.path).where(paths.c.document_id == document_id).order_by(paths.c.path)
        with self._engine.connect() as connection:
            yield from map(Path, connection.execute(query).scalars().all())
