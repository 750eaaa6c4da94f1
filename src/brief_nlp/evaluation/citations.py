"""Citations against the marked-up notes of `corpus/citations`.

A field counts where note, name and span are right, and for dates the value too. Punctuation and
quotation marks at the edges of a span do not count. The history of the parts: corpus/citations/README.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from brief_nlp.evaluation.scores import F1, Score
from brief_nlp.schema import Citation, CitationKind, FieldName, Footnote
from brief_nlp.tagging.citations import cite

PARTS = ("dev", "dev2", "dev3", "held")
BARS = {"en": 0.95, "ko": 0.90}
_EDGES = ' .,;:()[]<>“”"「」『』《》〈〉'


class GoldField(NamedTuple):
    """A field as marked up; `date` is EDTF, empty for other fields."""

    name: str
    start: int
    end: int
    date: str


class GoldCitation(NamedTuple):
    """A citation as marked up; `repeats` is a note's label, empty where there is none."""

    kind: str
    start: int
    end: int
    repeats: str
    fields: tuple[GoldField, ...]


class GoldDocument(NamedTuple):
    """The notes of a document as text, and the citations by note."""

    text: str
    notes: tuple[Footnote, ...]
    citations: tuple[tuple[GoldCitation, ...], ...]


def gold_documents(path: Path) -> Iterator[GoldDocument]:
    """The documents of a marked-up file."""
    for document in ElementTree.parse(path).getroot().iter("document"):  # noqa: S314 - a file of the project
        text = ""
        notes: list[Footnote] = []
        citations: list[tuple[GoldCitation, ...]] = []
        for index, element in enumerate(document.iter("note")):
            start = len(text)
            found: list[GoldCitation] = []
            text = _read(element, text, found)
            notes.append(
                Footnote(index=index, label=element.get("n", ""), block=index, start=start, end=len(text), markers=())
            )
            citations.append(tuple(found))
            text += "\n"
        yield GoldDocument(text, tuple(notes), tuple(citations))


def _read(note: ElementTree.Element, text: str, found: list[GoldCitation]) -> str:
    text += note.text or ""
    for citation in note:
        start = len(text)
        text += citation.text or ""
        fields = []
        for field in citation:
            left = len(text)
            text += field.text or ""
            fields.append(GoldField(field.tag, left, len(text), field.get("edtf", "")))
            text += field.tail or ""
        found.append(
            GoldCitation(citation.get("kind", ""), start, len(text), citation.get("repeats", ""), tuple(fields))
        )
        text += citation.tail or ""
    return text


def bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without punctuation at its edges."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end


def found_fields(text: str, note: Footnote) -> set[tuple[object, ...]]:
    """The fields that were read from a note, comparable with `gold_fields`."""
    return {
        (field.name.value, *bare(text, field.start, field.end), field.value if _is_date(field.name) else "")
        for citation in note.citations
        for field in citation.fields
    }


def gold_fields(text: str, citations: Sequence[GoldCitation]) -> set[tuple[object, ...]]:
    """The fields of a note as marked up."""
    return {(f.name, *bare(text, f.start, f.end), f.date) for citation in citations for f in citation.fields}


def _is_date(name: FieldName) -> bool:
    return name in (FieldName.DATE, FieldName.ACCESSED)


def _same(gold: GoldCitation, found: Sequence[Citation]) -> Citation | None:
    """The found citation that covers most of a marked-up one."""
    shared = [(min(gold.end, one.end) - max(gold.start, one.start), one) for one in found]
    best = max(shared, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] > 0 else None


def part_scores(folder: Path, lang: str, part: str) -> list[Score]:
    """The figures of one file."""
    right = predicted = wanted = kinds = total = resolved = repeats = notes = plain = 0
    for document in gold_documents(folder / f"{lang}.{part}.xml"):
        labels = {note.index: note.label for note in document.notes}
        for note, gold in zip(cite(document.text, document.notes), document.citations, strict=True):
            ours, theirs = found_fields(document.text, note), gold_fields(document.text, gold)
            right, predicted, wanted = right + len(ours & theirs), predicted + len(ours), wanted + len(theirs)
            notes += 1
            plain += bool(gold) == bool(note.citations)
            for citation in gold:
                same = _same(citation, note.citations)
                total += 1
                kinds += bool(same and same.kind.value == citation.kind)
                if citation.kind == CitationKind.REPEAT.value:
                    repeats += 1
                    found = labels.get(same.repeats, "") if same and same.repeats is not None else ""
                    resolved += bool(same) and found == citation.repeats
    f1 = F1(right, predicted, wanted)
    name = f"citations {lang} {part}"
    return [
        Score(f"{name}: fields F1", f1.f1, BARS[lang], detail=f"{right} of {wanted}, {predicted - right} wrong"),
        Score(f"{name}: notes that cite told from those that do not", plain / notes, detail=f"{plain} of {notes}"),
        Score(f"{name}: kinds", kinds / total, detail=f"{kinds} of {total}"),
        Score(f"{name}: repeats resolved", resolved / repeats, detail=f"{resolved} of {repeats}"),
    ]


def corpus_scores(corpus: Path) -> list[Score]:
    """The figures of all files."""
    return [score for part in PARTS for lang in BARS for score in part_scores(corpus / "citations", lang, part)]
