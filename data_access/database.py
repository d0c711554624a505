"""Engines for both sides: writing the register and releases, and reading releases only."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from data_access import settings
from data_access.errors import DatabaseNotReady, DatabaseUnavailable


def _safe(url: URL) -> str:
    return url.render_as_string(hide_password=True)


def _unreachable(url: str) -> DatabaseUnavailable:
    return DatabaseUnavailable(
        f"De database {url} is niet bereikbaar. Controleer DATABASE_URL en of de server aanstaat, "
        "en probeer het opnieuw.",
        f"The database {url} cannot be reached. Check DATABASE_URL and whether the server is "
        "running, then try again.",
    )


def parse_url(url: str) -> URL:
    """Return a SQLAlchemy URL in parts; DatabaseUnavailable when it means nothing to us."""
    try:
        parsed = make_url(url)
        parsed.get_dialect().import_dbapi()
    except (ArgumentError, ImportError, NoSuchModuleError) as error:
        raise DatabaseUnavailable(
            "DATABASE_URL is geen geldige SQLAlchemy-URL. Gebruik bijvoorbeeld "
            "postgresql://gebruiker:wachtwoord@server/database of sqlite:///pad/naar/bestand.",
            "DATABASE_URL is not a valid SQLAlchemy URL. Use for instance "
            "postgresql://user:password@server/database or sqlite:///path/to/file.",
        ) from error
    return parsed


def writing_engine(url: str) -> Engine:
    """Return an engine that may write the register and releases.

    `url` is a SQLAlchemy URL for SQLite or PostgreSQL. Raises DatabaseUnavailable for a URL that
    means nothing; whether the server answers shows at first use (see :func:`transaction`).
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        # Parameters hold rows about people: they stay out of errors and logs.
        engine = create_engine(parsed, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        return engine
    return create_engine(parsed, pool_pre_ping=True, hide_parameters=True)


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    for pragma in ("foreign_keys=ON", "journal_mode=WAL", "busy_timeout=15000"):
        connection.execute(f"PRAGMA {pragma}")


def reading_engine(url: str) -> Engine:
    """Return an engine that can read `pub_*` tables and nothing else.

    In SQLite an authorizer refuses every other table; in PostgreSQL the session is read-only and
    the role of the dashboard should hold SELECT on `pub_*` alone (`python -m data_access grant`).
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and not Path(parsed.database).exists():
            raise _nothing_published()
        engine = create_engine(parsed)
        event.listen(engine, "connect", _restrict_sqlite)
        return engine
    limit = settings.SECONDS_A_QUERY_MAY_TAKE * 1000
    options = f"-c default_transaction_read_only=on -c statement_timeout={limit}"
    return create_engine(
        parsed, pool_pre_ping=True, connect_args={"options": options, "connect_timeout": 5}
    )


def _restrict_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute("PRAGMA busy_timeout=15000")
    connection.execute("PRAGMA query_only=ON")
    connection.set_authorizer(_only_published)


def _only_published(action: int, name: str | None, *_more: str | None) -> int:
    reads_a_table = action == sqlite3.SQLITE_READ
    allowed = name is not None and name.startswith(("pub_", "sqlite_"))
    if reads_a_table and name and not allowed:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_ATTACH:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def engine_from_settings() -> Engine:
    """Return the writing engine for DATABASE_URL."""
    return writing_engine(settings.database_url())


@contextmanager
def connected(engine: Engine) -> Iterator[Connection]:
    """Give a connection; DatabaseUnavailable when nobody answers."""
    try:
        connection = engine.connect()
    except DBAPIError as error:
        raise _unreachable(_safe(engine.url)) from error
    with connection:
        yield connection


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """Give a connection in one transaction; DatabaseUnavailable when nobody answers."""
    with connected(engine) as connection, connection.begin():
        yield connection


def has_releases_table(engine: Engine) -> bool:
    """Tell whether the database has the tables of a release."""
    return inspect(engine).has_table("pub_release")


def _nothing_published() -> DatabaseNotReady:
    return DatabaseNotReady(
        "Er is nog niets gepubliceerd. Laad een levering met 'python -m data_access load MAP' en "
        "publiceer met 'python -m data_access publish'.",
        "Nothing has been published yet. Load a delivery with 'python -m data_access load FOLDER' "
        "and publish with 'python -m data_access publish'.",
    )


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection for reading releases.

    Raises DatabaseUnavailable when the database does not answer, DatabaseNotReady when it has no
    release tables.
    """
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        if lacks_table(error):
            raise _nothing_published() from error
        raise _unreachable(_safe(engine.url)) from error


def lacks_table(error: DBAPIError) -> bool:
    """Tell whether a query failed because a table is not there."""
    return "no such table" in str(error.orig) or type(error.orig).__name__ == "UndefinedTable"
