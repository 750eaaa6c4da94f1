"""What a worker does with one document, whichever engine drives it: look at the bytes, then analyse and store."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from brief_nlp.batch.inputs import Input, read
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
    """What became of one input. `counts` says what was found, where it was analysed in this run; `seconds` how long
    that took."""

    name: str
    status: Status
    document_id: str | None = None
    category: Category | None = None
    message: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether it gave no rows."""
        return self.status in (Status.REJECTED, Status.QUARANTINED)


class Rules(NamedTuple):
    """What holds for all documents of a run: who made the rows, how often a document is tried, what is tried again
    although it is in quarantine, and how many bytes one may have."""

    fingerprint: str
    attempts: int
    retry: frozenset[Category] = frozenset()
    most: int = 200 << 20


class Looked(NamedTuple):
    """A document whose bytes are at hand."""

    one: Input
    document_id: str
    data: bytes


def look(one: Input, rules: Rules) -> Looked | Outcome:
    """Read the bytes of an input; an outcome where that fails."""
    try:
        data = read(one, rules.most)
    except Rejected as rejected:
        return _rejected(one, None, rejected)
    return Looked(one, hashlib.sha256(data).hexdigest(), data)


def work(looked: Looked, sink: Sink, analyze: Callable[[bytes], Brief], rules: Rules) -> Outcome:
    """Analyse a document and store its rows, unless that was done before or has failed too often.

    What `analyze` raises besides `Rejected` is recorded as `internal`. A complaint of the sink is raised: a store
    that cannot be written will not take the next document either.
    """
    one, document_id, data = looked
    began = time.monotonic()
    before = sink.known(document_id)
    if before and before.fingerprint == rules.fingerprint:
        if before.state == ledger.DONE:
            sink.remember(document_id, one.place)
            return Outcome(one.name, Status.SKIPPED, document_id)
        category = Category(before.category or Category.CRASHED)
        spent = before.state == ledger.QUARANTINED or before.attempts >= rules.attempts
        if spent and category not in rules.retry:
            sink.remember(document_id, one.place)
            if before.state != ledger.QUARANTINED:  # it took the worker down with it
                sink.fail(document_id, category, before.detail or "", final=True)
            known = Rejected(category, before.detail or "", where=one.name)
            told = f"{known} Tried {before.attempts} times."
            return Outcome(one.name, Status.QUARANTINED, document_id, category, told)
    number = sink.start(document_id, one.place, rules.fingerprint)
    try:
        brief = analyze(data)
    except Rejected as rejected:
        problem = Rejected(rejected.category, rejected.detail, where=one.name)
    except BriefError:
        raise
    except MemoryError:
        problem = Rejected(Category.MEMORY, where=one.name)
    except Exception as error:
        problem = Rejected(Category.INTERNAL, f"{type(error).__name__}: {error}"[:200], where=one.name)
    else:
        sink.write(brief)
        seconds = time.monotonic() - began
        return Outcome(one.name, Status.DONE, document_id, counts=counted(brief), seconds=seconds)
    sink.fail(document_id, problem.category, problem.detail, final=number >= rules.attempts)
    return _rejected(one, document_id, problem)


def gone(one: Input, document_id: str | None, category: Category, detail: str) -> Outcome:
    """The outcome of a document whose worker did not come back."""
    return _rejected(one, document_id, Rejected(category, detail, where=one.name))


def counted(brief: Brief) -> dict[str, int]:
    """How much was found in a brief."""
    facts = sum(claim.label == "fact" for claim in brief.claims)
    return {
        "pages": brief.page_count,
        "claims": len(brief.claims),
        "facts": facts,
        "assessments": len(brief.claims) - facts,
        "to_review": sum(claim.needs_review for claim in brief.claims),
        "footnotes": len(brief.footnotes),
        "linked": sum(bool(note.markers) for note in brief.footnotes),
        "dates": len(brief.dates),
        "entities": len(brief.entities),
    }


def _rejected(one: Input, document_id: str | None, problem: Rejected) -> Outcome:
    return Outcome(one.name, Status.REJECTED, document_id, problem.category, str(problem))


def one_by_one(
    inputs: Iterable[Input], sink: Sink, analyze: Callable[[bytes], Brief], rules: Rules
) -> Iterator[Outcome]:
    """Look at and work on inputs one after the other, in this process: without engine, for tests and evaluations."""
    for one in inputs:
        looked = look(one, rules)
        yield looked if isinstance(looked, Outcome) else work(looked, sink, analyze, rules)
