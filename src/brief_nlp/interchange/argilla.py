"""Argilla: records with suggestions and responses, as its `Record.from_dict` and `to_dict` have them (argilla 2).

The dataset they go into has a text field `text`, a label question `label` and text questions `note` and `edited`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from brief_nlp.interchange.items import Answer, Item, Returned, choice_of, moment

REVIEWERS = "reviewers"  # metadata: `user id=name@time`, since a response knows its user by id only
_WORDS = ("note", "edited")


def records(items: Iterable[Item]) -> Iterator[dict[str, Any]]:
    """One record a claim."""
    for item in items:
        claim = item.claim
        users = {answer.reviewer: str(uuid5(NAMESPACE_URL, f"brief-nlp:{answer.reviewer}")) for answer in item.answers}
        responses: dict[str, list[dict[str, str]]] = {"label": []}
        for answer in item.answers:
            responses["label"].append({"value": answer.choice, "user_id": users[answer.reviewer]})
            for name in _WORDS:
                if value := getattr(answer, name):
                    responses.setdefault(name, []).append({"value": value, "user_id": users[answer.reviewer]})
        told = [f"{users[one.reviewer]}={one.reviewer}@{one.given_at.isoformat()}" for one in item.answers]
        yield {
            "id": claim.id,
            "fields": {"text": claim.text},
            "metadata": {
                "document_id": item.brief.document_id,
                "title": item.brief.masthead.title or "",
                "page": item.page or 0,
                "source": " > ".join(speaker.name for speaker in claim.source),
                REVIEWERS: told,
            },
            "suggestions": {
                "label": {
                    "value": claim.label.value,
                    "score": claim.probability if claim.label == "assessment" else round(1 - claim.probability, 4),
                    "agent": claim.by,
                }
            },
            "responses": responses if item.answers else {},
            "vectors": {},
        }


def answers(found: Iterable[Any], where: str) -> Iterator[Returned]:
    """The answers among records; of a user whom the record's metadata does not name: by their id, and given now."""
    for number, record in enumerate(found, 1):
        place = f"{where}, record {number}"
        known: dict[str, tuple[str, str]] = {}
        for told in record["metadata"].get(REVIEWERS) or []:
            user, _, rest = told.partition("=")
            name, _, time = rest.rpartition("@")
            known[user] = (name, time)
        responses = record.get("responses") or {}
        words = {
            (name, one["user_id"]): one["value"] for name in _WORDS for one in responses.get(name, []) if one["value"]
        }
        for one in responses.get("label", []):
            user = str(one["user_id"])
            name, time = known.get(user, (user, datetime.now(UTC).isoformat()))
            answer = Answer(
                choice_of(one["value"], place), name, moment(time, place), *(words.get((part, user)) for part in _WORDS)
            )
            yield Returned(record["metadata"]["document_id"], record["id"], answer)
