from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_nlp.claims.cues import cue_rules, find_cues
from brief_nlp.claims.kinds import kind_of, likelihood_of
from brief_nlp.schema import AssessmentKind, Cue, Language, Likelihood

EN, KO = Language.EN, Language.KO


def cues(text: str, language: Language = EN) -> tuple[Cue, ...]:
    return find_cues(text, 0, len(text), language=language)


@pytest.mark.parametrize("language", [EN, KO])
def test_rules_fire_on_their_examples_and_not_on_their_counterexamples(language: Language):
    for rule in cue_rules(language):
        for example in rule.examples:
            assert f"{language}.{rule.id}" in {cue.rule for cue in cues(example, language)}, example
        for example in rule.negative:
            assert f"{language}.{rule.id}" not in {cue.rule for cue in cues(example, language)}, example


@pytest.mark.parametrize("language", [EN, KO])
def test_examples_lean_the_way_of_their_weight(language: Language):
    for rule in cue_rules(language):
        for example in rule.examples:
            weight = sum({cue.rule: cue.weight for cue in cues(example, language)}.values())
            assert (weight > 0) == (rule.weight > 0), (rule.id, example)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Seoul should prepare.", AssessmentKind.RECOMMENDATION),
        ("Prices will continue to rise.", AssessmentKind.FORECAST),
        ("The scheme is inefficient.", AssessmentKind.EVALUATION),
        ("The fall is the result of poor planning.", AssessmentKind.CAUSE),
    ],
)
def test_kinds(text: str, kind: AssessmentKind):
    assert kind_of(cues(text)) is kind


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("It is very unlikely.", Likelihood.VERY_UNLIKELY),
        ("It is unlikely.", Likelihood.UNLIKELY),
        ("It is highly likely.", Likelihood.VERY_LIKELY),
        ("It will probably fail.", Likelihood.LIKELY),
        ("There is almost no chance.", Likelihood.ALMOST_NO_CHANCE),
        ("The chances are roughly even.", Likelihood.ROUGHLY_EVEN),
        ("It failed.", None),
        ("The south is more likely than the north to agree.", None),
        ("It is more likely than not.", Likelihood.LIKELY),
    ],
)
def test_bands(text: str, band: Likelihood | None):
    assert likelihood_of(text, EN) is band


@given(st.text(max_size=200))
def test_cues_are_exact(text: str):
    for language in (EN, KO):
        assert all(text[cue.start : cue.end] == cue.text for cue in cues(text, language))


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("응할 가능성은 현재로서는 거의 없다.", Likelihood.ALMOST_NO_CHANCE),
        ("응할 가능성은 여전히 낮다.", Likelihood.UNLIKELY),
        ("응할 가능성이 크다.", Likelihood.LIKELY),
        ("응할 가능성은 크지 않다.", Likelihood.UNLIKELY),
    ],
)
def test_korean_bands_behind_an_adverb(text: str, band: Likelihood):
    assert likelihood_of(text, Language.KO) is band
