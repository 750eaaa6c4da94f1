"""How far reviewers agree, and where they differ.

Cohen's kappa for two, Krippendorff's alpha for all. A reviewer's answer on a claim is the label of his
newest verdict that settles it and was not taken back; a rejected claim's answer is `none`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations

from pydantic import BaseModel
from sqlalchemy import Connection, text

from brief_nlp.agreement import alpha, kappa

NONE = "none"
MOST = 1000  # differences that are listed

Answers = Mapping[str, Mapping[str, str]]  # by claim, by reviewer


class Pair(BaseModel):
    """Two reviewers on the claims that both settled; without any there is no kappa."""

    one: str
    other: str
    claims: int
    same: int
    kappa: float | None


class Difference(BaseModel):
    """A claim that reviewers answered differently."""

    claim_id: str
    answers: dict[str, str]


class Agreement(BaseModel):
    """Every pair of reviewers, all together, and the claims on which they differ."""

    pairs: list[Pair]
    claims: int
    alpha: float | None
    differences: list[Difference]


def agreement(connection: Connection) -> Agreement:
    """The agreement of all reviewers of a store."""
    given = answers(connection)
    people = sorted({reviewer for by_reviewer in given.values() for reviewer in by_reviewer})
    pairs = []
    for one, other in combinations(people, 2):
        both = [(found[one], found[other]) for found in given.values() if one in found and other in found]
        if both:
            same = sum(left == right for left, right in both)
            pairs.append(Pair(one=one, other=other, claims=len(both), same=same, kappa=kappa(both)))
    several = [list(found.values()) for found in given.values() if len(found) > 1]
    apart = [Difference(claim_id=claim, answers=dict(found)) for claim, found in given.items() if _differ(found)]
    return Agreement(pairs=pairs, claims=len(several), alpha=alpha(several), differences=apart[:MOST])


def answers(connection: Connection) -> Answers:
    """Every reviewer's newest answer on every claim."""
    query = text("""
        SELECT a.claim_id, v.reviewer, v.action, COALESCE(v.label, v.label_seen, c.label) AS label
        FROM attachments a
        JOIN verdicts v ON v.verdict_id = a.verdict_id
        JOIN claims c ON c.claim_id = a.claim_id
        WHERE v.action NOT IN ('note', 'undo') AND NOT EXISTS (SELECT 1 FROM verdicts u WHERE u.undoes = v.verdict_id)
        ORDER BY c.document_id, c.claim, v.verdict_id
    """)
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for claim_id, reviewer, action, label in connection.execute(query):
        found[claim_id][reviewer] = NONE if action == "reject" else label
    return found


def _differ(found: Mapping[str, str]) -> bool:
    return len(set(found.values())) > 1
