"""What citations are recognised by: the words and patterns of `rules/citations.json`, compiled once."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from brief_nlp.rule_files import rule_file

HANGUL = re.compile(r"[가-힣]")
CAPITAL = "[A-ZÀ-ÖØ-ÞĀ-ŽȘȚ]"
SYMBOL = re.compile(
    r"(?:U\.?N\.? ?Doc\S* )?(?:[SAE]|ST|CERD|CCPR|CRC|CEDAW|CAT|CRPD|GOV|INFCIRC|GC|DP|TD|HRI|NPT)(?:\(\d+\))?/", re.I
)  # of the United Nations and the IAEA
STATE = re.compile(
    r"(?:the )?(?:DPRK|ROK|PRC|U\.?S\.?A?\.?|UN|EU|European Union|Republic of Korea"
    r"|Democratic People’s Republic of Korea|North Korea|Japan|China)"
)
_INITIAL = re.compile(r"[\s.-][A-Z]\.$")
_TITLED = re.compile(r"[:?](?=\s|$)")  # stands in titles, in no body's name
_CLOSING = {
    "[": re.compile(r"\](?=\s)"),
    "(": re.compile(r"\)(?=\w)"),
    "‘": re.compile(r"’(?!\w)"),
    "“": re.compile("”"),
    "'": re.compile(r"'(?!\w)"),
}
_OPENING = {"”": "“", "’": "‘"}
_PREPOSITION = re.compile(
    r"\s(?:of|on|for|to|at|under|by|in|with|from|between|pursuant|concerning|regarding|[Ee]stablished|submitted|after|before|since|against|about|without|towards?|through|during|as)\s"
)
_LONGEST_ACRONYM = 2  # words with an acronym that are a body still: `UNICEF DPRK`, but no `KINU Insight`
_TAIL = re.compile(
    rf"\s\([A-Z][\w&-]*\)?$|,?\s{STATE.pattern}$"
)  # Cybersecurity and Infrastructure Security Agency (CISA)
_LONGEST_HEAD = 3  # words of a body's name whose word need not be the last
_LONGEST_CODE = 6  # letters in capitals that are an acronym, not a word: `KINU`, but `MINISTRY`
_UNIT = re.compile(
    r"(?:Graduate )?(?:School|Faculty|Division|Section|Permanent Mission|Chair)\s"
)  # of a body named later
_RESOLUTION = re.compile(
    r"\bresolution\s\d|\bJoint (?:Statement|Communiqu)|\bAgreed Framework|\bOrder No"
)  # small in the United Nations
_WITH_STATE = re.compile(
    r"[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?,\s(?:A[KLRZ]|CA|C[OT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA"
    r"|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]|N\.[HJY]\.|D\.C\.?|Mass\.|Calif\.|Conn\.|Md\.|Va\.|Ill\.|Pa\.|UK|England|Germany|Canada)"
)
_BOTH = re.compile(r"\sand\s|\s?[/–&]\s?|,\s")
_OPENER = re.compile(
    r"(?:The|This|It|He|She|They|In|On|For|A|An|But|One|Both|Her|His|Their|These|That|Those|We|I|Our|Most|Some|Many"
    r"|Others?|Such|At|By|As|To|From|After|Before|When|While|If|There|No|Two|Three|Neither|All|Each|Any|Its)\s[a-z]"
)
_CLAUSE = re.compile(r"[A-Z][^.;:,()“”\"\[\]\d]*(?!\d)(?=[.;:,()“\"\[]|$)")
_SENTENCE = 4  # words
_EDGES = ' \t\n,.;:()[]（）<>“”"「」『』《》≪≫【】〈〉‘'


@cache
def words(name: str) -> tuple[str, ...]:
    """A word list by its name."""
    return tuple(_rules()[name])


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The patterns of one name, as alternatives; case does not matter."""
    return re.compile(rf"(?:{'|'.join(_rules()['patterns'][name])})", re.I)


def kinds_called(phrase: str) -> tuple[str, ...]:
    """The kinds of citation that the noun at the end of a Korean phrase names; empty where it names none."""
    nouns = [noun for noun in _rules()["repeat_nouns"] if phrase.endswith(noun)]
    return tuple(_rules()["repeat_nouns"][max(nouns, key=len)]) if nouns else ()


@cache
def newspaper() -> re.Pattern[str]:
    """A newspaper's or agency's name, with or without its article."""
    return _any_of("newspapers")


@cache
def site() -> re.Pattern[str]:
    """The name of a site that is cited like a periodical."""
    return _any_of("sites")


