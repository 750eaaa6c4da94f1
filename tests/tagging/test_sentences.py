from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_nlp.schema import Language
from brief_nlp.tagging.sentences import split_sentences

EN, KO = Language.EN, Language.KO


def split(text: str, language: Language = EN) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, 0, len(text), language=language)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The U.S. and the U.N. agreed.", "Nobody else did."],
        ["See p. 12 of the report.", "It is long."],
        ["Output was 3.5 tons.", "It fell by 1.2 percent."],
        ["He called it “a great leap.”", "The press agreed."],
        ["(It had been planned earlier.)", "Then it came."],
        ["Dr. Kim and Mr. J. Pak met.", "They left."],
        ["Is it so?", "Yes!", "It is."],
        ["They met (on Jan. 3. and later) twice.", "Then they stopped."],
    ],
)
def test_english(sentences: list[str]):
    assert split(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["무역은 늘었다.", "그러나 식량은 줄었다."],
        ["그는 “끝났다.”고 말했다.", "모두 들었다."],
        ["2024. 1. 15. 회의가 열렸다.", "결정이 있었다."],
        ["왜 그런가?", "알 수 없다."],
    ],
)
def test_korean(sentences: list[str]):
    assert split(" ".join(sentences), KO) == sentences


@given(st.text(alphabet=st.sampled_from(list("ab. A다!?\n”) 1”가")), max_size=80), st.sampled_from([EN, KO]))
def test_spans_are_ordered_and_hold_everything(text: str, language: Language):
    spans = split_sentences(text, 0, len(text), language=language)
    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
