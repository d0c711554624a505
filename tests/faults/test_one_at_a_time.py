"""A second loader or publisher is refused at once, and one that hangs does not hold the rest up."""

import datetime
import os
import re
import signal
import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text

from data_access import register as r
from data_access.database import writing_engine
from data_access.exclusive import PUBLISHING, exclusive
from tests.faults.processes import (
    Started,
    both,
    command,
    set_constant,
    start,
    stop_in,
    stop_in_batch,
    wait_until,
)
from tests.faults.registers import content

AT_ONCE = 2.0
ATTEMPTS = 5
LIMIT = 1.5
SENTENCE = re.compile(
    r"Er wordt nu gepubliceerd door \S+, proces (\d+), sinds (\d\d-\d\d-\d{4} \d\d:\d\d:\d\d)\."
)
IN_THE_TRANSACTION = (stop_in, ("data_access.publish", "_draft"))
BEFORE_THE_TRANSACTION = (stop_in, ("data_access.exclusive", "_write_note"))
IN_A_BATCH = (stop_in_batch, (5,))
SHORT_LIMIT = (set_constant, ("data_access.exclusive", "SECONDS_IDLE", LIMIT))


def _stopped(tmp_path: Path, url: str, *broken: object) -> Started:
    """Return a publisher that stopped itself in the middle."""
    started = command(tmp_path, url, "publish", before=both, before_with=broken)
    started.wait_until_stopped()
    return started


def refusal(tmp_path: Path, url: str, *arguments: str, **more: Any) -> tuple[float, str]:
    """Return how long a second one took to be refused, and what it said.

    Of several attempts the quickest counts: the machine may be busy with something else.
    """
    times = []
    for _ in range(ATTEMPTS):
        second = command(tmp_path, url, *arguments, **more)
        assert second.ended() == 1
        times.append(time.monotonic() - second.began)
        assert "Traceback" not in second.output
        if times[-1] < AT_ONCE:
            break
    assert min(times) < AT_ONCE
    return min(times), second.output


def test_a_second_publisher_hears_who_is_at_work_and_since_when(
    register: str, kind: str, tmp_path: Path
) -> None:
    before = content(register)
    first = _stopped(tmp_path, register, IN_THE_TRANSACTION)
    took, said = refusal(tmp_path, register, "publish")
    print(f"\n{kind}: a second publisher was refused in {took:.2f} s")
    found = SENTENCE.search(said)
    assert found is not None, said
    assert int(found[1]) == first.number
    amsterdam = ZoneInfo("Europe/Amsterdam")
    since = datetime.datetime.strptime(found[2], "%d-%m-%Y %H:%M:%S").replace(tzinfo=amsterdam)
    assert 0 <= (datetime.datetime.now(amsterdam) - since).total_seconds() < 60
    assert content(register) == before
    first.go_on()
    assert first.ended() == 0, first.output
    assert content(register) != before
    # Nobody is at work any more.
    again = command(tmp_path, register, "publish")
    assert again.ended() == 0, again.output


def test_a_note_of_somebody_who_died_blames_nobody(
    register: str, kind: str, tmp_path: Path
) -> None:
    """Whoever holds the register without a note (an upgrade) is not mistaken for the dead one."""
    dead = _stopped(tmp_path, register, IN_THE_TRANSACTION)
    dead.kill()
    engine = writing_engine(register)
    hold = "BEGIN IMMEDIATE" if kind == "sqlite" else "SELECT pg_advisory_xact_lock(2009451387)"
    wait_until(lambda: kind == "sqlite" or not _backends(engine))
    with engine.connect() as holding:
        holding.exec_driver_sql(hold)
        _took, said = refusal(tmp_path, register, "publish")
    assert str(dead.number) not in said
    assert "Er wordt nu al geladen of gepubliceerd." in said
    engine.dispose()


def _backends(engine) -> int:
    """Count the connections of others to a PostgreSQL database."""
    with engine.connect() as connection:
        return connection.scalar(
            text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid()"
            )
        )


@pytest.mark.postgres
@pytest.mark.parametrize(
    "where",
    [IN_THE_TRANSACTION, BEFORE_THE_TRANSACTION, IN_A_BATCH],
    ids=["in the transaction", "before the transaction", "in a batch"],
)
@pytest.mark.parametrize("kind", ["postgres"])
def test_one_that_hangs_is_ended_after_a_while(register: str, tmp_path: Path, where) -> None:
    before = content(register)
    hanging = _stopped(tmp_path, register, SHORT_LIMIT, where)
    began = time.monotonic()

    def published() -> bool:
        again = command(tmp_path, register, "publish", before=both, before_with=(SHORT_LIMIT,))
        return again.ended() == 0

    assert content(register) == before
    wait_until(published)
    print(f"\na publisher that hung was out of the way after {time.monotonic() - began:.1f} s")
    after = content(register)
    assert after != before
    hanging.go_on()
    assert hanging.ended() == 1
    assert "de verbinding verbroken" in hanging.output, hanging.output
    assert "Traceback" not in hanging.output
    assert content(register) == after


@pytest.mark.postgres
@pytest.mark.parametrize("kind", ["postgres"])
def test_one_that_takes_in_no_more_of_an_answer_is_ended(register: str, tmp_path: Path) -> None:
    """It is the network that finds out here: the server itself waits for it without limit."""
    before = (SHORT_LIMIT,)
    hanging = start(
        tmp_path,
        read_a_long_answer,
        environment={"DATABASE_URL": register},
        before=both,
        before_with=before,
    )
    wait_until(lambda: "reading" in hanging.output)
    engine = writing_engine(register)
    os.kill(hanging.number, signal.SIGSTOP)
    wait_until(lambda: not _backends(engine), 30)
    engine.dispose()
    hanging.kill()


def read_a_long_answer() -> int:
    """Read an answer without end, with the register alone."""
    from data_access.database import engine_from_settings

    with exclusive(engine_from_settings(), PUBLISHING) as connection:
        print("reading", flush=True)
        connection.execute(text("SELECT repeat('x', 1000) FROM generate_series(1, 100000000)"))
    return 0


@pytest.mark.postgres
@pytest.mark.parametrize("kind", ["postgres"])
def test_limits_of_one_who_was_at_work_are_gone_afterwards(register: str) -> None:
    """The connection is used again, by whoever has no reason to hurry."""
    engine = writing_engine(register)

    def limits() -> list[object]:
        names = ("idle_in_transaction_session_timeout", "idle_session_timeout", "tcp_user_timeout")
        with engine.connect() as connection:
            return [connection.scalar(text(f"SHOW {name}")) for name in names]

    before = limits()
    with exclusive(engine, PUBLISHING) as connection:
        assert connection.scalar(select(r.work.c.doing)) == PUBLISHING.en
    assert limits() == before
    engine.dispose()
