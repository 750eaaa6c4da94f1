"""Korean sentences in note form (`… 추산됨.`, `… 필요가 있음.`) with the ending that a full sentence has.

Briefs in outline form end their sentences in the nominal `-음`; what the classifier and the cues know ends in `-다`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from brief_nlp.structure.morphology import kiwi

_NOMINAL = ("ᆷ", "음")
_NOMINAL_TAGS = ("ETN", "EF")  # Kiwi's, of a nominal ending: inside a sentence, and where it closes one
_GENITIVE = "JKG"
_SENTENCE_END = ("SF", "SP", "SSC", "SW", "SY", "SE")  # stops, closing brackets and marks behind the last word
_ACTS = ("VV", "XSV", "VX")  # what takes -ㄴ다 in the present; all else takes -다
_STATES = ("있", "없", "않", "못하")  # of the same tags, those that may describe
_FINALS = 28  # ways in which a Hangul syllable ends: 0 in a vowel
_RIEUL = 8


def full_sentence(sentence: str, morphemes: Sequence[Any]) -> str:
    """The sentence with `-다` in the place of a nominal ending; as it is where it has none."""
    last = next((place for place in range(len(morphemes) - 1, 0, -1) if morphemes[place].tag not in _SENTENCE_END), 0)
    if not last or morphemes[last].form not in _NOMINAL or morphemes[last].tag not in _NOMINAL_TAGS:
        return sentence
    first = last
    while first and morphemes[first - 1].word_position == morphemes[last].word_position:
        first -= 1
    word = [(token.form, token.tag) for token in morphemes[first:last]]
    analyser = kiwi()
    if not word or analyser is None or (first and morphemes[first - 1].tag == _GENITIVE):
        return sentence  # what is somebody's is a noun
    ending = _ending(*word[-1])
    rest = sentence[morphemes[last].start + morphemes[last].len :]
    return f"{sentence[: morphemes[first].start]}{analyser.join([*word, (ending, 'EF')])}{rest}"


def _ending(form: str, tag: str) -> str:
    if tag.partition("-")[0] not in _ACTS or form in _STATES:
        return "다"
    final = (ord(form[-1]) - ord("가")) % _FINALS if "가" <= form[-1] <= "힣" else 1
    return "ᆫ다" if final in (0, _RIEUL) else "는다"
