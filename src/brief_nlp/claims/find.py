"""The claims of a document: which sentences claim something, and all that is told of each."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from brief_nlp.claims.classifier import counting, load_cue_model, probability_of_assessment
from brief_nlp.claims.cues import find_cues
from brief_nlp.claims.evidence import evidence_of
from brief_nlp.claims.kinds import is_mixed, kind_of, likelihood_of
from brief_nlp.schema import (
    Block,
    BlockKind,
    Claim,
    DateMention,
    Entity,
    Evidence,
    Footnote,
    FootnoteKind,
    Label,
    Language,
    Quantity,
    Region,
    Span,
    Speaker,
)
from brief_nlp.settings import Settings
from brief_nlp.tagging.attribution import find_sources
from brief_nlp.tagging.sentences import split_sentences

_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
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
_FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "‐": "-"})


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
    occurrences: Counter[str] = Counter()
    claims: list[Claim] = []
    for block, sentences in _sentences(text, blocks, footnotes, language):
        evidence = evidence_of(sentences, block, blocks, footnotes)
        chains = find_sources(text, sentences, language=language, entities=_of_block(entities, sentences))
        for (start, end), behind, source in zip(sentences, evidence, chains, strict=True):
            if not _claims_something(text[start:end]):
                continue
            quote = normalised(text[start:end])
            occurrences[quote] += 1
            inside = _inside(entities, start, end)
            claims.append(
                _claim(
                    text,
                    Span(start=start, end=end),
                    block,
                    behind,
                    source,
                    language=language,
                    settings=settings,
                    claim_id=claim_id(document_id, quote, occurrences[quote]),
                    entities=inside,
                    dates=_inside(dates, start, end),
                    quantities=_inside(quantities, start, end),
                    regions=regions(start, end),
                )
            )
    return tuple(claims)


def _of_block(entities: Sequence[Entity], sentences: Sequence[tuple[int, int]]) -> list[Entity]:
    return [entities[place] for place in _inside(entities, sentences[0][0], sentences[-1][1])] if sentences else []


def _claim(
    text: str,
    span: Span,
    block: Block,
    evidence: tuple[Evidence, ...],
    source: tuple[Speaker, ...],
    *,
    language: Language,
    settings: Settings,
    claim_id: str,
    entities: tuple[int, ...],
    dates: tuple[int, ...],
    quantities: tuple[int, ...],
    regions: tuple[Region, ...],
) -> Claim:
    cues = find_cues(text, span.start, span.end, language=language)
    probability = probability_of_assessment(cues, source, language)
    label = Label.ASSESSMENT if probability >= 0.5 else Label.FACT
    counted = counting(cues, source)
    sentence = text[span.start : span.end]
    assessed = label is Label.ASSESSMENT
    return Claim(
        id=claim_id,
        start=span.start,
        end=span.end,
        text=sentence,
        block=block.index,
        label=label,
        probability=probability,
        needs_review=settings.review_low <= probability <= settings.review_high or not counted,
        kind=kind_of(counted) if assessed else None,
        likelihood=likelihood_of(sentence, language) if assessed else None,
        mixed=is_mixed(text, span.start, span.end, counted, language),
        source=source,
        cues=cues,
        evidence=evidence,
        entities=entities,
        dates=dates,
        quantities=quantities,
        section=block.section,
        regions=regions,
        by=load_cue_model().by,
    )


def _sentences(
    text: str, blocks: Sequence[Block], footnotes: Sequence[Footnote], language: Language
) -> Iterator[tuple[Block, tuple[tuple[int, int], ...]]]:
    """Blocks that can hold claims, each with its sentences; of notes only what is no citation."""
    explaining = {note.block: note for note in footnotes if note.kind is not FootnoteKind.REFERENCE}
    for block in blocks:
        if block.kind in _PROSE:
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


def _claims_something(sentence: str) -> bool:
    words = sentence.split()
    if len(words) < SHORTEST or not any(char.isalpha() for char in sentence):
        return False
    return _NO_CLAIM.search(sentence) is None


def _inside(spans: Sequence[Span], start: int, end: int) -> tuple[int, ...]:
    return tuple(place for place, span in enumerate(spans) if start <= span.start and span.end <= end)


def normalised(quote: str) -> str:
    """A quote as identity sees it: compatibility forms, case, quotes, dashes and white space made alike."""
    folded = unicodedata.normalize("NFKC", quote).translate(_FOLD).casefold()
    return " ".join(folded.split())


def claim_id(document_id: str, quote: str, occurrence: int) -> str:
    """32 hex digits from document, normalised quote and its occurrence (from 1); never from a label."""
    return hashlib.sha256(f"{document_id}\n{occurrence}\n{quote}".encode()).hexdigest()[:32]
