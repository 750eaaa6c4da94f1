"""Texts with their names and dates marked up, as corpus/tagging/GUIDELINES.md says.

python -m brief_nlp.evaluation.marked_up corpus [NAME …]    # what is wrong in them, and how many there are
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from brief_nlp.schema import DateType, EntityType
from brief_nlp.training.texts import Text, read_text

MODS = ("start", "mid", "end", "approx", "less", "more", "equal_or_more", "equal_or_less")
_VALUE = re.compile(
    r"(?:PAST|PRESENT|FUTURE)_REF|P[\dX.]+[YMWD]|P(?:[\dX.]+Y)?(?:[\dX.]+M)?(?:[\dX.]+D)?|PT[\dX.]+[HMS]|[\dX]{4}.*|\.\./.*"
)


class Marked(NamedTuple):
    """A name or a date: offsets in the text of `MarkedText`, its type, its value and modifier (dates only)."""

    start: int
    end: int
    type: str
    value: str = ""
    mod: str = ""


class MarkedText(NamedTuple):
    """A text as one string (sentences of a paragraph parted by a space, paragraphs by a line break) with its gold."""

    source: Text
    text: str
    names: tuple[Marked, ...]
    dates: tuple[Marked, ...]


def read_marked(path: Path, source: Text) -> MarkedText:
    """The gold of a text. Raises `ValueError` where it does not fit the text or the guideline."""
    try:
        root = ElementTree.parse(path).getroot()  # noqa: S314 - a file of the project
    except ElementTree.ParseError as error:
        raise ValueError(f"no XML: {error}") from None
    elements = {int(element.get("line", "0")): element for element in root.iter("s")}
    wanted = [sentence for sentence in source.sentences if not sentence.heading]
    if missing := [sentence.line for sentence in wanted if sentence.line not in elements]:
        raise ValueError(f"lines without markup: {missing}")
    text, paragraph = "", -1
    found: list[Marked] = []
    for sentence in wanted:
        text += "" if not text else " " if sentence.paragraph == paragraph else "\n"
        paragraph = sentence.paragraph
        start = len(text)
        text = _read(elements[sentence.line], text, found)
        if text[start:] != sentence.text:
            raise ValueError(f"line {sentence.line}: the markup does not hold the sentence: {text[start:][:60]!r}")
    types = set(EntityType)
    return MarkedText(
        source,
        text,
        tuple(sorted(mark for mark in found if mark.type in types)),
        tuple(sorted(mark for mark in found if mark.type not in types)),
    )


def _read(element: ElementTree.Element, text: str, found: list[Marked]) -> str:
    """The text so far with that of an element; its marks are added to `found`."""
    start = len(text)
    text += element.text or ""
    for child in element:
        text = _read(child, text, found) + (child.tail or "")
    if element.tag == "s":
        return text
    mark = Marked(start, len(text), element.get("t", ""), element.get("v", ""), element.get("m", ""))
    words = text[start:]
    if words != words.strip() or not words:
        raise ValueError(f"white space at the edge of {words!r}")
    if element.tag == "e" and mark.type not in set(EntityType):
        raise ValueError(f"{words!r}: no type {mark.type!r}")
    if element.tag == "d" and (mark.type not in set(DateType) or not _VALUE.fullmatch(mark.value)):
        raise ValueError(f"{words!r}: no type {mark.type!r} or no value {mark.value!r}")
    if mark.mod and mark.mod not in MODS:
        raise ValueError(f"{words!r}: no modifier {mark.mod!r}")
    found.append(mark)
    return text


PARTS = ("tuned", "apart", "later")


def part_of(corpus: Path, name: str) -> str:
    """Which part a text belongs to: nobody tunes on those kept apart, nor on those that came later."""
    known = json.loads((corpus / "tagging" / "parts.json").read_text("utf-8"))
    return next((part for part in PARTS[1:] if name in known[part]), "tuned")


def has_dates(corpus: Path, name: str) -> bool:
    """Whether the dates of a text are marked: those of some that were composed for names are not."""
    return name not in json.loads((corpus / "tagging" / "parts.json").read_text("utf-8"))["names_only"]


def has_names(corpus: Path, name: str) -> bool:
    """Whether the names of a text are marked: those of some that were composed for dates are not."""
    return name not in json.loads((corpus / "tagging" / "parts.json").read_text("utf-8"))["dates_only"]


def source_of(corpus: Path, marked: Path) -> Text:
    """The text that a file marks up: one of the corpus of claims, else one that was composed for names and dates."""
    own = corpus / "tagging" / "texts" / marked.parent.name / f"{marked.stem}.txt"
    return read_text(own if own.exists() else corpus / "texts" / marked.parent.name / f"{marked.stem}.txt")


def read_all(corpus: Path) -> Iterator[MarkedText]:
    """Every marked-up text, in order of language and name."""
    for path in sorted((corpus / "tagging").glob("*/*.xml")):
        yield read_marked(path, source_of(corpus, path))


def main(arguments: Sequence[str]) -> int:
    """Print what is wrong and how much there is."""
    corpus, only = Path(arguments[0]), set(arguments[1:])
    wrong, counts = 0, Counter[str]()
    for path in sorted((corpus / "tagging").glob("*/*.xml")):
        if only and path.stem not in only:
            continue
        language = path.parent.name
        try:
            marked = read_marked(path, source_of(corpus, path))
        except ValueError as error:
            wrong += 1
            print(f"{path.stem}: {error}")  # noqa: T201
            continue
        counts.update({f"{language} texts": 1, f"{language} names": len(marked.names)})
        counts.update({f"{language} dates": len(marked.dates)})
    print(dict(counts))  # noqa: T201
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
