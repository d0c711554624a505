"""Reading all there is in a database without leaving a trace: no table, file, folder or log."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, NullPool, create_engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from data_access.database import WITHOUT_SCHEMAS, connected, parse_url
from data_access.errors import DatabaseUnavailable

Found = TypeVar("Found")
_TRIES = 5


def look(url: str, read: Callable[[Connection], Found]) -> Found | None:
    """Return what `read` finds in a database, or None where SQLite has no file.

    `read` may be called again when somebody writes meanwhile. Raises DatabaseUnavailable when the
    database does not answer, or when it is written again and again.
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        path = Path(parsed.database or "")
        return _look_into_file(parsed, path, read) if path.is_file() else None
    options = "-c default_transaction_read_only=on"
    engine = create_engine(
        parsed, hide_parameters=True, connect_args={"options": options, "connect_timeout": 5}
    )
    return _read(engine, read)


def _look_into_file(parsed: URL, path: Path, read: Callable[[Connection], Found]) -> Found:
    """Without a log nobody has the file open: 'immutable' then keeps SQLite from making one.

    Nothing is locked that way, so a file that changed meanwhile is read again.
    """
    for _ in range(_TRIES):
        before = _traces(path)
        nobody_writes = len(before) == 1
        engine = create_engine(
            parsed,
            hide_parameters=True,
            poolclass=NullPool,
            execution_options=WITHOUT_SCHEMAS,
            creator=partial(_open, path, immutable=nobody_writes),
        )
        try:
            found = _read(engine, read)
        except DBAPIError:
            if _traces(path) == before:
                raise
            continue
        if not nobody_writes or _traces(path) == before:
            return found
    raise DatabaseUnavailable(
        "De database wordt voortdurend gewijzigd. Probeer het opnieuw als de andere opdracht klaar "
        "is.",
        "The database is being changed all the time. Try again when the other command has "
        "finished.",
    )


def _traces(path: Path) -> list[tuple[str, int, int]]:
    """Return name, size and moment of change of a database file and its logs."""
    found = []
    for file in (Path(f"{path}{ending}") for ending in ("", "-wal", "-journal")):
        # Whoever closes the database last takes its log away.
        with suppress(FileNotFoundError):
            stat = file.stat()
            found.append((file.name, stat.st_size, stat.st_mtime_ns))
    return found


def _open(path: Path, immutable: bool) -> sqlite3.Connection:
    how = "mode=ro&immutable=1" if immutable else "mode=ro"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True)


def _read(engine: Engine, read: Callable[[Connection], Found]) -> Found:
    try:
        with connected(engine) as connection:
            return read(connection)
    finally:
        engine.dispose()
