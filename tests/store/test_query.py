"""Saved queries answer what their names say, alike on both databases; questions never write."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text

from brief_nlp.errors import BriefError
from brief_nlp.schema import Brief, FieldName, Label
from brief_nlp.store import decisions, documents
from brief_nlp.store.database import reported
from brief_nlp.store.decisions import Action, give
from brief_nlp.store.query import ask, saved_queries, spellings
from brief_nlp.store.search import search
from tests.store.rows import reissued, write

NEEDED = {"assessments": {"about": "Kim Tok Hun"}, "resting-on": {"source": "Rodong Sinmun"}}


def ids(engine: Engine, name: str, **given: str) -> list[str]:
    answer = ask(engine, name, given)
    return [row[answer.columns.index("claim_id")] for row in answer.rows]


@pytest.mark.parametrize("name", sorted(saved_queries()))
def test_every_saved_query_runs_and_says_what_it_asks_for(engine: Engine, brief: Brief, korean: Brief, name: str):
    write(engine, brief)
    write(engine, korean)
    write(engine, reissued(brief, "b" * 64, brief.claims[5].text, "Quite another sentence stands here now."))
    decisions.append(engine, give(korean, korean.claims[0], Action.ACCEPT, "han"))
    saved = saved_queries()[name]
    assert saved.about
    assert len(saved.about.splitlines()) == 1
    found = ask(engine, name, NEEDED.get(name))
    assert found.columns
    for parameter in saved.parameters:
        if parameter.default is None:
            with pytest.raises(BriefError, match=f"needs --{parameter.name}"):
                ask(engine, name)
    with pytest.raises(BriefError, match="does not ask for --colour"):
        ask(engine, name, {"colour": "red"})


def test_assessments_about_someone_whatever_the_spelling(engine: Engine, brief: Brief):
    write(engine, brief)
    target = next(entity for entity in brief.entities if entity.canonical_id)
    place = [i for i, entity in enumerate(brief.entities) if entity.canonical_id == target.canonical_id]
    expected = [
        claim.id for claim in brief.claims if claim.label is Label.ASSESSMENT and set(place) & set(claim.entities)
    ]
    assert ids(engine, "assessments", about=target.name) == expected
    assert ids(engine, "assessments", about=target.name, since="2999") == []


def test_facts_without_a_footnote(engine: Engine, brief: Brief):
    write(engine, brief)
    expected = [
        claim.id
        for claim in brief.claims
        if claim.label is Label.FACT and not claim.evidence and claim.source[0].name == "author"
    ]
    assert ids(engine, "unsourced") == expected != []
    decisions.append(engine, give(brief, next(c for c in brief.claims if c.id == expected[0]), Action.REJECT, "han"))
    assert ids(engine, "unsourced") == expected[1:]


def test_claims_that_rest_on_one_paper_alone(engine: Engine, brief: Brief):
    write(engine, brief)
    found = set(ids(engine, "resting-on", source="로동신문"))
    assert found == set(ids(engine, "resting-on", source="Rodong Sinmun")) != set()
    for claim in brief.claims:
        cited = [citation for item in claim.evidence for citation in brief.footnotes[item.footnote].citations]
        papers = {citation.value(FieldName.CONTAINER) for citation in cited}
        speaks = claim.source[0].canonical_id == "rodong-sinmun"
        if speaks and not cited:
            assert claim.id in found
        if cited and not papers & {"Rodong Sinmun", "로동신문"}:
            assert claim.id not in found


def test_forecasts_that_are_due(engine: Engine, brief: Brief):
    write(engine, brief)
    with engine.begin() as connection:
        connection.execute(text("UPDATE claims SET kind = 'forecast', label = 'assessment'"))
    published = brief.masthead.published
    assert published is not None
    found = ask(engine, "due-forecasts", {"today": "2999-01-01"})
    horizons = {row[0] for row in found.rows}
    assert all(published.value[:4] <= horizon[:4] for horizon in horizons)
    assert ask(engine, "due-forecasts", {"today": published.value}).rows == []


def undated(brief: Brief, document_id: str, title: str | None = "Brief") -> Brief:
    head = brief.masthead.model_copy(update={"published": None, "title": title, "number": None, "isbn": None})
    return reissued(brief.model_copy(update={"masthead": head}), document_id)


@pytest.mark.parametrize("name", ["assessments", "unsourced", "resting-on"])
def test_undated_publications_come_last(engine: Engine, brief: Brief, name: str):
    """PostgreSQL puts them first by itself, SQLite last."""
    write(engine, undated(brief, "a" * 64))
    write(engine, brief)
    about = next(c for c in brief.claims if c.label is Label.ASSESSMENT and c.entities).entities[0]
    given = {"assessments": {"about": brief.entities[about].name}, "resting-on": NEEDED["resting-on"]}.get(name, {})
    answer = ask(engine, name, given)
    found = [row[answer.columns.index("published")] for row in answer.rows]
    assert found == sorted(found, key=lambda day: day is None)
    assert {day is None for day in found} == {False, True}
    if name != "resting-on":
        assert None not in {row[0] for row in ask(engine, name, {**given, "since": "1900"}).rows}


def test_undated_editions_and_hits_come_last(engine: Engine, brief: Brief):
    other = undated(brief, "0" * 64, brief.masthead.title)
    dated = brief.model_copy(
        update={"masthead": other.masthead.model_copy(update={"published": brief.masthead.published})}
    )
    corrected = reissued(dated, "b" * 64, brief.claims[5].text, "Quite another sentence stands here now.")
    write(engine, other)
    write(engine, corrected)
    answer = ask(engine, "editions")
    days = [row[answer.columns.index("published")] for row in answer.rows]
    assert len(days) == 2
    assert days[0]
    assert days[1] is None
    hits = [hit.published for hit in search(engine, brief.claims[0].text.split()[0])]
    assert hits == sorted(hits, key=lambda day: day is None)
    assert {day is None for day in hits} == {False, True}


def test_untitled_briefs_are_read_last(engine: Engine, brief: Brief):
    write(engine, undated(brief, "a" * 64, None))
    write(engine, brief)
    assert [one.masthead.title for one in documents.read_all(engine)] == [brief.masthead.title, None]


def test_what_changed_between_two_editions(engine: Engine, brief: Brief):
    write(engine, brief)
    old, new = brief.claims[5].text, "Quite another sentence stands here now."
    write(engine, reissued(brief, "b" * 64, old, new))
    answer = ask(engine, "editions")
    assert {row[answer.columns.index("text")] for row in answer.rows} == {old, new}


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM claims",
        "UPDATE claims SET label = 'fact'",
        "DROP TABLE claims",
        "CREATE TABLE mine (x int)",
        "INSERT INTO paths VALUES ('a', 'b')",
    ],
)
def test_a_question_never_writes(engine: Engine, brief: Brief, sql: str):
    write(engine, brief)
    with pytest.raises(BriefError), reported("here"):
        ask(engine, sql)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM claims WHERE label = :l"), {"l": "fact"}).scalar()
    write(engine, brief.model_copy(update={"fingerprint": "a" * 32}))  # and writing goes on as before


def test_wrong_questions_are_told(engine: Engine):
    for question, said in (("nonsense", "no saved query"), ("SELECT x FROM nowhere", "nowhere")):
        with pytest.raises(BriefError, match=said), reported("here"):
            ask(engine, question)


def test_a_name_stands_for_all_its_spellings():
    names, found = spellings("로동신문")
    assert found == "rodong-sinmun"
    assert "Rodong Sinmun" in names
    assert spellings("Nobody Known") == (["Nobody Known"], "Nobody Known")
