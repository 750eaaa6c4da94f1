"""Label Studio's and Argilla's own libraries, and TEI's own schema, take what is exported; in an environment apart."""

from __future__ import annotations

import itertools
import subprocess
from pathlib import Path

import pytest

from brief_nlp.interchange import label_studio
from brief_nlp.interchange.formats import export
from brief_nlp.schema import Block, BlockKind, Brief
from tests.conftest import NAMES, ROOT, analyzed
from tests.store.rows import write

SCHEMA = next((ROOT / ".venv-interchange").glob("lib/python*/site-packages/schemas/tei_all.rng"), None)
PYTHON = ROOT / ".venv-interchange" / "bin" / "python"

pytestmark = pytest.mark.slow


@pytest.mark.skipif(not PYTHON.exists(), reason="`make .venv-interchange/.made` installs label-studio-sdk and argilla")
def test_their_own_libraries_take_it(reviewed, tmp_path: Path):
    (tmp_path / "config.xml").write_text(label_studio.CONFIG, "utf-8")
    export(reviewed, "label-studio", tmp_path / "tasks.json")
    export(reviewed, "argilla", tmp_path / "records.json")
    arguments = [tmp_path / name for name in ("config.xml", "tasks.json", "records.json")]
    command = [PYTHON, Path(__file__).with_name("check_tools.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "take all of it" in done.stdout


@pytest.mark.skipif(SCHEMA is None, reason="`make .venv-interchange/.made` installs tei_all of TEI P5 4.3.0")
def test_tei_is_valid_by_the_schema_of_the_consortium(reviewed, tmp_path: Path):
    etree = pytest.importorskip("lxml.etree")
    for name in NAMES:
        write(reviewed, analyzed(name))
    one = analyzed(NAMES[0])
    other = {"document_id": "a" * 64, "claims": (one.claims[0].model_copy(update={"id": "0" * 32}),)}
    write(reviewed, one.model_copy(update={**other, "blocks": shuffled(one)}))
    export(reviewed, "tei", tmp_path / "c.xml")
    schema = etree.RelaxNG(etree.parse(str(SCHEMA)))
    found = etree.parse(tmp_path / "c.xml")  # refuses an id that is given twice
    schema.assertValid(found)
    assert len(found.getroot()) == 1 + len(NAMES) + 1
    found.getroot()[1][1][0].append(etree.Element("{http://www.tei-c.org/ns/1.0}cell"))
    assert not schema.validate(found), "the check can fail"


def shuffled(brief: Brief) -> tuple[Block, ...]:
    """Its blocks as every kind in turn, in an order that has each beside each."""
    kinds = [kind for pair in itertools.product(BlockKind, BlockKind) for kind in pair]
    turns = itertools.cycle(kinds)
    places = {"table": 0, "row": 1, "column": 0}
    noted = {note.block for note in brief.footnotes}
    return tuple(
        block if block.index in noted else block.model_copy(update={"kind": next(turns), **places})
        for block in brief.blocks
    )
