from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest

from brief_nlp.errors import BriefError
from brief_nlp.schema import Brief
from brief_nlp.store import files


def filled(folder: Path, *briefs: Brief) -> dict[str, bytes]:
    files.prepare(folder)
    for brief in briefs:
        files.write_brief(folder, brief)
    files.write_tables(folder)
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.*"))}


def test_tables_and_manifest(tmp_path: Path, brief: Brief, korean: Brief):
    written = filled(tmp_path, brief, korean)
    manifest = json.loads(written["manifest.json"])["files"]
    assert manifest == {name: hashlib.sha256(data).hexdigest() for name, data in written.items() if name in manifest}
    claims = pd.read_parquet(tmp_path / "claims.parquet")
    assert len(claims) == len(brief.claims) + len(korean.claims)
    assert len((tmp_path / "briefs.jsonl").read_text("utf-8").splitlines()) == 2
    assert pd.read_csv(tmp_path / "claims.csv")["text"].str.contains("병원").any()


def test_order_of_writing_does_not_matter(tmp_path: Path, brief: Brief, korean: Brief):
    assert filled(tmp_path / "a", brief, korean) == filled(tmp_path / "b", korean, brief)


def test_formulas_are_disarmed(tmp_path: Path, brief: Brief):
    evil = brief.claims[0].model_copy(update={"text": '=HYPERLINK("http://x")'})
    filled(tmp_path, brief.model_copy(update={"claims": (evil,)}))
    assert "'=HYPERLINK" in (tmp_path / "claims.csv").read_text("utf-8")


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "x.json"
    files.write_whole(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(BriefError, match="No space left"):
        files.write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
