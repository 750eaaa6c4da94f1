"""Laws, treaties and resolutions: a title by its last word, then a number, a year or an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from brief_nlp.schema import CitationKind
from brief_nlp.tagging.citations.members import Read, members_of
from brief_nlp.tagging.citations.parts import Part, parts_of
from brief_nlp.tagging.citations.words import (
    HANGUL,
    STATE,
    SYMBOL,
    is_law,
    is_organisation,
    is_place,
    is_title_cased,
    trimmed,
    words,
)

_ENDINGS = "|".join(sorted(words("law_endings"), key=len, reverse=True))
_MARKED = re.compile(rf"[「『《〈<“\"](?P<title>[^」』》〉>”\"]{{1,80}}(?:{_ENDINGS})),?[」』》〉>”\"]")
_BARE = re.compile(
    rf"(?<![가-힣「『《(])(?P<title>(?:[가-힣A-Z·]+\s){{0,9}}?[가-힣]*(?:{_ENDINGS}))(?=\s?(?:제?\d+호|,\s(?:19|20)\d\d(?:년|\.)\s?\d|\(\d{{4}}|\([가-힣]*\s?제\s?[\d-]+호|제\s?\d+조))"
)
_AFTER = re.compile(r"\s?(?P<number>제?\s?\d+호)?\s?(?:\(\s?(?P<date>[^()]{4,60})\))?")
_DATE_BEHIND = re.compile(r"[”\"」』》〉,]*\s(?=\d{4}(?:년|\.))")
_NUMBERED = re.compile(r"(?:[가-힣]+\s?)?제\s?[\d-]+호")
_ARTICLE = re.compile(r"\s?제\s?\d+조(?:의\d+)?(?:\s?제?\d+[항호])*")
_PARTICLE = re.compile(r"(?:에 관한|[은는이가을를의와과]|에서|에)(?=\s)")  # then a sentence speaks of the law
_LEADS = re.compile(r"(?:[\s\w가-힣]*(?:[은는]|및|북한|또한)\s*)?\s*")
_SYMBOLS = ("S/RES/", "A/RES/", "A/HRC/RES/")
_LEGAL = re.compile(
    r"(?:U\.?N\.? ?Doc\S* )?(?:[SA]|A/HRC)/RES/|\d+ (?:C\.?F\.?R|U\.?S\.?C|Stat|Fed)"
    r"|Pub|P\.L|H\.R|E\.O|Exec|S\. |H\. ?Res"
)  # numbers that are those of laws
_ORDER = re.compile(r"Exec|E\.O")
_RESOLUTION = re.compile(r"\b[Rr]esolution\s\d")
_COLON = re.compile(r":\s(?=[A-Z])")
_GOES_ON = re.compile(r"\)?\s[a-z]{2,}")  # a sentence does: Resolution 2397 of December 2017 lowered
_ADOPTED = re.compile(
    r"(?:,?\s(?:of|on|in|at|from|by|adopted|amended|signed|dated|done|concluded|enacted|revised|opened for signature"
    r"|entered into force|as amended|(?:last )?amended))+$"
)
_DOCUMENT = re.compile(
    r"(?:Identical )?(?:Letters?|Notes? verbales?|Statements?|Reports?|Cable|Summary|Communications?)\s", re.I
)
_HELD = ("date", "number", "locator", "pages", "container", "volume")
_NEAR = 14  # characters between the members of a document cited by its symbol
_IMPRINT = re.compile(r":\s[A-Z]")
_SENTENCE = re.compile(r"\b(?:was|is|are|were|has|had|have|says?|said|does|did|not|which|that)\b")
_LONGEST = 26  # words of a title
_JOINED = re.compile(r"[은는이가을를의에]$|^(?:및|또는|그리고)$")


def read_laws(piece: str) -> list[Read]:
    """The laws that a piece cites, in order."""
    if HANGUL.search(piece):
        return list(_korean(piece))
    found = _english(piece)
    return [found] if found else []


def _korean(piece: str) -> Iterator[Read]:
    marked = list(_MARKED.finditer(piece))
    if marked and not _LEADS.fullmatch(piece, 0, marked[0].start()):
        marked = []
    for match in marked or _BARE.finditer(piece):
        start, end = match.span("title")
        if not marked:
            start = _without_words_before(piece, start, end)
        fields = [Part("title", start, end, piece[start:end]), *_behind(piece, _past_article(piece, match.end()))]
        spoken_of = _PARTICLE.match(piece, match.end()) if marked else not _ARTICLE.match(piece, match.end())
        article = _ARTICLE.match(piece, match.end())
        told = max(fields[-1].end, article.end() if article else 0)
        in_sentence = not marked and fields[-1].name != "date" and _PARTICLE.match(piece, told)
        if (len(fields) == 1 and spoken_of) or in_sentence:
            continue
        yield Read(CitationKind.LAW, fields, start, max(part.end for part in fields), "citations/law")


def _past_article(piece: str, at: int) -> int:
    """Where the article behind a law's name ends, if brackets with a date follow it."""
    article = _ARTICLE.match(piece, at)
    return article.end() if article and piece[article.end() : article.end() + 2] == " (" else at


def _without_words_before(piece: str, start: int, end: int) -> int:
    """Where a law's unmarked name begins behind the words of a sentence."""
    tokens = piece[start:end].split(" ")
    if "관한" in tokens or "위한" in tokens:  # its own words end like those of a sentence
        topics = [at for at, token in enumerate(tokens) if token.endswith(("은", "는"))]
        return start + sum(len(token) + 1 for token in tokens[: topics[-1] + 1]) if topics else start
    while len(tokens) > 1 and any(
        _JOINED.search(token) and following not in ("관한", "대한", "위한") for token, following in pairwise(tokens)
    ):
        start += len(tokens[0]) + 1
        tokens = tokens[1:]
    return start


