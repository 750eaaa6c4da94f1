"""The taggers as spaCy components: `spacy.blank("en").add_pipe("brief_dates")`.

Each puts its values, with exact character offsets, into `doc._.brief_…`, and token spans (widened to
whole tokens) into `doc.spans[…]`. The factories are registered through entry points, so no import is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Span

from brief_nlp.schema import Language

Component = Callable[[Doc], Doc]


def _language(nlp: Pipeline) -> Language:
    return Language.KO if nlp.lang == "ko" else Language.EN


def _extend(name: str) -> None:
    if not Doc.has_extension(name):
        Doc.set_extension(name, default=())


def _spans(doc: Doc, found: Iterable[Any], label: Callable[[Any], str], kb_id: Callable[[Any], str]) -> list[Span]:
    spans = []
    for value in found:
        span = doc.char_span(value.start, value.end, label=label(value), kb_id=kb_id(value), alignment_mode="expand")
        if span is not None:
            spans.append(span)
    return spans


@Pipeline.factory("brief_entities")
def create_entities(nlp: Pipeline, name: str) -> Component:  # noqa: ARG001
    """Entities: `doc._.brief_entities`, `doc.spans["entities"]` (label: type, kb_id: canonical id)."""
    from brief_nlp.tagging.entities import find_entities
    from brief_nlp.tagging.gazetteer import load_gazetteer

    _extend("brief_entities")
    language, gazetteer = _language(nlp), load_gazetteer()

    def tag(doc: Doc) -> Doc:
        spans = [(span.start_char, span.end_char, span.label_) for span in doc.ents]
        found = find_entities(doc.text, language=language, gazetteer=gazetteer, model_spans=spans)
        doc._.brief_entities = found
        doc.spans["entities"] = _spans(doc, found, lambda e: e.type.value, lambda e: e.canonical_id or "")
        return doc

    return tag


@Pipeline.factory("brief_dates", default_config={"published": None})
def create_dates(nlp: Pipeline, name: str, published: str | None) -> Component:  # noqa: ARG001
    """Dates: `doc._.brief_dates`, `doc.spans["dates"]` (label: type, kb_id: value). `published` is EDTF."""
    from brief_nlp.tagging.dates import find_dates

    _extend("brief_dates")
    language = _language(nlp)

    def tag(doc: Doc) -> Doc:
        found = find_dates(doc.text, language=language, published=published)
        doc._.brief_dates = found
        doc.spans["dates"] = _spans(doc, found, lambda d: d.type.value, lambda d: d.value)
        return doc

    return tag


@Pipeline.factory("brief_quantities")
def create_quantities(nlp: Pipeline, name: str) -> Component:  # noqa: ARG001
    """Quantities: `doc._.brief_quantities`, `doc.spans["quantities"]` (unit or `count`); best after `brief_dates`."""
    from brief_nlp.tagging.quantities import find_quantities

    _extend("brief_quantities")
    _extend("brief_dates")
    language = _language(nlp)

    def tag(doc: Doc) -> Doc:
        found = find_quantities(doc.text, language=language, dates=doc._.brief_dates)
        doc._.brief_quantities = found
        doc.spans["quantities"] = _spans(doc, found, lambda q: q.unit or "count", lambda q: f"{q.value:g}")
        return doc

    return tag


@Pipeline.factory("brief_attribution")
def create_attribution(nlp: Pipeline, name: str) -> Component:  # noqa: ARG001
    """Sources: `doc._.brief_sources`, one chain a sentence, `doc.spans["sources"]`. Best after `brief_entities`."""
    from brief_nlp.tagging.attribution import find_sources
    from brief_nlp.tagging.sentences import split_sentences

    _extend("brief_sources")
    _extend("brief_entities")
    language = _language(nlp)

    def tag(doc: Doc) -> Doc:
        text, entities = doc.text, doc._.brief_entities
        sentences = list(split_sentences(text, 0, len(text), language=language))
        chains = tuple(find_sources(text, sentences, language=language, entities=entities))
        doc._.brief_sources = chains
        named = [speaker for chain in chains for speaker in chain if speaker.start is not None]
        doc.spans["sources"] = _spans(doc, named, lambda _: "SOURCE", lambda s: s.canonical_id or "")
        return doc

    return tag
