"""Authors and years that lead to what was cited before: `(Kim, 2021, p. 5)`, `Kim (2021)`, `남궁석(2017), 71쪽`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from brief_nlp.schema import CitationKind
from brief_nlp.tagging.citations.known import Known, by_author
from brief_nlp.tagging.citations.members import Read, members_of
from brief_nlp.tagging.citations.parts import Part, parts_of
from brief_nlp.tagging.citations.people import names_in
from brief_nlp.tagging.citations.words import pattern

_BRACKETS = re.compile(r"\((?P<inside>[^()]{4,300})\)")
_NEAR = 6  # characters between a year and a title that belong together
_YEAR = r"(?P<year>(?:19|20)\d\d)[a-e]?"
_SURNAMES = r"[A-Z][\w’'-]+(?:(?:, [A-Z][\w’'-]+)*,? (?:and|&) [A-Z][\w’'-]+| et al\.)?"
_KOREAN_NAMES = r"[가-힣]{2,4}(?:[·ㆍ][가-힣]{1,5}(?:\s[가-힣]{2,5})?)*(?:\s외)?"
_INSIDE = re.compile(
    rf"(?i:{pattern('lead').pattern}\s+)*(?P<authors>[A-Z가-힣][^,;()\d]{{1,60}}?),?\s{_YEAR}(?=\s*(?:[,;:]|\.?$))"
)
_IN_TEXT = re.compile(
    rf"(?:^|(?<=\s))(?P<authors>{_KOREAN_NAMES}|{_SURNAMES})(?:’s)?\s?\({_YEAR}(?:[,:]\s?(?:pp?\.\s?)?(?P<pages>\d[\d–-]*))?\)"
)
_WITH_PAGES = re.compile(
    rf"(?:see (?:also )?|cf\. )?(?P<authors>{_SURNAMES}|{_KOREAN_NAMES}),?\s(?P<pages>\d{{1,4}}(?:[-–]\d{{1,4}})?)$"
)
_ALONE = re.compile(rf"^(?P<authors>{_SURNAMES}),?\s(?P<pages>(?!(?:19|20)\d\d\b)\d{{1,4}}(?:[-–]\d{{1,4}})?)\.?$")
_BARE = re.compile(rf"^(?P<authors>{_SURNAMES}),?\s{_YEAR}(?=[,:.]|$)")


def read_years(piece: str, known: Sequence[Known]) -> Iterator[Read]:
    """The repeats by year in a piece, as far as they lead to something; beside a title it is a reference's own."""
    titles = [member for member in members_of(piece) if member.name in ("quoted", "bracketed")]
    for said in (*_IN_TEXT.finditer(piece), *_BARE.finditer(piece)):
        if any(0 < title.start - said.end() < _NEAR for title in titles):
            continue
        pages = [part for part in parts_of(piece) if part.name == "pages" and part.start >= said.end()]
        pages = [_pages(said, 0)] if said.groupdict().get("pages") else pages
        yield from _repeat(piece, said, 0, pages, known)
    alone = _ALONE.match(piece)
    if alone:
        yield from _repeat(piece, alone, 0, [_pages(alone, 0)], known)
    for bracket in _BRACKETS.finditer(piece):
        if any(0 < bracket.start() - title.end < _NEAR for title in titles):
            continue
        at = bracket.start("inside")
        for written in bracket["inside"].split(";"):
            start = at + len(written) - len(written.lstrip())
            at += len(written) + 1
            inside = _INSIDE.match(written.strip())
            if inside:
                pages = [
                    part._replace(start=part.start + start, end=part.end + start)
                    for part in parts_of(inside.string)
                    if part.name == "pages"
                ]
                yield from _repeat(piece, inside, start, pages, known)
                continue
            paged = _WITH_PAGES.match(written.strip())
            if paged:
                yield from _repeat(piece, paged, start, [_pages(paged, start)], known)


def _pages(said: re.Match[str], shift: int) -> Part:
    start, end = said.span("pages")
    return Part("pages", start + shift, end + shift, said["pages"].replace("–", "-"))


def _repeat(
    piece: str, said: re.Match[str], shift: int, pages: Sequence[Part], known: Sequence[Known]
) -> Iterator[Read]:
    """The repeat that names these authors and this year, where they were cited before."""
    spans = names_in(piece, said.start("authors") + shift, said.end("authors") + shift)
    fields = [Part("author", *span, piece[slice(*span)]) for span in spans]
    several = "et al" in said["authors"] or said["authors"].endswith(" 외")
    year = said.groupdict().get("year")
    found = by_author([part.value for part in fields], None, year, known, several=several)
    if found and fields:
        end = max([said.end() + shift, *(part.end for part in pages)])
        yield Read(CitationKind.REPEAT, [*fields, *pages], fields[0].start, end, "citations/year", found.note)
