"""Bibliographic references in notes: fields by typography, punctuation and known names.

A note is cut at semicolons and at sentence ends that start another reference; each piece is read as
a newspaper item, a book, an article, a web page, a law or a repeat. What fits no form is left out:
a citation with wrong fields is worse than none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from brief_nlp.schema import Citation, CitationKind, DateMention, DateType, Footnote, FootnoteKind, Language
from brief_nlp.tagging.dates import find_dates
from brief_nlp.tagging.sentences import trimmed

_URL = re.compile(r"https?://[^\s<>\"'”’,;]{3,300}[^\s<>\"'”’,;.)\]]", re.I)
_PAGES = re.compile(
    r"(?:\bpp?\.?\s?(\d{1,4}(?:\s?[-–~∼]\s?\d{1,4})?)|(\d{1,4}(?:\s?[-–~∼]\s?\d{1,4})?)\s?(?:쪽|면|페이지))"
)
_IMPRINT = re.compile(
    r"[(（](?P<place>[^():（）]{2,40})\s?:\s?(?P<publisher>[^():（）]{2,120}?),?\s*(?P<year>(?:19|20)\d\d)?[)）]"
)
_AUTHOR_YEAR = re.compile(r"^(?P<authors>[^(),.]{2,80}?)\s?\((?P<year>(?:19|20)\d\d)\)[,.]?\s*(?P<title>[^,.]{4,200})")
_BOOK_TITLE = re.compile(r"[『《](?P<title>[^』》]{2,200})[』》]")
_PIECE_TITLE = re.compile(r"[「〈“\"](?P<title>[^」〉”\"]{2,250}?),?[」〉”\"]")
_CUT = re.compile(r";\s+|(?<=[.。])\s+(?=(?:Ibid|See\b|『|「|《|위의|앞의))|；\s*")
_LEADS = re.compile(r"^(?:see(?: also)?|cf\.|for (?:details|more),? see|e\.g\.,?|참조:?|재인용:?)[,:]?\s+", re.I)
_HANGUL = re.compile(r"[가-힣]")


@cache
def _words() -> dict[str, list[str]]:
    loaded: dict[str, list[str]] = json.loads(
        files("brief_nlp.tagging").joinpath("rules/citations.json").read_text("utf-8")
    )
    return loaded


@cache
def _newspaper() -> re.Pattern[str]:
    names = sorted((n for n in _words()["newspapers"]), key=lambda name: (-len(name), name))
    joined = "|".join(re.escape(name) for name in names)
    return re.compile(rf"[『《“\"「]?(?P<name>(?<![A-Za-z가-힣])(?:{joined})(?![A-Za-z가-힣]))[』》”\"」]?")


@cache
def _repeat() -> re.Pattern[str]:
    joined = "|".join(re.escape(word) for word in _words()["repeats"])
    return re.compile(rf"(?:^|[\s,])(?:{joined})\.?(?=[\s,.]|$)", re.I)


def parse_citations(text: str, start: int, end: int) -> tuple[Citation, ...]:
    """The references in the note `text[start:end]`, in order; offsets are into `text`."""
    found = (_citation(text, left, right) for left, right in _pieces(text, start, end))
    return tuple(citation for citation in found if citation)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in _CUT.finditer(text, start, end):
        if text.count("(", at, match.start()) > text.count(")", at, match.start()):
            continue
        yield from trimmed(text, at, match.start())
        at = match.end()
    yield from trimmed(text, at, end)


def _citation(text: str, start: int, end: int) -> Citation | None:
    lead = _LEADS.match(text[start:end])
    start += lead.end() if lead else 0
    piece = text[start:end]
    own = Language.KO if _HANGUL.search(piece) else Language.EN
    fields = _repeat_fields(piece) or _newspaper_fields(piece, own) or _web_fields(piece, own)
    fields = fields or _book_fields(piece) or _korean_fields(piece) or _author_year_fields(piece)
    if fields is None:
        return None
    pages = _PAGES.search(piece)
    if pages:
        fields.setdefault("pages", re.sub(r"\s", "", pages[1] or pages[2]))
    return Citation(start=start, end=end, by=f"citations/{fields.pop('rule')}", **fields)


def _day(piece: str, language: Language) -> str | None:
    dated: list[DateMention] = [
        found
        for found in find_dates(piece, language=language)
        if found.type is DateType.DATE and found.anchor is None and found.value[:4].isdigit()
    ]
    return max((found.value for found in dated), key=len, default=None)


def _repeat_fields(piece: str) -> dict[str, object] | None:
    match = _repeat().search(piece)
    if not match or match.start() > 80:
        return None
    author = piece[: match.start()].strip(" ,.")
    return {"kind": CitationKind.OTHER, "authors": (author,) if author else (), "rule": "repeat"}


def _newspaper_fields(piece: str, language: Language) -> dict[str, object] | None:
    match = _newspaper().search(piece)
    date = _day(piece, language) if match else None
    if not match or not date or _IMPRINT.search(piece):
        return None
    title = _PIECE_TITLE.search(piece)
    url = _URL.search(piece)
    return {
        "kind": CitationKind.NEWSPAPER,
        "title": title["title"] if title and title["title"] != match["name"] else None,
        "container": match["name"],
        "date": date,
        "url": url[0] if url else None,
        "rule": "newspaper",
    }


def _web_fields(piece: str, language: Language) -> dict[str, object] | None:
    url = _URL.search(piece)
    if not url:
        return None
    title = _PIECE_TITLE.search(piece)
    before, _, after = piece.partition(url[0])
    seen = re.search(r"accessed|검색|접속|방문", piece, re.I)
    author = (piece[: title.start()] if title else before.split(",")[0]).strip(" ,.<〈(")
    return {
        "kind": CitationKind.WEB,
        "authors": (author,) if 1 < len(author) < 100 else (),
        "title": title["title"] if title else None,
        "date": _day(before, language),
        "url": url[0],
        "accessed": _day(after, language) if seen else None,
        "rule": "web",
    }


def _book_fields(piece: str) -> dict[str, object] | None:
    imprint = _IMPRINT.search(piece)
    if not imprint:
        return None
    before = piece[: imprint.start()].strip(" ,.")
    book, part = _BOOK_TITLE.search(before), _PIECE_TITLE.search(before)
    if book:
        title, authors = book["title"], before[: (part or book).start()]
    else:
        head, comma, tail = before.rpartition(", ")
        head_dot, dot, tail_dot = before.rpartition(". ")
        if dot and len(head_dot) >= len(head):
            authors, title = head_dot, tail_dot
        else:
            authors, title = (head, tail) if comma else ("", before)
    chapter = part["title"] if part and part["title"] != title else None
    if not title:
        return None
    return {
        "kind": CitationKind.CHAPTER if chapter else CitationKind.BOOK,
        "authors": _authors(authors),
        "title": chapter or title.strip(" ,."),
        "container": title.strip(" ,.") if chapter else None,
        "publisher": imprint["publisher"].strip(),
        "place": imprint["place"].strip(),
        "date": imprint["year"],
        "rule": "imprint",
    }


def _korean_fields(piece: str) -> dict[str, object] | None:
    """「글」, 『책』, 연도: an article with its journal, a report, a law."""
    book, part = _BOOK_TITLE.search(piece), _PIECE_TITLE.search(piece)
    if not book and not part:
        return None
    first = min((match for match in (book, part) if match), key=lambda match: match.start())
    authors = piece[: first.start()]
    if len(authors) > 80 or re.search(r"[.다]\s", authors):
        return None
    year = re.search(r"(?:19|20)\d\d", piece[first.end() :]) or re.search(r"\(((?:19|20)\d\d)\)", authors)
    if not year:
        return None
    title = part["title"] if part else book["title"] if book else ""
    container = book["title"] if book and part else None
    law = any(title.endswith(word) for word in _words()["law_words"])
    kind = CitationKind.LAW if law and not container else CitationKind.ARTICLE if container else CitationKind.REPORT
    return {
        "kind": kind,
        "authors": _authors(re.sub(r"\((?:19|20)\d\d\)", "", authors)),
        "title": title,
        "container": container,
        "date": re.sub(r"\D", "", year[0]),
        "rule": "brackets",
    }


def _author_year_fields(piece: str) -> dict[str, object] | None:
    match = _AUTHOR_YEAR.match(piece)
    if not match or len(piece) > 400 or not _PAGES.search(piece):
        return None
    return {
        "kind": CitationKind.REPORT,
        "authors": _authors(match["authors"]),
        "title": match["title"].strip(),
        "date": match["year"],
        "rule": "author_year",
    }


def _authors(text: str) -> tuple[str, ...]:
    # the last sentence before the title holds the authors; what precedes it is explanation
    named = re.split(r"(?<=[a-z가-힣]{2})\.\s", text.strip(" ,."))[-1]
    if _HANGUL.match(named):
        named = re.sub(r"^(?:[가-힣]{1,12}[은는이가을를에서의]\s)+", "", named)
    parts = re.split(r"\s?[·ㆍ;]\s?|,\s+(?:and\s+)?|\s+and\s+|\s&\s", named)
    authors = tuple(part.strip(" ,.") for part in parts if 1 < len(part.strip(" ,.")) < 80)
    return tuple(re.sub(r"\s?(?:외|편|저|지음|옮김|eds?\.?)$", "", author) for author in authors)


def resolve_repeats(footnotes: Sequence[Footnote]) -> tuple[Footnote, ...]:
    """Fills `repeats`: "Ibid." means the note before, a named author that author's last full citation."""
    resolved: list[Footnote] = []
    for note in footnotes:
        citations = tuple(
            citation.model_copy(update={"repeats": _repeated(citation, resolved)})
            if citation.by == "citations/repeat"
            else citation
            for citation in note.citations
        )
        resolved.append(note.model_copy(update={"citations": citations}))
    return tuple(resolved)


def _repeated(citation: Citation, before: Sequence[Footnote]) -> int | None:
    for note in reversed(before):
        for earlier in note.citations:
            full = earlier.by != "citations/repeat"
            if not citation.authors and (full or earlier.repeats is not None):
                return note.index if full else earlier.repeats
            if full and set(citation.authors) & set(earlier.authors):
                return note.index
    return None


def footnote_kind(text: str, start: int, end: int, citations: Sequence[Citation]) -> FootnoteKind:
    """Whether a note cites, explains, or does both."""
    if not citations:
        return FootnoteKind.EXPLANATION
    cited = sum(citation.end - citation.start for citation in citations)
    rest = len(text[start:end].strip()) - cited
    return FootnoteKind.BOTH if rest > 40 else FootnoteKind.REFERENCE
