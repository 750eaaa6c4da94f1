"""What must make a document be read anew: settings, rules, models; and what must not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from brief_nlp import fingerprint as module
from brief_nlp.fingerprint import fingerprint
from brief_nlp.models import models_folder
from brief_nlp.settings import Settings


def test_settings_count():
    assert fingerprint(Settings()) == fingerprint(Settings())
    assert fingerprint(Settings()) != fingerprint(Settings(review_low=0.1))


def test_a_model_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    before = fingerprint(Settings())
    mine = Path(shutil.copytree(models_folder(), tmp_path / "models"))
    monkeypatch.setattr(module, "models_folder", lambda: mine)
    module._digest_of_rules.cache_clear()
    assert fingerprint(Settings()) == before
    (mine / "claims" / "en" / "fusion.json").write_text("{}", "utf-8")
    module._digest_of_rules.cache_clear()
    assert fingerprint(Settings()) != before
    module._digest_of_rules.cache_clear()


def test_another_classifier_counts_by_what_is_in_it(tmp_path: Path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.json").write_text("{}", "utf-8")
    one, two = (fingerprint(Settings(classifier=tmp_path / name)) for name in ("one", "two"))
    assert one == two != fingerprint(Settings())


def test_rules_count_and_words_of_pages_do_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    package = Path(str(module.files("brief_nlp")))
    mine = Path(shutil.copytree(package, tmp_path / "package", ignore=shutil.ignore_patterns("*.py", "*.pyc")))
    monkeypatch.setattr(module, "files", lambda _: mine)
    digests = []
    for name in (None, "report/words/en.json", "review/words/ko.json", "claims/rules/en/cues.json"):
        if name:
            (mine / name).write_text("{}", "utf-8")
        module._digest_of_rules.cache_clear()
        digests.append(module._digest_of_rules())
    module._digest_of_rules.cache_clear()
    assert digests[0] == digests[1] == digests[2] != digests[3]
