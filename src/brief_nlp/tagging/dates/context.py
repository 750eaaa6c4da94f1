"""What a reading function is given, and what it gives back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from brief_nlp.schema import DateType, Language
from brief_nlp.tagging.dates import calendar

_REMEMBERED = (DateType.DATE, DateType.INTERVAL, DateType.TIME)
Groups = dict[str, str | None]

NEAR = 300  # characters over which a year that was spoken of is taken up again
FAR_BACK = 800  # over which words that can only look back still do: "the following year"
NEAR_KO = 130  # the same for the story of a Korean text, which says more in fewer characters
BEFORE, AFTER = 120, 60  # characters around an expression in which verbs tell whether it lies ahead
LONG_PARAGRAPH = 2000  # characters
FRESH = 2  # days before publication of which news tells
SOON = 45  # days ahead: a day without a year that is as near, and of which no verb says that it is past, is to come

HEAD = 12  # characters of a sentence before a year that it tells of: "In", "By early"
# what leads to a date that is only looked back at, or that tells when another thing of the sentence was signed or begun
_ASIDE = re.compile(
    r"(?:\b(?:since|than|of|until|from|after|like|as in|than in|even in|the)|[(\[])\s*(?:\w+ )?$"
    r"|(?:^|[,;(] |(?<!was )(?<!were )(?<!been )\b(?!said|told|met)\w+ )(?:signed|adopted|issued|dated|published"
    r"|concluded|unveiled|passed|enacted|launched|agreed|released|opened|imposed|announced|founded|held|struck|reached)"
    r"(?: \w+){0,4} (?:on|in|at) (?:the )?(?:\w+ )?$"
    r"|\b(?:that|which|who|whom|where|when|as)(?: \w+){1,7} (?:in|on|at) (?:the )?(?:\w+ )?$",
    re.I,
)

_ASIDE_KO = ("이후", "이래", "보다", "대비", "까지")
# "Oct. 24", "the U.S. army": no ends
_SENTENCE_END = re.compile(
    r"(?<![A-Z])(?<!Jan|Feb|Mar|Apr|Jun|Jul|Aug|Oct|Nov|Dec|Gen|Sen|Rep|Gov|Inc|Ltd|Mrs)"
    r"(?<!Sept|Corp|Prof)(?<!Mr|Ms|Dr|St|Co)"
    r"[.!?…][”’\"')]*\s|\n"
)
_NOT_DONE = r"(?:could|can)(?: ?not|n['’]t)(?: \w+)? be \w+"  # "could not be reached Monday"
_FUTURE = (
    r"(?:(?:will|shall|would|should|to|can|could|may|might|must)(?: \w+)? )?be \w+"
    r"|(?:has|have|had|was|were)(?: been)? (?:scheduled|planned|slated|called for)"
    r"|likely|unlikely|may|can|if|unless|doubtful|pencill?ed in|reservations|deadline|tickets"
    r"|(?:agreed|decided|vowed|pledged|promised|ordered|urged|wants?|wanted|seeks?|prepares?|threatens?|needs?)"
    r"(?: \w+){0,2} to \w+|(?:could|might|must)(?! have| not)|will|shall|would(?! have)|should(?! have)|won['’]t"
    r"|plans?|planned|planning|schedul\w+|slated|(?<!than )expect\w*|forecast\w*|hope\w*|intend\w*|promis\w+"
    r"|(?:moved|postponed|delayed|pushed back|put off|brought forward|rescheduled|adjourned) (?:\w+ )?(?:to|until)"
    r"|wants?|seeks|demands|awaits?|due|upcoming|set (?:to|for)|(?:is|are) to|(?:pledged|vowed) to"
    r"|to (?:be|begin|remain|start|meet|open|hold|resume|take|visit|return|launch|leave|arrive|go|expire|end)"
)
# "nothing is agreed": told neither as past nor as to come
_STATE = r"(?:is|are|being)(?: not)?(?: \w+ly)? (?!expect|schedul|plann|slated|intend|due)[a-z]{2,}ed"
_PAST = (
    r"was|were|had|did|(?:has|have)(?! (?:an?|the|to|no|its|their|until|only)\b)|been|said|told|met|rose|fell|began"
    r"|came|took|held|sent|went|made|won|lost|left|saw|gave"
    r"|stood|kept|became|knew|led|paid|drew|drove|fought|bought|brought|sold|built|sought|thought|caught|heard|felt|slept"
    r"|meant|threw|chose|froze|fled|spent|dealt|bore|shook|withdrew|arose|overthrew|rode|hid|laid|slid|swore"
    r"|found|wrote|struck|hit|grew|broke|spoke|flew|ran|shot|sank|since|[a-z]{2,}ed"
)
# the present tense of what is fixed for a day: "the contract runs out on Dec. 31"
_FIXED = (
    r"expires?|ends|begins|starts|opens|meets?|resumes|matures|arrives|departs|kicks off|runs (?:out|until|through)"
    r"|takes (?:effect|place|office|over)|goes (?:on|to|into|before)|closes|concludes|lapses|falls due"
    r"|comes (?:due|into)|leaves for|heads (?:to|for)|flies to|travels to|faces|payable"
    r"|(?<!the )(?<!an )(?<!a )(?<!its )(?:end|open|close|begin|start|resume|expire)(?=(?: on| in| at)? $)"
)
_TENSE = re.compile(
    rf"\b(?:(?P<not_done>{_NOT_DONE})|(?P<future>{_FUTURE})|{_STATE}|(?P<fixed>{_FIXED})|(?P<past>{_PAST}))\b"
)
_PERIOD = re.compile(r"\d{4}/\d{4}|\d{4}-\d\d(?:/\d{4}-\d\d)?|\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d")
# "…, the coast guard said Monday": when it was said, not when it happened
_SAID = re.compile(r"\b(?:said|says|told \w+|reported|announced)(?: on| late| early)? $")
_OF_NOW = ("at present", "currently", "to date", "these days", "nowadays", "recently", "lately", "of late", "최근")
# "the speech of February 20" was given
_SPOKEN_ON = re.compile(
    r"\b(?:speech|letters?|statement|talks|accord|agreement|resolution|attacks?|test|launch|decision|announcement) of $"
)
_DELIVERY = re.compile(r" (?:delivery|contracts?|futures)\b")
# syllables that end in ㅆ, as past verbs do: all but those of 있다 and 겠다
_SS = "".join(chr(code) for code in range(0xAC00 + 20, 0xD7A4, 28) if chr(code) not in "있겠")
_PAST_KO = re.compile(rf"[{_SS}](?:다\b|음\b|습니다|으[며나]|고|지만|는데)")
_PRESENT_KO = re.compile(r"(?:함|됨|임|름)\.?$")  # of a report in nominal style
_FACT_KO = re.compile(rf"[^{_SS}]다\.?$")
_AHEAD_KO = re.compile(
    r"예정|[을일될할질갈릴] 것|계획(?!을 (?:고|바꾸|바꿔|수정))|방침|목표|전망|열린다|내년|향후|앞[두둔]|[하되열]기로"
    r"|오는 |[한된]다면|겠[다지으]"
)


@dataclass(frozen=True)
class Read:
    """The meaning of an expression; `covers` is the stretch of time of a length that reaches to or from its anchor."""

    type: DateType
    value: str
    mod: str | None = None
    anchor: str | None = None
    covers: str | None = None
    compared: bool = False  # only named to compare with: nothing later looks back to it


@dataclass
class Context:
    """Where in the text a match stands, and what was spoken of before it."""

    language: Language
    published: str | None
    # by precision (3 a decade, 4 a year, 7 a month, 9 a week or a day, 10 a day), the date last spoken of, and where
    spoken: dict[int, tuple[str, int]] = field(default_factory=dict)
    past: dict[int, tuple[str, int]] = field(default_factory=dict)  # the same, of those that had come by publication
    story: str | None = None  # the day or month, or the year set at the head of a sentence, that the text tells of
    story_at: int = -10_000
    period: str | None = None  # the part of a year (months, quarter, half) last spoken of, and where
    period_at: int = -10_000
    set_at: int = -10_000  # where a time that returns was last spoken of
    lead: str | None = None  # the day that news begins with: of publication or just before
    at_start: int = 0
    paragraph: int = 0  # where that of the match starts
    text: str = ""
    before: str = ""  # of the same sentence
    after: str = ""  # likewise

    def at(self, text: str, start: int, end: int) -> Context:
        """Move to a match."""
        self.at_start = start
        self.paragraph = text.rfind("\n", max(0, start - LONG_PARAGRAPH), start) + 1
        self.text = text[start:end]
        before, after = text[max(0, start - BEFORE) : start], text[end : end + AFTER]
        ends = list(_SENTENCE_END.finditer(before))
        stop = _SENTENCE_END.search(after)
        self.before = before[ends[-1].end() :] if ends else before
        self.after = after[: stop.start()] if stop else after
        return self

    def remember(self, read: Read) -> None:
        """Keep a date that others may refer to."""
        if self.text.lower().startswith(_OF_NOW):
            self.story = None  # the text is back in its own time
        if read.type is DateType.DATE and len(read.value) == len("199X") and read.value.endswith("X"):
            self.spoken[3] = self.past[3] = read.value, self.at_start
        if read.type is DateType.SET:
            self.set_at = self.at_start
        if read.compared or read.type not in _REMEMBERED or not read.value[:4].isdigit():
            return
        if self.before.rstrip().endswith(("(", "[")):
            return  # said in passing
        week = "/" in read.value and read.type is DateType.DATE
        ends = [end.split("T")[0] for end in read.value.split("/")]
        value = ends[-1] if read.type is DateType.INTERVAL and ends[-1][:4].isdigit() else ends[0]
        come = self._come(value)
        if _PERIOD.fullmatch(read.value) and not week and come and not self.after.startswith("보다"):
            self.period, self.period_at = read.value, self.at_start
        if len(value) == len("2024-01-15") and (self.lead is None or value == self.published):
            self.lead = value if self._fresh(value) else ""
        for precision in (3, 4, 7, 9) if week or self._only_reported() else (3, 4, 7, 9, 10):
            if len(value) >= precision:
                self.spoken[precision] = value, self.at_start
                if come:
                    self.past[precision] = value, self.at_start
        self._go_on(value, from_now=read.anchor == "published" and value[:4] != (self.published or "")[:4])

    def _go_on(self, value: str, *, from_now: bool) -> None:
        """Take the story to a date, unless it is only looked at from another time."""
        aside = bool(_ASIDE.search(self.before)) or from_now
        told = len(value) >= len("2024-01") and self.language is Language.EN  # Korean puts asides before their noun
        if self.language is Language.KO:
            compared = self.after.lstrip().startswith(_ASIDE_KO)
            same_sentence = self.at_start - self.story_at <= len(self.before)
            if not compared and same_sentence and self.story and self.story[:4] != value[:4]:
                self.story = None  # which of the years a later month is of cannot be told
            aside = aside or compared
        if not aside and (told or len(self.before) <= HEAD):
            self.story, self.story_at = value, self.at_start

    def _only_reported(self) -> bool:
        """Whether a weekday is that on which something was said, in a paragraph that has spoken of another day."""
        said = self.text.endswith("day") and bool(_SAID.search(self.before))
        return said and self.spoken.get(10, ("", -1))[1] >= self.paragraph

    def _come(self, value: str) -> bool:
        """Whether a date had begun by publication."""
        return (calendar.bounds(value)[0] or "") <= (calendar.bounds(self.published or "")[1] or "9")

    def _fresh(self, value: str) -> bool:
        last = self.day(self.published) if len(self.published or "") == len(value) else None
        day = self.day(value)
        return last is not None and day is not None and 0 <= (last - day).days <= FRESH

    def near(self, precision: int = 4, within: int | None = None) -> str | None:
        """The date last spoken of, if that was near: of those with a year (4), a month (7) or a day (10)."""
        value, at = self.spoken.get(precision, (None, -10_000))
        same_sentence = self.at_start - at <= len(self.before)
        if value and not same_sentence and self.past.get(precision) != (value, at) and self.ahead is False:
            value, at = self.past.get(precision, (None, -10_000))
        return value if self.at_start - at <= (NEAR if within is None else within) else None

    @property
    def told(self) -> str | None:
        """The date that the text last told of, if that was near: asides about other years are none."""
        within = NEAR if self.language is Language.EN else NEAR_KO
        return self.story if self.at_start - self.story_at <= within else None

    @property
    def returns(self) -> bool:
        """Whether the sentence has spoken of a time that returns: "every Sunday at 8 p.m."."""
        return self.at_start - self.set_at <= len(self.before)

    def day(self, value: str | None) -> date | None:
        """The first day of an EDTF value."""
        first = calendar.bounds(value)[0] if value else None
        return date.fromisoformat(first) if first else None

    @property
    def ahead(self) -> bool | None:
        """Whether the verb nearest before the expression (else after it) speaks of what is to come; None: no verb."""
        if self.language is Language.KO:
            return bool(_AHEAD_KO.search(self.before[-60:] + self.after)) or None
        tense = self._tense
        return None if tense in (None, "fixed") else tense == "future"

    @property
    def fixed(self) -> bool:
        """Whether the verb is in the present, as one speaks of what is fixed for a day."""
        return self.language is Language.EN and self._tense == "fixed"

    @property
    def _tense(self) -> str | None:
        if _DELIVERY.match(self.after):
            return "future"
        if _SPOKEN_ON.search(self.before):
            return "past"
        before = [said for said in _TENSE.finditer(self.before) if said.lastgroup]
        after = next((said.lastgroup for said in _TENSE.finditer(self.after) if said.lastgroup), None)
        if before and (after is None or before[-1].start() > self.before.rfind(";")):
            return before[-1].lastgroup
        return after

    @property
    def told_as_present(self) -> bool:
        """Whether a Korean sentence in the style of official reports ends in the present."""
        return self.language is Language.KO and bool(_PRESENT_KO.search(self.after))

    @property
    def told_as_fact(self) -> bool:
        """Whether a Korean sentence ends soon after the expression, in the present."""
        return bool(_FACT_KO.search(self.after)) and not self.told_as_past

    @property
    def told_as_past(self) -> bool:
        """Whether a Korean verb after the expression says that it is past."""
        return bool(_PAST_KO.search(self.after)) and not _AHEAD_KO.search(self.after)


def dated(value: str, mod: str | None = None, anchor: str | None = None) -> Read:
    """A reading of type date."""
    return Read(DateType.DATE, value, mod, anchor)
