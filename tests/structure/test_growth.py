"""A page of very many scattered words takes time in proportion to them, not to their square: counted, not timed."""

from __future__ import annotations

import cProfile
import pstats
import random

import pytest

from brief_nlp.structure.furniture import split_furniture
from brief_nlp.structure.lines import page_lines
from tests.structure.test_lines import page, run

FEW, MANY = 1_000, 4_000


def scattered(count: int) -> list:
    dice = random.Random(count)
    return [run(f"word{number}", dice.uniform(10, 550), dice.uniform(10, 830)) for number in range(count)]


def calls(task, *args) -> int:
    profile = cProfile.Profile()
    profile.runcall(task, *args)
    return pstats.Stats(profile).total_calls


@pytest.mark.parametrize("stage", ["lines", "furniture"])
def test_four_times_the_words_take_some_four_times_the_work(stage: str):
    counts = []
    for count in (FEW, MANY):
        one = page(*scattered(count))
        found = page_lines(one)
        assert len(found) > count // 2
        counts.append(
            calls(page_lines, one) if stage == "lines" else calls(split_furniture, [one, one], [found, found])
        )
    assert counts[1] / counts[0] < 8
