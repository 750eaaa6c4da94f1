from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_nlp.claims.classifier import load_cue_model, probability_of_assessment
from brief_nlp.claims.cues import cue_rules, find_cues
from brief_nlp.claims.kinds import is_mixed, kind_of, likelihood_of
from brief_nlp.schema import AUTHOR, AssessmentKind, Cue, Language, Likelihood, Speaker

EN, KO = Language.EN, Language.KO


def cues(text: str, language: Language = EN) -> tuple[Cue, ...]:
    return find_cues(text, 0, len(text), language=language)


def probability(text: str, language: Language = EN, source: tuple[Speaker, ...] = (AUTHOR,)) -> float:
    return probability_of_assessment(cues(text, language), source, language)


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
            assert (probability(example, language) > 0.5) == (rule.weight > 0), (rule.id, example)


@pytest.mark.parametrize(
    ("text", "assessment"),
    [
        ("Imports rose by 12 percent in 2022.", False),
        ("The rise is likely to continue.", True),
        ("Seoul should prepare for this.", True),
        ("The law was adopted on May 3, 2022.", False),
        ("The visit in May was short.", False),
    ],
)
def test_english(text: str, assessment: bool):
    assert (probability(text) >= 0.5) == assessment


def test_hedges_of_a_speaker_change_nothing():
    text = "The ministry said that imports may fall and that the policy could fail."
    assert probability(text, source=(Speaker(name="ministry"),)) < 0.1


def test_the_writers_judgement_counts_even_of_a_report():
    reported = Speaker(name="newspaper")
    plain = probability("The newspaper said that output doubled.", source=(reported,))
    judged = probability("The newspaper said that output doubled, which is an exaggeration.", source=(reported,))
    assert judged > plain


def test_a_rule_counts_once_and_the_sum_is_bounded():
    model = load_cue_model()
    assert probability("It may be, may be, may be.") == probability("It may be.")
    many = probability("It should perhaps be seen as likely, seems weak, and will fail because it is difficult to fix.")
    assert many == pytest.approx(1 / (1 + math.exp(-model.limit)), abs=1e-4)


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
    ],
)
def test_bands(text: str, band: Likelihood | None):
    assert likelihood_of(text, EN) is band


def test_mixed_sentences():
    text = "Imports were recorded at 3,000 tons in 2022, but it is difficult to say how long this may last."
    assert is_mixed(text, 0, len(text), cues(text), EN)
    plain = "Imports were recorded at 3,000 tons in 2022."
    assert not is_mixed(plain, 0, len(plain), cues(plain), EN)


@given(st.text(max_size=200))
def test_any_text_has_a_probability_and_exact_cues(text: str):
    for language in (EN, KO):
        found = cues(text, language)
        assert all(text[cue.start : cue.end] == cue.text for cue in found)
        assert 0 < probability_of_assessment(found, (AUTHOR,), language) < 1
