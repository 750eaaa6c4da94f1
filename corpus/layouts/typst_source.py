"""A document as typst markup, built from strings so that no words are read as markup."""

from __future__ import annotations

import json
from typing import Any

from content import Document, Inline, Style
from web import CIRCLED, label_of

FONTS = "/usr/share/fonts"
# a note whose label is not raised; SIZE is filled in
ENTRY = """#show footnote.entry: it => { set text(size: SIZEem); set par(first-line-indent: 0pt, leading: 0.5em);
  numbering(it.note.numbering, ..counter(footnote).at(it.note.location())); [ ]; it.note.body }"""


def typeset(document: Document, style: Style) -> bytes:
    """The PDF of a document."""
    import typst

    source = source_of(document, style)
    return typst.compile(source.encode(), font_paths=[FONTS], timestamp=946684800)


def source_of(document: Document, style: Style) -> str:
    """The typst source."""
    return "\n".join([_settings(document, style), *_Writer(document, style).lines()])


def _text(words: str) -> str:
    return f"#{json.dumps(words, ensure_ascii=False)}"


def _settings(d: Document, s: Style) -> str:
    width, height = s.paper_mm
    numbering = {"①": "①", "*": "*"}.get(s.numbering, s.numbering)
    rule = {"short": "line(length: 30%, stroke: 0.5pt)", "full": "line(length: 100%, stroke: 0.5pt)", "none": "none"}
    one, two = (json.dumps(words, ensure_ascii=False) for words in (f"{d.series} {d.code}", d.title.split(":")[0]))
    running = {
        "none": "none",
        "same": f"align(center, text(size: 0.8em, {one}))",
        "alternate": f"context if calc.even(here().page()) {{ text(size: 0.8em, {one}) }} else {{ align(right, text(size: 0.8em, {two})) }}",
    }[s.running]
    number = {
        "foot": "str(here().page())",
        "dashes": '"- " + str(here().page()) + " -"',
        "corner": "str(here().page())",
    }
    side = "right" if s.page_number == "corner" else "center"
    heading = {
        "bold": 'weight: "bold", size: 1em', "large": 'weight: "regular", size: 1.25em', "colour": 'weight: "bold", fill: rgb("#1a4f7a"), size: 1.15em'
    }.get(s.heading, 'weight: "bold", size: 1.1em')  # fmt: skip
    align = "center" if s.heading == "centred" else "left"
    indent = "0pt" if s.paragraphs == "gap" else "1em"
    leading = s.leading - 0.72
    spacing = leading if s.paragraphs == "indent" else leading + 0.7
    call = (
        "it => it"
        if not s.inline_call
        else "it => context text(numbering(it.numbering, ..counter(footnote).at(it.location())))"
    )
    entry = (
        f"#show footnote.entry: set text(size: {s.note_scale}em)"
        if s.raised_label
        else ENTRY.replace("SIZE", str(s.note_scale))
    )
    return f"""
#set document(title: {json.dumps(d.title, ensure_ascii=False)})
#set page(width: {width}mm, height: {height}mm, margin: (x: {s.side_mm}mm, top: 24mm, bottom: 22mm), columns: {s.columns},
  header: {running}, footer: context align({side}, text(size: 0.85em, {number[s.page_number]})))
#set columns(gutter: 8mm)
#set text(font: {json.dumps(s.font)}, size: {s.size_pt}pt, lang: "{s.lang}", hyphenate: {str(s.hyphenate).lower()})
#set smartquote(enabled: false)
#set par(justify: {str(s.justify).lower()}, leading: {leading:.2f}em, spacing: {spacing:.2f}em, first-line-indent: (amount: {indent}, all: true))
#set footnote(numbering: "{numbering}")
#set footnote.entry(separator: {rule[s.rule]}, gap: 0.4em)
{entry}
#show heading: it => block(above: 1.4em, below: 0.8em, width: 100%, align({align}, text({heading}, it.body)))
#show footnote: {call}
"""


