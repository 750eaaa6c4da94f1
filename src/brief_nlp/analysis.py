"""The whole flow on one screen: PDF bytes in, a `Brief` out."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from brief_nlp.claims.find import find_claims
from brief_nlp.errors import Category, Rejected
from brief_nlp.fingerprint import fingerprint, provenance
from brief_nlp.pdf.reader import read_pages
from brief_nlp.schema import Brief, Language
from brief_nlp.settings import Settings
from brief_nlp.structure.document import read_structure
from brief_nlp.structure.textmap import TextMap
from brief_nlp.tagging.document import tag


def analyze(
    source: str | os.PathLike[str] | bytes, *, settings: Settings | None = None, password: str | None = None
) -> Brief:
    """Analyze one PDF, given by path or as bytes. Raises `Rejected` with a category and advice."""
    settings = settings or Settings()
    data = source if isinstance(source, bytes) else _bytes_of(Path(source))

    pages = read_pages(data, settings, password)
    draft = read_structure(pages, None if settings.language == "auto" else Language(settings.language))
    tags = tag(draft, settings.gazetteer)
    claims = find_claims(
        document_id := hashlib.sha256(data).hexdigest(),
        draft.text,
        draft.blocks,
        tags.footnotes,
        language=draft.language,
        entities=tags.entities,
        dates=tags.dates,
        quantities=tags.quantities,
        regions=TextMap(draft.lines, draft.text).regions,
        settings=settings,
    )
    return Brief(
        document_id=document_id,
        fingerprint=fingerprint(settings),
        language=draft.language,
        page_count=len(pages.pages),
        masthead=tags.masthead,
        text=draft.text,
        blocks=draft.blocks,
        furniture=draft.furniture,
        footnotes=tags.footnotes,
        markers_without_note=draft.markers_without_note,
        entities=tags.entities,
        dates=tags.dates,
        quantities=tags.quantities,
        claims=claims,
        lines=draft.lines,
        warnings=draft.warnings,
        provenance=provenance(settings),
    )


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Rejected(Category.NOT_FOUND, where=str(path)) from None
    except OSError as error:
        raise Rejected(Category.UNREADABLE, error.strerror or "", where=str(path)) from None
