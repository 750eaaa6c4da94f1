"""Label Studio's and Argilla's own libraries take what is exported; they live in an environment of their own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from brief_nlp.interchange import label_studio
from brief_nlp.interchange.formats import export
from tests.conftest import ROOT

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
