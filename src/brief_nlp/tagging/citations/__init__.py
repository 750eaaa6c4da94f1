"""Bibliographic references in notes, each field with the place where it stands.

A note is cut at semicolons and ends of sentences. Each piece is read as a repeat, a law, an
interview or a reference in one of two styles: members in a row (`listed`) or author and date
(`dated`). What fits no form is left out: a citation with wrong fields is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from brief_nlp.schema import Citation, CitationKind, CitedField, FieldName, Footnote, FootnoteKind
from brief_nlp.tagging.citations.bibliography import read_bibliography
from brief_nlp.tagging.citations.dated import read_dated
from brief_nlp.tagging.citations.initials import read_by_initials
from brief_nlp.tagging.citations.known import Known, known_as
from brief_nlp.tagging.citations.laws import read_laws, read_symbol
from brief_nlp.tagging.citations.listed import read_listed
from brief_nlp.tagging.citations.members import Read
from brief_nlp.tagging.citations.parts import Part, parts_of
from brief_nlp.tagging.citations.people import ABOUT, is_author
from brief_nlp.tagging.citations.pieces import pieces
from brief_nlp.tagging.citations.repeats import read_repeat
from brief_nlp.tagging.citations.unpublished import read_unpublished
from brief_nlp.tagging.citations.words import HANGUL, is_title_cased, newspaper, opens_sentence, pattern
from brief_nlp.tagging.citations.years import read_years

_BRACKETS = re.compile(r"\((?:[^()]|\([^()]{0,200}\)){8,400}\)")
_TOLD = re.compile(r"[,\s](?:in|by|from|is|are|remains)\s(?=[A-Z])")
_TOLD_AFTER = re.compile(rf"{_TOLD.pattern}|(?<=[a-z]),\s(?=[A-Z])")
_FARTHEST = 160  # characters of a sentence before whom it names
_WHOLE = re.compile(r"\s*\((?P<inside>(?:[^()]|\([^()]{0,200}\)){8,600})\)[\s.]*")
_AND = re.compile(  # from one reference to the next in a sentence
    r"[쪽면,)\]\s]*(?:\b(?:and|also|및)\b|[을를],?\s[가-힣\s]{0,20}(?:관하여는|관해서는|대해서는|로는)\s)"
    r"[,\s]*(?:[a-z\d]+\s?){0,6},?\s*(?=[“‘「『《'\"A-Z])"
)
_COMMA = re.compile(r"[.,]*,\s?[『《「<]?(?=\w)")
_MARKS, _DIGIT = re.compile(r"[“「『《(]"), re.compile(r"\d")
_JOINERS = ("and", "also", "및", "그리고", "e.g.", "i.e.")
_EXPLAINED = 40  # characters of a note beside its citations that make it an explanation too


class _Context(NamedTuple):
    """What was cited before a note, the notes by their labels, and what the note itself cites so far."""

    known: list[Known]
    labels: dict[str, int]
    own: list[Citation]


def cite(text: str, footnotes: Sequence[Footnote]) -> tuple[Footnote, ...]:
    """The notes of a document with their citations; repeats are resolved against the notes before."""
    known: list[Known] = []
    labels: dict[str, int] = {}
    made: list[Footnote] = []
    for note in footnotes:
        citations = tuple(_cited(text, note, _Context(known, labels, [])))
        kind = _kind_of_note(text[note.start : note.end], citations)
        made.append(note.model_copy(update={"citations": citations, "kind": kind}))
        labels[note.label] = note.index
    return tuple(made)


def _cited(text: str, note: Footnote, context: _Context) -> list[Citation]:
    """The citations of a note; what they are is remembered for the notes after it."""
    own = context.own
    done = note.start
    for left, right in _opened(text, note):
        if left < done:
            continue
        if own and _visited(text[left:right], own[-1]):
            own[-1] = _with_visit(text, left, right, own[-1])
            context.known[-1] = context.known[-1]._replace(citation=own[-1])
            continue
        for at, read in _read(text, left, right, note.end, context):
            citation = _citation(read, at)
            context.known.append(known_as(citation, note.index, context.known))
            own.append(citation)
            done = max(done, citation.end)
    return own


def _opened(text: str, note: Footnote) -> Iterator[tuple[int, int]]:
    """The pieces of a note, and those of a piece that stands in brackets as a whole: `(See A, 2018; B, 2015.)`"""
    for left, right in pieces(text, note.start, note.end):
        whole = _WHOLE.fullmatch(text, left, right)
        if whole and not HANGUL.search(text, left, right):
            yield from pieces(text, *whole.span("inside"))
        else:
            yield left, right


def _read(text: str, left: int, right: int, limit: int, context: _Context) -> list[tuple[int, Read]]:
    """What a piece cites, each with the offset that its own offsets count from."""
    at = left + _lead(text[left:right])
    rest = text[at:limit]
    dated = read_by_initials(rest) or read_dated(rest) or read_bibliography(rest)
    if dated:
        return [(at, dated)]
    found = _one(text[at:right], context)
    if not found:
        return _in_brackets(text, at, right, context)
    told = [(at, read) for read in found]
    end = at + max(read.end for read in found)
    more = _AND.match(text, end, right) or _another_paper(text, end, right, found[-1])
    if more:
        return told + [(more.end(), read) for read in _one(text[more.end() : right], context)]
    return told + _in_brackets(text, end, right, context)


def _another_paper(text: str, start: int, end: int, before: Read) -> re.Match[str] | None:
    """The comma before another newspaper: `민주조선, 2021.10.29., 로동신문, 2021.10.30.`"""
    comma = _COMMA.match(text, start, end)
    if before.kind is not CitationKind.NEWSPAPER or not comma or not newspaper().match(text, comma.end(), end):
        return None
    return comma


def _in_brackets(text: str, left: int, right: int, context: _Context) -> list[tuple[int, Read]]:
    """What the brackets of a sentence cite; a law's name in them is an aside."""
    return [
        (start, read)
        for bracket in _BRACKETS.finditer(text, left, right)
        for start, stop in pieces(text, bracket.start() + 1, bracket.end() - 1)
        for read in _one(text[start:stop], context)
        if read.kind is not CitationKind.LAW
    ]


