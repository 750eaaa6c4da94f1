"""Labels of notes and markers: `1)`, `1`, `[1]`, `*`, `①` and their like."""

from __future__ import annotations

import re
from typing import NamedTuple

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾", "0123456789()")
_CIRCLED = {chr(0x2460 + place): str(place + 1) for place in range(20)}
_SYMBOLS = "*＊†‡§¶‖※"
SYMBOL_CALL = re.compile(rf"(?<=[\w.,)’”\"'」』])([{_SYMBOLS}]{{1,4}})(?=\s|$|[.,)])")

_ONE = rf"[\[(（〔]?\d{{1,3}}[\])）〕]?|[{_SYMBOLS}]{{1,4}}|[\u2460-\u2473]"
_MARKER = re.compile(rf"\s*(?:{_ONE})(?:\s*[,·、;]?\s*(?:{_ONE}))*\s*[,·]?\s*")
_EACH = re.compile(_ONE)
UNICODE_SUPERSCRIPT = re.compile(r"[⁰¹²³⁴-⁹]{1,3}⁾?")

# a label that opens a note which is not set as a superscript, and the space or text after it
_OPENING = re.compile(
    rf"\s*(?:[\[(（〔]?(?P<bracketed>\d{{1,3}})[\])）〕]|(?P<dotted>\d{{1,3}})\.(?=\s)|(?P<bare>\d{{1,3}})(?=\s+\S)"
    rf"|(?P<symbol>[{_SYMBOLS}]{{1,4}})(?!\w)|(?P<circled>[\u2460-\u2473])|(?P<raised>[⁰¹²³⁴-⁹]{{1,3}})⁾?)\s*"
)


def canonical(label: str) -> str:
    """The number of a label as digits, or its symbols: `1)`, `[1]`, `①`, `¹⁾` are all `1`."""
    plain = label.strip().translate(_SUPERSCRIPTS)
    plain = _CIRCLED.get(plain, plain).strip("[]()（）〔〕.,· ")
    return plain.replace("＊", "*")


def marker_labels(text: str) -> tuple[str, ...]:
    """The labels in the characters of a superscript: `1)2)` gives 1 and 2; empty where it is something else."""
    if not _MARKER.fullmatch(text.translate(_SUPERSCRIPTS)):
        return ()
    return tuple(canonical(found) for found in _EACH.findall(text.translate(_SUPERSCRIPTS)))


class Opening(NamedTuple):
    """The label that a note opens with."""

    label: str
    length: int  # characters it takes up, the space after it included
    form: str  # which alternative of the pattern it is: bracketed, dotted, bare, symbol, circled, raised

    @property
    def sure(self) -> bool:
        """Whether its form alone makes it a label; a bare number may be the start of a sentence."""
        return self.form not in ("dotted", "bare")


def opening_label(text: str) -> Opening | None:
    """The label at the start of a note's text, if there is one."""
    match = _OPENING.match(text)
    if not match or match.lastgroup is None:
        return None
    return Opening(canonical(match[match.lastgroup]), match.end(), match.lastgroup)
