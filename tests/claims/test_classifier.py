"""A sentence and its clauses: which decide on its label, and whether it is mixed."""

from __future__ import annotations

import pytest

from brief_nlp.claims.classifier import Judged, Unit, judge, load_classifier, read
from brief_nlp.claims.classifier import _decided as decided
from brief_nlp.schema import AUTHOR, Label, Language, Speaker

KCNA = (Speaker(name="KCNA"),)


def mixed(whole: float, *clauses: tuple[float, bool], source: tuple[Speaker, ...] = (AUTHOR,)) -> Judged:
    """A sentence with these clauses: their probabilities, and whether each is a main one."""
    parts = tuple(Judged(Unit(0, 1, (AUTHOR,), main=main), chance, chance, ()) for chance, main in clauses)
    return Judged(Unit(0, 2, source), whole, whole, (), clauses=parts)


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        (mixed(0.05, (0.95, True), (0.03, True)), Label.ASSESSMENT),  # it would have been hard, but it goes on
        (mixed(0.05, (0.03, True), (0.95, False)), Label.FACT),  # it was shut, which is a pity
        (mixed(0.7, (0.03, True), (0.95, False)), Label.FACT),
        (mixed(0.95, (0.03, True), (0.95, False)), Label.ASSESSMENT),
        (mixed(0.05, (0.6, True), (0.03, True)), Label.FACT),  # the clause is in doubt itself
        (mixed(0.05, (0.95, True), (0.03, True), source=KCNA), Label.FACT),  # words of another that run on
    ],
)
def test_main_clauses_decide(sentence: Judged, label: Label):
    assert decided(sentence).label is label


def test_a_sentence_that_its_main_clause_contradicts_is_less_sure():
    assert decided(mixed(0.05, (0.95, True), (0.03, True))).probability == pytest.approx(0.5, abs=0.05)


def test_a_clause_in_doubt_makes_no_sentence_mixed():
    assert mixed(0.05, (0.95, True), (0.03, True)).mixed
    assert not mixed(0.05, (0.7, True), (0.03, True)).mixed


def test_what_is_presupposed_is_judged_by_itself():
    text = "The fact that the speech did not mention the South at all is more telling than any threat."
    units = read(text, [(0, len(text))], language=Language.EN)
    (judged,) = judge(text, units, language=Language.EN, classifier=load_classifier(Language.EN))
    assert [clause.label for clause in judged.clauses] == [Label.FACT, Label.ASSESSMENT]
