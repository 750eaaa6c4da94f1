"""When a document came out, and how that is known: printed, from the metadata, or a lower bound."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from brief_nlp.schema import Block, BlockKind, DateMention, DateSource, DateType, Furniture, Language, PublicationDate
from brief_nlp.tagging.dates import find_dates

_HEAD = (BlockKind.MASTHEAD, BlockKind.BYLINE)
_METADATA = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_AROUND = 40  # characters before and behind a year: no way of writing a day is longer
_BY_DOTS = re.compile(r"(?<!\d)(?:19|20)\d\d\.\s?\d{1,2}\.\s?\d{1,2}(?!\d)")
_LABEL = 20  # characters before a date that may say what it is
_PUBLISHED = re.compile(
    r"(?:발행|발간|게재|간행|배포|등록)\s?(?:일|일자|날짜)?\s?[:：|]?\s?$"
    r"|\b(?:published|issued|released|posted)\b[\s:]*(?:on )?$",
    re.I,
)
_OTHERWISE = re.compile(
    r"(?:인터뷰|대담|면담|접수|투고|심사|수정|기준|탈고|작성)\s?(?:일|일자|일시)?\s?[:：|]?\s?$"
    r"|\b(?:received|revised|accepted|accessed|interview(?:ed)?|as of)\b[\s:]*(?:on )?$",
    re.I,
)
_COPYRIGHT_YEAR = re.compile(r"(?:©|ⓒ|\(c\)|copyright)[^\d\n]{0,60}((?:19|20)\d\d)\b", re.I)


def publication_date(
    text: str,
    blocks: Sequence[Block],
    furniture: Sequence[Furniture],
    metadata: Mapping[str, str],
    language: Language,
) -> PublicationDate | None:
    """The publication date; None where nothing tells it.

    A date printed at the head wins, then the year of the copyright line, then the metadata (unless
    the text cites a later day: then the file was made from something else), then the latest cited
    day, which is only a lower bound.
    """
    head = [text[block.start : block.end] for block in blocks if block.kind in _HEAD]
    printed = [
        (found, line) for line in (*head, *(item.text for item in furniture)) for found in _printed(line, language)
    ]
    if printed:
        found, line = max(printed, key=lambda pair: (_labelled(*pair), len(pair[0].value)))
        return PublicationDate(value=found.value, derived_from=DateSource.PRINTED, evidence=line)
    year = _COPYRIGHT_YEAR.search(text)
    if year:
        return PublicationDate(value=year[1], derived_from=DateSource.PRINTED, evidence=year[0])
    cited = max(
        (found.value for part in _around_years(text) for found in _dated(part, language) if len(found.value) == 10),
        default=None,
    )
    made = _METADATA.match(metadata.get("CreationDate", ""))
    if made:
        value = "-".join(part for part in made.groups() if part)
        if cited is None or cited <= value:
            return PublicationDate(value=value, derived_from=DateSource.METADATA, evidence="CreationDate")
    if cited:
        return PublicationDate(value=cited, derived_from=DateSource.LATEST_CITED, evidence=cited)
    return None


def _printed(line: str, language: Language) -> list[DateMention]:
    """The dates of a line of the head; Korean publishers print `2026. 5. 19.` in English as well."""
    return _dated(line, Language.KO if _BY_DOTS.search(line) else language)


def _labelled(found: DateMention, line: str) -> int:
    """1 where the words before a date say that it is that of publication, -1 where they say that it is another."""
    before = line[max(0, found.start - _LABEL) : found.start]
    return 1 if _PUBLISHED.search(before) else -1 if _OTHERWISE.search(before) else 0


def _around_years(text: str) -> Iterator[str]:
    """The parts of a text in which a year is written out: no day can be told without one, and most text has none."""
    end = 0
    for year in _YEAR.finditer(text):
        if year.start() < end:
            continue
        last = year.end()
        while (following := _YEAR.search(text, last, last + 2 * _AROUND)) is not None:
            last = following.end()
        start, end = max(0, year.start() - _AROUND), last + _AROUND
        yield " ".join(text[start:end].split(" ")[1 if start else 0 : -1 if end < len(text) else None])


def _dated(text: str, language: Language) -> list[DateMention]:
    """The dates in a text that stand on their own: a full year, nothing resolved."""
    return [
        found
        for found in find_dates(text, language=language)
        if found.type is DateType.DATE and found.anchor is None and found.value[:4].isdigit() and "X" not in found.value
    ]
