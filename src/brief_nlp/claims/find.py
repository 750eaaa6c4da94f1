"""The claims of a document: which sentences claim something, and all that is told of each."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from brief_nlp.characters import replaced
from brief_nlp.claims.classifier import Judged, Unit, judge, load_classifier, read_all
from brief_nlp.claims.evidence import evidence_of
from brief_nlp.claims.features import counting
from brief_nlp.claims.kinds import kind_of, likelihood_of
from brief_nlp.schema import (
    Block,
    BlockKind,
    Claim,
    Clause,
    DateMention,
    Entity,
    Footnote,
    FootnoteKind,
    Label,
    Language,
    Quantity,
    Region,
    Span,
)
from brief_nlp.settings import Settings
from brief_nlp.structure.phrases import BIBLIOGRAPHY
from brief_nlp.tagging.attribution import Passage
from brief_nlp.tagging.sentences import split_sentences

_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_FINITE_EN = ("VBD", "VBZ", "VBP", "VB", "MD")  # Penn tags of verbs that make a sentence
_VERBAL_KO = ("EF", "ETN")  # Kiwi's tags of what ends one
_STOPPED = re.compile(r"[.!?:;…][\"'”’)\]]*$")
SHORTEST = 3  # words of the shortest claim
_NO_CLAIM = re.compile(
    r"[?？][\"'”’」』)\]]*$|^\W*(?:©|ⓒ|\(c\)|copyright\b|keywords?\s*:|주제어\s*:|핵심어\s*:)"
    r"|^[^.]{0,120}(?:as follows|the following|below)?:$"
    r"|^(?:this|the (?:next|following|present|last|first)) (?:chapter|section|part|paper|brief|article|study) "
    r"(?:first |then |also |now )?(?:describes|examines|reviews|discusses|introduces|looks at|deals with"
    r"|turns to|analy[sz]es|presents)\b"
    r"|^this (?:(?:chapter|section|part|paper|brief|article|study|note) )?(?:(?:is|was) (?:mainly |partly )?"
    r"(?:written|based|adapted|excerpted|summari[sz]ed|revised|taken)|draws|builds|relies)\b"
    r"|^이 (?:글|절|장|논문|보고서|부분|연구)[은는] .{0,200}(?:바탕|토대|기초)(?:으로|로) (?:작성|재구성|정리)"
    r"|^(?:다음과 같다|다음과 같은)|(?:다음과 같다|살펴본다|살펴보고자 한다|정리하고자 한다"
    r"|검토하고자 한다|제시하고자 한다)\.$",
    re.I,
)
_FOLD = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "‐": "-"}


def find_claims(
    document_id: str,
    text: str,
    blocks: Sequence[Block],
    footnotes: Sequence[Footnote],
    *,
    language: Language,
    entities: Sequence[Entity],
    dates: Sequence[DateMention],
    quantities: Sequence[Quantity],
    regions: Callable[[int, int], tuple[Region, ...]],
    settings: Settings,
) -> tuple[Claim, ...]:
    """The claims of the body and of explanatory notes, in the order of the text."""
    classifier = load_classifier(language, settings.classifier, settings.threads)
    low, high = classifier.fusion.review
    low = low if settings.review_low is None else settings.review_low
    high = high if settings.review_high is None else settings.review_high
    passages = list(_sentences(text, blocks, footnotes, language))
    read = read_all(
        text,
        [
            Passage(spans, _of_block(entities, spans), _goes_on(before, block))
            for (before, _), (block, spans) in zip([(None, ()), *passages], passages, strict=False)
        ],
        language=language,
    )
    found = [
        (block, behind, unit)
        for (block, spans), units in zip(passages, read, strict=True)
        for unit, behind in zip(units, evidence_of(spans, block, blocks, footnotes), strict=True)
        if _claims_something(text[unit.start : unit.end]) and not _is_fragment(text, unit, block, language)
    ]
    judged = judge(text, [unit for _, _, unit in found], language=language, classifier=classifier)
    occurrences: Counter[str] = Counter()
    claims: list[Claim] = []
    for (block, behind, unit), verdict in zip(found, judged, strict=True):
        start, end, source = unit.start, unit.end, unit.source
        quote = normalised(text[start:end])
        occurrences[quote] += 1
        assessed = verdict.label is Label.ASSESSMENT
        clauses = _clauses(text, verdict, footnotes)
        claims.append(
            Claim(
                id=claim_id(document_id, quote, occurrences[quote]),
                start=start,
                end=end,
                text=text[start:end],
                block=block.index,
                label=verdict.label,
                probability=verdict.probability,
                encoder=verdict.encoder,
                needs_review=low <= verdict.probability <= high or _in_doubt(clauses, low, high),
                kind=(verdict.kind or kind_of(counting(verdict.cues, source))) if assessed else None,
                likelihood=likelihood_of(_judging(text, unit, clauses), language) if assessed else None,
                mixed=bool(clauses),
                clauses=clauses,
                source=source,
                cues=verdict.cues,
                evidence=behind,
                entities=_inside(entities, start, end),
                dates=_inside(dates, start, end),
                quantities=_inside(quantities, start, end),
                section=block.section,
                regions=regions(start, end),
                by=classifier.by,
            )
        )
    return tuple(claims)


def _goes_on(before: Block | None, block: Block) -> bool:
    """Whether a paragraph follows the other with nothing between them."""
    kinds = (before.kind if before else None, block.kind)
    return before is not None and kinds == (BlockKind.PARAGRAPH,) * 2 and before.index + 1 == block.index


def _of_block(entities: Sequence[Entity], sentences: Sequence[tuple[int, int]]) -> list[Entity]:
    return [entities[place] for place in _inside(entities, sentences[0][0], sentences[-1][1])] if sentences else []


def _clauses(text: str, verdict: Judged, footnotes: Sequence[Footnote]) -> tuple[Clause, ...]:
    """The clauses of a sentence in which fact and assessment stand side by side; none of any other sentence."""
    if not verdict.mixed:
        return ()
    called = sorted((marker.offset, note.index) for note in footnotes for marker in note.markers)
    starts = [clause.unit.start for clause in verdict.clauses]
    found = []
    for clause, following in zip(verdict.clauses, [*starts[1:], verdict.unit.end + 1], strict=True):
        start, end = clause.unit.start, clause.unit.end
        found.append(
            Clause(
                start=start,
                end=end,
                text=text[start:end],
                label=clause.label,
                probability=clause.probability,
                source=clause.unit.source,
                footnotes=tuple(note for offset, note in called if start < offset < following),
            )
        )
    return tuple(found)


def _in_doubt(clauses: Sequence[Clause], low: float, high: float) -> bool:
    """Whether a sentence is mixed only by a clause that may be of either label."""
    sure = {clause.label for clause in clauses if not low <= clause.probability <= high}
    return bool(clauses) and len(sure) < 2


def _judging(text: str, unit: Unit, clauses: Sequence[Clause]) -> str:
    """The words in which the writer judges: the assessments among the clauses, or the whole sentence."""
    own = [clause.text for clause in clauses if clause.label is Label.ASSESSMENT]
    return " ".join(own) or text[unit.start : unit.end]


def _sentences(
    text: str, blocks: Sequence[Block], footnotes: Sequence[Footnote], language: Language
) -> Iterator[tuple[Block, tuple[tuple[int, int], ...]]]:
    """Blocks that can hold claims, each with its sentences; of notes only what is no citation."""
    explaining = {
        note.block: note
        for note in footnotes
        if note.kind is not FootnoteKind.REFERENCE and not _tells_of_the_author(note, blocks)
    }
    listed = {
        block.index
        for block in blocks
        if block.kind is BlockKind.HEADING and BIBLIOGRAPHY.fullmatch(text[block.start : block.end])
    }
    for block in blocks:
        if block.kind in _PROSE:
            if block.section in listed:
                continue
            yield block, split_sentences(text, block.start, block.end, language=language)
        elif block.index in explaining:
            cited = [(citation.start, citation.end) for citation in explaining[block.index].citations]
            sentences = split_sentences(text, block.start, block.end, language=language)
            yield (
                block,
                tuple(
                    span for span in sentences if not any(left < span[1] and span[0] < right for left, right in cited)
                ),
            )


def _tells_of_the_author(note: Footnote, blocks: Sequence[Block]) -> bool:
    """Whether a note is called in the byline: it says who the author is."""
    return bool(note.markers) and all(blocks[marker.block].kind is BlockKind.BYLINE for marker in note.markers)


def _is_fragment(text: str, unit: Unit, block: Block, language: Language) -> bool:
    """Whether a piece of a note, or of a paragraph without a stop, has no verb: a label, a place, who was interviewed.

    List items are often statements without a verb.
    """
    in_note = block.kind is BlockKind.FOOTNOTE
    if block.kind is BlockKind.LIST_ITEM or not (in_note or language is Language.EN) or not unit.parse:
        return False
    if not in_note and _STOPPED.search(text[unit.start : unit.end]):
        return False
    if language is Language.KO:
        return not any(token.tag in _VERBAL_KO for token in unit.parse)
    return not any(token.tag_ in _FINITE_EN for token in unit.parse)


def _claims_something(sentence: str) -> bool:
    words = sentence.split()
    if len(words) < SHORTEST or not any(char.isalpha() for char in sentence):
        return False
    return _NO_CLAIM.search(sentence) is None


def _inside(spans: Sequence[Span], start: int, end: int) -> tuple[int, ...]:
    return tuple(place for place, span in enumerate(spans) if start <= span.start and span.end <= end)


def normalised(quote: str) -> str:
    """A quote as identity sees it: compatibility forms, case, quotes, dashes and white space made alike."""
    folded = quote if quote.isascii() else replaced(unicodedata.normalize("NFKC", quote), _FOLD)
    return " ".join(folded.casefold().split())


def claim_id(document_id: str, quote: str, occurrence: int) -> str:
    """32 hex digits from document, normalised quote and its occurrence (from 1); never from a label.

    The first four are the document's own, so that its claims lie together in every index of a database.
    """
    own = hashlib.sha256(f"{document_id}\n{occurrence}\n{quote}".encode()).hexdigest()
    return hashlib.sha256(document_id.encode()).hexdigest()[:4] + own[:28]
