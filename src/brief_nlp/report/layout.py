"""One picture a page: what was taken for what, and which note a marker was tied to.

The page is rendered in the sandbox's child; here the boxes are drawn over it. A legend stands in
a strip below the page, so that a point of the page stays at its place in the picture.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from brief_nlp.errors import BriefError
from brief_nlp.pdf.sandbox import Picture, render_pages
from brief_nlp.schema import Block, BlockKind, Brief, Marker, Region
from brief_nlp.settings import Settings

DPI = 110
Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]

COLOURS: dict[BlockKind, Colour] = {
    BlockKind.TITLE: (128, 0, 128),
    BlockKind.BYLINE: (199, 21, 133),
    BlockKind.MASTHEAD: (233, 116, 81),
    BlockKind.HEADING: (220, 110, 0),
    BlockKind.PARAGRAPH: (30, 110, 220),
    BlockKind.LIST_ITEM: (0, 150, 170),
    BlockKind.TABLE_CELL: (130, 120, 0),
    BlockKind.CAPTION: (150, 90, 40),
    BlockKind.COPYRIGHT: (90, 110, 90),
    BlockKind.DISCLAIMER: (60, 120, 60),
    BlockKind.FOOTNOTE: (20, 150, 60),
}
GREY: Colour = (120, 120, 120)
RED: Colour = (220, 0, 0)
LINK: Colour = (60, 0, 200)
FILL = 45  # of 255: how strongly a block is tinted
THREAD = 150  # of 255: how strong the line from a marker to its note is
EDGE = 2  # pixels
PAPER = 200  # of 255: what is darker is ink
LABEL_SIZE, LEGEND_SIZE = 11, 13  # pixels
RING = 7  # pixels between a marker and the circle around it
LEGEND_STEP, LEGEND_MARGIN = 20, 10  # pixels


@dataclass(frozen=True)
class _Thread:
    """A marker and the place of the note that it calls."""

    marker: Region
    note: Region
    label: str


def write_layout(
    brief: Brief, data: bytes, folder: Path, settings: Settings, *, stem: str, password: str | None = None
) -> list[Path]:
    """Write one PNG a page of the PDF `data` into `folder`, and return their paths."""
    folder = writable(folder)
    with tempfile.TemporaryDirectory(prefix="brief-nlp-") as held:
        pictures = render_pages(data, settings, password, Path(held), DPI)
        digits = max(2, len(str(len(pictures))))
        return [
            _written(_page_picture(brief, picture, number, len(pictures)), folder / f"{stem}-{number:0{digits}}.png")
            for number, picture in enumerate(pictures, 1)
        ]


def writable(folder: Path) -> Path:
    """The folder, made where it is missing. Raises `BriefError` where nothing can be written in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder):
            return folder
    except OSError as error:
        raise _cannot_write(folder, error) from None


def _written(picture: Image.Image, path: Path) -> Path:
    try:
        picture.save(path)
    except OSError as error:
        raise _cannot_write(path, error) from None
    return path


def _cannot_write(path: Path, error: OSError) -> BriefError:
    return BriefError(f"{path}: cannot be written ({error.strerror}).", "Choose another folder with --out.")


def _page_picture(brief: Brief, picture: Picture, number: int, count: int) -> Image.Image:
    with Image.open(picture.path, formats=["PNG"]) as opened:
        page = opened.convert("RGBA")
    tint = Image.new("RGBA", page.size, (0, 0, 0, 0))
    brush = ImageDraw.Draw(tint)
    font = _font(LABEL_SIZE)
    marks = list(_marks(brief, number, picture.scale))
    for box, colour, _ in marks:
        brush.rectangle(_grown(box, EDGE), fill=(*colour, FILL), outline=(*colour, 255), width=EDGE)
    _draw_threads(brush, brief, number, picture.scale, font)
    _draw_labels(brush, marks, font, page.convert("L"))
    shown = Image.alpha_composite(page, tint).convert("RGB")
    return _with_legend(shown, f"page {number} of {count}")


