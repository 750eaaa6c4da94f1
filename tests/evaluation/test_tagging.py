"""The floors of tagging; what needs the data beside the checkout is skipped without it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from brief_nlp.evaluation import meantime, tagging
from brief_nlp.evaluation.marked_up import PARTS, has_dates, has_names, part_of, read_all, read_marked
from brief_nlp.evaluation.scores import Score, shared_folder
from brief_nlp.training.texts import read_text
from tests.conftest import ROOT

CORPUS = ROOT / "corpus"
FLOORS = json.loads((CORPUS / "floors.json").read_text("utf-8"))["tagging"]
SHARED = shared_folder()
needs_shared = pytest.mark.skipif(SHARED is None, reason="the measuring data lie beside the checkout only")
HEAD = "title: A\ngenre: brief\npublished: 2024-01\ntopics: x\n\n"


def missed(scores: list[Score]) -> list[str]:
    return [
        f"{score.name}: {score.value:.4f} under {FLOORS[score.name]}"
        for score in scores
        if score.name in FLOORS and score.value < FLOORS[score.name] - 1e-9
    ]


def test_marked_up_texts_keep_their_floors():
    scores = tagging.corpus_scores(CORPUS)
    assert missed(scores) == []
    assert {name for name in FLOORS if name.startswith(("marked-up", "sources"))} <= {score.name for score in scores}


@needs_shared
def test_seed_and_newswire_keep_their_floors():
    assert SHARED is not None
    assert missed(tagging.scores(SHARED)) == []


def test_there_is_enough_gold_and_a_part_apart():
    texts = list(read_all(CORPUS))
    for language, dates, names in (("en", 400, 1200), ("ko", 200, 500)):
        mine = [text for text in texts if text.source.language == language]
        assert sum(len(text.dates) for text in mine) >= dates
        assert sum(len(text.names) for text in mine) >= names
        parted = [text for text in mine if (CORPUS / "texts" / language / f"{text.source.name}.txt").exists()]
        apart = [text for text in parted if part_of(CORPUS, text.source.name) == PARTS[1]]
        assert len(apart) >= {"en": 8, "ko": 4}[language]  # texts composed for the rules take none from it
        assert 0.25 <= len(apart) / len(parted) <= 0.5


def test_texts_for_dates_alone_are_tuned_on_or_came_later_and_have_no_names_marked():
    alone = [text for text in read_all(CORPUS) if not has_names(CORPUS, text.source.name)]
    parts = Counter(part_of(CORPUS, text.source.name) for text in alone)
    assert parts == {"tuned": 48, "later": 60}
    assert all(text.dates and not text.names for text in alone)


def test_texts_for_names_alone_have_no_dates_marked():
    alone = {text.source.name: len(text.dates) for text in read_all(CORPUS) if not has_dates(CORPUS, text.source.name)}
    assert len(alone) == 69
    assert not any(alone.values())


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<s line='6'>One <e t='ORG'>came</e></s>", "does not hold the sentence"),
        ("<s line='6'>One <e t='BODY'>came</e>.</s>", "no type"),
        ("<s line='6'>One <e t='ORG'>came</e>.<s/>", "no XML"),
        ("<s line='6'>One<e t='ORG'> came</e>.</s>", "white space"),
        ("<s line='6'><d t='date' v='soon'>One</d> came.</s>", "no value"),
        ("", "without markup"),
    ],
)
def test_markup_that_does_not_fit_is_refused(tmp_path: Path, markup: str, said: str):
    text = tmp_path / "en" / "t-01.txt"
    text.parent.mkdir()
    text.write_text(HEAD + "One came.\n", "utf-8")
    path = tmp_path / "t-01.xml"
    path.write_text(f"<text>{markup}</text>", "utf-8")
    with pytest.raises(ValueError, match=said):
        read_marked(path, read_text(text))


@needs_shared
def test_newswire_is_read():
    assert SHARED is not None
    articles = list(meantime.articles(SHARED / "data" / "meantime_en"))
    assert len(articles) > 100
    assert sum(len(article.timexes) for article in articles) > 300
    assert all(0 <= t.start < t.end <= len(a.text) for a in articles for t in a.timexes)
