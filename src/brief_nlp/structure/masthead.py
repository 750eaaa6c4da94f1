"""Title, series, number, publisher and authors: what a publication says of itself at its head."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from brief_nlp.schema import Author, Block, BlockKind, Furniture, Masthead
from brief_nlp.structure.blocks import Piece

BYLINE_LENGTH = 220  # characters of the longest byline
LONGEST_SERIES = 50  # characters
ENDS_A_SENTENCE = re.compile(r"[.?!。][\"'”’」』)\]]*$")

_NUMBER = re.compile(
    r"\b(?P<code>[A-Z]{2,5}\s?\d{2}(?:\d{2})?-\d{1,3})\b|\b(?:vol\.?\s*\d+,?\s*)?no\.?\s*(?P<no>\d{1,4}(?:-\d{1,3})?)\b"
    r"|제\s?(?P<ho>\d{1,5})\s?호|\b(?P<yearly>(?:19|20)\d{2}-\d{1,3})\b",
    re.I,
)
_ISBN = re.compile(r"ISBN(?:-1[03])?[\s:]*((?:97[89][\s-]?)?(?:\d[\s-]?){9}[\dXx])")
_ISSN = re.compile(r"(?:e-?|p-?)?ISSN[\s:]*(\d{4}-?\d{3}[\dXx])", re.I)
_COPYRIGHT_HOLDER = re.compile(r"(?:©|ⓒ|\(c\))\s*(?:\d{4}\s*)?([^\d©ⓒ.]{2,80}?)\s*,?\s*(?:\d{4})?\s*\.?$", re.I)
_SEPARATOR = re.compile(r"\s*(?:;|·|ㆍ|\band\b|&)\s*(?=[^()]*(?:\(|$))")
_PARENTHESIS = re.compile(r"^(?P<name>[^()（）]{2,60}?)\s*[（(](?P<role>[^()（）]{2,150})[)）]\s*[*†]*$")
_KOREAN_NAME = re.compile(r"^[가-힣](?:\s?[가-힣]){1,3}$")
_LATIN_NAME = re.compile(r"^[A-Z][\w'’.-]*,?(?:\s[A-Z][\w'’.-]*){1,3}$")


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files("brief_nlp.structure.data").joinpath("masthead.json").read_text("utf-8"))
    return loaded


def with_byline(pieces: Sequence[Piece]) -> list[Piece]:
    """Marks what stands between the title and the first heading or real paragraph."""
    named = list(pieces)
    title = next((place for place, piece in enumerate(named) if piece.kind is BlockKind.TITLE), None)
    if title is None:
        return named
    for place in range(title + 1, len(named)):
        piece = named[place]
        text = piece.text
        if piece.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING) or len(text) > BYLINE_LENGTH:
            break
        if authors_in(text):
            named[place] = replace(piece, kind=BlockKind.BYLINE, level=None)
        elif piece.kind is BlockKind.PARAGRAPH and not ENDS_A_SENTENCE.search(text) and len(piece.lines) <= 2:
            named[place] = replace(piece, kind=BlockKind.MASTHEAD)
        else:
            break
    return named


def authors_in(text: str) -> tuple[Author, ...]:
    """The authors named in a byline; empty where the text is none."""
    authors = [_author(part.strip(" *†,")) for part in _SEPARATOR.split(text.strip()) if part.strip(" *†,")]
    if not authors or any(author is None for author in authors):
        return ()
    return tuple(author for author in authors if author)


def _author(text: str) -> Author | None:
    match = _PARENTHESIS.match(text)
    if match:
        name, role = match["name"].strip(), match["role"].strip()
        position, division = _role(role)
        if position is None and division is None:
            return None
        return Author(name=name, position=position, division=division) if _is_name(name) else None
    if _LATIN_NAME.match(text) and text.count(",") == 1 and len(text.split()) <= 4:
        return Author(name=text)
    parts = [part.strip() for part in text.split(",")]
    if len(parts) >= 2 and _is_name(parts[0]):
        position, division = _role(", ".join(parts[1:]))
        if position:
            return Author(name=parts[0], position=position, division=division)
    words = text.split()
    if len(words) >= 2 and _KOREAN_NAME.match(words[0]):
        position, division = _role(" ".join(words[1:]))
        if position:
            return Author(name=words[0], position=position, division=division)
    if re.fullmatch(r"[가-힣](?:\s[가-힣]){1,3}", text):
        return Author(name=text.replace(" ", ""))
    return None


def _is_name(text: str) -> bool:
    return bool(_KOREAN_NAME.match(text) or _LATIN_NAME.match(text))


def _role(text: str) -> tuple[str | None, str | None]:
    """(position, division) from `Research Fellow, North Korean Research Division` or `북한연구실 연구위원`."""
    data = _data()
    for position in data["positions_ko"]:
        match = re.search(rf"(?:^|[\s,]){position}$", text)
        if match:
            return position, text[: match.start()].strip(" ,") or None
    parts = [part.strip() for part in text.split(",") if part.strip()]
    position_at = next((i for i, part in enumerate(parts) if part.casefold() in data["positions_en"]), None)
    if position_at is None:
        position_at = next(
            (i for i, part in enumerate(parts) if any(word in part.casefold() for word in data["positions_en"])), None
        )
    rest = [part for i, part in enumerate(parts) if i != position_at]
    if position_at is None:
        return None, text if any(word in text.casefold() for word in data["divisions"]) else None
    return parts[position_at], ", ".join(rest) or None


def read_masthead(
    text: str,
    blocks: Sequence[Block],
    furniture: Sequence[Furniture],
    metadata: Mapping[str, str],
) -> Masthead:
    """The masthead from the text, the running heads and the metadata, with what is missing named."""
    of_kind = {kind: [text[b.start : b.end] for b in blocks if b.kind is kind] for kind in BlockKind}
    head = [*of_kind[BlockKind.MASTHEAD], *of_kind[BlockKind.BYLINE]]
    running = [item.text for item in furniture]
    title = next(iter(of_kind[BlockKind.TITLE]), None) or metadata.get("Title") or None
    series, number = _series_and_number([*dict.fromkeys(running), *of_kind[BlockKind.MASTHEAD]])
    isbn, issn = _ISBN.search(text), _ISSN.search(text)
    found = {
        "title": title,
        "series": series,
        "number": number,
        "publisher": _publisher(head, running, of_kind[BlockKind.COPYRIGHT], text),
        "authors": tuple(a for line in of_kind[BlockKind.BYLINE] for a in authors_in(line))
        or _metadata_author(metadata),
    }
    return Masthead(
        **found,
        isbn=re.sub(r"[\s-]", "", isbn[1]) if isbn else None,
        issn=issn[1] if issn else None,
        missing=tuple(name for name, value in found.items() if not value),
    )


def _series_and_number(lines: Sequence[str]) -> tuple[str | None, str | None]:
    series = number = None
    for line in lines:
        folded = line.casefold()
        if series is None:
            series = next(
                (name for name, forms in _data()["series"].items() if any(form in folded for form in forms)), None
            )
        match = _NUMBER.search(line)
        if number is None and match:
            number = next(value for value in match.groupdict().values() if value)
    if series is None and number is not None:  # an unknown series: the running head beside its number
        named = (line for line in lines if any(char.isalpha() for char in line) and not _NUMBER.search(line))
        series = next((line for line in named if len(line) <= LONGEST_SERIES), None)
    return series, number


def _publisher(head: Sequence[str], running: Sequence[str], copyright_lines: Sequence[str], text: str) -> str | None:
    data = _data()
    for name, forms in data["publishers"].items():
        if any(form in line.casefold() for line in (*head, *running) for form in forms):
            return str(name)
    for line in (*head, *running):
        if len(line) < 80 and any(word in line.casefold() for word in data["publisher_words"]) and not authors_in(line):
            return line
    if re.search(r"(?:©|ⓒ)\s?KINU\b", text):
        return "Korea Institute for National Unification"
    above = next((line for line in head if len(line) < 60 and not any(char.isdigit() for char in line)), None)
    if above and not authors_in(above):
        return above
    for line in copyright_lines:
        match = _COPYRIGHT_HOLDER.search(line.strip())
        if match:
            return match[1].strip()
    return None


def _metadata_author(metadata: Mapping[str, str]) -> tuple[Author, ...]:
    name = metadata.get("Author", "").strip()
    return (Author(name=name),) if name and _is_name(name) else ()
