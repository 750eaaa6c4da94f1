"""What people's verdicts teach: the labels in force in a store, and their parting into what trains and what scores.

A verdict is in force where it was not taken back and is its reviewer's last on the claim. A claim whose reviewers
differ is left out. Publications are parted, never claims: all editions of one stand on one side, and which side that is
hangs on a hash of what the publication is called, not on the order of anything.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, select

from brief_nlp.claims.classifier import Chain, parsed, read
from brief_nlp.claims.cues import find_cues
from brief_nlp.claims.features import features
from brief_nlp.errors import BriefError
from brief_nlp.schema import Claim, Label, Language
from brief_nlp.store.attaching import folded
from brief_nlp.store.decisions import Action
from brief_nlp.store.derived import unpacked
from brief_nlp.store.tables import attachments, briefs, claims, documents, verdicts
from brief_nlp.structure.document import judge_language
from brief_nlp.training.examples import Example, Part

LEAST_DOCUMENTS = 8  # in all
SHARE_APART = 0.25  # of the publications of a language
LEAST_APART = 3  # publications held out
LEAST_OF_LABEL = 10  # verdicts of each label held out


@dataclass(frozen=True)
class Said:
    """A claim and the label that its reviewers agree on."""

    text: str
    assessment: bool
    document: str
    publication: str  # what the editions of a document have in common
    language: Language
    source: Chain
    orphaned: bool = False


@dataclass(frozen=True)
class Given:
    """What the verdicts in force of a store say, and what of them cannot teach."""

    said: tuple[Said, ...]
    reviewers: int = 0
    differing: int = 0  # claims whose reviewers differ
    unlabelled: int = 0  # claims rejected as no claims, or without any label

    @property
    def orphaned(self) -> int:
        """How many lost their claim; their own words teach."""
        return sum(one.orphaned for one in self.said)


@dataclass(frozen=True)
class Parts:
    """The verdicts of a language that train, and those that score; `known` and `twice` do neither, see `parted`."""

    train: tuple[Said, ...]
    apart: tuple[Said, ...]
    known: tuple[Said, ...] = ()
    twice: tuple[Said, ...] = ()


class _Answer(NamedTuple):
    """The last word of a reviewer on a claim; `label` is None where he rejected it."""

    reviewer: str
    label: str | None
    row: Mapping[str, Any]


def given(engine: Engine) -> Given:
    """The labels that a store's verdicts in force agree on."""
    with engine.connect() as connection:
        by_claim = _in_force(connection)
        known = _Publications(connection)
        agreed: dict[str, list[_Answer]] = {}
        differing = unlabelled = 0
        for claim_id, answers in by_claim.items():
            labels = {answer.label for answer in answers}
            if len(labels) > 1:
                differing += 1
            elif None in labels:
                unlabelled += 1
            else:
                agreed[claim_id] = answers
        said = tuple(sorted(_said(connection, agreed, known), key=lambda one: (one.document, one.text, one.assessment)))
    reviewers = {answer.reviewer for answers in agreed.values() for answer in answers}
    return Given(said, len(reviewers), differing, unlabelled)


def parted(said: Iterable[Said], learnt: frozenset[str] = frozenset()) -> Parts | None:
    """The verdicts of one language in two parts; None where they are too few to hold out what a figure needs.

    About a quarter of the publications is held out, and as many more as it takes to have `LEAST_OF_LABEL` of each
    label, but never more than half; the rest must have as many. What stands among `learnt`, the words that the shipped
    model was trained on, scores and calibrates nothing: it comes back as `known`. What would train but has the words of
    something held out comes back as `twice`.
    """
    known: list[Said] = []
    fresh: list[Said] = []
    for one in said:
        (known if same(one.text) in learnt else fresh).append(one)
    held = _held_out(fresh)
    apart = tuple(one for one in fresh if one.publication in held)
    scoring = {same(one.text) for one in apart}
    rest = [one for one in fresh if one.publication not in held]
    train = tuple(one for one in rest if same(one.text) not in scoring)
    twice = tuple(one for one in rest if same(one.text) in scoring)
    return Parts(train, apart, tuple(known), twice) if held and _enough(train) else None


