"""Which verdicts teach, and how they are parted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given as example
from hypothesis import strategies as st
from sqlalchemy import Engine

from brief_nlp.errors import BriefError
from brief_nlp.schema import AUTHOR, Brief, Label, Language
from brief_nlp.store import decisions, documents
from brief_nlp.store.database import open_store
from brief_nlp.store.decisions import Action, give
from brief_nlp.training.examples import Example
from brief_nlp.training.verdicts import (
    LEAST_APART,
    LEAST_OF_LABEL,
    Given,
    Said,
    digest_of,
    examples_of,
    given,
    languages_of,
    parted,
    same,
    without,
)

FACT, ASSESSMENT = Label.FACT, Label.ASSESSMENT


@pytest.fixture
def engine(tmp_path: Path, brief: Brief) -> Iterator[Engine]:
    opened = open_store(f"sqlite:///{tmp_path / 'rows.db'}")
    documents.write(opened, brief)
    yield opened
    opened.dispose()


def say(engine: Engine, brief: Brief, place: int, action: Action, reviewer: str = "han", **more) -> int:
    return decisions.append(engine, give(brief, brief.claims[place], action, reviewer, **more))


def labels(engine: Engine) -> dict[str, bool]:
    return {one.text: one.assessment for one in given(engine).said}


def test_the_last_verdict_of_a_reviewer_counts(engine: Engine, brief: Brief):
    say(engine, brief, 0, Action.RELABEL, label=FACT)
    say(engine, brief, 0, Action.RELABEL, label=ASSESSMENT)
    say(engine, brief, 0, Action.NOTE, note="sure?")
    assert labels(engine) == {brief.claims[0].text: True}


def test_what_was_taken_back_does_not_count(engine: Engine, brief: Brief):
    say(engine, brief, 0, Action.RELABEL, label=FACT)
    second = say(engine, brief, 0, Action.RELABEL, label=ASSESSMENT)
    only = say(engine, brief, 1, Action.RELABEL, label=ASSESSMENT)
    say(engine, brief, 0, Action.UNDO, undoes=second)
    say(engine, brief, 1, Action.UNDO, undoes=only)
    assert labels(engine) == {brief.claims[0].text: False}


def test_reviewers_who_differ_teach_nothing(engine: Engine, brief: Brief):
    say(engine, brief, 0, Action.RELABEL, label=FACT)
    say(engine, brief, 0, Action.RELABEL, "seo", label=ASSESSMENT)
    say(engine, brief, 1, Action.RELABEL, label=FACT)
    say(engine, brief, 1, Action.REJECT, "seo")
    say(engine, brief, 2, Action.RELABEL, label=FACT)
    say(engine, brief, 2, Action.RELABEL, "seo", label=FACT)
    found = given(engine)
    assert [one.text for one in found.said] == [brief.claims[2].text]
    assert (found.differing, found.reviewers, found.unlabelled) == (2, 2, 0)


def test_a_reviewer_who_comes_round_agrees(engine: Engine, brief: Brief):
    say(engine, brief, 0, Action.RELABEL, label=FACT)
    say(engine, brief, 0, Action.RELABEL, "seo", label=ASSESSMENT)
    say(engine, brief, 0, Action.RELABEL, label=ASSESSMENT)
    assert labels(engine) == {brief.claims[0].text: True}
    assert given(engine).differing == 0


def test_rejects_and_notes_have_no_label_and_edits_have_their_words(engine: Engine, brief: Brief):
    say(engine, brief, 0, Action.REJECT)
    say(engine, brief, 1, Action.NOTE, note="later")
    say(engine, brief, 2, Action.EDIT, edited="Other words stand here.", label=ASSESSMENT)
    say(engine, brief, 3, Action.EDIT, edited="These left the label alone.")
    found = given(engine)
    assert labels(engine) == {
        "Other words stand here.": True,
        "These left the label alone.": brief.claims[3].label is ASSESSMENT,
    }
    assert found.unlabelled == 1


def test_an_orphan_teaches_by_its_own_words(engine: Engine, brief: Brief):
    say(engine, brief, 0, Action.RELABEL, label=FACT)
    kept = given(engine).said[0]
    documents.remove(engine, brief.document_id)
    found = given(engine)
    assert (found.orphaned, found.said[0].orphaned) == (1, True)
    assert replace(found.said[0], source=kept.source, orphaned=False) == kept


def test_verdicts_on_a_claim_met_again_are_one_reviewers(engine: Engine, brief: Brief):
    """After a run that changed the claim's id, an old verdict and a new one are on the same claim."""
    say(engine, brief, 0, Action.RELABEL, label=FACT)
    again = brief.claims[0].model_copy(update={"id": brief.claims[0].id[::-1]})
    changed = brief.model_copy(update={"claims": (again, *brief.claims[1:]), "fingerprint": "f" * 32})
    documents.write(engine, changed)
    assert labels(engine) == {again.text: False}
    say(engine, changed, 0, Action.RELABEL, label=ASSESSMENT)
    assert labels(engine) == {again.text: True}
    assert given(engine).differing == 0


def test_features_are_those_of_a_run(engine: Engine, korean: Brief, brief: Brief):
    documents.write(engine, korean)
    for one in (brief, korean):
        say(engine, one, 0, Action.ACCEPT)
    found = examples_of(given(engine).said, "train")
    assert {one.family for one in found} == {"verdicts-en", "verdicts-ko"}
    assert all(one.features for one in found)
    reported = next(claim for claim in brief.claims if claim.source != (AUTHOR,))
    decisions.append(engine, give(brief, reported, Action.ACCEPT, "han"))
    (other,) = [one for one in examples_of(given(engine).said, "train") if one.text == reported.text]
    assert (other.features or {})["voice:other"] == 1


