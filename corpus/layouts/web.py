"""A document as HTML: for WeasyPrint (CSS footnotes) and for Chromium (paginated by `paginate.js`)."""

from __future__ import annotations

import subprocess
import tempfile
from html import escape
from pathlib import Path
from typing import Any

from content import Document, Inline, Style

HERE = Path(__file__).resolve().parent
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
SYMBOLS = ("*", "**", "***", "****", "†", "‡", "§", "¶")
CHROMIUM = (
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--no-pdf-header-footer",
    "--virtual-time-budget=20000",
)  # fmt: skip


def label_of(number: int, style: Style) -> str:
    """The printed label of note `number`, from 1."""
    if style.numbering == "①":
        return CIRCLED[number - 1]
    if style.numbering == "*":
        return SYMBOLS[number - 1]
    return style.numbering.replace("1", str(number))


def typeset(document: Document, style: Style) -> bytes:
    """The PDF of a document."""
    if style.typesetter == "weasyprint":
        import weasyprint

        return weasyprint.HTML(string=page_html(document, style)).write_pdf()
    return _print(page_html(document, style))


def page_html(document: Document, style: Style) -> str:
    """The whole page, its style sheet included."""
    writer = _Writer(document, style)
    script = f"<script>{(HERE / 'paginate.js').read_text('utf-8')}</script>" if style.typesetter == "chromium" else ""
    return (
        f'<!doctype html><html lang="{style.lang}"><head><meta charset="utf-8"><title>{escape(document.title)}</title>'
        f"<style>{_css(document, style)}</style></head>"
        f'<body data-columns="{style.columns}" data-restart="{style.restart}" data-running="{style.running}"'
        f' data-number="{style.page_number}" data-head="{escape(_heads(document)[0])}" data-head2="{escape(_heads(document)[1])}">'
        f"{writer.cover()}{writer.toc()}<main>{writer.body()}</main>{writer.back()}{script}</body></html>"
    )


def _heads(document: Document) -> tuple[str, str]:
    return f"{document.series} {document.code}", document.title.split(":")[0]


class _Writer:
    def __init__(self, document: Document, style: Style) -> None:
        self.document, self.style = document, style
        self.given: dict[int, str] = {}
        self.since_restart = 0
        self.held: list[int] = []  # endnotes of this section

    def cover(self) -> str:
        if not self.style.cover:
            return ""
        d = self.document
        return (
            f'<section class="cover"><p>{escape(d.series)} {escape(d.code)}</p><p class="big">{escape(d.title)}</p>'
            f"<p>{escape(d.byline)}</p><p>{escape(d.institute)}</p></section>"
        )

    def toc(self) -> str:
        if not self.style.toc:
            return ""
        heads = [block["inline"][0] for block in self.document.blocks if block["kind"] == "heading"]
        name = "Contents" if self.style.lang == "en" else "목차"
        lines = "".join(
            f"<p>{escape(str(head))} {'·' * (40 - len(str(head)) // 2)} {2 * place + 3}</p>"
            for place, head in enumerate(heads)
        )
        return f'<section class="toc"><p class="big">{name}</p>{lines}</section>'

    def back(self) -> str:
        if not self.style.back:
            return ""
        lines = ("Printed and published by", "Publisher: Composed Layouts Institute", "ISBN 979-11-000-0000-0")
        return '<section class="back">' + "".join(f"<p>{line}</p>" for line in lines) + "</section>"

    def body(self) -> str:
        d = self.document
        parts = [f'<p class="kicker">{escape(d.series)} {escape(d.code)}</p><h1>{escape(d.title)}</h1>']
        parts.append(f'<p class="byline">{escape(d.byline)}</p><div class="flow">')
        for block in d.blocks:
            if block["kind"] == "heading" and self.style.restart == "section":
                parts.append(self._held_notes())
                self.since_restart = 0
            parts.append(self._block(block))
        parts.append(self._held_notes())
        return "".join(parts) + "</div>"

    def _held_notes(self) -> str:
        if self.style.notes == "foot" or not self.held:
            return ""
        name = "Notes" if self.style.lang == "en" else "주"
        lines = "".join(
            f'<p class="endnote"><span class="label">{escape(self.given[note])}</span> {escape(self.document.notes[note])}</p>'
            for note in self.held
        )
        self.held = []
        return f"<h2>{name}</h2>{lines}"

    def _block(self, block: dict[str, Any]) -> str:
        kind = block["kind"]
        if kind == "heading":
            first = ' class="restart"' if self.style.restart == "section" else ""
            return f"<h2{first}>{self._inline(block['inline'])}</h2>"
        if kind == "paragraph":
            return f"<p>{self._inline(block['inline'])}</p>"
        if kind in ("quote", "aside"):
            return f'<p class="{kind}">{self._inline(block["inline"])}</p>'
        if kind == "list":
            return "".join(
                f'<p class="item"><span class="mark">{_mark(block["marks"], place)}</span> {self._inline(item)}</p>'
                for place, item in enumerate(block["items"])
            )
        if kind == "figure":
            drawing = (
                '<svg width="180" height="70"><path d="M5 60 L40 30 L90 45 L150 10" stroke="#357" fill="none"/></svg>'
            )
            return f'<div class="figure">{drawing}<p class="caption">{escape(block["caption"])}</p></div>'
        rows = "".join(
            "<tr>" + "".join(f"<td>{self._inline(cell)}</td>" for cell in row) + "</tr>" for row in block["rows"]
        )
        ruled = "ruled" if block["ruled"] else "open"
        return f'<div class="figure"><p class="caption">{escape(block["caption"])}</p><table class="{ruled}">{rows}</table></div>'

    def _inline(self, inline: Inline) -> str:
        return "".join(self._call(part) if isinstance(part, int) else escape(part) for part in inline)

    def _call(self, note: int) -> str:
        css = "call inline" if self.style.inline_call else "call"
        if note in self.given:
            return f'<span class="{css}" data-again="{note}">{escape(self.given[note])}</span>'
        self.since_restart += 1
        self.given[note] = label_of(self.since_restart, self.style)
        if self.style.notes != "foot":
            self.held.append(note)
            return f'<span class="{css}">{escape(self.given[note])}</span>'
        text = escape(self.document.notes[note])
        if self.style.typesetter == "weasyprint":
            return f'<span class="fn">{text}</span>'
        return f'<span class="{css}" data-note="{text}" data-id="{note}">{escape(self.given[note])}</span>'


