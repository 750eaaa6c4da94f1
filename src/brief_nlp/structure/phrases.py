"""What copyright lines, disclaimers, captions and list items are known by."""

from __future__ import annotations

import re

COPYRIGHT = re.compile(r"\s*(?:©|ⓒ|\(c\)\s|copyright\b)", re.I)
_VIEW = r"(?:views?|positions?|opinions?|stance)"
DISCLAIMER = re.compile(
    rf"(?:personal|own|author['’]?s?['’]?|authors['’])\s(?:\w+\s){{0,3}}{_VIEW}"
    rf"|\b(?:not|no|nobody['’]?s?|neither|nor|n['’]t)\b[^.]{{0,80}}\b(?:official|necessarily)\s(?:\w+\s){{0,3}}{_VIEW}"
    rf"|(?:views|opinions)\s(?:\w+\s){{0,6}}(?:those|do not)"
    r"|개인적\s?(?:인\s?)?(?:견해|의견)|공식\s?(?:적인\s?)?(?:입장|견해|의견)",
    re.I,
)
CAPTION = re.compile(
    r"\s*[<\[〈【]?\s*(?:table|figure|fig\.|chart|map|box|표|그림|도표|지도)\s*\d{1,3}(?:[-.]\d{1,3})?\s*[>\]〉】]?\s*[.:)]?\s",
    re.I,
)
BULLET = re.compile(
    r"\s*(?:[•▪■□●○◦‣⁃∙▶▷◆◇※ㅇ]|[-–—](?=\s)|[\u2460-\u2473]"
    r"|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4}|[가-하])\)(?=\s)|(?:\d{1,2}|[가나다라마바사아자차카타파하])\.(?=\s))\s*"
)
