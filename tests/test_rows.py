from __future__ import annotations

from brief_nlp.analysis import analyze
from brief_nlp.json_schema import brief_schema
from brief_nlp.rows import FRAMES, TABLES, to_frames, to_rows
from brief_nlp.schema import Brief
from tests.conftest import ROOT, SAMPLES


def test_rows_are_the_same_on_every_run(brief: Brief):
    again = analyze((SAMPLES / "grain_policy.pdf").read_bytes())
    assert to_rows(again) == to_rows(brief)


def test_rows_hold_every_annotation(brief: Brief):
    rows = to_rows(brief)
    assert list(rows) == list(TABLES)
    assert len(rows["claims"]) == len(brief.claims)
    assert len(rows["claim_evidence"]) == sum(len(claim.evidence) for claim in brief.claims)
    assert len(rows["markers"]) == sum(len(note.markers) for note in brief.footnotes)
    assert {row["claim_id"] for row in rows["claim_regions"]} == {claim.id for claim in brief.claims}


def test_frames_say_it_in_words(korean: Brief):
    claims = to_frames(korean)["claims"]
    row = claims[claims["footnotes"].str.contains("3")].iloc[0]
    assert row["source"] == "Ministry of Unification"
    assert row["page"] == 1
    assert row["section_heading"] == "사업의 배경"
    assert korean.to_frames().keys() == dict.fromkeys(FRAMES).keys()


def test_brief_survives_json(brief: Brief, korean: Brief):
    for one in (brief, korean):
        assert Brief.model_validate_json(one.model_dump_json()) == one


def test_committed_schema_is_current():
    assert (ROOT / "src" / "brief_nlp" / "brief.schema.json").read_text("utf-8") == brief_schema()
