"""Search finds the same in both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from brief_nlp.errors import BriefError
from brief_nlp.schema import Brief
from brief_nlp.store import documents, words
from brief_nlp.store.search import search
from tests.store.rows import write


def texts(engine: Engine, asked: str) -> set[str]:
    return {hit.text for hit in search(engine, asked, most=500)}


def test_tokens_are_stems_and_pairs_of_syllables():
    assert words.tokens("Sanctions, sanctioning KCNA's 2,397th: 핵무기를 북 ½") == [
        "sanction", "sanction", "kcna", "s", "2", "397th", "핵무", "무기", "기를", "북", "1", "2",
    ]  # fmt: skip


def test_english_is_found_in_any_form_and_korean_inside_words(engine: Engine, brief: Brief, korean: Brief):
    write(engine, brief)
    write(engine, korean)
    claims = [claim.text for claim in (*brief.claims, *korean.claims)]
    assert (
        texts(engine, "prices") == texts(engine, "PRICE") == {one for one in claims if "price" in one.lower()} != set()
    )
    assert texts(engine, "병원") == {one for one in claims if "병원" in one} != set()
    assert texts(engine, "병") >= texts(engine, "병원")
    both = texts(engine, "grain shops")
    assert texts(engine, '"grain shops"') <= both
    assert all("grain" in one and "shop" in one for one in both)


def test_the_index_follows_the_claims(engine: Engine, brief: Brief):
    write(engine, brief)
    gone = brief.claims[0]
    phrase = f'"{gone.text}"'
    assert texts(engine, phrase) == {gone.text}
    write(engine, brief.model_copy(update={"claims": brief.claims[1:]}))
    assert texts(engine, phrase) == set()
    changed = brief.claims[1].model_copy(update={"text": "Zebras graze in Wonsan."})
    write(engine, brief.model_copy(update={"claims": (changed, *brief.claims[2:])}))
    assert texts(engine, "zebra") == {"Zebras graze in Wonsan."}
    documents.remove(engine, brief.document_id)
    assert texts(engine, "zebra") == set()


@pytest.mark.parametrize("asked", ["'", "a' OR 1=1", "NEAR(x y)", "x*", "-x", "AND", "(", "x:y", "<->", "쌀'"])
def test_what_is_asked_is_never_syntax(engine: Engine, brief: Brief, asked: str):
    write(engine, brief)
    try:
        texts(engine, asked)
    except BriefError as error:
        assert "no word" in str(error)


def test_no_word_is_told():
    with pytest.raises(BriefError, match="no word"):
        words.condition(' "" ... ', "sqlite")
