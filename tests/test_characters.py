from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from brief_nlp.characters import replaced

BY = {"’": "'", "“": '"', "–": "-", "×": "x"}


@given(st.text("ab ’“–×-x가", max_size=30))
def test_the_same_as_translate(text: str):
    assert replaced(text, BY) == text.translate(str.maketrans(BY))
