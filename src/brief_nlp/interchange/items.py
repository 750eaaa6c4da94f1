"""Claims with what people said of them, as annotation tools exchange them; and back: answers become verdicts.

A tool shows an item and gives back an answer. Of several verdicts of one reviewer on a claim the newest that settles it
is the answer; the whole history travels as JSON Lines of verdicts only.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import ColumnElement, Connection, Engine, exists, select

from brief_nlp.errors import BriefError
from brief_nlp.schema import Brief, Claim, Label
from brief_nlp.store import decisions
from brief_nlp.store.attaching import CONTEXT
from brief_nlp.store.database import writing
from brief_nlp.store.decisions import Action
from brief_nlp.store.derived import unpacked
from brief_nlp.store.documents import read_all
from brief_nlp.store.tables import attachments, briefs, claims, verdicts

NO_CLAIM = "no claim"
Choice = Literal["fact", "assessment", "no claim"]
CHOICES: tuple[Choice, ...] = ("fact", "assessment", "no claim")


@dataclass(frozen=True)
class Answer:
    """What a reviewer says of a claim. `edited` are the words that it should have had."""

    choice: Choice
    reviewer: str
    given_at: datetime
    note: str | None = None
    edited: str | None = None


@dataclass(frozen=True)
class Item:
    """A claim of a brief with the answers that were given."""

    brief: Brief
    claim: Claim
    answers: tuple[Answer, ...] = ()

    @property
    def before(self) -> str:
        """The words before it."""
        return self.brief.text[max(0, self.claim.start - CONTEXT) : self.claim.start]

    @property
    def after(self) -> str:
        """The words behind it."""
        return self.brief.text[self.claim.end : self.claim.end + CONTEXT]

    @property
    def page(self) -> int | None:
        """Where it begins."""
        return self.claim.regions[0].page if self.claim.regions else None

    @property
    def notes(self) -> str:
        """The footnotes that are evidence for it, one a line."""
        found = (self.brief.footnotes[one.footnote] for one in self.claim.evidence)
        return "\n".join(f"{note.label} {self.brief.text[note.start : note.end]}" for note in found)


@dataclass(frozen=True)
class Returned:
    """An answer with the ids of the claim that it belongs to, as it came out of a file."""

    document_id: str
    claim_id: str
    answer: Answer


@dataclass(frozen=True)
class Taken:
    """What became of the answers of a file."""

    added: int = 0
    known: int = 0
    unknown: tuple[str, ...] = ()  # ids of claims that the store does not have


def items(engine: Engine) -> Iterator[Item]:
    """All claims of a store, brief by brief, each with its answers."""
    with engine.connect() as connection:
        for brief in read_all(engine):
            of_brief = select(claims.c.claim_id).where(claims.c.document_id == brief.document_id)
            given = _answers(connection, attachments.c.claim_id.in_(of_brief))
            for claim in brief.claims:
                yield Item(brief, claim, tuple(given.get(claim.id, ())))


def take(engine: Engine, returned: Iterable[Returned]) -> Taken:
    """Store answers as verdicts, all or none. One that is the reviewer's newest already is left alone."""
    added = known = 0
    unknown: list[str] = []
    brief: Brief | None = None  # the last one: answers come document by document
    with writing(engine) as connection:
        for one in returned:
            brief, claim = _claim(connection, one.claim_id, brief)
            if brief is None or claim is None:
                unknown.append(one.claim_id)
                continue
            verdict = _verdict(brief, claim, one.answer)
            there = select(verdicts.c.verdict_id).where(verdicts.c.key == verdict.key)
            given = _answers(connection, attachments.c.claim_id == claim.id).get(claim.id, ())
            before = next((old for old in given if old.reviewer == one.answer.reviewer), None)
            if _same(before, one.answer) or connection.execute(there).first():
                known += 1
            else:
                decisions.append_in(connection, verdict)
                added += 1
    return Taken(added, known, tuple(unknown))


def choice_of(words: str, where: str) -> Choice:
    """A choice from a file. Raises `BriefError`, naming the place, where it is none."""
    for choice in CHOICES:
        if words.strip().casefold() == choice:
            return choice
    raise BriefError(f"{where}: {words!r} is no label.", f"Labels are {', '.join(CHOICES)}.")


def moment(words: object, where: str) -> datetime:
    """A time from a file; without a zone it is UTC. Raises `BriefError` where it is none."""
    try:
        found = (
            datetime.fromtimestamp(words, UTC) if isinstance(words, int | float) else datetime.fromisoformat(str(words))
        )
    except (ValueError, OverflowError, OSError):
        raise BriefError(
            f"{where}: {words!r} is no time.", "Times are ISO 8601, such as 2026-01-31T09:00:00Z."
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _answers(connection: Connection, of: ColumnElement[bool]) -> dict[str, list[Answer]]:
    """By claim, the newest answer of each reviewer, from the attachments that are asked for."""
    undoing = verdicts.alias()
    undone = exists().where(undoing.c.undoes == verdicts.c.verdict_id)
    query = select(attachments.c.claim_id, verdicts).join(verdicts).where(of, ~undone).order_by(verdicts.c.verdict_id)
    settled: dict[tuple[str, str], Answer] = {}
    notes: dict[tuple[str, str], str] = {}
    for row in connection.execute(query).mappings():
        key = (row["claim_id"], row["reviewer"])
        if row["note"]:
            notes[key] = row["note"]
        if row["action"] != Action.NOTE:
            label = NO_CLAIM if row["action"] == Action.REJECT else row["label"] or row["label_seen"]
            settled[key] = Answer(choice_of(label, "verdict"), row["reviewer"], row["given_at"], None, row["edited"])
    found: dict[str, list[Answer]] = defaultdict(list)
    for key, answer in settled.items():
        found[key[0]].append(Answer(answer.choice, answer.reviewer, answer.given_at, notes.get(key), answer.edited))
    return found


def _claim(connection: Connection, claim_id: str, last: Brief | None) -> tuple[Brief | None, Claim | None]:
    """A claim with its brief, out of the last brief where it is there."""
    for claim in last.claims if last else ():
        if claim.id == claim_id:
            return last, claim
    query = select(briefs.c.body).join(claims, claims.c.document_id == briefs.c.document_id)
    body = connection.execute(query.where(claims.c.claim_id == claim_id)).scalar()
    brief = unpacked(body) if body else None
    return brief, next((claim for claim in brief.claims if claim.id == claim_id), None) if brief else None


def _same(one: Answer | None, other: Answer) -> bool:
    """Whether two answers say the same, whenever they were given."""
    return one is not None and (one.choice, one.note, one.edited) == (other.choice, other.note, other.edited)


def _verdict(brief: Brief, claim: Claim, answer: Answer) -> decisions.Verdict:
    """The verdict that an answer comes to; its key follows from what it says, so that a second import adds nothing."""
    told = (
        claim.id,
        answer.reviewer,
        answer.given_at.isoformat(),
        answer.choice,
        answer.edited or "",
        answer.note or "",
    )
    more = {"key": hashlib.sha256("\n".join(told).encode()).hexdigest()[:32], "note": answer.note}
    label = None if answer.choice == NO_CLAIM else Label(answer.choice)
    if label is None:
        action = Action.REJECT
    elif answer.edited and answer.edited != claim.text:
        action, more["edited"] = Action.EDIT, answer.edited
    else:
        action = Action.ACCEPT if label is claim.label else Action.RELABEL
    verdict = decisions.give(brief, claim, action, answer.reviewer, label=label, **more)
    return verdict.model_copy(update={"given_at": answer.given_at})
