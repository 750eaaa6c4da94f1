"""Commands for people: review."""

from __future__ import annotations

import getpass
import os
import webbrowser
from typing import Annotated

import typer

from brief_nlp.cli.options import DEFAULT_STORE, PasswordOption, out, settings_of
from brief_nlp.errors import BriefError
from brief_nlp.outcomes import safe
from brief_nlp.review.hint import AFTER
from brief_nlp.review.place import HOST, PORT, Place

app = typer.Typer(rich_markup_mode="rich")


@app.command(
    epilog="Examples: [cyan]brief-nlp review[/], [cyan]brief-nlp review sqlite:///kinu.db --reviewer han[/], "
    "[cyan]brief-nlp review postgresql:///kinu --host 192.168.1.20[/] (asks for a password)"
)
def review(
    store: Annotated[str, typer.Argument(metavar="[DB]", help="sqlite:///FILE or postgresql://….")] = DEFAULT_STORE,
    host: Annotated[
        str, typer.Option("--host", help="Address to serve; others than this machine's need a password.")
    ] = HOST,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to serve.")] = PORT,
    reviewer: Annotated[str | None, typer.Option("--reviewer", help="The name that is offered at first.")] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")] = True,
    teach_after: Annotated[
        int,
        typer.Option(
            "--teach-after", min=0, help="New verdicts after which the page mentions `brief-nlp train` once; 0: never."
        ),
    ] = AFTER,
    password: PasswordOption = None,
) -> None:
    """Settle claims on a page in the browser: accept, relabel, edit, reject, by keyboard (docs/review.md).

    The password for --host is asked for, or taken from BRIEF_NLP_REVIEW_PASSWORD.
    """
    try:
        import fastapi  # noqa: F401
        import uvicorn  # noqa: F401
    except ModuleNotFoundError:
        raise BriefError("The review page is not installed.", "Run `pip install 'brief-nlp[review]'`.") from None
    from brief_nlp.review.server import serve

    place = Place(host, port)
    needed = None
    if not place.local:
        needed = os.environ.get("BRIEF_NLP_REVIEW_PASSWORD") or typer.prompt("Password for reviewers", hide_input=True)

    def told(link: str) -> None:
        out.print(
            f"The review page is at [bold]{safe(link)}[/] (stop it with Ctrl-C).", soft_wrap=True, highlight=False
        )
        if browser and place.local:
            webbrowser.open(link)

    serve(
        store,
        place,
        settings_of(),
        password=needed,
        pdf_password=password,
        # whoever starts the page for others is not the one who reviews
        reviewer=reviewer or (_user() if place.local and reviewer is None else ""),
        teach_after=teach_after,
        told=told,
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
