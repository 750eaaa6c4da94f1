"""The child process: its limits hold, its answers are not trusted."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from brief_nlp.errors import BriefError, Category, Rejected
from brief_nlp.evaluation.scores import shared_folder
from brief_nlp.pdf import forked
from brief_nlp.pdf.reader import read_pages
from brief_nlp.settings import Settings
from tests.conftest import SAMPLES
from tests.mounting import mounted

GOOD = (SAMPLES / "grain_policy.pdf").read_bytes()


def rejected(data: bytes, **settings) -> Category:
    with pytest.raises(Rejected) as caught:
        read_pages(data, Settings(**settings))
    return caught.value.category


@pytest.mark.parametrize(
    ("data", "category"),
    [
        (b"", Category.EMPTY),
        (b"Dear reader, this is a letter.", Category.NOT_PDF),
        (b"%PDF-1.7\n" + b"\x00" * 500, Category.DAMAGED),
        (GOOD[:3000], Category.DAMAGED),
    ],
)
def test_bad_bytes_are_named(data: bytes, category: Category):
    assert rejected(data) is category


def test_too_large_a_file():
    assert rejected(b"%PDF-" + b"x" * (1 << 20) * 2, max_file_mb=1) is Category.TOO_LARGE


def test_good_bytes_are_read():
    pages = read_pages(GOOD, Settings())
    assert len(pages.pages) == 2
    assert pages.reader == "pdfium"


def run_instead(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the child run `code` after its limits are set, in place of the reader."""
    start = (
        "import sys, json; sys.path[:] = json.loads(sys.argv[1])\n"
        "from brief_nlp.pdf import child, nursery\n"
        "def instead():\n"
        "    request = json.loads(sys.stdin.buffer.readline())\n"
        "    child.set_limits(request['memory_bytes'], request['cpu_seconds'], request['answer_bytes'])\n"
        f"    exec({code!r}, globals())\n"
        "child.main = instead\n"
        "nursery.main()\n"
    )
    forked.close()
    monkeypatch.setattr(forked, "START", start)


@pytest.fixture(autouse=True)
def no_nursery_is_left():
    yield
    forked.close()


@pytest.mark.parametrize(
    ("code", "settings", "category"),
    [
        ("import time; time.sleep(60)", {"read_seconds": 1}, Category.TIMEOUT),
        ("while True: pass", {"read_cpu_seconds": 1, "read_seconds": 20}, Category.TIMEOUT),
        ("import ctypes; ctypes.string_at(0)", {}, Category.CRASHED),
        ("print('nonsense')", {}, Category.CRASHED),
        ("print('{\"pages\":[[[1]]]}')", {}, Category.CRASHED),
        ('print(\'{"category":"no such thing","detail":""}\')', {}, Category.CRASHED),
        ('print(\'{"category":"damaged","detail":""}\')', {}, Category.DAMAGED),
        ("sys.exit(3)", {}, Category.CRASHED),
    ],
)
def test_misbehaving_children(monkeypatch: pytest.MonkeyPatch, code: str, settings: dict, category: Category):
    run_instead(monkeypatch, code)
    assert rejected(GOOD, **settings) is category


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the address space")
def test_memory_is_limited(monkeypatch: pytest.MonkeyPatch):
    run_instead(monkeypatch, "x = bytearray(1 << 32)")
    assert rejected(GOOD, read_memory_mb=300) is Category.CRASHED


def test_grandchildren_end_with_the_child(monkeypatch: pytest.MonkeyPatch):
    run_instead(monkeypatch, "import subprocess, time; subprocess.Popen(['sleep', '31.41']); time.sleep(60)")
    assert rejected(GOOD, read_seconds=1) is Category.TIMEOUT
    time.sleep(0.3)
    listing = subprocess.run(["ps", "-wweo", "args"], capture_output=True, text=True, check=True).stdout
    assert "sleep 31.41" not in listing


