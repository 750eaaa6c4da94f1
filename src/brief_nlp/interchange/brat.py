"""brat standoff: `ID.txt` and `ID.ann` a brief (https://brat.nlplab.org/standoff.html).

Claims are text-bound annotations with their label as type. What they cannot carry lies in notes: `Claim` with id and
model label, `Answer` with what a reviewer said, as JSON. A type that was changed in brat is an answer as well.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from brief_nlp.errors import BriefError
from brief_nlp.interchange.items import Answer, Item, Returned, choice_of, moment
from brief_nlp.store.files import write_whole

TYPES = {"fact": "Fact", "assessment": "Assessment", "no claim": "NoClaim"}
_CHOICES = {name: choice for choice, name in TYPES.items()}
CONFIG = """[entities]
Fact
Assessment
NoClaim
PERSON
ORG
PLACE
EVENT
POLICY
LAW
PUBLICATION
FACILITY
WEAPON
[relations]
[events]
[attributes]
"""


def write(items: Iterable[Item], folder: Path) -> int:
    """Write the files of all briefs; returns how many briefs there are."""
    count = 0
    write_whole(folder / "annotation.conf", CONFIG.encode())
    for document_id, group in itertools.groupby(items, key=lambda item: item.brief.document_id):
        found = list(group)
        write_whole(folder / f"{document_id}.txt", found[0].brief.text.encode())
        write_whole(folder / f"{document_id}.ann", "".join(f"{line}\n" for line in _lines(found)).encode())
        count += 1
    return count


def answers(folder: Path, reviewer: str) -> Iterator[Returned]:
    """The answers in the files of a folder; `reviewer` is who changed types in brat, at the time of the file."""
    for path in sorted(folder.glob("*.ann")):
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        types: dict[str, str] = {}
        known: dict[str, tuple[str, str]] = {}
        told: list[tuple[str, dict[str, Any]]] = []
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            try:
                name, head, *rest = line.split("\t")
                if name.startswith("T"):
                    types[name] = head.split(" ")[0]
                elif head.startswith("Claim "):
                    claim_id, model = rest[0].split(" ", 1)
                    known[head.split(" ")[1]] = (claim_id, model)
                elif head.startswith("Answer "):
                    told.append((head.split(" ")[1], json.loads(rest[0])))
            except (ValueError, IndexError):
                raise BriefError(f"{path} line {number}: this is no standoff annotation.", "Mend the line.") from None
        answered = set()
        for name, one in told:
            if name in known:
                answered.add(name)
                answer = Answer(
                    choice_of(one["choice"], str(path)), one["reviewer"], moment(one["given_at"], str(path)),
                    one.get("note"), one.get("edited"),
                )  # fmt: skip
                yield Returned(path.stem, known[name][0], answer)
        for name, (claim_id, model) in known.items():
            choice = _CHOICES.get(types.get(name, ""))
            if choice and choice != model and name not in answered:
                yield Returned(path.stem, claim_id, Answer(choice_of(choice, str(path)), reviewer, changed))


def _lines(items: list[Item]) -> Iterator[str]:
    notes = itertools.count(1)
    number = 0
    for number, item in enumerate(items, 1):
        name, claim = f"T{number}", item.claim
        yield f"{name}\t{TYPES[claim.label.value]} {claim.start} {claim.end}\t{claim.text}"
        yield f"#{next(notes)}\tClaim {name}\t{claim.id} {claim.label.value}"
        for answer in item.answers:
            words = {"note": answer.note, "edited": answer.edited}
            told = {
                "choice": answer.choice,
                "reviewer": answer.reviewer,
                "given_at": answer.given_at.isoformat(),
                **{key: value for key, value in words.items() if value},
            }
            yield f"#{next(notes)}\tAnswer {name}\t{json.dumps(told, ensure_ascii=False)}"
    for place, entity in enumerate(items[0].brief.entities, number + 1):
        yield f"T{place}\t{entity.type.value} {entity.start} {entity.end}\t{entity.text}"
