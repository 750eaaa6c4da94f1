"""Questions to a store: SQL of the user's own, or a saved query by name (`queries/*.sql`); nothing is ever written.

A saved query begins with comments: what it answers, then a line `-- :name  meaning (default …)` for each thing that is
asked for. `:about` and `:source` stand for all spellings that the gazetteer has of a name, `:about_id` for its id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, Engine, TextClause, bindparam, text

from brief_nlp.errors import BriefError
from brief_nlp.tagging.gazetteer import Gazetteer, load_gazetteer

SORT_MEMORY = "32MB"  # for each sort or hash of a question: at PostgreSQL's 4 MB, hashes of large stores go to disk
NAMES = ("about", "source")  # parameters that are names of someone or something
_PARAMETER = re.compile(r"-- :(\w+)\s+(.+?)(?: \(default (.*)\))?$", re.M)
_COMMENT = re.compile(r"--.*\n")
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


class Parameter(NamedTuple):
    """What a saved query asks for; without a default it must be given."""

    name: str
    meaning: str
    default: str | None


@dataclass(frozen=True)
class Saved:
    """A saved query."""

    name: str
    about: str
    sql: str
    parameters: tuple[Parameter, ...] = field(default=())


class Answer(NamedTuple):
    """Names of columns, and rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


@cache
def saved_queries() -> dict[str, Saved]:
    """The saved queries by name."""
    found = {}
    for file in sorted(files("brief_nlp.store").joinpath("queries").iterdir(), key=lambda path: path.name):
        if not file.name.endswith(".sql"):
            continue
        sql, name = file.read_text("utf-8"), file.name.removesuffix(".sql")
        about = sql.splitlines()[0].removeprefix("-- ")
        parameters = tuple(Parameter(m[1], m[2], m[3]) for m in _PARAMETER.finditer(sql))
        found[name] = Saved(name, about, _COMMENT.sub("", sql), parameters)
    return found


def ask(engine: Engine, question: str, given: Mapping[str, str] | None = None, *, most: int = 1000) -> Answer:
    """The answer to a saved query, or to SQL, of at most so many rows. Raises `BriefError`."""
    saved = saved_queries().get(question)
    if saved is None and not re.search(r"\s", question.strip()):
        raise BriefError(
            f"{question}: there is no saved query of this name.",
            f"Choose one of {', '.join(saved_queries())}, or give SQL.",
        )
    values = _values(saved, given or {}, most) if saved else dict(given or {})
    with reading(engine) as connection:
        found = connection.execute(bound(saved.sql if saved else question, values), values)
        if not found.returns_rows:
            raise BriefError("This is no question: it gives no rows.", "Ask with SELECT; a store is only read here.")
        return Answer(tuple(found.keys()), [tuple(row) for row in found.fetchmany(most)])


def bound(sql: str, values: Mapping[str, Any]) -> TextClause:
    """A statement in which lists stand for all their values, as after IN."""
    lists: list[BindParameter[Any]] = [
        bindparam(name, expanding=True) for name, value in values.items() if isinstance(value, list)
    ]
    return text(sql).bindparams(*lists)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection through which nothing can be written."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("PRAGMA query_only = ON"))
            try:
                yield connection
            finally:
                connection.rollback()
                connection.execute(text("PRAGMA query_only = OFF"))
        else:
            connection.execute(text("SET TRANSACTION READ ONLY"))
            connection.execute(text(f"SET LOCAL work_mem = '{SORT_MEMORY}'"))
            yield connection


def _values(saved: Saved, given: Mapping[str, str], most: int) -> dict[str, Any]:
    known = {parameter.name: parameter for parameter in saved.parameters}
    if unknown := sorted(given.keys() - known.keys()):
        asked = ", ".join(f"--{name}" for name in known) or "nothing"
        raise BriefError(f"{saved.name} does not ask for --{unknown[0]}.", f"It asks for {asked}.")
    values: dict[str, Any] = {"most": most}
    for name, parameter in known.items():
        default = date.today().isoformat() if parameter.default == "today" else parameter.default
        value = given.get(name, default)
        if value is None:
            raise BriefError(f"{saved.name} needs --{name}: {parameter.meaning}.", f"Add --{name} VALUE.")
        if name in NAMES:
            values[name], values[f"{name}_id"] = spellings(value)
        elif name in ("since", "today"):
            values[name] = _day(name, value)
        else:
            values[name] = value
    return values


def spellings(name: str, gazetteer: Gazetteer | None = None) -> tuple[list[str], str]:
    """(all names of what a name names, its id in the gazetteer); the name itself where that does not know it."""
    entry = (gazetteer or load_gazetteer()).named(name)
    if entry is None:
        return [name], name
    return list(dict.fromkeys((name, entry.name, *([entry.ko] if entry.ko else []), *entry.aliases))), entry.id


def _day(name: str, value: str) -> str:
    if not _DAY.fullmatch(value):
        raise BriefError(f"--{name} {value}: this is no day.", "Give a year, month or day, such as 2024-06-01.")
    return value
