"""What the commands have in common: consoles, options, settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from brief_nlp.errors import BriefError

if TYPE_CHECKING:
    from brief_nlp.settings import Settings

out = Console()
err = Console(stderr=True)

DEFAULT_STORE = "sqlite:///annotations.db"

ReaderOption = Annotated[
    str | None, typer.Option("--reader", help="Which reader takes the PDF apart: pdfium or pdfplumber.")
]
PasswordOption = Annotated[
    str | None,
    typer.Option(
        "--password",
        envvar="BRIEF_NLP_PASSWORD",
        show_envvar=True,
        help="Password of encrypted PDFs (other users can see what is typed).",
    ),
]
GazetteerOption = Annotated[
    Path | None, typer.Option("--gazetteer", help="File of further names, JSON Lines (docs/gazetteer.md).")
]
ClassifierOption = Annotated[
    Path | None,
    typer.Option("--classifier", help="Folder of another classifier, as transformers saves one (docs/classifier.md)."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
StoreOption = Annotated[str, typer.Option("--from", help="The database: sqlite:///FILE or postgresql://….")]


def settings_of(reader: str | None = None, **more: Any) -> Settings:
    """The settings that a command was given, over file and environment. Raises `BriefError`."""
    from pydantic import ValidationError

    from brief_nlp.settings import Settings

    given = {key: value for key, value in {"reader": reader, **more}.items() if value is not None}
    try:
        settings = Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise BriefError(f"setting {name}: {first['msg']} (got {first['input']!r}).", "See docs/settings.md.") from None
    if settings.classifier is not None:  # a wrong folder is told before any work is done
        from brief_nlp.claims.classifier import load_classifier
        from brief_nlp.schema import Language

        for found in Language:
            load_classifier(found, settings.classifier)
    return settings
