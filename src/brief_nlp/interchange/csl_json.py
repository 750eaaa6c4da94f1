"""References as CSL-JSON, which Zotero, Pandoc and citeproc read (https://citeproc-js.readthedocs.io/en/latest/csl-json).

A repeat ("Ibid.") is no reference of its own: its note is added to those of what it repeats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from brief_nlp.schema import Brief, Citation, CitationKind, FieldName

TYPES = {
    CitationKind.NEWSPAPER: "article-newspaper",
    CitationKind.BOOK: "book",
    CitationKind.REPORT: "report",
    CitationKind.ARTICLE: "article-journal",
    CitationKind.CHAPTER: "chapter",
    CitationKind.WEB: "webpage",
    CitationKind.LAW: "legislation",
    CitationKind.OTHER: "document",
}
_PLAIN = {
    FieldName.TITLE: "title",
    FieldName.CONTAINER: "container-title",
    FieldName.PUBLISHER: "publisher",
    FieldName.PLACE: "publisher-place",
    FieldName.VOLUME: "volume",
    FieldName.ISSUE: "issue",
    FieldName.NUMBER: "number",
    FieldName.PAGES: "page",
    FieldName.URL: "URL",
}
_INVERTED = re.compile(r"(?P<family>[^,]+),\s(?P<given>[^,]+)")
_HANGUL = re.compile(r"[가-힣]")


def csl_items(brief: Brief) -> list[dict[str, Any]]:
    """The references of a brief in the order of its notes; `note` says which notes give or repeat them."""
    items: list[dict[str, Any]] = []
    by_note: dict[int, dict[str, Any]] = {}
    for note in brief.footnotes:
        for place, citation in enumerate(note.citations):
            if citation.kind is CitationKind.REPEAT:
                repeated = by_note.get(citation.repeats) if citation.repeats is not None else None
                if repeated:
                    repeated["note"] += f", {note.label}"
                continue
            item = _item(citation, f"{brief.document_id[:16]}-{note.index + 1}-{place + 1}", brief)
            item["note"] = f"notes: {note.label}"
            items.append(item)
            by_note[note.index] = item
    return items


def _item(citation: Citation, identifier: str, brief: Brief) -> dict[str, Any]:
    item: dict[str, Any] = {"id": identifier, "type": TYPES[citation.kind]}
    for name, key in _PLAIN.items():
        values = citation.values(name)
        if values:
            item[key] = ", ".join(values) if name is FieldName.PAGES else values[0]
    for name in (FieldName.AUTHOR, FieldName.EDITOR):
        people = [_name(value) for value in citation.values(name)]
        if people:
            item[name.value] = people
    for name, key in ((FieldName.DATE, "issued"), (FieldName.ACCESSED, "accessed")):
        value = citation.value(name)
        parts = list(_date_parts(value)) if value else []
        if parts:
            item[key] = {"date-parts": parts}
    item["language"] = "ko" if _HANGUL.search(brief.text, citation.start, citation.end) else "en"
    return item


def _name(value: str) -> dict[str, str]:
    """Family and given name where a comma tells them apart; Korean names stand in either order, so are left whole."""
    inverted = _INVERTED.fullmatch(value)
    return {"family": inverted["family"], "given": inverted["given"]} if inverted else {"literal": value}


def _date_parts(edtf: str) -> Iterator[list[int]]:
    """The days of an EDTF date or interval, as far as they are known; seasons (months 21 to 24) count as their year."""
    for side in edtf.split("/")[:2]:
        match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", side)
        if match:
            numbers = [int(number) for number in match.groups() if number]
            yield numbers if len(numbers) < 2 or numbers[1] <= 12 else numbers[:1]
