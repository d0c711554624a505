"""Whatever becomes of the database, a page shows the figures as quickly as before."""

import datetime
import os
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest
from playwright.sync_api import Browser
from sqlalchemy import text
from sqlalchemy.engine import make_url
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.sync.client import connect

from dashboard.words.copy import t
from dashboard.words.numbers import date_long
from data_access import fetching, settings
from data_access.database import writing_engine
from data_access.errors import DataAccessError
from data_access.publish import publish
from data_access.releases_kept import write_missing_files
from tests.browser.visiting import closed_network
from tests.faults.cluster import HOST, OWNER, OWNERS_WORD, Cluster
from tests.faults.processes import wait_until
from tests.faults.readers import BETWEEN, QUIET, App, app, check_silence, compare
from tests.faults.registers import change, files_in

# The quickest of them counts: the machine may be busy with something else.
ROUNDS = 5
FETCHER = "wijkbedrijven dashboard"
TIME_TO_END = 5.0
NAMES = (
    *(OWNER, OWNERS_WORD, HOST, "anotherword", "faultshost"),
    *("faultsregister", "faultsnowhere", "faultsolder"),
)


def _secrets(url: str) -> tuple[str, ...]:
    parsed = make_url(url)
    known = (parsed.host, str(parsed.port or ""), parsed.username, parsed.database)
    return tuple(filter(None, (*known, str(parsed.password or ""))))


def _quiet_line(told: App) -> str:
    made_at = max(each["made_at"] for each in told.health()["gemeenten"].values())
    day = datetime.datetime.fromisoformat(made_at).astimezone(ZoneInfo("Europe/Amsterdam")).date()
    return t("frame.last_figures", "nl", date=date_long(day, "nl"))


@pytest.fixture
def published(cluster: Cluster, makers, filled) -> Iterator[str]:
    """Return the URL of a PostgreSQL register with releases, on the server that may be stopped."""
    url = makers("postgres").copy(filled("postgres"))
    engine = writing_engine(url)
    publish(engine)
    engine.dispose()
    yield url
    makers("postgres").drop(url)


@contextmanager
def _nobody_may_read(cluster: Cluster, url: str) -> Iterator[None]:
    """Let every question about releases wait."""
    name = str(make_url(url).database)
    with psycopg.connect(
        host="127.0.0.1", port=cluster.port, user="postgres", dbname=name
    ) as holding:
        holding.execute("LOCK TABLE pub.release_file IN ACCESS EXCLUSIVE MODE")
        yield


def _fetching_now(cluster: Cluster) -> int:
    """Wait until the fetcher is in the middle of its question and return its server process."""
    question = (
        f"SELECT pid FROM pg_stat_activity WHERE application_name = '{FETCHER}' "
        "AND wait_event_type = 'Lock'"
    )
    return int(wait_until(lambda: cluster.ask(question))[0][0])


