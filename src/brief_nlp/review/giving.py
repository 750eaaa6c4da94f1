"""Verdicts as the page sends them: each once, in order, whatever became of the claim meanwhile."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy import Connection, Engine, select

from brief_nlp.errors import BriefError
from brief_nlp.review import listing
from brief_nlp.review.detail import claim_of
from brief_nlp.review.listing import Filter, Row
from brief_nlp.schema import Label
from brief_nlp.store.database import writing
from brief_nlp.store.decisions import NEEDED, Action, Verdict, append_in, give
from brief_nlp.store.query import bound
from brief_nlp.store.tables import documents, verdicts

AT_ONCE = 200  # claims that one request accepts
SAMPLE = 10  # claims that are shown before many are accepted
SKEW = timedelta(minutes=5)  # how far the clock of a reviewer's machine may be ahead

Key = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Reviewer = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")]


class Sent(BaseModel):
    """A verdict from the page. `quote` to `suffix` are what the reviewer saw, should a run have changed the claim."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Key = Field(description="chosen by the sender: sent twice, it is stored once")
    claim_id: Key
    document_id: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    action: Action
    label: Label | None = None
    edited: Annotated[str, Field(min_length=1, max_length=10_000)] | None = None
    note: Annotated[str, Field(min_length=1, max_length=10_000)] | None = None
    undoes: Key | None = Field(None, description="key of the verdict that is taken back")
    reviewer: Reviewer
    given_at: AwareDatetime
    quote: Annotated[str, Field(max_length=10_000)] = ""
    prefix: Annotated[str, Field(max_length=200)] = ""
    suffix: Annotated[str, Field(max_length=200)] = ""
    label_seen: Label | None = None
    probability_seen: Annotated[float, Field(ge=0, le=1)] | None = None


class Sure(Filter):
    """A list, and how sure the model must be of a claim's label."""

    above: Annotated[float, Field(ge=0.5, le=1)]


class Bulk(BaseModel):
    """Accept all claims of a list that the model is surer of than `above`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Key
    asked: Filter
    above: Annotated[float, Field(ge=0.5, le=1)]
    reviewer: Reviewer


class Offer(BaseModel):
    """How many claims would be accepted, and some of them drawn by lot."""

    count: int
    sample: list[Row]


class Progress(BaseModel):
    """How many were accepted now, and how many are left."""

    done: int
    left: int


def take(engine: Engine, sent: Sent) -> int:
    """Store a verdict and give its number. Raises `BriefError` where it takes back what is not there or another's."""
    with writing(engine) as connection:
        known = select(verdicts.c.verdict_id).where(verdicts.c.key == sent.key)
        if (number := connection.execute(known).scalar()) is not None:
            return int(number)
        return append_in(connection, _verdict(connection, sent))


def _verdict(connection: Connection, sent: Sent) -> Verdict:
    needed = NEEDED.get(sent.action)
    if needed and sent.action is not Action.ACCEPT and getattr(sent, needed) is None:
        raise BriefError(f"{sent.action} needs `{needed}`.")
    given_at = min(sent.given_at.astimezone(UTC), datetime.now(UTC) + SKEW)
    undoes = _undone(connection, sent) if sent.action is Action.UNDO else None
    label = sent.label or (sent.label_seen if sent.action is Action.ACCEPT else None)
    more: dict[str, Any] = {"key": sent.key, "edited": sent.edited, "note": sent.note, "undoes": undoes}
    if found := claim_of(connection, sent.claim_id):
        brief, claim = found
        named = {"label": label} if label else {}
        verdict = give(brief, claim, sent.action, sent.reviewer, **more, **named)
        # what the reviewer saw may be older than what is stored now
        seen = {"label_seen": sent.label_seen, "probability_seen": sent.probability_seen, "given_at": given_at}
        return verdict.model_copy(update={key: value for key, value in seen.items() if value is not None})
    if not sent.quote:
        raise BriefError("There is no such claim.", "Load the list anew.")
    if sent.action is Action.ACCEPT and label is None:
        raise BriefError("The claim that is accepted is gone, and its label was not told.")
    work = select(documents.c.work).where(documents.c.document_id == sent.document_id)
    return Verdict(
        document_id=sent.document_id,
        work=connection.execute(work).scalar(),
        claim_id=sent.claim_id,
        action=sent.action,
        label=label,
        reviewer=sent.reviewer,
        given_at=given_at,
        quote=sent.quote,
        prefix=sent.prefix,
        suffix=sent.suffix,
        label_seen=sent.label_seen,
        probability_seen=sent.probability_seen,
        **more,
    )


def _undone(connection: Connection, sent: Sent) -> int:
    query = select(verdicts.c.verdict_id, verdicts.c.reviewer).where(verdicts.c.key == sent.undoes)
    found = connection.execute(query).first()
    if found is None:
        raise BriefError("The verdict to be taken back is not there.", "Load the claim anew.")
    if found.reviewer != sent.reviewer:
        raise BriefError("This verdict is another reviewer's.", "Give your own; both are kept.")
    return int(found.verdict_id)


def offer(connection: Connection, asked: Sure) -> Offer:
    """What `accept_many` would accept."""
    where, values = _acceptable(connection, asked, asked.above)
    query = f"""
        SELECT c.claim_id FROM claims_current c JOIN documents d ON d.document_id = c.document_id
        WHERE {where} ORDER BY RANDOM() LIMIT {SAMPLE}
    """  # noqa: S608 - conditions are the project's own, what is asked is bound
    drawn = connection.execute(bound(query, values), values).scalars().all()
    return Offer(count=listing.counted(connection, where, values), sample=listing.rows(connection, drawn))


def accept_many(engine: Engine, bulk: Bulk) -> Progress:
    """Accept at most `AT_ONCE` of the claims, in one transaction; to be repeated until none is left."""
    with writing(engine) as connection:
        where, values = _acceptable(connection, bulk.asked, bulk.above)
        query = f"""
            SELECT c.claim_id FROM claims_current c JOIN documents d ON d.document_id = c.document_id
            WHERE {where} ORDER BY c.document_id, c.claim LIMIT {AT_ONCE}
        """  # noqa: S608
        chosen = connection.execute(bound(query, values), values).scalars().all()
        accepted = [found for claim_id in chosen if (found := claim_of(connection, claim_id))]
        for brief, claim in accepted:
            key = hashlib.sha256(f"{bulk.key}\n{claim.id}".encode()).hexdigest()[:32]
            append_in(connection, give(brief, claim, Action.ACCEPT, bulk.reviewer, key=key))
        return Progress(done=len(accepted), left=listing.counted(connection, where, values))


def _acceptable(connection: Connection, asked: Filter, above: float) -> tuple[str, dict[str, Any]]:
    where, values = listing.matching(connection.dialect.name, asked)
    sure, more = listing.sure_of(above)
    return f"{where} AND {sure}", {**values, **more}
