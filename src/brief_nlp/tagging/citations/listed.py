"""References as notes give them: members in a row, `Author, Title (Place: Publisher, Year), pages`.

What stands before the title is who wrote it, what comes after it is where it appeared; the first
words that fit neither end the reference. What is left without a date, an imprint or an address is
no reference.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from brief_nlp.tagging.citations.members import Read, members_of
from brief_nlp.tagging.citations.parts import Part
from brief_nlp.tagging.citations.people import (
    TRANSLATED,
    after_particles,
    are_editors,
    behind_sentence,
    is_author,
    is_foreign_person,
    is_person,
    without_roles,
)
from brief_nlp.tagging.citations.placed import IMPRINT, PAGED, ROLE, TITLES, place
from brief_nlp.tagging.citations.reading import Reading, kind_of
from brief_nlp.tagging.citations.words import (
    HANGUL,
    STATE,
    SYMBOL,
    is_law,
    is_organisation,
    is_place,
    is_title_cased,
    words,
)

_IN_SENTENCE = re.compile(
    r"(?:[은는이을를의에도만]|[으하]?로|하여|해서|[다며고면])$|^(?:또|그|이|저)$|참조|참고|관련|특히|예컨대"
)
_BODY = re.compile(r"(?:[A-Z][\w’'-]+\s){1,4}(?:of|to|for)\s(?:the\s)?(?:[A-Z][\w’'-]*\s?|to\s|of\s|the\s|and\s){1,5}$")
_ARGUES = re.compile(r"(?:As|But|And|While)?\s?(?P<author>[A-Z][^,;:()“”]{3,60}?)\s(?:has\s)?[a-z]{3,}\sin\s(?=[A-Z])")
_PERIODICAL = re.compile(
    r"\b(?:Journal|Review|Studies|Bulletin|Yearbook|Annals|Quarterly|Times|News|Section|Chapter|Table)\b"
)
_SERIES = re.compile(r"\w\s(?:Book |Monograph |Paper )?Series$|\bReport of Session\b")
_BY = re.compile(r"by\s[A-Z]")  # whom a reviewed book is by
_PAPERS = re.compile(
    r"[A-Z]{2,}\s(?:[A-Z]\w+\s)?(?:Dossier|Report|Paper|Brief|Monograph|Insight|Study|Note|Memo)s?|"
    r"(?:[\w-]+\s){0,2}(?:Occasional|Working|Discussion|Policy|Research|Special|Background|Briefing|Issue)"
    r"\s(?:Papers?|Briefs?|Reports?|Notes?|Memos?)"
)
_SURNAME = re.compile(r"[A-Z][a-z]+(?:[’'-][A-Z]?[a-z]+)?")
_TITLE_NEXT = re.compile(r",\s[“\"‘]")
_NEAR = 4  # characters from the start of a piece
_ACRONYM = re.compile(r"[A-Z]{3,8}")  # of a body: KEDO, Annual Report
_LEADS_ON = re.compile(r"\b(?:in|of|by|from|the|to|at|on|and|with|for|that)$")
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|can|may)\b")
_IN = re.compile(r"(?:in|(?:introduction|foreword|preface|afterword) to)\s[A-Z]")
_MOST_WORDS = 6  # before a title that are no names: then the quotation marks stand in a sentence
_LONGEST_TITLE, _LONGEST_NAME, _LONGEST_PUBLISHER = 40, 8, 3  # words


def read_listed(piece: str) -> Read | None:
    """The reference in a piece; None where there is none."""
    members = _without_roles(members_of(piece))
    reading = Reading(piece)
    titles = [at for at, member in enumerate(members) if member.name in TITLES]
    if len(titles) > 1 and HANGUL.match(piece, members[titles[0]].end + 1):  # “상생”의 뜻은 이상, “제목”
        members = members[titles[0] + 1 :]
        titles = [at - titles[0] - 1 for at in titles[1:]]
    at = titles[0] if titles else None
    if at is not None and any(member.name == "inside" and IMPRINT.match(member.value) for member in members[:at]):
        at = None  # an entry of what came out there
    if at is not None and not _is_container(members, at):
        rest = _marked(members, at, reading)
    else:
        rest = _dated(members, reading) or _plain(members, reading)
    if rest is None:
        return None
    place(members[rest:], reading)
    kind = kind_of(reading)
    if kind is None:
        return None
    start = min(part.start for part in reading.fields)
    return Read(kind, reading.fields, start, reading.end, f"citations/{kind.value}")


def _without_roles(members: list[Part]) -> list[Part]:
    """The members without the `(ed.)` behind the names at the start; the names are asked for it again."""
    at = next((at for at, member in enumerate(members) if member.name != "text"), 0)
    role = at and members[at].name == "inside" and ROLE.fullmatch(members[at].value)
    goes_on = role and at + 1 < len(members) and members[at + 1].name == "text"
    return members[:at] + members[at + 1 :] if goes_on else members


def _is_container(members: Sequence[Part], at: int) -> bool:
    """Whether the first title in brackets is that of the journal: volume or issue follow, plain words precede."""
    follows = members[at + 1].name if at + 1 < len(members) else ""
    plain = [member for member in members[:at] if member.name == "text"]
    more = any(member.name in TITLES for member in members[at + 1 :])
    return members[at].name == "bracketed" and follows in ("volume", "issue") and not more and len(plain) > 1


def _marked(members: Sequence[Part], at: int, reading: Reading) -> int | None:
    """Read who wrote a title in quotation marks or brackets; the index of the member after it."""
    before = _with_given_name(members[:at]) if at == len(("Surname", "Given")) else members[:at]
    papers = [member for member in before if member.name in ("newspaper", "site")]
    for paper in papers:
        reading.keep(paper, "container")
        reading.traits.add("paper" if paper.name == "newspaper" else "site")
    said = [member for member in before if member.name in ("text", "inside")]
    plain = papers or all(member.name == "text" for member in said)
    named = plain and _names([member for member in said if member.name == "text"], reading, titled=True)
    for member in before:
        if member.name == "date" and (named or papers):
            reading.keep(member)
    length = sum(len(member.value.split()) for member in said)
    if not named and length > _MOST_WORDS and not HANGUL.search(reading.piece, 0, members[at].start):
        return None
    if not named and members[at].value[0].islower():
        return None  # a word that the note speaks of
    reading.keep(members[at], "title")
    return at + 1


def _with_given_name(members: Sequence[Part]) -> Sequence[Part]:
    """The members before a title; a surname and what follows its comma are one: `Baek, Ji-won, “Title”`."""
    if [member.name for member in members[:2]] != ["text", "text"]:
        return members
    surname, given = members[:2]
    whole = f"{surname.value}, {given.value}"
    return [surname._replace(end=given.end, value=whole), *members[2:]] if is_person(whole) else members


def _names(members: Sequence[Part], reading: Reading, *, titled: bool = False) -> bool:
    """Read the members that are authors or editors; whether there were any. `titled`: a title in marks follows."""
    found = body = False
    for at, member in enumerate(members):
        following = members[at + 1].value if at + 1 < len(members) else ""
        start = _names_start(member, reading.piece)
        said = reading.piece[start : member.end]
        if found and (ROLE.fullmatch(said) or said.strip(" .") == "et al" or TRANSLATED.search(said)):
            continue
        if body and (is_organisation(said) or STATE.fullmatch(said)):  # Ministry of Ports, Department of Treaties
            reading.add("author", reading.fields.pop().start, member.end)
            continue
        last = at == len(members) - 1 and titled
        if not (_is_author(said, member, reading.piece) or (last and _stands_alone(said, member, reading.piece))):
            if found:
                break
            continue
        role = re.match(r"\s*[,(]?\s*eds?\.", reading.piece[member.end : member.end + 8])
        editors = are_editors(said) or following in ("ed", "eds") or role
        reading.add_names("editor" if editors else "author", start, member.end)
        found = True
        body = not editors and is_organisation(said) and reading.fields[-1].start == start
    return found


def _is_author(said: str, member: Part, piece: str) -> bool:
    """Whether a member names who wrote it; a comma tells foreign names and acronyms from other words."""
    if is_author(said):
        return True
    left, right = without_roles(said)
    said = said[left:right]
    return piece[member.end : member.end + 1] == "," and (is_foreign_person(said) or bool(_ACRONYM.fullmatch(said)))


def _stands_alone(said: str, member: Part, piece: str) -> bool:
    """Whether words before a title can be a body or a surname that no word tells as one: a comma, no sentence."""
    if not HANGUL.search(said):
        body = _BODY.match(said) and is_title_cased(said) and not _PERIODICAL.search(said)
        near = member.start <= _NEAR and bool(_TITLE_NEXT.match(piece, member.end))
        return near and (bool(body) or bool(_SURNAME.fullmatch(said) and said.lower() not in words("genres")))
    alone = piece[member.end : member.end + 1] == "," and len(said.split()) <= _LONGEST_PUBLISHER
    return alone and bool(HANGUL.search(said)) and not _IN_SENTENCE.search(said)


def _names_start(member: Part, piece: str) -> int:
    """Where the names of a member begin: behind `이에 대해서는`, behind `A fuller treatment is`."""
    start = after_particles(piece, member.start, member.end)
    return start if is_author(piece[start : member.end]) else behind_sentence(piece, start, member.end, is_author)


def _dated(members: Sequence[Part], reading: Reading) -> int | None:
    """Read a row with the year behind the names, `Statistics Korea (2016), Title`, as `_marked` does."""
    piece = reading.piece
    at = next((at for at, member in enumerate(members) if member.name != "text"), 0)
    if not at or [member.name for member in members[at : at + 2]] != ["date", "text"]:
        return None
    start, end, when, title = members[0].start, members[at - 1].end, members[at], members[at + 1]
    who = piece[start:end]
    if piece[when.start - 1] != "(" or len(who.split()) > _LONGEST_NAME or not who[:1].isupper():
        return None
    if not is_title_cased(title.value):
        return None
    if at > 1 and not is_author(who):  # a comma in a body's name
        reading.add("author", start, end)
    else:
        reading.add_names("author", start, end)
    reading.keep(when)
    reading.keep(title, "title")
    return at + 2


def _plain(members: Sequence[Part], reading: Reading) -> int | None:
    """Read a row that marks no title, as where a PDF's text has lost its italics, as `_marked` does."""
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
    row = list(members[:run])
    row = list(_with_given_name(row)) if len(row) > len(("Surname", "Given")) else row
    if _year_ends_title(members, run, piece):
        row[-1] = row[-1]._replace(end=members[run].end, value=piece[row[-1].start : members[run].end])
        run += 1
    glossed = run < len(members) and piece[members[run].start - 1] == "[" and members[run].name == "inside"
    run += glossed
    if _in_journal(members, run) and _count_names(row, piece, least_left=1) < len(row) - 1:
        reading.keep(row.pop(), "container")
    while len(row) > 1 and _is_aside(row[-1].value):
        aside = row.pop().value
        reading.traits |= {"thesis"} if aside.lower() in words("thesis_words") else set()
        reading.traits |= {"series"} if _PAPERS.fullmatch(aside) else set()
    if len(row) == 1 and follows == "number" and is_organisation(row[0].value) and not is_law(row[0].value):
        _names(row, reading)
        return run
    alone = follows in ("newspaper", "text") and _only_name(row)  # Gull, introduction to Ships
    named = _count_names(row, piece, least_left=0 if alone else 1)
    _names(row[:named], reading)
    if named == len(row):
        return run
    start, end = row[named].start, row[-1].end
    if not named and HANGUL.search(piece, start, end):
        start = after_particles(piece, start, end)
    argued = None if named else _ARGUES.match(piece, start, end)
    if argued and is_author(argued["author"]):
        reading.add_names("author", *argued.span("author"))
        start = argued.end()
    paged = PAGED.search(piece, start, end)
    if (
        paged and piece[end : end + 2] == " (" and follows in ("date", "locator")
    ):  # The Law of Blockade 77 (3d ed. 2015)
        reading.add("pages", *paged.span("pages"))
        end = paged.start()
    if follows in ("newspaper", "site") and not named and _LEADS_ON.search(piece, start, end):
        return run  # Photographs in the newspaper
    reading.add("title", start, end)
    proven = follows == "bracketed" or (follows == "url" and reading.has("author")) or _opens_imprint(members[run:])
    if proven and _VERB.search(piece, start, end) and not is_title_cased(piece[start:end]):
        return None  # a sentence, and a repeat in brackets behind it
    proven = proven or (bool(named) and _closes_with_year(members[run:]))
    symbol = run < len(members) and SYMBOL.match(members[run].value) and not _VERB.search(piece, start, end)
    proven = proven or glossed or bool(symbol) or reading.has("container")
    fits = len(piece[start:end].split()) <= _LONGEST_TITLE and (proven or is_title_cased(piece[start:end]))
    return run if fits else None


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
        or _PAPERS.fullmatch(value)
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
    return piece[years[0].start - 2] == ","


