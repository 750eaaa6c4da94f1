"""Title, series, number, publisher and authors: what a publication says of itself at its head."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from brief_nlp.schema import Author, Block, BlockKind, Furniture, FurnitureKind, Masthead
from brief_nlp.structure.data import masthead_words
from brief_nlp.structure.phrases import CONTENTS, RUN_IN, TOC_LINE, is_caption
from brief_nlp.structure.pieces import Piece

BYLINE_LENGTH = 220  # characters of the longest byline
LONGEST_SERIES = 50  # characters
LONGEST_PUBLISHER = 80  # characters
BYLINE_LINES = 4  # lines of a block that names authors and their institutes, at most
ENDS_A_SENTENCE = re.compile(r"[.?!。][\"'”’」』)\]]*$")

_CODE = re.compile(r"\b(?!KINU|NO\b|PP\b|VOL)(?P<code>[A-Z]{2,5}\s?\d{2}(?:\d{2})?-\d{1,3})\b")
_ISSUE = re.compile(
    r"\bvol(?:ume|\.)?\s*(?P<volume>\d{1,3}),?\s*(?:no|number|issue)\.?\s*(?P<no>\d{1,3}(?:[-–]\d)?)\b"
    r"|(?:제\s?)?(?P<gwon>\d{1,3})\s?권\s?,?\s?(?:제\s?)?(?P<ho>\d{1,3})\s?호",
    re.I,
)
_TELLING = (BlockKind.MASTHEAD, BlockKind.BYLINE, BlockKind.TITLE, BlockKind.HEADING, BlockKind.COPYRIGHT)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?![\d-])")
_NUMBER = re.compile(
    r"\bno\.?\s*(?P<no>\d{1,4}(?:-\d{1,3})?)\b|제\s?(?P<ho>\d{1,5}(?:-\d{1,3})?)\s?호|\b(?P<yearly>(?:19|20)\d{2}-\d{1,3})\b",
    re.I,
)
_SHORT_NUMBER = re.compile(r"(?<![\d-])(\d{2}-\d{2,3})(?![\d-])")  # tells a number only beside the name of a series
_DASH = "[\\s\u2010-\u2013-]?"
_ISBN = re.compile(rf"ISBN(?:\s?\(?1[03]\)?(?=[\s:：-]))?[\s:：]*((?:97[89]{_DASH})?(?:\d{_DASH}){{9}}[\dXx])")
_ISSN = re.compile(r"ISSN[\s:：]*(?:\([^()]{1,12}\)[\s:：]*)?(\d{4})[-\u2010-\u2013]?(\d{3}[\dXx])", re.I)
_IMPRINT = re.compile(  # a colophon often runs on in one line: its next entry ends the name
    r"(?:(?:발\s?행\s?처|펴\s?낸\s?곳|발\s?행\s?기\s?관|\bpublisher)\s*[:：|]|^\s*(?:발행처|펴낸곳|published by)\s)\s*"
    r"(?P<name>[^\s:：][^\n:：]{1,60}?)\s*"
    r"(?=$|ISBN|ISSN|\btel|전화|주소|address|등록|발행일|발행인|펴낸이|펴낸날|인쇄|https?:|www\.)",
    re.I | re.M,
)
# behind the name of a series: an institute's
_NAMES_A_BODY = re.compile(r"(?:소|원|실|센터|팀|회|학회|학과)(?![가-힣])")
_ONLY_A_DATE = re.compile(
    r"(?:spring|summer|autumn|fall|winter|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)"
    r"[ ,]*(?:19|20)\d{2}[\W\d]*",
    re.I,
)
_LABELLED = re.compile(r"\w\s?[:：]\s")
_ADDRESS = re.compile(r"https?:|www\.|@|\b(?:tel|fax)\b", re.I)
_OPENS_WITH_NAME = re.compile(r"^[A-Z][\w'’-]+,\s[A-Z][\w'’]*-?[\w'’]+\s")
_COPYRIGHT_HOLDER = re.compile(r"(?:©|ⓒ|\(c\))\s*(?:\d{4}\s*)?([^\d©ⓒ.]{2,80}?)\s*,?\s*(?:\d{4})?\s*\.?$", re.I)
_WRITTEN_BY = re.compile(
    r"^(?:(?:written )?by(?=\s[A-Z])|authors?\s?[:：]|(?:글|작성자?|저자|집필자?|필자|대담|답변|진행)\s?[:：])\s*", re.I
)
_CONTACT = re.compile(r"\s*[（(][^()（）]*(?:@|\d{3,4}-\d{4})[^()（）]*[)）]$")
_TITLES = re.compile(r"^(?:(?:Dr|Prof|Amb|Professor|Ambassador)\.?\s)+(?=[A-Z])")
_MARKED = re.compile(r"[*†‡§]{1,4}$")
_SEPARATOR = re.compile(r"\s*(?:;|·|ㆍ|\s/\s|\band\b|&)\s*(?=[^()]*(?:\(|$))")
_PARENTHESIS = re.compile(r"^(?P<name>[^()（）]{2,60}?)\s*[（(](?P<role>[^()（）]{2,150})[)）]\s*[*†]*$")
_KOREAN_NAME = re.compile(r"^[가-힣](?:\s?[가-힣]){1,3}$")
_SPACED_NAME = re.compile(r"[가-힣](?:\s[가-힣]){1,3}")
_LONE_NAME = re.compile(r"^[가-힣]{3}$")
_LATIN_NAME = re.compile(r"^[A-Z][\w'’.-]*,?(?:\s[A-Z][\w'’.-]*){1,3}$")


def with_byline(pieces: Sequence[Piece]) -> list[Piece]:
    """Marks what stands between the title and the first heading or real paragraph."""
    title = next((place for place, piece in enumerate(pieces) if piece.kind is BlockKind.TITLE), None)
    if title is None:
        return list(pieces)
    named = list(pieces[: title + 1])
    for place in range(title + 1, len(pieces)):
        head = _of_the_head(pieces[place])
        if not head:
            return [*named, *pieces[place:]]
        named += head
    return named


def _of_the_head(piece: Piece) -> list[Piece]:
    """A piece as byline or masthead, cut into lines where some of them name authors; empty where it is neither."""
    text, plain = piece.text, piece.kind is BlockKind.PARAGRAPH
    if piece.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING) or len(text) > BYLINE_LENGTH:
        return []
    if RUN_IN.fullmatch(text):
        return []  # "요 약" is spaced as names are
    if authors_in(text) and (plain or not _LONE_NAME.match(text)):  # a heading of three syllables is a heading
        return [replace(piece, kind=BlockKind.BYLINE, level=None)]
    if not plain or ENDS_A_SENTENCE.search(text):
        return []
    if len(piece.lines) == 2 and _name_and_position(text):
        return [replace(piece, kind=BlockKind.BYLINE)]
    named = [bool(authors_in(line.text)) for line in piece.lines]
    if len(piece.lines) <= BYLINE_LINES and any(named):
        kinds = [BlockKind.BYLINE if is_byline else BlockKind.MASTHEAD for is_byline in named]
        return [replace(piece, kind=kind, lines=(line,)) for kind, line in zip(kinds, piece.lines, strict=True)]
    return [replace(piece, kind=BlockKind.MASTHEAD)] if len(piece.lines) <= 2 else []


def authors_in(text: str, *, is_byline: bool = False) -> tuple[Author, ...]:
    """The authors named in a byline; empty where the text is none.

    Latin names with neither comma nor position may be any title: they are names behind "by", where each has a mark
    of a note behind it, or where the text is known to be a byline.
    """
    text = text.strip()
    parts = [part.strip() for part in _SEPARATOR.split(_WRITTEN_BY.sub("", text)) if part.strip(" *†,")]
    alone = is_byline or _WRITTEN_BY.match(text) is not None or all(_MARKED.search(part) for part in parts)
    authors = [_author(_plain(part), alone) for part in parts]
    if len(parts) > 1 and any(author is None for author in authors):  # "Energy and Security Division" is one
        authors = [_author(_plain(text), alone)]
    if not authors or any(author is None for author in authors):
        return ()
    return tuple(author for author in authors if author)


def _plain(part: str) -> str:
    """A part of a byline without how to call or reach the author, and without marks of notes."""
    return _TITLES.sub("", _CONTACT.sub("", _WRITTEN_BY.sub("", part))).strip(" *†‡§,")


def _author(text: str, alone: bool) -> Author | None:
    match = _PARENTHESIS.match(text)
    if match:
        name, role = match["name"].strip(), match["role"].strip()
        position, division = _role(role)
        known = _korean_author(name) if division and not position else None
        if known and known.position and known.division is None:
            return known.model_copy(update={"division": division})
        if position is None and division is None:
            return None
        return Author(name=_closed(name), position=position, division=division) if _is_name(name) else None
    if _LATIN_NAME.match(text) and len(text.split()) <= 4 and (alone or text.count(",") == 1):
        return Author(name=text)
    parts = [part.strip() for part in text.split(",")]
    if len(parts) >= 2 and _is_name(parts[0]):
        position, division = _role(", ".join(parts[1:]))
        if position:
            return Author(name=parts[0], position=position, division=division)
    return (_name_and_position(text) if alone else None) or _korean_author(text)


def _name_and_position(text: str) -> Author | None:
    """`Kang Su-jin Research Fellow, Economic Research Division`: a name and what stood on the line below it."""
    words = text.split()
    for count in range(2, min(5, len(words))):
        name, rest = " ".join(words[:count]), " ".join(words[count:])
        if _is_name(name) and rest.split(",")[0].casefold() in masthead_words()["positions_en"]:
            position, division = _role(rest)
            return Author(name=name, position=position, division=division)
    return None


def _korean_author(text: str) -> Author | None:
    """`배지호 남북협력연구센터 부연구위원`, `남북협력연구센터 배지호 부연구위원` or a name alone."""
    words = text.split()
    if len(words) >= 2 and _KOREAN_NAME.match(words[0]):
        position, division = _role(" ".join(words[1:]))
        if position and not _is_lone_name(words[-2]):
            return Author(name=words[0], position=position, division=division)
    if len(words) >= 2 and _is_lone_name(words[-2]) and not re.search(r"[\d:：]", text):
        position, _ = _role(words[-1])
        if position:
            return Author(name=words[-2], position=position, division=" ".join(words[:-2]) or None)
    if _SPACED_NAME.fullmatch(text) or _is_lone_name(text):
        return Author(name=_closed(text))
    return None


def _closed(name: str) -> str:
    """A Korean name without the spaces that set its syllables apart."""
    return name.replace(" ", "") if _SPACED_NAME.fullmatch(name) else name


def _is_lone_name(text: str) -> bool:
    """Whether three syllables by themselves are a person: they open with a surname and are no word of a cover."""
    data = masthead_words()
    return bool(_LONE_NAME.match(text)) and text[0] in data["surnames_ko"] and text not in data["no_names_ko"]


def _is_name(text: str) -> bool:
    return bool(_KOREAN_NAME.match(text) or _LATIN_NAME.match(text))


def _role(text: str) -> tuple[str | None, str | None]:
    """(position, division) from `Research Fellow, North Korean Research Division` or `북한연구실 연구위원`."""
    data = masthead_words()
    for position in data["positions_ko"]:
        match = re.search(rf"(?:^|[\s,]){position}$", text)
        if match:
            return position, text[: match.start()].strip(" ,") or None
    parts = [part.strip() for part in text.split(",") if part.strip()]
    position_at = next((i for i, part in enumerate(parts) if part.casefold() in data["positions_en"]), None)
    if position_at is None:
        position_at = next(
            (i for i, part in enumerate(parts) if any(word in part.casefold() for word in data["positions_en"])), None
        )
    rest = [part for i, part in enumerate(parts) if i != position_at]
    if position_at is None:
        return None, text if any(word in text.casefold() for word in data["divisions"]) else None
    return parts[position_at], ", ".join(rest) or None


def read_masthead(
    text: str,
    blocks: Sequence[Block],
    furniture: Sequence[Furniture],
    metadata: Mapping[str, str],
) -> Masthead:
    """The masthead from the text, the running heads and the metadata, with what is missing named."""
    of_kind = {kind: [text[b.start : b.end] for b in blocks if b.kind is kind] for kind in _TELLING}
    head = [*of_kind[BlockKind.MASTHEAD], *of_kind[BlockKind.BYLINE]]
    running = list(dict.fromkeys(item.text for item in furniture if item.kind is not FurnitureKind.PAGE_NUMBER))
    title = next(iter(of_kind[BlockKind.TITLE]), None) or metadata.get("Title") or None
    authors = tuple(
        a for line in of_kind[BlockKind.BYLINE] for a in authors_in(line, is_byline=True)
    ) or _metadata_author(metadata)
    no_names = {_folded(line) for line in (title or "", *of_kind[BlockKind.HEADING], *(a.name for a in authors))}
    own = [line for line in (*running, *of_kind[BlockKind.MASTHEAD]) if not _repeats(line, title)]
    series, number = _series_and_number(own, [line for line in running if line in own], no_names)
    if series is None and (in_title := _known_series([title or ""])) in masthead_words()["in_title"]:
        year = _YEAR.search(title or "")
        series, number = in_title, number or (year[1] if year else None)
    if series in masthead_words()["in_title"] and number is None:  # a yearbook is numbered by its year
        years = (_YEAR.search(line) for line in own if _known_series([line]) == series)
        number = next((year[1] for year in years if year), None)
    isbn, wrong_isbn = _checked("isbn", [re.sub(r"[^\dXx]", "", m[1]).upper() for m in _ISBN.finditer(text)])
    issn, wrong_issn = _checked(
        "issn", [f"{m[1]}-{m[2]}".upper() for said in (text, *running) for m in _ISSN.finditer(said)]
    )
    lines = [line for line in (*head, *running) if not _repeats(line, title)]
    found = {
        "title": title,
        "series": series,
        "number": number,
        "publisher": _publisher(
            lines, of_kind[BlockKind.MASTHEAD], of_kind[BlockKind.COPYRIGHT], text, {*no_names, _folded(series or "")}
        ),
        "authors": authors,
    }
    return Masthead(
        **found,
        isbn=isbn,
        issn=issn,
        missing=(*(name for name, value in found.items() if not value), *wrong_isbn, *wrong_issn),
    )


def _folded(line: str) -> str:
    return "".join(line.casefold().split())


def _repeats(line: str, title: str | None) -> bool:
    """Whether a running head is the title, or the part of it that fits."""
    folded, whole = _folded(line).rstrip("….:-–—"), _folded(title or "")
    return len(folded) > 3 and bool(whole) and (folded in whole or whole in folded)


def _may_be_a_name(line: str, no_names: Collection[str]) -> bool:
    """Whether a line may be the name of a series or an institute: no author, heading, caption, date or sentence."""
    return (
        any(char.isalpha() for char in line)
        and _folded(line) not in no_names
        and not _ONLY_A_DATE.fullmatch(line)
        and not (CONTENTS.fullmatch(line) or TOC_LINE.search(line) or is_caption(line))
        and not (ENDS_A_SENTENCE.search(line) or _ADDRESS.search(line) or _OPENS_WITH_NAME.search(line))
        and not authors_in(line)
    )


def _known_series(lines: Sequence[str]) -> str | None:
    """The series that the first line to name one names; of two names, one inside the other, the longer."""
    for line in lines:
        folded = " ".join(line.casefold().split())
        named = [
            (len(form), name)
            for name, forms in masthead_words()["series"].items()
            for form in forms
            if form in folded and not _NAMES_A_BODY.match(folded, folded.index(form) + len(form))
        ]
        if named:
            return str(max(named)[1])
    return None


def _number_in(line: str) -> re.Match[str] | None:
    matches = (pattern.search(line) for pattern in (_CODE, _ISSUE, _NUMBER))
    known = _SHORT_NUMBER.search(line) if _known_series([line]) else None
    return next((match for match in matches if match), known)


def _series_and_number(
    lines: Sequence[str], running: Sequence[str], no_names: Collection[str]
) -> tuple[str | None, str | None]:
    """The series and the number that the lines name; of an unknown series, what stands before or beside its number."""
    numbered = [(line, match) for line in lines if (match := _number_in(line))]
    numbered.sort(key=lambda pair: _known_series([pair[0]]) is None)  # that of the series comes before any other
    number = _printed_number(numbered[0][1]) if numbered else None
    series = _known_series(lines)
    if series is None and numbered:
        before = [line[: match.start()].strip(" ,|·ㆍ-–—/:()[]") for line, match in numbered]
        beside = [line for line in running if not _number_in(line)]
        named = (line for line in (*before, *beside) if len(line) <= LONGEST_SERIES)
        series = next((line for line in named if _may_be_a_name(line, no_names)), None)
    return series, number


def _printed_number(match: re.Match[str]) -> str:
    values = [value for value in match.groups() if value]
    return f"{values[0]}({values[1]})" if match.re is _ISSUE else values[0]  # volume and number of a journal


def _checked(name: str, numbers: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
    """(the first number whose check digit is right, where there is none what is to be said of it)."""
    right = next((number for number in numbers if _digit_is_right(number.replace("-", ""))), None)
    wrong = (f"{name} (wrong check digit: {numbers[0]})",) if numbers and right is None else ()
    return right, wrong


def _digit_is_right(number: str) -> bool:
    """The check digit of an ISBN-13 (weights 1 and 3), of an ISBN-10 or of an ISSN (falling weights, modulo 11)."""
    digits = [10 if char == "X" else int(char) for char in number]
    if len(digits) == 13:
        return 10 not in digits and sum(digit * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10 == 0
    falling = sum(digit * (len(digits) - place) for place, digit in enumerate(digits))
    return 10 not in digits[:-1] and falling % 11 == 0


def _publisher(
    lines: Sequence[str], head: Collection[str], copyright_lines: Sequence[str], text: str, no_names: Collection[str]
) -> str | None:
    """A known publisher, else the line of the head that is named like one, stands above, or holds the rights."""
    data = masthead_words()
    imprint = _IMPRINT.search(text)
    told = "\n".join([*lines, *copyright_lines, *([imprint["name"]] if imprint else [])]).casefold()
    for name, forms in data["publishers"].items():
        if any(form in told for form in forms):
            return str(name)
    if "KINU" in text and re.search(r"(?:©|ⓒ)\s?KINU\b", text):
        return "Korea Institute for National Unification"
    if imprint:
        return imprint["name"]
    words = re.compile("|".join(rf"\b{word}\b" if word.isascii() else word for word in data["publisher_words"]), re.I)
    plausible = [
        line
        for line in lines
        if len(line) < LONGEST_PUBLISHER and not _LABELLED.search(line) and _may_be_a_name(line, no_names)
    ]
    called = (line for line in plausible if words.search(line) and not _number_in(line))
    above = (line for line in plausible if line in head and len(line) < 60 and not any(char.isdigit() for char in line))
    held = (match[1].strip() for line in copyright_lines if (match := _COPYRIGHT_HOLDER.search(line.strip())))
    return next((line for group in (called, above, held) for line in group), None)


def _metadata_author(metadata: Mapping[str, str]) -> tuple[Author, ...]:
    name = metadata.get("Author", "").strip()
    return (Author(name=name),) if name and _is_name(name) else ()
