"""References as notes give them: members in a row, `Author, Title (Place: Publisher, Year), pages`.

What stands before the title is who wrote it, what comes after it is where it appeared; the first
words that fit neither end the reference. What is left without a date, an imprint or an address is
no reference.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from brief_nlp.schema import CitationKind
from brief_nlp.tagging.citations.members import Read, members_of
from brief_nlp.tagging.citations.parts import Part
from brief_nlp.tagging.citations.people import after_particles, are_editors, is_author, names_in, without_roles
from brief_nlp.tagging.citations.words import HANGUL, is_organisation, pattern, trimmed, words

_TITLES = ("quoted", "bracketed")
_WORDS = ("text", "inside")
_KEPT = ("date", "volume", "issue", "number", "pages", "url", "accessed")
_IMPRINT = re.compile(r"^(?P<place>[^:：]{2,60}?)\s?[:：]\s?(?P<publisher>.{2,160})$", re.S)
_IN = re.compile(r"^in:?\s+(?=[A-Z“\"『《])|^[Ii]n:\s", re.I)
_EDITED = re.compile(r"^(?:ed(?:s|ited)?\.?(?:\sby)?)\s+(?=[A-Z])")
_SMALL_WORDS = re.compile(
    r"^(?:last\s)?(?:modified|updated|adopted|revised|published|posted|at|by|and|on|dated|as (?:amended|revised)|available|from|forthcoming|translated|trans\.?|sec|p|vol|no)\b"
)
_GOES_ON = re.compile(r"^(?:등|보도자료|인터넷판|온라인판|항목|기사|및|면|쪽|호|권|제|년|자|판|월|일|\d|참조|참고|p)")
_NAMED_LAST = re.compile(r"\b(?:by|is|are|from|with|in)\s(?P<name>(?:[A-Z][\w’'.-]+\s){1,3}[A-Z][\w’'-]+)$")
_SAID = re.compile(
    r"(?:[은는을를의]|에서|에게|으로|다|볼 것|이하|참조|참고|인용|따옴|하라|바람|것)$"
)  # no name ends so
_PLACE = re.compile(r"(?P<publisher>.+),\s(?P<place>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)$")
_MOST_WORDS = 6  # before a title that are no names: then the quotation marks stand in a sentence


@dataclass
class _Reading:
    """Fields in the making."""

    fields: list[Part] = field(default_factory=list)
    end: int = 0
    chapter: bool = False
    thesis: bool = False
    paper: bool = False  # a newspaper or agency
    site: bool = False
    works: bool = False

    def add(self, name: str, start: int, end: int, value: str) -> None:
        self.fields.append(Part(name, start, end, value))
        self.end = max(self.end, end)

    def keep(self, part: Part, name: str) -> None:
        self.add(name, part.start, part.end, part.value)

    def has(self, *names: str) -> bool:
        return all(any(part.name == name for part in self.fields) for name in names)

    def first(self, name: str) -> Part | None:
        return next((part for part in self.fields if part.name == name), None)


def read_listed(piece: str) -> Read | None:
    """The reference in a piece; None where there is none."""
    members = members_of(piece)
    if not members:
        return None
    reading = _Reading()
    title_at = next((at for at, member in enumerate(members) if member.name in _TITLES), None)
    if title_at is not None and _is_container(members, title_at):
        title_at = None
    rest = (
        _after_marked(piece, members, title_at, reading)
        if title_at is not None
        else _after_plain(piece, members, reading)
    )
    if rest is None:
        return None
    _place(piece, members[rest:], reading)
    kind = _kind(piece, reading)
    if kind is None:
        return None
    start = min(part.start for part in reading.fields)
    return Read(kind, reading.fields, start, reading.end, f"citations/{kind.value}")


def _is_container(members: Sequence[Part], at: int) -> bool:
    """Whether the first title in brackets is that of the journal: volume or issue follow, plain words precede."""
    follows = members[at + 1].name if at + 1 < len(members) else ""
    plain = [member for member in members[:at] if member.name == "text"]
    more = any(member.name in _TITLES for member in members[at + 1 :])
    return members[at].name == "bracketed" and follows in ("volume", "issue") and not more and len(plain) > 1


def _after_marked(piece: str, members: Sequence[Part], at: int, reading: _Reading) -> int | None:
    """Read who wrote a title in quotation marks or brackets; where its container begins among the members."""
    before = [member for member in members[:at] if member.name in (*_WORDS, "newspaper", "site", "date")]
    named = [member for member in before if member.name == "text"]
    if len(named) != len([m for m in before if m.name != "date"]):
        papers = [member for member in before if member.name in ("newspaper", "site")]
        named = [member for member in named if papers]
        for paper in papers:
            reading.keep(paper, "container")
            reading.paper = paper.name == "newspaper"
            reading.site = paper.name == "site"
    named = _names(piece, named, reading)
    for member in before:
        if member.name == "date" and (named or reading.paper):
            reading.keep(member, "date")
    if before and not named:
        words_before = sum(len(member.value.split()) for member in before if member.name in _WORDS)
        if words_before > _MOST_WORDS and not HANGUL.search(piece[: members[at].start]):
            return None
    reading.keep(members[at], "title")
    return at + 1


def _names(piece: str, members: Sequence[Part], reading: _Reading) -> list[Part]:
    """Read the members that are authors or editors; those that are."""
    found: list[Part] = []
    for place, member in enumerate(members):
        start = after_particles(piece, member.start, member.end)
        if not is_author(piece[start : member.end]) and (tail := _NAMED_LAST.search(piece, start, member.end)):
            start = tail.start("name")
        said = piece[start : member.end]
        roles = re.match(r"\s*[,(]?\s*(?:eds?\.|편|엮음)", piece[member.end : member.end + 12])
        if re.fullmatch(r"eds?|editors?|편|엮음|et al", said.strip(" .")) and found:
            continue
        if not is_author(said):
            if place and found:
                break
            continue
        left, right = without_roles(said)
        following = members[place + 1].value.strip(" .") if place + 1 < len(members) else ""
        editors = are_editors(said) or following in ("ed", "eds") or bool(roles and "ed" in roles[0])
        for first, last in names_in(piece, start + left, start + right):
            reading.add("editor" if editors else "author", first, last, piece[first:last])
        found.append(member)
    return found


def _after_plain(piece: str, members: Sequence[Part], reading: _Reading) -> int | None:
    """Read a row that marks no title, as in italics that a PDF's text has lost."""
    dated = _after_dated(piece, members, reading)
    if dated:
        return dated
    run = 0
    while run < len(members) and members[run].name == "text":
        run += 1
    follows = members[run].name if run < len(members) else ""
    if not run:
        return 0 if follows in ("newspaper", "site") else None
    if follows == "newspaper" and HANGUL.search(members[run - 1].value) and piece[members[run - 1].end] != ",":
        return run
    row = list(members[:run])
    while row and len(row) > 1 and re.fullmatch(r"(?:eds?|editors?)\.?", row[-1].value):
        row.pop()
    while len(row) > 2 and is_organisation(row[-1].value) and row[-1].end == members[run - 1].end:
        row.pop()
        run -= 1
    first_title = 0
    while first_title < len(row) - (follows not in ("newspaper",)):
        value = row[first_title].value
        start = after_particles(piece, row[first_title].start, row[first_title].end)
        is_role = bool(re.fullmatch(r"(?:eds?|editors?)\.?|편|엮음", value)) and first_title
        named_last = _NAMED_LAST.search(piece, start, row[first_title].end)
        if not is_role and not is_author(piece[start : row[first_title].end]) and not (named_last and not first_title):
            break
        first_title += 1
    # a name of a body alone before a date is no title
    _names(piece, row[:first_title], reading)
    if first_title < len(row):
        start, end = row[first_title].start, row[-1].end
        if not first_title and HANGUL.search(piece, start, end):
            start = after_particles(piece, start, end)
        reading.add("title", start, end, piece[start:end])
        if len(piece[start:end].split()) > 40 or not (
            follows == "bracketed"
            or (follows == "url" and reading.has("author"))
            or _opens_imprint(members[run:])
            or _bounded(reading.fields[-1], piece)
        ):
            return None
    return run


