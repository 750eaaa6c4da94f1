"""A note cut into the pieces that can be a reference each: at semicolons and ends of sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from brief_nlp.tagging.citations.parts import addresses
from brief_nlp.tagging.citations.people import is_author
from brief_nlp.tagging.citations.words import pattern, words

_CLOSED = (
    re.compile(
        r"“[^”]{0,400}”|(?:^|(?<=[\s(,]))‘(?:[^‘’]|’(?=\w)){2,300}’|【[^】]{0,300}】|「[^」]{0,300}」|『[^』]{0,300}』|《[^》]{0,300}》|≪[^≫]{0,300}≫|\"[^\"]{0,400}\"|[〈<][^〉>]{0,300}[〉>]"
    ),
    re.compile(r"\([^()]{0,300}(?:\([^()]{0,100}\)[^()]{0,300}){0,3}\)|\[[^\][]{0,200}\]|（[^（）]{0,300}）"),
    re.compile(r"(?:18|19|20)\d\d\)?\s?\.\s?\d{1,2}\s?\.(?:\s?\d{1,2}\.?)?"),
)
_STOP = re.compile(r"[;；]\s*|\s/\s|(?<=[쪽면」』》≫)])\s및\s|(?<=[.?!。”\"])\s+|(?<=[.。])(?=[가-힣「『《“])")
_BY_SURNAME = re.compile(r"[A-Z][\w’'-]+, [A-Z][^,“\"]{1,60}\.\s[“\"]")  # Surname, Given. “Title.” Journal
_GOES_ON = re.compile(r"<?https?://|<?www\.|[\[(]\s?(?:accessed|retrieved)", re.I)
_INITIAL = re.compile(r"(?:^|[\s.(-])[A-Z]\.$")


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The pieces of `text[start:end]`, their ends without spaces."""
    hidden = _hidden(text[start:end])
    at = 0
    for match in _STOP.finditer(hidden):
        if match.start() == 0 or (
            match[0].strip() not in (";", "；", "/", "및")
            and not _ends_sentence(text[start:end], at, match.start(), match.end())
        ):
            continue
        if match[0].isspace() and not re.search(r"[.?!。]$", text[start : start + match.start()].rstrip('”"')):
            continue
        yield start + at, start + match.start()
        at = match.end()
    if at < end - start:
        yield start + at, end


def _hidden(text: str) -> str:
    """The text with quotations, brackets, dates and addresses struck out, so that nothing is cut in them."""
    for start, end in addresses(text):
        text = text[:start] + "x" * (end - start) + text[end:]
    for form in _CLOSED:
        for match in form.finditer(text):
            ends = match[0][-1] if match[0][-1] in '”"' else "x"
            text = text[: match.start()] + "x" * (len(match[0]) - 1) + ends + text[match.end() :]
    return text


def _ends_sentence(text: str, start: int, stop: int, following: int) -> bool:
    """Whether a full stop before `stop` ends a sentence: no abbreviation, no initial, a new start after it."""
    titled = text[following : following + 1] in '“"' or re.match(r"[A-Z][^“”()]{4,160}\((?![12])", text[following:])
    if _GOES_ON.match(text, following) or (
        titled and not re.search(r"[\d(“\"]", text[start:stop]) and is_author(text[start:stop].strip(" ."))
    ):
        return False
    before = text[:stop].rstrip('”"')
    last = before.rsplit(None, 1)[-1].lower() if before.split() else ""
    if text[stop - 1] in '”"' and before[-1:] not in ".?!":
        return False
    if text[stop - 1] in '”"':
        listed = not _BY_SURNAME.match(text.lstrip())  # elsewhere a full stop in the marks ends a sentence
        return listed and before[-1] == "." and not re.match(r"[a-z(\d<]|pp?\.", text[following:])
    bare = last.lstrip('([“"').rstrip(".")
    if last.endswith(".") and (bare in words("abbreviations") or _INITIAL.search(before)):
        return bool(re.match(r"ibid|al$|diss|ph\.d", bare)) and bool(
            re.match(r"(?:See|The|This|It|In|For|A|An|But|One)\b", text[following:])
        )
    return not (pattern("locator").match(last) and text[following : following + 1].isdigit())
