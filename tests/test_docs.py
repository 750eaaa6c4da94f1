"""The documentation says what is there, and its commands run."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT

DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_build", DOCS / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["api.md", "commands.md", "interchange.md", "settings.md", "store.md"])
def test_generated_pages_are_current(build: ModuleType, page: str):
    assert (DOCS / page).read_text("utf-8") == build.PAGES[page]()


def test_benchmarks_are_what_was_measured():
    from benchmarks import page

    assert page.PAGE.read_text("utf-8") == page.page()


def test_the_site_is_whole_and_loads_nothing_from_elsewhere(tmp_path: Path):
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    pages = list((tmp_path / "site").glob("*.html"))
    assert len(pages) > 15
    for page in pages:
        said = page.read_text("utf-8")
        assert re.findall(r'<(?:script|img|link|iframe)[^>]*(?:src|href)="?(?:https?:)?//[^">]*', said) == [], page.name


def test_readme_python_runs(tmp_path: Path):
    (block,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", block], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr


def test_readme_names_only_real_targets_and_commands():
    text = (ROOT / "README.md").read_text("utf-8") + (DOCS / "index.md").read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    commands = (DOCS / "commands.md").read_text("utf-8")
    for target in re.findall(r"^    make ([a-z-]+)", text, re.M):
        assert f"\n{target}:" in makefile
    for command in re.findall(r"^    brief-nlp ([a-z]+)", text, re.M):
        assert f"## {command}\n" in commands


def test_links_lead_somewhere():
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.glob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_dependency_has_a_reason():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    told = (DOCS / "dependencies.md").read_text("utf-8")
    wanted = [
        *project["dependencies"],
        *(item for extra in project["optional-dependencies"].values() for item in extra),
    ]
    missing = [name for item in wanted if (name := re.split(r"[\[<>=]", item)[0]) not in told]
    assert missing == []


def test_no_index_address_in_the_locks():
    for lock in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in lock.read_text("utf-8")
