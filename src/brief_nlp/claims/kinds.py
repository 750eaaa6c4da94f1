"""What kind of assessment a claim is, how likely it calls its matter, and whether it mixes fact in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from brief_nlp.schema import AssessmentKind, Cue, Language, Likelihood

_KINDS = {
    "recommendation": AssessmentKind.RECOMMENDATION,
    "forecast": AssessmentKind.FORECAST,
    "estimate": AssessmentKind.ESTIMATE,
    "cause": AssessmentKind.CAUSE,
    "motive": AssessmentKind.CAUSE,
    "evaluation": AssessmentKind.EVALUATION,
    "inference": AssessmentKind.INTERPRETATION,
    "judgement": AssessmentKind.INTERPRETATION,
    "likelihood": AssessmentKind.FORECAST,
    "hedge": AssessmentKind.INTERPRETATION,
}

# words of estimative probability, by the bands of Intelligence Community Directive 203; the first that fits
_BANDS: tuple[tuple[Likelihood, str, str], ...] = (
    (Likelihood.ALMOST_CERTAIN, r"almost certain(?:ly)?|nearly certain|virtually certain|certainly will|undoubtedly", r"거의 확실|확실시"),
    (Likelihood.ALMOST_NO_CHANCE, r"almost no chance|no (?:real )?(?:chance|possibility|prospect)|virtually impossible", r"가능성(?:은|이)? 거의 없|가능성(?:은|이)? 없"),
    (Likelihood.VERY_UNLIKELY, r"(?:very|highly|most|extremely) (?:unlikely|improbable)|remote (?:chance|possibility)", r"가능성(?:은|이)? 매우 (?:낮|희박)|희박"),
    (Likelihood.VERY_LIKELY, r"(?:very|highly|most|extremely) (?:likely|probable)|(?:high|strong) (?:probability|likelihood|possibility)", r"가능성(?:이|은)? 매우 (?:높|크)|매우 유력"),
    (Likelihood.UNLIKELY, r"unlikely|improbable|(?:little|low|slim) (?:chance|probability|likelihood|prospect)|doubtful", r"가능성(?:이|은)? (?:낮|작|크지 않|높지 않)"),
    (Likelihood.ROUGHLY_EVEN, r"roughly even|even (?:chance|odds)|fifty-fifty|as likely as not", r"반반"),
    (Likelihood.LIKELY, r"likely|probabl[ey]|chances are|in all likelihood|is expected to", r"가능성(?:이|도|은)? (?:높|크|있)|유력|예상된다|전망된다"),
)  # fmt: skip
_COMPILED = {
    language: tuple((band, re.compile(patterns[place], re.I)) for band, *patterns in _BANDS)
    for place, language in enumerate((Language.EN, Language.KO))
}
_JOINTS = {
    Language.EN: re.compile(r"(?:^|[,;] )(?:although|though|while|since|given that|but|whereas|and|which|even though)\b", re.I),
    Language.KO: re.compile(r"(?:지만|으나|나|는데|은데|면서|므로|으며|며|고),? "),
}
WEIGHTY = 1.5  # log-odds from which a cue can stand for a clause of its own


def kind_of(cues: Sequence[Cue]) -> AssessmentKind:
    """The kind that the heaviest cue speaks for; interpretation where none does."""
    speaking = [cue for cue in cues if cue.weight > 0 and cue.category in _KINDS]
    if not speaking:
        return AssessmentKind.INTERPRETATION
    heaviest = max(speaking, key=lambda cue: (cue.weight, cue.category == "likelihood", -cue.start))
    return _KINDS[heaviest.category]


def likelihood_of(sentence: str, language: Language) -> Likelihood | None:
    """The ICD 203 band of the estimative words of a sentence, if it has any."""
    return next((band for band, pattern in _COMPILED[language] if pattern.search(sentence)), None)


def is_mixed(text: str, start: int, end: int, cues: Sequence[Cue], language: Language) -> bool:
    """Whether a clause with weighty cues for fact stands beside one with weighty cues for assessment."""
    cuts = [start, *(start + match.start() for match in _JOINTS[language].finditer(text[start:end])), end]
    verdicts = set()
    for left, right in zip(cuts, cuts[1:], strict=False):
        weight = sum({cue.rule: cue.weight for cue in cues if left <= cue.start < right}.values())
        if abs(weight) >= WEIGHTY:
            verdicts.add(weight > 0)
    return len(verdicts) == 2
