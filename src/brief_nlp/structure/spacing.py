"""Where words part in recognised Korean, in doubt: by morphology (Kiwi).

The reader leaves a thin space where the white between two syllables may be a space or not.
"""

from __future__ import annotations

from brief_nlp.pdf.pages import MAYBE_SPACE, Page, Run, word_starts
from brief_nlp.structure.morphology import kiwi


def settle_spaces(page: Page) -> Page:
    """A page without doubtful spaces: each has become a space or nothing."""
    if not page.ocr:
        return page
    return page._replace(runs=[_settled(run) if MAYBE_SPACE in run.text else run for run in page.runs])


def _settled(run: Run) -> Run:
    suggested = _suggested(run.text.replace(" ", "").replace(MAYBE_SPACE, ""))
    text, solid = "", 0
    starts: dict[int, float] = dict(zip(word_starts(run.text), run.words, strict=False))
    words: list[float] = []
    for place, char in enumerate(run.text):
        if char == MAYBE_SPACE:
            if solid in suggested:
                text += " "
            continue
        if char != " ":
            if not text or text[-1] == " ":
                words.append(starts.get(place, _x_of(run, place)))
            solid += 1
        text += char
    return run._replace(text=text, words=words)


def _x_of(run: Run, place: int) -> float:
    """About where a character stands: characters of a run are taken to be as wide as one another."""
    return run.x0 + (run.x1 - run.x0) * place / len(run.text)


def _suggested(solid: str) -> frozenset[int]:
    """Offsets in a text without spaces at which words part; all of them where Kiwi is missing."""
    analyser = kiwi()
    if analyser is None:
        return frozenset(range(len(solid)))
    found, offset = set(), 0
    for char in str(analyser.space(solid, reset_whitespace=True)):
        if char == " ":
            found.add(offset)
        else:
            offset += 1
    return frozenset(found)
