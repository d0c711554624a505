"""One at a time: whoever loads or publishes has the register alone, and reads it at one moment.

A second one is refused at once and hears who is at work and since when. When a process dies, the
database lets go of its lock by itself. One that hangs (stopped, a laptop that sleeps) is no longer
at work when PostgreSQL has waited SECONDS_IDLE for it: the server ends it, and where the server
has no limit of its own whoever comes next does. On SQLite the refusal names the process to stop.
"""

import contextlib
import datetime
import getpass
import os
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from data_access import register as r
from data_access.database import connected, not_stored
from data_access.errors import DatabaseUnavailable, RegisterBusy
from indicators.vocabulary import Text

SECONDS_IDLE = 600.0
# PostgreSQL keeps apart by number who is at work; any number does that nobody else uses.
LOCK = 2_009_451_387
_MILLISECONDS_TO_WAIT = 200
_SECONDS_FOR_NOTE = 0.5
_SECONDS_TO_END = 1.0
_DUTCH_TIME = ZoneInfo("Europe/Amsterdam")

LOADING = Text("geladen", "loading")
PUBLISHING = Text("gepubliceerd", "publishing")
REPLACING_KEY = Text("een sleutel vervangen", "replacing a key")
_WORKING = Text("gewerkt", "at work")
_PROCESS = Text(", proces ", ", process ")

_HOLDERS = f"""
    pg_locks JOIN pg_stat_activity USING (pid)
    WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND classid = 0 AND objid = {LOCK}
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
# In the middle of a batch of statements the server counts the time it waits as work of its own
# (state "active"), so none of its limits applies. A statement of a batch is never long by itself.
_END_WHO_HANGS_IN_A_BATCH = text(
    f"SELECT pg_terminate_backend(pid) FROM {_HOLDERS} AND state = 'active' "
    "AND wait_event = 'ClientRead' AND query_start < now() - make_interval(secs => :seconds)"
)
_HELD_SINCE = text(f"SELECT max(backend_start) FROM {_HOLDERS}")


@contextmanager
def exclusive(engine: Engine, doing: Text) -> Iterator[Connection]:
    """Give a connection in a transaction that sees one moment and has the register alone.

    It commits at the end, or rolls back when an error leaves the block. Raises RegisterBusy when
    somebody else is at work, DatabaseUnavailable when the database does not answer, is cut off or
    cannot be written to.
    """
    alone = _alone_in_sqlite if engine.dialect.name == "sqlite" else _alone_in_postgres
    with connected(engine) as connection:
        try:
            yield from alone(connection, engine, doing)
        except DBAPIError as error:
            # Where a disk is full SQLite ends the transaction by itself; what fails after that (a
            # savepoint that is gone) hides the reason.
            why = next(filter(None, map(not_stored, _with_what_came_before(error))), None)
            if why is not None:
                raise why from error
            raise


def _with_what_came_before(error: BaseException | None) -> Iterator[DBAPIError]:
    while error is not None:
        if isinstance(error, DBAPIError):
            yield error
        error = error.__context__


def _alone_in_sqlite(connection: Connection, engine: Engine, doing: Text) -> Iterator[Connection]:
    connection.exec_driver_sql(f"PRAGMA busy_timeout={_MILLISECONDS_TO_WAIT}")
    connection.rollback()
    # The note has to be in the database before the work begins: later nobody can read it.
    _begin_immediate(connection, engine)
    _write_note(connection, doing)
    connection.commit()
    _begin_immediate(connection, engine)
    try:
        yield connection
    except BaseException:
        # Where a disk is full SQLite has rolled back by itself, and says so; what failed before it
        # is what has to be told. Who comes next does not need the note of somebody who failed.
        with contextlib.suppress(SQLAlchemyError):
            connection.rollback()
        with contextlib.suppress(SQLAlchemyError):
            _remove_note(connection)
            connection.commit()
        raise
    _remove_note(connection)
    connection.commit()


def _begin_immediate(connection: Connection, engine: Engine) -> None:
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except DBAPIError as error:
        if "locked" not in str(error.orig):
            raise
        raise _busy(engine) from error


def _alone_in_postgres(connection: Connection, engine: Engine, doing: Text) -> Iterator[Connection]:
    # The lock is taken before the transaction, so that the transaction's one moment lies after
    # all that the previous holder of the lock has written.
    outside = connection.execution_options(isolation_level="AUTOCOMMIT")
    limits = _limits(outside)
    for name, milliseconds in limits.items():
        outside.execute(text(f"SET {name} = {milliseconds}"))
    if not _take_lock(outside):
        raise _busy(engine)
    finishing = False
    try:
        _write_note(outside, doing)
        outside.rollback()
        inside = connection.execution_options(isolation_level="REPEATABLE READ")
        with inside.begin():
            inside.execute(text("SET LOCAL lock_timeout = '5s'"))
            yield inside
            _remove_note(inside)
            finishing = True
    except DBAPIError as error:
        if error.connection_invalidated:
            raise _cut_off(finishing) from error
        raise
    finally:
        _let_go(connection, limits)


def _limits(connection: Connection) -> dict[str, int]:
    """Return the server's limits for a client that hangs, by setting and in milliseconds."""
    milliseconds = round(SECONDS_IDLE * 1000)
    limits = {
        "idle_in_transaction_session_timeout": milliseconds,
        # A client that takes in no more of an answer; over a Unix socket it means nothing.
        "tcp_user_timeout": milliseconds,
    }
    if (connection.dialect.server_version_info or ()) >= (14,):
        # Between taking the lock and the transaction.
        limits["idle_session_timeout"] = milliseconds
    return limits


