"""Claims as a table, one row a claim and answer: CSV, Excel, Parquet; answers are filled in and read back.

No cell can become a formula: in CSV such a cell gets an apostrophe (taken off again on reading), in Excel all are text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from brief_nlp.errors import BriefError
from brief_nlp.interchange.items import Answer, Item, Returned, choice_of, moment
from brief_nlp.store.tabular import FORMULA, Add, Columns, csv_table, parquet_table

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: Columns = {
    "document_id": str, "claim_id": str, "title": str, "published": str, "page": int, "source": str, "text": str,
    "label": str, "probability": float, "needs_review": bool, "kind": str, "likelihood": str, "footnotes": str,
    "choice": str, "reviewer": str, "given_at": str, "note": str, "edited": str,
}  # fmt: skip
SHEET_ROWS = 1_048_576  # that a sheet of a workbook can hold, with its heading


def write_csv(items: Iterable[Item], stream: BinaryIO) -> int:
    """Write CSV as spreadsheet programs want it; returns how many rows there are."""
    return _add_all(csv_table(stream, COLUMNS), items)


def write_parquet(items: Iterable[Item], stream: BinaryIO) -> int:
    """Write Parquet; returns how many rows there are."""
    with parquet_table(stream, COLUMNS) as add:
        return _add_all(add, items)


def write_excel(items: Iterable[Item], stream: BinaryIO, most: int = SHEET_ROWS) -> int:
    """Write a workbook whose cells are text or numbers, none a formula; returns how many rows there are.

    Where a sheet is full another is begun.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = _sheet(book)
    count = 0
    for row in _rows(items):
        if count and count % (most - 1) == 0:
            sheet = _sheet(book)
        sheet.append(_cells(sheet, row.values()))
        count += 1
    book.save(stream)
    return count


def read_table(path: Path) -> pd.DataFrame:
    """A table from a file, by its ending. Raises `BriefError` where it is none or lacks columns."""
    import pandas as pd

    try:
        if path.suffix == ".parquet":
            found = pd.read_parquet(path)
        elif path.suffix == ".xlsx":
            sheets = pd.read_excel(path, sheet_name=None, dtype=str, keep_default_na=False)
            found = pd.concat(sheets.values(), ignore_index=True)
        else:
            found = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig").map(_armed)
    except Exception as error:  # readers of tables raise of everything
        said = " ".join(str(error).split())[:200]
        raise BriefError(f"{path}: this cannot be read as a table ({said}).", "Give CSV, Excel or Parquet.") from None
    missing = [name for name in ("document_id", "claim_id", "choice") if name not in found.columns]
    if missing:
        raise BriefError(f"{path}: there is no column {missing[0]}.", "Fill in a table that `brief-nlp export` wrote.")
    return found


def answers(found: pd.DataFrame, where: str, reviewer: str) -> Iterator[Returned]:
    """The answers in the rows whose `choice` is filled in; without a reviewer or time they are of `reviewer`, now."""
    import pandas as pd

    for number, row in enumerate(found.to_dict("records"), 2):
        values = {str(key): "" if pd.isna(value) else str(value).strip() for key, value in row.items()}
        if not values["choice"]:
            continue
        place = f"{where} row {number}"
        time = values.get("given_at") or datetime.now(UTC).isoformat()
        answer = Answer(
            choice_of(values["choice"], place), values.get("reviewer") or reviewer, moment(time, place),
            values.get("note") or None, values.get("edited") or None,
        )  # fmt: skip
        yield Returned(values["document_id"], values["claim_id"], answer)


def _add_all(add: Add, items: Iterable[Item]) -> int:
    count = 0

    def counted() -> Iterator[dict[str, Any]]:
        nonlocal count
        for row in _rows(items):
            count += 1
            yield row

    add(counted())
    return count


def _rows(items: Iterable[Item]) -> Iterator[dict[str, Any]]:
    """One row a claim and answer; a claim without an answer has one with empty `choice`."""
    for item in items:
        for one in item.answers or (None,):
            yield dict(zip(COLUMNS, (*_claim(item), *_answer(one)), strict=True))


def _sheet(book: Any) -> Any:
    sheet = book.create_sheet(f"claims {len(book.worksheets) + 1}" if book.worksheets else "claims")
    sheet.freeze_panes = "A2"
    sheet.append(_cells(sheet, COLUMNS))
    return sheet


def _cells(sheet: Any, values: Iterable[Any]) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell

    cells = []
    for value in values:
        if isinstance(value, str):
            cells.append(WriteOnlyCell(sheet, value=_printable(value)))
            cells[-1].data_type = "s"
        else:
            cells.append(WriteOnlyCell(sheet, value=value))
    return cells


def _claim(item: Item) -> list[Any]:
    claim, head = item.claim, item.brief.masthead
    return [
        item.brief.document_id, claim.id, head.title, head.published.value if head.published else None, item.page,
        " > ".join(speaker.name for speaker in claim.source), claim.text, claim.label.value, claim.probability,
        claim.needs_review, claim.kind.value if claim.kind else None,
        claim.likelihood.value if claim.likelihood else None, item.notes or None,
    ]  # fmt: skip


def _answer(one: Answer | None) -> list[Any]:
    if one is None:
        return [None] * 5
    return [one.choice, one.reviewer, one.given_at.isoformat(), one.note, one.edited]


def _armed(value: Any) -> Any:
    """A cell without the apostrophe that kept it from being a formula."""
    return value[1:] if isinstance(value, str) and value[:1] == "'" and value[1:2] in FORMULA and value[1:] else value


def _printable(words: str) -> str:
    """Without the control characters that a workbook cannot hold."""
    return "".join(char for char in words if char in "\t\n" or ord(char) >= 32)
