"""spaCy's DocBin: one `Doc` a brief, with its annotations as span groups (https://spacy.io/api/docbin).

`doc.spans["claims"]` has the model's labels, with the claim's id as span id; each reviewer's answers lie in a group
`answers:REVIEWER`, and what a span cannot carry (time, note, other words) in `doc.user_data["answers"]`.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from brief_nlp.errors import BriefError
from brief_nlp.interchange.items import Answer, Item, Returned, choice_of, moment

if TYPE_CHECKING:
    from spacy.tokens import Doc

CLAIMS, ANSWERS = "claims", "answers"


def write(items: Iterable[Item], stream: BinaryIO) -> int:
    """Write a DocBin of all briefs; returns how many claims there are.

    It is one compressed message, so spaCy keeps all its tokens in memory until the end, but never two briefs.
    """
    import spacy
    from spacy.tokens import DocBin

    bin_ = DocBin(store_user_data=True)
    blank = {language: spacy.blank(language) if language == "en" else spacy.blank("xx") for language in ("en", "ko")}
    count = 0
    for _, group in itertools.groupby(items, key=lambda item: item.brief.document_id):
        found = list(group)
        bin_.add(_doc(blank, found))
        count += len(found)
    stream.write(bin_.to_bytes())
    return count


def answers(data: bytes, where: str) -> Iterator[Returned]:
    """The reviewers' answers in a DocBin. Raises `BriefError` where it is none."""
    import spacy
    from spacy.tokens import DocBin

    try:
        docs = list(DocBin(store_user_data=True).from_bytes(data).get_docs(spacy.blank("xx").vocab))
    except (ValueError, KeyError, TypeError, IndexError, zlib.error) as error:
        raise BriefError(f"{where}: this is no DocBin ({error}).", "Give a file that DocBin.to_disk wrote.") from None
    for doc in docs:
        told: dict[str, Any] = doc.user_data.get(ANSWERS, {})
        for group in doc.spans:
            if not group.startswith(f"{ANSWERS}:"):
                continue
            reviewer = group.removeprefix(f"{ANSWERS}:")
            for span in doc.spans[group]:
                more = told.get(f"{reviewer}:{span.id_}", {})
                time = moment(more.get("given_at"), where)
                answer = Answer(choice_of(span.label_, where), reviewer, time, more.get("note"), more.get("edited"))
                yield Returned(doc.user_data["document_id"], span.id_, answer)


def _doc(blank: dict[str, Any], items: list[Item]) -> Doc:
    brief = items[0].brief
    doc: Doc = blank[brief.language](brief.text)
    doc.user_data["document_id"] = brief.document_id
    doc.user_data["title"] = brief.masthead.title or ""

    def span(start: int, end: int, label: str, identity: str = "") -> Any:
        return doc.char_span(start, end, label, span_id=identity, alignment_mode="expand")

    doc.spans[CLAIMS] = [span(one.claim.start, one.claim.end, one.claim.label.value, one.claim.id) for one in items]
    doc.spans["entities"] = [span(one.start, one.end, one.type.value) for one in brief.entities]
    doc.spans["dates"] = [span(one.start, one.end, one.type.value) for one in brief.dates]
    told: dict[str, dict[str, str]] = {}
    groups: dict[str, list[Any]] = {}
    for item in items:
        for one in item.answers:
            groups.setdefault(one.reviewer, []).append(
                span(item.claim.start, item.claim.end, one.choice, item.claim.id)
            )
            words = {"given_at": one.given_at.isoformat(), "note": one.note, "edited": one.edited}
            told[f"{one.reviewer}:{item.claim.id}"] = {key: value for key, value in words.items() if value}
    for reviewer, spans in groups.items():
        doc.spans[f"{ANSWERS}:{reviewer}"] = spans
    doc.user_data[ANSWERS] = told
    return doc
