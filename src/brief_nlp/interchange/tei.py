"""TEI P5: a corpus with text, notes at their markers, claims as segments, answers as annotations that stand off.

https://tei-c.org/release/doc/tei-p5-doc/en/html/
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from xml.etree import ElementTree as Xml

from brief_nlp.errors import BriefError
from brief_nlp.interchange.items import Answer, Item, Returned, choice_of, moment
from brief_nlp.schema import Block, BlockKind, Brief

TEI = "http://www.tei-c.org/ns/1.0"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ANA = {"fact": "#fact", "assessment": "#assessment", "no claim": "#no-claim"}
_CHOICES = {value: choice for choice, value in _ANA.items()}


def write(items: Iterable[Item], stream: BinaryIO) -> int:
    """Write a `teiCorpus` with one `TEI` a brief; returns how many claims there are."""
    Xml.register_namespace("", TEI)
    count = 0
    stream.write(f'<?xml version="1.0" encoding="utf-8"?>\n<teiCorpus xmlns="{TEI}">\n'.encode())
    stream.write(_said(_header("brief-nlp export", "brief-nlp")))
    for _, group in itertools.groupby(items, key=lambda item: item.brief.document_id):
        found = list(group)
        stream.write(_said(_document(found)))
        count += len(found)
    stream.write(b"</teiCorpus>\n")
    return count


def answers(data: bytes, where: str) -> Iterator[Returned]:
    """The reviewers' answers in a corpus. Raises `BriefError` where it is no TEI."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise BriefError(f"{where}: it declares a document type.", "Give TEI without DOCTYPE; entities are not read.")
    try:
        root = Xml.fromstring(data)  # noqa: S314 - no DOCTYPE, so no entities
    except Xml.ParseError as error:
        raise BriefError(f"{where}: this is no XML ({error}).", "Give a TEI file.") from None
    for document in root.iter(_tag("TEI")):
        document_id = document.findtext(f".//{_tag('idno')}", "")
        for one in document.iter(_tag("annotation")):
            notes = {note.get("type"): note.text for note in one.iter(_tag("note"))}
            answer = Answer(
                choice_of(_CHOICES.get(one.get("ana", ""), one.get("ana", "")), where),
                one.findtext(f".//{_tag('persName')}") or notes.get("reviewer") or "tei",
                moment(next((change.get("when") for change in one.iter(_tag("change"))), one.get("when")), where),
                notes.get("comment"),
                notes.get("edited"),
            )
            yield Returned(document_id, one.get("target", "").removeprefix("#claim-"), answer)


def _document(items: list[Item]) -> Xml.Element:
    brief = items[0].brief
    document = Xml.Element(_tag("TEI"))
    document.append(
        _header(brief.masthead.title or "untitled", brief.masthead.publisher or "unknown", brief.document_id)
    )
    body = Xml.SubElement(Xml.SubElement(document, _tag("text"), {_LANG: brief.language.value}), _tag("body"))
    noted = {note.block for note in brief.footnotes}
    division: Xml.Element | None = None
    for block in brief.blocks:
        if block.index not in noted:
            division, element = _begun(body, division, block)
            _fill(element, brief, block, [one for one in items if one.claim.block == block.index])
    for note in brief.footnotes:
        told = {_ID: _note(brief, note.index), "place": "foot", "n": note.label}
        element = Xml.SubElement(body, _tag("note"), told)
        _fill(element, brief, brief.blocks[note.block], [one for one in items if one.claim.block == note.block])
    answered = [(item, place, answer) for item in items for place, answer in enumerate(item.answers, 1)]
    if answered:
        listed = Xml.SubElement(Xml.SubElement(document, _tag("standOff")), _tag("listAnnotation"))
        for item, place, answer in answered:
            told = {
                _ID: f"answer-{item.claim.id}-{place}",
                "target": f"#claim-{item.claim.id}",
                "ana": _ANA[answer.choice],
            }
            one = Xml.SubElement(listed, _tag("annotation"), told)
            by = Xml.SubElement(one, _tag("respStmt"))
            Xml.SubElement(by, _tag("resp")).text = "reviewer"
            Xml.SubElement(by, _tag("persName")).text = _clean(answer.reviewer)
            changed = Xml.SubElement(one, _tag("revisionDesc"))
            Xml.SubElement(changed, _tag("change"), when=answer.given_at.isoformat())
            for kind, words in (("comment", answer.note), ("edited", answer.edited)):
                if words:
                    Xml.SubElement(one, _tag("note"), type=kind).text = _clean(words)
    return document


