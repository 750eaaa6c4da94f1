"""The main job over a collection: beside what a user would write, beside its own indispensable parts, growth, start.

    python benchmarks/batch.py [speed | start | growth]... [--documents N] [--peer PYTHON]

All figures of a part come from one run. `--peer` is the Python of an environment with torch (`make models` makes
one), without which the comparison is left out and said to be. Results go to benchmarks/results/batch.json, from
which benchmarks/page.py writes docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.made import again, brief
from benchmarks.page import RESULTS, machine, put

from brief_nlp.batch.driver import Bounds, Driver
from brief_nlp.batch.inputs import find_inputs
from brief_nlp.batch.local import Processes
from brief_nlp.batch.run import run
from brief_nlp.batch.work import Rules
from brief_nlp.batch.worker import Job, pipeline
from brief_nlp.fingerprint import fingerprint
from brief_nlp.settings import Settings
from brief_nlp.store.sinks import open_sink

CORES = os.cpu_count() or 1
COMMAND = [sys.executable, "-m", "brief_nlp"]
OF_THE_PEER = 60  # documents: it is slow, and its speed does not depend on how many there are
WARM = 10  # documents after which models are loaded
GROWTH = (200, 2_000, 20_000)
DISTINCT = 100  # short briefs, which come again in bytes of their own


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", default=[])
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--peer", default=None)
    given = parser.parse_args()
    for part in given.parts or ("start", "speed", "growth"):
        found = {"start": start, "growth": growth}[part]() if part != "speed" else speed(given.documents, given.peer)
        put(f"batch-{part}", {**machine(), **found})
        print(json.dumps(found, indent=1))


def start() -> dict:
    """Seconds until the rows of one brief are there, and until help is: medians of seven."""
    with tempfile.TemporaryDirectory() as scratch:
        found = {}
        for name, number in (("run one brief", 0), ("run one Korean brief", 2)):
            path = Path(scratch, f"{number}.pdf")
            path.write_bytes(brief(number))
            to = f"sqlite:///{scratch}/{number}-%s.db"
            found[name] = statistics.median(_timed([*COMMAND, "run", str(path), "--to", to % n]) for n in range(7))
    return {**found, "help": statistics.median(_timed([*COMMAND, "--help"]) for _ in range(7))}


def _timed(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def speed(documents: int, peer: str | None) -> dict:
    """Documents a second of the whole job, of its parts alone, and of the peer; where each millisecond goes."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "in")
        folder.mkdir()
        for number in range(documents):
            (folder / f"{number:05}.pdf").write_bytes(brief(number))
        some = Path(scratch, "some")
        some.mkdir()
        for path in sorted(folder.glob("*.pdf"))[:OF_THE_PEER]:
            (some / path.name).hardlink_to(path)
        found = {"documents": documents}
        found["whole, documents a second"], claims, _ = _whole(folder, f"sqlite:///{scratch}/rows.db", CORES)
        found["claims a document"] = claims / documents
        found["stages, ms of one core a document"] = _apart(_stages, some)
        found["parts alone, documents a second"] = _parts(some)
        found["isolation, share of a run"] = _apart(_isolation, some)
        if peer:
            told = json.loads(
                subprocess.run(
                    [peer, str(Path(__file__).with_name("peer.py")), str(some)],
                    check=True, capture_output=True, text=True,
                ).stdout.splitlines()[-1]
            )  # fmt: skip
            found["peer, documents a second"] = told["documents"] / told["seconds"]
            found["peer, sentences a document"] = told["sentences"] / told["documents"]
            found["times the peer"] = found["whole, documents a second"] / found["peer, documents a second"]
        found["times the parts"] = found["parts alone, documents a second"] / found["whole, documents a second"]
        return found


def _whole(folder: Path, to: str, workers: int) -> tuple[float, int, dict]:
    """(documents a second once all workers are warm, claims, memory in MiB) of a run."""
    settings = Settings(threads=1)
    rules = Rules(fingerprint(settings), settings.attempts)
    job = Job(to, rules, settings, None, pipeline)
    bounds = Bounds(workers, settings.document_seconds, settings.worker_documents)
    crew = Processes(job)
    driver = Driver(find_inputs([str(folder)], rules.most), crew, open_sink(to)[0], rules, bounds)
    ended, claims, began, last = 0, 0, 0.0, 0.0
    memory: dict[str, list[float]] = {"parent": [], "worker": []}
    for outcome in run(driver):
        ended += 1
        claims += outcome.counts.get("claims", 0)
        last = time.perf_counter()
        if ended == WARM:
            began = last
        if ended % 50 == 0:
            memory["parent"].append(_resident(os.getpid()))
            memory["worker"].append(max(_resident(one.process.pid) for one in crew.staff.values()))
    return (ended - WARM) / (last - began), claims, memory