def _publishes(members: Sequence[Part], run: int, piece: str) -> bool:
    """Whether the last words before a date are who published it: `Title, Polity, 2018`, `Title, Seoul: KINU, 2020`."""
    last, following = members[run - 1].value, members[run].name if run < len(members) else ""
    imprint = IMPRINT.match(last)
    sure = imprint and (is_place(imprint["place"]) or is_organisation(imprint["publisher"]))
    if _opens_imprint(members[run:]) or _closes_with_year(members[run:]):
        return False
    if is_organisation(last) or (sure and following == "date"):
        return True
    if following != "date" or _count_names(members[: run - 1], piece, least_left=0) == run - 1:
        return False
    if imprint:
        return True
    short = len(last.split()) <= _LONGEST_PUBLISHER and not last.lower().startswith(("and ", "or ", "& "))
    return short and piece[members[run].start - 2] == "," and is_title_cased(last)


def _count_names(row: Sequence[Part], piece: str, *, least_left: int) -> int:
    """How many members at the start of a row are names, the roles after them included."""
    count = 0
    while count < len(row) - least_left:
        member = row[count]
        named = _is_author(piece[_names_start(member, piece) : member.end], member, piece)
        role = count and (ROLE.fullmatch(member.value) or TRANSLATED.search(member.value))
        if not named and not role:
            break
        count += 1
    return count


def _closes_with_year(members: Sequence[Part]) -> bool:
    """Whether a name with a year stands in brackets first: `(Tokyo, 2016)`."""
    names = [member.name for member in members[:2]]
    return names == ["inside", "date"] and members[0].value[:1].isupper() and len(members[1].value) == len("2016")


def _opens_imprint(members: Sequence[Part]) -> bool:
    """Whether a place with a publisher, or a body with a date, stands in brackets first."""
    members = members[1:] if members and members[0].name == "volume" else members
    if [member.name for member in members[:2]] != ["inside", "date"]:
        return False
    if HANGUL.search(members[0].value) and len(members[0].value.split()) <= _LONGEST_PUBLISHER:
        return True
    return bool(IMPRINT.match(members[0].value)) or is_organisation(members[0].value)
