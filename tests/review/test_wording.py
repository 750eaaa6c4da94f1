"""The words of the page: all there in both languages, none that nobody uses."""

from __future__ import annotations

import re
from pathlib import Path

import brief_nlp.review
from brief_nlp.review.wording import LANGUAGES, language_of, wording

HERE = Path(brief_nlp.review.__file__).parent
MADE = ("scope_", "verdict_")  # keys that scripts put together


def test_the_languages_say_the_same():
    english = wording("en")
    for language in LANGUAGES:
        words = wording(language)
        assert words.keys() == english.keys()
        for key, said in words.items():
            assert set(re.findall(r"{(\w+)}", said)) == set(re.findall(r"{(\w+)}", english[key])), key


def test_every_word_is_used():
    files = [*(HERE / "static").glob("*.js"), *(HERE / "templates").glob("*.html")]
    used = set(re.findall(r"\w+", "\n".join(path.read_text("utf-8") for path in files)))
    assert [key for key in wording("en") if key not in used and not key.startswith(MADE)] == []


def test_the_language_is_the_browsers_unless_asked():
    assert language_of(None, "ko-KR,ko;q=0.9,en;q=0.8") == "ko"
    assert language_of(None, "fr, en;q=0.5, ko;q=0.4") == "en"
    assert language_of("ko", "en") == "ko"
    assert language_of("../x", "") == "en"


def test_no_key_is_what_a_dict_has():
    """`say.copy` in a template would be the dict's own method."""
    assert [key for key in wording("en") if hasattr(dict, key)] == []
