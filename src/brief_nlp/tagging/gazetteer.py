"""Known names: a JSON Lines file, checked, and found in a text in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from brief_nlp.characters import replaced
from brief_nlp.errors import BriefError
from brief_nlp.schema import EntityType

_WORD = re.compile(r"[A-Za-z0-9À-ÿ][A-Za-z0-9À-ÿ_.&]*|[가-힣]+")
_HANGUL = re.compile(r"[가-힣]+")
# what may follow a name inside one Korean word: particles, and suffixes that keep its sense
_PARTICLE = re.compile(
    r"(?:측|식|산|인|들|군|내|당국|정부|제|발|대표단)?(?:은|는|이|가|을|를|의|에|도|만|과|와|로|으로|에서|에게|에는|에도|에서는|에서도"
    r"|까지|부터|보다|처럼|이나|나|이며|이고|이다|라는|이라는|란|이란|께서|조차|마저|뿐|만의|과의|와의|로의|에서의|에의|으로의|이라고|라고"
    r"|만[이을은]|만으로|뿐만|밖에|이?라도|에게[는도]|에게서|으?로[는도]|으?로서[는도]?|으?로써|으?로부터|에서부터|에서만|[와과][는도만]|보다[는도]"
    r"|까지[는도의]|부터[는의]|에선|에겐|만큼[은도]?|이었[다고던]|였[다고던]|이었으며|였으며|이?지만|이?라면|이?라서|하고|이면서|이?야말로|마다|에까지"
    r"|에조차)?"
)
_PARTICLE_NAMES = ("이란",)  # names that are particles where a quotation ends before them: '통일'이란
_CLOSING = ("'", '"', ")", "」", "》", "』")
_FOLD = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "‑": "-", "‐": "-", "×": "x"}


class Entry(BaseModel):
    """One entity of a gazetteer file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,80}$")
    type: EntityType
    name: str = Field(min_length=1, max_length=200)
    ko: str | None = None
    aliases: tuple[str, ...] = ()
    ids: dict[str, str] = {}


@dataclass(frozen=True)
class Gazetteer:
    """Entries by id, and the forms under which each is found: first word -> (form, id), longest form first."""

    entries: dict[str, Entry]
    forms: dict[str, tuple[tuple[str, str], ...]]

    def find(self, text: str) -> Iterator[tuple[int, int, Entry]]:
        """(start, end, entry) of the longest known name at each place, in order, none inside another."""
        folded = fold(text)
        free_from = 0
        for match in _WORD.finditer(folded):
            start = match.start()
            if start < free_from or (match[0] in _PARTICLE_NAMES and folded[start - 1 : start] in _CLOSING):
                continue
            found = self._longest(folded, start, match[0])
            if found:
                end, entity = found
                free_from = end
                yield start, end, self.entries[entity]

    def named(self, name: str) -> Entry | None:
        """The entry that a name is as a whole."""
        entity = self._by_form.get(name)
        return self.entries[entity] if entity else None

    def type_of(self, name: str) -> EntityType | None:
        """What a name is known as, as a whole."""
        entry = self.named(name)
        return entry.type if entry else None

    @cached_property
    def _by_form(self) -> dict[str, str]:
        return {form: entity for forms in self.forms.values() for form, entity in forms}

    def _longest(self, text: str, start: int, word: str) -> tuple[int, str] | None:
        for key in _keys(word):
            for form, entity in self.forms.get(key, ()):
                end = start + len(form)
                if text.startswith(form, start) and _ends_well(text, end, form):
                    return end, entity
        return None


def fold(text: str) -> str:
    """Quotes, dashes and the like made alike; every character stays one character."""
    return text if text.isascii() else replaced(text, _FOLD)


def _keys(word: str) -> tuple[str, ...]:
    if "가" <= word[0] <= "힣":
        return (word[:2],)
    return (word, word.rstrip(".")) if word.endswith(".") else (word,)