def test_environment_is_empty(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SECRET_TOKEN", "do not tell")
    seen = "import os; print(json.dumps({'category': 'damaged', 'detail': ','.join(sorted(os.environ))}))"
    run_instead(monkeypatch, seen)
    with pytest.raises(Rejected) as caught:
        read_pages(GOOD, Settings())
    assert "PATH" in caught.value.detail
    assert "SECRET_TOKEN" not in caught.value.detail


def test_encrypted_pdfs_want_their_password():
    shared = shared_folder()
    if shared is None:
        pytest.skip("the encrypted file lies beside the checkout only")
    data = (shared / "pdfs" / "typeset" / "enc_user.pdf").read_bytes()
    assert rejected(data) is Category.ENCRYPTED
    assert len(read_pages(data, Settings(), password="pw").pages) == 2
    with pytest.raises(Rejected, match="wrong password"):
        read_pages(data, Settings(), password="no")


def test_each_document_has_a_process_of_its_own_from_one_nursery(monkeypatch: pytest.MonkeyPatch):
    told = "print(json.dumps({'category': 'damaged', 'detail': f'{os.getpid()} {os.getppid()} {os.getcwd()}'}))"
    run_instead(monkeypatch, "import os; " + told)
    seen = []
    for _ in range(3):
        with pytest.raises(Rejected) as caught:
            read_pages(GOOD, Settings())
        seen.append(caught.value.detail.split())
    children, nurseries, folders = (set(column) for column in zip(*seen, strict=True))
    assert (len(children), len(nurseries), len(folders)) == (3, 1, 3)
    assert all(os.getpgid(0) != int(pid) for pid in nurseries)


def test_a_nursery_that_was_killed_is_replaced(monkeypatch: pytest.MonkeyPatch):
    assert len(read_pages(GOOD, Settings()).pages) == 2
    (waiting,) = forked._idle
    waiting.process.kill()
    waiting.process.wait()
    assert len(read_pages(GOOD, Settings()).pages) == 2
    run_instead(monkeypatch, "import os, signal, time; os.kill(os.getppid(), signal.SIGKILL); time.sleep(27.18)")
    assert rejected(GOOD) is Category.CRASHED
    listing = subprocess.run(["ps", "-wweo", "pid,args"], capture_output=True, text=True, check=True).stdout
    left = [line for line in listing.splitlines() if "27.18" in line]
    assert not any(running(int(line.split()[0])) for line in left), "its child was ended with it"


def test_nothing_outlives_a_parent_that_is_killed(tmp_path: Path):
    code = (
        "import sys; from brief_nlp.pdf import forked\n"
        "forked.START = '''import sys, json; sys.path[:] = json.loads(sys.argv[1])\n"
        "from brief_nlp.pdf import child, nursery\n"
        "def instead(): import time; open('here', 'w').close(); time.sleep(60)\n"
        "child.main = instead; nursery.main()'''\n"
        "from brief_nlp.pdf.reader import read_pages; from brief_nlp.settings import Settings\n"
        f"read_pages(open({str(SAMPLES / 'grain_policy.pdf')!r}, 'rb').read(), Settings())"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "TMPDIR": str(tmp_path)})
    until = time.monotonic() + 30
    while not list(tmp_path.glob("*/here")) and time.monotonic() < until:
        time.sleep(0.05)
    offspring = descendants(parent.pid)
    assert len(offspring) == 2, "the nursery and its child"
    parent.kill()
    parent.wait()
    while any(map(running, offspring)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(running, offspring))


def descendants(pid: int) -> list[int]:
    listing = subprocess.run(["ps", "-eo", "pid,ppid"], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listing.splitlines()[1:]]
    children = [one for one, parent in pairs if parent == pid]
    return children + [one for child in children for one in descendants(child)]


def running(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False


def test_a_full_disk_is_no_fault_of_the_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with mounted(tmp_path / "small", "64k") as folder:
        monkeypatch.setattr("tempfile.tempdir", str(folder))
        with pytest.raises(BriefError, match="No space left"):
            read_pages(GOOD + b"%" * 100_000, Settings())
        assert list(folder.iterdir()) == []
    with mounted(tmp_path / "other", f"{len(GOOD) // 1024 + 12}k") as folder:  # the question fits, the answer does not
        monkeypatch.setattr("tempfile.tempdir", str(folder))
        with pytest.raises(BriefError, match="No space left"):
            read_pages(GOOD, Settings())
