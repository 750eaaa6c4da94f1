"""Verdicts that must find their claims again: after a new model, in another layout, in a corrected edition."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from brief_nlp.analysis import analyze
from brief_nlp.claims.find import claim_id, normalised
from brief_nlp.evaluation.scores import Score
from brief_nlp.schema import Brief, Claim
from brief_nlp.store.attaching import Finder, quoted

CORRECTED = 0.1  # share of the sentences that a corrected edition has otherwise
FOUND, WRONG = 0.98, 0.0
LAYOUTS = {
    "en1": ("en1_wp", "en2", "hyph", "nolig", "rot", "rotcontent", "fnbreak", "table"),
    "ko": ("ko_gothic", "ko_wp"),
}  # of the same text; two typesetters
_ADDED = {"en": "not", "ko": "안"}


class Tally(NamedTuple):
    """How many verdicts there were whose sentence is still there, how many of them were attached, how many wrongly."""

    given: int
    attached: int
    wrong: int


def scores(shared: Path) -> list[Score]:
    """The seed brief as other typesetters set it: every verdict on one layout, looked for in all others."""
    found = []
    folder = shared / "pdfs" / "typeset"
    for first, names in LAYOUTS.items():
        base = analyze(folder / f"{first}.pdf")
        others = [folder / f"{name}.pdf" for name in names]
        tallies = [_laid_out(base, analyze(path)) for path in others]
        found += _told(f"verdicts, {first} in {len(others)} other layouts", tallies)
    return found


def sample_scores(samples: Path) -> list[Score]:
    """The sample briefs in corrected editions, and under a model that says the opposite."""
    briefs = [analyze(path) for path in sorted(samples.glob("*.pdf"))]
    return [
        *_told("verdicts, new model", [_laid_out(brief, brief) for brief in briefs]),
        *_told("verdicts, corrected edition", [_corrected(brief, seed) for brief in briefs for seed in range(10)]),
    ]


def _told(lead: str, tallies: Iterable[Tally]) -> list[Score]:
    given, attached, wrong = (sum(column) for column in zip(*tallies, strict=True))
    detail = f"{attached} of {given}, the rest are orphans"
    return [
        Score(f"{lead}: found again", attached / given, FOUND, detail=detail),
        Score(f"{lead}: attached to another sentence", wrong, WRONG, better="low"),
    ]


def _laid_out(base: Brief, other: Brief) -> Tally:
    """Of verdicts on each claim of `base`: what `other` makes of them, and whether that is the same sentence."""
    finder = Finder(other)
    hits = [(claim, found[0]) for claim in base.claims if (found := finder.find(quoted(base, claim)))]
    return Tally(len(base.claims), len(hits), sum(not _alike(claim, found) for claim, found in hits))


def _corrected(brief: Brief, seed: int) -> Tally:
    """A re-issue in which some sentences got one more word: their verdicts must be orphans, all others be found."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    changed = set(dice.sample(range(len(brief.claims)), max(1, round(CORRECTED * len(brief.claims)))))
    claims = []
    for place, claim in enumerate(brief.claims):
        words = claim.text.split(" ")
        if place in changed:
            words.insert(dice.randrange(len(words)), _ADDED[brief.language])
        told = " ".join(words)
        claims.append(claim.model_copy(update={"id": claim_id("e" * 64, normalised(told), place + 1), "text": told}))
    finder = Finder(brief.model_copy(update={"document_id": "e" * 64, "claims": tuple(claims)}))
    found = [finder.find(quoted(brief, claim)) for claim in brief.claims]
    kept = [place for place in range(len(brief.claims)) if place not in changed]
    wrong = sum(found[place] is not None for place in changed)
    wrong += sum(1 for place in kept if (hit := found[place]) and hit[0] is not claims[place])
    return Tally(len(kept), sum(found[place] is not None for place in kept), wrong)


def _alike(one: Claim, other: Claim) -> bool:
    """Whether two claims are the same letters and figures, whatever their spaces, hyphens and quotation marks."""
    return _bare(one.text) == _bare(other.text)


def _bare(words: str) -> str:
    return "".join(char for char in words.casefold() if char.isalnum())