def _begun(body: Xml.Element, place: Xml.Element | None, block: Block) -> tuple[Xml.Element, Xml.Element]:
    """(division, element for a block): headings begin divisions, items and cells lie in lists and tables.

    None of the schema's elements may stand elsewhere: a `head` only where a division begins, a `cell` only in a `row`.
    """
    last = None if place is None or not len(place) else place[-1]
    heading = block.kind in (BlockKind.TITLE, BlockKind.HEADING)
    if place is None or (heading and last is not None and last.tag != _tag("head")):
        place, last = Xml.SubElement(body, _tag("div")), None
    if heading:
        return place, Xml.SubElement(place, _tag("head"))
    if block.kind is BlockKind.LIST_ITEM:
        listed = last if last is not None and last.tag == _tag("list") else Xml.SubElement(place, _tag("list"))
        return place, Xml.SubElement(listed, _tag("item"))
    if block.kind is BlockKind.TABLE_CELL:
        number = str(block.table)
        same = last is not None and last.tag == _tag("table") and last.get("n") == number
        table = last if same and last is not None else Xml.SubElement(place, _tag("table"), n=number)
        row = table[-1] if len(table) and table[-1].get("n") == str(block.row) else None
        return place, Xml.SubElement(
            Xml.SubElement(table, _tag("row"), n=str(block.row)) if row is None else row, _tag("cell")
        )
    return place, Xml.SubElement(place, _tag("p"))


def _note(brief: Brief, index: int) -> str:
    """The id of a note, which no other brief of a corpus may have."""
    return f"note-{brief.document_id[:16]}-{index}"


def _fill(element: Xml.Element, brief: Brief, block: Block, items: list[Item]) -> None:
    """The words of a block, with its claims as segments and the calls of notes in them."""
    calls = sorted((marker.offset, note.index, note.label) for note in brief.footnotes for marker in note.markers)
    at = block.start
    for item in sorted(items, key=lambda one: one.claim.start):
        _words(element, brief.text[at : item.claim.start])
        segment = Xml.SubElement(
            element,
            _tag("seg"),
            {_ID: f"claim-{item.claim.id}", "type": "claim", "ana": _ANA[item.claim.label.value],
             "cert": f"{item.claim.probability:.4f}"},
        )  # fmt: skip
        inside = [call for call in calls if item.claim.start < call[0] <= item.claim.end]
        start = item.claim.start
        for offset, index, label in inside:
            _words(segment, brief.text[start:offset])
            Xml.SubElement(segment, _tag("ref"), type="note", target=f"#{_note(brief, index)}").text = label
            start = offset
        _words(segment, brief.text[start : item.claim.end])
        at = item.claim.end
    _words(element, brief.text[at : block.end])


def _words(element: Xml.Element, words: str) -> None:
    """Words behind what the element holds already."""
    last = element[-1] if len(element) else None
    if last is None:
        element.text = (element.text or "") + _clean(words)
    else:
        last.tail = (last.tail or "") + _clean(words)


def _header(title: str, publisher: str, document_id: str = "") -> Xml.Element:
    header = Xml.Element(_tag("teiHeader"))
    described = Xml.SubElement(header, _tag("fileDesc"))
    Xml.SubElement(Xml.SubElement(described, _tag("titleStmt")), _tag("title")).text = _clean(title)
    published = Xml.SubElement(described, _tag("publicationStmt"))
    Xml.SubElement(published, _tag("publisher")).text = _clean(publisher)
    if document_id:
        Xml.SubElement(published, _tag("idno"), type="sha256").text = document_id
    Xml.SubElement(Xml.SubElement(described, _tag("sourceDesc")), _tag("p")).text = "annotated by brief-nlp"
    return header


def _said(element: Xml.Element) -> bytes:
    return bytes(Xml.tostring(element, encoding="utf-8")) + b"\n"


def _clean(words: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(char for char in words if char in "\t\n" or ord(char) >= 32)


def _tag(name: str) -> str:
    return f"{{{TEI}}}{name}"
