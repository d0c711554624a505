"""Fetching releases from a shared database, behind the pages' backs: a page never waits for it.

One background thread in the dashboard's process looks every SECONDS_BETWEEN for releases that are
not in the local folder. Everything it asks has a limit of its own: connecting, each statement on
the server, the network, and, for a server that is stopped with its connections open, a deadline
on this side that cuts the connection. What goes wrong changes nothing for readers; operators get a
line in the log and see it in `health`.
"""

import contextlib
import datetime
import logging
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from data_access import settings
from data_access.database import parse_url
from data_access.errors import DataAccessError
from data_access.releases_kept import write_missing_files
from data_access.shelf import folder_of, shelf

SECONDS_BETWEEN = 15.0
SECONDS_TO_CONNECT = 3
SECONDS_A_STATEMENT = 5
SECONDS_UNTIL_CUT = 8.0
_TRIES = 2
_log = logging.getLogger("data_access.fetching")


@dataclass(frozen=True)
class State:
    """How fetching goes. `cause` is for operators: the kind of error, "" while all is well.

    `last_success` is in UTC, None before the first one.
    """

    failing: bool = False
    cause: str = ""
    last_success: datetime.datetime | None = None


class _Fetcher:
    """The thread of this process and the database that it fetches from."""

    lock = threading.Lock()
    url = ""
    stop = threading.Event()
    state = State()


def start() -> None:
    """Fetch from the database of the settings from now on; nothing when it is fetched from already.

    An SQLite database is not fetched from: publishing itself writes the files beside it.
    """
    url = settings.database_url()
    given = settings.releases()
    if url == _Fetcher.url or not _is_shared(url) or (given is not None and given.is_file()):
        return
    with _Fetcher.lock:
        if url == _Fetcher.url:
            return
        _Fetcher.stop.set()
        _Fetcher.url, _Fetcher.stop, _Fetcher.state = url, threading.Event(), State()
        thread = threading.Thread(
            target=_keep_fetching,
            args=(url, given or folder_of(url), _Fetcher.stop),
            name="fetching releases",
            daemon=True,
        )
        thread.start()


def stop() -> None:
    """Fetch no more: for tests."""
    with _Fetcher.lock:
        _Fetcher.stop.set()
        _Fetcher.url, _Fetcher.state = "", State()


def state() -> State:
    """Return how fetching goes."""
    return _Fetcher.state


def health() -> dict[str, Any]:
    """Return what an operator wants to know: the age of each gemeente's release, and the fetching.

    Keys: gemeenten (code -> number, made_at in ISO 8601 and UTC, age_seconds), fetching (failing,
    cause, last_success), broken_files (their number).
    """
    now = datetime.datetime.now(datetime.UTC)
    known, fetched = shelf(), _Fetcher.state
    return {
        "gemeenten": {
            each.gemeente_code: {
                "number": each.number,
                "made_at": each.made_at.isoformat(),
                "age_seconds": round((now - each.made_at).total_seconds()),
            }
            for each in known.current()
        },
        "fetching": {
            "failing": fetched.failing,
            "cause": fetched.cause,
            "last_success": fetched.last_success and fetched.last_success.isoformat(),
        },
        "broken_files": len(known.broken),
    }


def _is_shared(url: str) -> bool:
    try:
        return make_url(url).get_backend_name() != "sqlite"
    except ArgumentError:
        return True


def _keep_fetching(url: str, folder: Path, stopped: threading.Event) -> None:
    while not stopped.is_set():
        found = _fetch_once(url, folder)
        if stopped.is_set():
            return
        _tell(_Fetcher.state, found)
        _Fetcher.state = found
        stopped.wait(SECONDS_BETWEEN)


def _tell(before: State, now: State) -> None:
    if now.failing and now.cause != before.cause:
        _log.warning("releases cannot be fetched: %s", now.cause)
    elif before.failing and not now.failing:
        _log.warning("releases are fetched again")


def _fetch_once(url: str, folder: Path) -> State:
    before = _Fetcher.state
    cause = ""
    for _ in range(_TRIES):
        try:
            write_missing_files(_engine(url), folder)
        except (DataAccessError, SQLAlchemyError, OSError) as error:
            cause = _cause(error)
        else:
            return State(last_success=datetime.datetime.now(datetime.UTC))
    return replace(before, failing=True, cause=cause)


def _cause(error: Exception) -> str:
    if isinstance(error, DataAccessError):
        return error.message_en
    original = getattr(error, "orig", None) or error
    lines = str(original).strip().splitlines()
    return f"{type(original).__name__}: {lines[0] if lines else ''}"


def _engine(url: str) -> Engine:
    limits = {
        "connect_timeout": SECONDS_TO_CONNECT,
        "keepalives": 1,
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 2,
        "tcp_user_timeout": SECONDS_A_STATEMENT * 1000,
        "application_name": "wijkbedrijven dashboard",
        "options": "-c default_transaction_read_only=on "
        f"-c statement_timeout={SECONDS_A_STATEMENT * 1000}",
    }
    engine = create_engine(
        parse_url(url), poolclass=NullPool, connect_args=limits, hide_parameters=True
    )
    event.listen(engine, "before_cursor_execute", _set_deadline)
    event.listen(engine, "after_cursor_execute", _lift_deadline)
    event.listen(engine, "handle_error", _lift_deadline_after_error)
    return engine


def _set_deadline(connection: Any, *_rest: Any) -> None:
    raw = connection.connection.dbapi_connection
    timer = threading.Timer(SECONDS_UNTIL_CUT, _cut, (raw.fileno(),))
    timer.daemon = True
    connection.info["deadline"] = timer
    timer.start()


def _lift_deadline(connection: Any, *_rest: Any) -> None:
    timer = connection.info.pop("deadline", None)
    if timer is not None:
        timer.cancel()


def _lift_deadline_after_error(context: Any) -> None:
    if context.connection is not None:
        _lift_deadline(context.connection)


def _cut(number: int) -> None:
    """Cut a connection whose server does not answer; whoever waits for it gets an error."""
    with contextlib.suppress(OSError), _borrowed(number) as line:
        line.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def _borrowed(number: int) -> Iterator[socket.socket]:
    line = socket.socket(fileno=number)
    try:
        yield line
    finally:
        line.detach()
