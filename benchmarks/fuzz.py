"""Damaged PDFs through the real path: nothing may crash, hang, leak or be left behind.

    python benchmarks/fuzz.py [COUNT=2000] [SEED=1]

Each input is a PDF of the corpus, damaged by a seeded chance, read in the sandboxed child and
taken apart by the structure stage. A rejection with a category is an answer; any other exception
is an error of ours, whose input is kept under $FUZZ_KEEP (default: the folder `fuzz` of the
temporary folder). Exit code 1 where a promise is broken.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import random
import re
import signal
import sys
import tempfile
import time
import traceback
import zlib
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import NamedTuple

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
WORKERS = 2
READ_SECONDS = 20
HANG_SECONDS = 60  # reading, its grace periods and the structure stage together
LEAK_MB = 50
OCR = False  # Tesseract reads what has no text layer in half a minute a page: measured elsewhere
LARGEST = 150_000  # bytes of a file that is damaged; larger ones are fonts for the most part
DONE, INTERNAL, HANG = "done", "INTERNAL ERROR", "HANG"

_NUMBER = re.compile(rb"(?<![\d.])-?\d+(?:\.\d+)?")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
_HUGE = (
    b"99999999999999999999",
    b"-1",
    b"0",
    b"2147483648",
    b"-2147483649",
    b"1e308",
    b"65536",
    b"4294967295",
    b"0.0000001",
)


class Result(NamedTuple):
    """What came of one damaged file; memory is that of the process that read it, in KiB."""

    number: int
    outcome: str
    seconds: float
    process: int
    memory_before: int
    memory_after: int
    detail: str = ""


def _flip(data: bytes, chance: random.Random, _: bytes) -> bytes:
    found = bytearray(data)
    for _place in range(chance.choice((1, 5, 50, 500))):
        found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


def _cut(data: bytes, chance: random.Random, _: bytes) -> bytes:
    start, length = _chunk(data, chance)
    return data[:start] + data[start + length :]


def _duplicate(data: bytes, chance: random.Random, _: bytes) -> bytes:
    start, length = _chunk(data, chance)
    to = chance.randrange(len(data))
    return data[:to] + data[start : start + length] + data[to:]


def _swap(data: bytes, chance: random.Random, _: bytes) -> bytes:
    places = sorted(chance.randrange(len(data)) for _place in range(4))
    a, b, c, d = places
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _truncate(data: bytes, chance: random.Random, _: bytes) -> bytes:
    return data[: chance.randrange(1, len(data))]


def _splice(data: bytes, chance: random.Random, other: bytes) -> bytes:
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


def _numbers(data: bytes, chance: random.Random, _: bytes) -> bytes:
    rate = chance.choice((0.001, 0.01, 0.1))
    return _NUMBER.sub(lambda match: str(chance.randrange(3000)).encode() if chance.random() < rate else match[0], data)


def _huge(data: bytes, chance: random.Random, _: bytes) -> bytes:
    rate = chance.choice((0.001, 0.01, 0.05))
    return _NUMBER.sub(lambda match: chance.choice(_HUGE) if chance.random() < rate else match[0], data)


def _xref(data: bytes, chance: random.Random, other: bytes) -> bytes:
    """Damage where the tables of objects and the trailer lie, or their keys."""
    keys = (b"/Size", b"/Root", b"/Prev", b"/W", b"/Index", b"/Kids", b"/Count", b"/Parent", b"/Length", b"/Filter")
    if chance.random() < 0.5:
        key, instead = chance.choice(keys), chance.choice(keys)
        return data.replace(key, instead, chance.choice((1, 3, -1)))
    at = data.rfind(b"startxref")
    at = max(0, at - chance.choice((10, 200, 2000))) if at >= 0 else 0
    return data[:at] + chance.choice((_flip, _cut, _numbers, _huge))(data[at:] or b"0", chance, other)


def _nest(data: bytes, chance: random.Random, _: bytes) -> bytes:
    """Arrays or dictionaries, deep inside one another, where an object stood."""
    depth = chance.choice((100, 5_000, 200_000))
    deep = chance.choice((b"[" * depth, b"<</A" * depth, b"[" * depth + b"]" * depth, b"(" * depth, b"q " * depth))
    starts = [match.end() for match in re.finditer(rb"\bobj\b|stream\r?\n", data)]
    at = chance.choice(starts) if starts else 0
    return data[:at] + deep + data[at:]


def _inside_streams(data: bytes, chance: random.Random, other: bytes) -> bytes:
    """Damage what streams hold, and pack them again, so that it reaches the parser of their content."""
    change = chance.choice((_flip, _cut, _duplicate, _swap, _numbers, _huge, _numbers, _huge))
    rate = chance.choice((0.05, 0.3, 1.0))

    def changed(match: re.Match[bytes]) -> bytes:
        if chance.random() > rate:
            return match[0]
        try:
            content = zlib.decompress(match[1])
        except zlib.error:
            return match[0]
        packed = zlib.compress(change(content, chance, other) if content else b"", 9)
        return b"stream\n" + packed.ljust(len(match[1]), b"\0") + b"\nendstream"

    return _STREAM.sub(changed, data)


def _chunk(data: bytes, chance: random.Random) -> tuple[int, int]:
    return chance.randrange(len(data)), chance.choice((1, 20, 400, 8000))


WAYS: tuple[Callable[[bytes, random.Random, bytes], bytes], ...] = (
    *(_flip, _cut, _duplicate, _swap, _truncate, _splice, _numbers, _huge, _xref, _nest),
    *(_inside_streams,) * 5,
)


def damaged(seed: int, number: int) -> bytes:
    """The damaged file of a number: always the same for the same seed and corpus."""
    chance = random.Random(f"{seed} {number}")
    paths = [path for part in ("samples", "layouts/tuned") for path in sorted((CORPUS / part).glob("*.pdf"))]
    small = [path for path in paths if path.stat().st_size <= LARGEST]
    data, other = (chance.choice(small).read_bytes() for _ in range(2))
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        data = chance.choice(WAYS)(data, chance, other) or b"%PDF-"
    return data


def memory_kib() -> int:
    """Resident memory of this process; 0 where the system does not tell."""
    try:
        return int(re.search(r"VmRSS:\s*(\d+)", Path("/proc/self/status").read_text())[1])  # type: ignore[index]
    except OSError:
        return 0


_before = 0


def warm_up(folder: str) -> None:
    """What is loaded once must not count as growth: read sound files before measuring.

    The Korean ones load Kiwi, with which the structure stage judges line breaks: some 490 MiB.
    """
    global _before  # noqa: PLW0603 - the memory of this process, asked once
    tempfile.tempdir = folder
    for path in (*sorted((CORPUS / "samples").glob("*.pdf")), *sorted((CORPUS / "layouts/tuned").glob("*_ko.pdf"))[:4]):
        _read(path.read_bytes())
    gc.collect()
    _before = memory_kib()


def _read(data: bytes) -> None:
    from brief_nlp.pdf.reader import read_pages
    from brief_nlp.settings import Settings
    from brief_nlp.structure.document import read_structure

    settings = Settings(read_seconds=READ_SECONDS, read_cpu_seconds=READ_SECONDS, ocr=OCR)
    read_structure(read_pages(data, settings))


def _on_alarm(*_: object) -> None:
    raise TimeoutError


def attempt(seed: int, number: int) -> Result:
    """Read one damaged file, and say what came of it."""
    from brief_nlp.errors import Rejected

    data = damaged(seed, number)
    detail = ""
    began = time.monotonic()
    signal.signal(signal.SIGALRM, _on_alarm)
    signal.alarm(HANG_SECONDS)
    try:
        _read(data)
        outcome = DONE
    except Rejected as rejected:
        outcome = rejected.category.value
    except TimeoutError:
        outcome, detail = HANG, traceback.format_exc()
    except Exception:  # whatever it is, it is what is looked for
        outcome, detail = INTERNAL, traceback.format_exc()
    finally:
        signal.alarm(0)
    seconds = time.monotonic() - began
    if detail:
        _keep(data, f"{seed}_{number}", detail)
    gc.collect()
    return Result(number, outcome, seconds, os.getpid(), _before, memory_kib(), detail)


def _keep(data: bytes, name: str, detail: str) -> None:
    folder = Path(os.environ.get("FUZZ_KEEP", Path(tempfile.gettempdir()).parent / "fuzz"))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.pdf").write_bytes(data)
    (folder / f"{name}.txt").write_text(detail)


def processes_in(folder: str) -> list[int]:
    """The processes whose working folder lies in `folder`: children that outlived their time (Linux)."""
    found = []
    for entry in Path("/proc").glob("[0-9]*") if sys.platform == "linux" else ():
        try:
            if str((entry / "cwd").readlink()).startswith(folder):
                found.append(int(entry.name))
        except OSError:
            continue  # it has ended, or belongs to somebody else
    return found


def run(count: int, seed: int) -> int:
    """Run them all and print the table; returns the exit code."""
    folder = tempfile.mkdtemp(prefix="brief-nlp-fuzz-")
    results: list[Result] = []
    died = 0
    context = multiprocessing.get_context("spawn")
    began = time.monotonic()
    with ProcessPoolExecutor(WORKERS, context, warm_up, (folder,)) as pool:
        asked = [pool.submit(attempt, seed, number) for number in range(count)]
        for number, future in enumerate(asked):
            try:
                results.append(future.result())
            except BrokenProcessPool:
                died += 1
            if sys.stderr.isatty():
                print(f"\r{number + 1} of {count}", end="", file=sys.stderr)
    time.sleep(1)
    left_processes, left_files = processes_in(folder), list(Path(folder).iterdir())
    outcomes = Counter(result.outcome for result in results)
    last = {result.process: result for result in results}
    before = max((result.memory_before for result in last.values()), default=0) / 1024
    after = max((result.memory_after for result in last.values()), default=0) / 1024
    growth = max((result.memory_after - result.memory_before for result in last.values()), default=0) / 1024
    slowest = max(results, key=lambda result: result.seconds, default=None)
    rows = [
        ("files", str(count)),
        ("seed", str(seed)),
        (DONE, str(outcomes.pop(DONE, 0))),
        ("internal errors", str(internal := outcomes.pop(INTERNAL, 0))),
        ("hangs", str(hangs := outcomes.pop(HANG, 0))),
        ("runs lost to a crash of the parent", str(died)),
        *((f"rejected: {name}", str(number)) for name, number in sorted(outcomes.items())),
        ("longest, seconds", f"{slowest.seconds:.1f} (number {slowest.number})" if slowest else "-"),
        ("memory of a parent before, MiB", f"{before:.0f}"),
        ("memory of a parent after, MiB", f"{after:.0f} (growth {growth:+.0f})"),
        ("child processes left", str(len(left_processes))),
        ("temporary files left", str(len(left_files))),
        ("all together, seconds", f"{time.monotonic() - began:.0f}"),
    ]
    for name, value in rows:
        print(f"{name:<36}{value}")
    for result in results:
        if result.detail:
            print(f"\nnumber {result.number}: {result.outcome}\n{result.detail}", file=sys.stderr)
    if not left_files:
        Path(folder).rmdir()
    return int(bool(internal or hangs or died or left_processes or left_files or growth > LEAK_MB))


if __name__ == "__main__":
    sys.exit(run(*(int(given) for given in (*sys.argv[1:3], *("2000", "1")[len(sys.argv[1:3]) :]))))
