"""Claims as a table, one row a claim and answer: CSV, Excel, Parquet; answers are filled in and read back.

No cell can become a formula: in CSV such a cell gets an apostrophe (taken off again on reading), in Excel all are text.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brief_nlp.errors import BriefError
from brief_nlp.interchange.items import Answer, Item, Returned, choice_of, moment
from brief_nlp.store.files import FORMULA, csv_bytes

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "document_id", "claim_id", "title", "published", "page", "source", "text", "label", "probability", "needs_review",
    "kind", "likelihood", "footnotes", "choice", "reviewer", "given_at", "note", "edited",
)  # fmt: skip


def table(items: Iterable[Item]) -> pd.DataFrame:
    """The table, in the order of `COLUMNS`; a claim without an answer has one row with empty `choice`."""
    import pandas as pd

    rows = [[*_claim(item), *_answer(one)] for item in items for one in item.answers or (None,)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def to_csv(found: pd.DataFrame) -> bytes:
    """UTF-8 with a byte order mark, for spreadsheet programs."""
    return csv_bytes(found)


def to_excel(found: pd.DataFrame) -> bytes:
    """A workbook with one sheet; every cell is text or a number, none a formula."""
    import pandas as pd
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("claims")
    sheet.freeze_panes = "A2"
    for row in (list(COLUMNS), *found.itertuples(index=False)):
        cells = []
        for value in row:
            if isinstance(value, str):
                cells.append(WriteOnlyCell(sheet, value=_printable(value)))
                cells[-1].data_type = "s"
            else:
                cells.append(WriteOnlyCell(sheet, value=None if pd.isna(value) else value))
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def to_parquet(found: pd.DataFrame) -> bytes:
    """Parquet."""
    return bytes(found.to_parquet(index=False))


def read_table(path: Path) -> pd.DataFrame:
    """A table from a file, by its ending. Raises `BriefError` where it is none or lacks columns."""
    import pandas as pd

    try:
        if path.suffix == ".parquet":
            found = pd.read_parquet(path)
        elif path.suffix == ".xlsx":
            found = pd.read_excel(path, dtype=str, keep_default_na=False)
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
