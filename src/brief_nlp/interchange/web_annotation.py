"""W3C Web Annotation: a collection in JSON-LD (https://www.w3.org/TR/annotation-model/).

The target of an annotation is the PDF by its hash; its selectors say the same place three times: by quote with prefix
and suffix, by position in the reading text, and by fragment of the PDF (page and box, RFC 8118).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from brief_nlp.interchange.items import Answer, Item, Returned, choice_of, moment
from brief_nlp.interchange.lists import write_list
from brief_nlp.schema import Region

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
PDF_FRAGMENT = "http://tools.ietf.org/rfc/rfc3778"  # the value that the recommendation lists for PDF
SOURCE, CLAIM, AGENT = "urn:sha256:", "urn:brief-nlp:claim:", "urn:brief-nlp:reviewer:"


def write(items: Iterable[Item], stream: BinaryIO) -> int:
    """Write all annotations: the model's label of each claim, and each answer of a reviewer; returns how many.

    How many there are stands at the end, since only then it is known; the order of names means nothing in JSON.
    """
    head = json.dumps({"@context": CONTEXT, "type": "AnnotationCollection", "label": "brief-nlp"})
    page = json.dumps({"type": "AnnotationPage", "startIndex": 0})
    stream.write(f'{head[:-1]}, "first": {page[:-1]}, "items": '.encode())
    count = write_list((annotation for item in items for annotation in _annotations(item)), stream)
    stream.write(f'}}, "total": {count}}}\n'.encode())
    return count


def answers(found: Any, where: str) -> Iterator[Returned]:
    """The reviewers' answers in a collection, a page or a list of annotations."""
    page = found.get("first", found) if isinstance(found, dict) else {"items": found}
    for number, one in enumerate(page["items"], 1):
        if one.get("motivation") != "assessing":
            continue
        place = f"{where}, annotation {number}"
        bodies = {body["purpose"]: body["value"] for body in one["body"]}
        creator = one["creator"]
        answer = Answer(
            choice_of(bodies["classifying"], place),
            str(creator.get("name") or creator.get("id") if isinstance(creator, dict) else creator),
            moment(one["created"], place),
            bodies.get("commenting"),
            bodies.get("editing"),
        )
        yield Returned(one["target"]["source"].removeprefix(SOURCE), one["target"]["id"].removeprefix(CLAIM), answer)


def _annotations(item: Item) -> Iterator[dict[str, Any]]:
    target = _target(item)
    yield {
        "@context": CONTEXT,
        "id": f"{CLAIM}{item.claim.id}:model",
        "type": "Annotation",
        "motivation": "classifying",
        "generator": {"id": f"urn:brief-nlp:model:{item.claim.by}", "type": "Software", "name": item.claim.by},
        "body": [_body("classifying", item.claim.label.value)],
        "target": target,
    }
    for answer in item.answers:
        words = {"commenting": answer.note, "editing": answer.edited}
        yield {
            "@context": CONTEXT,
            "id": f"{CLAIM}{item.claim.id}:{answer.reviewer}:{answer.given_at.isoformat()}",
            "type": "Annotation",
            "motivation": "assessing",
            "creator": {"id": f"{AGENT}{answer.reviewer}", "type": "Person", "name": answer.reviewer},
            "created": answer.given_at.isoformat(),
            "body": [
                _body("classifying", answer.choice),
                *(_body(purpose, value) for purpose, value in words.items() if value),
            ],
            "target": target,
        }


def _target(item: Item) -> dict[str, Any]:
    claim = item.claim
    return {
        "id": f"{CLAIM}{claim.id}",
        "source": f"{SOURCE}{item.brief.document_id}",
        "selector": [
            {"type": "TextQuoteSelector", "exact": claim.text, "prefix": item.before, "suffix": item.after},
            {"type": "TextPositionSelector", "start": claim.start, "end": claim.end},
            *(
                {"type": "FragmentSelector", "conformsTo": PDF_FRAGMENT, "value": _fragment(box)}
                for box in claim.regions
            ),
        ],
    }


def _fragment(box: Region) -> str:
    """Page, left, top, width and height in points."""
    return f"page={box.page}&viewrect={box.x0:.1f},{box.top:.1f},{box.x1 - box.x0:.1f},{box.bottom - box.top:.1f}"


def _body(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "value": value}
