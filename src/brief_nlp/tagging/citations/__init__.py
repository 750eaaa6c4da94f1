"""Bibliographic references in notes, each field with the place where it stands.

A note is cut at semicolons and ends of sentences. Each piece is read as a repeat, a law, an
interview or a reference in one of two styles: members in a row (`listed`) or author and date
(`dated`). What fits no form is left out: a citation with wrong fields is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from brief_nlp.schema import Citation, CitationKind, CitedField, FieldName, Footnote, FootnoteKind
from brief_nlp.tagging.citations.dated import read_dated
from brief_nlp.tagging.citations.known import Known
from brief_nlp.tagging.citations.laws import read_laws
from brief_nlp.tagging.citations.listed import read_listed
from brief_nlp.tagging.citations.members import Read, members_of
from brief_nlp.tagging.citations.parts import Part, parts_of
from brief_nlp.tagging.citations.people import ABOUT
from brief_nlp.tagging.citations.pieces import pieces
from brief_nlp.tagging.citations.repeats import read_repeat, read_years
from brief_nlp.tagging.citations.words import pattern

_INTERVIEW = re.compile(r"\b(?:interviews?|correspondence|personal communication|e-?mail)\b|인터뷰|면담|면접조사", re.I)
_BRACKETS = re.compile(r"\([^()]{8,400}\)")
_AND = re.compile(
    r"[,\s]*(?:\band\b|\balso\b|\b및\b|[을를],?\s[가-힣\s]{0,20}(?:관하여는|관해서는|대해서는|로는)\s)[,\s]*(?:[a-z]+\s?){0,4},?\s*(?=[“‘「『《A-Z])"
)
_EXPLAINED = 40  # characters of a note beside its citations that make it an explanation too


def cite(text: str, footnotes: Sequence[Footnote]) -> tuple[Footnote, ...]:
    """The notes of a document with their citations; repeats are resolved against the notes before."""
    known: list[Known] = []
    labels: dict[str, int] = {}
    made: list[Footnote] = []
    for note in footnotes:
        citations = tuple(_cited(text, note, known, labels))
        kind = _kind_of_note(text[note.start : note.end], citations)
        made.append(note.model_copy(update={"citations": citations, "kind": kind}))
        labels[note.label] = note.index
    return tuple(made)


def _cited(text: str, note: Footnote, known: list[Known], labels: dict[str, int]) -> Iterator[Citation]:
    own: list[Citation] = []
    done = note.start
    for left, right in pieces(text, note.start, note.end):
        if left < done:
            continue
        if own and _visited(text[left:right], own[-1]):
            own[-1] = _with_visit(text, left, right, own[-1])
            known[-1] = known[-1]._replace(citation=own[-1])
            continue
        for at, read in _read(text, left, right, note.end, known, labels, own):
            citation = _citation(read, at)
            full = citation.repeats if citation.kind is CitationKind.REPEAT else note.index
            known.append(Known(note.index, full, citation))
            own.append(citation)
            done = max(done, citation.end)
    yield from own


def _read(
    text: str,
    left: int,
    right: int,
    limit: int,
    known: Sequence[Known],
    labels: dict[str, int],
    own: Sequence[Citation],
) -> list[tuple[int, Read]]:
    """What a piece cites, each with the offset that its own offsets count from."""
    at = left + _lead(text[left:right])
    dated = read_dated(text[at:limit])
    if dated:
        return [(at, dated)]
    found = _one(text[at:right], known, labels, own)
    if found:
        end = at + max(read.end for read in found)
        more = _AND.match(text, end, right)
        rest = _one(text[more.end() : right], known, labels, own) if more else []
        told = [(at, read) for read in found] + [(more.end(), read) for read in rest if more]
        return told if more else told + _in_brackets(text, end, right, known, labels, own)
    return _in_brackets(text, at, right, known, labels, own)


def _in_brackets(
    text: str, left: int, right: int, known: Sequence[Known], labels: dict[str, int], own: Sequence[Citation]
) -> list[tuple[int, Read]]:
    """What the brackets of a sentence cite."""
    return [
        (start, read)
        for bracket in _BRACKETS.finditer(text, left, right)
        for start, stop in pieces(text, bracket.start() + 1, bracket.end() - 1)
        for read in _one(text[start:stop], known, labels, own)
        if read.kind is not CitationKind.LAW
    ]


def _one(piece: str, known: Sequence[Known], labels: dict[str, int], own: Sequence[Citation]) -> list[Read]:
    """What a piece without its lead cites: one reference, or several laws or years."""
    repeat = read_repeat(piece, known, labels)
    if repeat:
        return [repeat]
    day = _only_a_day(piece)
    if day and own and own[-1].kind is CitationKind.NEWSPAPER:
        return [Read(CitationKind.NEWSPAPER, [day], day.start, day.end, "citations/newspaper")]
    yearly = list(read_years(piece, known))
    if yearly:
        return yearly
    for reader in (_interview, read_listed):
        read = reader(piece)
        if read and not (read.kind is CitationKind.REPORT and reader is read_listed and _law_alone(piece, read)):
            return [read]
    return read_laws(piece)


def _law_alone(piece: str, read: Read) -> bool:
    """Whether what was read as a report without an author is a law."""
    return not any(part.name in ("author", "publisher") for part in read.fields) and bool(read_laws(piece))


def _lead(piece: str) -> int:
    """The length of what leads to a reference: `For details, see`."""
    at = len(piece) - len(piece.lstrip())
    lead = pattern("lead")
    while match := re.compile(rf"{lead.pattern}\s+", re.I).match(piece, at):
        at = match.end()
    about = ABOUT.match(piece, at)
    if about:
        return about.end()
    inner = [
        m for m in re.finditer(rf"(?<=[\s,]){lead.pattern}\s+(?=[A-Z“\"「『《‘])", piece[at:], re.I) if _leads(m[0])
    ]
    if inner and not re.match(r"[“\"「『《]", piece[at:]):
        before = piece[at : at + inner[0].start()]
        if not re.search(r"[“「『《(\d]", before) or not re.search(r",", before):
            at += inner[0].end()
    return at


def _leads(words: str) -> bool:
    return words.strip().lower().rstrip(",") not in ("and", "also", "및", "그리고", "e.g.", "i.e.")


def _only_a_day(piece: str) -> Part | None:
    parts = parts_of(piece)
    whole = len(parts) == 1 and parts[0].name == "date" and len(parts[0].value) == 10
    return parts[0] if whole and not piece.replace(piece[parts[0].start : parts[0].end], "").strip(" .,") else None


def _interview(piece: str) -> Read | None:
    """A talk that only the writer had: its date and place."""
    said = _INTERVIEW.search(piece)
    members = members_of(piece)
    date = next((member for member in members if member.name == "date"), None)
    if (
        not said
        or not date
        or said.start() > 40
        or any(member.name in ("quoted", "bracketed", "url") for member in members)
    ):
        return None
    before = [member for member in members if member.end <= date.start and member.name in ("text", "inside")]
    after = [member for member in members if member.start >= date.end and member.name in ("text", "inside")]
    near = before[1:][-1:] or after[:1]
    place = near[0] if near and len(near[0].value.split()) <= 3 else None
    fields = [place._replace(name="place")] if place else []
    return Read(CitationKind.OTHER, [*fields, date], members[0].start, date.end, "citations/interview")


def _visited(piece: str, before: Citation) -> bool:
    """Whether a piece only says when the page before was visited."""
    starts = pattern("accessed").match(piece.lstrip(" (["))
    return bool(starts) and bool(before.values(FieldName.URL)) and not before.values(FieldName.ACCESSED)


def _with_visit(text: str, left: int, right: int, citation: Citation) -> Citation:
    dates = [part._replace(name="accessed") for part in parts_of(text[left:right]) if part.name in ("accessed", "date")]
    fields = tuple(_field(part, left) for part in dates[:1])
    return citation.model_copy(
        update={"fields": citation.fields + fields, "end": max([citation.end, *(field.end for field in fields)])}
    )


def _citation(read: Read, at: int) -> Citation:
    fields = tuple(_field(part, at) for part in sorted(read.fields, key=lambda part: part.start))
    return Citation(
        start=at + read.start, end=at + read.end, kind=read.kind, fields=fields, repeats=read.repeats, by=read.rule
    )


def _field(part: Part, at: int) -> CitedField:
    return CitedField(start=part.start + at, end=part.end + at, name=FieldName(part.name), value=part.value)


def _kind_of_note(text: str, citations: Sequence[Citation]) -> FootnoteKind:
    """Whether a note cites, explains, or does both."""
    if not citations:
        return FootnoteKind.EXPLANATION
    cited = sum(citation.end - citation.start for citation in citations)
    return FootnoteKind.BOTH if len(text.strip()) - cited > _EXPLAINED else FootnoteKind.REFERENCE
