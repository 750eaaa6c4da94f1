"""References by author and date, as the sciences write them: `Kim, J. H. (2021). Title. Journal, 61(3), 445-467.`"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from brief_nlp.schema import CitationKind
from brief_nlp.tagging.citations.members import Read, members_of
from brief_nlp.tagging.citations.parts import Part, parts_of
from brief_nlp.tagging.citations.people import is_author, names_in
from brief_nlp.tagging.citations.pieces import pieces
from brief_nlp.tagging.citations.words import (
    HANGUL,
    is_organisation,
    is_periodical,
    is_place,
    is_title_cased,
    newspaper,
    pattern,
    trimmed,
    words,
)

_WHEN = (
    r"(?P<date>n\.d\.|in press|forthcoming|\d{1,2}\s[A-Z][a-z]+\.?\s(?:19|20)\d\d|"
    r"[A-Z][a-z]+\.?\s\d{1,2},\s(?:19|20)\d\d|"
    r"(?:18|19|20)\d\d[a-e]?(?:, [A-Z][a-z]+\.?(?: \d{1,2}(?:[–-]\d{1,2})?)?)?)"
)
_HEAD = re.compile(
    r"(?P<authors>[^()“”「『]{2,200}?)\s?(?P<role>\([Ee]ds?\.\)\.?\s)?"
    rf"(?:\({_WHEN}\)(?:[.:]|(?=\s[“‘'\"A-Z]|,\s[“‘]))|"
    r"(?:(?<=\. )|(?<=\., ))(?P<bare>(?:19|20)\d\d[a-e]?)\.),?\s+"
)
_UNSIGNED = re.compile(rf"(?P<title>[^().?!]{{8,200}}[.?!])\s(?:\[[^\]]{{2,40}}\]\.?\s)?\({_WHEN}\)\.\s+")
_NO_AUTHOR = re.compile(r"https?:|www\.")
_ADVANCE = re.compile(r"(?:Advance online publication|Online first|In press|Article in press)\.?\s*", re.I)
_TITLE_END = re.compile(
    r"(?<=[\w)\]’”])[.?!](?=[”’]?(?:\s(?!(?!https?:|www\.|doi|[a-z]+[A-Z.])[a-z])|$))"
)  # not before a small letter: `A U.S. national`
_HANDLE = re.compile(r"\s*\[@?[^\]]*\]\.?\s*$")  # NK Monitor [@nkmonitor]
_OF_TITLE = re.compile(r"\[Review of |\((?!unpublished|forthcoming|translated)[a-z]+\)$")  # (again)
_SCHOOL = re.compile(r"(?:dissertation|thesis),\s(?P<school>[^\])]+)", re.I)
_PAGED = re.compile(r",\s(?:pp?|vol|no)$")
_THESIS = re.compile(
    r"[,.\s]*[(\[]?(?:[Uu]npublished\s)?(?:(?:PhD|Ph\.D\.|DPhil|MA|M\.A\.|MPhil|[Dd]octoral|[Mm]aster[’']s)\s)?"
    r"(?:dissertation|thesis),?\s(?:submitted to\s)?(?:the\s)?(?P<school>[A-Z][^.;,()\[\]\d]{2,80})"
)
_BRACKETED = re.compile(r"\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\]")
_QUOTED = re.compile(
    r"(?:“(?P<title>(?:[^“”]|“[^“”]*”){3,300})”|‘(?P<single>(?:[^‘’]|’(?=\w)){3,300})’|\"(?P<straight>[^\"]{3,300})\"|'(?P<ascii>(?:[^']|'(?=\w)){3,300})'|[「『《](?P<korean>[^」』》]{2,300})[」』》])(?![:\w])[.,]?\s*"
)
_EXTRA = re.compile(r"\s*(?:\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\])\s*$")
_IN = re.compile(
    r"[Ii]n:?\s+(?P<editors>.+?)\s\((?P<role>[Ee]ds?)\.?\),?\s(?P<container>[^(]+?)(?=\s\(|[,.]?\s*$|\.\s)"
)
_IN_WHOLE = re.compile(r"[Ii]n:?\s+(?P<container>[A-Z][^()]+?)\s\((?:[^()]+,\s)?pp?\.\s?\d")  # nobody edited it
_ARTICLE = re.compile(r"\b[Aa]rticle\s(?P<number>e?\d{3,})")
_IMPRINT = re.compile(r"(?P<place>[A-Z가-힣][^:.]{1,40}):\s(?P<publisher>[^.:]{2,120}?)(?:,\spp?\.\s[\divx][\d–-]*)?$")
_AVAILABLE = re.compile(r"(?:Available|Retrieved|Accessed)\s(?:online\s)?(?:at|from|via|online)\b:?\s", re.I)
_PRESENTED = re.compile(r"[\[(][^\])]*\b(?:presentation|presented|conference|poster|lecture)\b", re.I)
_JOURNAL = re.compile(
    r"(?P<container>[^\d,]+(?:,\s[A-Z&][^\d,]+)*),\s(?P<volume>\d{1,4}),\s(?:pp?\.\s|[Aa]rticle\s)?(?P<pages>e?\d+(?:[-–]\d+)?)(?=[.,]?\s|\.?$)"
)
_COLLECTION = re.compile(r"(?:\b[Dd]issertations?\b|Theses\b|Repository|Archive)")
_DAY, _LONGEST_NAME, _LONGEST_PAGE = len("2024-01-16"), 12, 4
_LONGEST_BODY = 5  # words
_SHORT = 3  # letters of the words that titles do not capitalise
_PROSE = 0.5  # of the longer words in a publisher's name at least as many are capitalised


def read_dated(text: str) -> Read | None:
    """The reference at the start of a text; it may be several sentences long."""
    head = _head(text)
    if head:
        start, end = head.span("authors")
        end = start + len(_HANDLE.sub("", head["authors"]))
        role = "editor" if head["role"] else "author"
        fields = [Part(role, *span, text[slice(*span)]) for span in names_in(text, start, end)]
        return _signed(text, head, fields + _dates(head))
    unsigned = _UNSIGNED.match(text)
    if not unsigned:
        return None
    title = trimmed(text, *unsigned.span("title"))
    fields = [Part("title", *title, text[slice(*title)]), *_dates(unsigned)]
    end = _sources(text, unsigned.end(), fields, presented=False)
    return _read(fields, thesis=False) if end > unsigned.end() else None


def _read(fields: list[Part], *, thesis: bool) -> Read:
    end = max(part.end for part in fields)
    return Read(_kind(fields, thesis=thesis), fields, fields[0].start, end, "citations/dated")


def _dates(head: re.Match[str]) -> list[Part]:
    """The date of a head; none where it is `n.d.`"""
    group = "date" if head["date"] else "bare"
    if not head[group][-1].isalnum() or not re.search(r"\d", head[group]):
        return []  # n.d., in press
    when = next((part for part in parts_of(head[group]) if part.name == "date"), None)
    return [Part("date", *head.span(group), when.value if when else head[group][:4])]


def _signed(text: str, head: re.Match[str], fields: list[Part]) -> Read | None:
    """The reference whose authors and date were read: its title, and the sentences behind it."""
    quoted = _QUOTED.match(text, head.end())
    ended = quoted or _title_end(text, head.end())
    if not ended:
        return None
    stop = ended.end(quoted.lastgroup or 0) if quoted else ended.start() + (ended[0] in "?!")
    if not quoted and _PAGED.search(text, head.end(), stop):
        return None  # with commas, as notes have it: `World Bank (2019) Title, Washington, DC: World Bank, p. 4`
    title_end = stop
    while extra := _EXTRA.search(text[head.end() : title_end]):
        if _OF_TITLE.match(extra[0].strip(), 0) and (extra.start() or extra[0].startswith("[")):
            break
        title_end = head.end() + extra.start()
    title = trimmed(text, head.end(), title_end)
    if title[0] >= title[1]:
        return None
    fields.append(Part("title", *title, text[slice(*title)]))
    fields += [
        part._replace(start=part.start + title_end, end=part.end + title_end)
        for part in parts_of(text[title_end:stop])
        if part.name in ("number", "pages", "volume", "issue")
    ]
    end = ended.end() + (not quoted and text[ended.end() : ended.end() + 1] in ("”", "’", '"'))
    school = _SCHOOL.search(text, title_end, stop)
    behind = _THESIS.match(text, ended.end()) if quoted and not school else None
    kept = school or behind
    if kept:
        fields.append(_part(text, "publisher", *kept.span("school")))
    end = behind.end() if behind else end
    presented = bool(_PRESENTED.search(text, title_end, stop))
    thesis = bool(behind) or any(word in text[title_end:stop].lower() for word in words("thesis_words"))
    _sources(text, end, fields, presented=presented)
    return _read(fields, thesis=thesis or presented)


def _sources(text: str, start: int, fields: list[Part], *, presented: bool) -> int:
    """Read the sentences behind a title into `fields`, as long as they belong to the reference; where they end."""
    end = start
    for cut, right in pieces(text, start, len(text)):
        left = cut + len(text[cut:right]) - len(text[cut:right].lstrip())
        if _HEAD.match(text, left):
            break
        piece = text[left:right].rstrip()
        early = _ADVANCE.match(piece)
        left += early.end() if early else 0
        piece = text[left:right].rstrip()
        found = presented and not any(part.name == "container" for part in fields) and _meeting(piece)
        found = found or _source(piece, fields)
        if not found:
            break
        fields += [part._replace(start=part.start + left, end=part.end + left) for part in found]
        end = right
        if text[right : right + 1] == ";":
            break
    return end


def _head(text: str) -> re.Match[str] | None:
    """Names and a year at the start; None where there are none."""
    head = _HEAD.match(text)
    if not head or head["authors"].strip()[-1:].isdigit() or _NO_AUTHOR.search(head["authors"]):
        return None
    if newspaper().fullmatch(head["authors"].strip()):
        return None
    return head if is_author(_HANDLE.sub("", head["authors"]).strip()) or _is_body(head) else None


def _is_body(head: re.Match[str]) -> bool:
    """Whether a full stop on both sides of the year shows a name that no word tells: `Maps of War. (2020). The war`."""
    said = head["authors"].strip()
    stops = said.endswith(".") and head["date"] and head[0].rstrip().endswith(").")
    return bool(stops) and "," not in said and is_title_cased(said) and len(said.split()) <= _LONGEST_BODY


def _title_end(text: str, start: int) -> re.Match[str] | None:
    """Where a title without marks ends; a question mark in it ends it only before a name in capitals."""
    hidden = _BRACKETED.sub(lambda inside: "x" * len(inside[0]), text)
    ends = list(_TITLE_END.finditer(hidden, start))
    for end, following in pairwise(ends):
        behind = [word for word in text[end.end() : following.start()].split() if len(word) > _SHORT]
        if end[0] == "." or all(word[0].isupper() or not word[0].isalpha() for word in behind):
            return end
    return ends[-1] if ends else None


def _source(piece: str, before: list[Part]) -> list[Part]:
    """The fields of one sentence after the title; empty where it no longer belongs to the reference."""
    has = {part.name for part in before}
    bare = piece.rstrip(". ")
    inside = _IN.match(piece) or _IN_WHOLE.match(piece)
    if inside and "container" not in has:
        return _chapter(piece, inside)
    journal = _JOURNAL.match(piece)
    if journal and "container" not in has and _is_name(journal["container"]):
        pages = "number" if len(journal["pages"]) > _LONGEST_PAGE and journal["pages"].isdigit() else "pages"
        named = (("container", "container"), ("volume", "volume"), ("pages", pages))
        fields = [Part(name, *journal.span(group), journal[group].replace("–", "-")) for group, name in named]
        return fields + [part for part in parts_of(piece) if part.name in ("url", "accessed")]
    kept = [part for part in parts_of(piece) if part.name in ("url", "accessed", "volume", "issue", "pages", "number")]
    visited = pattern("accessed").match(piece)
    article = _ARTICLE.search(piece) if any(part.name == "volume" for part in kept) else None
    kept += [_part(piece, "number", *article.span("number"))] if article else []
    if (
        kept
        and kept[0].name in ("url", "accessed", "number")
        and (kept[0].start < 3 or visited or _AVAILABLE.match(piece))
    ):
        return kept
    imprint = _IMPRINT.match(bare)
    if imprint and "publisher" not in has and all(part.name == "pages" for part in kept):
        return [Part(name, *imprint.span(name), imprint[name]) for name in ("place", "publisher")] + kept
    return _name(piece, bare, kept, before)


def _chapter(piece: str, inside: re.Match[str]) -> list[Part]:
    """What a chapter stands in, with its editors where they are named, and its pages."""
    edited = inside.groupdict().get("editors")
    editors = names_in(piece, *inside.span("editors")) if edited else ()
    fields = [_part(piece, "editor", *span) for span in editors]
    fields.append(_part(piece, "container", *inside.span("container")))
    end = inside.end("container")
    return fields + [part for part in parts_of(piece) if part.start >= end and part.name in ("volume", "pages")]


def _meeting(piece: str) -> list[Part]:
    """Where a paper was presented, and in which city."""
    said = [member for member in members_of(piece) if member.name == "text"]
    if not said or not _is_name(said[0].value):
        return []
    city = [said[-1]._replace(name="place", start=said[1].start)] if len(said) > 1 else []
    city = [one._replace(value=piece[one.start : one.end]) for one in city]
    return [said[0]._replace(name="container"), *city]


def _name(piece: str, bare: str, kept: list[Part], before: Sequence[Part]) -> list[Part]:
    """A journal or newspaper with what stands beside it, or a publisher."""
    has = {part.name for part in before}
    names = [member for member in members_of(piece) if member.name in ("text", "newspaper", "site", "bracketed")]
    names = [name for name in names if not pattern("accessed").fullmatch(name.value)]
    kept_there = kept or _COLLECTION.search(bare)
    if names and "publisher" in has and "container" not in has and kept_there:
        return [names[0]._replace(name="container"), *kept]  # where a thesis is kept
    if not names or "publisher" in has or not _is_name(names[0].value):
        return []
    first = names[0]
    article = any(part.name == "volume" for part in kept) or first.name in ("newspaper", "site")
    article = (
        article or is_periodical(first.value) or (first.value.endswith("Studies") and not is_organisation(first.value))
    )
    dates = [part for part in before if part.name == "date"]
    day = not dates or len(dates[0].value) == _DAY
    if (article or day) and "container" not in has:
        return sorted([first._replace(name="container"), *kept], key=lambda part: part.start)
    name = "place" if is_place(first.value) else "publisher"
    end = trimmed(piece, first.start, kept[0].start if kept else len(bare))[1]
    if is_organisation(first.value) and _is_name(piece[first.start : end]):
        first = first._replace(end=end, value=piece[first.start : end])  # Bureau of Ports, Ships, and Labor
    return [first._replace(name=name), *kept] if first.end >= len(bare) or kept else []


def _part(text: str, name: str, start: int, end: int) -> Part:
    return Part(name, start, end, text[start:end])


def _is_name(text: str) -> bool:
    """Whether words are a name, not a sentence."""
    long = [word for word in text.split() if len(word) > 3]
    named = HANGUL.search(text) or sum(word[:1].isupper() for word in long) >= _PROSE * len(long)
    return bool(named) and len(text.split()) <= _LONGEST_NAME


def _kind(fields: list[Part], *, thesis: bool) -> CitationKind:
    has = {part.name: part.value for part in fields}
    body = fields[0].name == "author" and is_organisation(fields[0].value)
    if thesis:
        return CitationKind.REPORT
    if "container" in has and ("editor" in has or "publisher" in has):
        return CitationKind.CHAPTER
    if "volume" in has and "container" in has:
        return CitationKind.ARTICLE
    if "container" in has:
        otherwise = CitationKind.WEB if "url" in has and not is_periodical(has["container"]) else CitationKind.ARTICLE
        return CitationKind.NEWSPAPER if newspaper().fullmatch(has["container"]) else otherwise
    if "url" in has and not {"number", "publisher"} & set(has):
        return CitationKind.WEB
    if body or "number" in has:
        return CitationKind.REPORT
    return CitationKind.BOOK if "publisher" in has or "url" not in has else CitationKind.WEB
