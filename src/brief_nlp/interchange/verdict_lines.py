"""Verdicts as JSON Lines: all fields and the whole history, the only format that loses nothing.

A line is a `Verdict` as `verdict.schema.json` describes it, but `undoes` is the key of the verdict taken back, since
numbers differ from store to store.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Engine, select

from brief_nlp.errors import BriefError
from brief_nlp.interchange.items import Taken
from brief_nlp.store import decisions
from brief_nlp.store.database import writing
from brief_nlp.store.decisions import Verdict
from brief_nlp.store.tables import claims, verdicts

PORTION = 500  # verdicts that a server is asked for at a time


def verdict_schema() -> str:
    """The JSON Schema of a line."""
    found = Verdict.model_json_schema()
    found["properties"]["undoes"] = {"anyOf": [found["properties"]["key"] | {"default": None}, {"type": "null"}]}
    found["properties"]["key"].pop("default", None)
    found["required"] = sorted({*found["required"], "key"})
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write the schema into the file that is named."""
    Path(sys.argv[1]).write_text(verdict_schema(), "utf-8")


def lines(engine: Engine) -> Iterator[dict[str, Any]]:
    """All verdicts, oldest first; as many at a time as `PORTION` says."""
    undone = verdicts.alias()
    query = (
        select(verdicts, undone.c.key.label("undone"))
        .outerjoin(undone, undone.c.verdict_id == verdicts.c.undoes)
        .order_by(verdicts.c.verdict_id)
    )
    with engine.connect() as connection:
        for row in connection.execution_options(yield_per=PORTION).execute(query).mappings():
            values = dict(row)
            del values["verdict_id"]
            key = values.pop("undone")
            yield Verdict(**values).model_dump(mode="json") | {"undoes": key}


def take(engine: Engine, given: Iterable[tuple[int, Any]], where: str) -> Taken:
    """Store numbered lines as verdicts, all or none; those that are there already are left alone."""
    added = known = 0
    unknown: list[str] = []
    with writing(engine) as connection:
        there = {row.key: row.verdict_id for row in connection.execute(select(verdicts.c.key, verdicts.c.verdict_id))}
        for number, line in given:
            undone = line.get("undoes") if isinstance(line, dict) else None
            if undone is not None and undone not in there:
                raise BriefError(
                    f"{where} line {number}: it takes back a verdict that is not known.", "Import that first."
                )
            try:
                verdict = Verdict.model_validate({**line, "undoes": there[undone] if undone else None})
            except (ValidationError, TypeError) as error:
                said = error.errors()[0]["msg"] if isinstance(error, ValidationError) else "no JSON object"
                raise BriefError(f"{where} line {number}: {said}.", "See src/brief_nlp/verdict.schema.json.") from None
            if verdict.key in there:
                known += 1
                continue
            there[verdict.key] = decisions.append_in(connection, verdict)
            added += 1
            if (
                connection.execute(select(claims.c.claim_id).where(claims.c.claim_id == verdict.claim_id)).first()
                is None
            ):
                unknown.append(verdict.claim_id)
    return Taken(added, known, tuple(unknown))


if __name__ == "__main__":
    main()
