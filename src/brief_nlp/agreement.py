"""Agreement beyond chance of people who label the same things.

Cohen's kappa for two (Cohen 1960), Krippendorff's alpha for any number, on nominal data with missing values
(Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


def kappa(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Cohen's kappa; None where chance alone would agree on everything."""
    both = list(pairs)
    if not both:
        return None
    seen = sum(left == right for left, right in both) / len(both)
    lefts, rights = Counter(left for left, _ in both), Counter(right for _, right in both)
    chance = sum(lefts[label] * rights[label] for label in lefts) / len(both) ** 2
    return None if chance == 1 else (seen - chance) / (1 - chance)


def alpha(units: Iterable[list[str]]) -> float | None:
    """Krippendorff's alpha over the answers on each unit; None where there is nothing to tell apart."""
    pairable = [unit for unit in units if len(unit) > 1]
    totals = Counter(answer for unit in pairable for answer in unit)
    count = totals.total()
    expected = count**2 - sum(number**2 for number in totals.values())
    if expected == 0:
        return None
    observed = 0.0
    for unit in pairable:
        found = Counter(unit)
        observed += (len(unit) ** 2 - sum(number**2 for number in found.values())) / (len(unit) - 1)
    return 1 - (count - 1) * observed / expected
