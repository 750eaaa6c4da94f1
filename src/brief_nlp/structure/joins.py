"""What becomes of a line's end: a space, nothing, or a hyphen that goes or stays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from brief_nlp.structure.data import word_list
from brief_nlp.structure.lines import Line
from brief_nlp.structure.morphology import kiwi

Join = Literal["space", "nothing", "drop_hyphen"]

HYPHENS = "-\u2010\u2011"
TRAILING_SPACES = 0.1  # of the lines: where as many keep the space they break at, the file tells words apart
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*(?:-[A-Za-z'’]+)*|[가-힣]+")
_LAST = re.compile(r"[A-Za-z'’]+$")
_FIRST = re.compile(r"[A-Za-z'’]+")
_HANGUL = re.compile(r"[가-힣]")
_STOP = re.compile(r"[가-힣][.?!,;]$")  # no Korean word goes on behind one


def line_joiner(lines: Sequence[Line]) -> Callable[[Line, Line], Join]:
    """A function that says how two lines of one block are joined, judged by the whole document."""
    known: Counter[str] = Counter()

    def words() -> Counter[str]:
        if not known:  # counted when first asked for: most documents break no words
            for line in lines:
                known.update(_WORD.findall(line.text.lower()))
        return known

    keeps_spaces = _keeps_trailing_spaces(lines)

    def join(line: Line, following: Line) -> Join:
        end, start = line.text, following.text
        if not end or not start:
            return "nothing"
        if end[-1] in HYPHENS:
            return _hyphen(end, start, words())
        if end[-1] in "–—/" and not line.runs[-1].text.endswith(" "):
            return "nothing"
        if _HANGUL.match(end[-1]) or _HANGUL.match(start[0]):
            if line.runs[-1].text[-1:].isspace() or line.is_raised(line.runs[-1]) or _STOP.search(end):
                return "space"
            return "nothing" if keeps_spaces else _korean(end, start, words())
        return "space"

    return join


def _keeps_trailing_spaces(lines: Iterable[Line]) -> bool:
    total = kept = 0
    for line in lines:
        total += 1
        kept += line.runs[-1].text[-1:].isspace()
    return kept >= TRAILING_SPACES * total > 0


def _hyphen(end: str, start: str, words: Counter[str]) -> Join:
    """Drops a hyphen that only breaks a word; keeps one that belongs to a compound."""
    left, right = _LAST.search(end[:-1]), _FIRST.match(start)
    if not left or not right or not right[0][0].islower():
        return "nothing"
    before, after = left[0].lower(), right[0].lower()
    if words[before + after] or words[before + "-" + after]:
        return "drop_hyphen" if words[before + after] >= words[before + "-" + after] else "nothing"
    if before + after in word_list("solid"):
        return "drop_hyphen"
    if before in word_list("compound_first") or after in word_list("compound_second"):
        return "nothing"
    return "drop_hyphen"


# what goes on from a figure without a space: numerals, counters and particles
_COUNTED = re.compile(
    r"[만천백십억조](?!약|성|사)|(?:년|월|일|시|분|초|개|명|건|호|차|회|번|권|쪽|면|톤|원|달러|세|위|위안|배|년대|개월|개국|여|기|인|점|퍼센트)"
    r"(?:[을를은는이가의에와과로도간째씩]|에서|까지|부터|으로|에는)*(?!\w)|(?:[을를은는이가의에와과로도]|에서|까지|부터|으로|에는|이다)(?!\w)"
)


def _korean(end: str, start: str, words: Counter[str]) -> Join:
    """Whether a Korean word goes on over the line: by the document's own words, then by morphology."""
    left, right = end.rsplit(" ", 1)[-1], start.split(" ", 1)[0]
    if (left[-1] in "%％" or left[-1].isdigit()) and _COUNTED.match(right):
        return "nothing"
    together = _WORD.search(left + right)
    if together and words[together[0]] and together[0] == left + right:
        return "nothing"
    return "space" if _prefers_space(end[-40:], start[:40]) else "nothing"


def _prefers_space(end: str, start: str) -> bool:
    """Whether the analysis with a space is at least as likely (Kiwi's log-probabilities)."""
    analyser = kiwi()
    if analyser is None:
        return True
    apart, together = (float(analyser.analyze(text)[0][1]) for text in (f"{end} {start}", end + start))
    return apart >= together
