"""Ids for names that no gazetteer knows."""

from __future__ import annotations

import re
import unicodedata

from brief_nlp.tagging.gazetteer import fold


def local_id(name: str) -> str:
    """An id for a name that no gazetteer knows: good inside a collection, claims no identity beyond spelling."""
    folded = unicodedata.normalize("NFKD", fold(name)).casefold()
    slug = re.sub(r"[^0-9a-z\u1100-\u11ff가-힣]+", "-", folded).strip("-")
    return "local:" + unicodedata.normalize("NFC", slug)
