from __future__ import annotations

from pathlib import Path

import pytest

from brief_nlp.tagging.gazetteer import fold, load_gazetteer


@pytest.mark.parametrize(
    ("text", "form"),
    [("KCNA는 보도했다", "KCNA"), ("NPT에서 탈퇴했다", "NPT"), ("6자회담이 열렸다", "6자회담")],
)
def test_names_of_latin_letters_and_digits_before_hangul(text: str, form: str):
    """A word of Latin letters or digits ends where Hangul begins."""
    assert [text[start:end] for start, end, _ in load_gazetteer().find(fold(text))] == [form]


def test_a_name_as_a_whole():
    gazetteer = load_gazetteer()
    assert gazetteer.named("Kim Jong-un") == gazetteer.named("김정은")
    assert gazetteer.named("Kim Jong-un visited") is None


def test_a_file_that_changes_is_read_again(tmp_path: Path):
    mine = tmp_path / "mine.jsonl"
    for name in ("Moon Base", "Sun Base"):
        mine.write_text(f'{{"id": "base", "type": "FACILITY", "name": "{name}"}}\n', "utf-8")
        assert load_gazetteer(mine).entries["base"].name == name


def test_no_name_stands_for_two_but_those_that_do_in_the_world():
    known: dict[str, set[str]] = {}
    for entry in load_gazetteer().entries.values():
        for form in (entry.name, entry.ko, *entry.aliases):
            if form:
                known.setdefault(fold(form), set()).add(entry.id)
    twice = {form: found for form, found in known.items() if len(found) > 1}
    assert set(map(frozenset, twice.values())) == {frozenset({"taepodong", "musudan-ri"})}, twice
