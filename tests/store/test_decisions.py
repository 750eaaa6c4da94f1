"""Verdicts on two real databases: what counts, what is taken back, what is sent twice."""

from __future__ import annotations

import pytest
from pydantic import ValidationError
from sqlalchemy import Engine, text

from brief_nlp.errors import BriefError
from brief_nlp.schema import Brief, Label
from brief_nlp.store import decisions
from brief_nlp.store.decisions import Action, give
from tests.store.rows import write


def current(engine: Engine, claim_id: str) -> tuple:
    query = "SELECT current_label, verdict, reviewed, rejected, edited FROM claims_current WHERE claim_id = :id"
    with engine.connect() as connection:
        return tuple(connection.execute(text(query), {"id": claim_id}).one())


def opposite(label: Label) -> Label:
    return Label.FACT if label is Label.ASSESSMENT else Label.ASSESSMENT


def test_the_newest_verdict_counts_and_an_undo_brings_back_the_one_before(engine: Engine, brief: Brief):
    write(engine, brief)
    claim = brief.claims[2]
    other = opposite(claim.label)
    decisions.append(engine, give(brief, claim, Action.ACCEPT, "han"))
    second = decisions.append(engine, give(brief, claim, Action.RELABEL, "seo", label=other))
    decisions.append(engine, give(brief, claim, Action.NOTE, "han", note="see p. 2"))
    assert current(engine, claim.id) == (other, "relabel", 1, 0, None)
    decisions.append(engine, give(brief, claim, Action.UNDO, "seo", undoes=second))
    assert current(engine, claim.id) == (claim.label, "accept", 1, 0, None)
    third = decisions.append(engine, give(brief, claim, Action.REJECT, "han"))
    assert current(engine, claim.id) == (claim.label, "reject", 1, 1, None)
    decisions.append(engine, give(brief, claim, Action.UNDO, "han", undoes=third))
    decisions.append(engine, give(brief, claim, Action.EDIT, "han", edited="other words", label=claim.label))
    assert current(engine, claim.id) == (claim.label, "edit", 1, 0, "other words")


def test_an_accepted_label_stays_when_the_model_changes_its_mind(engine: Engine, brief: Brief):
    write(engine, brief)
    claim = brief.claims[0]
    decisions.append(engine, give(brief, claim, Action.ACCEPT, "han"))
    turned = claim.model_copy(update={"label": opposite(claim.label), "probability": 1 - claim.probability})
    write(engine, brief.model_copy(update={"claims": (turned, *brief.claims[1:]), "fingerprint": "f" * 32}))
    assert current(engine, claim.id)[0] == claim.label


def test_a_verdict_sent_twice_is_stored_once(engine: Engine, brief: Brief):
    write(engine, brief)
    verdict = give(brief, brief.claims[0], Action.ACCEPT, "han")
    assert decisions.append(engine, verdict) == decisions.append(engine, verdict)
    assert decisions.of_document(engine, brief.document_id) == [verdict]


def test_only_a_verdict_that_settles_can_be_taken_back(engine: Engine, brief: Brief):
    write(engine, brief)
    for number in (99, decisions.append(engine, give(brief, brief.claims[0], Action.ACCEPT, "han"))):
        undo = give(brief, brief.claims[0], Action.UNDO, "han", undoes=number)
        if number == 99:
            with pytest.raises(BriefError, match="99 cannot be taken back"):
                decisions.append(engine, undo)
        else:
            taken = decisions.append(engine, undo)
            with pytest.raises(BriefError, match="cannot be taken back"):
                decisions.append(engine, give(brief, brief.claims[0], Action.UNDO, "han", undoes=taken))


@pytest.mark.parametrize("action", [Action.RELABEL, Action.EDIT, Action.NOTE, Action.UNDO])
def test_a_verdict_says_what_its_action_needs(brief: Brief, action: Action):
    with pytest.raises(ValidationError, match=f"{action} needs"):
        give(brief, brief.claims[0], action, "han")
