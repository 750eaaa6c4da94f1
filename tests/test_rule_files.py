from __future__ import annotations

import pytest

from brief_nlp.rule_files import expanded, rule_file


def test_parts_may_name_parts():
    assert expanded("(?:{date})", {"date": "{day} {month}", "day": r"\d+", "month": "May"}) == r"(?:\d+ May)"


def test_what_names_no_part_stays():
    assert expanded(r"\d{4} {day}", {"day": "x"}) == r"\d{4} x"


def test_a_file_by_its_path():
    assert rule_file("tagging", "en/dates")["rules"]
    with pytest.raises(FileNotFoundError):
        rule_file("tagging", "en/none")
