"""The main job, end to end: places on the page, the same rows twice, one broken file among good ones."""

from __future__ import annotations

import json
import tempfile
from functools import partial
from pathlib import Path

import pdfplumber

from brief_nlp.analysis import analyze
from brief_nlp.batch.inputs import find_inputs
from brief_nlp.batch.work import Rules, Status, one_by_one
from brief_nlp.evaluation.comparing import similarity
from brief_nlp.evaluation.scores import Score
from brief_nlp.fingerprint import fingerprint
from brief_nlp.rows import to_rows
from brief_nlp.schema import Brief, Claim
from brief_nlp.settings import Settings
from brief_nlp.store.sinks import open_sink

HELD = 0.97  # similarity from which the boxes of a claim are said to hold its words


def scores(shared: Path) -> list[Score]:
    """On the seed brief as two typesetters set it."""
    folder = shared / "pdfs" / "typeset"
    found = [score for name in ("en1", "en1_wp") for score in _regions(folder / f"{name}.pdf")]
    return [*found, _same_twice(folder / "en1.pdf"), _with_one_broken(folder)]


def sample_scores(samples: Path) -> list[Score]:
    """On the sample briefs."""
    return [score for path in sorted(samples.glob("*.pdf")) for score in _regions(path)]


def _regions(path: Path) -> list[Score]:
    brief = analyze(path)
    shares = held_by_boxes(path, brief)
    return [
        Score(
            f"{path.stem}: claims whose boxes hold their words",
            sum(share >= HELD for share in shares) / len(shares),
            1.0,
            detail=f"{len(shares)} claims, lowest similarity {min(shares):.3f}",
        )
    ]


def held_by_boxes(path: Path, brief: Brief) -> list[float]:
    """For each claim, how similar its words are to the characters that an independent reader finds in its boxes."""
    with pdfplumber.open(path) as pdf:
        characters = {
            page.page_number: [(c["x0"], c["x1"], c["top"], c["bottom"], c["text"]) for c in page.chars]
            for page in pdf.pages
        }
    return [_held(claim, brief, characters) for claim in brief.claims]


def _held(claim: Claim, brief: Brief, characters: dict[int, list[tuple[float, float, float, float, str]]]) -> float:
    held = ""
    for box in claim.regions:
        inside = [
            (x0, text)
            for x0, x1, top, bottom, text in characters[box.page]
            if box.x0 - 0.5 <= (x0 + x1) / 2 <= box.x1 + 0.5 and box.top <= (top + bottom) / 2 <= box.bottom
        ]
        held += "".join(text for _, text in sorted(inside))
    calls = [
        marker.label for note in brief.footnotes for marker in note.markers if claim.start < marker.offset <= claim.end
    ]
    wanted = "".join(claim.text.split())
    found = "".join(held.split()).replace("\xad", "-")
    for label in calls:
        found = found.replace(f"{label})", "", 1) if f"{label})" in found else found.replace(label, "", 1)
    return similarity(wanted.replace("-", ""), found.replace("-", ""))


def _same_twice(path: Path) -> Score:
    first, second = (json.dumps(to_rows(analyze(path)), sort_keys=True, default=bytes.hex) for _ in range(2))
    return Score("two runs give identical rows", float(first == second), 1.0)


def _with_one_broken(folder: Path) -> Score:
    """A folder of three good files and a damaged one gives the rows of the three."""
    settings = Settings()
    with tempfile.TemporaryDirectory() as scratch:
        for name in ("en1", "en2", "ko"):
            (Path(scratch) / f"{name}.pdf").write_bytes((folder / f"{name}.pdf").read_bytes())
        (Path(scratch) / "broken.pdf").write_bytes((folder / "en1.pdf").read_bytes()[:3000])
        sink, _ = open_sink(f"sqlite:///{scratch}/rows.db")
        job = partial(analyze, settings=settings)
        rules = Rules(fingerprint(settings), settings.attempts)
        outcomes = list(one_by_one(find_inputs([scratch], rules.most), sink, job, rules))
    done = sum(outcome.status is Status.DONE for outcome in outcomes)
    return Score("a broken file among good ones: the good ones done", done, 3, detail=f"{len(outcomes)} files")