def _marks(brief: Brief, number: int, scale: float) -> Iterator[tuple[Box, Colour, str]]:
    """(box, colour, label) of all that stands on a page; only the first box of a block is labelled."""
    uncalled = {note.block for note in brief.footnotes if not note.markers}
    for block in brief.blocks:
        label = _label(block, block.index in uncalled)
        for place, boxes in enumerate(_stretches(block.regions)):
            if boxes[0].page == number:
                goes_on = f"{block.index} …" if place else label
                colour = RED if block.index in uncalled else COLOURS[block.kind]
                yield _pixels(boxes, scale), colour, goes_on
    for item in brief.furniture:
        if item.region.page == number:
            yield _pixels([item.region], scale), GREY, item.kind.value


def _label(block: Block, uncalled: bool) -> str:
    if block.kind is BlockKind.TABLE_CELL:
        return f"{block.index} r{block.row} c{block.column}"  # cells stand close; the colour tells the kind
    level = f" {block.level}" if block.level else ""
    return f"{block.index} {block.kind.value}{level}" + (" (no marker)" if uncalled else "")


def _stretches(regions: Sequence[Region]) -> Iterator[list[Region]]:
    """The lines of a block, cut where they go on in another column or on another page."""
    held: list[Region] = []
    for region in regions:
        if held and (region.page != held[-1].page or region.bottom < held[-1].top):
            yield held
            held = []
        held.append(region)
    if held:
        yield held


def _pixels(regions: Sequence[Region], scale: float) -> Box:
    return (
        round(min(region.x0 for region in regions) * scale),
        round(min(region.top for region in regions) * scale),
        round(max(region.x1 for region in regions) * scale),
        round(max(region.bottom for region in regions) * scale),
    )


def _threads(brief: Brief) -> Iterator[_Thread]:
    for note in brief.footnotes:
        regions = brief.blocks[note.block].regions
        for marker in note.markers:
            if marker.regions and regions:
                yield _Thread(marker.regions[0], regions[0], note.label)


