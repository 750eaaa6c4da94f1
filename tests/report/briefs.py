"""Briefs made by hand, for figures that can be counted on the fingers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from brief_nlp.schema import (
    AUTHOR,
    AssessmentKind,
    Author,
    Block,
    BlockKind,
    Brief,
    Citation,
    CitationKind,
    CitedField,
    Claim,
    Cue,
    DateMention,
    DateSource,
    DateType,
    Entity,
    EntityType,
    Evidence,
    EvidenceScope,
    FieldName,
    Footnote,
    FootnoteKind,
    Label,
    Language,
    Likelihood,
    Marker,
    Masthead,
    PublicationDate,
    Region,
    Speaker,
)

FACT, ASSESSMENT = Label.FACT, Label.ASSESSMENT
HOSTILE = (
    "<script>alert(1)</script>\"'><img src=//evil.example/x onerror=alert(2)></style></title></svg>"
    "\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe\N{ZERO WIDTH SPACE}{{ 7 * 7 }}&lt;\x07\x00\ud800]]><!--"
)
BOX = Region(page=1, x0=0, top=0, x1=10, bottom=10)


@dataclass(frozen=True)
class Said:
    """A claim to be made: `names` are (name, type, id), `dates` (first day, last day), `notes` places of notes."""

    text: str
    label: Label = FACT
    names: Sequence[tuple[str, EntityType, str | None]] = ()
    dates: Sequence[tuple[str, str]] = ()
    notes: Sequence[int] = ()
    source: tuple[Speaker, ...] = (AUTHOR,)
    kind: AssessmentKind | None = None
    likelihood: Likelihood | None = None
    unsure: bool = False
    cue: str = ""


def made(
    *said: Said,
    title: str | None = "A brief",
    published: str | None = "2024-05-20",
    number: int = 1,
    notes: Sequence[tuple[CitationKind, FieldName, str]] = (),
    called: bool = True,
    loose: int = 0,
    warnings: tuple[str, ...] = (),
    language: Language = Language.EN,
) -> Brief:
    """A brief of a title, one paragraph of claims, and notes that are called at its end."""
    parts = [title or "-", " ".join(one.text for one in said), *(f"{words}." for _, _, words in notes)]
    spans, at = [], 0
    for part in parts:
        spans.append((at, at + len(part)))
        at += len(part) + 1
    kinds = [BlockKind.TITLE, BlockKind.PARAGRAPH, *[BlockKind.FOOTNOTE] * len(notes)]
    entities, dates, claims = [], [], []
    at = spans[1][0]
    for place, one in enumerate(said):
        span = {"start": at, "end": at + len(one.text)}
        names = range(len(entities), len(entities) + len(one.names))
        entities += [
            Entity(**span, text=name, type=kind, canonical_id=key, name=name, by="hand")
            for name, kind, key in one.names
        ]
        days = range(len(dates), len(dates) + len(one.dates))
        dates += [
            DateMention(**span, text=first, type=DateType.DATE, value=first, earliest=first, latest=last, by="hand")
            for first, last in one.dates
        ]
        cue_at = at + one.text.find(one.cue)
        claims.append(
            Claim(
                **span, id=f"{number:016x}{place:016x}", text=one.text, block=1, label=one.label,
                probability=0.9 if one.label is ASSESSMENT else 0.1, encoder=0.5, needs_review=one.unsure,
                kind=one.kind, likelihood=one.likelihood, source=one.source,
                cues=(Cue(start=cue_at, end=cue_at + len(one.cue), text=one.cue, category="hedge", rule="r", weight=2),)
                if one.cue else (),
                evidence=tuple(Evidence(footnote=note, scope=EvidenceScope.SENTENCE) for note in one.notes),
                entities=tuple(names), dates=tuple(days), regions=(BOX,), by="hand",
            )
        )  # fmt: skip
        at += len(one.text) + 1
    marker = Marker(label="1", offset=spans[1][1], block=1, regions=(BOX,))
    footnotes = [
        Footnote(
            start=start, end=end, index=place, label=str(place + 1), block=place + 2, kind=FootnoteKind.REFERENCE,
            markers=(marker.model_copy(update={"label": str(place + 1)}),) if called else (),
            citations=(
                Citation(start=start, end=end, kind=kind, by="hand",
                         fields=(CitedField(start=start, end=end, name=field, value=words),)),
            ),
        )
        for place, ((kind, field, words), (start, end)) in enumerate(zip(notes, spans[2:], strict=True))
    ]  # fmt: skip
    day = PublicationDate(value=published, derived_from=DateSource.PRINTED, evidence=published) if published else None
    return Brief(
        document_id=f"{number:064x}",
        fingerprint="f" * 32,
        language=language,
        page_count=1,
        masthead=Masthead(title=title, published=day, authors=(Author(name="Han", position=title),)),
        text="\n".join(parts),
        blocks=tuple(
            Block(start=start, end=end, index=place, kind=kind, regions=(BOX,))
            for place, (kind, (start, end)) in enumerate(zip(kinds, spans, strict=True))
        ),
        furniture=(),
        footnotes=tuple(footnotes),
        markers_without_note=(marker.model_copy(update={"label": "9"}),) * loose,
        entities=tuple(entities),
        dates=tuple(dates),
        quantities=(),
        claims=tuple(claims),
        lines=(),
        warnings=warnings,
        provenance={"claims": "hand"},
    )


class Read(HTMLParser):
    """What stands in a page: its elements with their attributes, and its text by element."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[tuple[str, str]] = []
        self.declared: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.said.append((self.elements[-1][0] if self.elements else "", data))

    def handle_comment(self, data: str) -> None:
        self.declared.append(data)

    def values(self, name: str) -> list[str]:
        """All values of an attribute."""
        return [found for _, attributes in self.elements if (found := attributes.get(name)) is not None]

    @property
    def text(self) -> str:
        """All text but the style."""
        return "".join(words for tag, words in self.said if tag != "style")