def _mark(marks: str, place: int) -> str:
    return CIRCLED[place] if marks == "①" else marks.replace("1", str(place + 1))


def _css(d: Document, s: Style) -> str:
    width, height = s.paper_mm
    raised = "" if s.inline_call else "vertical-align: super; font-size: 0.62em; line-height: 0;"
    label = "vertical-align: super; font-size: 0.7em; line-height: 0;" if s.raised_label else ""
    heading = {
        "bold": "font-size: 1em; font-weight: bold;", "large": "font-size: 1.25em; font-weight: normal;",
        "centred": "font-size: 1.1em; font-weight: bold; text-align: center;",
        "colour": "font-size: 1.15em; font-weight: bold; color: #1a4f7a;",
    }.get(s.heading, "font-size: 1.1em; font-weight: bold;")  # fmt: skip
    indent = "0" if s.paragraphs == "gap" else "1em"
    gap = "0" if s.paragraphs == "indent" else "0.7em"
    css = f"""
    * {{ box-sizing: border-box }}
    body {{ margin: 0; font-family: "{s.font}"; font-size: {s.size_pt}pt; line-height: {s.leading};
      hyphens: {"auto" if s.hyphenate else "manual"}; word-break: {"keep-all" if s.lang == "ko" and not s.justify else "normal"}; }}
    p {{ margin: 0 0 {gap}; text-indent: {indent}; text-align: {"justify" if s.justify else "left"}; orphans: 2; widows: 2 }}
    h1 {{ font-size: 1.7em; line-height: 1.25; text-align: center; margin: 0.4em 0 }}
    h2 {{ {heading} margin: 1.1em 0 0.5em; break-after: avoid; line-height: 1.3 }}
    .kicker, .byline, .cover p, .toc p, .back p, .caption, .endnote, .item, .aside {{ text-indent: 0 }}
    .byline {{ text-align: right; margin-bottom: 1.2em }}
    .cover {{ text-align: center; padding-top: 40%; }} .big {{ font-size: 2em; line-height: 1.3 }}
    .cover, .toc {{ break-after: page }} .back {{ break-before: page }}
    .call {{ {raised} }} .endnote {{ font-size: {s.note_scale}em; margin-bottom: 0.2em }} .endnote .label {{ {label} }}
    .item {{ margin-left: 1.5em; text-indent: -1.2em }} .quote {{ margin: 0.6em 2em; text-indent: 0 }}
    .aside {{ border: 0.7pt solid #555; padding: 0.6em; margin: 0.8em 0 }}
    .figure {{ margin: 0.8em 0; break-inside: avoid }} .caption {{ font-size: 0.92em; text-align: center; margin: 0.3em 0 }}
    table {{ width: 100%; border-collapse: collapse; font-size: 0.92em }} td {{ padding: 0.15em 0.4em; text-align: left }}
    .ruled td {{ border: 0.6pt solid #333 }} .open {{ border-top: 0.8pt solid #333; border-bottom: 0.8pt solid #333 }}
    .open tr:first-child td {{ border-bottom: 0.5pt solid #333 }}
    """  # fmt: skip
    if s.typesetter == "weasyprint":
        return css + _paged_css(d, s)
    return css + f"""
    @page {{ size: {width}mm {height}mm; margin: 0 }}
    .sheet {{ position: relative; width: {width}mm; height: {height}mm; break-after: page; overflow: hidden }}
    .cover, .toc, .back {{ padding-left: {s.side_mm}mm; padding-right: {s.side_mm}mm }} .toc, .back {{ padding-top: 25mm }}
    .head, .foot {{ position: absolute; left: {s.side_mm}mm; right: {s.side_mm}mm; font-size: 0.85em }}
    .head {{ top: 12mm }} .foot {{ bottom: 10mm; text-align: center }} .right {{ text-align: right }}
    .column {{ display: flex; flex-direction: column; justify-content: space-between; position: absolute; top: 24mm; bottom: 22mm }}
    .text {{ flow-root: true; display: flow-root }} .wide {{ position: absolute; top: 24mm; left: {s.side_mm}mm; right: {s.side_mm}mm }}
    .notes {{ display: flow-root; font-size: {s.note_scale}em; padding-top: 0.5em }}
    .notes p {{ text-indent: 0; margin: 0 0 0.15em }} .notes .label {{ {label} }}
    .notes:not(:empty)::before {{ content: ""; display: block; height: 0.4em;
      border-top: {"0" if s.rule == "none" else "0.6pt"} solid #000; width: {"100%" if s.rule == "full" else "32%"} }}
    .cut {{ text-align-last: {"justify" if s.justify else "auto"}; margin-bottom: 0 }} .rest {{ text-indent: 0 !important }}
    """  # fmt: skip


