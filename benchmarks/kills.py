"""Kills of the parent, of workers and of the database at random moments: afterwards the store is as if nothing was.

    python benchmarks/kills.py [DOCUMENTS [KILLS [SEED]]]

An undisturbed run into SQLite gives the rows that should be there. The other runs go into PostgreSQL, which is
killed (SIGKILL to all of its processes) and started again. What was taken for a crash, since it was twice in hand when
its worker was killed, is tried again by `brief-nlp retry --category crashed`, as a user would.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.made import KINDS, again, brief, poison
from benchmarks.page import machine, put
from benchmarks.postgres import Server
from sqlalchemy import create_engine, text
from tests.store.rows import dump

from brief_nlp.store.database import open_store
from brief_nlp.store.ledger import DONE
from brief_nlp.store.state import state_of

POISON = 20  # one document in so many
WANTED = {"text": "not_pdf", "encrypted": "encrypted", "damaged": "damaged", "memory": "memory", "slow": "timeout"}
PAUSE = (1.0, 9.0)  # seconds between two kills
DISTINCT = 100  # short briefs, which come again in bytes of their own


def main() -> None:
    documents, kills, seed = (int(word) for word in (*sys.argv[1:], *("1000", "50", "1")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory(prefix="kills") as scratch:
        folder, tempfile.tempdir = Path(scratch, "in"), str(Path(scratch, "tmp"))
        folder.mkdir()
        Path(tempfile.tempdir).mkdir()
        fill(folder, documents)
        quiet = f"sqlite:///{scratch}/quiet.db"
        call("run", str(folder), "--to", quiet)
        call("run", str(folder), "--to", quiet)  # the second try, after which poison is in quarantine
        server = Server(Path(scratch, "pg"))
        try:
            found = disturbed(folder, server, kills, random.Random(seed))
            store = open_store(server.address)
            wanted, got = dump(open_store(quiet)), dump(store)
            found["rows that differ from the undisturbed run"] = sum(
                len(set(map(repr, wanted[name])) ^ set(map(repr, got[name]))) for name in wanted
            )
            categories = {Path(one.path).stem: one.category for one in state_of(store).failed}
            expected = {path.stem: WANTED[path.stem.split("-")[1]] for path in folder.glob("*-*.pdf")}
            found["poison not named with its category"] = sum(
                categories.get(name) != category for name, category in expected.items()
            )
            found["by category"] = dict(Counter(categories.values()).most_common())
            found["documents"], found["of them poison"] = documents, len(expected)
            found["documents done"] = state_of(store).documents.get(DONE, 0)
            store.dispose()
        finally:
            server.stop()
        time.sleep(5)
        found["processes left over"] = len(ours(Path(tempfile.tempdir)))
    put("kills", {**machine(), **found})
    for name, value in found.items():
        print(f"{name}: {value}")
    sys.exit(
        bool(
            found["rows that differ from the undisturbed run"]
            or found["poison not named with its category"]
            or found["processes left over"]
        )
    )


def fill(folder: Path, documents: int) -> None:
    """Short briefs, and poison of each kind in turn."""
    shorts = [brief(number, sentences=4) for number in range(DISTINCT)]
    for number in range(documents):
        if number % POISON == POISON - 1:
            kind = KINDS[number // POISON % len(KINDS)]
            (folder / f"{number:05}-{kind}.pdf").write_bytes(poison(kind, number))
        else:
            (folder / f"{number:05}.pdf").write_bytes(again(shorts[number % DISTINCT], number))


def settings() -> dict[str, str]:
    return {**os.environ, "BRIEF_NLP_READ_SECONDS": "4", "TMPDIR": tempfile.gettempdir()}


def call(*words: str) -> int:
    return subprocess.run(
        [sys.executable, "-m", "brief_nlp", *words], env=settings(), capture_output=True, check=False
    ).returncode


def disturbed(folder: Path, server: Server, kills: int, dice: random.Random) -> dict:
    """Run, kill and run again until all is done."""
    found: Counter[str] = Counter({f"kills of {what}": 0 for what in ("the parent", "a worker", "the database")})
    command = [sys.executable, "-m", "brief_nlp", "run", str(folder), "--to", server.address, "--json"]
    made = 0
    while made < kills:
        process = subprocess.Popen(
            command, env=settings(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        told: list[str] = []
        reader = threading.Thread(target=lambda p=process, t=told: t.extend(p.stderr))
        reader.start()
        while process.poll() is None and made < kills:
            time.sleep(dice.uniform(*PAUSE))
            what = dice.choice(("the parent", "a worker", "a worker", "the database"))
            if what == "the database":
                server.kill()
                time.sleep(dice.uniform(0.1, 2.0))
                server.start()
            else:
                pids = [process.pid] if what == "the parent" else workers_of(process.pid)
                if not pids or process.poll() is not None:
                    continue
                os.kill(dice.choice(pids), signal.SIGKILL)
            made += 1
            found[f"kills of {what}"] += 1
            print(f"{made} {what}", flush=True)
        if made >= kills:
            process.wait()
        reader.join()
        if process.returncode not in (0, 1, 2, -signal.SIGKILL):
            raise SystemExit(f"a run ended with {process.returncode}: {''.join(told)[-2000:]}")
        if process.returncode in (0, 1) and made < kills:  # all done before enough was killed: once more from the start
            forget(server)
    for _ in range(3):
        call("run", str(folder), "--to", server.address)
    crashed = state_of(open_store(server.address)).categories.get("crashed", 0)
    if crashed:
        call("retry", "--from", server.address, "--category", "crashed")
    return {"kills in all": made, **found, "good documents that needed `retry`": crashed}


def forget(server: Server) -> None:
    """Let all be done anew; the rows that are there are replaced one by one."""
    engine = create_engine(server.address.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM ledger"))
    engine.dispose()


def workers_of(parent: int) -> list[int]:
    return [pid for pid, above, args in processes() if above == parent and "spawn_main" in args]


def ours(scratch: Path) -> list[int]:
    """What the runs have started and left behind: all of it has the folder for temporary files that was made for them."""
    mark = f"TMPDIR={scratch}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            if mark in (folder / "environ").read_bytes() and int(folder.name) != os.getpid():
                found.append(int(folder.name))
    return found


def processes() -> list[tuple[int, int, str]]:
    listing = subprocess.run(["ps", "-wweo", "pid,ppid,stat,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 3) for line in listing.splitlines()[1:]]
    return [(int(row[0]), int(row[1]), row[3]) for row in rows if not row[2].startswith("Z")]


if __name__ == "__main__":
    main()
