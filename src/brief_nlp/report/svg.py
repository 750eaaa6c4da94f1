"""A chart's SVG, taken down to what is drawn: known elements, known attributes, colours as classes.

What Vega writes holds texts of PDFs, and colours for one background. Only what is named here is let through, all text
is escaped anew, and each colour that a chart was given becomes a class, for which the style sheet has a colour by day,
by night and on paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from xml.etree import ElementTree

from brief_nlp.report.wording import shown

# placeholders: what stands in a chart, and its class
FACT, ASSESSMENT, ONE, INK, SOFT, LINE, PAPER = (f"#{number:06x}" for number in range(1, 8))
_CLASSES = {
    FACT: "fact",
    ASSESSMENT: "assessment",
    ONE: "one",
    INK: "ink",
    SOFT: "soft",
    LINE: "line",
    PAPER: "paper",
}

_KEPT = {
    "g": ("transform",),
    "path": ("d", "transform"),
    "line": ("x2", "y2", "transform"),
    "text": ("text-anchor", "transform", "font-size", "font-weight"),
}
_STROKES = ("stroke-width", "stroke-dasharray")
_DRAWN = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9eE+\-.,\s]*")
_VALUE = re.compile(r"[A-Za-z0-9(),.\-\s]*")
_LONG = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_SVG = "{http://www.w3.org/2000/svg}"


def rewritten(svg: str, name: str, title: str, about: str) -> str:
    """The SVG as part of a page: `name` for its ids, and a title and a description that are read out."""
    root = ElementTree.fromstring(svg)  # noqa: S314  Vega wrote it, and it declares no entities
    width, height = (float(root.attrib[side]) for side in ("width", "height"))
    inner = "".join(_element(part) for part in root)
    return (
        f'<svg class="chart" viewBox="0 0 {width:g} {height:g}" role="img"'
        f' aria-labelledby="{name}-title {name}-about">'
        f'<title id="{name}-title">{_text(title)}</title><desc id="{name}-about">{_text(about)}</desc>{inner}</svg>'
    )


def _element(element: ElementTree.Element) -> str:
    """An element with what is in it; nothing where it is unknown or draws nothing."""
    tag = element.tag.removeprefix(_SVG)
    if tag not in _KEPT or element.get("display") == "none":
        return ""
    inner = "".join(_element(part) for part in element)
    colours = list(_colours(element))
    if tag == "g":
        moved = _attributes(element, "g")
        return f"<g{moved}>{inner}</g>" if inner and moved else inner
    if tag == "text":
        inner = _text(element.text or "")
    elif not colours:
        return ""
    elif label := element.get("aria-label"):
        inner = f"<title>{_text(label)}</title>"
    return f"<{tag}{_attributes(element, tag)}{_class(colours)}>{inner}</{tag}>"


def _attributes(element: ElementTree.Element, tag: str) -> str:
    names = (*_KEPT[tag], *(_STROKES if tag in ("path", "line") else ()))
    found = ((name, element.get(name)) for name in names)
    return "".join(
        f' {name}="{_LONG.sub(_rounded, value)}"'
        for name, value in found
        if value and (_DRAWN if name == "d" else _VALUE).fullmatch(value) and value != "translate(0,0)"
    )


def _colours(element: ElementTree.Element) -> Iterator[str]:
    """Classes for the colours of an element; those that no placeholder stands for are left out."""
    for kind in ("fill", "stroke"):
        if known := _CLASSES.get(element.get(kind, "")):
            yield f"{kind}-{known}"


def _class(classes: list[str]) -> str:
    return f' class="{" ".join(classes)}"' if classes else ""


def _rounded(number: re.Match[str]) -> str:
    return f"{round(float(number[0]), 2):g}"


def _text(text: str) -> str:
    return escape(shown(text))
