"""The JSON Schema of a brief: `python -m brief_nlp.json_schema FILE` writes it, no argument prints it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from brief_nlp.schema import SCHEMA_VERSION, Brief


def brief_schema() -> str:
    """JSON Schema (2020-12) of `Brief`, as text."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "version": SCHEMA_VERSION,
        **Brief.model_json_schema(),
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(brief_schema(), "utf-8")
    else:
        sys.stdout.write(brief_schema())