def _after_dated(piece: str, members: Sequence[Part], reading: _Reading) -> int | None:
    """Read a row with the year behind the names: `Statistics Korea (2016), Title`."""
    at = next((at for at, member in enumerate(members) if member.name != "text"), 0)
    if not at or at + 1 >= len(members) or [m.name for m in members[at : at + 2]] != ["date", "text"]:
        return None
    who, when, what = members[0], members[at], members[at + 1]
    who = who._replace(end=members[at - 1].end, value=piece[who.start : members[at - 1].end])
    if (
        piece[when.start - 1] != "("
        or len(who.value.split()) > 8
        or not who.value[:1].isupper()
        or not _bounded(what, piece)
    ):
        return None
    whole = at > 1 and not is_author(who.value)
    for first, last in [(who.start, who.end)] if whole else names_in(piece, *_names_of(piece, who)):
        reading.add("author", first, last, piece[first:last])
    reading.keep(when, "date")
    reading.keep(what, "title")
    return at + 2


def _names_of(piece: str, member: Part) -> tuple[int, int]:
    """The stretch of a member that holds names."""
    left, right = without_roles(piece[member.start : member.end])
    return member.start + left, member.start + right


def _opens_imprint(members: Sequence[Part]) -> bool:
    """Whether a place with a publisher, or a publisher with a date, stands in brackets first."""
    if not members or members[0].name != "inside":
        return False
    dated = len(members) > 1 and members[1].name == "date"
    return dated and (bool(_IMPRINT.match(members[0].value)) or is_organisation(members[0].value))


