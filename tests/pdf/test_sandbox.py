"""The child process: its limits hold, its answers are not trusted."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from brief_nlp.errors import Category, Rejected
from brief_nlp.evaluation.scores import shared_folder
from brief_nlp.pdf import sandbox
from brief_nlp.pdf.reader import read_pages
from brief_nlp.settings import Settings
from tests.conftest import SAMPLES

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
        "from brief_nlp.pdf import child\n"
        "request = json.loads(sys.stdin.buffer.readline())\n"
        "child.set_limits(request['memory_bytes'], request['cpu_seconds'], request['answer_bytes'])\n"
    )
    monkeypatch.setattr(sandbox, "_START", start + code)


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
    listing = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
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