def _draw_threads(
    brush: ImageDraw.ImageDraw, brief: Brief, number: int, scale: float, font: ImageFont.ImageFont
) -> None:
    """Lines from the markers of a page to their notes; where the note stands on another page, its number."""
    for thread in _threads(brief):
        if thread.marker.page != number:
            continue
        box = _pixels([thread.marker], scale)
        brush.rectangle(_grown(box, 1), outline=(*LINK, 255))
        if thread.note.page == number:
            note = _pixels([thread.note], scale)
            start = ((box[0] + box[2]) // 2, box[3] + 1 if note[1] >= box[3] else box[1] - 1)
            end = (note[0] - EDGE, (note[1] + note[3]) // 2)
            brush.line((*start, *end), fill=(*LINK, THREAD), width=1)
            brush.ellipse(_grown((*end, *end), 2), fill=(*LINK, 255))
        else:
            _write(brush, (box[2] + 2, box[1] - LABEL_SIZE // 2), f"{thread.label} p. {thread.note.page}", LINK, font)
    for marker in _of_page(brief.markers_without_note, number):
        for region in marker.regions:
            brush.ellipse(_grown(_pixels([region], scale), RING), outline=(*RED, 255), width=EDGE + 1)


def _of_page(markers: Iterable[Marker], number: int) -> Iterator[Marker]:
    return (marker for marker in markers if marker.regions and marker.regions[0].page == number)


def _grown(box: Box, by: int) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _draw_labels(
    brush: ImageDraw.ImageDraw,
    marks: Sequence[tuple[Box, Colour, str]],
    font: ImageFont.ImageFont,
    page: Image.Image,
) -> None:
    """Each label beside its box, where it hides the least."""
    taken = [_grown(box, EDGE) for box, _, _ in marks]
    for box, colour, label in marks:
        left, top, right, bottom = map(round, font.getbbox(label))
        width, height = right - left, bottom - top + 2
        places = (
            *((box[0] - width - away, box[1]) for away in (5, 25, 45)),
            *((box[2] + away, box[1]) for away in (5, 25)),
            (box[0], box[1] - height - 4),
            (box[2] - width, box[1] - height - 4),
            (box[0], box[3] + 4),
        )
        spots = [(x, y, x + width, y + height) for x, y in places if x >= 0 and y >= 0 and x + width <= page.width]
        hidden = [_ink(page, spot) + sum(_shared(spot, other) for other in taken) for spot in spots]
        if not spots:
            continue  # a box off the page, of which the file says that it is there
        spot = spots[hidden.index(min(hidden))]
        taken.append(spot)
        _write(brush, (spot[0], spot[1]), label, colour, font)


def _ink(page: Image.Image, box: Box) -> int:
    """How many pixels of a grey page are dark inside a box."""
    return sum(page.crop(box).histogram()[:PAPER])


def _shared(one: Box, other: Box) -> int:
    """How many pixels two boxes have in common."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return max(0, across) * max(0, down)


def _write(
    brush: ImageDraw.ImageDraw, place: tuple[int, int], text: str, colour: Colour, font: ImageFont.ImageFont
) -> None:
    box = brush.textbbox(place, text, font=font)
    brush.rectangle((box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1), fill=(255, 255, 255, 215))
    brush.text(place, text, fill=(*colour, 255), font=font)


def _with_legend(page: Image.Image, title: str) -> Image.Image:
    """The page above a strip that says what the colours mean."""
    font = _font(LEGEND_SIZE)
    items = [
        *((kind.value, colour, "box") for kind, colour in COLOURS.items()),
        *(("furniture", GREY, "box"), ("marker and its note", LINK, "line")),
        *(("marker without note", RED, "ring"), ("note without marker", RED, "box")),
    ]
    measured = [(*item, 34 + round(font.getlength(item[0]))) for item in items]
    title_width = round(font.getlength(title)) + 2 * LEGEND_MARGIN
    rows = _rows([width for *_, width in measured], page.width - 2 * LEGEND_MARGIN, title_width)
    strip = LEGEND_STEP * (max(row for row, _ in rows) + 1) + LEGEND_MARGIN
    whole = Image.new("RGB", (page.width, page.height + strip), "white")
    whole.paste(page, (0, 0))
    brush = ImageDraw.Draw(whole)
    brush.line((0, page.height, page.width, page.height), fill=(0, 0, 0))
    brush.text((LEGEND_MARGIN, page.height + 6), title, fill=(0, 0, 0), font=font)
    for (text, colour, sign, _), (row, left) in zip(measured, rows, strict=True):
        x, y = LEGEND_MARGIN + left, page.height + 6 + LEGEND_STEP * row
        if sign == "box":
            brush.rectangle((x, y + 2, x + 14, y + 14), fill=_paler(colour), outline=colour, width=EDGE)
        elif sign == "ring":
            brush.ellipse((x, y + 1, x + 14, y + 15), outline=colour, width=EDGE + 1)
        else:
            brush.line((x, y + 12, x + 14, y + 4), fill=colour, width=EDGE)
        brush.text((x + 19, y), text, fill=(0, 0, 0), font=font)
    return whole


def _rows(widths: Sequence[int], room: int, first: int) -> list[tuple[int, int]]:
    """(row, left) of things of these widths, set one after another; the first row starts at `first`."""
    found: list[tuple[int, int]] = []
    row, left = 0, first
    for width in widths:
        if left + width > room and left > 0:
            row, left = row + 1, 0
        found.append((row, left))
        left += width
    return found


def _paler(colour: Colour) -> Colour:
    red, green, blue = (255 - (255 - part) * FILL // 255 for part in colour)
    return red, green, blue


def _font(size: int) -> ImageFont.ImageFont:
    """Pillow's own font: nothing of the system is needed."""
    font: ImageFont.ImageFont = ImageFont.load_default(size)  # type: ignore[assignment]
    return font
