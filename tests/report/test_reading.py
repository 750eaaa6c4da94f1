"""The text of the page is the text of the brief, with every marker in its place."""

from __future__ import annotations

import pytest

from brief_nlp.report.reading import Run, blocks_of, cutter_of, runs_of, sources_of
from brief_nlp.schema import Block, BlockKind, CitationKind, FieldName
from tests.conftest import NAMES, analyzed
from tests.report.briefs import ASSESSMENT, BOX, Said, made


def words(runs: tuple[Run, ...]) -> str:
    return "".join(part.text for run in runs for part in run.parts)


@pytest.mark.parametrize("name", NAMES)
def test_no_word_is_lost_and_every_claim_and_marker_stands_once(name: str):
    brief = analyzed(name)
    shown = list(blocks_of(brief))
    cutter = cutter_of(brief)
    notes = [tuple(runs_of(brief, cutter, note.start, note.end, note.block)) for note in brief.footnotes]
    everything = [block.runs for block in shown] + [cell for block in shown for row in block.rows for cell in row]
    read = [block for block in brief.blocks if block.kind is not BlockKind.FOOTNOTE]
    assert sorted(map(words, filter(None, everything))) == sorted(brief.text[block.start : block.end] for block in read)
    assert [words(runs) for runs in notes] == [brief.text[note.start : note.end] for note in brief.footnotes]
    runs = [run for group in (*everything, *notes) for run in group]
    assert sorted(run.claim for run in runs if run.first) == list(range(len(brief.claims)))
    for run in runs:
        if run.first:
            assert words((run,)) == brief.text[brief.claims[run.claim].start : brief.claims[run.claim].end]
    called = sorted((one.note, one.place) for run in runs for part in run.parts for one in part.called)
    assert called == [(note.index, place) for note in brief.footnotes for place, _ in enumerate(note.markers)]


def test_cues_are_marked_and_markers_follow_their_claim():
    brief = made(Said("It may end.", ASSESSMENT, cue="may"), notes=[(CitationKind.WEB, FieldName.TITLE, "A")], loose=1)
    (run,) = list(blocks_of(brief))[1].runs
    assert [(part.text, part.cue) for part in run.parts] == [("It ", False), ("may", True), (" end.", False)]
    assert [(one.label, one.note) for one in run.parts[-1].called] == [("1", 0), ("9", None)]


def test_headings_leave_no_level_out_and_tables_fill_no_gaps():
    brief = made(Said("A."))
    span = {"start": 0, "end": 1, "regions": (BOX,)}
    levels = [5, 1, 9, 2, None]
    heads = [Block(**span, index=i, kind=BlockKind.HEADING, level=level) for i, level in enumerate(levels)]
    cells = [
        Block(**span, index=9 + i, kind=BlockKind.TABLE_CELL, table=0, row=row, column=column)
        for i, (row, column) in enumerate([(1, 10**9), (0, 0), (1, 2)])
    ]
    shown = list(blocks_of(brief.model_copy(update={"blocks": (*heads, *cells), "claims": ()})))
    assert [block.level for block in shown[:-1]] == [3, 3, 4, 4, 3]
    assert [len(row) for row in shown[-1].rows] == [1, 2]


def test_claims_behind_each_source():
    paper = (CitationKind.NEWSPAPER, FieldName.CONTAINER, "Rodong Sinmun")
    brief = made(Said("A.", notes=[0, 1]), Said("B.", ASSESSMENT, notes=[1]), notes=[paper, paper])
    (row,) = sources_of(brief)
    assert (row.named.key, row.notes, row.facts, row.assessments) == ("rodong-sinmun", (0, 1), 1, 1)
