"""Files, folders and globs to a list of PDFs, each once, in order."""

from __future__ import annotations

import glob
from collections.abc import Iterable
from pathlib import Path

from brief_nlp.errors import BriefError


def find_pdfs(paths: Iterable[str]) -> list[Path]:
    """The files named, the PDFs in the folders named (at any depth), and what the globs match.

    A file is taken whatever its ending; in a folder only `*.pdf`. Raises `BriefError` where a path is missing.
    """
    found: dict[Path, None] = {}
    for name in paths:
        path = Path(name)
        if path.is_dir():
            matches = sorted(p for p in path.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file())
        elif path.exists():
            matches = [path]
        elif glob.has_magic(name):
            matches = sorted(p for p in map(Path, glob.glob(name, recursive=True)) if p.is_file())  # noqa: PTH207
        else:
            raise BriefError(f"{name}: there is no such file or folder.", "Check the path.")
        if not matches:
            raise BriefError(
                f"{name}: no PDF found here.", "Name a PDF, a folder that holds some, or a glob such as 'in/**/*.pdf'."
            )
        found.update(dict.fromkeys(matches))
    return list(found)