@pytest.mark.postgres
def test_pages_do_not_notice_what_becomes_of_the_server(
    cluster: Cluster, published: str, tmp_path: Path
) -> None:
    secrets = (*_secrets(published), str(tmp_path))
    limits = {"SECONDS_UNTIL_CUT": 2.5, "SECONDS_TO_CONNECT": 2}
    with app(tmp_path, published, **limits) as running:
        running.wait_until_well()
        running.open_all()
        usual = running.open_all(ROUNDS)
        assert usual.nowhere(QUIET)
        threads = _threads(running)

        cluster.stop()
        try:
            cause = running.wait_until_failing()
            stopped = running.open_all(ROUNDS)
            assert stopped.everywhere(_quiet_line(running))
            compare("server stopped", usual, stopped)
            check_silence(stopped, *secrets)
            check_silence(cause, *secrets)
            wait_until(lambda: "Connection refused" in running.wait_until_failing())
            assert set(running.health()["gemeenten"]) == {"GM0001", "GM0002"}
            assert all(each["age_seconds"] >= 0 for each in running.health()["gemeenten"].values())
            assert running.health()["status"] == 503
            # The first look may have met a server that was just going away.
            assert running.times_told() <= 2
        finally:
            cluster.start()

        running.wait_until_well()
        assert running.open_all().nowhere(QUIET)
        assert "releases are fetched again" in running.started.output
        _publish_more(published, "Na de storing")
        wait_until(lambda: running.health()["gemeenten"]["GM0001"]["number"] == 3)
        assert b"Na de storing" in running.open_all().bytes["accountability"]

        with _nobody_may_read(cluster, published):
            backend = _fetching_now(cluster)
            os.kill(backend, signal.SIGSTOP)
        try:
            hanging = running.open_all(ROUNDS)
            compare("its server process stopped in a question", usual, hanging)
            check_silence(hanging, *secrets)
            # A new connection gets a process that does answer.
            running.wait_until_well()
        finally:
            os.kill(backend, signal.SIGCONT)

        with cluster.frozen():
            running.wait_until_failing()
            frozen = running.open_all(ROUNDS)
            assert frozen.everywhere(QUIET)
            compare("server and all its processes stopped", usual, frozen)
            check_silence(frozen, *secrets)
            check_silence(running.health()["fetching"]["cause"], *secrets)
        running.wait_until_well()
        assert running.open_all().nowhere(QUIET)
        assert _threads(running) <= threads + 2

        with cluster.frozen():
            running.wait_until_failing()
            began = time.monotonic()
            with _open_page(running):
                os.kill(running.started.number, signal.SIGTERM)
                running.started.ended(30)
                took = time.monotonic() - began
            print(f"\nthe app ended in {took:.2f} s while the database hung")
            assert took < TIME_TO_END


def _threads(running: App) -> int:
    return len(os.listdir(f"/proc/{running.started.number}/task"))


def _publish_more(url: str, reason: str) -> None:
    engine = writing_engine(url)
    change(engine)
    publish(engine, reason=(reason, reason))
    engine.dispose()


@contextmanager
def _open_page(running: App) -> Iterator[None]:
    message = BackMsg()
    message.rerun_script.query_string = ""
    url = running.address.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(
        url, subprotocols=["streamlit"], origin=running.address, max_size=None, close_timeout=1
    ) as line:
        line.send(message.SerializeToString())
        line.recv(timeout=20)
        yield


@pytest.fixture(scope="module")
def releases(cluster: Cluster, makers, filled, tmp_path_factory) -> Path:
    """Return a folder with the releases of a register, as an earlier run has left it."""
    url = makers("postgres").copy(filled("postgres"))
    engine = writing_engine(url)
    folder = tmp_path_factory.mktemp("fetched-before")
    write_missing_files(engine, folder)
    engine.dispose()
    makers("postgres").drop(url)
    return folder


@contextmanager
def _silent_server() -> Iterator[str]:
    """Give the URL of somebody who takes a connection and says nothing."""
    with socket.create_server((HOST, 0), backlog=50) as listening:
        port = listening.getsockname()[1]
        yield f"postgresql://{OWNER}:{OWNERS_WORD}@{HOST}:{port}/faultsregister"


@contextmanager
def _url(cluster: Cluster, which: str) -> Iterator[str]:
    good = cluster.url
    if which == "silent":
        with _silent_server() as url:
            yield url
        return
    if which == "older":
        cluster.ask("DROP DATABASE IF EXISTS faultsolder")
        cluster.ask(f"CREATE DATABASE faultsolder OWNER {OWNER}")
        cluster.ask("CREATE SCHEMA pub", "faultsolder")
        cluster.ask("CREATE TABLE pub.release_file (number integer)", "faultsolder")
        cluster.ask(f"GRANT USAGE ON SCHEMA pub TO {OWNER}", "faultsolder")
        cluster.ask(f"GRANT SELECT ON pub.release_file TO {OWNER}", "faultsolder")
    made = {
        "no schema": good,
        "older": good.set(database="faultsolder"),
        "wrong password": good.set(password="anotherword"),
        "no such database": good.set(database="faultsnowhere"),
        "unknown host": good.set(host="faultshost.invalid"),
        "impossible host": good.set(host="faults..host"),
    }
    if which in made:
        yield made[which].render_as_string(hide_password=False)
    else:
        yield which


