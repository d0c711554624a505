"""Engines and transactions for the register. Readers use release files and none of this."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from data_access import register, settings
from data_access.errors import DatabaseUnavailable

# SQLite has no schemas: what PostgreSQL keeps in one of its own is a table like the others.
WITHOUT_SCHEMAS = {"schema_translate_map": {register.PUBLISHED: None}}


def unreachable() -> DatabaseUnavailable:
    """Return the error for a database that does not answer; it names no address and no role."""
    return DatabaseUnavailable(
        "De database is niet bereikbaar. Controleer DATABASE_URL en of de server aanstaat, en "
        "probeer het opnieuw.",
        "The database cannot be reached. Check DATABASE_URL and whether the server is running, "
        "then try again.",
    )


def not_stored(error: DBAPIError) -> DatabaseUnavailable | None:
    """Return the error for a full disk or missing rights to write; None for anything else."""
    # SQLite gives its errors a name, PostgreSQL a class.
    name = getattr(error.orig, "sqlite_errorname", type(error.orig).__name__)
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR", "DiskFull")):
        return DatabaseUnavailable(
            "De schijf van de database is vol of werkt niet; er is niets veranderd. Maak ruimte en "
            "probeer het opnieuw.",
            "The disk of the database is full or does not work; nothing has changed. Make room and "
            "try again.",
        )
    if name.startswith(
        ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "ReadOnlySqlTransaction")
    ):
        return DatabaseUnavailable(
            "De database kan niet worden beschreven; er is niets veranderd. Geef schrijfrechten op "
            "de database (bij SQLite: het bestand en zijn map) en probeer het opnieuw.",
            "The database cannot be written to; nothing has changed. Give permission to write to "
            "the database (with SQLite: the file and its folder) and try again.",
        )
    return None


def parse_url(url: str) -> URL:
    """Return a SQLAlchemy URL in parts; DatabaseUnavailable when it means nothing to us."""
    try:
        parsed = make_url(url)
        parsed.get_dialect().import_dbapi()
    except (ArgumentError, ImportError, NoSuchModuleError, ValueError) as error:
        raise DatabaseUnavailable(
            "DATABASE_URL is geen geldige SQLAlchemy-URL. Gebruik bijvoorbeeld "
            "postgresql://gebruiker:wachtwoord@server/database of sqlite:///pad/naar/bestand.",
            "DATABASE_URL is not a valid SQLAlchemy URL. Use for instance "
            "postgresql://user:password@server/database or sqlite:///path/to/file.",
        ) from error
    return parsed


def writing_engine(url: str) -> Engine:
    """Return an engine for the register.

    `url` is a SQLAlchemy URL for SQLite or PostgreSQL. Raises DatabaseUnavailable for a URL that
    means nothing; whether the server answers shows at first use (see :func:`transaction`).
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        # Parameters hold rows about people: they stay out of errors and logs.
        engine = create_engine(parsed, hide_parameters=True, execution_options=WITHOUT_SCHEMAS)
        event.listen(engine, "connect", _prepare_sqlite)
        return engine
    return create_engine(parsed, pool_pre_ping=True, hide_parameters=True)


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    for pragma in ("foreign_keys=ON", "journal_mode=WAL", "busy_timeout=15000"):
        connection.execute(f"PRAGMA {pragma}")


def engine_from_settings() -> Engine:
    """Return the writing engine for DATABASE_URL."""
    return writing_engine(settings.database_url())


@contextmanager
def connected(engine: Engine) -> Iterator[Connection]:
    """Give a connection; DatabaseUnavailable when nobody answers."""
    try:
        connection = engine.connect()
    except DBAPIError as error:
        raise not_stored(error) or unreachable() from error
    with connection:
        yield connection


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """Give a connection in one transaction; DatabaseUnavailable when nobody answers."""
    with connected(engine) as connection, connection.begin():
        yield connection


def lacks_table(error: DBAPIError) -> bool:
    """Tell whether a query failed because a table is not there."""
    return "no such table" in str(error.orig) or type(error.orig).__name__ == "UndefinedTable"
