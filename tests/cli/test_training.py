"""What `brief-nlp train` says before it does anything."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pytest

from brief_nlp.cli import training
from brief_nlp.errors import BriefError
from brief_nlp.models import models_folder
from brief_nlp.store import documents, teaching
from brief_nlp.store.database import open_store
from brief_nlp.store.decisions import Action, append, give
from tests.cli.test_reading import call
from tests.conftest import ROOT, analyzed


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


@pytest.mark.usefixtures("installed")
def test_the_store_remembers_what_was_taught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    address = f"sqlite:///{tmp_path / 'a.db'}"
    engine, brief = open_store(address), analyzed("grain_policy")
    documents.write(engine, brief)
    decided = [give(brief, claim, Action.ACCEPT, "han", label=claim.label) for claim in brief.claims[:3]]
    for verdict in decided[:2]:
        append(engine, verdict)

    def taught(*_args: object, **_more: object) -> SimpleNamespace:
        append(engine, decided[2])  # came while the model was taught, and did not teach it
        return SimpleNamespace(body=dict)

    monkeypatch.setitem(sys.modules, "brief_nlp.training.teach", SimpleNamespace(teach=taught))
    training.train(from_verdicts=True, store=address, folder=tmp_path / "new", corpus=ROOT / "corpus", as_json=True)
    with engine.connect() as connection:
        assert teaching.untaught(connection) == (2, 1)
