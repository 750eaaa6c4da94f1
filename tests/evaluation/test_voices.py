from __future__ import annotations

from pathlib import Path

import pytest

from brief_nlp.evaluation.voices import read_voiced, read_voices

CORPUS = Path(__file__).parents[2] / "corpus"
HEAD = "title: A\ngenre: B\npublished: 2024\n\n"


def test_a_passage_tells_whose_its_sentences_are(tmp_path: Path):
    path = tmp_path / "en" / "a.txt"
    path.parent.mkdir()
    path.write_text(HEAD + "KCNA > Kim\tHe spoke.\n\nauthor\tIt rained.\n", "utf-8")
    found = read_voiced(path)
    assert found.sources == (("KCNA", "Kim"), ("author",))
    assert [(one.line, one.paragraph) for one in found.sentences] == [(5, 0), (7, 1)]
    path.write_text(HEAD + "It rained.\n", "utf-8")
    with pytest.raises(ValueError, match="line 5"):
        read_voiced(path)


def test_every_passage_can_be_read():
    passages = list(read_voices(CORPUS))
    assert {voiced.language.value for voiced in passages} == {"en", "ko"}
    assert all(len(voiced.sentences) >= 8 for voiced in passages)