def _behind(piece: str, at: int) -> Iterator[Part]:
    """Number and date behind a law's name."""
    after = _AFTER.match(piece, at)
    if after and after["number"]:
        yield Part("number", *after.span("number"), after["number"])
    dated = _DATE_BEHIND.match(piece, at)
    if dated:
        shift = dated.end() - 1
        for part in parts_of(f"({piece[dated.end() :]}")[:1]:
            if part.name == "date" and part.start == 1:
                yield part._replace(start=part.start + shift, end=part.end + shift)
    if after and after["date"]:
        shift = after.start("date") - 1
        for part in parts_of(f"({after['date']})")[:2]:
            if part.name == "date":
                yield part._replace(start=part.start + shift, end=part.end + shift)
        numbered = None if after["number"] else _NUMBERED.search(piece, *after.span("date"))
        if numbered:
            yield Part("number", *numbered.span(), numbered[0])


def _english(piece: str) -> Read | None:
    members = members_of(piece)
    if not members:
        return None
    first = members[0]
    if first.name == "number" and _LEGAL.match(first.value):
        rest = [member for member in members[1:] if member.name in ("date", "number")]
        quoted = [member._replace(name="title") for member in members[1:2] if member.name == "quoted"]
        named = first._replace(name="title") if _ORDER.match(first.value) and not quoted else first
        return Read(
            CitationKind.LAW, [named, *quoted, *rest], first.start, _end([first, *_held(members)]), "citations/law"
        )
    run = next((at for at, member in enumerate(members) if member.name != "text"), len(members))
    if not run and first.name == "quoted":
        run = 1
    at = next((at for at, member in enumerate(members[:run]) if is_law(member.value)), None)
    if at is None or members[0].start > 1:
        return None
    authors = members[:at]
    if not all(is_organisation(member.value) or STATE.fullmatch(member.value) for member in authors):
        return None
    start = members[at].start + len("the ") * members[at].value.startswith("the ")
    lead = _COLON.search(piece, start, members[at].end)
    if lead and not is_title_cased(piece[start : lead.start()]):  # Agreement came late: Panmunjom Declaration
        start = lead.end()
    last = next((member for member in members[at + 1 : run] if member.value[:1].islower()), None)
    stop = members[run - 1].end if last is None else piece.rindex(",", 0, last.start)
    cities = [member for member in members[at + 1 : run + 1] if is_place(member.value)]
    city = [member._replace(name="place") for member in cities[-1:]]
    stop = min(stop, piece.rindex(",", 0, city[0].start)) if city and city[0].start < stop else stop
    stop = start + len(_ADOPTED.sub("", piece[start:stop]))
    held = _held(members[run:])
    title = Part("title", start, stop, piece[start:stop])
    if not any(member.name != "pages" for member in held) or not _is_title(piece, title, members[run:], held):
        return None
    date = [member for member in held if member.name == "date"][:1]
    numbers = [member for member in held if member.name == "number"]
    series = [member for member in held if member.name in ("container", "volume")]
    printed = [member for member in held if member.name == "pages" and numbers and member.start > numbers[-1].end]
    quoted = [member._replace(name="title") for member in members[run : run + 1] if member.name == "quoted"]
    by = [member._replace(name="author") for member in authors]
    fields = [*by, title, *quoted, *city, *date, *series, *numbers, *printed[:1]]
    return Read(CitationKind.LAW, fields, fields[0].start, _end(held), "citations/law")


def _held(members: Sequence[Part]) -> list[Part]:
    """The members behind a law's name that it can have."""
    return [member for member in members if member.name in _HELD]


def _is_title(piece: str, title: Part, behind: Sequence[Part], held: Sequence[Part]) -> bool:
    """Whether what has a law's words in it is a law's name: no sentence, no book with its imprint."""
    entitled = bool(behind) and behind[0].name == "quoted" and _RESOLUTION.search(title.value)
    if any(member.name in ("quoted", "bracketed", "newspaper") for member in behind[1 if entitled else 0 :]):
        return False
    end = _end(held)
    if _IMPRINT.search(piece, title.end) or _SENTENCE.search(piece, 0, end) or _GOES_ON.match(piece, end):
        return False
    return (title.value[:1].isupper() or title.value.startswith("resolution") or title.start > 0) and len(
        title.value.split()
    ) <= _LONGEST


def read_symbol(piece: str) -> Read | None:
    """A document of the United Nations that is cited by its symbol alone: `S/2019/691, annex 3`."""
    members = members_of(piece)
    at = next((at for at, member in enumerate(members) if member.name == "number" and SYMBOL.match(member.value)), None)
    if at is None:
        return None
    kind = CitationKind.LAW if members[at].value.startswith(_SYMBOLS) else CitationKind.REPORT
    fields, end = [members[at]], members[at].end
    start, stop = trimmed(piece, 0, members[at].start)
    if _DOCUMENT.match(piece, start) and not _SENTENCE.search(piece, start, stop):
        fields.insert(0, Part("title", start, stop, piece[start:stop]))
    for member in members[at + 1 :]:
        if member.name not in ("date", "locator", "pages", "url") or member.start - end > _NEAR:
            break
        end = member.end
        if member.name != "locator" and member.name not in {part.name for part in fields}:
            fields.append(member)
    return Read(kind, fields, fields[0].start, end, "citations/symbol")


def _end(members: Sequence[Part]) -> int:
    return max(member.end for member in members)
