"""Which fonts are bold: readers judge by the weight a file gives, which is wrong for many Korean fonts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from brief_nlp.pdf.pages import Page

MOST = 0.6  # of the characters: where as many are bold, the weights that a file gives mean nothing


def settle_bold(pages: Sequence[Page]) -> list[Page]:
    """The pages, bold where most characters are not, else where a font's name says so."""
    weights = Counter[bool]()
    for page in pages:
        for run in page.runs:
            weights[page.fonts[run.font].bold] += len(run.text)
    if weights[True] <= MOST * weights.total():
        return list(pages)
    return [
        page if page.ocr else page._replace(fonts=[font._replace(bold=font.is_called_bold) for font in page.fonts])
        for page in pages
    ]
