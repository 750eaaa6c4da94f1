"""What `brief-nlp train` says before it does anything."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from brief_nlp.cli import training
from brief_nlp.errors import BriefError
from brief_nlp.models import models_folder
from tests.cli.test_reading import call
from tests.conftest import ROOT


def test_it_asks_what_to_train_on(tmp_path: Path):
    done = call("train", cwd=tmp_path)
    assert done.returncode == 2
    assert "--from-verdicts" in done.stderr
    assert "`make models`" in done.stderr


@pytest.mark.skipif(find_spec("torch") is not None, reason="torch is installed")
def test_without_torch_nothing_is_done(tmp_path: Path):
    done = call("train", "--from-verdicts", "--from", "sqlite:///none.db", cwd=tmp_path)
    assert done.returncode == 2
    assert "Training needs torch and transformers. Run `pip install 'brief-nlp[train]'`." in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ("transformers", r"^Training needs torch and transformers\. Run `pip install 'brief-nlp\[train\]'`\.$"),
        ("onnx", r"^Training needs onnx\. Run"),
    ],
)
def test_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch, missing: str, told: str):
    monkeypatch.setattr(training, "find_spec", lambda name: None if name == missing else object())
    with pytest.raises(BriefError, match=told):
        training.train(from_verdicts=True)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "find_spec", lambda _: object())


@pytest.mark.usefixtures("installed")
def test_nothing_is_replaced(tmp_path: Path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "config.json").touch()
    for folder, told in ((tmp_path / "mine", "nothing is replaced"), (models_folder() / "new", "shipped models")):
        with pytest.raises(BriefError, match=told):
            training.train(from_verdicts=True, folder=folder, corpus=ROOT / "corpus")


@pytest.mark.usefixtures("installed")
def test_the_corpus_must_be_there(tmp_path: Path):
    with pytest.raises(BriefError, match="composed corpus"):
        training.train(from_verdicts=True, folder=tmp_path / "new", corpus=tmp_path)
