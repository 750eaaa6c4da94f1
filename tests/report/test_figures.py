"""Every table adds up, and every picture shows its table."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest

from brief_nlp.report.counting import MOST, Counts, count
from brief_nlp.report.figures import Figure, figures_of
from brief_nlp.report.wording import wording
from brief_nlp.schema import AssessmentKind, Brief, CitationKind, EntityType, FieldName, Likelihood, Speaker
from tests.conftest import NAMES, analyzed
from tests.report.briefs import ASSESSMENT, FACT, Said, made

OF_LABELS = ("by_brief", "by_topic", "relied", "speakers")


def wide() -> list[Brief]:
    """Sixty briefs with more of everything than is shown."""
    dice = random.Random(3)
    briefs = []
    for number in range(60):
        said = [
            Said(
                f"Claim {place} of {number}.",
                dice.choice([FACT, ASSESSMENT]),
                [(f"Law {law}", EntityType.LAW, f"law-{law}") for law in dice.sample(range(40), 2)],
                [(f"{dice.randrange(1990, 2040)}-01-01", "2041-12-31")],
                [dice.randrange(2)],
                (Speaker(name=f"Speaker {dice.randrange(50)}", start=0, end=1),),
                AssessmentKind.FORECAST,
                dice.choice([*Likelihood, None]),
            )
            for place in range(dice.randrange(1, 9))
        ]
        notes = [(CitationKind.NEWSPAPER, FieldName.CONTAINER, f"Paper {dice.randrange(45)}") for _ in range(2)]
        year = f"{dice.randrange(1995, 2026)}"
        briefs.append(made(*said, title=f"T {number}", number=number + 1, notes=notes, warnings=("w",), published=year))
    return briefs


@pytest.fixture(scope="module", params=["samples", "wide"])
def counts(request: pytest.FixtureRequest) -> Counts:
    return count(wide() if request.param == "wide" else map(analyzed, NAMES))


@pytest.fixture(scope="module", params=["en", "ko"])
def figures(counts: Counts, request: pytest.FixtureRequest) -> dict[str, Figure]:
    return {figure.name: figure for figure in figures_of(counts, wording(request.param), request.param)}


def column(figure: Figure, place: int, *, rest: bool = True) -> int:
    """The sum of a column of figures, with what is told to be left out."""
    rows = [*figure.table.rows, *([figure.table.rest] if rest and figure.table.rest else [])]
    return sum(int(row[place]) for row in rows)


def drawn(figure: Figure) -> list[int]:
    """The figures that the marks of a picture tell, in order."""
    return [int(found) for found in re.findall(r"<title>[^<]* (\d+)</title>", figure.svg)]


@pytest.mark.parametrize("name", OF_LABELS)
def test_facts_and_assessments_add_up_in_each_row(figures: dict[str, Figure], counts: Counts, name: str):
    table = figures[name].table
    end = len(table.head) if name != "by_brief" else 5
    assert table.rows
    for row in (*table.rows, *(row for row in (table.rest, table.total) if row)):
        assert row[end - 3] + row[end - 2] == row[end - 1]
    assert len(table.rows) <= MOST
    assert (len(table.rows) == MOST) == (table.rest is not None) or name == "by_brief"


def test_columns_add_up_to_the_whole(figures: dict[str, Figure], counts: Counts):
    by_brief = figures["by_brief"]
    for place, name in enumerate(("facts", "assessments", "claims", "unsure", "notes"), 2):
        assert column(by_brief, place) == by_brief.table.total[place] == counts.totals[name]
    assert column(figures["by_topic"], 4) == counts.topics.total()
    assert column(figures["relied"], 1) == counts.citations.total()
    assert column(figures["relied"], 5) == counts.relied.total()
    assert column(figures["speakers"], 3) == counts.speakers.total()
    time = figures["time"]
    assert column(time, 2) == time.table.total[2] == counts.totals["dates"] - counts.totals["dates_outside"]
    assert column(figures["together"], 2) == counts.together.total()
    outlook = figures["outlook"]
    assert [column(outlook, place) for place in (1, 2, 3)] == list(outlook.table.total[1:])
    assert outlook.table.total[3] == counts.outlook.total()
    assert not counts.totals["warnings"] or column(figures["troubled"], 1) == counts.totals["warnings"]


def test_pictures_show_what_their_tables_say(figures: dict[str, Figure]):
    for name in (*OF_LABELS, "outlook"):
        table = figures[name].table
        end = len(table.head) if name != "by_brief" else 5
        parts = (end - 3, end - 2)
        told = Counter(int(row[place]) for row in table.rows for place in parts if row[place])
        assert Counter(drawn(figures[name])) == told, name
    for name in ("time", "together"):
        assert Counter(drawn(figures[name])) == Counter(row[2] for row in figures[name].table.rows), name
    assert figures["horizons"].svg.count('class="fill-one') == len(figures["horizons"].table.rows)


def test_what_is_left_out_is_told(figures: dict[str, Figure], counts: Counts):
    if counts.totals["briefs"] == 60:
        assert "40" in figures["by_brief"].table.rest[0]
        left = len({topic for topic, _ in counts.topics}) - MOST
        assert str(left) in figures["by_topic"].table.rest[0]
        assert str(counts.outlook.total() - MOST) in figures["horizons"].table.rest[0]


def test_equal_counts_come_in_one_order_whatever_the_order_of_the_briefs():
    briefs = wide()
    one, other = (figures_of(count(order), wording("en"), "en") for order in (briefs, briefs[::-1]))
    assert [figure.table.rows for figure in one] == [figure.table.rows for figure in other]


def test_nothing_is_drawn_of_nothing():
    for figure in figures_of(count([made(), made(number=2)]), wording("en"), "en"):
        assert figure.svg == ""
        assert figure.name in ("by_brief", "outlook") or figure.table.rows == ()
