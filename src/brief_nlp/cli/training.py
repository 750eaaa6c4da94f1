"""Commands that make models: train."""

from __future__ import annotations

import json
import math
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from brief_nlp.cli.options import DEFAULT_STORE, JsonOption, StoreOption, err, out
from brief_nlp.errors import BriefError
from brief_nlp.outcomes import safe

if TYPE_CHECKING:
    from brief_nlp.training.before_after import Comparison
    from brief_nlp.training.taught import Report

app = typer.Typer(rich_markup_mode="rich")

STOPPED = 130
LEAST = 200  # verdicts without --least
_INSTALL = "Run `pip install 'brief-nlp[train]'`."


@app.command(
    epilog="Examples: [cyan]brief-nlp train --from-verdicts[/], "
    "[cyan]brief-nlp train --from-verdicts --from sqlite:///kinu.db --out our-classifier[/]"
)
def train(
    from_verdicts: Annotated[
        bool, typer.Option("--from-verdicts", help="Teach the classifier by what people decided about claims.")
    ] = False,
    store: StoreOption = DEFAULT_STORE,
    folder: Annotated[Path, typer.Option("--out", help="New folder for the classifier.")] = Path("taught-classifier"),
    corpus: Annotated[
        Path, typer.Option("--corpus", help="Folder of the composed corpus, `corpus` in a checkout.")
    ] = Path("corpus"),
    least: Annotated[int, typer.Option("--least", min=1, help="How many verdicts there must be.")] = LEAST,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Another seed gives another network.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Teach the claim classifier by verdicts, and show it before and after on verdicts held out (docs/teaching.md).

    Nothing is replaced: the result is a folder, used where --classifier names it. Exit code 0 whatever the outcome.
    """
    if not from_verdicts:
        raise BriefError(
            "Say what to train on.",
            "Give --from-verdicts to teach the classifier by verdicts; `make models` makes the shipped ones.",
        )
    _check_packages()
    _check_folders(folder, corpus)
    from brief_nlp.store.database import open_existing, reported
    from brief_nlp.store.teaching import newest_verdict, note_taught
    from brief_nlp.training.teach import teach

    def say(words: str) -> None:
        err.print(safe(words), highlight=False, soft_wrap=True)

    try:
        with reported(store):
            engine = open_existing(store)
            with engine.connect() as connection:
                newest = newest_verdict(connection)  # those that come meanwhile are not taught
            report = teach(engine, corpus, folder, least=least, seed=seed, say=say)
    except KeyboardInterrupt:
        err.print("stopped; nothing was written, and the next call begins anew")
        raise typer.Exit(STOPPED) from None
    try:
        with reported(store):
            note_taught(engine, newest)
    except BriefError as error:  # what was taught is there all the same
        say(f"The review page will not know of it: {error}")
    if as_json:
        sys.stdout.write(json.dumps(report.body(), ensure_ascii=False) + "\n")
    else:
        _print(report)


def _check_packages() -> None:
    missing = [name for name in ("torch", "transformers", "onnx", "sklearn", "safetensors") if find_spec(name) is None]
    if {"torch", "transformers"} & set(missing):
        raise BriefError("Training needs torch and transformers.", _INSTALL)
    if missing:
        raise BriefError(f"Training needs {' and '.join(missing)}.", _INSTALL)


def _check_folders(folder: Path, corpus: Path) -> None:
    from brief_nlp.models import models_folder

    if folder.resolve().is_relative_to(models_folder().resolve()):
        raise BriefError(f"{folder}: the shipped models lie there, and stay as they are.", "Give another with --out.")
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise BriefError(f"{folder}: it is there already, and nothing is replaced.", "Give another folder with --out.")
    if not os.access(next(place for place in folder.absolute().parents if place.exists()), os.W_OK):
        raise BriefError(f"{folder}: nothing can be written there.", "Give another folder with --out.")
    if not (corpus / "claims" / "parts.json").is_file():
        raise BriefError(
            f"{corpus}: the composed corpus is not there.",
            "Give its folder with --corpus; it is the folder `corpus` of a checkout, and no part of the package.",
        )


def _print(report: Report) -> None:
    from brief_nlp.training.taught import NAMES

    counted = report.counted
    out.print(
        f"{counted.used} verdicts of {counted.reviewers} reviewers: {counted.train} trained, {counted.held_out} of "
        f"other documents score. {report.replayed} sentences of the corpus trained along.",
        highlight=False,
        soft_wrap=True,
    )
    for number, why in (
        (counted.differing, "claims are left out: their reviewers differ"),
        (counted.unlabelled, "claims are left out: they were rejected, or have no label"),
        (counted.other_languages, "verdicts are left out: their language has too few"),
        (counted.known, "verdicts are left out: the shipped model was trained on the same words"),
        (counted.twice, "verdicts did not train: the same words are held out"),
        (counted.orphaned, "verdicts lost their claim, and teach by their own words"),
        (report.left_out, "sentences of the corpus did not train: the same words are held out"),
    ):
        if number:
            out.print(f"{number} {why}.", highlight=False, soft_wrap=True)
    for language, found in report.compared.items():
        _print_table(NAMES[language], found)
    for language, one in report.composed.items():
        out.print(
            f"{NAMES[language]}, {one.sentences} composed sentences that train nothing: macro F1 {one.before:.3f} "
            f"before, {one.after:.3f} after.",
            highlight=False,
            soft_wrap=True,
        )
    out.print()
    for line in report.sentences:
        out.print(safe(line), highlight=False, soft_wrap=True)
    out.print(f"\nIt took {report.seconds / 60:.0f} min. To use it:", highlight=False)
    out.print(f"    {safe(report.use)}", highlight=False, soft_wrap=True)


def _print_table(name: str, found: Comparison) -> None:
    from rich import box
    from rich.table import Table

    table = Table(
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
        title=f"{name}: {found.verdicts} held-out verdicts ({found.assessments} assessments), "
        f"{found.documents} documents",
        title_justify="left",
    )
    for column in ("figure", "before", "after", "difference", "95 % interval"):
        table.add_column(column, justify="left" if column == "figure" else "right", no_wrap=True)
    for figure, change in found.changes.items():
        table.add_row(
            figure,
            _shown(change.before, ".3f"),
            _shown(change.after, ".3f"),
            _shown(change.difference, "+.3f"),
            f"{_shown(change.low, '+.3f')} to {_shown(change.high, '+.3f')}",
        )
    out.print()
    out.print(table)


def _shown(value: float, form: str) -> str:
    return "none" if math.isnan(value) else format(value, form)