def _paged_css(d: Document, s: Style) -> str:
    width, height = s.paper_mm
    one, two = _heads(d)
    running = {
        "none": "",
        "same": f'@page {{ @top-center {{ content: "{one}"; font-size: 0.8em }} }}',
        "alternate": f'@page :right {{ @top-right {{ content: "{two}"; font-size: 0.8em }} }}'
        f'@page :left {{ @top-left {{ content: "{one}"; font-size: 0.8em }} }}',
    }[s.running]
    number = {"foot": "counter(page)", "dashes": '"- " counter(page) " -"', "corner": "counter(page)"}[s.page_number]
    place = "@bottom-right" if s.page_number == "corner" else "@bottom-center"
    style = "circled" if s.numbering == "①" else "stars" if s.numbering == "*" else "decimal"
    before, after = s.numbering.split("1") if "1" in s.numbering else ("", "")
    form = f'"{before}" counter(footnote, {style}) "{after}"'
    raised = "" if s.inline_call else "vertical-align: super; font-size: 0.62em; line-height: 0;"
    label = (
        "vertical-align: super; font-size: 0.7em; line-height: 0;"
        if s.raised_label
        else "vertical-align: baseline; font-size: 1em;"
    )
    resets = {"page": "@page { counter-reset: footnote }", "section": ".restart { counter-reset: footnote }"}
    circled = " ".join(f'"{sign}"' for sign in CIRCLED)
    stars = " ".join(f'"{sign}"' for sign in SYMBOLS)
    border = "0" if s.rule == "none" else "0.6pt solid #000"
    return f"""
    @counter-style circled {{ system: fixed; symbols: {circled}; suffix: "" }}
    @counter-style stars {{ system: fixed; symbols: {stars}; suffix: "" }}
    @page {{ size: {width}mm {height}mm; margin: 24mm {s.side_mm}mm 22mm;
      {place} {{ content: {number}; font-size: 0.85em }}
      @footnote {{ border-top: {border}; padding-top: 0.5em; border-length: 30%; }} }}
    {running} {resets.get(s.restart, "")}
    body {{ counter-reset: footnote }}
    .fn {{ float: footnote; font-size: {s.note_scale * s.size_pt}pt; font-weight: normal; text-align: left; color: #000;
      text-indent: 0; line-height: 1.3; margin-bottom: 0.15em }}
    .fn::footnote-call {{ content: {form}; {raised} }}
    .fn::footnote-marker {{ content: {form} " "; {label} list-style-position: inside }}
    .flow {{ columns: {s.columns}; column-gap: 8mm }}
    """  # fmt: skip


def _print(html: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        page, pdf = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(html, "utf-8")
        command = [*CHROMIUM, f"--user-data-dir={folder}/profile", f"--print-to-pdf={pdf}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return pdf.read_bytes()
