"""Where the models lie: in the package where it was installed from a wheel, else at the top of the checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from brief_nlp.errors import BriefError


@cache
def models_folder() -> Path:
    """The folder `models/`. Raises `BriefError` where it is missing."""
    package = Path(__file__).resolve().parent
    for folder in (package / "models", package.parents[1] / "models"):
        if (folder / "claims").is_dir():
            return folder
    raise BriefError("The models are missing from this installation.", "Install brief-nlp again.")
