"""Teaching for real, a few steps on a small part of the corpus: needs torch, as `make models` installs it."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from brief_nlp.claims.classifier import load_classifier
from brief_nlp.claims.encoder import load_encoder
from brief_nlp.errors import BriefError
from brief_nlp.models import models_folder
from brief_nlp.schema import Label, Language
from brief_nlp.store import decisions
from brief_nlp.store.database import open_store
from brief_nlp.store.decisions import Action, Verdict
from brief_nlp.training.texts import read_corpus
from brief_nlp.training.verdicts import same
from tests.conftest import ROOT

pytest.importorskip("torch", reason="torch is not installed here: see `make models`")
pytest.importorskip("transformers", reason="transformers is not installed here: see `make models`")

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]  # torch and onnx warn of their own futures

CORPUS = ROOT / "corpus"
ENCODER = models_folder() / "claims" / "encoder"
SMALL = {"en": ("brief-01", "wire-01", "brief-04"), "ko": ("memo-01", "memo-02")}  # the last one is apart
REVIEWED = ("opinion-01", "opinion-02", "news-06", "news-08", "report-01", "report-02", "threat-02", "notes-01")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Five texts and a few pairs of the corpus."""
    folder = tmp_path / "corpus"
    for language, names in SMALL.items():
        for name in names:
            for part, ending in (("texts", "txt"), ("claims", "jsonl")):
                place = folder / part / language / f"{name}.{ending}"
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(CORPUS / part / language / place.name, place)
        lines = (CORPUS / "claims" / "pairs" / f"{language}.jsonl").read_text("utf-8").splitlines()[:3]
        (folder / "claims" / "pairs").mkdir(exist_ok=True)
        (folder / "claims" / "pairs" / f"{language}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    shutil.copy(CORPUS / "claims" / "parts.json", folder / "claims" / "parts.json")
    return folder


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A store of verdicts whose documents are gone, so that their own words teach."""
    opened = open_store(f"sqlite:///{tmp_path / 'rows.db'}")
    for text, labels in read_corpus(CORPUS):
        if text.language != "en" or text.name not in REVIEWED:
            continue
        words = {sentence.line: sentence.text for sentence in text.sentences}
        for label in labels:
            if label.label == "none":
                continue
            verdict = Verdict(
                document_id=hashlib.sha256(text.name.encode()).hexdigest(),
                claim_id=hashlib.sha256(words[label.line].encode()).hexdigest()[:32],
                action=Action.ACCEPT,
                label=Label(label.label),
                reviewer=random.Random(label.line).choice(("han", "seo")),
                given_at=datetime.now(UTC),
                quote=words[label.line],
            )
            decisions.append(opened, verdict)
    yield opened
    opened.dispose()


def test_the_shipped_encoder_is_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from brief_nlp.training import shipped

    texts = [sentence.text for text, _ in read_corpus(CORPUS) for sentence in text.sentences[5:7]][::6]
    shipped.resumed(ENCODER, tmp_path, texts)
    weights = shipped.read_weights(ENCODER / "model.onnx")
    wrong = {**weights, "head.weight": -weights["head.weight"]}
    monkeypatch.setattr(shipped, "read_weights", lambda _: wrong)
    with pytest.raises(ValueError, match="its scores are off by"):
        shipped.resumed(ENCODER, tmp_path, texts)


def test_a_model_is_taught(engine: Engine, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    import torch

    from brief_nlp.training import teach as module
    from brief_nlp.training.finetune import Recipe

    torch.set_num_threads(1)
    before = {path: path.read_bytes() for path in (models_folder() / "claims").rglob("*") if path.is_file()}
    trained: list[set[str]] = []
    fine_tune = module.fine_tune

    def watched(base, examples, **more):
        trained.append({same(one.text) for one in examples})
        return fine_tune(base, examples, **more)

    monkeypatch.setattr(module, "fine_tune", watched)
    said: list[str] = []
    folder = tmp_path / "taught"
    report = module.teach(
        engine, corpus, folder, least=100, say=said.append, recipe=Recipe(epochs=1, rate=3e-5), least_replayed=30
    )

    parts, _ = module.languages_of(module.given(engine), least=100)
    held = {same(one.text) for one in parts[Language.EN].apart}
    assert len(trained) == 3
    assert all(not held & texts for texts in trained)  # what scores never trains
    found = report.compared[Language.EN]
    assert found.verdicts == len(parts[Language.EN].apart) == report.counted.held_out
    assert report.counted.orphaned == report.counted.used
    assert report.counted.reviewers == 2

    assert load_classifier(Language.EN, folder).by == f"e5-taught/{report.version}"
    assert load_classifier(Language.KO, folder).by == load_classifier(Language.KO).by  # too few verdicts: as shipped
    assert load_encoder(folder).vectors(["It rained."]).shape == (1, 384)
    told = json.loads((folder / "figures.json").read_text("utf-8"))
    assert told["held-out verdicts"]["en"]["verdicts"] == found.verdicts
    assert told["not taught"] == {"ko": "0 facts and 0 assessments of 0 documents"}
    card = (folder / "README.md").read_text("utf-8")
    assert f"Taught by {report.counted.used} verdicts of 2 reviewers" in card
    assert report.corpus[Language.EN] in card
    assert any("network 3 of 3: 100 %" in line for line in said)
    assert not list(tmp_path.glob(".taught-*"))
    assert before == {path: path.read_bytes() for path in before}


def test_too_few_verdicts_leave_nothing_behind(engine: Engine, corpus: Path, tmp_path: Path):
    from brief_nlp.training.teach import teach

    with pytest.raises(BriefError, match="10000 are needed"):
        teach(engine, corpus, tmp_path / "taught", least=10_000)
    assert not (tmp_path / "taught").exists()
