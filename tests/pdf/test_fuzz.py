"""Some dozens of damaged files by the benchmark that reads thousands: `python benchmarks/fuzz.py`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

COUNT, SEED = 60, 7


@pytest.mark.slow
def test_damaged_files_are_read_or_rejected(tmp_path: Path):
    command = [sys.executable, str(ROOT / "benchmarks" / "fuzz.py"), str(COUNT), str(SEED)]
    environment = {**os.environ, "FUZZ_KEEP": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr  # no growth over the bound either
    told = dict(line.rsplit(maxsplit=1) for line in done.stdout.splitlines() if line.split()[-1].isdigit())
    assert told["files"] == str(COUNT)
    assert int(told["done"]) > COUNT // 4
    for name in ("internal errors", "hangs", "child processes left", "temporary files left"):
        assert told[name] == "0", name
    assert told["runs lost to a crash of the parent"] == "0"
    assert not list(tmp_path.iterdir())
