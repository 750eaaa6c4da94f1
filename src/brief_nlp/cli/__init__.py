"""The command line. Heavy imports happen inside the commands, so that `--help` is instant."""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer

import brief_nlp
from brief_nlp.cli import checking, reading, reporting, reviewing, running, stored, training
from brief_nlp.cli.options import err, out
from brief_nlp.errors import BriefError
from brief_nlp.outcomes import safe

app = typer.Typer(
    name="brief-nlp",
    help="Structured, footnoted claims from research briefs on North Korea.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
for part in (running, reading, stored, reviewing, reporting, training, checking):
    app.add_typer(part.app)

WRONG_USE = 2


def main() -> None:
    """Entry point: a user's mistake ends in one clear line and exit code 2."""
    try:
        app()
    except BriefError as error:
        err.print(f"[bold red]error:[/] {safe(error.message)} {safe(error.advice)}", soft_wrap=True, highlight=False)
        sys.exit(WRONG_USE)
    except KeyboardInterrupt:
        err.print("stopped; what was finished is kept, and the next run goes on from there")
        sys.exit(130)
    finally:
        gc.freeze()  # else the interpreter looks through all that was loaded once more before it ends: 0.3 s


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
) -> None:
    if version:
        out.print(brief_nlp.__version__, highlight=False)
        raise typer.Exit
