"""PDFs made for measuring: short briefs set by typst from the words of the sample briefs, and poison."""

from __future__ import annotations

import random
import sys
import zlib
from pathlib import Path

import typst

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "corpus" / "layouts"))
from content import pool

SETTINGS = """#set page(paper: "a4", margin: 28mm, footer: context align(center, str(here().page())))
#set text(font: ("Libertinus Serif", "NanumMyeongjo", "Noto Serif CJK KR"), size: 10.5pt, lang: "{language}")
#set par(justify: true, first-line-indent: 1em)
#set footnote(numbering: "1)")
"""
KINDS = ("text", "encrypted", "damaged", "memory", "slow")  # of poison


def brief(number: int, sentences: int = 28) -> bytes:
    """A brief of its own for each number, one in three Korean: headings, paragraphs of four sentences, notes."""
    dice = random.Random(number)
    language = "ko" if number % 3 == 2 else "en"
    words = pool(language)
    parts = [SETTINGS.format(language=language), f"\n= {_plain(dice.choice(words.headings))} {number}\n"]
    for place in range(0, sentences, 4):
        said = " ".join(dice.choice(words.sentences) for _ in range(min(4, sentences - place)))
        note = f"#footnote[{_plain(dice.choice(words.notes))}]" if place % 8 == 0 else ""
        heading = f"\n== {_plain(dice.choice(words.headings))}\n" if place and place % 12 == 0 else ""
        parts.append(f"{heading}\n{_plain(said)}{note}\n")
    return bytes(typst.compile("\n".join(parts).encode(), timestamp=946684800))


def again(pdf: bytes, number: int) -> bytes:
    """The same pages in bytes of their own: a comment at the end, which readers pass over."""
    return pdf + f"\n%{number}\n".encode()


def poison(kind: str, number: int) -> bytes:
    """A file that cannot be read: no PDF, encrypted, damaged, of a page that swells, of one that takes long."""
    if kind == "text":
        return f"Letter {number}: no PDF at all.".encode()
    if kind == "damaged":
        return b"%PDF-1.7\n" + random.Random(number).randbytes(5_000)
    if kind == "encrypted":
        lock = b"<</Filter/Standard/V 2/R 3/Length 128/P -44/O<" + b"ab" * 32 + b">/U<" + b"cd" * 32 + b">>>"
        data = _pdf(b" ", lock).replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 6 0 R/ID[<00><00>]")
    elif kind == "memory":
        press = zlib.compressobj(9)
        data = _pdf(b"".join(press.compress(b" " * (1 << 20)) for _ in range(1500)) + press.flush(), filtered=True)
    else:
        lines = (f"1 0 0 1 40 {700 - 7 * i} Tm ({'word ' * 12}) Tj" for i in range(95))
        data = _pdf(zlib.compress(("BT /F 6 Tf " + "\n".join(lines) + " ET").encode()), filtered=True, pages=1_990)
    return again(data, number)


def _pdf(content: bytes, *more: bytes, filtered: bool = False, pages: int = 1) -> bytes:
    """A PDF whose pages are all the same."""
    said = b"/Filter/FlateDecode" if filtered else b""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, b"3 0 R " * pages),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<<" + said + b"/Length %d>>\nstream\n" % len(content) + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    ]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    end += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return bytes(out + end)


def _plain(text: str) -> str:
    return "".join(f"\\{char}" if char in "#$*_`<>@[]\\/~-'\"" else char for char in text)