def _one(piece: str, context: _Context) -> list[Read]:
    """What a piece without its lead cites: one reference, or several laws or years."""
    repeat = read_repeat(piece, context.known, context.labels) or _another_day(piece, context.own)
    if repeat:
        return [repeat]
    yearly = list(read_years(piece, context.known))
    if yearly:
        return yearly
    read = read_unpublished(piece) or read_listed(piece)
    if read and read.kind is CitationKind.LAW:
        laws = read_laws(piece)
        return laws if laws and laws[0].fields[0].name == "title" else [read]
    if read and not _law_alone(piece, read):
        return [read]
    symbol = None if read else read_symbol(piece)
    return read_laws(piece) or ([symbol] if symbol else [])


def _law_alone(piece: str, read: Read) -> bool:
    """Whether what was read as a publication without an author is a law."""
    published = any(part.name in ("author", "publisher", "container", "url") for part in read.fields)
    return not published and read.kind is not CitationKind.OTHER and bool(read_laws(piece))


def _lead(piece: str) -> int:
    """The length of what leads to a reference: `For details, see`."""
    opening, inside = _leads()
    at = len(piece) - len(piece.lstrip(" (" if piece.count("(") > piece.count(")") else None))
    while match := opening.match(piece, at):
        at = match.end()
    about = ABOUT.match(piece, at)
    if about:
        return about.end()
    if re.match(r"[“\"「『《]", piece[at:]):
        return at
    for inner in inside.finditer(piece[at:]):
        before = piece[at : at + inner.start()]
        if inner[0].strip().lower().rstrip(",") in _JOINERS:
            continue
        # behind members, it leads to something else
        members = _MARKS.search(before) or (_DIGIT.search(before) and is_title_cased(before))
        return at if "," in before and members else at + inner.end()
    return _told(piece, at)


@cache
def _leads() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What leads to a reference at the start of a piece, and further on in it."""
    lead = pattern("lead").pattern
    inside = rf"(?<=[\s,]){lead}\s+(?=[A-Z“\"「『《‘]|\d{{1,4}}\s[A-Z])"
    return re.compile(rf"{lead}\s+", re.I), re.compile(inside, re.I)


def _told(piece: str, at: int) -> int:
    """Where somebody is named at the end of a sentence: `The same point is made, in part, in Hana Gull, Ships`."""
    small = piece[at : at + 1].islower()  # for a synthesis, Hanna Gull
    if not (small or opens_sentence(piece[at:])):
        return at
    named = (inner.end() for inner in (_TOLD_AFTER if small else _TOLD).finditer(piece, at, at + _FARTHEST))
    return next((start for start in named if is_author(piece[start:].partition(",")[0])), at)


def _another_day(piece: str, own: Sequence[Citation]) -> Read | None:
    """Another day of the newspaper just cited: `《로동신문》 2024년 1월 24일; 2024년 2월 3일`."""
    parts = parts_of(piece)
    if not own or own[-1].kind is not CitationKind.NEWSPAPER or [part.name for part in parts] != ["date"]:
        return None
    day = parts[0]
    alone = not (piece[: day.start] + piece[day.end :]).strip(" .,")
    whole = len(day.value) == len("2024-01-24")
    return Read(CitationKind.NEWSPAPER, parts, day.start, day.end, "citations/newspaper") if alone and whole else None


def _visited(piece: str, before: Citation) -> bool:
    """Whether a piece only says when the page before was visited."""
    starts = pattern("accessed").match(piece.lstrip(" (["))
    return bool(starts) and bool(before.values(FieldName.URL)) and not before.values(FieldName.ACCESSED)


def _with_visit(text: str, left: int, right: int, citation: Citation) -> Citation:
    dates = [part._replace(name="accessed") for part in parts_of(text[left:right]) if part.name in ("accessed", "date")]
    fields = tuple(_field(part, left) for part in dates[:1])
    end = max([citation.end, *(field.end for field in fields)])
    return citation.model_copy(update={"fields": citation.fields + fields, "end": end})


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