class _Writer:
    def __init__(self, document: Document, style: Style) -> None:
        self.document, self.style = document, style
        self.given: dict[int, str] = {}
        self.since_restart = 0
        self.held: list[int] = []

    def lines(self) -> list[str]:
        d, s = self.document, self.style
        found: list[str] = []
        if s.cover:
            found.append(
                f"#page(columns: 1, header: none, footer: none)[#set align(center); #v(30%) {_text(f'{d.series} {d.code}')}"
                f"\n\n#text(size: 2em)[{_text(d.title)}]\n\n{_text(d.byline)}\n\n{_text(d.institute)}]"
            )
        if s.toc:
            name = "Contents" if s.lang == "en" else "목차"
            heads = [str(block["inline"][0]) for block in d.blocks if block["kind"] == "heading"]
            lines = "\n\n".join(
                f"{_text(head)} #box(width: 1fr, repeat[.]) {2 * n + 3}" for n, head in enumerate(heads)
            )
            found.append(f"#page(columns: 1)[#text(size: 1.6em)[{name}]\n\n{lines}]")
        found.append(
            '#place(top, scope: "parent", float: true)[#set par(first-line-indent: 0pt)\n'
            f"#text(size: 0.9em)[{_text(f'{d.series} {d.code}')}]\n\n"
            f'#align(center, text(size: 1.7em, weight: "bold")[{_text(d.title)}])\n#align(right)[{_text(d.byline)}]\n#v(0.6em)]'
        )
        for block in d.blocks:
            if block["kind"] == "heading" and s.restart == "section":
                found += self._held_notes()
                self.since_restart = 0
                found.append("#counter(footnote).update(0)")
            found.append(self._block(block))
        found += self._held_notes()
        if s.back:
            found.append(
                "#page(columns: 1, header: none, footer: none)[Printed and published by\n\n"
                "Publisher: Composed Layouts Institute\n\nISBN 979-11-000-0000-0]"
            )
        return found

    def _held_notes(self) -> list[str]:
        if self.style.notes == "foot" or not self.held:
            return []
        name = "Notes" if self.style.lang == "en" else "주"
        label = "#super[{}] " if self.style.raised_label else "{} "
        lines = [
            f"#block(above: 0.6em, text(size: {self.style.note_scale}em)[#set par(first-line-indent: 0pt)\n"
            f"{label.format(_text(self.given[note]))}{_text(self.document.notes[note])}])"
            for note in self.held
        ]
        self.held = []
        return [f"\n#heading[{name}]", *lines]

    def _block(self, block: dict[str, Any]) -> str:
        kind = block["kind"]
        if kind == "heading":
            return f"\n#heading[{self._inline(block['inline'])}]\n"
        if kind == "paragraph":
            return f"\n{self._inline(block['inline'])}\n"
        if kind == "quote":
            return f"\n#pad(x: 2em)[#set par(first-line-indent: 0pt)\n{self._inline(block['inline'])}]\n"
        if kind == "aside":
            return f"\n#block(stroke: 0.7pt, inset: 0.6em, width: 100%)[#set par(first-line-indent: 0pt)\n{self._inline(block['inline'])}]\n"
        if kind == "list":
            items = [
                f"#pad(left: 1.5em)[#set par(first-line-indent: 0pt, hanging-indent: 1.2em)\n"
                f"{_text(CIRCLED[n] if block['marks'] == '①' else block['marks'].replace('1', str(n + 1)))} {self._inline(item)}]"
                for n, item in enumerate(block["items"])
            ]
            return "\n" + "\n".join(items) + "\n"
        if kind == "figure":
            drawing = "#rect(width: 50%, height: 22mm, stroke: 0.5pt)"
            return f"\n#block(breakable: false, width: 100%)[#set align(center)\n{drawing}\n#text(size: 0.92em)[{_text(block['caption'])}]]\n"
        stroke = "0.6pt" if block["ruled"] else "none"
        cells = ", ".join(f"[{self._inline(cell)}]" for row in block["rows"] for cell in row)
        rules = "" if block["ruled"] else "table.hline(stroke: 0.7pt), "
        end = "" if block["ruled"] else ", table.hline(stroke: 0.7pt)"
        columns = f"(1fr,) * {len(block['rows'][0])}"
        return (
            f"\n#block(breakable: false, width: 100%)[#align(center, text(size: 0.92em)[{_text(block['caption'])}])\n"
            f"#text(size: 0.92em, table(columns: {columns}, align: left, stroke: {stroke}, {rules}{cells}{end}))]\n"
        )

    def _inline(self, inline: Inline) -> str:
        return "".join(self._call(part) if isinstance(part, int) else _text(part) for part in inline)

    def _call(self, note: int) -> str:
        if note in self.given:
            again = f"#footnote(<n{note}>)"
            return again if self.style.notes == "foot" else self._printed(note)
        self.since_restart += 1
        self.given[note] = label_of(self.since_restart, self.style)
        if self.style.notes == "foot":
            return f"#footnote[{_text(self.document.notes[note])}]<n{note}>"
        self.held.append(note)
        return self._printed(note)

    def _printed(self, note: int) -> str:
        words = _text(self.given[note])
        return words if self.style.inline_call else f"#super[{words}]"