def _resident(pid: int | None) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def _apart(task: Callable[[Path], object], folder: Path):
    """What a task gives in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(task, (folder,))


@contextmanager
def _measured(module, name: str, spent: Counter, said: str) -> Iterator[None]:
    whole = getattr(module, name)

    def timed(*args, **more):
        began = time.perf_counter()
        try:
            return whole(*args, **more)
        finally:
            spent[said] += time.perf_counter() - began

    setattr(module, name, timed)
    yield
    setattr(module, name, whole)


def _stages(folder: Path) -> dict[str, float]:
    """Milliseconds a document of each stage, one document after the other, one thread."""
    from contextlib import ExitStack

    import brief_nlp.analysis as flow
    from brief_nlp.claims import classifier, encoder
    from brief_nlp.store import documents, ledger

    settings = Settings(threads=1)
    files = [path.read_bytes() for path in sorted(folder.glob("*.pdf"))]
    for data in files[:WARM]:
        flow.analyze(data, settings=settings)
    spent: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as stack:
        sink, _ = open_sink(f"sqlite:///{scratch}/rows.db")
        for module, name, said in (
            (flow, "read_pages", "read the PDF in its child"),
            (flow, "read_structure", "structure"),
            (flow, "tag", "tag: names, dates, figures, citations"),
            (flow, "find_claims", "claims"),
            (classifier, "parsed", "of claims: parse (spaCy)"),
            (encoder.Encoder, "judged", "of claims: classifier (ONNX)"),
            (ledger, "start", "ledger: attempt"),
            (documents, "write", "store: rows and done"),
        ):
            stack.enter_context(_measured(module, name, spent, said))
        began = time.perf_counter()
        for place, data in enumerate(files):
            found = flow.analyze(data, settings=settings)
            sink.start(found.document_id, str(place), found.fingerprint)
            sink.write(found)
        spent["all"] = time.perf_counter() - began
    return {name: 1000 * seconds / len(files) for name, seconds in spent.items()}


def _isolation(folder: Path) -> float:
    """What a child a document costs beside reading in the worker itself, as a share of the whole analysis."""
    from brief_nlp.analysis import analyze
    from brief_nlp.pdf.reader import read_directly, read_pages

    settings = Settings(threads=1)
    files = [path.read_bytes() for path in sorted(folder.glob("*.pdf"))]

    def directly(data: bytes) -> object:
        return read_directly(
            data, reader="pdfium", password=None, max_pages=2000, max_characters=10**7, max_runs=10**5, ocr=True
        )

    times = []
    for task in (directly, lambda data: read_pages(data, settings), lambda data: analyze(data, settings=settings)):
        for data in files[:WARM]:
            task(data)
        began = time.perf_counter()
        for data in files:
            task(data)
        times.append(time.perf_counter() - began)
    bare, isolated, whole = times
    return (isolated - bare) / whole


def _parts(folder: Path) -> float:
    """Documents a second of PDFium's text, the spaCy components in use, and the classifier, on the same input, in as
    many processes as there are cores."""
    files = [path.read_bytes() for path in sorted(folder.glob("*.pdf"))]
    with multiprocessing.get_context("spawn").Pool(CORES) as pool:
        shares = [files[place::CORES] for place in range(CORES)]
        rates = pool.map(_parts_of, shares, chunksize=1)
    return sum(rates)


def _parts_of(files: list[bytes]) -> float:
    import pypdfium2

    from brief_nlp.analysis import analyze
    from brief_nlp.claims import classifier
    from brief_nlp.claims.encoder import Encoder
    from brief_nlp.tagging import names, pipeline

    settings = Settings(threads=1)
    seen: dict[str, list] = {"parsed": [], "judged": [], "named": []}
    parse, judge, name = classifier.parsed, Encoder.judged, names.spans_of_model
    classifier.parsed = lambda texts, language: seen["parsed"].append((texts, language)) or parse(texts, language)
    Encoder.judged = lambda self, texts: seen["judged"].append((self, texts)) or judge(self, texts)
    names.spans_of_model = lambda pieces: seen["named"].append(pieces) or name(pieces)
    for data in files:
        analyze(data, settings=settings)
    began = time.perf_counter()
    for data in files:
        document = pypdfium2.PdfDocument(data)
        for page in document:
            page.get_textpage().get_text_bounded()
    for texts, language in seen["parsed"]:
        parse(texts, language)
    for encoder, texts in seen["judged"]:
        judge(encoder, texts)
    for pieces in seen["named"]:
        list(pipeline.recogniser().pipe([text for text, _ in pieces], batch_size=16))
    return len(files) / (time.perf_counter() - began)


def growth() -> dict:
    """Seconds a document and memory of runs of more and more short documents."""
    shorts = [brief(number, sentences=1) for number in range(DISTINCT)]
    rows = []
    for count in GROWTH:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch, "in")
            folder.mkdir()
            for number in range(count):
                (folder / f"{number:06}.pdf").write_bytes(again(shorts[number % DISTINCT], number))
            rate, _, memory = _whole(folder, f"sqlite:///{scratch}/rows.db", CORES)
        middle = {name: statistics.median(seen[len(seen) // 2 :]) for name, seen in memory.items()}
        rows.append({"documents": count, "ms a document": 1000 / rate,
                     "parent, MiB": middle["parent"], "worker, MiB": middle["worker"]})  # fmt: skip
        print(rows[-1], flush=True)
    return {"rows": rows}


if __name__ == "__main__":
    RESULTS.mkdir(exist_ok=True)
    main()
