"""A long document for speed and memory: dense pages with notes, set by typst from the words of the sample briefs."""

from __future__ import annotations

import sys
from pathlib import Path

import typst

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "corpus" / "layouts"))
from content import pool

SETTINGS = """#set page(paper: "a4", margin: 32mm, header: [Long document for measuring], footer: context align(center, str(here().page())))
#set text(font: "Libertinus Serif", size: 10.5pt, hyphenate: true)
#set par(justify: true, first-line-indent: 1em, leading: 1em, spacing: 1em)
#set footnote(numbering: "1)")
"""
PARAGRAPHS_A_PAGE = 6.2


def long_pdf(pages: int) -> bytes:
    """A PDF of about as many pages, each of some 3,000 characters and three notes."""
    words = pool("en")
    parts = [SETTINGS]
    for number in range(int(pages * PARAGRAPHS_A_PAGE)):
        if number % 20 == 0:
            parts.append(f"\n= {words.headings[number // 20 % len(words.headings)]}\n")
        sentences = [words.sentences[(number * 7 + place * 3) % len(words.sentences)] for place in range(5)]
        call = f"#footnote[{_plain(words.notes[number % len(words.notes)])}]" if number % 3 == 0 else ""
        parts.append(f"\n{_plain(' '.join(sentences))}{call}\n")
    return bytes(typst.compile("\n".join(parts).encode(), timestamp=946684800))


def _plain(text: str) -> str:
    return "".join(f"\\{char}" if char in "#$*_`<>@[]\\/~-'\"" else char for char in text)


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(long_pdf(int(sys.argv[1])))
