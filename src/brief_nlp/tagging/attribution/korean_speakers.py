"""Korean speakers in a sentence: the nouns before its particles, and whom its pronouns mean."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from brief_nlp.rule_files import rule_file
from brief_nlp.schema import AUTHOR, Entity, EntityType, Speaker
from brief_nlp.tagging.attribution.korean_told import Morpheme
from brief_nlp.tagging.attribution.speakers import UNNAMED, inside, plain_speaker, speaker_of

MOST_WORDS = 4  # of a speaker who has no name
NAMING = frozenset((EntityType.PERSON, EntityType.ORG, EntityType.PLACE, EntityType.PUBLICATION, EntityType.LAW))
_BODIES = frozenset((EntityType.ORG, EntityType.PUBLICATION))
_STOPS = re.compile(
    r"(?:은|는|이|가|을|를|에|에서|으로|로|며|고|서|면|지만|된|할|던|하는|있는|없는|한|와|과|의|도|까지|부터|나온|만든|낸|펴낸)$"
)
_JOINED = re.compile(r"(?:와|과)$")
_HONOURED = re.compile(r"\s?(?:조선로동당 )?(?:동지|위원장|총비서|국무위원장|장군|수령|대원수|원수)")
_DATE = re.compile(r"\d(?:일|월|년|개)$")
_ARTICLE = re.compile(r"제?\s?\d+(?:조|항|호|장)$")
_SHARE = re.compile(
    r"(?:의|가운데|중) (?:약 )?(?:[\d.]+(?:%|명)|절반|다수|대다수|과반|일부|상당수|대부분"
    r"|[한두세네]|다섯|여섯)(?: 명)?$"
    r"|(?:질문|물음|문항)에(?:는|도)? (?:\S+ ){0,2}[\d.]+(?:%|명)$|나머지 [\d.]+(?:%|명)$"
)
_ALSO = ("역시", "또한")
_FIRST_TOPIC = re.compile(r"(?P<who>(?:[^\s,]+ ){0,2}[^\s,]+?)(?:은|는) ")


def is_share(speaker: str) -> bool:
    """Whether words mean a part of those who were asked: `주민의 68%`."""
    return bool(_SHARE.search(speaker))


@dataclass(frozen=True)
class SpeakerRules:
    """The word lists of the rule file that tell who speaks."""

    predicates: frozenset[str]
    intentions: frozenset[str]
    bearing: frozenset[str]
    standing: frozenset[str]
    framing: frozenset[str]
    carrying: frozenset[str]
    bodies: tuple[str, ...]
    speaker_nouns: tuple[str, ...]
    persons: tuple[str, ...]
    pronouns: frozenset[str]
    demonstratives: frozenset[str]
    honoured: tuple[str, ...]
    continuing: tuple[str, ...]
    no_speaker: frozenset[str]
    leads: frozenset[str]
    minds: frozenset[str]
    writers: frozenset[str]
    surnames: frozenset[str]


@cache
def speaker_rules() -> SpeakerRules:
    """The word lists, the longest of a kind first."""
    data = rule_file("tagging", "ko/attribution")
    lists = ("bodies", "speaker_nouns", "persons", "honoured", "continuing")
    words: dict[str, Any] = {field.name: frozenset(data[field.name]) for field in fields(SpeakerRules)}
    words |= {name: tuple(sorted(data[name], key=len, reverse=True)) for name in lists}
    return SpeakerRules(**words)


@dataclass(frozen=True)
class Reading:
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
        """The chain of the sentence before, where it is another's."""
        return self.previous if self.previous != (AUTHOR,) else None

    def inside_quotes(self, at: int) -> bool:
        """Whether a place stands in quotation marks."""
        return any(start <= at < end for start, end in self.quotes)

    def particles(self, tags: tuple[str, ...], low: int, high: int, forms: tuple[str, ...]) -> Iterator[int]:
        """Where particles of a kind stand right behind a noun, in order."""
        for before, word in itertools.pairwise(self.words):
            if not low <= word.start < high:
                continue
            if word.tag == "MAG" and word.form in _ALSO and before.tag.startswith("N") and "도" in forms:
                yield before.end  # 헌법재판소 역시
            if (
                word.tag in tags
                and word.form in forms
                and before.tag.startswith(("N", "XSN", "SSC", "SL", "W", "SN", "SW"))
            ):
                yield word.start

    def subjects(self, low: int, high: int, *, late: bool = False) -> Iterator[Speaker]:
        """Who can speak among topics and subjects; with `late` any noun, as before its verb."""
        for at in self.particles(("JX", "JKS"), low, high, ("은", "는", "이", "가", "도", "께서")):
            speaker = self.pronoun(at) or self.named(at, any_noun=late)
            if speaker:
                yield speaker

    def is_entity(self, at: int) -> bool:
        """Whether a name ends there."""
        return any(e.end == self.start + at and e.type in NAMING for e in self.entities)

    def is_writer(self, at: int) -> bool:
        """Whether the noun that ends there is the writer."""
        words = self.sentence[:at].split()[-2:]
        if words[-2:-1] == ["본"]:  # 본 연구원; not 해 본 적
            return any(word.form == "본" and word.tag == "MM" and word.end <= at for word in self.words)
        return bool({" ".join(words), *words[-1:]} & speaker_rules().writers)

    def pronoun(self, at: int) -> Speaker | None:
        """Whom a pronoun or `이 관계자`, `같은 매체` means."""
        rules = speaker_rules()
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
        if pointing and lead == "이" and (full := self._by_surname(whole)):
            return full  # 이 의원: 이성권 의원, who was named before
        if words[-1] == "자신" and lead and not pointing:
            return self.named(at - len(words[-1]) - 1)
        if self.last:
            return self.last[-1]
        if pointing or words[-1] in ("통신", "신문", "방송", "매체"):
            body = self._before(_BODIES)
            return body or plain_speaker(self.text, self.start + at - len(whole), self.start + at)
        return self.person_before() or UNNAMED

    def person_before(self) -> Speaker | None:
        """The first person of the latest sentence that names one: mostly its subject."""
        return self._before(frozenset((EntityType.PERSON,))) or self._topic_before()

    def _topic_before(self) -> Speaker | None:
        """The first topic of a sentence before, where no name is at hand: 구술자는, 한 상인은."""
        for left, right in reversed(self.sentences[:-1]):
            match = _FIRST_TOPIC.match(self.text, left, right)
            if match and match["who"].endswith(tuple(noun for noun in speaker_rules().speaker_nouns if len(noun) > 1)):
                return plain_speaker(self.text, match.start("who"), match.end("who"))
        return None

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

    def body(self, at: int) -> Speaker | None:
        """A body or a circle that speaks in a place: 학계에서는, 정부 안팎에서."""
        last = self.sentence[:at].split()[-1:]
        named = [e for e in inside(self.entities, self.start, self.start + at) if self.start + at == e.end]
        if (last and last[0].endswith(speaker_rules().bodies)) or any(entity.type in _BODIES for entity in named):
            return self.named(at, any_noun=True)
        return None

    def named(self, at: int, *, any_noun: bool = False) -> Speaker | None:
        """The speaker whose name or description ends at `at` in the sentence."""
        at = _before_bracket(self.sentence, at)
        left = self._left_edge(at)
        words = self.sentence[left:at].strip()
        last = words.split()[-1] if words else ""
        if not words or words in speaker_rules().no_speaker or last in speaker_rules().no_speaker:
            return None
        named = [e for e in inside(self.entities, self.start + left, self.start + at) if e.type in NAMING]
        owned = [e for e in named if "의 " in self.text[e.end : self.start + at]]
        persons = [entity for entity in named if entity.type is EntityType.PERSON and entity not in owned]
        ending = [entity for entity in named if self.start + at == entity.end]
        if persons or ending:
            return self._speaker((persons or ending)[-1])
        if not any_noun and not self._can_speak(last.rstrip("』」》”’'\"").removesuffix("들"), at):
            return None
        if words.removesuffix(last).strip() in speaker_rules().surnames and (full := self._by_surname(words)):
            return full
        return plain_speaker(self.text, self.start + left, self.start + at)

    def _by_surname(self, words: str) -> Speaker | None:
        """양 교수: whoever of that surname was last called so, 양무진 북한대학원대 교수."""
        surname, title = words.split()
        before = self.text[: self.start]
        full = [*re.finditer(rf"(?<!\S){surname}[가-힣]{{1,2}}(?=(?: \S+){{0,2}}? \S*{re.escape(title)})", before)]
        return Speaker(name=full[-1][0], start=full[-1].start(), end=full[-1].end()) if full else None

    def is_bare_name(self, at: int) -> bool:
        """Whether a topic is the first word and a name that no list holds: 홍민은."""
        return self.words[0].tag == "NNP" and 2 <= at <= 4 and " " not in self.sentence[:at]

    def _can_speak(self, noun: str, at: int) -> bool:
        """Whether a noun is one of those that speak; one of a syllable only where it ends a longer word: 외무성."""
        ending = next((word for word in speaker_rules().speaker_nouns if noun.endswith(word)), None)
        if _ARTICLE.search(noun) or _SHARE.search(self.sentence[:at]) or (ending and len(ending) > 1):
            return True
        last = next((word for word in reversed(self.words) if word.end <= at), None)
        if ending is None or last is None:
            return False
        return len(last.form) > 2 or (last.form == ending and last.tag != "XSN")

    def _speaker(self, entity: Entity) -> Speaker:
        """A named speaker; a surname alone (김 장관) is the person of that surname named before."""
        if entity.type is EntityType.PERSON and len(entity.text) == 1:
            if self.text.startswith("모", entity.end):  # 최모 씨: a name withheld
                return Speaker(name=f"{entity.text}모", start=entity.start, end=entity.end + 1)
            before = inside(self.entities, self.sentences[0][0], entity.start)
            full = [
                e for e in before if e.type is EntityType.PERSON and e.text.startswith(entity.text) and len(e.text) > 1
            ]
            return speaker_of(full[-1] if full else self.persons.get(entity.text, entity))
        return speaker_of(entity)

    def _left_edge(self, at: int) -> int:
        """Where the words that name a speaker start: nouns, and what is joined to them by 의 or 와, up to a few."""
        left = at
        ends = {entity.end for entity in self.entities if self.start <= entity.start < self.start + at}
        for count, word in enumerate(reversed(list(re.finditer(r"\S+", self.sentence[:at])))):
            bare = word[0]
            if count == 1 and bare in speaker_rules().surnames:
                return word.start()  # 서 위원
            named = self.start + word.end() in ends
            if count and (
                count >= MOST_WORDS
                or bare.endswith((",", "”", '"'))
                or (bare in speaker_rules().leads and not (bare == "당시" and self._is_name_before(word.start())))
                or (
                    _STOPS.search(bare)
                    and not named
                    and not bare.endswith("의")
                    and bare not in ("한", "이")
                    and not _JOINED.search(bare)
                )
                or _DATE.search(bare)
            ):
                break
            left = word.start()
        return left

    def _is_name_before(self, at: int) -> bool:
        """Whether a person's name ends before a place: 박재규 당시 장관."""
        last = self.sentence[:at].split()[-1:]
        return (
            bool(last)
            and any(word.end == at - 1 and word.tag == "NNP" and 2 <= word.end - word.start <= 4 for word in self.words)
            and not _DATE.search(last[0])
        )


def _before_bracket(sentence: str, at: int) -> int:
    """The place before a bracket that ends there: 인권조사위원회(COI)는."""
    if at and sentence[at - 1] == ")" and (opened := sentence.rfind("(", 0, at)) > 0:
        return len(sentence[:opened].rstrip())
    return at