def _ends_well(text: str, end: int, form: str) -> bool:
    """Whether a form ends at a word's end, Korean particles allowed."""
    following = text[end : end + 1]
    if _HANGUL.match(form[-1]):
        rest = _HANGUL.match(text, end)
        return rest is None or _PARTICLE.fullmatch(rest[0]) is not None
    if _HANGUL.match(following):
        rest = _HANGUL.match(text, end)
        return rest is not None and (len(form) > 2 or _PARTICLE.fullmatch(rest[0]) is not None)
    return not (following.isalnum() or (following and following in "_$"))


def gazetteer_bytes(path: Path) -> bytes:
    """A user's file as it is. Raises `BriefError` where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BriefError(
            f"{path}: the gazetteer cannot be read ({error.strerror}).", "Give a UTF-8 JSON Lines file."
        ) from None


def load_gazetteer(path: Path | None = None) -> Gazetteer:
    """The project's gazetteer, with the entries of a user's file added. Raises `BriefError` on a bad file.

    An entry of the user's with an id of the project's takes its place.
    """
    if path is None:
        return _loaded("", "")
    try:
        return _loaded(gazetteer_bytes(path).decode("utf-8"), str(path))
    except UnicodeDecodeError:
        raise BriefError(f"{path}: the gazetteer is no UTF-8 text.", "Save it as UTF-8.") from None


@lru_cache(maxsize=4)
def _loaded(added: str, name: str) -> Gazetteer:
    own = files("brief_nlp.tagging").joinpath("data/gazetteer.jsonl").read_text("utf-8")
    entries = {entry.id: entry for entry in _parsed(own, "gazetteer.jsonl")}
    entries.update((entry.id, entry) for entry in _parsed(added, name))
    return Gazetteer(entries, _forms(entries.values()))


def check(text: str, known: Iterable[str] | None = None) -> list[str]:
    """What is wrong with a gazetteer, by line; with `known`, external ids that are not among them."""
    return _read(text, None if known is None else set(known))[1]


def _read(text: str, known: set[str] | None = None) -> tuple[list[Entry], list[str]]:
    """The entries of a file, and what is wrong with it."""
    entries: list[Entry] = []
    problems: list[str] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = Entry.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            problems.append(f"line {number}: {where + ': ' if where else ''}{first['msg']}")
            continue
        if entry.id in seen:
            problems.append(f"line {number}: id {entry.id} stands in line {seen[entry.id]} already")
        seen[entry.id] = number
        if known is not None:
            problems += [f"line {number}: unknown id {one}" for one in entry.ids.values() if one not in known]
        entries.append(entry)
    return entries, problems


def _parsed(text: str, name: str) -> list[Entry]:
    entries, problems = _read(text)
    if problems:
        shown = "; ".join(problems[:5])
        raise BriefError(f"{name}: {len(problems)} error(s) in the gazetteer: {shown}.", "Mend these lines.")
    return entries


def _forms(entries: Iterable[Entry]) -> dict[str, tuple[tuple[str, str], ...]]:
    by_word: dict[str, dict[str, str]] = {}
    for entry in entries:
        for form in _spellings(entry):
            match = _WORD.match(form)
            if match:
                by_word.setdefault(_keys(match[0])[0], {}).setdefault(form, entry.id)
    return {
        word: tuple(sorted(forms.items(), key=lambda item: (-len(item[0]), item[0]))) for word, forms in by_word.items()
    }


def _spellings(entry: Entry) -> Iterator[str]:
    for name in (entry.name, entry.ko, *entry.aliases):
        if not name:
            continue
        form = fold(name)
        yield form
        if form.startswith("the "):
            yield "T" + form[1:]
        if entry.type is EntityType.PERSON:
            yield from _romanised(form)


def _romanised(name: str) -> Iterator[str]:
    """The usual spellings of a Korean name of three syllables, such as `Kim Jong Un`, `Kim Jong-un`, `KIM Jong Un`."""
    parts = re.split(r"[\s-]", name)
    if len(parts) != 3 or not all(part.isalpha() and part.isascii() for part in parts):
        return
    family, first, second = (part.capitalize() for part in parts)
    for given in (f"{first} {second}", f"{first}-{second.lower()}", f"{first}-{second}", f"{first}{second.lower()}"):
        yield f"{family} {given}"
        yield f"{family.upper()} {given}"
        yield f"{family}, {given}"
