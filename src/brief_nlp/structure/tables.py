"""Ruled tables: the reader found their cells, here they take the lines that stand in them."""

from __future__ import annotations

from dataclasses import dataclass

from brief_nlp.pdf.pages import Box, Page
from brief_nlp.structure.lines import Line, page_lines


@dataclass(frozen=True)
class Table:
    """A table: rows of cells, each with its lines (empty where the cell is)."""

    page: int
    box: Box
    rows: tuple[tuple[tuple[Line, ...] | None, ...], ...]

    @property
    def lines(self) -> list[Line]:
        """The lines of all its cells."""
        return [line for row in self.rows for cell in row for line in cell or ()]


def take_tables(page: Page) -> tuple[list[Table], list[Line]]:
    """(the ruled tables of a page, the lines outside them)."""
    tables: list[Table] = []
    runs = list(page.runs)
    for rows in page.tables:
        cells = [cell for row in rows for cell in row if cell]
        if len(rows) < 2 or max((sum(1 for cell in row if cell) for row in rows), default=0) < 2:
            continue  # a single row or column is a frame around text, not a table
        box = Box(
            min(cell.x0 for cell in cells),
            min(cell.top for cell in cells),
            max(cell.x1 for cell in cells),
            max(cell.bottom for cell in cells),
        )
        inside = [run for run in runs if _within(run.x0, run.x1, run.baseline - 0.3 * run.size, box)]
        if not inside:
            continue
        taken = set(map(id, inside))
        runs = [run for run in runs if id(run) not in taken]
        filled = tuple(
            tuple(
                tuple(page_lines(page, [r for r in inside if _within(r.x0, r.x1, r.baseline - 0.3 * r.size, cell)]))
                if cell
                else None
                for cell in row
            )
            for row in rows
        )
        tables.append(Table(page.number, box, filled))
    return tables, page_lines(page, runs)


def _within(x0: float, x1: float, y: float, box: Box) -> bool:
    return box.x0 <= (x0 + x1) / 2 <= box.x1 and box.top <= y <= box.bottom