def _held_out(said: Sequence[Said]) -> frozenset[str]:
    order = sorted({one.publication for one in said}, key=lambda name: (_drawn(name), name))
    wanted = max(LEAST_APART, math.ceil(SHARE_APART * len(order)))
    for count in range(wanted, len(order) // 2 + 1):
        held = frozenset(order[:count])
        if _enough([one for one in said if one.publication in held]):
            return held
    return frozenset()


def _enough(said: Sequence[Said]) -> bool:
    judged = sum(one.assessment for one in said)
    return min(judged, len(said) - judged) >= LEAST_OF_LABEL


def _drawn(name: str) -> str:
    """By which publications are ordered: the same on every machine, and unlike anything about them."""
    return hashlib.sha256(name.encode()).hexdigest()


def languages_of(
    found: Given, learnt: frozenset[str] = frozenset(), *, least: int
) -> tuple[dict[Language, Parts], dict[Language, str]]:
    """The parts of each language that can be taught, and of each other one why not. Raises `BriefError` for none."""
    many, places = len(found.said), len({one.publication for one in found.said})
    if many < least:
        raise BriefError(
            f"Too few verdicts: {many} of {places} documents can teach, and {least} are needed.",
            "Review more claims (`brief-nlp review`), or ask for fewer with --least.",
        )
    if places < LEAST_DOCUMENTS:
        raise BriefError(
            f"Too few documents: the {many} verdicts that can teach are of {places}, and {LEAST_DOCUMENTS} are needed.",
            "Review claims of more documents (`brief-nlp review`).",
        )
    taught: dict[Language, Parts] = {}
    others: dict[Language, str] = {}
    for language in Language:
        own = [one for one in found.said if one.language is language]
        if parts := parted(own, learnt):
            taught[language] = parts
        else:
            others[language] = _counted(own)
    if not taught:
        there = "; ".join(f"{language}: {why}" for language, why in others.items())
        raise BriefError(
            f"Too few verdicts to hold any out ({there}). Of a language at least {LEAST_APART} documents are held out, "
            f"at most half, and both parts need {LEAST_OF_LABEL} facts and {LEAST_OF_LABEL} assessments.",
            "Review claims of both labels in more documents of one language (`brief-nlp review`).",
        )
    return taught, others


def _counted(said: Sequence[Said]) -> str:
    judged = sum(one.assessment for one in said)
    places = len({one.publication for one in said})
    return f"{len(said) - judged} facts and {judged} assessments of {places} documents"


def same(text: str) -> str:
    """Words as they are compared, so that nothing that scores also trains."""
    return folded(text)


def without(examples: Iterable[Example], texts: Iterable[str]) -> list[Example]:
    """The examples whose words are none of `texts`."""
    left_out = {same(text) for text in texts}
    return [one for one in examples if same(one.text) not in left_out]


def examples_of(said: Sequence[Said], part: Part) -> list[Example]:
    """Verdicts as examples with the features that the rules are fused by; whole publications make their folds."""
    parses: dict[Language, Iterator[Any]] = {
        language: iter(parsed([one.text for one in said if one.language is language], language))
        for language in {one.language for one in said}
    }
    found = []
    for one in said:
        cues = find_cues(one.text, 0, len(one.text), language=one.language)
        named = features(one.text, cues, one.source, language=one.language, parsed=next(parses[one.language]))
        found.append(
            Example(one.text, one.assessment, one.publication, f"verdicts-{one.language}", part, features=named)
        )
    return found


def digest_of(said: Iterable[Said]) -> str:
    """8 hex digits of labels and words, whatever their order."""
    lines = sorted(f"{one.document}\t{one.assessment}\t{one.text}" for one in said)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]


def _in_force(connection: Connection) -> dict[str, list[_Answer]]:
    """By claim, the last answer of each reviewer that was not taken back.

    A claim is called by the first of the claims that the verdict is attached to, those of other editions among them;
    an orphan by the one that it was given on.
    """
    homes: dict[int, str] = {}
    for number, claim_id in connection.execute(select(attachments.c.verdict_id, attachments.c.claim_id)):
        homes[number] = min(claim_id, homes.get(number, claim_id))
    undone = select(verdicts.c.undoes).where(verdicts.c.undoes.is_not(None))
    settling = (
        select(verdicts)
        .where(verdicts.c.action.not_in((Action.NOTE.value, Action.UNDO.value)), verdicts.c.verdict_id.not_in(undone))
        .order_by(verdicts.c.verdict_id)
    )
    last: dict[str, dict[str, _Answer]] = defaultdict(dict)
    for row in connection.execute(settling).mappings():
        home = homes.get(row["verdict_id"], row["claim_id"])
        # an edit that names no label left standing the one that was seen
        label = None if row["action"] == Action.REJECT else row["label"] or row["label_seen"]
        last[home].pop(row["reviewer"], None)  # so that the last answer stands last, whoever gave it
        last[home][row["reviewer"]] = _Answer(row["reviewer"], label, dict(row))
    return {claim_id: list(answers.values()) for claim_id, answers in last.items()}


class _Publications:
    """To which publication a document belongs: by the store, else by its newest verdict that tells, else its own."""

    def __init__(self, connection: Connection) -> None:
        told = select(verdicts.c.document_id, verdicts.c.work).order_by(verdicts.c.verdict_id)
        stored = select(documents.c.document_id, documents.c.work)
        self._known: dict[str, str] = {
            document: work for query in (told, stored) for document, work in connection.execute(query) if work
        }

    def of(self, document: str) -> str:
        return self._known.get(document, document)


def _said(connection: Connection, agreed: Mapping[str, Sequence[_Answer]], known: _Publications) -> Iterator[Said]:
    """What is agreed on: with the claim as the store has it now, and of orphans with the words they were given on."""
    placed = select(claims.c.claim_id, claims.c.document_id)
    homes = {claim: document for claim, document in connection.execute(placed) if claim in agreed}
    by_document: dict[str, list[str]] = defaultdict(list)
    for claim, document in homes.items():
        by_document[document].append(claim)
    for document, ids in by_document.items():
        body = connection.execute(select(briefs.c.body).where(briefs.c.document_id == document)).scalar_one()
        brief = unpacked(body)
        there: dict[str, Claim] = {claim.id: claim for claim in brief.claims}
        for claim_id in ids:
            claim, answers = there[claim_id], agreed[claim_id]
            yield Said(
                _edited(answers) or claim.text,
                answers[-1].label == Label.ASSESSMENT,
                document,
                known.of(document),
                brief.language,
                claim.source,
            )
    for claim_id in agreed.keys() - homes.keys():
        answers = agreed[claim_id]
        row = answers[-1].row
        language, text = judge_language(row["quote"]), _edited(answers) or row["quote"]
        (unit,) = read(text, [(0, len(text))], language=language)
        judged = answers[-1].label == Label.ASSESSMENT
        document = row["document_id"]
        yield Said(text, judged, document, known.of(document), language, unit.source, orphaned=True)


def _edited(answers: Sequence[_Answer]) -> str | None:
    """The words that the last reviewer who edited the claim gave it."""
    return next((answer.row["edited"] for answer in reversed(answers) if answer.row["action"] == Action.EDIT), None)
