"""Commands that check: doctor, evaluate."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from brief_nlp.cli.options import JsonOption, err, out
from brief_nlp.errors import BriefError
from brief_nlp.outcomes import safe

app = typer.Typer(rich_markup_mode="rich")


@app.command(epilog="Example: [cyan]brief-nlp doctor --to postgresql://localhost/kinu[/]")
def doctor(
    to: Annotated[str | None, typer.Option("--to", help="Also try this database.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Check models, OCR, drivers and a database, and say how to mend what is missing."""
    from brief_nlp.checks import run_checks

    checks = run_checks(to)
    if as_json:
        sys.stdout.write(json.dumps([check._asdict() for check in checks], ensure_ascii=False, indent=2) + "\n")
    else:
        for check in checks:
            mark = "[green]ok     [/]" if check.ok else "[yellow]missing[/]" if check.optional else "[red]broken [/]"
            advice = "" if check.ok else f" → {safe(check.advice)}"
            out.print(f"{mark} {check.name}: {safe(check.found)}{advice}", highlight=False, soft_wrap=True)
    raise typer.Exit(0 if all(check.ok or check.optional for check in checks) else 1)


@app.command(epilog="Example: [cyan]brief-nlp evaluate reading[/]")
def evaluate(
    part: Annotated[str, typer.Argument(help="job, reading, tagging, claims, store, or all.")] = "all",
    as_json: JsonOption = False,
) -> None:
    """Print figures beside their bars; exit code 1 while one is missed."""
    from rich import box
    from rich.table import Table

    from brief_nlp.evaluation.parts import PARTS, scores_of

    if part not in (*PARTS, "all"):
        raise BriefError(f"{part}: there is no such part.", f"Choose one of {', '.join(PARTS)}, or all.")
    scores, skipped = scores_of(list(PARTS) if part == "all" else [part])
    if as_json:
        sys.stdout.write(
            json.dumps([{**score.__dict__, "met": score.met} for score in scores], ensure_ascii=False) + "\n"
        )
    else:
        table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
        for name in ("figure", "value", "bar", "", "detail"):
            table.add_column(name, justify="right" if name in ("value", "bar") else "left")
        for score in scores:
            sign = "" if score.bar is None else ("≥ " if score.better == "high" else "≤ ") + f"{score.bar:g}"
            mark = "" if score.bar is None else "[green]met[/]" if score.met else "[red]missed[/]"
            table.add_row(safe(score.name), f"{score.value:.4g}", sign, mark, safe(score.detail))
        out.print(table)
    for reason in skipped:
        err.print(f"skipped: {safe(reason)}", soft_wrap=True, highlight=False)
    raise typer.Exit(0 if all(score.met for score in scores) else 1)
