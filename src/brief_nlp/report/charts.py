"""The pictures of a collection, drawn by Vega from Altair charts, without a browser and without the network.

Nothing here depends on how wide a machine's fonts are: the room for names is fixed, and longer ones are cut. Names
stand in the data, never in an expression. Colours are the placeholders of `svg`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple

from brief_nlp.errors import BriefError
from brief_nlp.report.svg import ASSESSMENT, FACT, INK, LINE, ONE, PAPER, SOFT, rewritten
from brief_nlp.report.wording import shown

ROOM = 330  # pixels for names
FITTING = ROOM - 16  # of these, what a name may take
NUMBER = 36  # and of these, what a number behind it takes
WIDTH = 570
STEP = 22  # pixels a row
SIZE = 12  # pixels of the letters
TOP, RIGHT = 8, 60
AXIS, TITLED_AXIS = 26, 42  # pixels below the rows, without and with a title
BAND = 15  # pixels of a bar
MOST_TICKS = 10
BIGGEST = 300  # square pixels of a circle
YEAR = 365.25  # days
# widths of letters in their size, as the widest of the usual fonts has them (DejaVu Sans)
_WIDTHS = ((" .,:;'’|!ijlI[]()ft-/", 0.40), ("mwMWOQ—@%…", 1.0))
_WIDE, _USUAL, _CAPITAL = 1.0, 0.63, 0.77


class Bar(NamedTuple):
    """A row of bars: two figures that add up to one bar."""

    name: str
    first: int
    second: int


class Cell(NamedTuple):
    """A place in a field of rows and columns, with its count."""

    row: int
    column: int
    times: int


class Reach(NamedTuple):
    """A stretch of time, in years with their fractions; without a beginning only its end is drawn."""

    name: str
    start: float | None
    end: float


class Told(NamedTuple):
    """What is said of a chart: the name of its elements, title, description, and the names of its parts."""

    name: str
    title: str
    about: str
    parts: tuple[str, ...] = ()


def check_installed() -> None:
    """Raises `BriefError` where what draws is missing."""
    _altair()


def bars(rows: Sequence[Bar], told: Told, colours: tuple[str, str] = (FACT, ASSESSMENT)) -> str:
    """Bars of two parts, one below the other, each with its name before it and its sum behind it."""
    alt = _altair()
    values = [
        {"row": place, "part": part, "from": start, "to": start + size, "told": shown(f"{row.name}: {part} {size}")}
        for place, row in enumerate(rows)
        for part, start, size in zip(told.parts, (0, row.first), (row.first, row.second), strict=True)
        if size
    ]
    high = max((row.first + row.second for row in rows), default=1)
    scale, axis = alt.Scale(domain=[0, high], nice=False), _axis(0, high)
    drawn = (
        alt.Chart(alt.Data(values=values))
        .mark_bar(height=BAND)
        .encode(
            x=alt.X("from:Q", scale=scale, axis=axis),
            x2="to:Q",
            y=_rows(len(rows)),
            color=alt.Color("part:N", scale=alt.Scale(domain=list(told.parts), range=list(colours)), legend=None),
            description="told:N",
        )
    )
    sums = [
        {"row": place, "at": row.first + row.second, "sum": str(row.first + row.second)}
        for place, row in enumerate(rows)
    ]
    behind = (
        alt.Chart(alt.Data(values=sums))
        .mark_text(aria=False, align="left", dx=6, color=INK, fontSize=SIZE, baseline="middle")
        .encode(x=alt.X("at:Q", scale=scale, axis=axis), y=_rows(len(rows)), text="sum:N")
    )
    return _drawn(drawn + behind + _names([row.name for row in rows]), len(rows), told)


def bubbles(cells: Sequence[Cell], names: Sequence[str], told: Told, *, same: Sequence[int] = ()) -> str:
    """Circles as large as counts, in named rows over years; `same` marks a year in each row."""
    alt = _altair()
    values = [
        {
            "row": cell.row,
            "at": cell.column,
            "n": cell.times,
            "told": shown(f"{names[cell.row]} → {cell.column}: {cell.times}"),
        }
        for cell in cells
    ]
    years = [*(cell.column for cell in cells), *same]
    first, last = min(years) - 1, max(years) + 1
    scale = alt.Scale(domain=[first, last], nice=False, zero=False, padding=0)
    x = alt.X("at:Q", scale=scale, axis=_axis(first, last, told.parts[0]))
    most = max(cell.times for cell in cells)
    circles = (
        alt.Chart(alt.Data(values=values))
        .mark_circle(color=ONE, stroke=PAPER, strokeWidth=1, opacity=1)
        .encode(
            x=x,
            y=_rows(len(names)),
            size=alt.Size("n:Q", scale=alt.Scale(domain=[0, most], range=[0, BIGGEST]), legend=None),
            description="told:N",
        )
    )
    ticks = (
        alt.Chart(alt.Data(values=[{"row": place, "at": year} for place, year in enumerate(same)]))
        .mark_tick(aria=False, color=INK, thickness=2, size=STEP - 2)
        .encode(x=x, y=_rows(len(names)))
    )
    return _drawn(circles + ticks + _names(names), len(names), told, titled=True)


def matrix(cells: Sequence[Cell], names: Sequence[str], told: Told) -> str:
    """Circles as large as counts, where a numbered row meets a numbered column."""
    alt = _altair()
    size = len(names)
    most = max(cell.times for cell in cells)
    values = [
        {
            "row": cell.row,
            "at": cell.column,
            "n": cell.times,
            "told": shown(f"{names[cell.row]} + {names[cell.column]}: {cell.times}"),
        }
        for cell in cells
    ]
    scale = alt.Scale(domain=[-0.5, size - 0.5], nice=False, zero=False, padding=0)
    circles = (
        alt.Chart(alt.Data(values=values))
        .mark_circle(color=ONE, stroke=PAPER, strokeWidth=1, opacity=1)
        .encode(
            x=alt.X("at:Q", scale=scale, axis=None),
            y=_rows(size),
            size=alt.Size("n:Q", scale=alt.Scale(domain=[0, most], range=[0, BIGGEST]), legend=None),
            description="told:N",
        )
    )
    rules = (
        alt.Chart(alt.Data(values=[{"row": row, "from": 0, "to": row} for row in range(1, size)]))
        .mark_rule(aria=False, color=LINE)
        .encode(x=alt.X("from:Q", scale=scale, axis=None), x2="to:Q", y=_rows(size))
    )
    numbers = (
        alt.Chart(alt.Data(values=[{"at": place, "sum": str(place + 1)} for place in range(size)]))
        .mark_text(aria=False, color=SOFT, fontSize=SIZE, baseline="top")
        .encode(x=alt.X("at:Q", scale=scale, axis=None), y=alt.value(size * STEP + 6), text="sum:N")
    )
    numbered = [f"{fitted(name, FITTING - NUMBER)}  {place + 1}" for place, name in enumerate(names)]
    return _drawn(rules + circles + numbers + _names(numbered), size, told)


def reaches(rows: Sequence[Reach], told: Told) -> str:
    """A line for each row, from its beginning to its end, over years."""
    alt = _altair()
    starts = [row.end if row.start is None else row.start for row in rows]
    ends = [
        {"row": place, "from": start, "to": row.end, "told": shown(row.name)}
        for place, (row, start) in enumerate(zip(rows, starts, strict=True))
    ]
    first, last = int(min(starts)), int(max(row.end for row in rows)) + 1
    scale = alt.Scale(domain=[first, last], nice=False, zero=False, padding=0)
    data, axis = alt.Data(values=ends), _axis(first, last, told.parts[0])
    start, end = alt.X("from:Q", scale=scale, axis=axis), alt.X("to:Q", scale=scale, axis=axis)
    lines = (
        alt.Chart(data).mark_rule(aria=False, color=ONE, strokeWidth=3).encode(x=start, x2="to:Q", y=_rows(len(rows)))
    )
    points = (
        alt.Chart(data)
        .mark_circle(color=ONE, size=110, opacity=1)
        .encode(x=end, y=_rows(len(rows)), description="told:N")
    )
    return _drawn(lines + points + _names([row.name for row in rows]), len(rows), told, titled=True)


def fitted(text: str, room: float = FITTING) -> str:
    """A name that fits before its row; what is cut off is shown by three dots."""
    text = " ".join(shown(text).split())
    used = 0.0
    for place, letter in enumerate(text):
        used += _width(letter) * SIZE
        if used > room:
            return text[: max(1, place - 2)].rstrip() + "…"
    return text


def _width(letter: str) -> float:
    for letters, width in _WIDTHS:
        if letter in letters:
            return width
    if unicodedata.east_asian_width(letter) in "WF" or not letter.isascii():
        return _WIDE
    return _CAPITAL if letter.isupper() else _USUAL


def _names(names: Sequence[str]) -> Any:
    alt = _altair()
    values = [{"row": place, "name": fitted(name)} for place, name in enumerate(names)]
    return (
        alt.Chart(alt.Data(values=values))
        .mark_text(aria=False, align="right", color=INK, fontSize=SIZE, baseline="middle")
        .encode(x=alt.value(-8), y=_rows(len(names)), text="name:N")
    )


def _rows(count: int) -> Any:
    """Rows of one height, the first on top."""
    scale = _altair().Scale(domain=[-0.5, count - 0.5], range=[0, count * STEP], nice=False, zero=False, padding=0)
    return _altair().Y("row:Q", scale=scale, axis=None)


def ticks(first: int, last: int) -> list[int]:
    """Round whole numbers from one to the other, about eight of them."""
    step = next(
        step
        for power in range(10)
        for step in (10**power, 2 * 10**power, 5 * 10**power)
        if (last - first) / step <= MOST_TICKS
    )
    return list(range(-(-first // step) * step, last + 1, step))


def _axis(first: int, last: int, title: str | None = None) -> Any:
    return _altair().Axis(
        title=title,
        format="d",
        values=ticks(first, last),
        gridColor=LINE,
        domainColor=LINE,
        tickColor=LINE,
        labelColor=SOFT,
        titleColor=SOFT,
        titleFontWeight="normal",
        labelFontSize=SIZE,
        titleFontSize=SIZE,
        labelOverlap=True,
    )


def _drawn(chart: Any, count: int, told: Told, *, titled: bool = False) -> str:
    """The SVG of a chart of so many rows, in a frame of fixed size."""
    alt = _altair()
    import vl_convert

    whole = chart.properties(
        width=WIDTH,
        height=count * STEP,
        padding={"left": ROOM, "right": RIGHT, "top": TOP, "bottom": TITLED_AXIS if titled else AXIS},
        autosize=alt.AutoSizeParams(type="none"),
        background=PAPER,
    ).configure_view(stroke=None)
    version = alt.SCHEMA_VERSION.removeprefix("v").rpartition(".")[0]
    # no address may be fetched from, whatever stands in the data
    svg = vl_convert.vegalite_to_svg(whole.to_dict(), vl_version=version, allowed_base_urls=[])
    return rewritten(svg, told.name, told.title, told.about)


def _altair() -> Any:
    """Altair, where all that draws is installed. Raises `BriefError`."""
    try:
        import altair
        import vl_convert  # noqa: F401
    except ModuleNotFoundError as error:
        raise BriefError(
            f"Charts need Altair and vl-convert ({error.name} is missing).", "Run `pip install 'brief-nlp[report]'`."
        ) from None
    return altair
