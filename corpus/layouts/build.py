"""Typesets layouts drawn at random and writes their truth, by construction.

    python corpus/layouts/build.py                 # all
    python corpus/layouts/build.py tuned_04 …      # those whose names start so

Needs the packages `typst` and `weasyprint` and Debian's chromium, libpangoft2-1.0-0 and fonts
(see README.md). What chromium and WeasyPrint write differs from release to release, so the PDFs
are committed and not compared.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import typst_source
import web
from content import Document, Inline, Style, draw_document, draw_style

HERE = Path(__file__).resolve().parent
# What was looked at while the rules were made, and what never was: see README.md for the history of the parts.
PARTS = {"tuned": (*range(48), 56, 65, 122, 128), "unseen": range(12), "held": range(12), "apart": range(16)}


def truth_of(document: Document, style: Style) -> dict[str, Any]:
    """What a perfect reader would find."""
    blocks: list[dict[str, Any]] = []
    calls: list[dict[str, Any]] = []

    def add(kind: str, inline: Inline) -> None:
        text = ""
        for part in inline:
            if isinstance(part, int):
                calls.append({"note": part, "block": len(blocks), "offset": len(text)})
            else:
                text += part
        blocks.append({"kind": kind, "text": text})

    for block in document.blocks:
        if block["kind"] == "list":
            for item in block["items"]:
                add("list_item", item)
        elif block["kind"] == "table":
            add("caption", [block["caption"]])
            for row in block["rows"]:
                for cell in row:
                    add("table_cell", cell)
        elif block["kind"] == "figure":
            add("caption", [block["caption"]])
        else:
            add({"heading": "heading"}.get(block["kind"], "paragraph"), block["inline"])
    return {
        "note": "Composed by a program from the words of the sample briefs; no publication of any institute.",
        "style": style.__dict__,
        "title": document.title,
        "running": [f"{document.series} {document.code}", document.title.split(":")[0]],
        "blocks": blocks,
        "calls": calls,
        "notes": document.notes,
    }


def main() -> None:
    wanted = tuple(sys.argv[1:])
    for part, numbers in PARTS.items():
        folder = HERE / part
        folder.mkdir(exist_ok=True)
        for number in numbers:
            style = draw_style(number, part)
            if wanted and not style.name.startswith(wanted):
                continue
            document = draw_document(style, style.name)
            typeset = typst_source.typeset if style.typesetter == "typst" else web.typeset
            (folder / f"{style.name}.pdf").write_bytes(typeset(document, style))
            truth = json.dumps(truth_of(document, style), ensure_ascii=False, indent=1)
            (folder / f"{style.name}.truth.json").write_text(truth + "\n", "utf-8")
            print(style.name)


if __name__ == "__main__":
    main()
