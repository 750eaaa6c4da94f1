"""Spans against gold spans: which found one stands for which gold one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar

from brief_nlp.evaluation.scores import F1


class Spanned(Protocol):
    """Anything with offsets."""

    @property
    def start(self) -> int:
        """First character."""

    @property
    def end(self) -> int:
        """After the last character."""


Gold = TypeVar("Gold", bound=Spanned)
Found = TypeVar("Found", bound=Spanned)


class SpanCounts(NamedTuple):
    """Counts over texts, which add up."""

    gold: int = 0
    found: int = 0
    overlapping: int = 0
    equal: int = 0
    right: int = 0  # of those that overlap, how many have the right type or value

    def plus(self, other: SpanCounts) -> SpanCounts:
        """The sum of two."""
        return SpanCounts(*(one + two for one, two in zip(self, other, strict=True)))

    @classmethod
    def of(cls, gold: Sequence[Gold], found: Sequence[Found], same: Callable[[Gold, Found], bool]) -> SpanCounts:
        """Those of one text; `same` says whether type or value of a pair is right."""
        pairs = list(matched(gold, found))
        equal = sum((one.start, one.end) == (other.start, other.end) for one, other in pairs)
        return cls(len(gold), len(found), len(pairs), equal, sum(same(one, other) for one, other in pairs))

    @property
    def relaxed(self) -> float:
        """F1 where spans need only overlap."""
        return F1(self.overlapping, self.found, self.gold).f1

    @property
    def strict(self) -> float:
        """F1 where spans must be equal."""
        return F1(self.equal, self.found, self.gold).f1

    @property
    def typed(self) -> float:
        """F1 where spans overlap and the type or value is right."""
        return F1(self.right, self.found, self.gold).f1

    @property
    def accuracy(self) -> float:
        """Share of the overlapping ones whose type or value is right."""
        return self.right / self.overlapping if self.overlapping else 1.0

    @property
    def detail(self) -> str:
        """The counts in words."""
        return f"{self.overlapping} of {self.gold} found, {self.found - self.overlapping} spurious, {self.right} right"


def matched(gold: Sequence[Gold], found: Sequence[Found]) -> Iterator[tuple[Gold, Found]]:
    """Pairs that overlap, each span used once, equal spans first."""
    left = list(found)
    open_gold: list[Gold] = []
    for one in gold:
        equal = next((other for other in left if (one.start, one.end) == (other.start, other.end)), None)
        if equal is None:
            open_gold.append(one)
        else:
            left.remove(equal)
            yield one, equal
    for one in open_gold:
        fits = next((other for other in left if other.start < one.end and one.start < other.end), None)
        if fits is not None:
            left.remove(fits)
            yield one, fits


def outermost(found: Sequence[Found]) -> list[Found]:
    """Those that stand in no other, from left to right; of two that overlap, the one that starts first."""
    kept: list[Found] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
