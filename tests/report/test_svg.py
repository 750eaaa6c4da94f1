"""Of an SVG only what is known is let through."""

from __future__ import annotations

import pytest

from brief_nlp.report.svg import ASSESSMENT, FACT, LINE, rewritten

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" width="10" height="20">{}</svg>'


def kept(inner: str) -> str:
    return rewritten(SVG.format(inner), "c", "T", "A").split("</desc>")[1].removesuffix("</svg>")


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        '<image x:href="http://evil.example/a.png" width="1" height="1"/>',
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">a</p></foreignObject>',
        '<a x:href="javascript:alert(1)"/>',
        "<style>* { fill: url(http://evil.example) }</style>",
        f'<path d="M0,0h1" fill="{FACT}" display="none"/>',
        '<path d="M0,0h1" fill="none"/>',
    ],
)
def test_unknown_and_unseen_elements_go(inner: str):
    assert kept(inner) == ""


def test_unknown_attributes_and_values_go():
    path = (
        f'<path d="M0,0h1.23456" fill="{FACT}" stroke="{LINE}" onclick="x()" style="a" stroke-width="url(#a)" id="i"/>'
    )
    assert kept(path) == '<path d="M0,0h1.23" class="fill-fact stroke-line"></path>'
    assert kept(f'<path d="url(x)" fill="{FACT}"/>') == '<path class="fill-fact"></path>'


def test_colours_become_classes():
    assert kept(f'<g transform="translate(1,2)"><path d="M0,0" fill="{ASSESSMENT}"/></g>') == (
        '<g transform="translate(1,2)"><path d="M0,0" class="fill-assessment"></path></g>'
    )