def is_organisation(text: str) -> bool:
    """Whether a name is that of a body, judged by its words."""
    spelt = text.strip(_EDGES)
    if _TITLED.search(spelt):
        return False
    if HANGUL.search(spelt):
        return spelt.split("(")[0].strip().endswith(words("organisation_endings"))
    state = STATE.match(spelt)
    if state and spelt[state.end() : state.end() + 2] == ", ":
        spelt = spelt[state.end() + 2 :]
    head = spelt if _UNIT.match(spelt) else _PREPOSITION.split(spelt, maxsplit=1)[0]  # a report of the panel is none
    if head.startswith(words("organisation_openings")):
        return True  # Statistics Korea
    head = _TAIL.sub("", head)
    named = [word.strip("().,") for word in head.replace("/", " ").split()]
    if is_periodical(head):
        return False  # Cold War International History Project Bulletin
    series = len(named) > _LONGEST_ACRONYM or (len(named) > 1 and named[-1].lower() in words("series_words"))
    named = named[-1:] if len(named) > _LONGEST_HEAD else named  # Country Programme Action Plan
    known = words("organisation_words")
    return any(
        word in known or (len(word) > _LONGEST_CODE and word.isupper() and word.capitalize() in known)
        for word in named
        if not (series and word.isupper() and len(word) <= _LONGEST_CODE)
    )


def is_periodical(text: str) -> bool:
    """Whether a name is that of a journal, judged by its first and last words."""
    named = text.split()
    return bool(named) and (named[0] in words("periodical_words") or named[-1] in words("periodical_words"))


def is_law(text: str) -> bool:
    """Whether a title is that of a law, a treaty or a resolution."""
    spelt = text.strip(_EDGES)
    if HANGUL.search(spelt):
        return spelt.endswith(words("law_endings"))
    head = _PREPOSITION.split(spelt, maxsplit=1)[0]  # a report pursuant to a resolution is none
    return bool(_RESOLUTION.search(head)) or any(word in words("law_words") for word in re.split(r"[\s,]+", head))


def is_title_cased(text: str) -> bool:
    """Whether most of the longer Latin words of a text are capitalised, as those of a title without marks are."""
    long = [word for word in (part.strip(",.:;()’'“”") for part in text.split()) if len(word) > 3 and word[0].isascii()]
    return bool(long) and sum(word[0].isupper() or word[0].isdigit() for word in long) >= len(long) * 0.7


def is_place(text: str) -> bool:
    """Whether a name is that of a city that publishers sit in: known, with its state, or two of them."""
    if text in words("cities") or _WITH_STATE.fullmatch(text):
        return True
    both = _BOTH.split(text)
    return len(both) == len(("London", "New York")) and all(one in words("cities") for one in both)


def opens_sentence(text: str) -> bool:
    """Whether a text begins with a sentence, not with a name: `Others have put the number higher`."""
    if _OPENER.match(text):
        return True
    clause = _CLAUSE.match(text)
    if clause is None or len(clause[0].split()) < _SENTENCE or is_title_cased(clause[0]):
        return False
    return (
        sum(word.islower() and word not in words("small_words") for word in clause[0].split()) > 1
    )  # Culture under Kim is a title


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the spaces and punctuation at its edges; empty where there is nothing else."""
    while start < end and text[start] in _EDGES + "’'" and not _opens(text, start, end):
        start += 1
    while end > start and text[end - 1] in _EDGES and not _closes(text, start, end):
        end -= 1
    return start, end


def _opens(text: str, start: int, end: int) -> bool:
    """Whether the first character is a quotation mark that the stretch itself closes: `‘Self-Reliance’ as Slogan`."""
    closing = _CLOSING.get(text[start])
    return closing is not None and closing.search(text, start + 2, end) is not None


def _closes(text: str, start: int, end: int) -> bool:
    """Whether the last character is a bracket that the stretch itself opens, or the full stop of an initial."""
    if text[end - 1] == ".":
        return bool(_INITIAL.match(text, max(start, end - 3), end))
    if text[end - 1] in _OPENING:
        return _OPENING[text[end - 1]] in text[start:end]
    if text[end - 1] == '"':
        return text.count('"', start, end) % 2 == 0
    return text[end - 1] == ")" and text.count("(", start, end) == text.count(")", start, end)


def _any_of(name: str) -> re.Pattern[str]:
    joined = "|".join(re.escape(word) for word in sorted(words(name), key=lambda word: (-len(word), word)))
    return re.compile(rf"(?<![\w가-힣])(?:The\s)?(?:{joined})(?![\w가-힣])", re.I if name == "sites" else 0)


def _rules() -> dict[str, Any]:
    return rule_file("tagging", "citations")
