"""Korean: the word of saying that heads the sentence and its subject, phrases such as 에 따르면, nouns such as 방침이다."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from brief_nlp.rule_files import rule_file
from brief_nlp.schema import AUTHOR, Entity, EntityType, Speaker
from brief_nlp.structure.morphology import morphemes
from brief_nlp.tagging.attribution.korean_reports import (
    Morpheme,
    Report,
    heading_report,
    is_of_words,
    outside_quotes,
)
from brief_nlp.tagging.attribution.speakers import UNNAMED, inside, open_quotes, plain_speaker, speaker_of

MOST_WORDS = 4  # of a speaker who has no name
NAMING = frozenset((EntityType.PERSON, EntityType.ORG, EntityType.PLACE, EntityType.PUBLICATION, EntityType.LAW))
_BODIES = frozenset((EntityType.ORG, EntityType.PUBLICATION))
_ACCORDING = re.compile(
    r"(?:에|에게) (?:따르면|의하면)"
    r"|(?:이|가) (?:[^\s]+ ){0,4}?(?:통보한|밝힌|전한|발표한|공개한|말한) (?:바로는|바에 따르면)"
    r"|(?:의)? (?:집계|조사|추산|추정|분석|통계|발표|설명|증언|계산|말|전언|주장|표현)(?:으)?로는"
    r"|(?:이|가) 보기에(?:는|도)?|(?:의)? (?:말|표현)(?:을|를) 빌리(?:면|자면)"
)
_OF_WHAT = re.compile(r"의$")
_THAT_IS = re.compile(r"(?:다|라|자|냐|[”\"》])는 (?:것|거|얘기|이야기|말|설명)(?:이다|다)[.]?$")
_WHOLE_QUOTE = re.compile(r"[“\"《].*[”\"》][.]?|[“\"《][^”\"》]*")
_STOPS = re.compile(
    r"(?:은|는|이|가|을|를|에|에서|으로|로|며|고|서|면|지만|된|할|던|하는|있는|없는|한|와|과|의|도|까지|부터|나온|만든|낸|펴낸)$"
)
_JOINED = re.compile(r"(?:와|과)$")
_HONOURED = re.compile(r"\s?(?:조선로동당 )?(?:동지|위원장|총비서|국무위원장|장군|수령|대원수|원수)")
_DATE = re.compile(r"\d(?:일|월|년|개)$")
_ARTICLE = re.compile(r"제?\s?\d+(?:조|항|호|장)$")
_SHARE = re.compile(r"(?:의|가운데|중) (?:약 )?(?:[\d.]+(?:%|명)|절반|다수|대다수|과반|일부|상당수|대부분|[한두세네]|다섯|여섯)(?: 명)?$")


@dataclass(frozen=True)
class _Rules:
    predicates: frozenset[str]
    intentions: frozenset[str]
    bearing: frozenset[str]
    standing: frozenset[str]
    carrying: frozenset[str]
    bodies: tuple[str, ...]
    speaker_nouns: tuple[str, ...]
    pronouns: frozenset[str]
    demonstratives: frozenset[str]
    honoured: tuple[str, ...]
    continuing: tuple[str, ...]
    no_speaker: frozenset[str]
    leads: frozenset[str]


@cache
def _rules() -> _Rules:
    data = rule_file("tagging", "ko/attribution")
    return _Rules(
        *(frozenset(data[name]) for name in ("predicates", "intentions", "bearing", "standing", "carrying")),
        *(tuple(sorted(data[name], key=len, reverse=True)) for name in ("bodies", "speaker_nouns")),
        *(frozenset(data[name]) for name in ("pronouns", "demonstratives")),
        *(tuple(data[name]) for name in ("honoured", "continuing")),
        *(frozenset(data[name]) for name in ("no_speaker", "leads")),
    )


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
        reading = _Sentence(text, sentence, start, tuple(sentences[: place + 1]), entities, persons, previous, last, place == 0)
        previous = replace(reading, words=tuple(outside), quotes=tuple(quotes)).chain()
        last = previous if previous != (AUTHOR,) else last
        chains.append(previous)
    return chains


@dataclass(frozen=True)
class _Sentence:
    """A sentence in its paragraph: the chain right before it, and the last one of the paragraph that was another's."""

    text: str
    sentence: str
    start: int
    sentences: tuple[tuple[int, int], ...]
    entities: Sequence[Entity]
    persons: Mapping[str, Entity]
    previous: tuple[Speaker, ...]
    last: tuple[Speaker, ...] | None
    opens: bool
    words: tuple[Morpheme, ...] = ()
    quotes: tuple[tuple[int, int], ...] = ()

    @property
    def told(self) -> tuple[Speaker, ...] | None:
        return self.previous if self.previous != (AUTHOR,) else None

    def chain(self) -> tuple[Speaker, ...]:
        if self.told and self._runs_on():
            return self.told
        outer = self._according()
        report = heading_report(self.sentence, self.words, self.quotes)
        reported = self._by_report(report, outer) if report else None
        if outer:
            return (outer, *(speaker for speaker in reported or () if speaker.name != outer.name))
        return reported or (None if report else self._by_noun()) or (AUTHOR,)

    def _runs_on(self) -> bool:
        if open_quotes(self.text[self.sentences[0][0] : self.start]) > 0:
            return True
        return bool(_WHOLE_QUOTE.fullmatch(self.sentence))

    # -- words of saying

    def _by_report(self, report: Report, outer: Speaker | None) -> tuple[Speaker, ...] | None:
        if report.rule.passive:
            return self._of_document(report)
        if any(map(self._is_writer, self._particles(("JX", "JKS"), report.said, report.verb, ("은", "는", "이", "가")))):
            return None
        late = next(self._subjects(report.said, report.verb, late=True), None)
        speaker = late or self._topic(report)
        if speaker is AUTHOR:
            return None
        if speaker is None and outer is None:
            speaker = self._dropped(report)
        if speaker is None:
            return None
        inner = next(self._subjects(report.inner.said, report.inner.verb, late=True), None) if report.inner else None
        return (speaker, inner) if inner and inner.name != speaker.name else (speaker,)

    def _of_document(self, report: Report) -> tuple[Speaker, ...] | None:
        """`일정표에는 … 라고 적혀 있다`."""
        for at in self._particles(("JKB",), 0, report.verb, ("에", "에서")):
            speaker = self._named(at, any_noun=report.stem in ("적히", "쓰이", "기록되", "기재되", "명시되"))
            if speaker:
                return (speaker,)
        return None

    def _topic(self, report: Report) -> Speaker | None:
        """The first topic that can speak, else the first subject; the writer where he names himself."""
        topics = [*self._particles(("JX", "JKS"), 0, report.said, ("은", "는", "도", "께서", "이라고", "서"))]
        if self._continues() and self.last and report.stem in _rules().carrying and not self._starts_with(topics):
            return self.last[-1]
        for at in topics:
            if self._is_writer(at):
                return AUTHOR
            speaker = self._pronoun(at) or self._named(at)
            if speaker:
                return speaker
        for at in self._particles(("JKB",), 0, report.said, ("에서",)):
            speaker = self._body(at)
            if speaker:
                return speaker
        first = next(self._particles(("JKS",), 0, report.said, ("이", "가")), None)
        if first is not None and self._is_writer(first):
            return AUTHOR
        topic = next(self._particles(("JX",), 0, report.said, ("은", "는")), None)
        if topic is not None and self._is_bare_name(topic):
            return self._named(topic, any_noun=True)
        if not report.quotative and topic is not None:
            return None
        if first is None or (self.told and not self.opens and self._continues()):
            return None
        return self._pronoun(first) or self._named(first)

    def _is_bare_name(self, at: int) -> bool:
        """Whether a topic is the first word and a name that no list holds: 홍민은."""
        return self.words[0].tag == "NNP" and 2 <= at <= 4 and " " not in self.sentence[:at]

    def _starts_with(self, topics: Sequence[int]) -> bool:
        return bool(topics) and len(self.sentence[: topics[0]].split()) <= 2 and self._named(topics[0]) is not None

    def _dropped(self, report: Report) -> Speaker | None:
        """Who speaks where no subject is there: whoever spoke before; a topic of no known kind; nobody in hearsay."""
        if not report.quotative and any(self._particles(("JX", "JKS"), 0, report.said, ("은", "는", "이", "가"))):
            return None  # the subject is a thing: 이 한마디가 … 것을 말해 준다
        if self._is_hearsay(report):
            return self.told[-1] if self.told and not self.opens else None
        if self.last and (self.told or self._continues()):
            return self.last[-1]
        if report.rule.needs == "object":
            return None
        for at in self._particles(("JX",), 0, report.said, ("은", "는")):
            speaker = self._named(at, any_noun=True)
            if speaker:
                return speaker
        return self.last[-1] if self.last else None

    def _is_hearsay(self, report: Report) -> bool:
        """`…다고 한다`, with no past tense."""
        tail = self.sentence[report.verb :]
        return report.stem == "하" and bool(re.match(r"한다[.”\"]*$|합니다[.]?$", tail))

    def _continues(self) -> bool:
        return bool(self.words) and self.words[0].form in _rules().continuing

    # -- nouns of saying

    def _by_noun(self) -> tuple[Speaker, ...] | None:
        """`…는 것이 관계자들의 관측이다`, `통일부는 … 방침이다`, `…라는 지적이 정부 안팎에서 나온다`."""
        rules = _rules()
        if self._goes_on():
            return self.told
        for at in range(len(self.words) - 1, -1, -1):
            word = self.words[at]
            if word.tag != "NNG" or word.form not in rules.predicates:
                continue
            after = self.words[at + 1 :]
            if not after:
                return None
            if after[0].tag == "VCP" and _ends(after):
                return self._is_what(at)
            if after[0].tag in ("JKO", "JKS", "JX", "JC", "JKB") and (found := self._held(at, after)):
                return found
            if after[0].tag == "JX" and _explains(after):
                return self._whose(at, whole=True)
        return None

    def _goes_on(self) -> bool:
        """`…라는 것이다` behind the words of somebody else."""
        return bool(self.told) and not self.opens and bool(_THAT_IS.search(self.sentence))

    def _is_what(self, at: int) -> tuple[Speaker, ...] | None:
        whose = self._whose(at)
        if whose:
            return whose
        before = self.words[at - 1] if at else None
        if before is None or before.tag != "ETM":
            return None
        intends = self.words[at].form in _rules().intentions
        if not intends and not is_of_words(self.words, at):
            return None
        for place in self._particles(("JX", "JKS"), 0, self.words[at].start, ("은", "는", "도", "께서")):
            if self._is_writer(place):
                return None
            speaker = self._pronoun(place) or self._named(place)
            if speaker:
                return (speaker,)
        carried = self.told if not self.opens and self.words[at].form in ("설명", "전언", "말", "얘기", "이야기") else None
        return (carried[-1],) if carried else None

    def _whose(self, at: int, *, whole: bool = False) -> tuple[Speaker, ...] | None:
        """Who owns a noun of saying: the words before 의, with up to a few modifiers between."""
        for back in range(at - 1, max(-1, at - 6), -1):
            word = self.words[back]
            if word.tag == "JKG":
                if self._is_writer(word.start):
                    return None
                speaker = self._pronoun(word.start) or self._named(word.start, any_noun=not whole)
                return (speaker,) if speaker else None
            if not word.tag.startswith(("N", "XS", "MM", "VCP", "XR")) and word.form not in ("ᆫ", "은", "던"):
                return None
        return None

    def _held(self, at: int, after: Sequence[Morpheme]) -> tuple[Speaker, ...] | None:
        """A noun of saying that is object or subject: `…라는 태도를 보였다`, `…라는 시각이 우세하다`."""
        forms = {one.form for one in after}
        verbs = {one.form for one in after if one.tag.startswith("V")} | {
            f"{one.form}{next_.form}" for one, next_ in zip(after, after[1:], strict=False) if next_.tag in ("XSV", "XSA")
        }
        rules = _rules()
        if self.told and not self.opens and verbs & rules.carrying and not self._speaking_topic(at):
            return (self.told[-1],)
        if after[0].tag in ("JKS", "JX") and (verbs & rules.standing or forms & rules.standing):
            for place in self._particles(("JKB",), 0, len(self.sentence), ("에서", "에")):
                speaker = self._body(place)
                if speaker:
                    return (speaker,)
        if after[0].tag in ("JKO", "JC", "JX") and is_of_words(self.words, at) and verbs & rules.bearing:
            speaker = self._speaking_topic(at)
            return (speaker,) if speaker else None
        if "일치하" in verbs or "엇갈리" in verbs:
            return self._whose(at, whole=True)
        return None

    def _speaking_topic(self, at: int) -> Speaker | None:
        for place in self._particles(("JX", "JKS"), 0, self.words[at].start, ("은", "는", "도", "께서")):
            if self._is_writer(place):
                return None
            speaker = self._pronoun(place) or self._named(place)
            if speaker:
                return speaker
        return None

    def _according(self) -> Speaker | None:
        masked = self.sentence
        match = _ACCORDING.search(masked)
        if not match or self._inside_quotes(match.start()):
            return None
        words = [_OF_WHAT.sub("", word) for word in masked[: match.start()].split()[-2:]]
        if len(words) > 1 and words[1] in _rules().predicates:
            words.pop()  # 그의 설명에 따르면
        words = words[-1:]
        if words and words[0] in _rules().pronouns:
            known = self.last[-1] if self.last else None
            return known or self._person_before() or (UNNAMED if words[0] != "이" else None)
        return self._named(match.start(), any_noun=True)

    # -- particles and the nouns before them

    def _inside_quotes(self, at: int) -> bool:
        return any(start <= at < end for start, end in self.quotes)

    def _particles(self, tags: tuple[str, ...], low: int, high: int, forms: tuple[str, ...]) -> Iterator[int]:
        """Where particles of a kind stand right behind a noun, in order."""
        for before, word in zip(self.words, self.words[1:], strict=False):
            if not low <= word.start < high:
                continue
            if word.tag in tags and word.form in forms and before.tag.startswith(("N", "XSN", "SSC", "SL", "W", "SN", "SW")):
                yield word.start

    def _subjects(self, low: int, high: int, *, late: bool = False) -> Iterator[Speaker]:
        for at in self._particles(("JX", "JKS"), low, high, ("은", "는", "이", "가", "도", "께서")):
            speaker = self._pronoun(at) or self._named(at, any_noun=late)
            if speaker:
                yield speaker

    def _is_writer(self, at: int) -> bool:
        words = self.sentence[:at].split()[-2:]
        return bool(words) and (
            words[-1] in ("나", "저", "필자", "우리", "본고")
            or words[-2:-1] == ["본"]
            or words[-2:] in (["이", "글"], ["이", "연구"], ["이", "논문"], ["이", "보고서의", "저자"])
        )

    def _pronoun(self, at: int) -> Speaker | None:
        """Whom a pronoun or `이 관계자`, `같은 매체` means."""
        rules = _rules()
        words = self.sentence[:at].split()
        if not words:
            return None
        lead = words[-2] if len(words) > 1 else ""
        whole = f"{lead} {words[-1]}".strip()
        if words[-1].endswith(rules.honoured) and not self._named_in_word(at):
            return self._honoured() or plain_speaker(self.text, self.start + at - len(words[-1]), self.start + at)
        pointing = lead in rules.demonstratives and words[-1].endswith(rules.speaker_nouns)
        if not (pointing or words[-1] in rules.pronouns):
            return None
        if words[-1] == "이" or (words[-1] == "이들" and not self.last):
            return None  # 이는: what was said before, not who said it
        if words[-1] == "자신" and lead and not pointing:
            return self._named(at - len(words[-1]) - 1)
        if self.last:
            return self.last[-1]
        if pointing or words[-1] in ("통신", "신문", "방송", "매체"):
            body = self._before(_BODIES)
            return body or plain_speaker(self.text, self.start + at - len(whole), self.start + at)
        return self._person_before() or UNNAMED

    def _person_before(self) -> Speaker | None:
        """The first person of the latest sentence that names one: mostly its subject."""
        return self._before(frozenset((EntityType.PERSON,)))

    def _honoured(self) -> Speaker | None:
        """The leader last named with his honours: 김정은동지께서는."""
        if self.last and self.last[-1].canonical_id:
            return self.last[-1]
        before = inside(self.entities, self.sentences[0][0], self.start)
        named = [e for e in before if e.type is EntityType.PERSON and _HONOURED.match(self.text, e.end)]
        return self._speaker(named[-1]) if named else None

    def _named_in_word(self, at: int) -> bool:
        left = self.start + self.sentence[:at].rfind(" ") + 1
        return any(e.type is EntityType.PERSON for e in inside(self.entities, left, self.start + at))

    def _before(self, kinds: frozenset[EntityType]) -> Speaker | None:
        for left, right in reversed(self.sentences[:-1]):
            named = [entity for entity in inside(self.entities, left, right) if entity.type in kinds]
            if named:
                return self._speaker(named[0])
        return None

    def _body(self, at: int) -> Speaker | None:
        """A body or a circle that speaks in a place: 학계에서는, 정부 안팎에서."""
        last = self.sentence[:at].split()[-1:]
        named = [e for e in inside(self.entities, self.start, self.start + at) if self.start + at == e.end]
        if (last and last[0].endswith(_rules().bodies)) or any(entity.type in _BODIES for entity in named):
            return self._named(at, any_noun=True)
        return None

    def _named(self, at: int, *, any_noun: bool = False) -> Speaker | None:
        """The speaker whose name or description ends at `at` in the sentence."""
        at = _before_bracket(self.sentence, at)
        left = self._left_edge(at)
        words = self.sentence[left:at].strip()
        last = words.split()[-1] if words else ""
        if not words or words in _rules().no_speaker or last in _rules().no_speaker:
            return None
        named = [e for e in inside(self.entities, self.start + left, self.start + at) if e.type in NAMING]
        owned = [e for e in named if "의 " in self.text[e.end : self.start + at]]
        persons = [entity for entity in named if entity.type is EntityType.PERSON and entity not in owned]
        ending = [entity for entity in named if self.start + at == entity.end]
        if persons or ending:
            return self._speaker((persons or ending)[-1])
        if not any_noun and not self._can_speak(last.rstrip("』」》”’'\"").removesuffix("들"), at):
            return None
        return plain_speaker(self.text, self.start + left, self.start + at)

    def _can_speak(self, noun: str, at: int) -> bool:
        """Whether a noun is one of those that speak; one of a syllable only where it ends a longer word: 외무성."""
        ending = next((word for word in _rules().speaker_nouns if noun.endswith(word)), None)
        if _ARTICLE.search(noun) or _SHARE.search(self.sentence[:at]) or (ending and len(ending) > 1):
            return True
        last = next((word for word in reversed(self.words) if word.end <= at), None)
        if ending is None or last is None:
            return False
        return len(last.form) > 2 or (last.form == ending and last.tag != "XSN")

    def _speaker(self, entity: Entity) -> Speaker:
        """A named speaker; a surname alone (김 장관) is the person of that surname named before."""
        if entity.type is EntityType.PERSON and len(entity.text) == 1:
            before = inside(self.entities, self.sentences[0][0], entity.start)
            full = [e for e in before if e.type is EntityType.PERSON and e.text.startswith(entity.text) and len(e.text) > 1]
            return speaker_of(full[-1] if full else self.persons.get(entity.text, entity))
        return speaker_of(entity)

    def _left_edge(self, at: int) -> int:
        """Where the words that name a speaker start: nouns, and what is joined to them by 의 or 와, up to a few."""
        left = at
        ends = {entity.end for entity in self.entities if self.start <= entity.start < self.start + at}
        for count, word in enumerate(reversed(list(re.finditer(r"\S+", self.sentence[:at])))):
            bare = word[0]
            named = self.start + word.end() in ends
            if count and (
                count >= MOST_WORDS
                or bare.endswith((",", "”", '"'))
                or bare in _rules().leads
                or (_STOPS.search(bare) and not named and not bare.endswith("의") and bare not in ("한", "이") and not _JOINED.search(bare))
                or _DATE.search(bare)
            ):
                break
            left = word.start()
        return left


def _ends(after: Sequence[Morpheme]) -> bool:
    """Whether a noun is the predicate: 방침이다, 설명이었다, 지적이라고 한다."""
    return not any(one.tag.startswith(("N", "J")) for one in after)


def _explains(after: Sequence[Morpheme]) -> bool:
    """`X의 주장은 …다는 것이다`."""
    return len(after) > 4 and any(
        one.form == "것" and follows.tag == "VCP" for one, follows in zip(after[-5:], after[-4:], strict=False)
    )


def _before_bracket(sentence: str, at: int) -> int:
    """The place before a bracket that ends there: 인권조사위원회(COI)는."""
    if at and sentence[at - 1] == ")" and (opened := sentence.rfind("(", 0, at)) > 0:
        return len(sentence[:opened].rstrip())
    return at
