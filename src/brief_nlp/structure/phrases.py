"""What copyright lines, disclaimers, captions and list items are known by."""

from __future__ import annotations

import re

COPYRIGHT = re.compile(r"\s*(?:©|ⓒ|\(c\)\s|copyright\b)", re.I)
_VIEW = r"(?:views?|positions?|opinions?|stance)"
DISCLAIMER = re.compile(
    rf"(?:personal|own|author['’]?s?['’]?|authors['’])\s(?:\w+\s){{0,3}}{_VIEW}"
    rf"|\b(?:not|no|nobody['’]?s?|neither|nor|n['’]t)\b[^.]{{0,80}}\b(?:official|necessarily)\s(?:\w+\s){{0,3}}{_VIEW}"
    rf"|(?:views|opinions)\s(?:\w+\s){{0,6}}(?:those|do not)"
    rf"|\bthe {_VIEW} (?:expressed|presented|stated|put forward)\s(?:\w+\s){{0,6}}(?:own|alone)\b"
    r"|개인적\s?(?:인\s?)?(?:견해|의견)|공식\s?(?:적인\s?)?(?:입장|견해|의견)",
    re.I,
)
_CAPTION = re.compile(
    r"\s*(?P<open>[<\[〈【])?\s*(?:table|figure|fig\.|chart|map|box|표|그림|도표|지도)\s*(?:[ivx]{1,4}|[Ⅰ-Ⅻ]|\d{1,3})(?:[-.]\d{1,3})?\s*"
    r"(?P<close>[>\]〉】.:)])?\s",
    re.I,
)
_UNNUMBERED = re.compile(r"\s*[<\[〈【]\s*(?:표|그림|도표|지도)\s*[>\]〉】]\s*\S")
# an imprint: how to reach who publishes
CONTACT = re.compile(
    r"(?:\b(?:tel|fax|phone)\b|전화|팩스|대표번호)\s?[.:：)]?\s?[+(]?\d[\d)\s.-]{6,}|\b(?:E-?mail|이메일)\s?[.:：]\s?\S+@",
    re.I,
)
# what stands below a table or figure and tells where it is from
SOURCE_LINE = re.compile(r"\s*[*※]?\s*(?:sources?|data|자\s?료|출\s?처)\s?[:：]\s?\S", re.I)
LONGEST_BARE_CAPTION = 100  # characters, where nothing stands behind the number
BIBLIOGRAPHY = re.compile(
    r"\W*(?:[\divxⅠ-Ⅻ]{1,4}[.)]?\s+)?(?:(?:selected |list of )?references?(?: list)?|works cited"
    r"|(?:select(?:ed)? )?bibliography"
    r"|참\s?고\s?문\s?헌|참\s?고\s?자\s?료|인\s?용\s?문\s?헌)\W*",
    re.I,
)
# the word that opens a paragraph on its own line or runs into it, as a heading would
RUN_IN = re.compile(r"(?:abstract|summary|executive summary|초\s?록|국문초록|요\s?약|국문요약)\s*[:：.—–-]?\s*", re.I)
CONTENTS = re.compile(r"\s*(?:table of )?contents\s*|\s*(?:목\s*차|차\s*례)\s*", re.I)
TOC_LINE = re.compile(r"(?:[.·․…∙⋯‥]\s?){4,}\s*(?:\d{1,4}|[ivxlc]{1,6})\s*$", re.I)


def is_caption(text: str) -> bool:
    """Whether a text names a table or figure; one that goes on as a sentence ("Table 1 lists …") does not."""
    match = _CAPTION.match(text)
    if match is None:
        return len(text) < LONGEST_BARE_CAPTION and _UNNUMBERED.match(text) is not None
    return match["close"] is not None or (len(text) < LONGEST_BARE_CAPTION and not text.rstrip().endswith("."))


BULLET = re.compile(
    r"\s*(?:[•▪■□●○◦‣⁃∙▶▷◆◇※ㅇ]|[-–—](?=\s)|[\u2460-\u2473]"
    r"|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4}|[가-하])\)(?=\s)|(?:\d{1,2}|[가나다라마바사아자차카타파하])\.(?=\s))\s*"
)
