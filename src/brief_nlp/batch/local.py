"""The local engine: one document after the other, the ledger before and after each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from brief_nlp.errors import BriefError, Category, Rejected
from brief_nlp.schema import Brief
from brief_nlp.store import ledger
from brief_nlp.store.sinks import Sink


class Status(StrEnum):
    """How a document ended."""

    DONE = "done"
    SKIPPED = "skipped"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"


@dataclass(frozen=True)
class Outcome:
    """What became of one input. `brief` is there where it was analysed or is in the store already."""

    path: Path
    status: Status
    document_id: str | None = None
    category: Category | None = None
    message: str = ""
    brief: Brief | None = None


def run(
    paths: Iterable[Path],
    sink: Sink,
    analyze: Callable[[bytes], Brief],
    fingerprint: str,
    *,
    attempts: int,
    retry: Container[Category] = (),
) -> Iterator[Outcome]:
    """Process documents one by one; what is done with this fingerprint is skipped, no failure stops the rest.
    What is quarantined is tried again where its category is in `retry`.

    `analyze` raises `Rejected`; anything else it raises is recorded as `internal`. `BriefError` from the
    sink ends the run: a store that cannot be written will not take the next document either.
    """
    for path in paths:
        yield _one(path, sink, analyze, fingerprint, attempts, retry)


def _one(
    path: Path,
    sink: Sink,
    analyze: Callable[[bytes], Brief],
    fingerprint: str,
    attempts: int,
    retry: Container[Category],
) -> Outcome:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return _rejected(path, None, Rejected(Category.NOT_FOUND, where=str(path)))
    except OSError as error:
        return _rejected(path, None, Rejected(Category.UNREADABLE, error.strerror or "", where=str(path)))
    document_id = hashlib.sha256(data).hexdigest()
    before = sink.known(document_id)
    if before and before.fingerprint == fingerprint:
        if before.state == ledger.DONE:
            return Outcome(path, Status.SKIPPED, document_id, brief=sink.read(document_id))
        spent = before.state == ledger.QUARANTINED or before.attempts >= attempts
        category = Category(before.category or Category.CRASHED)
        if spent and category not in retry:
            known = Rejected(category, before.detail or "", where=str(path))
            return Outcome(path, Status.QUARANTINED, document_id, category, f"{known} Tried {before.attempts} times.")
    number = sink.start(document_id, str(path.absolute()), fingerprint)
    try:
        brief = analyze(data)
    except Rejected as rejected:
        problem = Rejected(rejected.category, rejected.detail, where=str(path))
    except BriefError:
        raise
    except Exception as error:
        problem = Rejected(Category.INTERNAL, f"{type(error).__name__}: {error}"[:200], where=str(path))
    else:
        sink.write(brief)
        return Outcome(path, Status.DONE, document_id, brief=brief)
    sink.fail(document_id, problem.category, problem.detail, final=number >= attempts)
    return _rejected(path, document_id, problem)


def _rejected(path: Path, document_id: str | None, problem: Rejected) -> Outcome:
    return Outcome(path, Status.REJECTED, document_id, problem.category, str(problem))
