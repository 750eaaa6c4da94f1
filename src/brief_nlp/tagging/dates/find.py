"""One pass over the text: at each place the rules that can start there, in their order, until one reads a match."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from brief_nlp.rule_files import expanded, rule_file
from brief_nlp.schema import DateMention, DateType, Language
from brief_nlp.tagging.dates import korean, moments, named, periods, ranges, relative, values
from brief_nlp.tagging.dates.calendar import bounds
from brief_nlp.tagging.dates.context import Context, Groups, Read
from brief_nlp.tagging.dates.gates import ANY, first_characters

_LEADING = re.compile(r"(?:in(?: just| mere)?|over|for|during|of|by|on|from|between|since|until|through|down)\s+", re.I)
_WIDE = str.maketrans("０１２３４５６７８９．／～－", "0123456789./~-")  # one character for one: offsets stay
_IS_WIDE = re.compile("[０-９．／～－]")
GATE = {Language.EN: 3, Language.KO: 2}  # characters by which the rules are told that can start at a place
LOOK_BACK = 40  # characters before a number in which a word may say what it numbers
# numbers that look like years or days but are numbers of things
_NO_DATE_BEFORE = re.compile(
    r"(?:\b(?:pp?|art|articles?|nos?|vol|chap|chapters?|paras?|paragraphs?|sections?|resolutions?|res|UNSCRs?|figures?"
    r"|tables?|pages?|rooms?|units?|flights?|type|model|mark|mod|route|highway|channel|hill|ISO|IEEE|IEC|EN|DIN|battalion"
    r"|regiment|brigade|division|extension|tel|phone|version|line|lines|items?|rules?|serial|number|code|windows|office)"
    r"\.?\s?(?:\d{4}(?:, | and | or |, and ))*|[#№§]\s?)$",
    re.I,
)


@dataclass(frozen=True)
class _Rule:
    id: str
    reads: str
    place: int  # in the order of the rules
    words: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when it is first tried: most texts need few of the rules."""
        return re.compile(self.words, re.I)


class _Rules(NamedTuple):
    starts: re.Pattern[str]  # where an expression can start
    by_start: dict[str, list[_Rule]]  # by the characters that stand there; see `gates`


@cache
def _rules(language: Language) -> _Rules:
    loaded = rule_file("tagging", f"{language}/dates")
    by_start: dict[str, list[_Rule]] = {}
    for place, item in enumerate(loaded["rules"]):
        rule = _Rule(item["id"], item["reads"], place, expanded(item["pattern"], loaded["parts"]))
        for start in first_characters(rule.words, GATE[language]):
            by_start.setdefault(start, []).append(rule)
    first = {start[0] for start in by_start}
    characters = "".join(sorted({*first, *(one.upper() for one in first if len(one.upper()) == 1)}))
    before = r"(?<![A-Za-z0-9])" if language is Language.EN else ""
    return _Rules(re.compile(f"{before}[{re.escape(characters)}]"), by_start)


@lru_cache(maxsize=20_000)
def _that_may_start(gate: str, language: Language) -> tuple[_Rule, ...]:
    """The rules, in their order, that can start with these characters, or with the first of them."""
    by_start = _rules(language).by_start
    keys = {gate, *(gate[:length] + ANY for length in range(1, GATE[language]))}
    found = {rule.place: rule for key in keys for rule in by_start.get(key, ())}
    return tuple(found[place] for place in sorted(found))


@cache
def _reader(name: str) -> Callable[[Groups, Context], Read | None]:
    """The function that a rule names."""
    home = next(
        module
        for module in (values, relative, korean, ranges, named, moments, periods)
        if hasattr(module, f"read_{name}")
    )
    found: Callable[[Groups, Context], Read | None] = getattr(home, f"read_{name}")
    return found


def find_dates(text: str, *, language: Language, published: str | None = None) -> tuple[DateMention, ...]:
    """The temporal expressions of a text, in order, resolved against each other and the publication date.

    `published` is EDTF and may be as coarse as a year.
    """
    context = Context(language=language, published=published)
    plain = text.translate(_WIDE) if _IS_WIDE.search(text) else text
    return tuple(
        mention if plain is text else mention.model_copy(update={"text": text[mention.start : mention.end]})
        for mention in _mentions(plain, language, context)
    )


def _mentions(text: str, language: Language, context: Context) -> Iterator[DateMention]:
    starts, length = _rules(language).starts, GATE[language]
    end = 0
    for place in starts.finditer(text):
        start = place.start()
        if start < end:
            continue
        for rule in _that_may_start(text[start : start + length].lower(), language):
            match = rule.pattern.match(text, start)
            if match is None:
                continue
            groups = match.groupdict()
            if (
                groups.get("year")
                and text[start].isdigit()
                and _NO_DATE_BEFORE.search(text[max(0, start - LOOK_BACK) : start])
            ):
                end = match.end()
                break
            read = _reader(rule.reads)(groups, context.at(text, start, match.end()))
            if read is None:
                continue  # another rule may read it
            end = match.end()
            begin = _without_lead(text, start, end, groups) if language is Language.EN else start
            context.remember(read)
            yield _mention(text, begin, end, read, f"dates/{language}.{rule.id}")
            break


def _mention(text: str, start: int, end: int, read: Read, by: str) -> DateMention:
    covered = read.covers or (read.value if read.type in (DateType.DATE, DateType.INTERVAL) else "")
    earliest, latest = bounds(covered) if covered else (None, None)
    return DateMention(
        start=start,
        end=end,
        text=text[start:end],
        type=read.type,
        value=read.value,
        mod=read.mod,
        anchor=read.anchor,
        earliest=earliest,
        latest=latest,
        by=by,
    )


def _without_lead(text: str, start: int, end: int, groups: Groups) -> int:
    """Where an expression starts without the preposition that its pattern took in."""
    said = groups.get("lead")
    if said:
        return start + len(said) + 1
    lead = _LEADING.match(text, start, end)
    own = groups.get("part") or groups.get("mod")
    return lead.end() if lead and lead.end() < end and not (own and text.startswith(own, start)) else start
