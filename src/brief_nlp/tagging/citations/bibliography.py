"""References as bibliographies give them, with full stops: `Gull, Hanna. Ships. Busan: Example Press, 2011.`

The names at the start are read here, and the title after them; for what follows the full stops are
taken for commas, and read as in notes.
"""

from __future__ import annotations

import re

from brief_nlp.tagging.citations.listed import read_listed
from brief_nlp.tagging.citations.members import Read, members_of
from brief_nlp.tagging.citations.people import INVERTED_NAMES, is_author
from brief_nlp.tagging.citations.placed import place
from brief_nlp.tagging.citations.reading import Reading, kind_of
from brief_nlp.tagging.citations.words import CAPITAL, HANGUL, is_title_cased, newspaper, opens_sentence, trimmed

_HEAD = re.compile(
    rf"(?P<authors>{INVERTED_NAMES})(?P<role>, (?:eds?|editors?))?\.\s+(?=[“\"‘'{CAPITAL[1:-1]}])"
    rf"|(?P<body>{CAPITAL}(?:[^.“\"‘();:\d]|(?<=\b{CAPITAL})\.){{2,90}})\.\s+(?=[“\"])"
)
_UNSIGNED = re.compile(r"(?=“[^“”]{3,200}[.?!]”\s(?:[A-Z][\w’'&-]+\s?|of\s|for\s|the\s|and\s|on\s){1,9},\s)")
_ACRONYM = re.compile(r"[A-Z]{2,}\w*")
_PAPER = re.compile(r"(?P<name>[^.“\"(,;]{2,40})\.\s(?=[A-Z“\"\d])")
_QUOTED = re.compile(
    r"‘(?P<single>(?:[^‘’]|’(?=\w)){3,300})’|“(?P<curly>(?:[^“”]|“[^“”]*”){3,300})”|\"(?P<straight>[^\"]{3,300})\""
)
_PLAIN = re.compile(r"(?P<title>[^.?!“”\"]{3,200}[?!]?)(?=[.?!]?\s+\S|\.?$)")
_STOP = re.compile(r"(?<=[\w)\]”’\"])\.(?=\s+[\[(<“\"‘A-Z0-9ahpvwe])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[Vv]ol|[Nn]os?|pp?|eds?|trans|[A-Z]|Inc|Univ|St|vs?|al|[Dd]iss|Ph\.D|paras?|ch|rev)|\.\w)$"
)
_STOPPED = re.compile(r"[.?!][”\"’]?\s+(?=[A-Z])")
_LONGEST = 600  # characters of a reference behind its title


def read_bibliography(text: str) -> Read | None:
    """The reference at the start of a text; it may be several sentences long."""
    paper = _PAPER.match(text)
    if paper and newspaper().fullmatch(paper["name"]):
        return read_listed(_in_a_row(text[:_LONGEST], 0))
    head = _HEAD.match(text) or _UNSIGNED.match(text)
    if not head or HANGUL.search(text, 0, head.end()):
        return None
    unsigned = head.re is _UNSIGNED
    if not unsigned and head["body"] and not (is_author(head["body"]) or _ACRONYM.fullmatch(head["body"])):
        return None
    title = _QUOTED.match(text, head.end()) or _PLAIN.match(text, head.end())
    if not title:
        return None
    longest = title.end() + _LONGEST
    stops = (stop.end() for stop in _STOPPED.finditer(text, title.end(), longest))
    piece = text[: next((stop for stop in stops if opens_sentence(text[stop:])), longest)]
    group = title.lastgroup or "title"
    if group == "title" and not is_title_cased(title[group]):
        return None
    reading = Reading(piece)
    if unsigned:
        pass
    elif head["body"]:
        reading.add_names("author", *head.span("body"))
    else:
        reading.add_names("editor" if head["role"] else "author", *head.span("authors"))
    reading.add("title", *trimmed(piece, *title.span(group)))
    members = members_of(_in_a_row(piece, title.end()))
    place(members, reading)
    kind = kind_of(reading)
    if kind is None or (unsigned and not reading.has("container", "date")):
        return None
    return Read(kind, reading.fields, reading.fields[0].start, reading.end, "citations/bibliography")


def _in_a_row(piece: str, start: int) -> str:
    """The piece with what precedes `start` struck out, and commas for the full stops between members."""
    row = [" "] * (start - 1) + [","] * (start > 0) + list(piece[start:])
    for stop in _STOP.finditer(piece, start):
        if not _ABBREVIATED.search(piece, 0, stop.start()):
            row[stop.start()] = ","
    if piece[start : start + 1] in (".", ","):
        row[start] = " "
    return "".join(row)
