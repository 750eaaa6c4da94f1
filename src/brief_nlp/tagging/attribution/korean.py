"""Korean: the word of saying that heads the sentence and its subject; 에 따르면; nouns such as 방침이다."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from brief_nlp.schema import AUTHOR, Entity, EntityType, Speaker
from brief_nlp.structure.morphology import morphemes
from brief_nlp.tagging.attribution.korean_nouns import NounReading
from brief_nlp.tagging.attribution.korean_reports import (
    Report,
    heading_report,
    outside_quotes,
)
from brief_nlp.tagging.attribution.korean_speakers import is_share, speaker_rules
from brief_nlp.tagging.attribution.speakers import UNNAMED, open_quotes, plain_speaker

_ACCORDING = re.compile(
    r"(?:에|에게) (?:따르면|의하면)(?!서)"
    r"|(?:이|가) (?:[^\s]+ ){0,4}?(?:통보한|밝힌|전한|발표한|공개한|말한) (?:바로는|바에 따르면)"
    r"|의(?: [^\s]+)? (?:자료|통계|집계|조사|기록|보고서|보도)(?:로는|(?:을|를) (?:보면|살펴보면|종합하면))"
    r"|(?:의)? (?:집계|조사|추산|추정|분석|통계|발표|설명|증언|계산|말|전언|주장|표현)(?:으)?로는"
    r"|(?<=자료|통계|조사|기록|보도|발표)(?:을|를) (?:보면|살펴보면|종합하면)|(?:이|가) 보기에(?:는|도)?"
    r"|(?:의)? (?:말|표현)(?:을|를) (?:그대로 )?(?:빌리|옮기)(?:면|자면)"
)
_MADE_BY = re.compile(
    r"(?P<who>\S+)(?:이|가) (?:\S+ ){0,4}?"
    r"(?:내놓은|발표한|펴낸|낸|공개한|작성한|제출한|집계한|실시한|배포한|수행한|진행한|벌인|시행한|발간한|발행한|출간한|쓴"
    r"|산출한|추산한|추정한|분석한|조사한|공표한|보고한|제시한|게재한|실은|올린) \S+(?: \S+)?"
)
_ANSWER = re.compile(r"(?P<who>[가-힣]+(?: [가-힣]+)?)\s?: ")
_NAME = 3  # syllables
_OF_WHAT = re.compile(r"의$")
_CONTRARY = re.compile(r"(?:지만|으나|는데|ᆫ데|은데)$")
_BIDDEN = re.compile(r"(?:말|하|으|두|주)라고$|자고$|냐고$|겠다고$|[”\"》](?:이?라)?고$")
_BID = re.compile(r"(?:지 말라고|[가-힣]자고|(?:하|으|기|리|치|내|오|가|보|주|두|지)라고)$")
_INDEFINITE = re.compile(r"(?:^|\s)(?:한|어느|어떤|복수의|익명의|또 다른) \S+$")
_QUOTATIVE_LENGTH = 4  # characters: 이라고
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
class _Sentence(NounReading):
    """A sentence in its paragraph: the chain right before it, and the last one of the paragraph that was another's."""

    def chain(self) -> tuple[Speaker, ...]:
        if self.last and self._runs_on():
            return self.last
        if answering := self._answering():
            return (answering,)
        outer = self._according()
        report = heading_report(self.sentence, self.words, self.quotes)
        reported = self._by_report(report, outer) if report else None
        if outer:
            inner = (one for one in reported or () if one.name != outer.name)
            return (outer, *(one for one in inner if not is_share(one.name)))  # a survey speaks for those it asked
        return reported or (None if report else self.by_noun()) or (AUTHOR,)

    def _answering(self) -> Speaker | None:
        """Whose answer it is in an interview, `한지은: …`, to the end of the paragraph."""
        for left, right in reversed(self.sentences):
            match = _ANSWER.match(self.text, left, right)
            if match and (match["who"].endswith(speaker_rules().persons) or self._is_person(match)):
                return plain_speaker(self.text, match.start("who"), match.end("who"))
        return None

    def _is_person(self, match: re.Match[str]) -> bool:
        """Whether the words before a colon are a name: marked up as one, or three syllables with a surname."""
        known = (e.start == match.start("who") and e.type is EntityType.PERSON for e in self.entities)
        return any(known) or (len(match["who"]) == _NAME and match["who"][0] in speaker_rules().surnames)

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
        last = max(self.particles(("JX",), 0, report.said, ("은", "는", "도")), default=None)
        if last is not None and self.is_writer(last):
            return None  # 그들은 묻고, 나는 모른다고 대답한다
        speaker = late or self._topic(report)
        if speaker is AUTHOR:
            return None
        if speaker is None and outer is None and report.rule.id != "unlisted":
            speaker = self._dropped(report)
        if speaker is None:
            return None
        if report.stem in speaker_rules().minds and not self._is_of_person(speaker):
            return None  # 당국은 …라고 믿는다: what the writer takes a body to think
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
        if topic is not None and self.is_bare_name(topic):
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
            if first is not None and report.rule.needs == "words" and _BID.search(self.sentence[: report.said]):
                indefinite = first  # …지 말고 기라고: what is told to do has no topic of its own
        at = topics[0] if topics else indefinite
        return None if at is None else self.named(at, any_noun=True)

    def _is_of_person(self, speaker: Speaker) -> bool:
        """Whether a speaker is a person, by the markup or by the last word."""
        marked = any(e.start == speaker.start and e.type is EntityType.PERSON for e in self.entities)
        return marked or speaker.name.endswith(speaker_rules().persons)

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
        if _TABLE.search(lead) or any(
            map(self.is_writer, (len(lead), len(lead.rpartition(" ")[0].removesuffix("의"))))
        ):
            return None  # 필자의 계산에 따르면
        if words and words[0] in speaker_rules().pronouns:
            known = self.last[-1] if self.last else None
            return known or self.person_before() or (UNNAMED if words[0] != "이" else None)
        maker = _MADE_BY.search(masked, 0, match.start())
        if maker and maker.end() == match.start():
            speaker = self.named(maker.end("who"), any_noun=True)
            if speaker:
                return speaker
        if match[0].endswith(("보면", "종합하면")) and not match[0].startswith("의"):
            owner = self.sentence[: match.start()].rpartition(" ")[0]  # 통계를 보면: the writer looks
            return self.named(len(owner)) if owner and self.is_entity(len(owner)) else None
        return self.named(match.start(), any_noun=True)
