from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from brief_nlp.claims.classifier import judge, load_classifier, read
from brief_nlp.claims.encoder import load_encoder
from brief_nlp.claims.fusion import load_fusion
from brief_nlp.errors import BriefError
from brief_nlp.models import models_folder
from brief_nlp.schema import AssessmentKind, Label, Language

OWN = models_folder() / "claims"
LANGUAGES = [Language.EN, Language.KO]
PLAIN = {
    Language.EN: ("Trade resumed in August 2023.", "Seoul should prepare for a longer closure of the border."),
    Language.KO: ("법은 2020년 8월에 개정되었다.", "정부는 국경 봉쇄의 장기화에 대비해야 한다."),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_sentences(language: Language):
    classifier = load_classifier(language)
    fact, assessment = PLAIN[language]
    text = f"{fact} {assessment}"
    units = read(text, [(0, len(fact)), (len(fact) + 1, len(text))], language=language)
    one, other = judge(text, units, language=language, classifier=classifier)
    assert (one.label, other.label) == (Label.FACT, Label.ASSESSMENT)
    assert one.probability < 0.2 < 0.8 < other.probability


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_score_does_not_hang_on_its_neighbours(language: Language):
    encoder = load_encoder(OWN / "encoder")
    texts = [*PLAIN[language], "A. " * 300, "x"]
    alone = [encoder.scores([text])[0] for text in texts]
    assert np.allclose(encoder.scores(texts), alone, atol=1e-3)
    assert encoder.scores([]).shape == (0,)


def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OWN / "encoder", tmp_path / "mine"))


def test_another_classifier_counts_by_itself(tmp_path: Path):
    mine = load_classifier(Language.EN, copied(tmp_path))
    sentence = PLAIN[Language.EN][1]
    (judged,) = judge(
        sentence, read(sentence, [(0, len(sentence))], language=Language.EN), language=Language.EN, classifier=mine
    )
    assert judged.probability == judged.encoder


def test_labels_may_stand_in_any_order(tmp_path: Path):
    folder = copied(tmp_path)
    (folder / "config.json").write_text(json.dumps({"id2label": {"0": "Assessment", "1": "fact"}}), "utf-8")
    assert (
        load_encoder(folder).scores(["Trade resumed."])[0]
        == -load_encoder(OWN / "encoder").scores(["Trade resumed."])[0]
    )


def test_kinds_of_assessments_are_told():
    encoder = load_encoder(OWN / "encoder")
    _, (forecast, advice, outlook) = encoder.judged(
        [
            "Exports will probably fall below 100 million dollars next year.",
            "Seoul should prepare for a longer closure of the border.",
            "내년에는 수출이 크게 줄어들 것으로 전망된다.",
        ]
    )
    assert forecast is outlook is AssessmentKind.FORECAST
    assert advice is AssessmentKind.RECOMMENDATION


def test_a_network_without_kinds_leaves_them_to_the_cues(tmp_path: Path):
    folder = copied(tmp_path)
    (folder / "config.json").write_text(json.dumps({"id2label": {"0": "fact", "1": "assessment"}}), "utf-8")
    assert load_encoder(folder).judged(["Trade resumed."])[1] == [None]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("config.json", None, "no classifier"),
        ("config.json", '{"id2label": {"0": "LABEL_0", "1": "LABEL_1"}}', "its labels are label_0, label_1"),
        ("tokenizer.json", "{}", "no classifier"),
        ("model.onnx", "not a model", "ONNX Runtime cannot read it"),
    ],
)
def test_folders_that_are_none(tmp_path: Path, name: str, content: str | None, told: str):
    folder = copied(tmp_path)
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_text(content, "utf-8")
    with pytest.raises(BriefError, match=told):
        load_encoder(folder)


def test_a_folder_without_onnx_asks_for_torch(tmp_path: Path):
    folder = copied(tmp_path)
    (folder / "model.onnx").unlink()
    with pytest.raises(BriefError, match=r"torch is not installed|transformers cannot load it"):
        load_encoder(folder)


def test_a_taught_folder_brings_its_fusion_and_leaves_other_languages_alone(tmp_path: Path):
    folder = copied(tmp_path)
    (folder / "en").mkdir()
    fusion = {"version": "taught", "review": [0.3, 0.7], "bias": 9.0, "encoder": 0.0, "weights": {}}
    (folder / "en" / "fusion.json").write_text(json.dumps(fusion), "utf-8")
    taught = load_classifier(Language.EN, folder)
    assert (taught.by, taught.fusion.review) == ("e5/taught", (0.3, 0.7))
    assert load_classifier(Language.KO, folder) == load_classifier(Language.KO)
    (folder / "en" / "fusion.json").write_text("{}", "utf-8")
    load_classifier.cache_clear()
    load_fusion.cache_clear()
    with pytest.raises(BriefError, match="no fusion"):
        load_classifier(Language.EN, folder)


def test_processors_without_vnni_come_to_the_same():
    """There, eight-bit products overflowed unless ONNX Runtime was told to be exact: this one was an assessment by .70.

    The number is that of the shipped network, and changes when it is made anew.
    """
    score = load_encoder(OWN / "encoder").scores(["그는 그림이 없는 문서는 읽지 않는다."])[0]
    assert 1 / (1 + np.exp(-score)) == pytest.approx(0.35, abs=0.05)
