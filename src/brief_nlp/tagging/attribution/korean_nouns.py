"""Korean nouns of saying: `…는 것이 관계자들의 관측이다`, `통일부는 … 방침이다`."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from brief_nlp.schema import Speaker
from brief_nlp.tagging.attribution.korean_speakers import Reading, speaker_rules
from brief_nlp.tagging.attribution.korean_told import Morpheme, is_of_words, tells_of

_CLAIMED = re.compile(
    r"(?P<who>\S+)(?:이|가) (?:내세운|밝힌|든|내놓은|제시한|댄|꼽은|내건|펼친|편) (?:\S+ )?"
    r"(?:명분|이유|논리|근거|해명|설명|사유|구실|핑계|조건|배경|입장|주장|계산)(?P<ending>은|는|이다|이었다|였다)"
)
_WRITERS_POINT = re.compile(
    r"(?:^|[ ,])(?:문제|핵심|요점|결론|관건|한계|특징|의미|교훈|것|점|사실|이|이것|그것|결과|뜻)(?:은|는) "
)
_THAT_IS = re.compile(r"(?:다|라|자|냐|[”\"》])는 (?:것|거|얘기|이야기|말|설명)(?:이다|다)[.]?$")


@dataclass(frozen=True)
class NounReading(Reading):
    """A sentence as its nouns of saying tell who speaks."""

    def by_noun(self) -> tuple[Speaker, ...] | None:
        """`…는 것이 관계자들의 관측이다`, `통일부는 … 방침이다`, `…라는 지적이 정부 안팎에서 나온다`."""
        rules = speaker_rules()
        if self._goes_on():
            return self.told
        if claimed := self._claimed():
            return claimed
        for at in range(len(self.words) - 1, -1, -1):
            word = self.words[at]
            if word.tag not in ("NNG", "NNB") or word.form not in rules.predicates:
                continue
            after = self.words[at + 1 :]
            if not after:
                return None
            if after[0].tag == "VCP" and _ends(after):
                return self._is_what(at)
            if after[0].tag == "JX" and _explains(after):
                return self._whose(at, whole=True)
            if after[0].tag in ("JKO", "JKS", "JX", "JC", "JKB") and (found := self._held(at, after)):
                return found
        return None

    def _goes_on(self) -> bool:
        """`…라는 것이다` behind the words of somebody else."""
        if self.opens or not _THAT_IS.search(self.sentence) or not self.told:
            return False
        if _WRITERS_POINT.search(" ".join(self.sentence.split()[:4]) + " "):
            return False  # 문제는 …라는 것이다
        subjects = self.particles(("JX", "JKS"), 0, len(self.sentence), ("은", "는", "이", "가"))
        return not any(map(self.is_writer, subjects))

    def _is_what(self, at: int) -> tuple[Speaker, ...] | None:
        whose = self._whose(at)
        if whose and self._holds_words(at):
            return whose
        before = self.words[at - 1] if at else None
        if before is None or before.tag != "ETM":
            return None
        intends = self.words[at].form in speaker_rules().intentions
        if not intends and not is_of_words(self.words, at):
            return None
        for place in self.particles(("JX", "JKS"), 0, self.words[at].start, ("은", "는", "도", "께서")):
            if self.is_writer(place):
                return None
            speaker = self.pronoun(place) or self.named(place)
            if speaker:
                return (speaker,)
        carried = (
            self.told if not self.opens and self.words[at].form in ("설명", "전언", "말", "얘기", "이야기") else None
        )
        return (carried[-1],) if carried else None

    def _holds_words(self, at: int) -> bool:
        """Whether words of somebody stand before a noun: `…다는 것이`, a quotation."""
        return bool(self.quotes) or any(
            tells_of(one) or (one.tag == "NNB" and one.form in ("것", "게", "거")) for one in self.words[:at]
        )

    def _whose(self, at: int, *, whole: bool = False) -> tuple[Speaker, ...] | None:
        """Who owns a noun of saying: the words before 의, with up to a few modifiers between."""
        for back in range(at - 1, max(-1, at - 6), -1):
            word = self.words[back]
            if word.tag == "JKG":
                if self.is_writer(word.start):
                    return None
                speaker = self.pronoun(word.start) or self.named(word.start, any_noun=not whole)
                return (speaker,) if speaker else None
            if not word.tag.startswith(("N", "XS", "MM", "VCP", "VA", "XR")) and word.form not in ("ᆫ", "은", "던"):
                return None
        return None

    def _held(self, at: int, after: Sequence[Morpheme]) -> tuple[Speaker, ...] | None:
        """A noun of saying that is object or subject: `…라는 태도를 보였다`, `…라는 시각이 우세하다`."""
        verbs = {one.form for one in after if one.tag.startswith("V")} | {
            f"{one.form}{next_.form}" for one, next_ in itertools.pairwise(after) if next_.tag in ("XSV", "XSA")
        }
        rules = speaker_rules()
        if self.told and not self.opens and verbs & rules.carrying and self._holds_words(at):
            return None if self._speaking_topic(at) else (self.told[-1],)
        if after[0].tag in ("JKS", "JX") and _stands(after) and self._holds_words(at):
            for place in self.particles(("JKB",), 0, len(self.sentence), ("에서", "에")):
                speaker = self.body(place)
                if speaker:
                    return (speaker,)
        framed = after[0].tag == "JKB" and after[0].form in ("로", "으로") and verbs & rules.framing
        last = next((one.form for one in reversed(after) if one.tag.startswith(("VV", "VA", "XSV"))), "")
        if last == "들" and self.words[at].form in ("이유", "근거", "사유", "명분"):
            verbs.add("내세우")  # …라는 이유를 들었다
        denied = any(f"{a.form}{b.form}" in ("지않", "지못하") for a, b in itertools.pairwise(after))
        if denied and not verbs & {"아끼", "굽히", "감추", "숨기"}:
            return None  # 돕겠다는 말을 꺼내지 않았다
        borne = after[0].tag in ("JKO", "JC", "JX") and verbs & rules.bearing
        if (framed or borne) and is_of_words(self.words, at):
            speaker = self._speaking_topic(at)
            return (speaker,) if speaker else None
        if ("일치하" in verbs or "엇갈리" in verbs) and self._holds_words(at):
            return self._whose(at, whole=True)
        return None

    def _speaking_topic(self, at: int) -> Speaker | None:
        for place in self.particles(("JX", "JKS"), 0, self.words[at].start, ("은", "는", "도", "께서")):
            if self.is_writer(place):
                return None
            speaker = self.pronoun(place) or self.named(place, any_noun=self.is_bare_name(place))
            if speaker:
                return speaker
        return None

    def _claimed(self) -> tuple[Speaker, ...] | None:
        """`당국이 내세운 명분은 …다는 것이다`, `…는 것이 그들이 내세운 이유였다`."""
        match = _CLAIMED.search(self.sentence)
        if not match or self.inside_quotes(match.start()):
            return None
        what = self.sentence[match.end() :] if match["ending"] in ("은", "는") else self.sentence[: match.start()]
        if not re.search(r"(?:다|라|자)는 (?:것|게|거)", what) or self.is_writer(match.end("who")):
            return None
        speaker = self.pronoun(match.end("who")) or self.named(match.end("who"), any_noun=True)
        return (speaker,) if speaker else None


def _ends(after: Sequence[Morpheme]) -> bool:
    """Whether a noun is the predicate: 방침이다, 설명이었다, 지적이라고 한다."""
    return not any(one.tag.startswith(("N", "J")) for one in after)


def _stands(after: Sequence[Morpheme]) -> bool:
    """Whether the last predicate tells that words are in the air: 나온다, 힘을 얻는다, 적지 않다."""
    last = max((at for at, one in enumerate(after) if one.tag.startswith(("VV", "VA", "XSV", "XSA"))), default=0)
    near = [one.form for one in after[max(0, last - 2) : last + 2]]
    joined = [first + second for first, second in itertools.pairwise(near)]
    return bool(speaker_rules().standing.intersection((*near, *joined)))


def _explains(after: Sequence[Morpheme]) -> bool:
    """`X의 주장은 …다는 것이다`."""
    return len(after) > 4 and any(
        one.form == "것" and follows.tag == "VCP" for one, follows in zip(after[-5:], after[-4:], strict=False)
    )
