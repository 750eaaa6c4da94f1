"""What the picture of a page tells that recognised words do not: its slant, ruling lines, bold lines, raised marks.

Pictures are boolean arrays, True where there is ink. Lengths are in pixels.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ink = NDArray[np.bool_]

DARK = 0.62  # of the paper's brightness: what is darker is ink
WIDEST_SLANT = 1.5  # degrees: pages slanted further are left as they are
LEAST_SLANT = 0.08  # degrees: less does no harm
RULE_SHARE = 0.08  # of the page's width: how long a ruling line is at least
RULE_HEIGHT = 8  # pixels: how thick it is at most
DENSE = 0.25  # of the ink of the darkest row of pixels
SPECK = 3  # pixels: what is smaller both ways is dirt


class Blob(NamedTuple):
    """The bounds of a connected piece of ink, right and bottom exclusive."""

    left: int
    top: int
    right: int
    bottom: int


class TextRow(NamedTuple):
    """A recognised line in the picture: its ends, its baseline at the left end, its slope, its font size."""

    left: int
    right: int
    baseline: float
    slope: float
    size: float

    def baseline_at(self, x: float) -> float:
        """Height of the baseline at `x`."""
        return self.baseline + self.slope * (x - self.left)


def ink_of(image: Any) -> Ink:
    """Where a grey picture (PIL) has ink."""
    grey = np.asarray(image, dtype=np.uint8)
    paper = float(np.percentile(grey[::8, ::8], 90))
    return np.asarray(grey < DARK * paper, dtype=np.bool_)


def slant(ink: Ink) -> float:
    """Degrees by which to turn a page counter-clockwise so that its lines are level; 0 where it is not sure.

    The angle whose rows of pixels differ most in ink (Postl's projection profiles).
    """
    height, width = ink.shape[0] // 4, ink.shape[1] // 4
    small = ink[: 4 * height, : 4 * width].reshape(height, 4, width, 4).any(axis=(1, 3))
    rows, columns = np.nonzero(small)
    if len(rows) < 500:
        return 0.0
    angles = np.arange(-WIDEST_SLANT, WIDEST_SLANT + 0.01, 0.05)
    sharpness = []
    for angle in angles:
        levels = np.round(rows - columns * np.tan(np.radians(angle))).astype(int)
        profile = np.bincount(levels - levels.min()).astype(float)
        sharpness.append(float(np.square(np.diff(profile)).sum()))
    best = float(angles[int(np.argmax(sharpness))])
    return best if LEAST_SLANT <= abs(best) < WIDEST_SLANT - 0.1 else 0.0


def blobs(ink: Ink) -> list[Blob]:
    """The connected pieces of ink, from left to right: runs of each row, joined where they touch the row above."""
    padded = np.zeros((ink.shape[0], ink.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = ink
    edges = np.diff(padded, axis=1)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    parent = list(range(len(rows)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    first_of = np.searchsorted(rows, np.arange(ink.shape[0] + 1)).tolist()
    left, right = starts.tolist(), ends.tolist()
    for row in range(1, ink.shape[0]):
        above, stop_above = first_of[row - 1], first_of[row]
        here, stop_here = first_of[row], first_of[row + 1]
        while above < stop_above and here < stop_here:
            if left[above] <= right[here] and left[here] <= right[above]:
                one, other = root(above), root(here)
                if one != other:
                    parent[max(one, other)] = min(one, other)
            if right[above] < right[here]:
                above += 1
            else:
                here += 1
    roots = np.array([root(place) for place in range(len(rows))], dtype=int)
    return sorted(_bounds(roots, rows, starts, ends)) if len(roots) else []


def _bounds(roots: Any, rows: Any, starts: Any, ends: Any) -> list[Blob]:
    names, place = np.unique(roots, return_inverse=True)
    left, top = np.full(len(names), 1 << 30), np.full(len(names), 1 << 30)
    right, bottom = np.zeros(len(names), dtype=int), np.zeros(len(names), dtype=int)
    np.minimum.at(left, place, starts)
    np.minimum.at(top, place, rows)
    np.maximum.at(right, place, ends)
    np.maximum.at(bottom, place, rows + 1)
    found = [Blob(*map(int, box)) for box in zip(left, top, right, bottom, strict=True)]
    return [blob for blob in found if blob.right - blob.left > SPECK or blob.bottom - blob.top > SPECK]


def rules(found: list[Blob], page_width: int) -> list[Blob]:
    """The pieces of ink that are level ruling lines."""
    return [
        blob
        for blob in found
        if blob.right - blob.left >= RULE_SHARE * page_width and blob.bottom - blob.top <= RULE_HEIGHT
    ]


def stroke(ink: Ink, row: TextRow) -> float:
    """How thick the strokes of a line are, in sizes of its font: twice its ink by the length of its outlines."""
    top = max(0, int(min(row.baseline, row.baseline_at(row.right)) - row.size))
    bottom = int(max(row.baseline, row.baseline_at(row.right)) + 0.3 * row.size)
    part = ink[top:bottom, row.left : row.right].astype(np.int8)
    outline = int(np.abs(np.diff(part, axis=0)).sum() + np.abs(np.diff(part, axis=1)).sum())
    return 2 * float(part.sum()) / outline / row.size if outline else 0.0


def dense_rows(ink: Ink, left: int, right: int, top: int, bottom: int) -> tuple[int, int] | None:
    """(first, last) row of pixels in which most of a line's ink lies: without what only brackets and commas reach."""
    part = ink[max(0, top) : bottom, max(0, left) : right]
    profile = part.sum(axis=1)
    if not len(profile) or not profile.max():
        return None
    dense = np.nonzero(profile >= DENSE * profile.max())[0]
    return max(0, top) + int(dense[0]), max(0, top) + int(dense[-1])


# a raised mark, in sizes of the font of its line
MARK_LIFT = 0.16  # how far its lowest ink stands above the baseline at least: that of letters does not
MARK_REACH = 0.47  # at most: quotation marks hang higher
MARK_TOP = 0.5  # how far its top stands above the baseline at least: dashes do not
MARK_LEAST, MARK_MOST = 0.24, 0.68  # how tall its pieces are
MARK_GAP = 0.16  # between two of its pieces at most
MARK_SPACE = 0.12  # between it and the word after it at least
MARK_BEHIND = 0.45  # between it and the word that it stands behind at most


def raised_marks(found: list[Blob], row: TextRow) -> list[Blob]:
    """The groups of small pieces that stand raised behind a word of a line, or at its start."""
    size = row.size
    line = [blob for blob in found if _stands_in(blob, row)]
    groups: list[list[Blob]] = []
    for blob in line:
        if not _is_small_and_high(blob, row) or _has_ink_below(blob, line, size):
            continue
        if groups and blob.left - max(piece.right for piece in groups[-1]) <= MARK_GAP * size:
            groups[-1].append(blob)
        else:
            groups.append([blob])
    marks = []
    for group in groups:
        mark = Blob(
            min(blob.left for blob in group),
            min(blob.top for blob in group),
            max(blob.right for blob in group),
            max(blob.bottom for blob in group),
        )
        others = [blob for blob in line if blob not in group]
        if _has_room(mark, others, size):
            marks.append(mark)
    return marks


def _lift(blob: Blob, row: TextRow) -> float:
    return row.baseline_at((blob.left + blob.right) / 2) - blob.bottom


def _stands_in(blob: Blob, row: TextRow) -> bool:
    middle, baseline = (blob.left + blob.right) / 2, row.baseline_at((blob.left + blob.right) / 2)
    inside = row.left - 1.5 * row.size <= middle <= row.right + 1.5 * row.size
    return inside and baseline - 1.15 * row.size <= blob.top and blob.bottom <= baseline + 0.45 * row.size


def _is_small_and_high(blob: Blob, row: TextRow) -> bool:
    height, lift = blob.bottom - blob.top, _lift(blob, row)
    tall = MARK_LEAST * row.size <= height <= MARK_MOST * row.size
    return tall and MARK_LIFT * row.size <= lift <= MARK_REACH * row.size and lift + height >= MARK_TOP * row.size


def _has_ink_below(blob: Blob, line: list[Blob], size: float) -> bool:
    return any(
        other.left < blob.right - 1 and blob.left + 1 < other.right and other.bottom > blob.bottom + 0.1 * size
        for other in line
        if other is not blob
    )


def _has_room(mark: Blob, others: list[Blob], size: float) -> bool:
    """Whether a mark stands behind a word and before white space, or opens its line."""
    before = [mark.left - other.right for other in others if other.left < mark.left]
    after = [other.left - mark.right for other in others if other.right > mark.right]
    if not before or min(before) > 3 * size:
        return bool(after)  # opens its line
    return min(before) <= MARK_BEHIND * size and (not after or min(after) >= MARK_SPACE * size)
