"""Label Studio: tasks with predictions and annotations, and its JSON export (https://labelstud.io/guide/task_format)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from brief_nlp.interchange.items import CHOICES, Answer, Item, Returned, choice_of, moment

CONFIG = f"""<View>
  <Header value="$title, page $page"/>
  <Text name="before" value="$before"/>
  <Text name="text" value="$text"/>
  <Text name="after" value="$after"/>
  <Choices name="label" toName="text" choice="single" required="true">
    {"".join(f'<Choice value="{choice}"/>' for choice in CHOICES)}
  </Choices>
  <TextArea name="note" toName="text" placeholder="note"/>
  <TextArea name="edited" toName="text" placeholder="the words that the claim should have had"/>
</View>
"""


def tasks(items: Iterable[Item]) -> Iterator[dict[str, Any]]:
    """One task a claim: the model's label as its prediction, each reviewer's answer as an annotation."""
    for item in items:
        claim = item.claim
        yield {
            "data": {
                "text": claim.text,
                "before": item.before,
                "after": item.after,
                "title": item.brief.masthead.title or "",
                "page": item.page or "",
                "source": " > ".join(speaker.name for speaker in claim.source),
                "footnotes": item.notes,
                "document_id": item.brief.document_id,
                "claim_id": claim.id,
            },
            "predictions": [
                {
                    "model_version": claim.by,
                    "score": claim.probability if claim.label == "assessment" else round(1 - claim.probability, 4),
                    "result": [_choice(claim.label.value)],
                }
            ],
            "annotations": [
                {
                    "completed_by": {"email": answer.reviewer},
                    "created_at": answer.given_at.isoformat(),
                    "was_cancelled": False,
                    "result": [
                        _choice(answer.choice),
                        *(_words(name, value) for name in ("note", "edited") if (value := getattr(answer, name))),
                    ],
                }
                for answer in item.answers
            ],
        }


def answers(exported: Any, where: str) -> Iterator[Returned]:
    """The answers in a JSON export. Raises `BriefError` on a wrong time or label, `KeyError` … on another file."""
    for number, task in enumerate(exported, 1):
        place = f"{where}, task {number}"
        for annotation in task.get("annotations", []):
            if annotation.get("was_cancelled"):
                continue
            found = {one["from_name"]: one["value"] for one in annotation["result"]}
            if "label" not in found:
                continue
            by = annotation.get("completed_by", "")
            answer = Answer(
                choice_of(found["label"]["choices"][0], place),
                str(by.get("email") or by.get("id") if isinstance(by, dict) else by) or "label-studio",
                moment(annotation["created_at"], place),
                *("\n".join(found[name]["text"]) if name in found else None for name in ("note", "edited")),
            )
            yield Returned(task["data"]["document_id"], task["data"]["claim_id"], answer)


def _choice(choice: str) -> dict[str, Any]:
    return {"from_name": "label", "to_name": "text", "type": "choices", "value": {"choices": [choice]}}


def _words(name: str, words: str) -> dict[str, Any]:
    return {"from_name": name, "to_name": "text", "type": "textarea", "value": {"text": [words]}}
