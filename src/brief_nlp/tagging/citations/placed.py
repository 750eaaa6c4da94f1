"""What stands after a title: where the work appeared, who edited and published it, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from brief_nlp.tagging.citations.parts import Part
from brief_nlp.tagging.citations.people import TRANSLATED, are_editors, is_author, is_person
from brief_nlp.tagging.citations.reading import PARTIES, Reading
from brief_nlp.tagging.citations.words import HANGUL, is_organisation, is_place, opens_sentence, pattern, trimmed, words

TITLES = ("quoted", "bracketed")
_KEPT = ("date", "container", "volume", "issue", "number", "pages", "url", "accessed")
IMPRINT = re.compile(r"^(?P<place>[^:：]{2,60}?)\s?[:：]\s?(?P<publisher>.{2,160})$", re.S)
_PLACE_LAST = re.compile(r"(?P<publisher>.+?),\s(?P<place>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?(?:,\s(?:[A-Z]{2}|D\.C\.?))?)$")
_TIME = re.compile(
    r"\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?|(?:YouTube )?(?:video|audio|podcast)", re.I
)
_BY = re.compile(r"\bby\s[“\"]$")
_CITY = re.compile(r"[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?(?:, [A-Z][\w. ]{1,20})?")
_PRESENTED = re.compile(
    r"(?:conference |unpublished )?(?:paper|manuscript|presentation|presented|delivered|prepared|draft)\b"
    r"[\w\s]*?\s(?:at|to|for|before)\s(?:the\s)?(?=[A-Z\d])"
)
PAGED = re.compile(
    r"(?<!No\.)(?<!olution)(?<!Vision)(?<!Vol\.)(?<!Law)(?<!Order)\s(?P<pages>(?!(?:19|20)\d\d$)\d{1,4}(?:[-–]\d{1,4})?)$"
)
PAPERS = re.compile(
    r"[A-Z]{2,}\s(?:[A-Z]\w+\s)?(?:Dossier|Report|Paper|Brief|Monograph|Insight|Study|Note|Memo)s?|"
    r"(?:[\w-]+\s){0,2}(?:Occasional|Working|Discussion|Policy|Research|Special|Background|Briefing|Issue)"
    r"\s(?:Papers?|Briefs?|Reports?|Notes?|Memos?)"
)  # a series without a number
_GLOSS = re.compile(r"[\u3400-\u9fff]+")
_IN = re.compile(r"^(?:in|(?:introduction|foreword|preface|afterword) to):?\s+(?=[A-Z“\"『《])|^in:\s", re.I)
_EDITED = re.compile(r"^(?:ed(?:s|ited)?\.?(?:\sby)?)\s+(?=[A-Z])")
ROLE = re.compile(r"(?:[Ee]ds?|[Ee]ditors?|편|엮음)\.?")
_JOINERS = ("of", "in", "ed", "eds", "at", "and", "edited by", "pp", "p")
_SMALL_WORDS = re.compile(
    r"^(?:last\s)?(?:modified|updated|adopted|revised|published|posted|at|by|and|on|dated|as (?:amended|revised)"
    r"|available|from|forthcoming|translated|trans\.?|sec|p|vol|no)\b"
)
_GOES_ON = re.compile(
    r"^(?:등|기준|현재|게재|배포|발표|보도자료|인터넷판|온라인판|항목|기사|및|면|쪽|호|권|제|년|자|판|월|일|\d|참조|참고|p)"
)
_SAID = re.compile(r"(?:[은는을를의]|에서|에게|으로|다|볼 것|이하|참조|참고|인용|따옴|하라|바람|것)$")  # ends no name
_LONGEST_NAME, _LONGEST_CONTAINER, _LONGEST_ASIDE, _LONGEST_KOREAN_NAME = 12, 14, 8, 3  # words
_LONGEST_ISSUE = 2  # words: `No. 4`
_LONGEST_EDITION = 3  # words: `morning edition`


class _Words(NamedTuple):
    """Words between parts, and the member after them."""

    member: Part
    following: Part | None

    @property
    def value(self) -> str:
        return self.member.value

    @property
    def before_date(self) -> bool:
        return self.following is not None and self.following.name == "date"

    @property
    def length(self) -> int:
        return len(self.member.value.split())


def place(members: Sequence[Part], reading: Reading) -> None:
    """Read the members after a title, up to the first that the reference does not hold."""
    reading.end = max((part.end for part in reading.fields), default=0)
    quoted = reading.title_is_quoted
    members = _with_whole_container(members, reading.piece)
    for at, member in enumerate(members):
        if member.name in _KEPT:
            _keep(member, reading)
        elif member.name in ("newspaper", "site", *TITLES):
            _contain(member, reading, quoted=quoted)
        elif member.name == "locator":
            reading.end = max(reading.end, member.end)
        else:
            said = _Words(member, members[at + 1] if at + 1 < len(members) else None)
            goes_on = _in_brackets if member.name == "inside" else _between_commas
            if not (_of_either(said, reading) or goes_on(said, reading)):
                break


def _with_whole_container(members: Sequence[Part], piece: str) -> Sequence[Part]:
    """The members, with a container that has commas in one: `in New Archives, New Questions, ed. Hana Gull`."""
    at = next((at for at, member in enumerate(members) if member.name == "text" and _IN.match(member.value)), None)
    if at is None:
        return members
    end = at
    while end + 1 < len(members) and members[end + 1].name == "text" and _is_of_title(members[end + 1].value):
        end += 1
    following = members[end + 1] if end + 1 < len(members) else None
    edited = following is not None and following.name == "text" and _EDITED.match(following.value)
    if end == at or not edited:
        return members
    whole = members[at]._replace(end=members[end].end, value=piece[members[at].start : members[end].end])
    return [*members[:at], whole, *members[end + 1 :]]


def _is_of_title(value: str) -> bool:
    return not (_EDITED.match(value) or ROLE.fullmatch(value) or TRANSLATED.search(value) or value.lower() in _JOINERS)


def _keep(member: Part, reading: Reading) -> None:
    if member.name == "date" and reading.has("date"):
        return
    issue = member.name == "number" and reading.has("volume") and not reading.has("issue")
    issue = issue and len(member.value.split()) <= _LONGEST_ISSUE  # longer is a series
    issue = issue and not reading.value("container").endswith("Treaty Series")
    reading.keep(member, "issue" if issue else member.name)


def _contain(member: Part, reading: Reading, *, quoted: bool) -> None:
    """Take a newspaper, a site or another title as what holds the piece."""
    agency = reading.has("title") and reading.fields[0].name == "container"
    if member.name == "newspaper" and agency and not reading.has("date"):
        reading.fields[0] = reading.fields[0]._replace(name="author")  # an agency: Reuters, “Title,” New York Times
    if reading.has("container"):
        if member.name in TITLES and not reading.has("title"):
            reading.keep(member, "title")
        return
    if member.name in TITLES and _BY.search(reading.piece, 0, member.start):
        reading.keep(member, "publisher")  # posted by “Forum”
        return
    quoted = member.name in TITLES and reading.has("date") and reading.piece[: member.start - 1].endswith("(")
    if quoted or (member.name in TITLES and reading.has("place", "date")):
        return  # words of the source; an entry of an encyclopaedia
    reading.keep(member, "container")
    if member.name == "newspaper":
        reading.traits.add("paper")
    elif member.name == "site":
        reading.traits.add("site")
    else:
        reading.traits |= {"chapter"} if quoted and member.name == "bracketed" else set()
        reading.traits |= {"works"} if member.value.endswith(words("collected_works")) else set()


def _of_either(said: _Words, reading: Reading) -> bool:
    """Read what stands in brackets or between commas alike; False where it is none of that."""
    member, value = said.member, said.value
    if value.isupper() and said.following is not None and said.following.name == "number":
        return True  # an acronym before a series
    if ROLE.fullmatch(value):
        return True
    thesis = next((word for word in words("thesis_words") if word in value.lower()), None)
    if thesis:
        reading.traits.add("thesis")
        cut = member.start + value.lower().index(thesis)
        first = trimmed(reading.piece, member.start, cut)
        school = first if first[0] < first[1] else trimmed(reading.piece, cut + len(thesis), member.end)
        if school[0] < school[1]:
            reading.add("publisher", *school)
        reading.end = max(reading.end, member.end)
        return True
    if are_editors(value) and is_author(value):
        return _edit(member.start, member.end, reading)
    imprint = IMPRINT.match(value)
    if (
        imprint
        and not reading.has("publisher")
        and (member.name == "inside" or said.before_date or _is_sure(imprint, reading))
    ):
        for name in ("place", "publisher"):
            left, right = imprint.span(name)
            reading.add(name, *trimmed(reading.piece, member.start + left, member.start + right))
        return True
    return False


def _is_sure(imprint: re.Match[str], reading: Reading) -> bool:
    """Whether a place and a publisher stand behind a date that came first: `Bank (2019), Title, Rome: Press, p. 4`."""
    sure = is_place(imprint["place"]) or is_organisation(imprint["publisher"])
    return reading.has("date") and sure


def _edits_too(member: Part, reading: Reading) -> bool:
    """Whether somebody is one more of the editors just named: `ed. Henrik Dahl, Soo-min Wi, and Aya Kondo`."""
    last = reading.fields[-1] if reading.fields else None
    if last is None or last.name != "editor" or reading.piece[last.end : member.start].strip() != ",":
        return False
    return is_person(member.value.removeprefix("and "))


def _edit(start: int, end: int, reading: Reading) -> bool:
    reading.add_names("editor", start, end)
    reading.traits.add("chapter")
    return True


def _in_brackets(said: _Words, reading: Reading) -> bool:
    """Read words in brackets; False where they begin another reference."""
    member, value = said.member, said.value
    if said.following is not None and said.following.name in TITLES and is_author(value):
        return False
    genre, _, rest = value.partition(", ")
    if rest and genre.lower() in words("genres"):  # (unpublished paper, University of Ports, 2014)
        member, value = member._replace(start=member.end - len(rest), value=rest), rest
    last = _PLACE_LAST.match(value)
    published = reading.has("publisher")
    presented = _PRESENTED.match(value)
    if presented and not reading.has("container"):
        return _meeting(member, presented.end(), reading)
    if PARTIES.search(reading.value("title")):
        return True  # (D.D.C. 2020): the court
    if last and said.before_date and not published and not is_organisation(last["place"]):
        for name in ("publisher", "place"):
            reading.add(name, member.start + last.start(name), member.start + last.end(name))
    elif published and not reading.has("place") and said.length < _LONGEST_KOREAN_NAME:
        if reading.piece[member.start - 2] not in " .":
            reading.keep(member, "place")
    elif not published and not value[:1].islower() and said.before_date and not _GLOSS.fullmatch(value):
        city = "place" if is_place(value) else "publisher"
        titled = reading.has("title") or reading.has("container") or reading.has("number")
        reading.keep(member, city if titled else "title")
    return True


def _meeting(member: Part, start: int, reading: Reading) -> bool:
    """Read where a paper was presented, and in which city."""
    name, _, city = member.value[start:].partition(", ")
    reading.traits.add("presented")
    reading.add("container", member.start + start, member.start + start + len(name))
    if city[:1].isupper():
        reading.add("place", member.end - len(city), member.end)
    reading.end = max(reading.end, member.end)
    return True


def _between_commas(said: _Words, reading: Reading) -> bool:
    """Read words between commas; False where the reference ends before them."""
    member, value = said.member, said.value
    if pattern("accessed").fullmatch(value) or _TIME.fullmatch(value):
        return True
    if opens_sentence(reading.piece[member.start :]):
        return False
    if _edits_too(member, reading):
        return _edit(member.start, member.end, reading)
    if said.following is not None and ROLE.fullmatch(said.following.value) and is_author(value):
        return _edit(member.start, member.end, reading)
    within = _IN.match(value)
    if within:
        return _within(said, member.start + within.end(), reading)
    if value.lower() in _JOINERS:
        reading.traits |= {"chapter"} if value.lower() == "in" else set()
        return not (value.lower() == "and" and reading.has("date"))
    edited = _EDITED.match(value)
    if edited:
        return _edit(member.start + edited.end(), member.end, reading)
    if value[:1].islower():
        if _spoken(member, reading):
            return True
        undated = not reading.has("date") and said.following is not None and said.length <= _LONGEST_ASIDE
        aside = said.following is not None and said.length <= _LONGEST_EDITION and said.following.name in _KEPT
        return undated or aside or bool(_SMALL_WORDS.match(value))
    return _named(said, reading)


def _spoken(member: Part, reading: Reading) -> bool:
    """Whether it was a speech, or a paper at a conference, whose name then holds it."""
    if pattern("speech").match(member.value):
        reading.traits.add("spoken")
    presented = _PRESENTED.match(member.value)
    if presented:
        reading.traits.add("presented")
        if not reading.has("container"):
            reading.add("container", member.start + presented.end(), member.end)
    return bool(presented) or "spoken" in reading.traits


def _within(said: _Words, start: int, reading: Reading) -> bool:
    """Read `in CONTAINER` or `in EDITORS (eds)`."""
    reading.traits.add("chapter")
    named = reading.piece[start : said.member.end]
    roles = said.following is not None and bool(ROLE.fullmatch(said.following.value))
    goes_on = said.following is not None and said.following.name == "text"
    if is_author(named) and (roles or are_editors(named) or (goes_on and "et al" in named)):
        return _edit(start, said.member.end, reading)
    if len(named.split()) <= _LONGEST_CONTAINER:
        paged = PAGED.search(named)
        if paged:
            reading.add("pages", start + paged.start("pages"), said.member.end)
        reading.add("container", start, start + paged.start() if paged else said.member.end)
        reading.end = said.member.end
    return len(named.split()) <= _LONGEST_CONTAINER


def _named(said: _Words, reading: Reading) -> bool:
    """Read a name between commas as container, publisher or place, whichever is still wanted."""
    member, value = said.member, said.value
    if value in words("databases") or value.lower() in words("genres"):
        return True
    if PAPERS.fullmatch(value) and said.following is not None and said.following.name == "inside":
        reading.traits.add("series")
        return True
    if is_place(value) and not reading.has("place") and said.before_date != reading.has("date"):
        reading.keep(member, "place")
        return True
    body, contained, published = is_organisation(value), reading.has("container"), reading.has("publisher")
    if _GOES_ON.match(value) and len(value) < len("인터넷판에서") and not body:
        return True
    if HANGUL.match(value) and not body and (contained or not reading.title_is_quoted):
        if published or said.length > _LONGEST_KOREAN_NAME or _SAID.search(value):
            return False
        reading.keep(member, "publisher")
    elif reading.title_is_quoted and not contained and not body and not reading.has("number", "date"):
        if said.length > _LONGEST_CONTAINER:
            return False
        reading.keep(member, "container")
    elif (not published and said.length <= _LONGEST_NAME and (body or (contained and said.following is not None))) or (
        not published and not contained and said.before_date and not reading.has("date")
    ):
        reading.keep(member, "publisher")
    elif published and not reading.has("place") and said.before_date:
        reading.keep(member, "place")
    else:
        return value.isupper() and said.following is not None
    return True
