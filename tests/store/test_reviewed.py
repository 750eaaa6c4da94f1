"""Briefs as reviewers left them, on both databases."""

from __future__ import annotations

from sqlalchemy import Engine

from brief_nlp.schema import Brief, Label
from brief_nlp.store import decisions
from brief_nlp.store.decisions import Action, give
from brief_nlp.store.documents import find, read_reviewed
from tests.store.rows import write


def test_settled_labels_stand_and_rejected_claims_go(engine: Engine, brief: Brief, korean: Brief):
    write(engine, brief)
    write(engine, korean)
    turned = next(claim for claim in brief.claims if claim.label is Label.ASSESSMENT and claim.kind)
    edited = next(claim for claim in brief.claims if claim.needs_review and claim.id != turned.id)
    rejected = next(claim for claim in brief.claims if claim.id not in (turned.id, edited.id))
    decisions.append(engine, give(brief, turned, Action.RELABEL, "han", label=Label.FACT))
    decisions.append(engine, give(brief, edited, Action.EDIT, "seo", label=edited.label, edited="Other words."))
    decisions.append(engine, give(brief, rejected, Action.REJECT, "han"))
    (found,) = read_reviewed(engine, brief.document_id)
    claims = {claim.id: claim for claim in found.claims}
    assert claims.keys() == {claim.id for claim in brief.claims} - {rejected.id}
    assert (claims[turned.id].label, claims[turned.id].kind, claims[turned.id].by) == (Label.FACT, None, "han")
    assert (claims[edited.id].text, claims[edited.id].needs_review) == ("Other words.", False)
    untouched = [claim for claim in brief.claims if claim.id not in (turned.id, edited.id, rejected.id)]
    assert [claims[claim.id] for claim in untouched] == untouched
    assert {one.document_id for one in read_reviewed(engine)} == {brief.document_id, korean.document_id}
    assert korean in list(read_reviewed(engine))


def test_documents_are_found_by_how_their_ids_begin(engine: Engine, brief: Brief, korean: Brief):
    write(engine, brief)
    write(engine, korean)
    assert find(engine, brief.document_id[:8]) == [brief.document_id]
    assert len(find(engine, "")) == 2
    assert find(engine, "%") == find(engine, "zz") == []
