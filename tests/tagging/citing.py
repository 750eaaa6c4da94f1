"""Notes with the citations that are read from them."""

from __future__ import annotations

from brief_nlp.schema import Footnote
from brief_nlp.tagging.citations import cite


def cited(*notes: str) -> tuple[str, tuple[Footnote, ...]]:
    text, made = "", []
    for index, note in enumerate(notes):
        start = len(text)
        text += note
        made.append(Footnote(index=index, label=str(index + 1), block=0, start=start, end=len(text), markers=()))
        text += "\n"
    return text, cite(text, made)


def fields(note: str) -> list[tuple[str, dict[str, str]]]:
    """Kind and fields of each citation; several values of a field are joined by semicolons."""
    _, (made,) = cited(note)
    return [
        (
            one.kind.value,
            {name.value: "; ".join(one.values(name)) for name in dict.fromkeys(f.name for f in one.fields)},
        )
        for one in made.citations
    ]
