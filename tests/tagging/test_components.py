"""The taggers in other people's pipelines."""

from __future__ import annotations

import pytest
import spacy

import brief_nlp

FACTORIES = ("brief_entities", "brief_dates", "brief_quantities", "brief_attribution")


@pytest.mark.parametrize("factory", FACTORIES)
def test_registered_through_entry_points(factory: str):
    nlp = spacy.blank("en")
    nlp.add_pipe(factory)
    assert nlp("Rodong Sinmun said on May 3, 2022 that 20 towns grew.").text


def test_spans_and_values_agree():
    nlp = spacy.blank("en")
    nlp.add_pipe("brief_dates", config={"published": "2024"})
    doc = nlp("The 20x10 plan began on May 3, 2022.")
    assert [span.text for span in doc.spans["dates"]] == ["May 3, 2022"]
    assert [found.value for found in doc._.brief_dates] == ["2022-05-03"]
    assert doc.spans["dates"][0].kb_id_ == "2022-05-03"


def test_load_english():
    doc = brief_nlp.load("en")("Premier Kim Tok Hun visited Hamhung on May 3, 2022.")
    assert {"kim-tok-hun", "hamhung"} <= {span.kb_id_ for span in doc.spans["entities"]}
    assert [token.pos_ for token in doc if token.text == "visited"] == ["VERB"]


def test_load_korean_without_mecab():
    doc = brief_nlp.load("ko")("김정은은 2024년 1월 15일에 평양에서 연설했다.")
    assert [found.value for found in doc._.brief_dates] == ["2024-01-15"]
    assert "kim-jong-un" in {entity.canonical_id for entity in doc._.brief_entities}


def test_goes_through_pipe():
    docs = list(brief_nlp.load("en").pipe(["It rained in 2011.", "It snowed in 2012."]))
    assert [doc._.brief_dates[0].value for doc in docs] == ["2011", "2012"]
