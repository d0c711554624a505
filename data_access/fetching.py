"""Fetching releases from a shared database, behind the pages' backs: a page never waits for it.

One background thread in the dashboard's process looks every SECONDS_BETWEEN for releases that are
not in the local folder. Connecting and each statement have limits of their own. For a server that
is stopped with its connections open, which keeps no limit, the connection itself is cut after
SECONDS_UNTIL_CUT without an answer. What goes wrong changes nothing for readers; operators get a
line in the log and see it in `health`.
"""

import contextlib
import datetime
import logging
import re
import socket
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Dialect, Engine, create_engine, event
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
_log = logging.getLogger("data_access.fetching")


@dataclass(frozen=True)
class State:
    """How fetching goes. `cause` is the kind of error, without addresses; "" while all is well.

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


def is_first_look() -> bool:
    """Tell whether nobody knows yet what there is to fetch."""
    return bool(_Fetcher.url) and _Fetcher.state == State()


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
    except (ArgumentError, ValueError):
        return True


def _keep_fetching(url: str, folder: Path, stopped: threading.Event) -> None:
    told: set[str] = set()
    while not stopped.is_set():
        found, error = _fetch_once(url, folder)
        if stopped.is_set():
            return
        if error is not None and found.cause not in told:
            _log.warning("releases cannot be fetched: %s", _in_full(error))
            told.add(found.cause)
        elif error is None and told:
            _log.warning("releases are fetched again")
            told.clear()
        _Fetcher.state = found
        stopped.wait(SECONDS_BETWEEN)


def _fetch_once(url: str, folder: Path) -> tuple[State, Exception | None]:
    """Fetch what is new; a connection that fell away is made once more when there is time left."""
    patience = _Patience(SECONDS_UNTIL_CUT)
    try:
        try:
            _fetch(url, folder, patience)
        except SQLAlchemyError:
            if patience.left() < SECONDS_TO_CONNECT:
                raise
            _fetch(url, folder, patience)
    except Exception as error:
        # Whatever it is, the next look must come.
        return replace(_Fetcher.state, failing=True, cause=_cause(error)), error
    return State(last_success=datetime.datetime.now(datetime.UTC)), None


def _fetch(url: str, folder: Path, patience: "_Patience") -> None:
    engine = _engine(url, patience)
    try:
        write_missing_files(engine, folder)
    finally:
        patience.let_go()
        engine.dispose()


def _in_full(error: Exception) -> str:
    if isinstance(error, DataAccessError):
        return error.message_en
    original = getattr(error, "orig", None) or error
    words = " ".join(str(original).split())
    return f"{type(original).__name__}: {words}"[:500]


def _cause(error: Exception) -> str:
    """Return the kind of error without what was connected to, or as whom: anybody may read it."""
    if isinstance(error, DataAccessError):
        return error.message_en
    original = getattr(error, "orig", None) or error
    first = (str(original).strip().splitlines() or [""])[0]
    words = re.sub(r"""(["']).*?\1""", "...", re.split(r" failed: |: ", first)[-1])
    return f"{type(original).__name__}: {words}"[:200]


class _Patience:
    """How long the server may take for its next answer; then its connection is cut.

    Cutting is a shutdown of the socket through a descriptor of our own. That is safe in another
    thread: it changes nothing in the memory of psycopg, libpq or TLS, which see a connection that
    the other side has closed, and a descriptor of our own is never that of somebody else's
    connection. psycopg has no limit of its own for an answer, and cancelling (also that of its
    asynchronous connections) asks the very server that does not answer.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until = time.monotonic() + seconds
        self._line: socket.socket | None = None
        self._timer: threading.Timer | None = None

    def left(self) -> float:
        """Return the seconds that are left."""
        return self._until - time.monotonic()

    def watch(self, number: int) -> None:
        """Cut the connection with this descriptor when time is up."""
        self._line = socket.fromfd(number, socket.AF_INET, socket.SOCK_STREAM)
        self._wind()

    def renew(self) -> None:
        """Give all the time again: an answer came."""
        self._until = time.monotonic() + self._seconds
        self._wind()

    def let_go(self) -> None:
        """Watch no more."""
        self._stop_timer()
        if self._line is not None:
            self._line.close()
            self._line = None

    def _wind(self) -> None:
        self._stop_timer()
        if self._line is not None:
            self._timer = threading.Timer(max(self.left(), 0), _cut, (self._line,))
            self._timer.daemon = True
            self._timer.start()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            # When it was cutting just now the descriptor has to stay ours until it is done.
            self._timer.join()
            self._timer = None


def _cut(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _engine(url: str, patience: _Patience) -> Engine:
    parsed = parse_url(url)
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
    engine = create_engine(parsed, poolclass=NullPool, connect_args=limits, hide_parameters=True)
    # From the moment there is a connection, so that the driver's own questions are watched too.
    event.listen(engine, "do_connect", lambda *call: _watched(patience, *call))
    event.listen(engine, "after_cursor_execute", lambda *_call: patience.renew())
    return engine


def _watched(patience: _Patience, dialect: Dialect, _record: Any, given: Any, named: Any) -> Any:
    connection = dialect.connect(*given, **named)
    patience.watch(connection.fileno())
    return connection
