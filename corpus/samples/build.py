"""Typesets the sample briefs and writes their gold, by construction from `source/*.txt`.

    python corpus/samples/build.py            # all samples
    python corpus/samples/build.py --check    # exit code 1 where a committed file differs

Needs the package `typst` and Debian's fonts-nanum (for the Korean ones); README.md describes the source format.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).resolve().parent
FONTS = [path for path in ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts") if Path(path).is_dir()]
LABELS = {"F": "fact", "A": "assessment", "N": "none"}
MARKER = re.compile(r"\[\^([^\]]+)\]")
DEFAULTS: dict[str, Any] = {
    "language": "en", "columns": 1, "endnotes": False, "numbering": "1)", "font": "Libertinus Serif", "size": 10.5,
    "leading": 0.72, "margin": 25, "indent": True, "hyphenate": False, "alternate": False, "foot": "#", "printed": "",
}  # fmt: skip


def read_source(path: Path) -> dict[str, Any]:
    """The parsed source: front matter, blocks of labelled sentences, notes."""
    data: dict[str, Any] = dict(DEFAULTS)
    blocks: list[dict[str, Any]] = []
    notes: dict[str, str] = {}
    open_block: dict[str, Any] | None = None
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            open_block = None
        elif line.startswith("= "):
            key, value = line[2:].split(":", 1)
            data[key.strip()] = _typed(value.strip())
        elif line.startswith("# "):
            blocks.append({"kind": "heading", "text": line[2:]})
        elif match := re.match(r"\[\^([^\]]+)\]: (.+)", line):
            notes[match[1]] = match[2]
        elif line.startswith("! "):
            open_block = {"kind": "table", "caption": line[2:], "rows": []}
            blocks.append(open_block)
        elif line.startswith("|| ") and open_block:
            open_block["rows"].append([cell.strip() for cell in line[3:].split("|")])
        elif match := re.match(r"([*+]?) ?([FAN])([^|]*)\| (.+)", line):
            bullet, label, attributes, text = match.groups()
            if bullet:
                if open_block is None or open_block["kind"] != "list":
                    open_block = {"kind": "list", "numbered": bullet == "+", "items": []}
                    blocks.append(open_block)
                open_block["items"].append([])
                sentences = open_block["items"][-1]
            else:
                if open_block is None or open_block["kind"] != "paragraph":
                    open_block = {"kind": "paragraph", "sentences": []}
                    blocks.append(open_block)
                sentences = open_block["sentences"]
            sentences.append({"text": text.strip(), **_gold(label, attributes)})
        else:
            raise SystemExit(f"{path.name}:{number}: not understood: {line[:60]}")
    return {**data, "blocks": blocks, "notes": notes}


def _typed(value: str) -> Any:
    if value in ("true", "false"):
        return value == "true"
    return float(value) if re.fullmatch(r"\d+\.\d+", value) else int(value) if value.isdigit() else value


def _gold(label: str, attributes: str) -> dict[str, Any]:
    """`:kind @source %likelihood ~ ?` after the label; ~ is mixed, ? is uncertain."""
    found = {mark: text.strip() for mark, text in re.findall(r"([:@%])([^:@%~?]+)", attributes)}
    return {
        "label": LABELS[label],
        "source": None if label == "N" else found.get("@", "author"),
        "kind": found.get(":"),
        "likelihood": found.get("%"),
        "mixed": "~" in attributes,
        "certain": "?" not in attributes,
    }


def parts(text: str) -> list[dict[str, str]]:
    """Text and note calls in turn, for the template."""
    found: list[dict[str, str]] = []
    for place, piece in enumerate(MARKER.split(text)):
        if piece:
            found.append({"kind": "note", "label": piece} if place % 2 else {"kind": "text", "text": piece})
    return found


def joined(sentences: list[dict[str, Any]]) -> str:
    return " ".join(sentence["text"] for sentence in sentences)


def template_data(source: dict[str, Any]) -> dict[str, Any]:
    """The source as the template wants it."""
    blocks = []
    for block in source["blocks"]:
        if block["kind"] == "heading":
            blocks.append({"kind": "heading", "parts": parts(block["text"])})
        elif block["kind"] == "paragraph":
            blocks.append({"kind": "paragraph", "parts": parts(joined(block["sentences"]))})
        elif block["kind"] == "list":
            items = [parts(joined(item)) for item in block["items"]]
            blocks.append({"kind": "list", "numbered": block["numbered"], "items": items})
        else:
            blocks.append(block)
    people = [person.strip() for person in source["byline"].split(";")]
    authors = [person.split("(")[0].strip() for person in people]
    return {**source, "blocks": blocks, "authors": authors, "byline": "; ".join(people)}


class Gold:
    """Collects blocks, markers and sentences in reading order."""

    def __init__(self) -> None:
        self.blocks: list[dict[str, Any]] = []
        self.markers: list[dict[str, Any]] = []
        self.sentences: list[dict[str, Any]] = []

    def add(self, kind: str, sentences: list[dict[str, Any]]) -> None:
        """A block of sentences; a plain text is one sentence without a label."""
        text, index = "", len(self.blocks)
        for sentence in sentences:
            text += " " if text else ""
            start = len(text)
            for place, piece in enumerate(MARKER.split(sentence["text"])):
                if place % 2:
                    self.markers.append({"label": piece, "block": index, "offset": len(text)})
                else:
                    text += piece
            if "label" in sentence:
                told = {key: value for key, value in sentence.items() if key != "text"}
                self.sentences.append({"block": index, "start": start, "end": len(text), "text": text[start:], **told})
        self.blocks.append({"kind": kind, "text": text})


def gold_of(source: dict[str, Any]) -> dict[str, Any]:
    """What a perfect reader would find."""
    gold = Gold()
    gold.add("masthead", [{"text": source["publisher"]}])
    if source["printed"]:
        gold.add("masthead", [{"text": source["printed"]}])
    gold.add("title", [{"text": source["title"]}])
    gold.add("byline", [{"text": source["byline"]}])
    for block in source["blocks"]:
        if block["kind"] in ("heading",):
            gold.add("heading", [block])
        elif block["kind"] == "paragraph":
            gold.add("paragraph", block["sentences"])
        elif block["kind"] == "list":
            for item in block["items"]:
                gold.add("list_item", item)
        else:
            for row in block["rows"]:
                for cell in row:
                    gold.add("table_cell", [{"text": cell}])
            gold.add("caption", [{"text": block["caption"]}])
    if source["endnotes"]:
        gold.add("heading", [{"text": "Notes"}])
    gold.add("copyright", [{"text": source["copyright"]}])
    gold.add("disclaimer", [{"text": source["disclaimer"]}])
    head = {
        key: str(source[key])
        for key in ("title", "series", "number", "publisher", "language", "published", "published_from")
    }
    return {
        "note": "Composed for this project by a language model; no KINU publication. Figures, quotations and events may be invented.",
        "masthead": {**head, "authors": authors_of(source)},
        "blocks": gold.blocks,
        "markers": gold.markers,
        "notes": source["notes"],
        "sentences": gold.sentences,
    }


def authors_of(source: dict[str, Any]) -> list[dict[str, str]]:
    """Name, position and division, from `position` and `division` of the front matter."""
    names = [person.split("(")[0].strip() for person in source["byline"].split(";")]
    positions = [item.strip() for item in str(source["position"]).split(";")]
    divisions = [item.strip() for item in str(source["division"]).split(";")]
    return [{"name": n, "position": p, "division": d} for n, p, d in zip(names, positions, divisions, strict=True)]


def build(name: str, folder: Path) -> None:
    """Write NAME.pdf and NAME.gold.json into `folder`."""
    source = read_source(HERE / "source" / f"{name}.txt")
    with tempfile.TemporaryDirectory(dir=HERE / "templates") as scratch:
        data = Path(scratch) / "data.json"
        data.write_text(json.dumps(template_data(source), ensure_ascii=False), "utf-8")
        inputs = {"data": f"{Path(scratch).name}/data.json"}
        pdf = typst.compile(
            str(HERE / "templates" / "brief.typ"), sys_inputs=inputs, font_paths=FONTS, timestamp=946684800
        )
    (folder / f"{name}.pdf").write_bytes(pdf)
    gold = json.dumps(gold_of(source), ensure_ascii=False, indent=1)
    (folder / f"{name}.gold.json").write_text(gold + "\n", "utf-8")


def main() -> None:
    names = sorted(path.stem for path in (HERE / "source").glob("*.txt"))
    if "--check" not in sys.argv:
        for name in names:
            build(name, HERE)
        return
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            build(name, Path(folder))
        files = [f"{name}{ending}" for name in names for ending in (".pdf", ".gold.json")]
        stale = [file for file in files if (Path(folder) / file).read_bytes() != (HERE / file).read_bytes()]
    if stale:
        raise SystemExit(f"out of date: {', '.join(stale)}; run corpus/samples/build.py")


if __name__ == "__main__":
    main()
