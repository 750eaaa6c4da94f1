"""Rows that mark no title, as where a PDF's text has lost its italics: `Hanna Gull, Ships (Busan: Gull, 2011)`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from brief_nlp.tagging.citations.parts import Part
from brief_nlp.tagging.citations.people import TRANSLATED, after_particles, is_author, is_person
from brief_nlp.tagging.citations.placed import IMPRINT, PAGED, PAPERS, ROLE
from brief_nlp.tagging.citations.reading import Reading
from brief_nlp.tagging.citations.signed import ARGUES, count_names, read_names, with_given_name
from brief_nlp.tagging.citations.words import HANGUL, SYMBOL, is_law, is_organisation, is_place, is_title_cased, words

_SERIES = re.compile(
    r"\w\s(?:Book |Monograph |Paper )?Series$|\bReport of Session\b"
    r"|^(?:Studies|Monographs|Papers|Contributions)\s(?:of|in|on|to)\s"
)
_REPORT = re.compile(r"(?:[A-Z][\w-]+\s){1,2}(?:Report|Paper|Brief|Dossier|Study)")
_BY = re.compile(r"by\s[A-Z]")  # whom a reviewed book is by
_LEADS_ON = re.compile(r"\b(?:in|of|by|from|the|to|at|on|and|with|for|that)$")
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|can|may)\b")
_IN = re.compile(r"(?:in|(?:introduction|foreword|preface|afterword) to)\s[A-Z]")
_LONGEST_TITLE, _LONGEST_PUBLISHER, _LONGEST_BODY = 40, 3, 5  # words


def read_unmarked(members: Sequence[Part], reading: Reading) -> int | None:
    """Read who wrote a title and the title itself; the index of the member after it, None where there is none."""
    piece = reading.piece
    run = next((at for at, member in enumerate(members) if member.name != "text"), len(members))
    run = next((at for at in range(1, run) if _IN.match(members[at].value)), run)
    follows = members[run].name if run < len(members) else ""
    if not run:
        return 0 if follows in ("newspaper", "site") else None
    if follows == "newspaper" and HANGUL.search(members[run - 1].value) and piece[members[run - 1].end] != ",":
        return run  # 전문은 《로동신문》: no name
    while run > 2 and _publishes(members, run, piece):
        run -= 1
    row, run = _row(members, run, reading)
    if follows == "number" and _are_bodies(row, members[run], piece):
        read_names(row, reading)
        return run
    alone = follows in ("newspaper", "text") and _only_name(row)  # Gull, introduction to Ships
    named = count_names(row, piece, least_left=0 if alone else 1)
    read_names(row[:named], reading)
    if named == len(row):
        return run
    if not named and _opens_imprint(members[run:]) and _is_unknown_body(row):
        reading.add("author", row[0].start, row[0].end)
        named = 1
    start, end = row[named].start, row[-1].end
    if not named:
        start = _behind_words(start, end, reading)
    paged = PAGED.search(piece, start, end)
    if paged and piece[end : end + 2] == " (" and follows in ("date", "locator"):
        reading.add("pages", *paged.span("pages"))  # The Law of Blockade 77 (3d ed. 2015)
        end = paged.start()
    if follows in ("newspaper", "site") and not named and _LEADS_ON.search(piece, start, end):
        return run  # Photographs in the newspaper
    reading.add("title", start, end)
    return run if _is_title(piece[start:end], members, run, reading) else None


def _is_unknown_body(row: Sequence[Part]) -> bool:
    """Whether a short name before a title can be a body that no word tells: what has an imprint is mostly signed."""
    if len(row) != len(("Body", "Title")) or HANGUL.search(row[0].value):
        return False
    body, title = row[0].value, row[1].value
    short = len(body.split()) <= _LONGEST_BODY and is_title_cased(body) and not re.search(r"[:\d?]", body)
    return short and title[:1].isupper() and sum(map(str.isalpha, title.split())) > 1


def _are_bodies(row: Sequence[Part], number: Part, piece: str) -> bool:
    """Whether a row before a number names bodies alone, so that the number stands for a title."""
    if len(row) > 1 and SYMBOL.match(number.value):
        return False
    bodies = all(is_organisation(member.value) and not is_law(member.value) for member in row)
    return bodies and (len(row) == 1 or count_names(row, piece, least_left=0) == len(row))


def _row(members: Sequence[Part], run: int, reading: Reading) -> tuple[list[Part], int]:
    """The members up to the title's end, without what stands behind it, and the index of the member after them."""
    piece = reading.piece
    row = list(members[:run])
    row = list(with_given_name(row)) if len(row) > len(("Surname", "Given")) else row
    if _year_ends_title(members, run, piece):
        row[-1] = row[-1]._replace(end=members[run].end, value=piece[row[-1].start : members[run].end])
        run += 1
    run += _is_glossed(members, run, piece)
    named = count_names(row, piece, least_left=1)
    if _in_journal(members, run) and named < len(row) - 1:
        reading.keep(row.pop(), "container")
    imprint = _opens_imprint(members[run:])
    while len(row) > 1:
        aside = row[-1].value
        of_series = _is_aside(aside) or (imprint and _REPORT.fullmatch(aside))
        if not (TRANSLATED.search(aside) or (of_series and len(row) > named + 1)):
            break
        row.pop()
        reading.traits |= {"thesis"} if aside.lower() in words("thesis_words") else set()
        reading.traits |= {"series"} if PAPERS.fullmatch(aside) else set()
    return row, run


