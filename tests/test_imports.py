"""Imports go one way, and `import brief_nlp` is cheap."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import brief_nlp

PACKAGE = Path(brief_nlp.__file__).parent
ORDER = (
    ("schema", "errors", "characters", "settings", "models", "json_schema", "rule_files", "agreement"),
    ("pdf",),
    ("structure",),
    ("tagging",),
    ("claims",),
    ("rows", "fingerprint"),
    ("analysis",),
    ("store", "report", "interchange"),
    ("batch", "review"),
    ("training",),
    ("evaluation", "terminal", "outcomes", "checks"),
    ("cli",),
    ("__main__",),
)
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    return {name.split(".")[1] for name in names if name.startswith("brief_nlp.")}


def test_imports_go_one_way():
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if part == "__init__":
            continue
        # Brief.to_frames is the one convenience that reaches to the right, inside a function
        allowed = {"rows"} if part == "schema" else set()
        wrong += [(part, name) for name in imported(path) - allowed if RANK[name] > RANK[part]]
    assert wrong == []


def test_files_stay_small():
    written = (path for path in PACKAGE.rglob("*.py") if "versions" not in path.parts)  # migrations never change again
    long = {str(p.relative_to(PACKAGE)): n for p in written if (n := p.read_text("utf-8").count("\n")) > 420}
    assert long == {}


def test_importing_the_package_loads_nothing_heavy():
    code = "import brief_nlp, sys\n"
    code += "print([m for m in ('spacy', 'pandas', 'pypdfium2', 'pydantic', 'sqlalchemy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_help_loads_nothing_heavy():
    code = "import brief_nlp.cli, sys\n"
    code += "print([m for m in ('spacy', 'pandas', 'pypdfium2', 'sqlalchemy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
