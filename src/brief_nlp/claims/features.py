"""What the rules and the grammar say of a sentence, as numbers that are fused with the encoder's score."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from brief_nlp.schema import AUTHOR, Cue, Language, Speaker

JUDGEMENT = "judgement"  # the writer's own word about a statement: counts even where it is reported
LAST_MORPHEMES = 6
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|us|[Mm]y)\b|(?<![가-힣])(?:나는|내가|우리는|우리의|필자는|본고는)")
_QUOTE = re.compile(r"[“”\"]")
_ENDING = ("EF", "EC", "EP", "ETM", "NNB", "VX", "VV", "VA", "VCP", "VCN", "XSV", "XSA", "JX")


def features(
    sentence: str, cues: Sequence[Cue], source: Sequence[Speaker], *, language: Language, parsed: Any = None
) -> dict[str, float]:
    """Named numbers of a sentence or clause. `parsed` is its spaCy `Doc` or `Span`, or the morphemes of a Korean one.

    Cues of a named speaker's statement count as facts about the statement, unless the writer judges it.
    """
    counted = counting(cues, source)
    found: defaultdict[str, float] = defaultdict(float, {f"cue:{cue.rule.partition('.')[2]}": 1.0 for cue in counted})
    found["cues"] = max(-6.0, min(6.0, sum({cue.rule: cue.weight for cue in counted}.values())))
    found["voice:other"] = float(tuple(source) != (AUTHOR,))
    found["voice:judged"] = float(found["voice:other"] > 0 and any(cue.category == JUDGEMENT for cue in counted))
    found["figure"] = float(any(char.isdigit() for char in sentence))
    found["quote"] = float(_QUOTE.search(sentence) is not None)
    found["first person"] = float(_FIRST_PERSON.search(sentence) is not None)
    found["length"] = math.log(max(1, len(sentence.split())) / 20)
    found.update(dict.fromkeys(_endings(parsed or ()) if language is Language.KO else _heads(parsed), 1.0))
    return {name: value for name, value in found.items() if value}


def counting(cues: Sequence[Cue], source: Sequence[Speaker]) -> list[Cue]:
    """The cues that are the writer's: all of them, unless somebody else speaks.

    Of a reported statement only what speaks for a fact counts, or, where the writer judges it, the judgement alone.
    """
    if tuple(source) == (AUTHOR,):
        return list(cues)
    judged = [cue for cue in cues if cue.category == JUDGEMENT]
    return judged or [cue for cue in cues if cue.weight < 0]


def _heads(parsed: Any) -> set[str]:
    """Tense, mood, voice, complement and subject of the main verb and of the verbs joined to it."""
    found: set[str] = set()
    for token in parsed or ():
        if not (token.dep_ == "ROOT" or (token.dep_ == "conj" and token.head.dep_ == "ROOT")):
            continue
        if token.pos_ not in ("VERB", "AUX"):
            continue
        helpers = [child for child in token.children if child.dep_ in ("aux", "auxpass")]
        names = {f"tense={(helpers[0] if helpers else token).tag_}"}
        names |= {f"modal={helper.lemma_.lower()}" for helper in helpers if helper.tag_ == "MD"}
        names |= {"be"} if token.lemma_ == "be" else set()
        names |= {"perfect"} if any(helper.lemma_ == "have" for helper in helpers) else set()
        names |= {"progressive"} if token.tag_ == "VBG" else set()
        for child in token.children:
            if child.dep_ in ("acomp", "attr", "neg", "auxpass", "ccomp", "xcomp", "expl"):
                names.add(child.dep_)
            elif child.dep_ in ("nsubj", "nsubjpass"):
                names.add(f"subject={child.lower_ if child.pos_ == 'PRON' else child.pos_}")
        lead = "head" if token.dep_ == "ROOT" else "joined"
        found |= {f"{lead}:{name}" for name in names}
    return found


def _endings(morphemes: Sequence[Any]) -> set[str]:
    """The last morphemes of the sentence: verb endings and what they stand on."""
    tokens = [token for token in morphemes if token.tag[0] != "S"]
    last = [f"{token.form}/{token.tag.partition('-')[0]}" for token in tokens[-LAST_MORPHEMES:]]
    found = {f"end:{name}" for name in last if name.rpartition("/")[2] in _ENDING}
    return found | {f"end:{'+'.join(last[-size:])}" for size in (2, 3) if len(last) >= size}
