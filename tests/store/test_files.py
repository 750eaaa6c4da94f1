from __future__ import annotations

import hashlib
import json
import tracemalloc
from pathlib import Path

import pandas as pd
import pytest
from pyarrow import parquet

from brief_nlp.errors import BriefError
from brief_nlp.rows import FRAMES, to_frames
from brief_nlp.schema import Brief
from brief_nlp.store import files, tabular
from tests.mounting import mounted
from tests.store.rows import reissued


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


def test_columns_are_those_of_the_frames_whatever_the_briefs_hold(tmp_path: Path, brief: Brief):
    """A column that one brief leaves empty keeps its type, and whole numbers stay whole."""
    filled(tmp_path / "none")
    filled(tmp_path / "one", brief)
    frames = to_frames(brief)
    for name in FRAMES:
        empty, full = (parquet.read_schema(tmp_path / folder / f"{name}.parquet") for folder in ("none", "one"))
        assert empty == full
        if not frames[name].empty:
            assert set(full.names) == set(frames[name].columns)
    blocks = pd.read_csv(tmp_path / "one" / "blocks.csv", dtype=str)
    assert blocks["section"].isna().any()
    assert blocks["section"].dropna().str.fullmatch(r"\d+").all()


def test_tables_of_many_briefs_take_the_memory_of_few(tmp_path: Path, brief: Brief, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tabular, "BATCH_ROWS", 50)
    monkeypatch.setattr(tabular, "GROUP_ROWS", 100)
    copies = [reissued(brief, f"{number:064x}") for number in range(40)]
    peaks = {}
    for count in (5, 40):
        folder = tmp_path / str(count)
        filled(folder, *copies[:count])  # also so that all is imported
        tracemalloc.start()
        files.write_tables(folder)
        peaks[count] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert len(pd.read_parquet(folder / "claims.parquet")) == count * len(brief.claims)
    assert parquet.ParquetFile(tmp_path / "40" / "claims.parquet").num_row_groups > 5
    assert peaks[40] < 1.3 * peaks[5], peaks


def test_a_full_disk_leaves_the_old_tables(tmp_path: Path, brief: Brief):
    """On a file system of a mebibyte, while 37 files are written at once."""
    with mounted(tmp_path / "small", "1m") as folder:
        before = filled(folder, brief)
        names = sorted(folder.rglob("*"))
        more = [brief.model_copy(update={"document_id": f"{number:064x}"}) for number in range(40)]
        monstrous = "".join(one.model_dump_json() for one in more)
        with pytest.raises(BriefError, match="No space left on device") as caught:
            files.write_whole(folder / "x.json", monstrous.encode())
        with pytest.MonkeyPatch.context() as patch, pytest.raises(BriefError, match="No space left on device") as told:
            patch.setattr(files, "read_briefs", lambda _: iter(more))
            files.write_tables(folder)
        assert str(told.value).startswith(f"{folder}: ")
        assert "Free some space" in told.value.advice == caught.value.advice
        assert sorted(folder.rglob("*")) == names, "nothing half-written is left"
        assert {path.name: path.read_bytes() for path in sorted(folder.glob("*.*"))} == before


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
