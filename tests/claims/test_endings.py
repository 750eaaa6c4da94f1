"""Korean sentences in note form are judged as the full sentences that they stand for."""

from __future__ import annotations

import pytest

from brief_nlp.claims.classifier import judge, load_classifier, read
from brief_nlp.claims.endings import full_sentence
from brief_nlp.schema import Label, Language
from brief_nlp.structure.morphology import morphemes


@pytest.mark.parametrize(
    ("note", "full"),
    [
        ("수입은 1억 달러를 밑돌 것으로 추산됨.", "수입은 1억 달러를 밑돌 것으로 추산된다."),
        ("선전에 대한 기대도 작용한 것으로 보임", "선전에 대한 기대도 작용한 것으로 보인다"),
        ("목표 달성은 어려울 전망임.", "목표 달성은 어려울 전망이다."),
        ("쟁점을 점검할 필요가 있음.", "쟁점을 점검할 필요가 있다."),
        ("여건이 좋지 않음.", "여건이 좋지 않다."),
        ("제3국을 거쳐 도착하였음.", "제3국을 거쳐 도착했다."),
        ("북한의 도움.", "북한의 도움."),
        ("그는 농장원이다.", "그는 농장원이다."),
    ],
)
def test_nominal_endings(note: str, full: str):
    assert full_sentence(note, morphemes(note)) == full


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("연간 10만 명을 유치하더라도 순수입은 1억 달러를 밑돌 것으로 추산됨.", Label.ASSESSMENT),
        ("체제 선전 효과에 대한 기대도 작용한 것으로 보임.", Label.ASSESSMENT),
        ("러시아 관광객 15명이 7월 11일 도착하였음.", Label.FACT),
    ],
)
def test_note_form_changes_no_label(text: str, label: Label):
    units = read(text, [(0, len(text))], language=Language.KO)
    (judged,) = judge(text, units, language=Language.KO, classifier=load_classifier(Language.KO))
    assert judged.label is label
    assert all(text[cue.start : cue.end] == cue.text for cue in judged.cues)
