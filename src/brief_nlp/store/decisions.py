"""Verdicts: appended, never changed, and found again after a re-run, a new model or a re-issued PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Engine, insert, select

from brief_nlp.claims.find import normalised
from brief_nlp.schema import Brief, Claim, Label
from brief_nlp.store.tables import verdicts

CONTEXT = 40  # characters of prefix and suffix kept with a quote, as W3C Web Annotation's TextQuoteSelector has them


class Action(StrEnum):
    """What a reviewer can do."""

    ACCEPT = "accept"
    RELABEL = "relabel"
    REJECT = "reject"
    NOTE = "note"
    UNDO = "undo"


@dataclass(frozen=True)
class Verdict:
    """One decision on one claim, as it was given."""

    document_id: str
    claim_id: str
    action: Action
    reviewer: str
    given_at: datetime
    quote: str
    prefix: str
    suffix: str
    label: Label | None = None
    note: str | None = None
    probability_seen: float | None = None


def give(
    brief: Brief, claim: Claim, action: Action, reviewer: str, *, label: Label | None = None, note: str | None = None
) -> Verdict:
    """A verdict on a claim of a brief, given now."""
    return Verdict(
        document_id=brief.document_id,
        claim_id=claim.id,
        action=action,
        reviewer=reviewer,
        given_at=datetime.now(UTC),
        quote=claim.text,
        prefix=brief.text[max(0, claim.start - CONTEXT) : claim.start],
        suffix=brief.text[claim.end : claim.end + CONTEXT],
        label=label,
        note=note,
        probability_seen=claim.probability,
    )


def append(engine: Engine, verdict: Verdict) -> int:
    """Store a verdict; returns its number."""
    values = {
        **verdict.__dict__,
        "action": verdict.action.value,
        "label": verdict.label.value if verdict.label else None,
    }
    with engine.begin() as connection:
        key = connection.execute(insert(verdicts).values(values)).inserted_primary_key
    return int(key[0]) if key else 0


def of_document(engine: Engine, document_id: str) -> list[Verdict]:
    """The verdicts given on a document, oldest first."""
    columns = [column for column in verdicts.c if column.name != "verdict_id"]
    query = select(*columns).where(verdicts.c.document_id == document_id).order_by(verdicts.c.verdict_id)
    with engine.connect() as connection:
        return [
            Verdict(**{**row, "action": Action(row["action"]), "label": Label(row["label"]) if row["label"] else None})
            for row in connection.execute(query).mappings()
        ]


def attach(given: Sequence[Verdict], brief: Brief) -> tuple[dict[str, list[Verdict]], list[Verdict]]:
    """(verdicts by the id of the claim they now belong to, orphans).

    By claim id first; else by the quote, where it stands once, or where prefix or suffix tell which
    of several it is. What fits nowhere, or could fit in two places, is an orphan: never dropped, never guessed.
    """
    by_id = {claim.id: claim for claim in brief.claims}
    by_quote: dict[str, list[Claim]] = {}
    for claim in brief.claims:
        by_quote.setdefault(normalised(claim.text), []).append(claim)
    attached: dict[str, list[Verdict]] = {}
    orphans: list[Verdict] = []
    for verdict in given:
        found = by_id.get(verdict.claim_id) or _by_quote(verdict, by_quote.get(normalised(verdict.quote), []), brief)
        if found is None:
            orphans.append(verdict)
        else:
            attached.setdefault(found.id, []).append(verdict)
    return attached, orphans


def _by_quote(verdict: Verdict, candidates: Sequence[Claim], brief: Brief) -> Claim | None:
    if len(candidates) == 1:
        return candidates[0]
    fitting = [claim for claim in candidates if _context_fits(verdict, claim, brief)]
    return fitting[0] if len(fitting) == 1 else None


def _context_fits(verdict: Verdict, claim: Claim, brief: Brief) -> bool:
    before = normalised(brief.text[max(0, claim.start - CONTEXT) : claim.start])
    after = normalised(brief.text[claim.end : claim.end + CONTEXT])
    prefix, suffix = normalised(verdict.prefix), normalised(verdict.suffix)
    return bool((prefix and before.endswith(prefix[-20:])) or (suffix and after.startswith(suffix[:20])))
