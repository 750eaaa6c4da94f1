"""Draws the content of a document and the style it is set in, both from a seed.

The words are those of the sample briefs (`corpus/samples/source`), shuffled: a layout document
reads like a brief from afar and makes no sense close up. Inline text is a list of strings and of
integers; an integer calls the note of that number (from 0) in `Document.notes`.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "samples"))

from build import MARKER, read_source  # noqa: E402 - the samples' own reader

Inline = list[str | int]


@dataclass(frozen=True)
class Style:
    """What is drawn at random of a layout. Lengths in the unit that the name says."""

    name: str
    typesetter: str
    lang: str
    font: str
    size_pt: float
    leading: float
    paper_mm: tuple[int, int]
    side_mm: int
    columns: int
    notes: str  # foot, endnotes, section (endnotes after each section)
    numbering: str  # with 1 in the place of the number, or the symbol * or ①
    restart: str  # never, page, section
    inline_call: bool  # the call stands on the baseline in full size
    raised_label: bool  # the label of the note is raised too
    rule: str  # short, full, none
    note_scale: float
    paragraphs: str  # indent, gap, both
    justify: bool
    hyphenate: bool
    heading: str  # bold, large, centred, plain_colour, numbered
    running: str  # alternate, same, none
    page_number: str  # foot, corner
    cover: bool
    toc: bool
    back: bool


@dataclass
class Document:
    """What is typeset: blocks in reading order and the notes in the order of their first call."""

    title: str
    byline: str
    series: str
    code: str
    institute: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Pool:
    """Words to draw from."""

    titles: tuple[str, ...]
    headings: tuple[str, ...]
    sentences: tuple[str, ...]
    notes: tuple[str, ...]
    tables: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]


NAMES = {
    "en": (("Yoon, Ha-rin", "Seo, Do-yun", "Moon, Chae-won"), "Composed Layouts Institute", "Layout Series", "Notes"),
    "ko": (("윤하린", "서도윤", "문채원"), "조판시험연구소", "조판총서", "주"),
}


@cache
def pool(lang: str) -> Pool:
    """All words of one language in the sample briefs, markers taken out."""
    sources = [read_source(path) for path in sorted((HERE.parent / "samples" / "source").glob("*.txt"))]
    sources = [source for source in sources if source["language"] == lang]
    headings, sentences, tables = [], [], []
    for source in sources:
        for block in source["blocks"]:
            if block["kind"] == "heading":
                headings.append(MARKER.sub("", block["text"]))
            elif block["kind"] == "table":
                tables.append((block["caption"], tuple(tuple(map(_plain, row)) for row in block["rows"])))
            else:
                items = [block["sentences"]] if block["kind"] == "paragraph" else block["items"]
                sentences += [_plain(sentence["text"]) for item in items for sentence in item]
    notes = [_plain(text) for source in sources for text in source["notes"].values()]
    return Pool(tuple(s["title"] for s in sources), tuple(headings), tuple(sentences), tuple(notes), tuple(tables))


def _plain(text: str) -> str:
    return MARKER.sub("", text).strip()


def draw_document(style: Style, seed: str) -> Document:
    """A document whose blocks fit the style."""
    chance = random.Random(f"content {seed}")
    words = pool(style.lang)
    people, institute, series, _ = NAMES[style.lang]
    sentences = chance.sample(words.sentences, len(words.sentences))
    headings = chance.sample(words.headings, len(words.headings))
    title = chance.choice(words.titles)
    document = Document(
        title, chance.choice(people), series, f"LS {chance.randint(10, 29)}-{chance.randint(1, 9):02}", institute
    )
    few = style.numbering == "*"
    calls = _Calls(chance, words, document, 5 if few else 14, style.restart != "page")
    document.blocks.append({"kind": "paragraph", "inline": _paragraph(chance, sentences, calls)})
    extras = chance.sample(["list", "numbers", "quote", "aside", "table", "open_table", "figure"], 5)
    for number, heading in enumerate(headings[:5], 1):
        if calls.done and number > 3:
            break
        prefix = {"numbered": f"{number}. ", "roman": f"{'ⅠⅡⅢⅣⅤ'[number - 1]}. "}.get(style.heading, "")
        inline: Inline = [prefix + heading]
        if number == 2:
            inline.append(calls.new())
        document.blocks.append({"kind": "heading", "inline": inline})
        for _ in range(chance.randint(2, 4)):
            if sentences:
                document.blocks.append({"kind": "paragraph", "inline": _paragraph(chance, sentences, calls)})
        if extras and sentences:
            document.blocks.append(_extra(extras.pop(), chance, words, sentences, calls, style))
            if sentences:
                document.blocks.append({"kind": "paragraph", "inline": _paragraph(chance, sentences, calls)})
    return document


class _Calls:
    """Hands out calls for notes; now and then a second call for an earlier one."""

    def __init__(self, chance: random.Random, words: Pool, document: Document, most: int, repeats: bool) -> None:
        self._chance, self._words, self._document, self._most = chance, words, document, most
        self._repeated = not repeats
        # texts of notes are taken from the end: those of the samples first, plain sentences once they run out
        explaining = chance.sample(words.sentences, len(words.sentences))
        self._texts = [*explaining, *chance.sample(words.notes, len(words.notes))]

    @property
    def done(self) -> bool:
        return len(self._document.notes) >= self._most

    def new(self) -> int:
        number = len(self._document.notes)
        text = self._texts.pop()
        kind = self._chance.random()
        if kind < 0.12:  # a note that is longer than what it explains
            text = " ".join([text, *self._chance.sample(self._words.sentences, self._chance.randint(4, 9))])
        elif kind < 0.3:
            text = f"{text} {self._chance.choice(self._words.sentences)}"
        self._document.notes.append(text)
        return number

    def some(self) -> Inline:
        """Calls behind a sentence: mostly none or one, sometimes two in a row, once a repeated one."""
        if self.done or self._chance.random() > 0.36:
            return []
        if not self._repeated and len(self._document.notes) > 2 and self._chance.random() < 0.3:
            self._repeated = True
            return [len(self._document.notes) - 1]
        if self._chance.random() < 0.1 and len(self._document.notes) + 2 <= self._most:
            return [self.new(), self.new()]
        return [self.new()]


def _paragraph(chance: random.Random, sentences: list[str], calls: _Calls, most: int = 5) -> Inline:
    inline: Inline = []
    for place in range(min(len(sentences), chance.randint(2, most))):
        inline += [(" " if place else "") + sentences.pop(), *calls.some()]
    return inline


def _extra(
    kind: str, chance: random.Random, words: Pool, sentences: list[str], calls: _Calls, style: Style
) -> dict[str, Any]:
    if kind in ("list", "numbers"):
        items = [_paragraph(chance, sentences, calls, 2) for _ in range(3) if sentences]
        marks = chance.choice(("(1)", "1)", "①") if kind == "numbers" else ("•", "–", "■"))
        return {"kind": "list", "marks": marks, "items": items}
    if kind == "quote":
        return {"kind": "quote", "inline": _paragraph(chance, sentences, calls, 3)}
    if kind == "aside":
        return {"kind": "aside", "inline": _paragraph(chance, sentences, calls, 3)}
    if kind == "figure":
        label = "Figure 1. " if style.lang == "en" else "<그림 1> "
        return {"kind": "figure", "caption": label + chance.choice(words.headings)}
    caption, rows = chance.choice(words.tables) if words.tables else ("", ())
    cells: list[list[Inline]] = [[[cell] for cell in row] for row in rows]
    if chance.random() < 0.5 and not calls.done:
        cells[1][-1].append(calls.new())
    return {"kind": "table", "ruled": kind == "table", "caption": caption, "rows": cells}


SERIF = {"en": ("Liberation Serif", "DejaVu Serif"), "ko": ("NanumMyeongjo", "Noto Serif CJK KR")}
SANS = {"en": ("Liberation Sans", "DejaVu Sans"), "ko": ("NanumGothic", "NanumBarunGothic", "Noto Sans CJK KR")}
PAPER = ((210, 297), (210, 297), (176, 248), (188, 257), (216, 279))


def draw_style(number: int, part: str) -> Style:
    """The style of layout `number` of a part (`tuned` or `unseen`)."""
    chance = random.Random(f"style {part} {number}")
    typesetter = ("typst", "weasyprint", "chromium")[number % 3]
    lang = "ko" if number % 5 in (1, 3) else "en"
    fonts = (*SERIF[lang], *SANS[lang])
    if typesetter == "typst" and lang == "en":
        fonts = (*fonts, "Libertinus Serif", "New Computer Modern")
    notes = chance.choice(("foot", "foot", "foot", "foot", "endnotes", "section"))
    numbering = chance.choice(("1)", "1)", "1", "1", "[1]", "(1)", "*", "①"))
    restart = "section" if notes == "section" else chance.choice(("never", "never", "never", "section", "page"))
    if notes == "endnotes" or (restart == "page" and typesetter != "weasyprint"):
        restart = "never"
    if numbering == "*":
        notes, restart = "foot", "page" if typesetter == "weasyprint" else "never"
    paper = chance.choice(PAPER)
    columns = chance.choice((1, 1, 1, 2, 2)) if paper[0] > 190 else 1
    return Style(
        name=f"{part}_{number:02}_{typesetter}_{lang}",
        typesetter=typesetter,
        lang=lang,
        font=chance.choice(fonts),
        size_pt=chance.choice((9, 9.5, 10, 10.5, 11)) - (0.5 if columns == 2 else 0),
        leading=chance.choice((1.3, 1.4, 1.5, 1.65, 1.8)),
        paper_mm=paper,
        side_mm=chance.randint(16, 34) if columns == 1 else chance.randint(14, 20),
        columns=columns,
        notes=notes,
        numbering=numbering,
        restart=restart,
        inline_call=numbering in ("[1]", "(1)") and chance.random() < 0.5,
        raised_label=chance.random() < 0.4,
        rule=chance.choice(("short", "short", "short", "full", "none")),
        note_scale=chance.choice((0.75, 0.8, 0.85, 0.88)),
        paragraphs=chance.choice(("indent", "gap", "both")),
        justify=chance.random() < 0.75,
        hyphenate=lang == "en" and chance.random() < 0.5,
        heading=chance.choice(("bold", "large", "centred", "colour", "numbered", "roman")),
        running=chance.choice(("alternate", "same", "none")),
        page_number=chance.choice(("foot", "corner", "dashes")),
        cover=chance.random() < 0.25,
        toc=chance.random() < 0.25,
        back=chance.random() < 0.25,
    )  # fmt: skip
