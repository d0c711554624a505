"""Revision 0002 on a filled database: every count, no row lost to others at work, and what it says.

What it makes of people and of releases is in test_upgrade_to_files.py.
"""

import sqlite3
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, inspect, text

from data_access import commands, schema, settings
from data_access import release_tables as t
from data_access.database import writing_engine
from data_access.errors import DataAccessError, DatabaseUnavailable
from data_access.exclusive import LOADING, exclusive
from data_access.measures import COUNTINGS
from data_access.pseudonyms.stored import fingerprint, stored_pseudonym
from data_access.publish import publish
from data_access.release_file import BrokenRelease, checked_header, is_sealed, opened
from data_access.releases_kept import write_missing_files
from data_access.schema import upgrade
from data_access.shelf import folder_of, shelf
from indicators.catalogue import MEASURES
from tests.contract.test_migrations import add_revision, everything, later_program
from tests.databases import Databases, PostgresDatabases
from tests.old_databases import old_database
from tests.releases import keys as keys_at_hand
from tests.releases import rows_of

__all__ = ["later_program"]

BY_ID = {measure.id: measure for measure in MEASURES}
KEY = "5c" * 32
Captured = pytest.CaptureFixture[str]
Counts = Counter[tuple[str, ...]]


@pytest.fixture
def old(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An engine on a filled database of before, with the keys that a gemeente has."""
    monkeypatch.setenv("PSEUDONYM_KEY", KEY)
    url = old_database(databases)
    engine = writing_engine(url)
    monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
    yield engine
    engine.dispose()
    databases.drop(url)


# The measures on the tables of before, written out: per quarter and organisation, and kind or
# level. Somebody at two organisations counts at both.
BEFORE = {
    "volunteers": """
        WITH running AS (
            SELECT q.id AS quarter, a.organisation_id, row_number() OVER (
                PARTITION BY a.participant, a.organisation_id, q.id
                ORDER BY a.started_on, a.id) AS place
            FROM agreement a JOIN quarter q ON a.started_on <= q.ends_on
            AND (a.ended_on IS NULL OR a.ended_on >= q.ends_on))
        SELECT quarter, organisation_id, '', count(*) FROM running WHERE place = 1
        AND quarter <= (SELECT max(quarter) FROM closed_period) GROUP BY 1, 2""",
    "outflow": """
        WITH started AS (
            SELECT q.id AS quarter, p.organisation_id, p.kind, row_number() OVER (
                PARTITION BY p.participant, p.organisation_id, q.year
                ORDER BY p.started_on, p.id) AS place
            FROM placement p JOIN quarter q ON p.started_on BETWEEN q.starts_on AND q.ends_on)
        SELECT quarter, organisation_id, kind, count(*) FROM started WHERE place = 1
        GROUP BY 1, 2, 3""",
    "ladder_level": """
        WITH latest AS (
            SELECT q.id AS quarter, l.organisation_id, l.level, row_number() OVER (
                PARTITION BY l.participant, l.organisation_id, q.id
                ORDER BY l.read_on DESC) AS place
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


# They deliver about the same people, zw-015 to zw-018; each counts them now.
SHARING = ("wijkbedrijf-holtenbroek", "wijkbedrijf-assendorp")


def memory(connection: Connection, table: str) -> Counts:
    """Return true counts that a publication was made of, by organisation and all but the place."""
    leaf = "measure, period, organisation_id, item, category"
    rows = connection.execute(text(f"SELECT {leaf}, true_value FROM {table}"))
    counts: Counts = Counter()
    for *whose, n in rows:
        counts[tuple(whose)] += n
    return counts


def test_the_next_publication_is_made_of_the_same_counts_of_every_measure(old: Engine) -> None:
    """The old program kept what it had counted; the new one counts again and keeps it too."""
    with old.connect() as connection:
        before = memory(connection, "rounding_memory")
    upgrade(old)
    publish(old)
    with old.connect() as connection:
        after = memory(connection, "counted")
    assert len({leaf[0] for leaf in before}) > 10
    # A cohort is old enough by what its own gemeente has closed; it was by what any had closed.
    too_young = ("still_in_work_6", "2025-Q2", "wb-drachten", "", "")
    assert before.pop(too_young) == 1
    differing = {leaf for leaf in before | after if before[leaf] != after[leaf]}
    assert {BY_ID[leaf[0]].people for leaf in differing} == {"volunteering"}
    assert {leaf[2] for leaf in differing} == set(SHARING)
    # Whoever is shared was counted at one of the two, and is at both now.
    for measure in ("volunteers", "new_volunteers", "active_volunteers"):
        mine = [leaf for leaf in differing if leaf[0] == measure]
        assert mine
        assert all(0 < after[leaf] - before[leaf] <= 4 for leaf in mine)


def test_what_is_no_count_of_people_is_published_next_as_it_was(
    old: Engine, tmp_path: Path
) -> None:
    """An upgrade is no correction of money, contracts, periods or deliveries."""
    upgrade(old)
    publish(old)
    write_missing_files(old, tmp_path)
    files = list(tmp_path.glob("*-0002-*.sqlite"))
    assert len(files) == 2
    for before in files:
        [after] = tmp_path.glob(f"{before.name[:6]}-0003-*.sqlite")
        for table in (t.pub_period, t.pub_gap, t.pub_contract, t.pub_statement):
            names = [column.name for column in table.c if column.name != "row"]
            was, now = (
                Counter(tuple(row[name] for name in names) for row in rows_of(file, table))
                for file in (before, after)
            )
            assert was == now, table.name
        # Result payments are the tariff times a published number, which is rounded anew.
        assert spending_in(before) == spending_in(after) != {}


def spending_in(file: Path) -> dict[tuple[Any, ...], int]:
    """Return exact spending of the whole gemeente; format 1 had it per place as well."""
    keys = [c.name for c in t.pub_amount.c if c.name not in ("row", "cents")]
    sums: Counter[tuple[Any, ...]] = Counter()
    for row in rows_of(file, t.pub_amount):
        if row["kind"] == "spending":
            sums[tuple(row[key] for key in keys)] += row["cents"]
    return {key: cents for key, cents in sums.items() if cents}


def test_what_had_a_figure_of_the_whole_gemeente_still_has_one(old: Engine, tmp_path: Path) -> None:
    """Totals that every place has come out at once; they are rounded anew, leaf by leaf.

    Each is the sum of what its leaves round to by the thresholds that were kept, to the last one.
    """
    upgrade(old)
    publish(old)
    write_missing_files(old, tmp_path)
    seen = set()
    for before in tmp_path.glob("*-0002-*.sqlite"):
        gemeente = before.name[:6]
        [after] = tmp_path.glob(f"{gemeente}-0003-*.sqlite")
        was, now = wholes_in(before), wholes_in(after)
        with old.connect() as connection:
            expected = Remembered(connection, gemeente)
            assert now == {key: expected.total(*key) for key in now}
        assert set(was) <= set(now)
        seen |= {measure for measure, _, _ in was}
    assert seen == set(WHOLES)


# Totals that every place has, and that had a figure in the releases of before.
WHOLES = ("volunteers", "results_claimed")


class Remembered:
    """What a publication keeps of a gemeente: true counts, thresholds."""

    def __init__(self, connection: Connection, gemeente: str) -> None:
        def rows(columns: str, table: str) -> Iterator[tuple[Any, ...]]:
            question = text(f"SELECT {columns} FROM {table} WHERE gemeente_code = :gemeente")
            return (tuple(row) for row in connection.execute(question, {"gemeente": gemeente}))

        names = "measure, period, item, organisation_id, place, category, true_value"
        self.counts: Counter[tuple[str, ...]] = Counter()
        for *leaf, _category, n in rows(names, "counted"):
            self.counts[tuple(leaf)] += n
        self.thresholds = {
            leaf[:3]: leaf[3]
            for leaf in rows("people, organisation_id, place, threshold", "leaf_threshold")
        }

    def total(self, measure: str, period: str, item: str) -> int:
        """Return the sum of what the leaves of all organisations show."""
        leaves = [leaf for leaf in self.counts if leaf[:3] == (measure, period, item)]
        return sum(self.rounded(measure, leaf[3], leaf[4], self.counts[leaf]) for leaf in leaves)

    def rounded(self, measure: str, organisation: str, place: str, n: int) -> int:
        """Return a count as it is published by the threshold of a leaf."""
        threshold = self.thresholds[BY_ID[measure].people, organisation, place]
        return 5 * ((n + threshold) // 5)


def wholes_in(file: Path) -> dict[tuple[str, str, str], int]:
    """Return shown totals of the gemeente of which the first program had a figure too."""
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        return {
            (row["measure"], row["period"], row["item"]): row["value"]
            for row in connection.execute("SELECT * FROM pub_cell WHERE value IS NOT NULL")
            if row["measure"] in WHOLES
            and row["area_code"] == file.name[:6]
            and row["organisation_id"] == ""
        }


def test_a_converted_file_is_sealed_and_in_order_and_no_longer_shown(
    old: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is kept as it was published, in format 1, whose protection was not enough."""
    upgrade(old)
    write_missing_files(old, tmp_path)
    files = sorted(tmp_path.glob("*.sqlite"))
    assert len(files) == 4
    for path in files:
        tables = tables_in(path)
        assert {"pub_release", "pub_cell", "pub_amount", "pub_area"} <= set(tables)
        with closing(sqlite3.connect(path)) as connection:
            [(format_, seal)] = connection.execute("SELECT format, seal FROM pub_release")
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            # Rows in the order of their keys: same rows, same bytes.
            connection.row_factory = sqlite3.Row
            for name, (_, primary, *_rest) in tables.items():
                rows = connection.execute(f"SELECT * FROM {name}").fetchall()
                keys = [tuple(row[key] for key in primary) for row in rows]
                assert keys == sorted(keys), name
        assert format_ == 1
        assert is_sealed(path.read_bytes(), seal)
        with pytest.raises(BrokenRelease, match="oudere versie") as refused:
            checked_header(path)
        assert "Publiceer opnieuw" in refused.value.message_nl
        assert "Publish again" in refused.value.message_en
    monkeypatch.setenv("RELEASES", str(tmp_path))
    assert keys_at_hand() == ()
    assert len(shelf().broken) == 4


def tables_in(path: Path) -> dict[str, Any]:
    with opened(path).connect() as connection:
        inspector = inspect(connection)
        return {
            name: (
                [(c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(name)],
                inspector.get_pk_constraint(name)["constrained_columns"],
                [each["column_names"] for each in inspector.get_indexes(name)],
                [each["sqltext"] for each in inspector.get_check_constraints(name)],
                inspector.get_table_options(name),
            )
            for name in inspector.get_table_names()
        }


AGREEMENT = (
    "INSERT INTO agreement (id, participant, organisation_id, wijk_code, wijk_edition, started_on, "
    "hours_per_week, activity) VALUES (:id, :who, :organisation, :wijk, 2024, '2025-01-01', 8, "
    "'groen')"
)


def volunteer(connection: Connection, who: str, organisation: str, wijk: str) -> None:
    """Let somebody who is known in the register of before be a volunteer somewhere else too."""
    row = {"id": f"{who}-{organisation}", "who": who, "organisation": organisation, "wijk": wijk}
    connection.execute(text(AGREEMENT), row)


def test_who_was_the_same_person_stays_so_within_a_gemeente(old: Engine, capsys: Captured) -> None:
    """Also through a third organisation, and in a second group of the same gemeente."""
    with old.begin() as connection:
        for name in ("x-een", "x-twee", "x-drie"):
            connection.execute(
                text(
                    "INSERT INTO organisation (id, name, kind, gemeente_code, description, "
                    "invented) VALUES (:id, :id, 'overig', 'GM0193', '', :yes)"
                ),
                {"id": name, "yes": True},
            )
        volunteer(connection, "zw-030", "stichting-stadshagen", "WK019350")
        volunteer(connection, "zw-041", "x-een", "WK019350")
        connection.execute(text("DELETE FROM agreement WHERE id = 'v-062'"))
        volunteer(connection, "zw-041", "x-twee", "WK019350")
        volunteer(connection, "sh-001", "wb-drachten", "WK009001")
    assert commands.run(["upgrade"]) == 0
    said = capsys.readouterr().out
    with old.connect() as connection:
        rows = connection.execute(text("SELECT id, pseudonym_domain FROM organisation"))
        domains = {row.id: row.pseudonym_domain for row in rows}
        rows = connection.execute(
            text("SELECT organisation_id, participant FROM agreement WHERE id LIKE '%-%-%'")
        )
        people = {row.organisation_id: row.participant for row in rows}
        known = set(connection.scalars(text("SELECT pseudonym FROM participant")))
    groups = ("wijkbedrijf-holtenbroek", "wijkbedrijf-assendorp", "stichting-stadshagen")
    assert {domains[each] for each in groups} == {"overgenomen"}
    assert domains["x-een"] == domains["x-twee"] == "overgenomen-2"
    assert {domains[each] for each in ("x-drie", "wb-drachten", "de-drait-doet")} == {None}
    assert people["x-een"] == people["x-twee"]
    key = bytes.fromhex(KEY)
    assert stored_pseudonym(key, "GM0193", "overgenomen", "sh-001") in known
    assert people["wb-drachten"] == stored_pseudonym(
        key, "GM0090", "organisatie:wb-drachten", "sh-001"
    )
    assert "meer dan een gemeente stonden: 1." in said
    assert "sh-001" not in said


@pytest.mark.postgres
def test_no_pseudonym_is_left_in_what_postgresql_remembers_of_columns(
    postgres_databases: PostgresDatabases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSEUDONYM_KEY", KEY)
    url = old_database(postgres_databases)
    engine = writing_engine(url)
    with engine.begin() as connection:
        raw = set(connection.scalars(text("SELECT pseudonym FROM participant")))
        connection.execute(text("ANALYZE"))
        assert seen(connection, raw)
    upgrade(engine)
    with engine.connect() as connection:
        assert seen(connection, raw) == set()
    engine.dispose()
    postgres_databases.drop(url)


def seen(connection: Connection, raw: set[str]) -> set[str]:
    """Return which pseudonyms stand in any row of any table, or in the samples of columns."""
    tables = connection.execute(
        text(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN "
            "('information_schema', 'pg_catalog')"
        )
    ).all()
    whole = [f'SELECT CAST(t AS TEXT) FROM "{schema}"."{name}" t' for schema, name in tables]
    rows = "\n".join(
        row
        for question in (*whole, "SELECT CAST(s AS TEXT) FROM pg_stats s")
        for row in connection.scalars(text(question))
    )
    return {each for each in raw if each in rows}


@pytest.mark.postgres
def test_what_an_older_program_is_writing_is_waited_for_and_kept(
    postgres_databases: PostgresDatabases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Programs of before know no lock for one at a time."""
    monkeypatch.setenv("PSEUDONYM_KEY", KEY)
    url = old_database(postgres_databases)
    engine, other = writing_engine(url), writing_engine(url)
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    with ThreadPoolExecutor(1) as threads:
        with other.begin() as connection:
            connection.execute(text("UPDATE agreement SET hours_per_week = 39 WHERE id = 'v-001'"))
            upgrading = threads.submit(upgrade, engine)
            until = time.monotonic() + 10
            while not connection.scalar(waiting) and time.monotonic() < until:
                assert not upgrading.done()
        upgrading.result(30)
    with engine.connect() as connection:
        hours = connection.scalar(text("SELECT hours_per_week FROM agreement WHERE id = 'v-001'"))
    assert hours == 39
    for each in (engine, other):
        each.dispose()
    postgres_databases.drop(url)


def test_an_upgrade_is_refused_while_somebody_loads(
    old: Engine, later_program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade(old)
    add_revision(later_program, "pass")
    monkeypatch.setattr(schema, "_SECONDS_TO_WAIT", 1)
    second = writing_engine(old.url.render_as_string(hide_password=False))
    if second.dialect.name == "sqlite":
        event.listen(second, "connect", lambda each, _: each.execute("PRAGMA busy_timeout=50"))
    before = everything(old)
    with exclusive(old, LOADING), pytest.raises(DatabaseUnavailable, match="in gebruik"):
        upgrade(second)
    assert everything(old) == before
    assert upgrade(second).remarks == ()
    second.dispose()


def test_without_a_key_one_is_made_and_whoever_upgrades_is_told_to_keep_it(
    old: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Captured
) -> None:
    monkeypatch.delenv("PSEUDONYM_KEY")
    monkeypatch.setattr(settings, "EMBEDDED_DATABASE", tmp_path / "data" / "x.sqlite")
    assert commands.run(["upgrade"]) == 0
    file = settings.pseudonym_key_file()
    assert file.stat().st_mode & 0o777 == 0o600
    with old.connect() as connection:
        kept = set(connection.scalars(text("SELECT fingerprint FROM pseudonym_key")))
        [people] = connection.execute(
            text("SELECT participant FROM agreement WHERE id = 'v-043'")
        ).one()
    key = bytes.fromhex(file.read_text().strip())
    assert kept == {fingerprint(key)}
    assert people == stored_pseudonym(key, "GM0090", "organisatie:wb-drachten", "dr-001")
    said = capsys.readouterr().out
    assert f"staat in {file}. Maak er een reservekopie van" in said
    assert "Geef dat met --reason en --reason-en op als reden." in said
    assert commands.run(["upgrade"]) == 0
    assert "reservekopie" not in capsys.readouterr().out


def test_a_key_file_that_is_damaged_leaves_everything_as_it_was(
    old: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("PSEUDONYM_KEY")
    monkeypatch.setattr(settings, "EMBEDDED_DATABASE", tmp_path / "x.sqlite")
    settings.pseudonym_key_file().write_text("5c5c")
    before = everything(old)
    with pytest.raises(DataAccessError, match="niet te lezen of beschadigd"):
        upgrade(old)
    assert everything(old) == before


def test_a_file_that_could_not_be_cleaned_is_cleaned_by_a_second_upgrade(
    sqlite_databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSEUDONYM_KEY", KEY)
    url = old_database(sqlite_databases)
    engine = writing_engine(url)
    path = Path(str(engine.url.database))
    other = sqlite3.connect(path, isolation_level=None)

    def hold(connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement == "VACUUM":
            connection.connection.execute("PRAGMA busy_timeout=50")
            other.execute("BEGIN IMMEDIATE")

    event.listen(engine, "before_cursor_execute", hold)
    with pytest.raises(DatabaseUnavailable, match="kon niet worden opgeschoond"):
        upgrade(engine)
    event.remove(engine, "before_cursor_execute", hold)
    other.rollback()
    other.close()
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA freelist_count").scalar()
    upgrade(engine)
    with engine.connect() as connection:
        assert not connection.exec_driver_sql("PRAGMA freelist_count").scalar()
    assert len(list(folder_of(url).glob("*.sqlite"))) == 4
    engine.dispose()
    sqlite_databases.drop(url)


@pytest.mark.postgres
def test_roles_that_could_read_releases_are_named(
    postgres_databases: PostgresDatabases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSEUDONYM_KEY", KEY)
    url = old_database(postgres_databases)
    engine = writing_engine(url)
    role = f"dashboard_{uuid.uuid4().hex}"
    with engine.begin() as connection:
        connection.execute(text(f"CREATE ROLE {role}"))
        connection.execute(text(f"GRANT SELECT ON pub_release, pub_cell TO {role}"))
    try:
        said = upgrade(engine).describe()
    finally:
        engine.dispose()
        postgres_databases.drop(url)
        server = writing_engine(postgres_databases.server.render_as_string(hide_password=False))
        with server.begin() as connection:
            connection.execute(text(f"DROP ROLE {role}"))
        server.dispose()
    assert f"'python -m data_access grant ROL', voor: {role}." in said.nl
    assert f"'python -m data_access grant ROLE', for: {role}." in said.en
