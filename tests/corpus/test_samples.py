"""The samples and their gold fit each other, and the reader finds what the gold says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from brief_nlp.schema import AssessmentKind, BlockKind, Label, Likelihood
from tests.conftest import NAMES, SAMPLES, analyzed


def gold(name: str) -> dict:
    return json.loads((SAMPLES / f"{name}.gold.json").read_text("utf-8"))


def test_there_are_six_four_english_two_korean():
    languages = [gold(name)["masthead"]["language"] for name in NAMES]
    assert sorted(languages) == ["en"] * 4 + ["ko"] * 2


@pytest.mark.parametrize("name", NAMES)
def test_gold_is_sound(name: str):
    truth = gold(name)
    for sentence in truth["sentences"]:
        block = truth["blocks"][sentence["block"]]["text"]
        assert block[sentence["start"] : sentence["end"]] == sentence["text"]
        assert sentence["label"] in {*Label, "none"}
        assert sentence["kind"] is None or AssessmentKind(sentence["kind"])
        assert sentence["likelihood"] is None or Likelihood(sentence["likelihood"])
        assert (sentence["kind"] is not None) == (sentence["label"] == "assessment")
    for marker in truth["markers"]:
        assert 0 < marker["offset"] <= len(truth["blocks"][marker["block"]]["text"])
        assert marker["label"] in truth["notes"]
    labels = [sentence["label"] for sentence in truth["sentences"]]
    assert labels.count("fact") >= 8
    assert labels.count("assessment") >= 8


@pytest.mark.parametrize("name", NAMES)
def test_says_that_it_is_composed(name: str):
    document = pypdfium2.PdfDocument(SAMPLES / f"{name}.pdf")
    metadata = document.get_metadata_dict()
    document.close()
    assert "no KINU publication" in metadata["Keywords"]
    text = analyzed(name).text
    assert "composed for" in text.lower() or "견본" in text


@pytest.mark.parametrize("name", NAMES)
def test_every_block_marker_and_note_is_read(name: str):
    truth, brief = gold(name), analyzed(name)
    body = [block for block in brief.blocks if block.kind is not BlockKind.FOOTNOTE]
    assert [(b.kind.value, brief.text[b.start : b.end]) for b in body] == [
        (b["kind"], b["text"]) for b in truth["blocks"]
    ]
    assert {note.label: brief.text[note.start : note.end] for note in brief.footnotes} == truth["notes"]
    found = {
        (marker.label, marker.block, marker.offset - brief.blocks[marker.block].start)
        for note in brief.footnotes
        for marker in note.markers
    }
    assert found == {(m["label"], m["block"], m["offset"]) for m in truth["markers"]}
    assert not brief.markers_without_note


@pytest.mark.parametrize("name", NAMES)
def test_masthead_is_read(name: str):
    wanted, found = gold(name)["masthead"], analyzed(name).masthead
    assert {key: getattr(found, key) for key in ("title", "series", "number", "publisher")} == {
        key: wanted[key] for key in ("title", "series", "number", "publisher")
    }
    assert [author.model_dump() for author in found.authors] == wanted["authors"]
    assert found.published is not None
    assert (found.published.value, found.published.derived_from.value) == (
        wanted["published"],
        wanted["published_from"],
    )
    assert found.missing == ()


def test_build_gives_the_committed_files():
    build = SAMPLES / "build.py"
    if not Path("/usr/share/fonts/truetype/nanum").is_dir():
        pytest.skip("the Korean samples need Debian's fonts-nanum (`make system`)")
    done = subprocess.run([sys.executable, str(build), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