def _take_lock(outside: Connection) -> bool:
    take = text("SELECT pg_try_advisory_lock(:lock)")
    if outside.scalar(take, {"lock": LOCK}):
        return True
    try:
        ended = outside.scalar(_END_WHO_HANGS_IN_A_BATCH, {"seconds": SECONDS_IDLE})
    except DBAPIError:
        # Another role's process, which we may not end.
        return False
    until = time.monotonic() + _SECONDS_TO_END
    while ended and time.monotonic() < until:
        if outside.scalar(take, {"lock": LOCK}):
            return True
        time.sleep(0.05)
    return False


def _let_go(connection: Connection, limits: dict[str, int]) -> None:
    """Give the lock back; a connection that broke has lost it already."""
    try:
        outside = connection.execution_options(isolation_level="AUTOCOMMIT")
        _remove_note(outside)
        outside.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": LOCK})
        for name in limits:
            outside.execute(text(f"RESET {name}"))
        outside.rollback()
    except SQLAlchemyError:
        connection.invalidate()


def _cut_off(finishing: bool) -> DatabaseUnavailable:
    if finishing:
        return DatabaseUnavailable(
            "De verbinding met de database brak bij het vastleggen. Kijk met 'python -m "
            "data_access status' of het gelukt is, en probeer het anders opnieuw.",
            "The connection to the database broke while storing. See with 'python -m data_access "
            "status' whether it was stored, and try again if not.",
        )
    return DatabaseUnavailable(
        "De database heeft de verbinding verbroken, omdat deze opdracht stilstond of omdat de "
        "server stopte; er is niets veranderd. Probeer het opnieuw.",
        "The database broke the connection, because this command stood still or because the "
        "server stopped; nothing has changed. Try again.",
    )


def _write_note(connection: Connection, doing: Text) -> None:
    connection.execute(delete(r.work))
    here = connection.dialect.name == "sqlite"
    row = {
        "id": 1,
        "doing": doing.en,
        "who": _who(),
        # Of the server's clock, with which it is compared later.
        "since": datetime.datetime.now(datetime.UTC) if here else func.now(),
    }
    connection.execute(insert(r.work).values(row))


def _remove_note(connection: Connection) -> None:
    connection.execute(delete(r.work))


def _who() -> str:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = "?"
    return f"{user}@{socket.gethostname()}{_PROCESS.nl}{os.getpid()}"[:200]


def _busy(engine: Engine) -> RegisterBusy:
    note = None
    until = time.monotonic() + _SECONDS_FOR_NOTE
    while note is None and time.monotonic() < until:
        try:
            with engine.connect() as connection:
                note = _note_of_holder(connection)
        except SQLAlchemyError:
            break
        if note is None:
            # Who has the lock may be about to write it.
            time.sleep(0.05)
    if note is None:
        return RegisterBusy(
            "Er wordt nu al geladen of gepubliceerd. Probeer het over een minuut opnieuw.",
            "Somebody is loading or publishing now. Try again in a minute.",
        )
    since = note.since if note.since.tzinfo else note.since.replace(tzinfo=datetime.UTC)
    local = since.astimezone(_DUTCH_TIME)
    what = next(
        (each for each in (LOADING, PUBLISHING, REPLACING_KEY) if each.en == note.doing), _WORKING
    )
    who_en = note.who.replace(_PROCESS.nl, _PROCESS.en)
    return RegisterBusy(
        f"Er wordt nu {what.nl} door {note.who}, sinds {local:%d-%m-%Y %H:%M:%S}. Probeer het "
        "later opnieuw; duurt het veel langer dan anders, stop dan dat proces.",
        f"{who_en} is {what.en}, since {local:%Y-%m-%d %H:%M:%S}. Try again later; if it takes "
        "much longer than usual, stop that process.",
    )


def _note_of_holder(connection: Connection) -> Row[tuple[int, str, str, datetime.datetime]] | None:
    """Return the note of who has the lock; None when it is of somebody who died in the middle."""
    note = connection.execute(select(r.work)).first()
    if note is None or connection.dialect.name == "sqlite":
        return None if note is None or _is_dead(note.who) else note
    held_since = connection.scalar(_HELD_SINCE)
    return None if held_since is not None and note.since < held_since else note


def _is_dead(who: str) -> bool:
    here = re.fullmatch(rf".*@{re.escape(socket.gethostname())}{_PROCESS.nl}(\d+)", who)
    if here is None or os.name != "posix":
        return False
    try:
        os.kill(int(here[1]), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
