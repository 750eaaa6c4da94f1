"""Korean: the word of saying that heads the sentence and its subject; 에 따르면; nouns such as 방침이다."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from brief_nlp.schema import AUTHOR, Entity, Speaker
from brief_nlp.structure.morphology import morphemes
from brief_nlp.tagging.attribution.korean_reports import (
    Morpheme,
    Report,
    heading_report,
    is_of_words,
    outside_quotes,
)
from brief_nlp.tagging.attribution.korean_speakers import Reading, speaker_rules
from brief_nlp.tagging.attribution.speakers import UNNAMED, open_quotes

_ACCORDING = re.compile(
    r"(?:에|에게) (?:따르면|의하면)"
    r"|(?:이|가) (?:[^\s]+ ){0,4}?(?:통보한|밝힌|전한|발표한|공개한|말한) (?:바로는|바에 따르면)"
    r"|의(?: [^\s]+)? (?:자료|통계|집계|조사|기록|보고서|보도)(?:로는|(?:을|를) 보면)"
    r"|(?:의)? (?:집계|조사|추산|추정|분석|통계|발표|설명|증언|계산|말|전언|주장|표현)(?:으)?로는"
    r"|(?<=자료|통계|조사|기록|도표)(?:을|를) 보면|(?:이|가) 보기에(?:는|도)?|(?:의)? (?:말|표현)(?:을|를) (?:그대로 )?(?:빌리|옮기)(?:면|자면)"
)
_MADE_BY = re.compile(
    r"(?P<who>\S+)(?:이|가) (?:\S+ ){0,2}?"
    r"(?:내놓은|발표한|펴낸|낸|공개한|작성한|제출한|집계한|실시한|배포한|수행한|진행한|벌인|시행한|발간한|발행한|출간한|쓴"
    r"|산출한|추산한|추정한|분석한|조사한|공표한|보고한|제시한|게재한|실은|올린) \S+(?: \S+)?"
)
_CLAIMED = re.compile(
    r"(?P<who>\S+)(?:이|가) (?:내세운|밝힌|든|내놓은|제시한|댄|꼽은|내건|펼친|편) (?:\S+ )?"
    r"(?:명분|이유|논리|근거|해명|설명|사유|구실|핑계|조건|배경|입장|주장|계산)(?P<ending>은|는|이다|이었다|였다)"
)
_OF_WHAT = re.compile(r"의$")
_CONTRARY = re.compile(r"(?:지만|으나|는데|ᆫ데|은데)$")
_THAT_IS = re.compile(r"(?:다|라|자|냐|[”\"》])는 (?:것|거|얘기|이야기|말|설명)(?:이다|다)[.]?$")
_BIDDEN = re.compile(r"(?:말|하|으|두|주)라고$|자고$|냐고$|겠다고$|[”\"》](?:이?라)?고$")
_INDEFINITE = re.compile(r"(?:^|\s)(?:한|어느|어떤|복수의|익명의|또 다른) \S+$")
_QUOTATIVE_LENGTH = 4  # characters: 이라고
_OF_WORDS = re.compile(r"(?:다|라|자|냐)(?:는|던)$|^(?:단|란|ᆫ단)$")
_TABLE = re.compile(r"(?:표|그림|도표|부록)\s?[\d가-힣]?[\d.-]*$")
_WHOLE_QUOTE = re.compile(r"[“\"《].*[”\"》][.]?|[“\"《][^”\"》]*")


def sources(
    text: str,
    sentences: Sequence[tuple[int, int]],
    entities: Sequence[Entity],
    previous: tuple[Speaker, ...],
    earlier: tuple[Speaker, ...],
    persons: Mapping[str, Entity],
    parses: Sequence[Any] | None = None,
) -> list[tuple[Speaker, ...]]:
    """The chain of each sentence of a paragraph; `parses` are its morphemes, where they are known."""
    chains: list[tuple[Speaker, ...]] = []
    last = next((chain for chain in (previous, earlier) if chain != (AUTHOR,)), None)
    for place, (start, end) in enumerate(sentences):
        words = parses[place] if parses is not None else morphemes(text[start:end])
        sentence = text[start:end]
        outside, quotes = outside_quotes(sentence, words)
        reading = _Sentence(
            text, sentence, start, tuple(sentences[: place + 1]), entities, persons, previous, last, place == 0
        )
        previous = replace(reading, words=tuple(outside), quotes=tuple(quotes)).chain()
        last = previous if previous != (AUTHOR,) else last
        chains.append(previous)
    return chains


@dataclass(frozen=True)
class _Sentence(Reading):
    """A sentence in its paragraph: the chain right before it, and the last one of the paragraph that was another's."""

    def chain(self) -> tuple[Speaker, ...]:
        if self.last and self._runs_on():
            return self.last
        outer = self._according()
        report = heading_report(self.sentence, self.words, self.quotes)
        reported = self._by_report(report, outer) if report else None
        if outer:
            return (outer, *(speaker for speaker in reported or () if speaker.name != outer.name))
        return reported or (None if report else self._by_noun()) or (AUTHOR,)

    def _runs_on(self) -> bool:
        """Whether the sentence stands in quotation marks from end to end, or in some opened before it."""
        if self.told and open_quotes(self.text[self.sentences[0][0] : self.start]) > 0:
            return True
        return bool(_WHOLE_QUOTE.fullmatch(self.sentence)) and len(self.sentence.split()) > 2

    # -- words of saying

    def _by_report(self, report: Report, outer: Speaker | None) -> tuple[Speaker, ...] | None:
        if report.rule.passive:
            return self._of_document(report)
        if any(map(self.is_writer, self.particles(("JX", "JKS"), report.said, report.verb, ("은", "는", "이", "가")))):
            return None
        late = next(self.subjects(report.said, report.verb, late=True), None)
        speaker = late or self._topic(report)
        if speaker is AUTHOR:
            return None
        if speaker is None and outer is None and report.rule.id != "unlisted":
            speaker = self._dropped(report)
        if speaker is None:
            return None
        inner = next(self.subjects(report.inner.said, report.inner.verb, late=True), None) if report.inner else None
        return (speaker, inner) if inner and inner.name != speaker.name else (speaker,)

    def _of_document(self, report: Report) -> tuple[Speaker, ...] | None:
        """`일정표에는 … 라고 적혀 있다`."""
        for at in self.particles(("JKB",), 0, report.verb, ("에", "에서")):
            speaker = self.named(at, any_noun=report.stem in ("적히", "쓰이", "기록되", "기재되", "명시되"))
            if speaker:
                return (speaker,)
        return None

    def _topic(self, report: Report) -> Speaker | None:
        """The first topic that can speak, else the first subject; the writer where he names himself."""
        topics = [*self.particles(("JX", "JKS"), 0, report.said, ("은", "는", "도", "께서", "이라고", "서"))]
        if (
            self._continues()
            and self.last
            and report.stem in speaker_rules().carrying
            and not self._starts_with(topics)
        ):
            return self.last[-1]
        turn = max((one.end for one in self.words if one.tag == "EC" and _CONTRARY.search(one.form)), default=0)
        if turn < report.said:  # 결의는 …하도록 했지만, 관계자들은 …라고 말한다: who comes behind the turn speaks
            topics.sort(key=lambda at: at < turn)
        for at in topics:
            if self.is_writer(at):
                return AUTHOR
            speaker = self.pronoun(at) or self.named(at)
            if speaker and self._may_tell(at, report):
                return speaker
        if (quoting := self._quoting_topic(report)) is not None:
            return quoting
        for at in self.particles(("JKB",), 0, report.said, ("에서",)):
            speaker = self.body(at)
            if speaker:
                return speaker
        first = next(self.particles(("JKS",), 0, report.said, ("이", "가")), None)
        if first is not None and self.is_writer(first):
            return AUTHOR
        topic = next(self.particles(("JX",), 0, report.said, ("은", "는")), None)
        if topic is not None and self._is_bare_name(topic):
            return self.named(topic, any_noun=True)
        if not report.quotative and topic is not None:
            return None
        if first is None or self._is_hearsay(report) or (self.told and not self.opens and self._continues()):
            return None
        return self.pronoun(first) or self.named(first)

    def _may_tell(self, at: int, report: Report) -> bool:
        """Whether a topic tells what the sentence holds; in hearsay it is mostly whom the words are about."""
        if not self._is_hearsay(report) or _BIDDEN.search(self.sentence[: report.verb].rstrip()):
            return True
        own = self.particles(("JX", "JKS"), at + 1, report.said, ("은", "는", "이", "가"))
        return next(own, None) is not None or any(at < start < report.said for start, _ in self.quotes)

    def _quoting_topic(self, report: Report) -> Speaker | None:
        """The topic before quoted words, whatever it is: `로동계급은 《…》고 말하고있다`."""
        start = next((start for start, end in self.quotes if 0 <= report.said - end <= _QUOTATIVE_LENGTH), None)
        topics = [*self.particles(("JX", "JKS"), 0, start or 0, ("은", "는", "이", "가", "도"))]
        indefinite = None
        if not topics and not self._is_hearsay(report):
            first = next(self.particles(("JX",), 0, report.said, ("은", "는")), None)
            indefinite = first if first is not None and _INDEFINITE.search(self.sentence[:first]) else None
        at = topics[0] if topics else indefinite
        return None if at is None else self.named(at, any_noun=True)

    def _is_bare_name(self, at: int) -> bool:
        """Whether a topic is the first word and a name that no list holds: 홍민은."""
        return self.words[0].tag == "NNP" and 2 <= at <= 4 and " " not in self.sentence[:at]

    def _starts_with(self, topics: Sequence[int]) -> bool:
        return bool(topics) and len(self.sentence[: topics[0]].split()) <= 2 and self.named(topics[0]) is not None

    def _dropped(self, report: Report) -> Speaker | None:
        """Who speaks where no subject is there: whoever spoke before; a topic of no known kind; nobody in hearsay."""
        if not report.quotative and any(self.particles(("JX", "JKS"), 0, report.said, ("은", "는", "이", "가"))):
            return None  # the subject is a thing: 이 한마디가 … 것을 말해 준다
        if self._is_hearsay(report):
            return self.told[-1] if self.told and not self.opens else None
        if self.last and (self.told or self._continues()):
            return self.last[-1]
        if report.rule.needs == "object":
            return None
        for at in self.particles(("JX",), 0, report.said, ("은", "는")):
            speaker = self.named(at, any_noun=True)
            if speaker:
                return speaker
        return self.last[-1] if self.last else None

    def _is_hearsay(self, report: Report) -> bool:
        """`…다고 한다`, with no past tense."""
        tail = self.sentence[report.verb :]
        return report.stem == "하" and bool(re.match(r"(?:한다|합니다|함)[.”\"]*$", tail))

    def _continues(self) -> bool:
        return bool(self.words) and self.words[0].form in speaker_rules().continuing

    # -- nouns of saying

    def _by_noun(self) -> tuple[Speaker, ...] | None:
        """`…는 것이 관계자들의 관측이다`, `통일부는 … 방침이다`, `…라는 지적이 정부 안팎에서 나온다`."""
        rules = speaker_rules()
        if self._goes_on():
            return self.told or self.last
        if claimed := self._claimed():
            return claimed
        for at in range(len(self.words) - 1, -1, -1):
            word = self.words[at]
            if word.tag != "NNG" or word.form not in rules.predicates:
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
        if self.opens or not _THAT_IS.search(self.sentence) or not (self.told or self._is_still_about_speaker()):
            return False
        subjects = self.particles(("JX", "JKS"), 0, len(self.sentence), ("은", "는", "이", "가"))
        return not any(map(self.is_writer, subjects))

    def _is_still_about_speaker(self) -> bool:
        """Whether the sentence before starts with who spoke last: `최씨는 손사래를 쳤다.`"""
        if not self.last or len(self.sentences) < 2:  # noqa: PLR2004
            return False
        name = self.last[-1].name.removesuffix("모")
        return self.text.startswith((name, "그는 ", "그녀는 "), self.sentences[-2][0])

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
            (one.tag == "ETM" and _OF_WORDS.search(one.form)) or one.form in ("것", "게", "거")
            for one in self.words[:at]
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
            if not word.tag.startswith(("N", "XS", "MM", "VCP", "XR")) and word.form not in ("ᆫ", "은", "던"):
                return None
        return None

    def _held(self, at: int, after: Sequence[Morpheme]) -> tuple[Speaker, ...] | None:
        """A noun of saying that is object or subject: `…라는 태도를 보였다`, `…라는 시각이 우세하다`."""
        verbs = {one.form for one in after if one.tag.startswith("V")} | {
            f"{one.form}{next_.form}" for one, next_ in itertools.pairwise(after) if next_.tag in ("XSV", "XSA")
        }
        rules = speaker_rules()
        if self.told and not self.opens and verbs & rules.carrying and not self._speaking_topic(at):
            return (self.told[-1],)
        if after[0].tag in ("JKS", "JX") and _stands(after) and self._holds_words(at):
            for place in self.particles(("JKB",), 0, len(self.sentence), ("에서", "에")):
                speaker = self.body(place)
                if speaker:
                    return (speaker,)
        framed = after[0].tag == "JKB" and after[0].form in ("로", "으로") and verbs & rules.framing
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
            speaker = self.pronoun(place) or self.named(place, any_noun=self._is_bare_name(place))
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

    def _according(self) -> Speaker | None:
        masked = self.sentence
        match = _ACCORDING.search(masked)
        if not match or self.inside_quotes(match.start()):
            return None
        words = [_OF_WHAT.sub("", word) for word in masked[: match.start()].split()[-2:]]
        if len(words) > 1 and words[1] in speaker_rules().predicates:
            words.pop()  # 그의 설명에 따르면
        words = words[-1:]
        lead = masked[: match.start()]
        if _TABLE.search(lead) or any(map(self.is_writer, (match.start(), len(lead.rpartition(" ")[0])))):
            return None  # 필자의 계산에 따르면
        if words and words[0] in speaker_rules().pronouns:
            known = self.last[-1] if self.last else None
            return known or self.person_before() or (UNNAMED if words[0] != "이" else None)
        maker = _MADE_BY.search(masked, 0, match.start())
        if maker and maker.end() == match.start():
            speaker = self.named(maker.end("who"), any_noun=True)
            if speaker:
                return speaker
        if match[0].endswith("보면") and "의" not in match[0]:
            return None  # 통계를 보면: the writer looks
        return self.named(match.start(), any_noun=True)


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
