"""Claims: what is said, by whom, on what evidence, and whether it is fact or assessment."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from brief_nlp.schema.base import Region, Span, Value


class Label(StrEnum):
    """The label of a claim."""

    FACT = "fact"
    ASSESSMENT = "assessment"


class AssessmentKind(StrEnum):
    """What kind of judgement an assessment is."""

    INTERPRETATION = "interpretation"
    EVALUATION = "evaluation"
    CAUSE = "cause"
    FORECAST = "forecast"
    ESTIMATE = "estimate"
    RECOMMENDATION = "recommendation"


class Likelihood(StrEnum):
    """The seven bands of ICD 203."""

    ALMOST_NO_CHANCE = "almost no chance"
    VERY_UNLIKELY = "very unlikely"
    UNLIKELY = "unlikely"
    ROUGHLY_EVEN = "roughly even"
    LIKELY = "likely"
    VERY_LIKELY = "very likely"
    ALMOST_CERTAIN = "almost certain"


class Cue(Span):
    """Words that speak for a label, and the rule that says so."""

    text: str
    category: str
    rule: str
    weight: float = Field(description="log-odds towards assessment; negative towards fact")


class Speaker(Value):
    """One link of a source chain. The writer is `author`, without a place in the text."""

    name: str
    canonical_id: str | None = None
    start: int | None = None
    end: int | None = None


AUTHOR = Speaker(name="author")


class EvidenceScope(StrEnum):
    """What a note backs: the sentence it stands in, the paragraph it closes, the section it heads."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    SECTION = "section"


class Evidence(Value):
    """A footnote behind a claim, and how it came to be linked."""

    footnote: int = Field(description="index in Brief.footnotes")
    scope: EvidenceScope


class Clause(Span):
    """A finite clause of a mixed sentence, with a label, a source and notes of its own."""

    text: str
    label: Label
    probability: float = Field(ge=0, le=1, description="probability that it is an assessment")
    source: tuple[Speaker, ...] = (AUTHOR,)
    footnotes: tuple[int, ...] = Field(
        (), description="indices in Brief.footnotes of the notes whose marker it touches"
    )


class Claim(Span):
    """A sentence that claims something. See docs/labels.md for what the label means."""

    id: str = Field(description="hash of document, normalised quote and its occurrence; never of a label")
    text: str
    block: int
    label: Label
    probability: float = Field(ge=0, le=1, description="calibrated probability that it is an assessment")
    encoder: float = Field(ge=0, le=1, description="what the encoder alone made of it, before the rules were fused in")
    needs_review: bool
    kind: AssessmentKind | None = None
    likelihood: Likelihood | None = None
    mixed: bool = Field(False, description="whether clauses of both labels stand side by side")
    clauses: tuple[Clause, ...] = Field((), description="of a mixed sentence, in order; they overlap nowhere")
    source: tuple[Speaker, ...] = Field((AUTHOR,), description="outermost speaker first")
    cues: tuple[Cue, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    entities: tuple[int, ...] = Field((), description="indices in Brief.entities")
    dates: tuple[int, ...] = Field((), description="indices in Brief.dates")
    quantities: tuple[int, ...] = Field((), description="indices in Brief.quantities")
    section: int | None = Field(None, description="index of the heading block it stands under")
    regions: tuple[Region, ...]
    by: str
