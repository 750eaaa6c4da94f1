"""Prodigy: JSON Lines for its `choice` interface (https://prodi.gy/docs/api-interfaces#choice)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from brief_nlp.interchange.items import CHOICES, Answer, Item, Returned, choice_of, moment

OPTIONS = [{"id": choice, "text": choice} for choice in CHOICES]


def examples(items: Iterable[Item]) -> Iterator[dict[str, Any]]:
    """One example a claim and answer; claims without an answer come once, to be answered."""
    for item in items:
        base = {
            "text": item.claim.text,
            "options": OPTIONS,
            "meta": {
                "document_id": item.brief.document_id,
                "claim_id": item.claim.id,
                "title": item.brief.masthead.title,
                "page": item.page,
                "before": item.before,
                "after": item.after,
                "source": " > ".join(speaker.name for speaker in item.claim.source),
                "model": item.claim.label.value,
                "probability": item.claim.probability,
            },
        }
        if not item.answers:
            yield base
        for answer in item.answers:
            yield {
                **base,
                "accept": [answer.choice],
                "answer": "accept",
                "_timestamp": answer.given_at.timestamp(),
                "_annotator_id": answer.reviewer,
                **({"note": answer.note} if answer.note else {}),
                **({"edited": answer.edited} if answer.edited else {}),
            }


def answers(lines: Iterable[tuple[int, Any]], where: str) -> Iterator[Returned]:
    """The answers among numbered examples; what was ignored or not answered is none."""
    for number, one in lines:
        if one.get("answer") != "accept" or not one.get("accept"):
            continue
        place = f"{where} line {number}"
        answer = Answer(
            choice_of(one["accept"][0], place),
            str(one.get("_annotator_id") or one.get("_session_id") or "prodigy"),
            moment(one["_timestamp"], place),
            one.get("note") or None,
            one.get("edited") or None,
        )
        yield Returned(one["meta"]["document_id"], one["meta"]["claim_id"], answer)
