"""Revision 0002 on a filled database: every count, no row lost to others at work, and what it says.

What it makes of people and of releases is in test_upgrade_to_files.py.
"""

import re
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select, text

from data_access import commands, schema, settings
from data_access import register as r
from data_access import release_tables as t
from data_access.database import writing_engine
from data_access.errors import DatabaseUnavailable
from data_access.exclusive import LOADING, exclusive
from data_access.measures import COUNTINGS
from data_access.publish import publish
from data_access.release_file import checked_header, checksum, file_content
from data_access.releases_kept import write_missing_files
from data_access.schema import Standing, upgrade
from data_access.shelf import folder_of
from tests.contract.test_migrations import add_revision, everything, later_program
from tests.databases import Databases
from tests.old_databases import old_database
from tests.old_databases.make import KEY as DISCLOSURE_KEY
from tests.releases import rows_of

__all__ = ["later_program"]

KEY = "5c" * 32
Captured = pytest.CaptureFixture[str]
Counts = Counter[tuple[str, ...]]


@pytest.fixture
def old(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An engine on a filled database of before, with the keys that a gemeente has."""
    monkeypatch.setenv("PSEUDONYM_KEY", KEY)
    monkeypatch.setenv("DISCLOSURE_KEY", DISCLOSURE_KEY)
    url = old_database(databases)
    engine = writing_engine(url)
    monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
    yield engine
    engine.dispose()
    databases.drop(url)


# The measures as they were, written out: per quarter and organisation, and kind or level.
BEFORE = {
    "volunteers": """
        WITH running AS (
            SELECT q.id AS quarter, a.organisation_id, row_number() OVER (
                PARTITION BY a.participant, q.id ORDER BY a.started_on, a.id) AS place
            FROM agreement a JOIN quarter q ON a.started_on <= q.ends_on
            AND (a.ended_on IS NULL OR a.ended_on >= q.ends_on))
        SELECT quarter, organisation_id, '', count(*) FROM running WHERE place = 1
        AND quarter <= (SELECT max(quarter) FROM closed_period) GROUP BY 1, 2""",
    "outflow": """
        WITH started AS (
            SELECT q.id AS quarter, p.organisation_id, p.kind, row_number() OVER (
                PARTITION BY p.participant, q.year ORDER BY p.started_on, p.id) AS place
            FROM placement p JOIN quarter q ON p.started_on BETWEEN q.starts_on AND q.ends_on)
        SELECT quarter, organisation_id, kind, count(*) FROM started WHERE place = 1
        GROUP BY 1, 2, 3""",
    "ladder_level": """
        WITH latest AS (
            SELECT q.id AS quarter, l.organisation_id, l.level, row_number() OVER (
                PARTITION BY l.participant, q.id ORDER BY l.read_on DESC) AS place
            FROM ladder_reading l JOIN quarter q ON l.read_on <= q.ends_on
            JOIN quarter y ON y.year = q.year - 1 AND substr(y.id, 5) = substr(q.id, 5)
            AND l.read_on > y.ends_on)
        SELECT quarter, organisation_id, CAST(level AS VARCHAR), count(*) FROM latest
        WHERE place = 1 AND quarter <= (SELECT max(quarter) FROM closed_period)
        GROUP BY 1, 2, 3""",
}


def counted_before(connection: Connection, measure: str) -> Counts:
    """Return the counts of a measure in a database of before."""
    return Counter({tuple(row[:3]): row[3] for row in connection.execute(text(BEFORE[measure]))})


def counted_now(connection: Connection, measure: str) -> Counts:
    """Return the same counts as this program makes them."""
    counts: Counts = Counter()
    for row in connection.execute(COUNTINGS[measure].select()):
        counts[row.period, row.organisation_id, row.category] += int(row.n)
    return counts


def test_everybody_counts_as_before(old: Engine) -> None:
    with old.connect() as connection:
        before = {measure: counted_before(connection, measure) for measure in BEFORE}
    upgrade(old)
    with old.connect() as connection:
        assert {measure: counted_now(connection, measure) for measure in BEFORE} == before
    assert all(sum(counts.values()) > 10 for counts in before.values())


def memory(connection: Connection) -> dict[tuple[str, ...], int]:
    """Return the true counts that the last publication was made of, by leaf."""
    leaf = "measure, period, wijk_code, organisation_id, item, category"
    rows = connection.execute(text(f"SELECT {leaf}, true_value FROM rounding_memory"))
    return {tuple(row[:-1]): row[-1] for row in rows}


def test_the_next_publication_is_made_of_the_same_counts_of_every_measure(old: Engine) -> None:
    """The old program kept what it had counted; the new one counts again and keeps it too."""
    with old.connect() as connection:
        before = memory(connection)
    upgrade(old)
    publish(old)
    with old.connect() as connection:
        after = memory(connection)
    assert len({leaf[0] for leaf in before}) > 10
    # A cohort is old enough by what its own gemeente has closed; it was by what any had closed.
    too_young = {leaf for leaf in before if leaf[:3] == ("still_in_work_6", "2025-Q2", "WK009001")}
    assert {leaf: after.get(leaf) for leaf in before.keys() - too_young} == {
        leaf: before[leaf] for leaf in before.keys() - too_young
    }
    assert not any(after[leaf] for leaf in after.keys() - before.keys())


def test_what_is_published_next_differs_in_new_things_only(old: Engine, tmp_path: Path) -> None:
    """An upgrade is no correction: every figure of the last release comes back as it was."""
    upgrade(old)
    publish(old)
    write_missing_files(old, tmp_path)
    for before in tmp_path.glob("*-0002-*.sqlite"):
        [after] = tmp_path.glob(f"{before.name[:6]}-0003-*.sqlite")
        for table in (t.pub_amount, t.pub_period, t.pub_gap, t.pub_contract, t.pub_statement):
            names = [column.name for column in table.c if column.name != "row"]
            was, now = (
                Counter(tuple(row[name] for name in names) for row in rows_of(file, table))
                for file in (before, after)
            )
            assert was == now, table.name
        was, now = (
            {
                tuple(row[key.name] for key in t.pub_cell.primary_key): row["value"]
                for row in rows_of(file, t.pub_cell)
                if row["reason"] != "not_yet"
            }
            for file in (before, after)
        )
        gone = {cell for cell in was if cell in now and was[cell] != now[cell]}
        assert gone == set()
