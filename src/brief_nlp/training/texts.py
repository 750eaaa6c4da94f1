"""The composed texts of `corpus/texts` and the labels of their sentences in `corpus/claims`.

A text is a file of its own: a header of `key: value` lines, an empty line, then one sentence a line. Empty lines
part paragraphs, `# ` opens a heading. Labels lie in a file of the same name, one JSON object a line, by line number.

    python -m brief_nlp.training.texts corpus    # what is wrong in them, and how many there are
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from brief_nlp.schema import AssessmentKind, Likelihood

HEADER = ("title", "genre", "published", "topics")
HEADING = "# "
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


class Sentence(BaseModel):
    """A line of a text: its number in the file (from 1), its paragraph (from 0) and its words."""

    model_config = ConfigDict(frozen=True)

    line: int
    paragraph: int
    text: str
    heading: bool


class Text(BaseModel):
    """A composed text."""

    model_config = ConfigDict(frozen=True)

    name: str
    language: Literal["en", "ko"]
    title: str
    genre: str
    published: str
    topics: str
    sentences: tuple[Sentence, ...]


class Clause(BaseModel):
    """A finite clause of a mixed sentence, by its words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(min_length=2)
    label: Literal["fact", "assessment"]
    source: tuple[str, ...] = ("author",)


class Labelled(BaseModel):
    """What a sentence was labelled as, by the guideline that docs/labels.md sums up."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: int
    label: Literal["fact", "assessment", "none"]
    kind: AssessmentKind | None = None
    likelihood: Likelihood | None = None
    source: tuple[str, ...] = ("author",)
    mixed: bool = False
    clauses: tuple[Clause, ...] = ()
    certain: bool = True

    @model_validator(mode="after")
    def _fits(self) -> Labelled:
        if (self.label == "assessment") != (self.kind is not None):
            raise ValueError("`kind` goes with assessments, and every assessment has one")
        if self.likelihood and self.label != "assessment":
            raise ValueError("`likelihood` goes with assessments")
        if self.mixed != (len({clause.label for clause in self.clauses}) == 2):
            raise ValueError("a mixed sentence has clauses of both labels, and only a mixed one has clauses")
        return self


def read_text(path: Path) -> Text:
    """A text from its file. Raises `ValueError` where the file is not as described above."""
    lines = path.read_text("utf-8").splitlines()
    end = lines.index("") if "" in lines else len(lines)
    header = dict(line.split(": ", 1) for line in lines[:end] if ": " in line)
    if missing := [key for key in HEADER if not header.get(key, "").strip()]:
        raise ValueError(f"header lacks {', '.join(missing)}")
    if not _DAY.fullmatch(header["published"]):
        raise ValueError("`published` is no date")
    sentences: list[Sentence] = []
    paragraph = 0
    for number, line in enumerate(lines[end:], end + 1):
        if not line.strip():
            paragraph += bool(sentences) and sentences[-1].paragraph == paragraph
            continue
        if line != line.strip():
            raise ValueError(f"line {number}: white space at an edge")
        heading = line.startswith(HEADING)
        text = line.removeprefix(HEADING)
        sentences.append(Sentence(line=number, paragraph=paragraph, text=text, heading=heading))
    fields = {key: header[key].strip() for key in HEADER}
    return Text(name=path.stem, language=path.parent.name, sentences=tuple(sentences), **fields)


def read_labels(path: Path, text: Text) -> tuple[Labelled, ...]:
    """The labels of a text. Raises `ValueError`, naming the line, where they do not fit it."""
    found: list[Labelled] = []
    sentences = {sentence.line: sentence for sentence in text.sentences if not sentence.heading}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            label = Labelled.model_validate_json(line)
        except ValidationError as error:
            raise ValueError(f"{path.name} line {number}: {error.errors()[0]['msg']}") from None
        if label.line not in sentences:
            raise ValueError(f"{path.name} line {number}: line {label.line} of the text is no sentence")
        words = sentences[label.line].text
        if outside := [clause.text for clause in label.clauses if clause.text not in words]:
            raise ValueError(f"{path.name} line {number}: not in the sentence: {outside[0]!r}")
        found.append(label)
    twice = [line for line, count in Counter(label.line for label in found).items() if count > 1]
    missing = sorted(sentences.keys() - {label.line for label in found})
    if twice or missing:
        raise ValueError(f"{path.name}: labelled twice {twice}, not labelled {missing}")
    return tuple(found)


def read_labelled(path: Path) -> tuple[Text, tuple[Labelled, ...]]:
    """A text with its labels, none where it has no file of them. Raises `ValueError` where either is wrong."""
    text = read_text(path)
    labels = path.parents[2] / "claims" / path.parent.name / f"{path.stem}.jsonl"
    return text, read_labels(labels, text) if labels.exists() else ()


def read_corpus(corpus: Path) -> Iterator[tuple[Text, tuple[Labelled, ...]]]:
    """Every text with its labels, in order of language and name."""
    return map(read_labelled, sorted((corpus / "texts").glob("*/*.txt")))


def main(arguments: Sequence[str]) -> int:
    """Print what is wrong and how much there is."""
    corpus, wrong = Path(arguments[0]), 0
    counts: dict[str, Counter[str]] = {}
    only = set(arguments[1:])
    for path in sorted((corpus / "texts").glob("*/*.txt")):
        if only and path.stem not in only:
            continue
        try:
            text, found = read_labelled(path)
        except ValueError as error:
            wrong += 1
            print(f"{path.stem}: {error}")  # noqa: T201
            continue
        count = counts.setdefault(text.language, Counter())
        body = [sentence for sentence in text.sentences if not sentence.heading]
        count.update(texts=1, sentences=len(body), words=sum(len(one.text.split()) for one in body))
        count.update(label.label for label in found)
        count.update(mixed=sum(label.mixed for label in found))
    for language, count in counts.items():
        print(f"{language}: {dict(count)}, {count['words'] / max(1, count['sentences']):.1f} words a sentence")  # noqa: T201
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
