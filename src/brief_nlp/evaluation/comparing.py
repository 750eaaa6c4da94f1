"""How texts and drafts are compared with gold."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path

from brief_nlp.pdf.reader import read_pages
from brief_nlp.settings import Settings
from brief_nlp.structure.document import Draft, read_structure

WHOLE = 0.995  # similarity from which a paragraph counts as whole
NOTE = 0.95  # similarity from which a note's text counts as right


def read_draft(path: Path, settings: Settings | None = None, password: str | None = None) -> Draft:
    """Read one PDF as far as its structure."""
    return read_structure(read_pages(path.read_bytes(), settings or Settings(), password))


def similarity(one: str, other: str) -> float:
    """Share of characters that two texts have in common, in order (Ratcliff and Obershelp), 0 to 1."""
    if one == other:
        return 1.0
    shorter, longer = sorted((len(one), len(other)))
    if not longer or 2 * shorter / (shorter + longer) < 0.8:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
