"""A note cut into the pieces that can be a reference each: at semicolons and ends of sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from brief_nlp.tagging.citations.parts import addresses
from brief_nlp.tagging.citations.people import behind_sentence, is_author, is_person
from brief_nlp.tagging.citations.words import is_title_cased, opens_sentence, pattern, words

_CLOSED = (
    re.compile(
        r"“(?:[^“”]|“[^“”]{0,200}”){0,400}”|\"(?:[^\"]|(?<=\s)\"[^\"]{1,100}\"){0,400}\"|(?:^|(?<=[\s(,]))‘(?:[^‘’]|’(?=\w)){2,300}’"
        r"|(?:^|(?<=[\s(,]))'(?:[^']|'(?=\w)){2,300}'(?=[,.;:)]|\s[(a-z\d]|$)|«[^»]{0,300}»|【[^】]{0,300}】|「[^」]{0,300}」"
        r"|『[^』]{0,300}』|《[^》]{0,300}》|≪[^≫]{0,300}≫|[〈<][^〉>]{0,300}[〉>]"
    ),
    re.compile(r"\([^()]{0,300}(?:\([^()]{0,100}\)[^()]{0,300}){0,3}\)|\[[^\][]{0,200}\]|（[^（）]{0,300}）"),
    re.compile(r"(?:18|19|20)\d\d\)?\s?\.\s?\d{1,2}\s?\.(?:\s?\d{1,2}\.?)?"),
)
_QUOTES = "”’'\""
_QUOTED = (
    r"(?:(?:as\s)?(?:quoted|cited|reprinted|reproduced|referenced|referred\sto|carried|reported|published|transmitted)"
    r"\s(?:in|by|from|after)|citing|quoting)\s[A-Z“]"
)
_QUOTED_IN = re.compile(_QUOTED)
_STOP = re.compile(
    rf"[;；]\s*|(?<=[\dx)”])(?:,\swith\s(?:the\s(?:\w+\s){{1,4}}(?:in|of|by)\s)?(?=[A-Z“])|,?\s(?={_QUOTED}))|\s/\s"
    r"|(?<=[쪽면]),\s(?=[가-힣·]{2,12}(?:\s외)?,\s(?:앞|위|전게|상게))|(?<=[쪽면」』》≫)])\s및\s|(?<=[.?!。”’'\"])\s+|(?<=[.。])(?=[가-힣「『《“])"
)
_BY_SURNAME = re.compile(r"[A-Z][\w’'-]+, [A-Z][^,“\"]{1,60}\.\s[“\"‘]")  # Surname, Given. “Title.” Journal
_GOES_ON = re.compile(r"<?https?://|<?www\.|[\[(]\s?(?:accessed|retrieved)", re.I)
_TITLE = re.compile(r"[A-Z][^“”()]{4,160}\((?![12])")
_SMALL = re.compile(r"[a-z(\d<]|pp?\.")
_MAY_END = re.compile(r"ibid|al|diss|ph\.d|ff|d\.c|n\.d|inc|jr")  # abbreviations that may end a sentence
_OPENS = re.compile(r"(?:See|The|This|It|In|For|A|An|But|One)\b")
_SEPARATORS = (",", ";", "；", "/", "및")
_JOURNAL = re.compile(r"(?:[JLQ]\.|L\.J\.|J\.L\.|Rev\.|Int[’']l\s|Transnat[’']l\s|Pol[’']y\s)")  # 61 Va. J. Int’l L.
_SHORTENED = re.compile(r"[A-Z][a-z’']{1,6}\.$")
_INITIAL = re.compile(r"(?:^|[\s.(-])[A-Z]\.$")


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The pieces of `text[start:end]`, their ends without spaces."""
    note = text[start:end]
    at = 0
    for match in _STOP.finditer(_hidden(note)):
        separates = match[0].strip().startswith(_SEPARATORS) or _QUOTED_IN.match(note, match.end())
        if match[0].startswith(";") and is_person(_last_name(note[at : match.start()])):
            continue  # authors: Helen Croft; Anders Lie
        if match.start() and (separates or _ends_sentence(note, at, match.start(), match.end())):
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
            ends = match[0][-1] if match[0][-1] in _QUOTES else "x"
            text = text[: match.start()] + "x" * (len(match[0]) - 1) + ends + text[match.end() :]
    return text


def _ends_sentence(note: str, start: int, stop: int, following: int) -> bool:
    """Whether a sentence that began at `start` ends at `stop`: no abbreviation, no initial, a new start after it."""
    before, after = note[:stop].rstrip(_QUOTES), note[following:]
    if not before.endswith((".", "?", "!", "。")) or _GOES_ON.match(after) or _ends_names(note[start:stop], after):
        return False
    if before[-1] in "?!" and note[stop - 1] in "?!" and _in_title(note[start:stop]):
        return False
    if note[stop - 1] in _QUOTES:  # a full stop inside the marks ends a sentence, but for references by surname
        if before[-1] in "?!":
            return opens_sentence(after)
        return not _BY_SURNAME.match(note.lstrip()) and not _SMALL.match(after)
    last = before.rsplit(None, 1)[-1].lower() if before.split() else ""
    bare = last.lstrip('([“"').rstrip(".").rsplit("/", 1)[-1]
    if last.endswith(".") and (bare in words("abbreviations") or _INITIAL.search(before)):
        return bool(_MAY_END.fullmatch(bare) and (_OPENS.match(after) or opens_sentence(after)))
    if _JOURNAL.match(after) and _SHORTENED.search(before):
        return False
    return not (pattern("locator").match(last) and after[:1].isdigit())


def _in_title(said: str) -> bool:
    """Whether a question mark stands in a title without marks: `H. Gull, Ships? A History (Busan:`."""
    members = said.strip().split(", ")
    return not re.search(r"[\d(“\"]", said) and any(
        is_title_cased(", ".join(members[at + 1 :])) and is_author(_last_name(members[at]))
        for at in range(len(members) - 1)
    )


def _last_name(said: str) -> str:
    """Somebody's name without the words of a sentence before it: `See also Hanna Gull`."""
    return said[behind_sentence(said, 0, len(said), is_author) :]


def _ends_names(said: str, after: str) -> bool:
    """Whether what was said are the authors alone, before a title: `Choi Ji-young. The Title, (Seoul:`."""
    titled = after[:1] in ("“", '"', "‘", "'") or _TITLE.match(after)
    return bool(titled) and not re.search(r"[\d(“\"]", said) and is_author(said.strip(" ."))
