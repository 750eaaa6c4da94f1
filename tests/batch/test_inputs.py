from __future__ import annotations

import inspect
import io
import itertools
import os
import shutil
import sys
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from brief_nlp.batch import inputs
from brief_nlp.batch.inputs import Input, again, find_inputs, listed, read
from brief_nlp.errors import BriefError, Category, Rejected

MOST = 1000
CONTENT = {"a.pdf": b"%PDF-a", "deep/b.PDF": b"%PDF-b", "notes.txt": b"no", "한글 보고서.pdf": b"%PDF-c"}
PDFS = [b"%PDF-a", b"%PDF-b", b"%PDF-c"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, data in CONTENT.items():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def packed(folder: Path, name: str) -> str:
    if name.endswith(".zip"):
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, data in CONTENT.items():
                archive.writestr(member, data)
    else:
        mode = f"w:{name.rpartition('.')[2]}" if not name.endswith(".tar") else "w"
        with tarfile.open(folder / name, mode.replace("tgz", "gz")) as archive:
            archive.add(folder / "in", arcname="in")
    return name


def test_folders_globs_and_files(folder: Path):
    assert [one.name for one in find_inputs(["in"], MOST)] == ["in/a.pdf", "in/deep/b.PDF", "in/한글 보고서.pdf"]
    assert [one.name for one in find_inputs(["in/**/*.PDF", "in/notes.txt"], MOST)] == ["in/deep/b.PDF", "in/notes.txt"]
    assert len(list(find_inputs(["in", "in/a.pdf", "in/*.pdf"], MOST))) == 3, "named twice, it comes once"
    assert all(Path(one.place).is_absolute() for one in find_inputs(["in"], MOST))


@pytest.mark.parametrize("wrong", ["missing.pdf", "in/*.doc", "empty"])
def test_what_is_missing_is_told_before_the_first(folder: Path, wrong: str):
    (folder / "empty").mkdir()
    with pytest.raises(BriefError):
        find_inputs(["in", wrong], MOST)


@pytest.mark.parametrize("name", ["all.zip", "all.tar", "all.tar.gz", "all.tgz", "all.tar.bz2", "all.tar.xz"])
def test_archives_are_read_where_they_lie(folder: Path, name: str):
    packed(folder, name)
    shutil.move(folder / "in", folder / "elsewhere")
    found = list(find_inputs([name], MOST))
    assert sorted(read(one, MOST) for one in found) == PDFS
    assert sorted(read(again(one.place), MOST) for one in found) == PDFS, "a place is enough to find it again"
    assert all(one.name.startswith(f"{name}!/") for one in found)


def test_members_are_never_written_anywhere(folder: Path):
    with zipfile.ZipFile(folder / "bad.zip", "w") as archive:
        archive.writestr("../../outside.pdf", b"%PDF-x")
        archive.writestr("/etc/outside.pdf", b"%PDF-y")
    before = sorted(folder.rglob("*"))
    assert [read(one, MOST) for one in find_inputs(["bad.zip"], MOST)] == [b"%PDF-x", b"%PDF-y"]
    with tarfile.open(folder / "link.tar", "w") as tar:
        link = tarfile.TarInfo("link.pdf")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        tar.addfile(link)
        tar.addfile(fine := tarfile.TarInfo("fine.pdf"), io.BytesIO())
    assert [one.name for one in find_inputs(["link.tar"], MOST)] == [f"link.tar!/{fine.name}"]
    assert sorted(path for path in folder.rglob("*") if path.name != "link.tar") == before
    for outside in (folder.parent, folder.parent.parent, Path("/etc")):  # other tests write beside this one
        assert not (outside / "outside.pdf").exists()


def test_a_member_that_swells_is_cut_off(folder: Path):
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.pdf", bytes(50_000_000))
    (one,) = find_inputs(["bomb.zip"], MOST)
    with pytest.raises(Rejected) as caught:
        read(one, MOST)
    assert caught.value.category is Category.TOO_LARGE


@pytest.mark.parametrize("name", ["half.zip", "half.tar.gz", "half.tar"])
def test_a_damaged_archive_is_one_document_that_failed(folder: Path, name: str):
    packed(folder, name)
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[: len(whole) // 3] if not name.endswith(".tar") else b"x" * 2000)
    found = list(find_inputs([name, "in/a.pdf"], MOST))
    broken = [one for one in found if one.problem]
    assert [one.problem for one in broken] == [Category.DAMAGED]
    with pytest.raises(Rejected, match=name):
        read(broken[0], MOST)
    assert found[-1].name == "in/a.pdf"


def test_a_list_names_inputs_and_what_is_missing_does_not_stop_it(folder: Path):
    found = list(listed(["in/a.pdf\n", "\n", "gone.pdf\r\n", "in/deep\n"], MOST))
    assert [(one.name, one.problem) for one in found] == [
        ("in/a.pdf", None), ("gone.pdf", Category.NOT_FOUND), ("in/deep/b.PDF", None)
    ]  # fmt: skip


def test_inputs_come_one_by_one(tmp_path: Path):
    """A folder's list is held, but no folder is looked into before its turn."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.pdf").touch()
    stream = find_inputs([str(tmp_path)], MOST)
    assert next(stream).name.endswith("a/x.pdf")
    (tmp_path / "b" / "y.pdf").touch()
    assert [Path(one.name).name for one in stream] == ["x.pdf", "y.pdf"]


def test_addresses_of_stores(folder: Path):
    found = list(find_inputs([f"file://{folder}/in"], MOST))
    assert sorted(read(one, MOST) for one in found) == PDFS
    assert {read(one, MOST) for one in find_inputs([f"file://{folder}/in/a.pdf"], MOST)} == {b"%PDF-a"}
    with pytest.raises(BriefError, match="cannot be opened"):
        find_inputs(["nosuchprotocol://bucket/x"], MOST)
    with pytest.raises(BriefError, match="no PDF found"):
        find_inputs([f"file://{folder}/nothing"], MOST)
    with pytest.raises(Rejected, match="no such file"):
        read(again(f"file://{folder}/gone.pdf"), MOST)


def test_a_place_that_looks_like_a_member_but_is_a_file(tmp_path: Path):
    odd = tmp_path / "all.zip!"
    odd.mkdir()
    (odd / "x.pdf").write_bytes(b"%PDF-odd")
    assert read(again(str(odd / "x.pdf")), MOST) == b"%PDF-odd"


def test_unreadable_places_are_named(tmp_path: Path):
    for place, category in itertools.product([tmp_path], [Category.UNREADABLE]):
        with pytest.raises(Rejected) as caught:
            read(Input("folder", str(place)), MOST)
        assert caught.value.category is category


def test_what_cannot_be_looked_into_does_not_stop_a_folder(tmp_path: Path):
    for name in ("a.pdf", "b/x.pdf", "d.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"%PDF-a")
    (tmp_path / "c.pdf").symlink_to("c.pdf")
    stream = find_inputs([str(tmp_path)], MOST)
    found = [next(stream)]
    shutil.rmtree(tmp_path / "b")  # between the list of its folder and its own
    found += stream
    problems = [(Path(one.name).name, one.problem) for one in found]
    unreadable = Category.UNREADABLE
    assert problems == [("a.pdf", None), ("b", unreadable), ("c.pdf", unreadable), ("d.pdf", None)]


def test_folders_that_lie_deeper_than_python_calls(tmp_path: Path):
    deep = tmp_path.joinpath(*["a"] * 200)
    deep.mkdir(parents=True)
    (deep / "x.pdf").touch()
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        (one,) = find_inputs([str(tmp_path)], MOST)
    finally:
        sys.setrecursionlimit(before)
    assert one.name == str(deep / "x.pdf")


def test_a_line_of_a_list_that_is_too_long_for_a_name_is_one_that_failed(folder: Path):
    found = list(listed(["x" * 300 + "\n", "in/a.pdf\n"], MOST))
    assert [one.problem for one in found] == [Category.NOT_FOUND, None]


@pytest.mark.parametrize("name", ["pipe.pdf", "pipe.zip"])
def test_a_pipe_holds_nothing_up(tmp_path: Path, name: str):
    os.mkfifo(tmp_path / name)
    (one,) = find_inputs([str(tmp_path / name)], MOST)
    with pytest.raises(Rejected, match="not a file") as caught:
        read(one, MOST)
    assert caught.value.category is Category.UNREADABLE


def test_names_that_are_no_text_are_shown_stored_and_found_again(folder: Path):
    (folder / "in" / os.fsdecode(b"caf\xe9.pdf")).write_bytes(b"%PDF-a")
    with tarfile.open(folder / "odd.tar", "w") as archive:
        archive.add("in", arcname="in")
    for name in ("in", "odd.tar"):
        (one,) = [one for one in find_inputs([name], MOST) if "caf" in one.name]
        assert one.name.endswith("in/caf\\xe9.pdf")
        one.place.encode("utf-8")
        assert read(again(one.place), MOST) == b"%PDF-a"


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.GNUTYPE_SPARSE])
def test_what_a_tar_says_of_an_entry_does_not_fill_the_memory(folder: Path, kind: bytes):
    header = tarfile.TarInfo("long")
    header.type, header.size = kind, 400 << 20
    with tarfile.open(folder / "bomb.tar.gz", "w:gz") as archive:
        archive.add(folder / "in" / "a.pdf", arcname="a.pdf")
        archive.fileobj.write(header.tobuf(tarfile.GNU_FORMAT))
        for _ in range(400):
            archive.fileobj.write(b"x" * (1 << 20))
    tracemalloc.start()
    good, damaged = find_inputs(["bomb.tar.gz"], MOST)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (good.name, good.data) == ("bomb.tar.gz!/a.pdf", b"%PDF-a")
    assert damaged.problem is Category.DAMAGED
    assert peak < 20 << 20


def test_a_member_whose_packing_is_damaged_is_told(folder: Path):
    with zipfile.ZipFile(folder / "all.zip", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.pdf", os.urandom(3000))
    whole = bytearray((folder / "all.zip").read_bytes())
    whole[60:900] = b"\xff" * 840
    (folder / "all.zip").write_bytes(whole)
    with pytest.raises(Rejected) as caught:
        read(next(find_inputs(["all.zip"], MOST)), 10_000)
    assert caught.value.category is Category.DAMAGED


def test_archives_that_wait_for_their_turn_are_not_held_open(folder: Path):
    names = [str(shutil.copy(packed(folder, "all.zip"), folder / f"{number}.zip")) for number in range(40)]
    before = len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").is_dir() else None
    found = find_inputs(names, MOST)
    next(found)
    if before is not None:
        assert len(list(Path("/proc/self/fd").iterdir())) <= before + 2
    (folder / "39.zip").unlink()
    *rest, last = found
    assert len(rest) == 39 * len(PDFS) - 1
    assert (Path(last.name).name, last.problem) == ("39.zip", Category.NOT_FOUND)


def test_globs_do_not_follow_links_round_in_circles(folder: Path):
    for name in ("one", "two", "three"):
        (folder / "in" / name).symlink_to(folder / "in", target_is_directory=True)
    (folder / "in" / ".hidden").mkdir()
    (folder / "in" / ".hidden" / "x.pdf").write_bytes(b"%PDF")
    found = [one.name for one in find_inputs(["in/**/*.[Pp][Dd][Ff]"], MOST)]
    assert found == ["in/a.pdf", "in/deep/b.PDF", "in/한글 보고서.pdf"]
    assert [one.name for one in find_inputs(["in/.hidden/*"], MOST)] == ["in/.hidden/x.pdf"]
    (folder / "beside").mkdir()
    assert [one.name for one in find_inputs(["beside/../in/**/a.pdf"], MOST)] == ["beside/../in/a.pdf"]
    assert len(list(find_inputs(["beside/../in/**/*.pdf"], MOST))) == 2, "nothing hidden"
    with pytest.raises(BriefError, match="no glob"):
        find_inputs(["in/**x/*.pdf"], MOST)


def test_links_are_followed_to_files_only(tmp_path: Path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-a")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.pdf").symlink_to(tmp_path / "a.pdf")
    (tmp_path / "in" / "c.pdf").symlink_to(tmp_path / "gone.pdf")
    (tmp_path / "in" / "d.pdf").symlink_to(tmp_path)
    assert [Path(one.name).name for one in find_inputs([str(tmp_path / "in")], MOST)] == ["b.pdf"]


def test_what_was_seen_does_not_fill_the_memory():
    """Several inputs are looked through for what is named twice; that may be millions of places."""
    long = "x" * 200
    stream = inputs._once(Input("", f"{long}{number % 60_000}") for number in range(61_000))
    tracemalloc.start()
    count = sum(1 for _ in stream)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 60_000
    assert peak < 1_000_000


@pytest.mark.parametrize("address", ["sftp://han:geheim@host/briefs", "SFTP://:geheim@host/x.pdf"])
def test_passwords_in_addresses_are_refused_and_not_shown(address: str):
    with pytest.raises(BriefError, match=r"\*\*\*@host") as caught:
        find_inputs([address], MOST)
    assert "geheim" not in str(caught.value) + caught.value.advice
    (missed,) = listed([address], MOST)
    assert missed.problem is Category.NOT_FOUND
    assert "geheim" not in repr(missed)