# --- parting ---------------------------------------------------------------------------------------------------------


def said(publication: str, number: int, assessment: bool, language: Language = Language.EN) -> Said:
    text = f"Sentence {number} of {publication} says so."
    return Said(text, assessment, publication, publication, language, (AUTHOR,))


def collection(sizes: dict[str, tuple[int, int]], language: Language = Language.EN) -> list[Said]:
    """So many facts and assessments of each publication."""
    return [
        said(name, number, number >= facts, language)
        for name, (facts, judged) in sizes.items()
        for number in range(facts + judged)
    ]


EVEN = {f"work {number}": (8, 8) for number in range(12)}
SIZES = st.dictionaries(
    st.text("abcdefgh ", min_size=1, max_size=6), st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=14
)


@example(SIZES, st.randoms(use_true_random=False))
def test_no_publication_stands_on_both_sides(sizes, dice):
    whole = collection(sizes)
    parts = parted(whole)
    shuffled = list(whole)
    dice.shuffle(shuffled)
    again = parted(shuffled)
    if parts is None or again is None:
        assert parts is again
        return
    held, kept = ({one.publication for one in part} for part in (parts.apart, parts.train))
    assert not held & kept
    assert sorted(one.text for one in (*parts.train, *parts.apart, *parts.twice)) == sorted(one.text for one in whole)
    assert {one.text for one in parts.apart} == {one.text for one in again.apart}  # whatever the order
    assert len(held) >= LEAST_APART
    assert len(held) <= len({one.publication for one in whole}) / 2  # of some, all may stand among what comes twice
    for part in (parts.train, parts.apart):
        judged = sum(one.assessment for one in part)
        assert min(judged, len(part) - judged) >= LEAST_OF_LABEL


def test_about_a_quarter_is_held_out_and_more_where_a_label_is_rare():
    parts = parted(collection(EVEN))
    assert parts is not None
    assert len({one.publication for one in parts.apart}) == 3
    rare = parted(collection(dict.fromkeys(EVEN, (8, 2))))
    assert rare is not None
    assert len({one.publication for one in rare.apart}) == 5


def test_editions_stay_together():
    whole = [
        replace(one, document=f"{one.publication} edition {place % 2}") for place, one in enumerate(collection(EVEN))
    ]
    parts = parted(whole)
    assert parts is not None
    assert not {one.document for one in parts.apart} & {one.document for one in parts.train}
    assert len({one.document for one in parts.apart}) == 6


def test_more_documents_leave_the_draw_of_the_others_alone():
    few, more = parted(collection(EVEN)), parted(collection({**EVEN, "late": (8, 8)}))
    assert few is not None
    assert more is not None
    one, other = ({said.publication for said in part.apart} for part in (few, more))
    assert len(one - other) <= 1


@pytest.mark.parametrize(
    ("sizes", "least", "told"),
    [
        ({"a": (40, 40)}, 200, r"80 of 1 documents can teach, and 200 are needed"),
        ({f"{n}": (20, 20) for n in range(7)}, 200, r"the 280 verdicts that can teach are of 7, and 8 are needed"),
        ({f"{n}": (30, 0) for n in range(9)}, 100, r"en: 270 facts and 0 assessments of 9 documents"),
    ],
)
def test_too_few_are_told_with_how_many_there_are(sizes, least: int, told: str):
    with pytest.raises(BriefError, match=told) as caught:
        languages_of(Given(tuple(collection(sizes))), least=least)
    assert caught.value.advice


def test_a_language_with_too_few_is_left_as_it_is():
    korean = collection({"가": (4, 4)}, Language.KO)
    taught, others = languages_of(Given((*collection(EVEN), *korean)), least=100)
    assert list(taught) == [Language.EN]
    assert others == {Language.KO: "4 facts and 4 assessments of 1 documents"}


def test_words_that_score_do_not_train():
    def lesson(text: str) -> Example:
        return Example(text, True, "brief-01", "brief", "train")

    corpus = [lesson("The plan  is “unlikely” to succeed."), lesson("It rained.")]
    assert [one.text for one in without(corpus, ['the plan is "unlikely" to suc-ceed.'])] == ["It rained."]


def test_a_document_met_twice_under_two_titles_does_not_train_on_what_it_scores():
    whole = collection(EVEN)
    copies = [replace(one, publication=f"copy of {one.publication}") for one in whole]
    parts = parted([*whole, *copies])
    assert parts is not None
    assert not {same(one.text) for one in parts.apart} & {same(one.text) for one in parts.train}
    assert parts.twice
    assert len(parts.train) + len(parts.apart) + len(parts.twice) == 2 * len(whole)


def test_words_that_the_shipped_model_learnt_do_not_score():
    whole = collection(EVEN)
    learnt = frozenset(same(one.text) for one in whole if one.text.startswith("Sentence 0 "))
    parts = parted(whole, learnt)
    assert parts is not None
    assert {same(one.text) for one in parts.known} == learnt
    assert not learnt & {same(one.text) for one in (*parts.train, *parts.apart)}


def test_a_digest_does_not_hang_on_the_order():
    whole = collection(EVEN)
    assert digest_of(whole) == digest_of(reversed(whole)) != digest_of(whole[1:])
