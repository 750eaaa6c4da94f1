"""Claims against gold: the seed brief, and the sample briefs."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from brief_nlp.analysis import analyze
from brief_nlp.claims.classifier import judge, load_classifier, read
from brief_nlp.claims.find import normalised
from brief_nlp.evaluation import held_out
from brief_nlp.evaluation.comparing import similarity
from brief_nlp.evaluation.scores import F1, Score, shared_folder
from brief_nlp.schema import AUTHOR, Brief, Claim, Label, Language

SAME = 0.9  # similarity from which two sentences are one
LABELS = ("fact", "assessment")


def scores(shared: Path) -> list[Score]:
    """On the seed brief; its rules were written by people who had read it, so this flatters."""
    brief = analyze(shared / "pdfs" / "typeset" / "en1.pdf")
    gold = json.loads((shared / "gold" / "seed_claims_gold.json").read_text("utf-8"))["sentences"]
    wanted = [item for item in gold if item["label"] in LABELS]
    pairs = [(item, claim) for item in wanted if (claim := _claim_for(item["text"], brief))]
    right = sum(item["label"] == claim.label.value or bool(item.get("disputed")) for item, claim in pairs)
    author = sum((claim.source == (AUTHOR,)) == (item["source"] == "author") for item, claim in pairs)
    notes = sum(_notes(claim, brief, "sentence") == set(map(str, item["footnotes"])) for item, claim in pairs)
    sections = sum(_notes(claim, brief, "section") == set(map(str, item["section_footnotes"])) for item, claim in pairs)
    total = len(wanted)
    return [
        Score(
            "seed claims: found",
            len(pairs) / total,
            1.0,
            detail=f"{len(pairs)} of {total}; {len(brief.claims)} claims in all",
        ),
        Score("seed claims: label accuracy", right / total, 0.95, detail=f"{right} of {total}"),
        Score("seed claims: macro-F1", _macro([(i["label"], c.label.value) for i, c in pairs])),
        Score("seed claims: the writer's own voice told from others'", author / total, 0.95),
        Score("seed claims: footnotes of the sentence", notes / total, 1.0),
        Score("seed claims: footnotes of the section", sections / total, 1.0),
        *_seed_clauses([item for item in gold if item.get("mixed")]),
        Score(
            "seed claims: majority baseline, accuracy",
            max(sum(i["label"] == label for i in wanted) for label in LABELS) / total,
        ),
    ]


def corpus_scores(corpus: Path) -> list[Score]:
    """On the documents and the real text that nothing was trained on."""
    shared = shared_folder()
    return [
        *held_out.composed_scores(corpus, Language.EN),
        *held_out.composed_scores(corpus, Language.KO),
        *(held_out.real_scores(corpus, shared) if shared else []),
    ]


def skipped() -> list[str]:
    """What cannot be measured here."""
    return [] if shared_folder() else ["claims on real text: needs the measuring data beside the checkout"]


def _seed_clauses(mixed: Sequence[dict[str, Any]]) -> list[Score]:
    """The clauses of the mixed sentences: spans, and labels of those found."""
    f1, right, matched = F1(0, 0, 0), 0, 0
    for item in mixed:
        text = item["text"]
        units = read(text, [(0, len(text))], language=Language.EN)
        (judged,) = judge(text, units, language=Language.EN, classifier=load_classifier(Language.EN))
        found = {text[one.unit.start : one.unit.end]: one.label for one in judged.clauses} or {text: judged.label}
        gold = {clause["text"]: clause["label"].startswith("fact") for clause in item["clauses"]}
        both = held_out.matched_clauses(text, list(gold), list(found))
        f1 = F1(f1.true_positives + len(both), f1.predicted + len(found), f1.gold + len(gold))
        matched += len(both)
        right += sum(gold[one] == (found[other] is Label.FACT) for one, other in both)
    return [
        Score("seed clauses: span F1", f1.f1, 0.85, detail=f"{f1.true_positives} of {f1.gold}"),
        Score(
            "seed clauses: label right, of those found", right / max(1, matched), 0.9, detail=f"{right} of {matched}"
        ),
    ]


def sample_scores(samples: Path) -> list[Score]:
    """On the sample briefs, whose gold was written with them."""
    by_language: dict[str, list[tuple[str, str]]] = {"en": [], "ko": []}
    found = {"en": 0, "ko": 0}
    total = {"en": 0, "ko": 0}
    named: dict[str, list[bool]] = {"en": [], "ko": []}
    for path in sorted(samples.glob("*.gold.json")):
        brief = analyze(samples / path.name.replace(".gold.json", ".pdf"))
        gold = json.loads(path.read_text("utf-8"))
        language = brief.language.value
        for item in gold["sentences"]:
            if item["label"] not in LABELS:
                continue
            total[language] += 1
            claim = _claim_for(item["text"], brief)
            if claim:
                found[language] += 1
                by_language[language].append((item["label"], claim.label.value))
                named[language].append((item["source"] == "author") == (claim.source == (AUTHOR,)))
    return [
        score
        for language in ("en", "ko")
        for score in (
            Score(
                f"samples {language}: claims found",
                found[language] / total[language],
                1.0,
                detail=f"{found[language]} of {total[language]}",
            ),
            Score(f"samples {language}: macro-F1 of the label", _macro(by_language[language])),
            Score(
                f"samples {language}: the writer's own voice told from others'",
                sum(named[language]) / len(named[language]),
            ),
        )
    ]


def _claim_for(text: str, brief: Brief) -> Claim | None:
    plain = normalised(re.sub(r"(?<=[.’'”\"\w])[¹²³⁴⁵⁶⁷⁸⁹]?\d?[)⁾](?=\s|$)", "", text))
    best = max(brief.claims, key=lambda claim: similarity(normalised(claim.text), plain), default=None)
    return best if best and similarity(normalised(best.text), plain) >= SAME else None


def _notes(claim: Claim, brief: Brief, scope: str) -> set[str]:
    return {brief.footnotes[item.footnote].label for item in claim.evidence if item.scope.value == scope}


def _macro(pairs: Sequence[tuple[Any, Any]]) -> float:
    """Mean of the F1 of both labels, over (gold, predicted)."""
    return sum(
        F1(
            sum(gold == predicted == label for gold, predicted in pairs),
            sum(predicted == label for _, predicted in pairs),
            sum(gold == label for gold, _ in pairs),
        ).f1
        for label in LABELS
    ) / len(LABELS)
