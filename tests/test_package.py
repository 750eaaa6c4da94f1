"""The wheel carries all it needs: built, installed into a clean environment, run there."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLES

pytestmark = pytest.mark.slow


def test_wheel_works_alone(tmp_path: Path):
    def call(*command: str) -> str:
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    call(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(ROOT))
    (wheel,) = tmp_path.glob("brief_nlp-*.whl")
    venv.create(tmp_path / "env", with_pip=True)
    python = str(tmp_path / "env" / "bin" / "python")
    lock = str(ROOT / "requirements" / "run.txt")
    call(python, "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps", "-r", lock)
    call(python, "-m", "pip", "install", "--quiet", "--no-deps", str(wheel))
    brief_nlp = str(tmp_path / "env" / "bin" / "brief-nlp")
    assert "1 done" in call(brief_nlp, "run", str(SAMPLES / "local_hospital.pdf"))
    assert "gazetteer of" in call(brief_nlp, "doctor")
    code = "from importlib.resources import files\nprint(files('brief_nlp').joinpath('brief.schema.json').is_file())"
    assert call(python, "-c", code).strip() == "True"
    call(python, "-m", "pip", "check")
