"""One at a time: whoever loads or publishes has the register alone, and reads it at one moment.

A second one is refused at once and hears who is at work and since when. When a process dies, the
database lets go of its lock by itself; one that hangs in PostgreSQL is ended by the server after
MINUTES_IDLE, since a connection that waits that long for its client in the middle of a
transaction is no longer at work.
"""

import datetime
import getpass
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, delete, insert, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from data_access import register as r
from data_access.database import unreachable
from data_access.errors import RegisterBusy
from indicators.vocabulary import Text

MINUTES_IDLE = 10
# PostgreSQL keeps apart by number who is at work; any number does that nobody else uses.
LOCK = 2_009_451_387
_MILLISECONDS_TO_WAIT = 200
_DUTCH_TIME = ZoneInfo("Europe/Amsterdam")

LOADING = Text("geladen", "loading")
PUBLISHING = Text("gepubliceerd", "publishing")


@contextmanager
def exclusive(engine: Engine, doing: Text) -> Iterator[Connection]:
    """Give a connection in a transaction that sees one moment and has the register alone.

    It commits at the end, or rolls back when an error leaves the block. Raises RegisterBusy when
    somebody else is at work, DatabaseUnavailable when the database does not answer.
    """
    try:
        connection = engine.connect()
    except DBAPIError as error:
        raise unreachable() from error
    with connection:
        if engine.dialect.name == "sqlite":
            yield from _alone_in_sqlite(connection, engine, doing)
        else:
            yield from _alone_in_postgres(connection, engine, doing)


def _alone_in_sqlite(connection: Connection, engine: Engine, doing: Text) -> Iterator[Connection]:
    connection.exec_driver_sql(f"PRAGMA busy_timeout={_MILLISECONDS_TO_WAIT}")
    connection.rollback()
    # The note has to be in the database before the work begins: later nobody can read it.
    _begin_immediate(connection, engine)
    _write_note(connection, doing)
    connection.commit()
    _begin_immediate(connection, engine)
    yield connection
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
    if not outside.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": LOCK}):
        raise _busy(engine)
    try:
        _write_note(outside, doing)
        outside.rollback()
        inside = connection.execution_options(isolation_level="REPEATABLE READ")
        with inside.begin():
            inside.execute(text("SET LOCAL lock_timeout = '5s'"))
            inside.execute(
                text(f"SET LOCAL idle_in_transaction_session_timeout = '{MINUTES_IDLE}min'")
            )
            yield inside
            _remove_note(inside)
    finally:
        _let_go(connection)


def _let_go(connection: Connection) -> None:
    """Give the lock back; a connection that broke has lost it already."""
    try:
        outside = connection.execution_options(isolation_level="AUTOCOMMIT")
        outside.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": LOCK})
        outside.rollback()
    except SQLAlchemyError:
        connection.invalidate()


def _write_note(connection: Connection, doing: Text) -> None:
    connection.execute(delete(r.work))
    row = {
        "id": 1,
        "doing": doing.en,
        "who": _who(),
        "since": datetime.datetime.now(datetime.UTC),
    }
    connection.execute(insert(r.work), row)


def _remove_note(connection: Connection) -> None:
    connection.execute(delete(r.work))


def _who() -> str:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = "?"
    return f"{user}@{socket.gethostname()}, proces {os.getpid()}"[:200]


def _busy(engine: Engine) -> RegisterBusy:
    note = None
    try:
        with engine.connect() as connection:
            note = connection.execute(select(r.work)).first()
    except SQLAlchemyError:
        note = None
    if note is None:
        return RegisterBusy(
            "Er wordt nu al geladen of gepubliceerd. Probeer het over een minuut opnieuw.",
            "Somebody is loading or publishing now. Try again in a minute.",
        )
    since = note.since if note.since.tzinfo else note.since.replace(tzinfo=datetime.UTC)
    local = since.astimezone(_DUTCH_TIME)
    what = next(each for each in (LOADING, PUBLISHING) if each.en == note.doing)
    return RegisterBusy(
        f"Er wordt nu {what.nl} door {note.who}, sinds {local:%d-%m-%Y %H:%M:%S}. Probeer het "
        "later opnieuw; duurt het veel langer dan anders, stop dan dat proces.",
        f"{note.who} is {what.en}, since {local:%Y-%m-%d %H:%M:%S}. Try again later; if it takes "
        "much longer than usual, stop that process.",
    )
