"""Opens a database by URL and brings its schema up to date. SQLite and PostgreSQL."""

from __future__ import annotations

import atexit
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakSet

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from brief_nlp.errors import BriefError, without_password
from brief_nlp.store.derived import derive_anew, is_derived
from brief_nlp.store.tables import identity

CACHE_KIB = 64 * 1024  # of pages that SQLite keeps in memory
CHECKPOINT_PAGES = 8_000  # of four KiB, after which SQLite moves the write-ahead log into the database
BUSY_MILLISECONDS = 30_000  # how long SQLite waits for another writer
_DRIVERS = ("sqlite3", "psycopg")
_OPEN: WeakSet[Engine] = WeakSet()
MIGRATION_LOCK = 0x6272_6965_66  # key of the advisory lock under which PostgreSQL migrates


def open_store(address: str) -> Engine:
    """Connect to `sqlite:///FILE` or `postgresql://…`, creating or migrating the schema. Raises `BriefError`."""
    url = _url(address)
    shown = without_password(address)
    if url.get_backend_name() == "sqlite":
        _check_sqlite_file(url)
    try:
        engine = create_engine(url)
    except ModuleNotFoundError:
        raise BriefError(
            "The PostgreSQL driver is not installed.", "Run `pip install 'brief-nlp[postgres]'`."
        ) from None
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    try:
        with reported(shown):
            _migrate(engine, shown)
    except BaseException:
        engine.dispose()
        raise
    _OPEN.add(engine)
    return engine


@atexit.register
def _close() -> None:
    """Whoever closes a SQLite database last moves its write-ahead log into the file, which then holds all by itself."""
    for engine in list(_OPEN):
        engine.dispose()


def open_existing(address: str) -> Engine:
    """The same for a database that is only read: a SQLite file must be there. Raises `BriefError`."""
    url = _url(address)
    if url.get_backend_name() == "sqlite" and not (url.database and _file(url).is_file()):
        raise BriefError(
            f"{url.database or address}: there is no such database.", "Make one with `brief-nlp run … --to`."
        )
    return open_store(address)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes. SQLite takes its lock at once, since one that reads first may not get it later."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("BEGIN IMMEDIATE"))
        yield connection


@contextmanager
def reported(shown: str) -> Iterator[None]:
    """Turns a database's complaints into one line that says what and what next."""
    try:
        yield
    except Exception as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if type(cause).__module__.split(".")[0] not in _DRIVERS:
            raise
        said = next(iter(str(cause).strip().splitlines()), type(cause).__name__)
        raise BriefError(f"{without_password(shown)}: {said}.", _advice(said)) from None


def _advice(said: str) -> str:
    lowered = said.lower()
    for words, advice in {
        "not a database": "The file is no SQLite database or is damaged; give another with --to.",
        "malformed": "The database is damaged; restore it from a copy, or give another with --to.",
        "readonly": "A question may only read; for rows, give a database that can be written, with --to.",
        "read-only": "A question may only read; for rows, give a database that can be written, with --to.",
        "unable to open": "Check that the folder exists and can be written.",
        "full": "Free some space; nothing of the unfinished document was kept.",
        "no space left": "Free some space; nothing of the unfinished document was kept.",
        "could not extend": "Free some space; nothing of the unfinished document was kept.",
        "locked": "Another program is writing; try again when it is done.",
        "connection": "Check that the server runs and can be reached.",
        "password": "Check user and password in the address.",
        "does not exist": "Create it first, or check the name.",
    }.items():
        if words in lowered:
            return advice
    return "See docs/store.md."


def _url(address: str) -> URL:
    try:
        url = make_url(address)
        backend = url.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise BriefError(
            f"{without_password(address)}: this is no address of a database.",
            "Give sqlite:///FILE, postgresql://… or a folder.",
        ) from None
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise BriefError(f"{without_password(address)}: {backend} is not supported.", "Use SQLite or PostgreSQL.")
    return url


def _check_sqlite_file(url: URL) -> None:
    if not url.database or url.database == ":memory:":
        return
    file = _file(url)
    if file.is_dir():
        raise BriefError(f"{file}: this is a folder.", "Give a file, such as sqlite:///annotations.db.")
    if not file.parent.is_dir():
        raise BriefError(f"{file.parent}: there is no such folder.", "Create it first, or give another with --to.")


def _file(url: URL) -> Path:
    """The file of a SQLite address, which may be a `file:` URI."""
    return Path(str(url.database).removeprefix("file:"))


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute(f"PRAGMA cache_size = {-CACHE_KIB}")
    cursor.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    cursor.close()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _migrate(engine: Engine, shown: str) -> None:
    with engine.connect() as connection:
        if _is_current(connection):
            return
    with writing(engine) as connection:
        config = _config(connection)
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        present = set(inspect(connection).get_table_names())
        if present and "alembic_version" not in present:
            raise BriefError(f"{shown}: this database holds something else.", "Give another with --to.")
        if present:
            _refuse_newer(connection, config, shown)
        command.upgrade(config, "head")
        derive_anew(connection)


def _is_current(connection: Connection) -> bool:
    """Whether there is nothing to do, so that a store that cannot be written can be read."""
    known = inspect(connection)
    if not (known.has_table("alembic_version") and known.has_table(identity.name)):
        return False
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found == ScriptDirectory.from_config(_config(connection)).get_current_head() and is_derived(connection)


def _refuse_newer(connection: Connection, config: Config, shown: str) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found not in known:
        raise BriefError(
            f"{shown}: this database was made by a newer brief-nlp (schema {found}).",
            "Upgrade brief-nlp, then try again.",
        )
