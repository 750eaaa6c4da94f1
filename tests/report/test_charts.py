"""Pictures of names that nobody chose: sound, inside their frame, drawn where everything is installed."""

from __future__ import annotations

import sys
from xml.etree import ElementTree

import pytest

from brief_nlp.errors import BriefError
from brief_nlp.report import charts
from brief_nlp.report.charts import Bar, Cell, Reach, Told, fitted, ticks
from tests.report.briefs import HOSTILE

TOLD = Told("c", HOSTILE, HOSTILE, ("facts", "assessments"))


@pytest.mark.parametrize(
    "svg",
    [
        lambda: charts.bars([Bar(HOSTILE, 1, 2), Bar("한반도", 0, 1)], TOLD),
        lambda: charts.bubbles([Cell(0, 2020, 1), Cell(1, 2024, 9)], [HOSTILE, "나"], TOLD, same=[2023, 2024]),
        lambda: charts.matrix([Cell(1, 0, 3)], [HOSTILE, "나"], TOLD),
        lambda: charts.reaches([Reach(HOSTILE, 2024.2, 2029.9), Reach("나", None, 2026.0)], TOLD),
    ],
    ids=["bars", "bubbles", "matrix", "reaches"],
)
def test_charts_are_sound_whatever_the_names(svg):
    made = svg()
    assert made == svg()
    tree = ElementTree.fromstring(made)
    assert {element.tag for element in tree.iter()} <= {"svg", "title", "desc", "g", "path", "line", "text"}
    names = {name for element in tree.iter() for name in element.attrib}
    assert not [name for name in names if name.startswith("on") or "href" in name or name in ("style", "fill", "src")]
    assert tree.get("role") == "img"
    assert tree.get("aria-labelledby") == "c-title c-about"
    texts = [element.text for element in tree.iter("text")]
    assert any(text.startswith("<script>") for text in texts)
    assert any("나" in text or "한반도" in text for text in texts)
    assert any(text.isdecimal() for text in texts)  # an axis or a number is there
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in made


def test_a_number_is_not_cut_off_with_its_name():
    tree = ElementTree.fromstring(charts.matrix([Cell(1, 0, 3)], [HOSTILE, "한" * 50], TOLD))
    names = [text.text.split()[-1] for text in tree.iter("text") if text.get("text-anchor") == "end"]
    assert names == ["1", "2"]


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        (0, 1, [0, 1]),
        (0, 2, [0, 1, 2]),
        (0, 35, [0, 5, 10, 15, 20, 25, 30, 35]),
        (1966, 2026, list(range(1970, 2021, 10))),
    ],
)
def test_axes_have_whole_numbers(first: int, last: int, wanted: list[int]):
    assert ticks(first, last) == wanted
    assert len(ticks(first, last * 12345)) <= charts.MOST_TICKS + 1


def test_the_sum_stands_behind_its_bar():
    tree = ElementTree.fromstring(charts.bars([Bar("a", 1, 2), Bar("b", 0, 1)], TOLD))
    (behind,) = [
        text.get("transform") for text in tree.iter("text") if text.text == "3" and text.get("text-anchor") == "start"
    ]
    assert float(behind.removeprefix("translate(").split(",")[0]) == charts.WIDTH + 6


def test_names_are_cut_before_they_leave_the_picture():
    for name in ("m" * 90, "한" * 90, "W" * 90, "a b " * 90, HOSTILE * 3):
        cut = fitted(name)
        assert cut.endswith("…")
        assert len(cut) < 90
    assert len(fitted("한" * 90)) * charts.SIZE <= charts.ROOM
    assert fitted("Rodong  Sinmun\n") == "Rodong Sinmun"


@pytest.mark.parametrize("name", ["altair", "vl_convert"])
def test_what_is_missing_is_told(monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(BriefError, match=r"Charts need .* Run `pip install 'brief-nlp\[report\]'"):
        charts.check_installed()
