"""One pass over the text with all patterns of a language, each match read in turn."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from brief_nlp.rule_files import expanded, rule_file
from brief_nlp.schema import DateMention, DateType, Language
from brief_nlp.tagging.dates import korean, relative, values
from brief_nlp.tagging.dates.calendar import bounds
from brief_nlp.tagging.dates.context import Context, Groups, Read

_GROUP = re.compile(r"\(\?P<(\w+)>")
_LEADING = re.compile(r"(?:in|over|for|during|of|by|on|from|between|since|until|through|down)\s+", re.I)
# numbers that look like years or days but are numbers of things
_NO_DATE_BEFORE = re.compile(
    r"(?:\b(?:pp?|art|article|articles|no|nos|vol|chap|chapter|para|paragraph|section|resolution|res|UNSCR|figure|table|page|pages)"
    r"\.?\s?|[#№§]\s?)$",
    re.I,
)


@dataclass(frozen=True)
class _Rules:
    pattern: re.Pattern[str]
    ids: tuple[str, ...]
    reads: tuple[str, ...]
    groups: tuple[dict[str, str], ...]  # name in the rule -> name in the joined pattern


@cache
def _rules(language: Language) -> _Rules:
    loaded = rule_file("tagging", f"{language}/dates")
    alternatives, groups = [], []
    for place, rule in enumerate(loaded["rules"]):
        pattern = expanded(rule["pattern"], loaded["parts"])
        names = {name: f"{name}_{place}" for name in _GROUP.findall(pattern)}
        pattern = _GROUP.sub(lambda found, names=names: f"(?P<{names[found[1]]}>", pattern)  # type: ignore[misc]
        alternatives.append(f"(?P<rule_{place}>{pattern})")
        groups.append(names)
    # no expression starts with a blank or a stop: said once in front, it is not tried by every alternative
    start = r"(?<![A-Za-z0-9])(?=[\w‘’])" if language is Language.EN else ""
    return _Rules(
        re.compile(start + "(?:" + "|".join(alternatives) + ")", re.I),
        tuple(rule["id"] for rule in loaded["rules"]),
        tuple(rule["reads"] for rule in loaded["rules"]),
        tuple(groups),
    )


@cache
def _reader(name: str) -> Callable[[Groups, Context], Read | None]:
    """The function that a rule names."""
    home = next(module for module in (values, relative, korean) if hasattr(module, f"read_{name}"))
    found: Callable[[Groups, Context], Read | None] = getattr(home, f"read_{name}")
    return found


def find_dates(text: str, *, language: Language, published: str | None = None) -> tuple[DateMention, ...]:
    """The temporal expressions of a text, in order, resolved against each other and the publication date.

    `published` is EDTF and may be as coarse as a year.
    """
    context = Context(language=language, published=published)
    return tuple(_mentions(text, language, context))


def _mentions(text: str, language: Language, context: Context) -> Iterator[DateMention]:
    rules = _rules(language)
    for match in rules.pattern.finditer(text):
        place = int(str(match.lastgroup).removeprefix("rule_"))
        groups = {name: match[joined] for name, joined in rules.groups[place].items()}
        start, end = match.span()
        if groups.get("year") and _NO_DATE_BEFORE.search(text[max(0, start - 12) : start]):
            continue
        read = _reader(rules.reads[place])(groups, context.at(text, start, end))
        if read is None:
            continue
        start = _without_lead(text, start, end, groups) if language is Language.EN else start
        context.remember(read)
        covered = read.covers or (read.value if read.type in (DateType.DATE, DateType.INTERVAL) else "")
        earliest, latest = bounds(covered) if covered else (None, None)
        yield DateMention(
            start=start,
            end=end,
            text=text[start:end],
            type=read.type,
            value=read.value,
            mod=read.mod,
            anchor=read.anchor,
            earliest=earliest,
            latest=latest,
            by=f"dates/{language}.{rules.ids[place]}",
        )


def _without_lead(text: str, start: int, end: int, groups: Groups) -> int:
    """Where an expression starts without the preposition that its pattern took in."""
    said = groups.get("lead")
    if said:
        return start + len(said) + 1
    lead = _LEADING.match(text, start, end)
    own = groups.get("part") or groups.get("mod")
    return lead.end() if lead and lead.end() < end and not (own and text.startswith(own, start)) else start