def _place(piece: str, members: Sequence[Part], reading: _Reading) -> None:
    """Read where a title appeared: containers, editors, imprint, numbers, dates, addresses."""
    title = reading.first("title")
    marked = title is not None and title.start > 0 and piece[title.start - 1] in '“"‘「〈<'
    reading.end = max((part.end for part in reading.fields), default=0)
    for place, member in enumerate(members):
        if member.name in _KEPT:
            if member.name == "date" and reading.has("date"):
                continue
            if member.name == "number" and reading.has("volume") and not reading.has("issue"):
                member = member._replace(name="issue")
            reading.keep(member, member.name)
        elif member.name in ("newspaper", "site"):
            if not reading.has("container"):
                reading.keep(member, "container")
                reading.paper, reading.site = member.name == "newspaper", member.name == "site"
        elif member.name in _TITLES:
            if not reading.has("container"):
                reading.keep(member, "container")
                reading.chapter |= marked and member.name == "bracketed"
                reading.works |= member.value.endswith(words("collected_works"))
            elif not reading.has("title"):
                reading.keep(member, "title")
        elif member.name == "locator":
            reading.end = max(reading.end, member.end)
        elif not _placed(piece, members, place, reading, marked=marked):
            break


def _placed(piece: str, members: Sequence[Part], place: int, reading: _Reading, *, marked: bool) -> bool:
    """Read words after the title; False where the reference ends before them."""
    member = members[place]
    following = members[place + 1] if place + 1 < len(members) else None
    value = member.value
    start = member.start
    if value.isupper() and following is not None and following.name == "number":
        return True  # an acronym before a series
    thesis = next((word for word in words("thesis_words") if word in value.lower()), None)
    if thesis:
        reading.thesis = True
        cut = value.lower().index(thesis)
        left, right = (start, start + cut) if cut > 1 else (start + cut + len(thesis), member.end)
        left, right = trimmed(piece, left, right)
        if left < right:
            reading.add("publisher", left, right, piece[left:right])
        reading.end = max(reading.end, member.end)
        return True
    within = _IN.match(value)
    if within:
        reading.chapter = True
        start, value = start + within.end(), value[within.end() :]
        roles = following is not None and bool(re.fullmatch(r"[Ee]ds?\.?|editors?", following.value))
        if is_author(value) and (roles or are_editors(value)):
            return _edited(piece, start, member.end, reading)
    if value.lower() == "and" and reading.has("date"):
        return False
    if value.lower() in ("in", "ed", "eds", "at", "and", "edited by", "pp", "p"):
        reading.chapter |= value.lower() == "in"
        return True
    edited = _EDITED.match(value)
    if edited:
        return _edited(piece, start + edited.end(), member.end, reading)
    if are_editors(value) and is_author(value):
        return _edited(piece, start, member.end, reading)
    if re.fullmatch(r"(?:[Ee]ds?|편|엮음)\.?", value):
        return True
    imprint = _IMPRINT.match(value)
    if (
        imprint
        and not reading.has("publisher")
        and (member.name == "inside" or (following and following.name == "date"))
    ):
        place_start, place_end = trimmed(piece, start + imprint.start("place"), start + imprint.end("place"))
        reading.add("place", place_start, place_end, piece[place_start:place_end])
        left, right = trimmed(piece, start + imprint.start("publisher"), start + imprint.end("publisher"))
        reading.add("publisher", left, right, piece[left:right])
        return True
    if member.name == "inside":
        if re.fullmatch(r"[Ee]ds?\.?", value):
            return True
        if following is not None and following.name in _TITLES and is_author(value):
            return False  # another reference begins
        dated = following is not None and following.name == "date"
        last = _PLACE.match(value)
        if last and dated and not reading.has("publisher") and not is_organisation(last["place"]):
            for name in ("publisher", "place"):
                reading.add(name, start + last.start(name), start + last.end(name), last[name])
        elif (
            reading.has("publisher")
            and not reading.has("place")
            and len(value.split()) < 3
            and piece[start - 2] not in " ."
        ):
            reading.keep(member, "place")
        elif not reading.has("publisher") and not value[:1].islower() and dated:
            name = "publisher" if reading.has("title") else "title"
            reading.add(name, member.start, member.end, value)
        return True
    if value[:1].islower() and not within:
        undated = not reading.has("date") and following is not None and len(value.split()) < 9
        return undated or bool(_SMALL_WORDS.match(value)) or bool(pattern("accessed").fullmatch(value))
    if HANGUL.match(value) and not is_organisation(value) and (reading.has("container") or not marked):
        if _GOES_ON.match(value) and len(value) < 6:
            return True
        if reading.has("publisher") or len(value.split()) > 3 or _SAID.search(value):
            return False
        reading.add("publisher", start, member.end, value)
        return True
    if within or (
        marked and not reading.has("container") and not is_organisation(value) and not reading.has("number", "date")
    ):
        if len(value.split()) > 14:
            return False
        reading.add("container", start, member.end, value)
        return True
    if not reading.has("publisher") and len(value.split()) <= 12:
        if is_organisation(value) or reading.has("container"):
            if following is not None or is_organisation(value):
                reading.add("publisher", start, member.end, value)
                return True
    if reading.has("publisher") and not reading.has("place") and following and following.name == "date":
        reading.add("place", start, member.end, value)
        return True
    return value.isupper() and following is not None