CAUSES = {
    "silent": "timeout",
    "no schema": "UndefinedTable",
    "older": "UndefinedColumn",
    "wrong password": "password authentication failed",
    "no such database": "does not exist",
    "unknown host": "",
    "impossible host": "",
    "postgresql://faultsowner:verysecretword@faultshost:port/faultsregister": "DATABASE_URL",
    "no url at all": "DATABASE_URL",
    "oracle9://faultshost/faultsregister": "DATABASE_URL",
}


@pytest.fixture(scope="module")
def usual(releases: Path, tmp_path_factory):
    """Return how long the pages take without any database."""
    with app(tmp_path_factory.mktemp("usual"), "", releases) as running:
        running.open_all()
        return running.open_all(ROUNDS)


SEEN_BY_READERS = ("silent", "older", "wrong password", "unknown host", "no url at all")


@pytest.mark.postgres
@pytest.mark.parametrize("which", CAUSES)
def test_what_is_wrong_is_told_without_addresses(
    which: str, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _url(cluster, which) as url:
        monkeypatch.setenv("DATABASE_URL", url)
        state, error = fetching._fetch_once(settings.database_url(), tmp_path)
    assert state.failing
    assert CAUSES[which] in state.cause
    _check_cause(state.cause)
    assert error is not None
    assert not any(word in fetching._in_full(error) for word in ("verysecretword", "anotherword"))


def _check_cause(cause: str) -> None:
    """The sentence about an impossible URL names the setting and shows what one looks like."""
    check_silence(re.sub("DATABASE_URL|postgresql|sqlalchemy", "", cause), *NAMES)


@pytest.mark.postgres
@pytest.mark.parametrize("which", SEEN_BY_READERS)
def test_pages_do_not_notice_a_database_that_is_not_ours(
    which: str, cluster: Cluster, releases: Path, usual, tmp_path: Path
) -> None:
    with _url(cluster, which) as url, app(tmp_path, url, releases) as running:
        first = running.open_all()
        cause = running.wait_until_failing()
        seen = running.open_all(ROUNDS)
        compare(which.split("@")[-1], usual, seen)
        assert seen.everywhere(_quiet_line(running))
        assert CAUSES[which] in cause
        for told in (first, seen):
            check_silence(told, *NAMES, str(tmp_path))
        _check_cause(cause)
        assert set(running.health()["gemeenten"]) == {"GM0001", "GM0002"}
        assert running.health()["status"] == 503
        # Several looks later there is still one line.
        time.sleep(5 * BETWEEN)
        assert running.times_told() == 1, running.started.output
        assert "verysecretword" not in running.started.output


@pytest.mark.postgres
@pytest.mark.browser
def test_a_page_without_figures_mends_itself(
    cluster: Cluster, published: str, browser: Browser, tmp_path: Path
) -> None:
    cluster.stop()
    try:
        with app(tmp_path, published) as running, closed_network(browser) as context:
            page = context.new_page()
            page.goto(running.address)
            page.wait_for_selector(f"text={t('frame.no_figures', 'nl')[:40]}")
            check_silence(page.inner_text("body"), *_secrets(published))
            cluster.start()
            page.wait_for_selector("h1.page-title")
            assert QUIET not in page.inner_text("body")
    finally:
        if not cluster.is_running:
            cluster.start()


class _HalfServer:
    """Somebody who lets a PostgreSQL client in and answers none of its questions."""

    _READY = b"R\0\0\0\x08\0\0\0\0" + b"Z\0\0\0\x05I"

    def __init__(self) -> None:
        self.listening = socket.create_server((HOST, 0))
        self.lines: list[socket.socket] = []
        threading.Thread(target=self._let_in, daemon=True).start()

    def _let_in(self) -> None:
        while True:
            try:
                line, _ = self.listening.accept()
            except OSError:
                return
            self.lines.append(line)
            asked = line.recv(4096)
            if asked[4:8] == b"\x04\xd2\x16\x2f":  # may it be TLS?
                line.sendall(b"N")
                line.recv(4096)
            line.sendall(self._READY)

    def close(self) -> None:
        """Let nobody in any more."""
        self.listening.close()
        for line in self.lines:
            line.close()


@pytest.fixture
def half_server() -> Iterator[_HalfServer]:
    """Give a server that never answers a question."""
    server = _HalfServer()
    yield server
    server.close()


def test_a_server_that_never_answers_costs_no_thread_and_no_connection(
    half_server: _HalfServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Also where the driver asks something of its own, before our first question."""
    limit, polls = 0.3, 20
    monkeypatch.setattr(fetching, "SECONDS_UNTIL_CUT", limit)
    port = half_server.listening.getsockname()[1]
    url = f"postgresql+psycopg://{OWNER}@{HOST}:{port}/x"
    times, threads, files = [], [], []
    for _ in range(polls):
        began = time.monotonic()
        state, _error = fetching._fetch_once(url, tmp_path)
        times.append(time.monotonic() - began)
        assert state.failing
        threads.append(threading.active_count())
        files.append(_own_lines(half_server))
    print(f"\na server that never answers was left after {max(times):.2f} s (limit {limit} s)")
    assert len(half_server.lines) == polls
    assert max(times) < limit + 1
    assert max(threads) == min(threads)
    assert files[-1] <= files[0]


def _own_lines(server: _HalfServer) -> int:
    """Count what this process has open, but for the ends of the server itself."""
    return len(os.listdir("/proc/self/fd")) - len(server.lines)


@pytest.mark.postgres
def test_a_question_dropped_half_way_is_asked_again(
    cluster: Cluster, published: str, tmp_path: Path
) -> None:
    found: list[fetching.State] = []
    with _nobody_may_read(cluster, published):
        asking = threading.Thread(
            target=lambda: found.append(fetching._fetch_once(published, tmp_path)[0])
        )
        asking.start()
        cluster.ask(f"SELECT pg_terminate_backend({_fetching_now(cluster)})")
    asking.join()
    assert not found[0].failing
    assert len(files_in(tmp_path)) == 4


@pytest.mark.postgres
def test_a_server_process_that_stops_is_left_in_time(
    cluster: Cluster, published: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = 3.0
    monkeypatch.setattr(fetching, "SECONDS_UNTIL_CUT", limit)
    found: list[float] = []

    def ask() -> None:
        began = time.monotonic()
        assert fetching._fetch_once(published, tmp_path)[0].failing
        found.append(time.monotonic() - began)

    with _nobody_may_read(cluster, published):
        asking = threading.Thread(target=ask)
        asking.start()
        backend = _fetching_now(cluster)
        os.kill(backend, signal.SIGSTOP)
        asking.join(20)
        os.kill(backend, signal.SIGCONT)
    print(f"\na server process that stopped was left after {found[0]:.2f} s (limit {limit} s)")
    assert found[0] < limit + 1


def test_a_damaged_release_in_the_database_holds_up_no_other(
    tmp_path: Path, makers, filled
) -> None:
    url = makers("sqlite").copy(filled("sqlite"))
    engine = writing_engine(url)
    publish(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER release_file_keeps_values"))
        connection.execute(
            text(
                "UPDATE release_file SET content = substr(content, 1, 5000) "
                "WHERE gemeente_code = 'GM0001' AND number = 2"
            )
        )
    with pytest.raises(DataAccessError, match="Publicatie 2 van GM0001"):
        write_missing_files(engine, tmp_path)
    assert {name[:11] for name in files_in(tmp_path)} == {
        "GM0001-0001",
        "GM0002-0001",
        "GM0002-0002",
    }
    engine.dispose()
    makers("sqlite").drop(url)
