"""Repeats: Ibid., op. cit., 위의 책, an author with a shortened title, a year in brackets, `note 4 above`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from brief_nlp.schema import CitationKind
from brief_nlp.tagging.citations.known import Known, by_author
from brief_nlp.tagging.citations.members import Read, members_of
from brief_nlp.tagging.citations.parts import Part, parts_of
from brief_nlp.tagging.citations.people import after_particles, names_in, without_roles
from brief_nlp.tagging.citations.words import HANGUL, pattern

_BRACKETED = re.compile(r"\((?P<inside>[^()]{4,300})\)")
_YEARLY = re.compile(
    r"(?:see (?:also )?|cf\. |e\.g\., )?(?P<authors>[A-Z가-힣][^,;()\d]{1,60}?),?\s(?P<year>(?:19|20)\d\d)[a-e]?(?=\s*(?:[,;:]|$))"
)
_NARRATIVE = re.compile(
    r"(?:^|(?<=\s))(?P<authors>[가-힣]{2,4}(?:[·ㆍ][가-힣]{2,4})*(?:\s외)?|[A-Z][\w’'-]+(?:(?:, [A-Z][\w’'-]+)*,? (?:and|&) [A-Z][\w’'-]+| et al\.)?)\s?\((?P<year>(?:19|20)\d\d)[a-e]?\)"
)
_BARE_YEAR = re.compile(
    r"^(?P<authors>[A-Z][\w’'-]+(?:(?:, [A-Z][\w’'-]+)*,? (?:and|&) [A-Z][\w’'-]+| et al\.)?)\s(?P<year>(?:19|20)\d\d)[a-e]?(?=[,:.]|$)"
)
_ALLOWED = ("text", "quoted", "bracketed", "pages", "locator")


def read_repeat(piece: str, known: Sequence[Known], labels: Mapping[str, int]) -> Read | None:
    """The repeat in a piece; None where it is none. `repeats` is None where what it repeats is not there."""
    note = pattern("repeat_note").search(piece)
    if note and note.start() < 40:
        members = members_of(piece)
        pages = [part for part in members if part.name == "pages" and part.start >= note.end()]
        pages = _authors(piece, [m for m in members if m.name == "text" and m.end <= note.start()]) + pages
        label = next(group for group in note.groups() if group)
        return Read(
            CitationKind.REPEAT,
            pages,
            min([note.start(), *(p.start for p in pages)]),
            _end(pages, note.end()),
            "citations/repeat",
            labels.get(label),
        )
    phrase = _phrase(piece)
    if phrase:
        return _phrased(piece, phrase, known)
    return _shortened(piece, known)


def _end(fields: Sequence[Part], least: int) -> int:
    return max([least, *(part.end for part in fields)])


def _phrase(piece: str) -> re.Match[str] | None:
    """A phrase of repetition at the start, or after an author."""
    for match in pattern("repeat").finditer(piece):
        before, after = piece[: match.start()].rstrip(), piece[match.end() : match.end() + 1]
        opens = (
            not before
            or before[-1] in ',.」』》”"('
            or bool(re.search(r"(?:\b(?:see|in|and)|[가-힣][은는]|외|[가-힣]의)$", before, re.I))
        )
        if opens and len(before) < 120 and (not after or after in " ,.;)(에을를의"):
            return match
    return None


def _phrased(piece: str, phrase: re.Match[str], known: Sequence[Known]) -> Read | None:
    opened = piece.rfind("(", 0, phrase.start())
    shift = opened + 1 if piece.find(")", opened, phrase.start()) < 0 else 0
    before = [
        member._replace(start=member.start + shift, end=member.end + shift)
        for member in members_of(piece[shift : phrase.start()])
    ]
    fields = _authors(piece, [member for member in before if member.name == "text"])
    fields += [m._replace(name="title") for m in before if m.name in ("quoted", "bracketed")]
    pages = [part for part in parts_of(piece) if part.name == "pages" and part.start >= phrase.end()]
    authors = [part.value for part in fields if part.name == "author"]
    title = next((part.value for part in fields if part.name == "title"), None)
    fields += pages
    if authors or title:
        found = by_author(authors, title, None, known)
        repeats = found.note if found else None
    else:
        repeats = known[-1].full if known and pattern("repeat_last").match(phrase[0]) else None
        if known and HANGUL.match(phrase[0]):
            repeats = known[-1].full
    start = min([phrase.start(), *(part.start for part in fields)])
    return Read(CitationKind.REPEAT, fields, start, _end(fields, phrase.end()), "citations/repeat", repeats)


def _authors(piece: str, members: Sequence[Part]) -> list[Part]:
    fields = []
    for member in members:
        start = after_particles(piece, member.start, member.end)
        left, right = without_roles(piece[start : member.end])
        for found in names_in(piece, start + left, start + right):
            span = found
            if re.search(r"[가-힣]{2}의$", piece[slice(*span)]) and span[1] - span[0] > 3:
                span = span[0], span[1] - 1
            name = piece[slice(*span)]
            if len(name.split()) <= 6 and not name[:1].islower():
                fields.append(Part("author", *span, name))
    return fields


def _shortened(piece: str, known: Sequence[Known]) -> Read | None:
    """An author and a shortened title that were cited in full before."""
    members = members_of(piece)
    if not members or len(members) > 6:
        return None
    cut = next((at for at, m in enumerate(members) if m.name not in _ALLOWED), len(members))
    if cut < len(members) and members[cut].name != "newspaper":
        return None
    marked = next((at for at, m in enumerate(members) if m.name in ("quoted", "bracketed")), None)
    texts = [member for member in members[:marked] if member.name == "text"]
    if marked is None and (len(texts) < 2 or members[1].name != "text"):
        return None
    title = members[marked] if marked is not None else texts[-1]
    authors = _authors(piece, texts if marked is not None else texts[:-1])
    found = by_author([part.value for part in authors], title.value, None, known)
    if found is None:
        return None
    pages = [member for member in members if member.name == "pages" and member.start >= title.end]
    fields = [*authors, title._replace(name="title"), *pages]
    return Read(CitationKind.REPEAT, fields, fields[0].start, _end(fields, 0), "citations/short", found.note)


def read_years(piece: str, known: Sequence[Known]) -> Iterator[Read]:
    """Authors and years in brackets of a sentence that were cited in full before: `(Kim, 2021, p. 5)`."""
    if any(member.name in ("quoted", "bracketed") for member in members_of(piece)):
        return
    for said in (*_NARRATIVE.finditer(piece), *_BARE_YEAR.finditer(piece)):
        fields = [Part("author", *span, piece[slice(*span)]) for span in names_in(piece, *said.span("authors"))]
        found = by_author([part.value for part in fields], None, said["year"], known)
        if found:
            fields += [part for part in parts_of(piece) if part.name == "pages" and part.start >= said.end()]
            yield Read(
                CitationKind.REPEAT, fields, fields[0].start, _end(fields, said.end()), "citations/year", found.note
            )
    for bracket in _BRACKETED.finditer(piece):
        at = bracket.start("inside")
        for said in bracket["inside"].split(";"):
            match = _YEARLY.match(said.lstrip())
            left = at + len(said) - len(said.lstrip())
            at += len(said) + 1
            if not match:
                continue
            fields = [
                Part("author", *span, piece[slice(*span)])
                for span in names_in(piece, left + match.start("authors"), left + match.end("authors"))
            ]
            found = by_author([part.value for part in fields], None, match["year"], known)
            if found is None:
                continue
            end = left + len(said.strip())
            fields += [
                part._replace(start=part.start + left, end=part.end + left)
                for part in parts_of(said.strip())
                if part.name == "pages"
            ]
            yield Read(CitationKind.REPEAT, fields, fields[0].start, end, "citations/year", found.note)