def _edited(piece: str, start: int, end: int, reading: _Reading) -> bool:
    left, right = without_roles(piece[start:end])
    for first, last in names_in(piece, start + left, start + right):
        reading.add("editor", first, last, piece[first:last])
    reading.chapter = True
    return True


def _kind(piece: str, reading: _Reading) -> CitationKind | None:
    """What is cited; None where too little was found to be sure that something is."""
    has = reading.has
    date = reading.first("date")
    day = bool(date and len(date.value) == 10)
    title = reading.first("title")
    spelt = title.value.lower() if title else ""
    report = any(word in spelt for word in words("report_words")) or reading.thesis
    who = [part.value for part in reading.fields if part.name == "author"]
    body = any(is_organisation(name) for name in who)
    if (
        reading.paper
        and has("container")
        and day
        and not has("place")
        and not (has("url", "accessed") and not _paper_url(reading))
    ):
        return CitationKind.NEWSPAPER
    if not title:
        return CitationKind.WEB if reading.site and day else None
    if reading.works:
        return CitationKind.CHAPTER
    if has("url") and not has("volume") and not has("place"):
        return (
            CitationKind.NEWSPAPER if reading.paper else CitationKind.WEB if not has("number") else CitationKind.REPORT
        )
    if has("volume", "place") and not has("issue") and not has("container"):
        return CitationKind.BOOK
    if has("volume") or (has("issue") and has("container")):
        return CitationKind.ARTICLE if has("container") or has("date") else None
    if has("place") or (has("publisher") and date):
        if reading.thesis or has("number"):
            return CitationKind.REPORT
        if reading.chapter and has("container"):
            return CitationKind.CHAPTER
        if report or (body and not has("editor")):
            return CitationKind.REPORT
        return CitationKind.BOOK
    if not date:
        return None
    if has("number") or report or body:
        return CitationKind.REPORT
    if has("container"):
        if reading.chapter and has("editor"):
            return CitationKind.CHAPTER
        return (
            CitationKind.NEWSPAPER
            if day and not reading.site
            else CitationKind.WEB
            if reading.site
            else CitationKind.ARTICLE
        )
    return CitationKind.BOOK if who and (has("pages") or not day) and _bounded(title, piece) else None


def _paper_url(reading: _Reading) -> bool:
    return reading.paper


def _bounded(title: Part, piece: str) -> bool:
    """Whether a title is marked as such, or is one by its capitals."""
    if title.start and piece[title.start - 1] in '“"‘「〈<『《≪【':
        return True
    long = [word for word in re.findall(r"[A-Za-z’'-]+", title.value) if len(word) > 3]
    return bool(long) and sum(word[0].isupper() for word in long) >= len(long) * 0.7