def _is_glossed(members: Sequence[Part], run: int, piece: str) -> bool:
    """Whether a translation follows in square brackets."""
    return run < len(members) and piece[members[run].start - 1] == "[" and members[run].name == "inside"


def _behind_words(start: int, end: int, reading: Reading) -> int:
    """Where a title begins behind the words of a sentence; who is said to argue something in it is read."""
    if HANGUL.search(reading.piece, start, end):
        return after_particles(reading.piece, start, end)
    argued = ARGUES.match(reading.piece, start, end)
    if argued and is_author(argued["author"]):
        reading.add_names("author", *argued.span("author"))
        return argued.end()
    return start


def _is_title(title: str, members: Sequence[Part], run: int, reading: Reading) -> bool:
    """Whether words are a title: by their capitals, or by what stands around them."""
    rest, follows = members[run:], members[run].name if run < len(members) else ""
    shown = follows == "bracketed" or (follows == "url" and reading.has("author")) or _opens_imprint(rest)
    if shown and _VERB.search(title) and not is_title_cased(title):
        return False  # a sentence, and a repeat in brackets behind it
    signed = reading.has("author") or reading.has("editor")
    shown = shown or (signed and _closes_with_year(rest)) or reading.has("container")
    shown = shown or (run > 0 and _is_glossed(members, run - 1, reading.piece))
    symbol = bool(rest) and (SYMBOL.match(rest[0].value) or (rest[0].name == "number" and "/" in rest[0].value))
    shown = shown or bool(symbol and not _VERB.search(title))
    return len(title.split()) <= _LONGEST_TITLE and (shown or is_title_cased(title))


def _in_journal(members: Sequence[Part], run: int) -> bool:
    """Whether volume and issue follow, not volumes of a book with its imprint."""
    names = [member.name for member in members[run : run + 3]]
    return names[:1] in (["volume"], ["issue"]) and ("issue" in names or names[1:] == ["date", "pages"])


def _is_aside(value: str) -> bool:
    """Whether words after a title are none of it: a role, a translator, `press release`."""
    told = (
        _BY.match(value)
        or ROLE.fullmatch(value)
        or TRANSLATED.search(value)
        or _SERIES.search(value)
        or PAPERS.fullmatch(value)
    )
    return bool(told) or value.lower() in (*words("genres"), *words("thesis_words"))


def _only_name(row: Sequence[Part]) -> bool:
    """Whether the only words before a newspaper are somebody's name."""
    return len(row) == 1 and is_person(row[0].value) and len(row[0].value.split()) <= _LONGEST_PUBLISHER


def _year_ends_title(members: Sequence[Part], run: int, piece: str) -> bool:
    """Whether a year between commas belongs to the title: `Nuclear Weapons, 2023 (Stockholm: SIPRI, June 2023)`."""
    years = [member for member in members[run:] if member.name == "date"]
    if len(years) < 2 or years[0] != members[run]:
        return False
    rest = members[run + 1 :]
    if len(years[0].value) > len("2023") and not (_opens_imprint(rest) or _closes_with_year(rest)):
        return False
    return piece[years[0].start - 2] in ",:"


def _publishes(members: Sequence[Part], run: int, piece: str) -> bool:
    """Whether the last words before a date are who published it: `Title, Polity, 2018`, `Title, Seoul: KINU, 2020`."""
    last, following = members[run - 1].value, members[run].name if run < len(members) else ""
    imprint = IMPRINT.match(last)
    sure = imprint and (is_place(imprint["place"]) or is_organisation(imprint["publisher"]))
    if following == "number" and all(is_organisation(member.value) for member in members[:run]):
        return False
    if _opens_imprint(members[run:]) or _closes_with_year(members[run:]):
        return False
    if is_organisation(last) or (sure and following == "date"):
        return True
    if following != "date" or count_names(members[: run - 1], piece, least_left=0) == run - 1:
        return False
    if imprint:
        return True
    short = len(last.split()) <= _LONGEST_PUBLISHER and not last.lower().startswith(("and ", "or ", "& "))
    return short and piece[members[run].start - 2] == "," and is_title_cased(last)


def _closes_with_year(members: Sequence[Part]) -> bool:
    """Whether a name with a year stands in brackets first: `(Tokyo, 2016)`."""
    if [member.name for member in members[:2]] != ["inside", "date"]:
        return False
    where, when = members[0].value, members[1].value
    return is_place(where) or (where[:1].isupper() and len(when) == len("2016"))


def _opens_imprint(members: Sequence[Part]) -> bool:
    """Whether a place with a publisher, or a body with a date, stands in brackets first."""
    members = members[1:] if members and members[0].name == "volume" else members
    if [member.name for member in members[:2]] != ["inside", "date"]:
        return False
    if HANGUL.search(members[0].value) and len(members[0].value.split()) <= _LONGEST_PUBLISHER:
        return True
    return bool(IMPRINT.match(members[0].value)) or is_organisation(members[0].value)
