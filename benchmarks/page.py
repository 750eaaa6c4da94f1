"""Writes docs/benchmarks.md from the results that the benchmarks left in benchmarks/results."""

from __future__ import annotations

import json
import os
import platform
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
PAGE = ROOT / "docs" / "benchmarks.md"

HEAD = """# Benchmarks

Written by `make bench`, `make bench-growth` and `make kills` from what they measured (`benchmarks/results`); every ratio comes from one run.
The documents are made for measuring (`benchmarks/made.py`): a page or two with notes, one in three Korean. Speeds
belong to the machine named; ratios travel better.
"""


def machine() -> dict:
    """What figures belong to."""
    return {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
        "day": f"{date.today()}",
    }


def put(name: str, found: dict) -> None:
    """Keep a result, and write the page anew."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """The page as Markdown."""
    kept = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(RESULTS.glob("*.json"))}
    parts = [HEAD]
    for name, write in (("batch-speed", _speed), ("batch-start", _start), ("batch-growth", _growth), ("kills", _kills)):
        if name in kept:
            parts.append(write(kept[name]) + f"\n*{kept[name]['machine']}; {kept[name]['day']}.*\n")
    for name, title in (("store", "The store"), ("review", "The review page")):
        text = (ROOT / "benchmarks" / f"{name}.txt").read_text("utf-8").rstrip()
        parts.append(f"## {title}\n\n" + "\n".join(f"    {line}".rstrip() for line in text.splitlines()) + "\n")
    return "\n".join(parts)


def _row(name: str, value: float, bar: str, met: bool | None) -> str:
    return f"| {name} | {value:.3g} | {bar} | {'' if met is None else 'met' if met else '**missed**'} |"


def _speed(found: dict) -> str:
    rows = [
        "## The whole job\n",
        f"{found['documents']:,} briefs of {found['claims a document']:.0f} claims, models loaded, a worker a core.\n",
    ]
    rows += ["| figure | value | bar | |", "|---|---|---|---|"]
    rows.append(_row("documents a second", found["whole, documents a second"], "", None))
    if "times the peer" in found:
        rows.append(
            _row(
                "what a user would write (`benchmarks/peer.py`), documents a second",
                found["peer, documents a second"],
                "",
                None,
            )
        )
        rows.append(_row("times as fast as that", found["times the peer"], "≥ 5", found["times the peer"] >= 5))
    rows.append(
        _row(
            "PDFium's text, spaCy and the classifier alone on the same input, a process a core, documents a second",
            found["parts alone, documents a second"],
            "",
            None,
        )
    )
    rows.append(_row("times the time of these", found["times the parts"], "≤ 1.5", found["times the parts"] <= 1.5))
    rows.append(
        _row(
            "share of a run that isolation costs",
            found["isolation, share of a run"],
            "≤ 0.15",
            found["isolation, share of a run"] <= 0.15,
        )
    )
    stages = found["stages, ms of one core a document"]
    rows += ["\nWhere the time goes, in milliseconds of one core a document:\n", "| stage | ms |", "|---|---|"]
    named = sum(value for name, value in stages.items() if name != "all" and not name.startswith("of "))
    rows += [f"| {name} | {value:.1f} |" for name, value in stages.items() if name != "all"]
    rows.append(f"| the rest | {stages['all'] - named:.1f} |")
    rows.append(f"| **all** | **{stages['all']:.1f}** |")
    return "\n".join(rows) + "\n"


def _start(found: dict) -> str:
    rows = [
        "## Start\n",
        "Seconds, medians of seven, caches of the disk warm.\n",
        "| figure | value | bar | |",
        "|---|---|---|---|",
    ]
    for name, shown in (("run one brief", "one brief"), ("run one Korean brief", "one Korean brief, which needs Kiwi")):
        if name in found:  # a measurement may be older than a figure
            rows.append(_row(f"`brief-nlp run` on {shown}, to its rows", found[name], "≤ 4", found[name] <= 4))
    rows.append(_row("`brief-nlp --help`", found["help"], "≤ 0.3", found["help"] <= 0.3))
    return "\n".join(rows) + "\n"


def _growth(found: dict) -> str:
    rows = [
        "## Growth\n",
        "Short documents (a heading, a sentence, a note) into SQLite. Bar: time a document and memory flat within a tenth.\n",
    ]
    rows += ["| documents | ms a document | parent, MiB | worker, MiB |", "|---|---|---|---|"]
    rows += [
        f"| {one['documents']:,} | {one['ms a document']:.1f} | {one['parent, MiB']:.0f} | {one['worker, MiB']:.0f} |"
        for one in found["rows"]
    ]
    spread = {
        key: max(one[key] for one in found["rows"]) / found["rows"][0][key]
        for key in ("ms a document", "parent, MiB", "worker, MiB")
    }
    told = ", ".join(
        f"{key.split(',')[0]} {value:.2f} ({'met' if value <= 1.1 else '**missed**'})" for key, value in spread.items()
    )
    return "\n".join(rows) + f"\n\nHighest beside the first: {told}.\n"


def _kills(found: dict) -> str:
    rows = ["## Kills\n", "| figure | value | bar | |", "|---|---|---|---|"]
    for name, bar, met in (
        ("documents", "", None), ("of them poison", "", None), ("kills of the parent", "", None), ("kills of a worker", "", None),
        ("kills of the database", "", None), ("kills in all", "≥ 50", found["kills in all"] >= 50),
        ("rows that differ from the undisturbed run", "0", found["rows that differ from the undisturbed run"] == 0),
        ("poison not named with its category", "0", found["poison not named with its category"] == 0),
        ("good documents that needed `retry`", "", None), ("processes left over", "0", found["processes left over"] == 0),
    ):  # fmt: skip
        rows.append(_row(name, found[name], bar, met))
    return "\n".join(rows) + f"\n\nPoison by category: {found['by category']}.\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
