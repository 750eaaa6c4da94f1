"""What lies in the repository."""

from __future__ import annotations

import subprocess

import pytest

from tests.conftest import ROOT

FOLDERS = {".ci", "benchmarks", "corpus", "docs", "models", "requirements", "src", "tests"}
FILES = {
    ".dockerignore", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "Dockerfile", "LICENSE", "Makefile", "README.md",
    "mkdocs.yml", "pyproject.toml",
}  # fmt: skip


def test_at_the_top_lies_only_what_belongs_there():
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone")
    kept = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    assert {name.split("/")[0] for name in kept.split("\0") if name} == FOLDERS | FILES
