"""What calls a note: raised numbers and symbols, superscript digits, brackets on the baseline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from brief_nlp.schema import Region
from brief_nlp.structure.labels import SYMBOL_CALL, UNICODE_SUPERSCRIPT, canonical, marker_labels
from brief_nlp.structure.notes import Note

SHARE_CALLED = 0.6  # of the notes: as many have labels, and calls, of one kind
NEAR = 4  # notes that follow one another: among them is the next that is called

# a raised number after one of these is an exponent or a unit, not a call for a note
_UNIT = re.compile(r"(?:\b(?:k|c|m|d|h)?m|\bha|×\s?10|\d\s?x\s?10)$")


@dataclass(frozen=True)
class RawMarker:
    """A marker as found: its label, offset, block and box."""

    label: str
    offset: int
    block: int
    page: int
    region: Region


def inline_calls(notes: Sequence[Note]) -> re.Pattern[str] | None:
    """What calls look like that are not raised: the brackets and numbers that the notes open with.

    A call stands directly behind a word or a stop; only one in square brackets may follow a space.
    """
    printed = {note.printed for note in notes if note.printed[-1:] in (")", "]")}
    if not printed or len(printed) < SHARE_CALLED * len({note.label for note in notes}):
        return None
    joined = "|".join(re.escape(label) for label in sorted(printed, key=lambda label: (-len(label), label)))
    return re.compile(rf"(?:(?<=[\w.,;:?!)\]’”\"'」』])|(?<=\s)(?=\[))(?:{joined})(?!\w{{2}})")


@dataclass
class Calls:
    """Tells calls from exponents and figures, by the labels of the notes in their order."""

    labels: tuple[str, ...]
    inline: re.Pattern[str] | None = None
    passed: int = 0  # how many of the notes, in their order, the calls have come past
    _symbols: bool = field(init=False)  # whether some note is labelled by a symbol

    def __post_init__(self) -> None:
        self._symbols = any(not label.isdigit() for label in self.labels)

    def may_be_in(self, text: str) -> bool:
        """Whether calls may stand among the characters of a text."""
        if self.inline is not None or (self._symbols and SYMBOL_CALL.search(text)):
            return True
        return not text.isascii() and UNICODE_SUPERSCRIPT.search(text) is not None

    def raised(self, text: str, before: str, *, recognised: bool = False) -> tuple[str, ...]:
        """The labels in raised characters that stand behind `before`; empty where they are something else.

        A label that was `recognised` in a picture gives way to the next one where it is out of sequence.
        """
        labels = self._in_sequence(text)
        following = self.labels[self.passed : self.passed + NEAR]
        if recognised and following and len(labels) == 1 and labels[0] not in self.labels[: self.passed] + following:
            labels = following[:1]
        if labels and labels[0].isdigit() and ")" not in text and _UNIT.search(before):
            return ()
        self._pass(labels)
        return labels

    def first_in(self, before: str, word: str) -> tuple[int, int, str] | None:
        """(start, end, label) of the first call among the characters of a word that stands behind `before`."""
        found = UNICODE_SUPERSCRIPT.search(word)
        if found and canonical(found[0]) in self.labels and not _UNIT.search(word[: found.start()]):
            span = found.span()
        else:
            found = self._on_baseline(before + word)
            if not found or found.start() < len(before):
                return None
            span = found.start() - len(before), found.end() - len(before)
        label = canonical(found[0])
        self._pass((label,))
        return *span, label

    def _on_baseline(self, text: str) -> re.Match[str] | None:
        """A call in brackets, or a symbol that labels a note."""
        found = self.inline.search(text) if self.inline else None
        symbol = SYMBOL_CALL.search(text) if self._symbols else None
        if symbol and canonical(symbol[0]) in self.labels and (not found or symbol.start() < found.start()):
            return symbol
        return found

    def _in_sequence(self, text: str) -> tuple[str, ...]:
        """Cuts calls in a row that nothing parts, `34` behind note 2 for 3 and 4, by the notes that come next."""
        following = self.labels[self.passed : self.passed + 3]
        if following and canonical(text) != following[0]:
            for count in (2, 3):
                if text.strip() == "".join(following[:count]) and len(following) >= count:
                    return following[:count]
        return marker_labels(text)

    def _pass(self, labels: Sequence[str]) -> None:
        for label in labels:
            again = self.passed and self.labels[self.passed - 1] == label
            if not again and label in self.labels[self.passed : self.passed + NEAR]:
                self.passed = self.labels.index(label, self.passed) + 1
