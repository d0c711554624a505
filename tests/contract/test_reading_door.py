"""The reading door: it opens on releases only, answers alike everywhere, and fails in sentences."""

import importlib
import inspect
import pkgutil
import socket
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine, create_engine, event, func, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

import data_access
from data_access import door, register, release_tables, values
from data_access import release as about
from data_access.database import reading_engine, writing_engine
from data_access.errors import DatabaseNotReady, DatabaseUnavailable
from data_access.publish import publish
from data_access.schema import make_ready
from indicators.catalogue import INDICATORS
from tests.contract.tiny_register import TinyRegister
from tests.databases import PostgresDatabases

GEMEENTEN = ("GM0014", "GM0080", "GM0085")
ROLE = "wijk_reader_test"
MOST_ROWS = 500
MOST_QUERIES = 2


@pytest.fixture
def gemeente_period(sample_app: str) -> str:
    """Return the last closed quarter of the sample."""
    return str(about.releases()["closed_until"].iloc[0])


def _usual_period(frequency: tuple[str, ...], quarter: str) -> str:
    return quarter if frequency[0] == "quarter" else quarter[:4]


def test_the_questions_stay_questions_whatever_is_imported() -> None:
    """A package of the same name would take a question's place at its first import."""
    for module in pkgutil.walk_packages(data_access.__path__, "data_access."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    hidden = [name for name in data_access.__all__ if inspect.ismodule(getattr(data_access, name))]
    assert hidden == []


@pytest.mark.parametrize("table", sorted(register.metadata.tables))
def test_sqlite_refuses_every_register_table(sqlite_databases, templates, table: str) -> None:
    engine = reading_engine(templates(sqlite_databases, "ready"))
    with engine.connect() as connection, pytest.raises(DBAPIError, match=r"prohibited|authorized"):
        connection.execute(text(f'SELECT * FROM "{table}"'))
    engine.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count(*) FROM participant",
        "SELECT 1 FROM pub_release WHERE EXISTS (SELECT pseudonym FROM participant)",
        "WITH people AS (SELECT * FROM agreement) SELECT wijk_code FROM people",
        "SELECT number FROM pub_release UNION SELECT level FROM ladder_reading",
        "INSERT INTO pub_taakveld VALUES (1, 'x', 'y')",
        "DELETE FROM participant",
        "ATTACH DATABASE ':memory:' AS other",
    ],
)
def test_sqlite_refuses_ways_around(sqlite_databases, templates, statement: str) -> None:
    engine = reading_engine(templates(sqlite_databases, "sample"))
    with engine.connect() as connection, pytest.raises(DBAPIError):
        connection.execute(text(statement)).all()
    engine.dispose()


@pytest.mark.parametrize("table", sorted(release_tables.metadata.tables))
def test_releases_can_be_read(sample_database_url: str, table: str) -> None:
    engine = reading_engine(sample_database_url)
    with engine.connect() as connection:
        connection.execute(text(f"SELECT * FROM {table} LIMIT 1")).all()
    engine.dispose()


@pytest.fixture
def reader_url(postgres_databases: PostgresDatabases, templates):
    """Return the URL of a role that was given what the dashboard needs."""
    url = postgres_databases.copy(templates(postgres_databases, "sample"))
    engine = writing_engine(url)
    with engine.begin() as connection:
        exists = connection.scalar(
            text("SELECT count(*) FROM pg_roles WHERE rolname = :role"), {"role": ROLE}
        )
        if not exists:
            connection.execute(text(f"CREATE ROLE {ROLE} LOGIN PASSWORD 'only-for-tests'"))
    _grant(engine)
    engine.dispose()
    as_reader = make_url(url).set(username=ROLE, password="only-for-tests")
    yield as_reader.render_as_string(hide_password=False)
    engine = writing_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"DROP OWNED BY {ROLE}"))
    engine.dispose()
    postgres_databases.drop(url)


def _grant(engine: Engine) -> None:
    from data_access.commands import run

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
        assert run(["grant", ROLE]) == 0


@pytest.mark.postgres
def test_the_dashboard_s_role_can_read_releases_and_nothing_else(reader_url: str) -> None:
    # Not through the reading engine: the role itself must hold no more than this.
    engine = create_engine(reader_url)
    tables = [*register.metadata.tables, *release_tables.metadata.tables]
    with engine.connect() as connection:
        may_read = text("SELECT has_table_privilege(:name, 'SELECT')")
        read = {name for name in tables if connection.scalar(may_read, {"name": name})}
    assert read == set(release_tables.metadata.tables)
    for statement in (
        *(f'SELECT * FROM "{name}"' for name in register.metadata.tables),
        "INSERT INTO pub_taakveld VALUES (1, 'x', 'y')",
        "UPDATE pub_cell SET value = 0",
        "DELETE FROM pub_cell",
        "TRUNCATE pub_cell",
        "CREATE TABLE mine (id integer)",
    ):
        with engine.connect() as connection, pytest.raises(DBAPIError, match="permission denied"):
            connection.execute(text(statement))
    engine.dispose()


@pytest.mark.postgres
def test_the_dashboard_s_role_is_enough_for_the_door(
    reader_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", reader_url)
    assert len(about.releases()) == 1
    assert len(values.published(1, "volunteers", "2025-Q4", "GM0080")) == 23
    door._engine(reader_url).dispose()


@pytest.mark.postgres
def test_the_door_only_reads_on_postgresql(postgres_databases, templates) -> None:
    """Also with a role that may do everything."""
    engine = reading_engine(templates(postgres_databases, "ready"))
    with engine.connect() as connection, pytest.raises(DBAPIError, match="read-only"):
        connection.execute(text("CREATE TABLE mine (id integer)"))
    engine.dispose()


@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_a_value_exists_exactly_where_it_is_published(gemeente_period: str, gemeente: str) -> None:
    ids = [each.id for each in INDICATORS]
    periods = (gemeente_period, gemeente_period[:4])
    for frame in (
        values.panel(1, gemeente, ids, periods, gemeente),
        values.by_organisation(1, gemeente, ids, periods),
    ):
        assert list(frame.columns) == values.VALUE_COLUMNS
        assert set(frame["status"]) <= {"published", "no_data", "not_shown"}
        published = frame["status"] == "published"
        assert (frame["value"].notna() == published).all()
        assert ((frame["reason"] == "") == published).all()
        assert set(frame["indicator"]) == set(ids)
        assert not frame.duplicated(values.KEYS).any()


@pytest.mark.parametrize("each", INDICATORS, ids=lambda each: each.id)
def test_three_questions_give_one_answer(gemeente_period: str, each) -> None:
    """What the map shows is what the wijk's page and the series show."""
    period = _usual_period(each.frequency, gemeente_period)
    gemeente = "GM0080"
    map_ = values.published(1, each.id, period, gemeente)
    wijk = str(map_["area_code"].iloc[-1])
    series = values.series(1, each.id, wijk)
    other = "new_volunteers" if each.id == "outflow" else "outflow"
    panel = values.panel(1, gemeente, (each.id, other), (period,), wijk)
    panel = panel[panel["indicator"] == each.id].reset_index(drop=True)

    on_map = map_[map_["area_code"] == wijk].reset_index(drop=True)
    for frame in (series, panel):
        same = frame[(frame["area_code"] == wijk) & (frame["period"] == period)]
        pd.testing.assert_frame_equal(same.reset_index(drop=True), on_map)
    in_panel = panel[panel["period"] == period].reset_index(drop=True)
    pd.testing.assert_frame_equal(in_panel, map_)
    in_series = panel[panel["area_code"] == wijk].sort_values("period", ignore_index=True)
    pd.testing.assert_frame_equal(in_series, series)


def test_a_count_is_the_same_as_the_indicator_made_of_it(gemeente_period: str) -> None:
    counts = values.counts(1, "GM0080", ("outflow",), periods=("2025",))
    total = counts[counts["category"] == ""]["value"].iloc[0]
    frame = values.published(1, "outflow", "2025", "GM0080")
    whole = frame[frame["area_code"] == "GM0080"]["value"].iloc[0]
    assert whole == total
    assert counts[counts["category"] != ""]["value"].sum() == total


def test_a_map_has_every_wijk_once(gemeente_period: str) -> None:
    areas = about.areas(1)
    assert areas["level"].value_counts().to_dict() == {"wijk": 55, "gemeente": 3}
    for gemeente, wijken in (("GM0014", 20), ("GM0080", 22), ("GM0085", 13)):
        for each in INDICATORS:
            period = _usual_period(each.frequency, gemeente_period)
            frame = values.published(1, each.id, period, gemeente)
            mine = areas[areas["gemeente_code"] == gemeente]
            assert len(frame) == wijken + 1
            assert set(frame["area_code"]) == set(mine["area_code"])


def test_money_adds_up_over_every_breakdown(gemeente_period: str) -> None:
    from data_access.amounts import GROUPS, money

    whole = money(1, "GM0080", ("year",))["euros"].sum()
    assert whole > 0
    for group in GROUPS:
        assert money(1, "GM0080", (group,))["euros"].sum() == pytest.approx(whole)


def test_questions_stay_small(gemeente_period: str) -> None:
    asked = []
    engine = door.engine()
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    for each in INDICATORS:
        period = _usual_period(each.frequency, gemeente_period)
        for question in (
            lambda each=each, period=period: values.published(1, each.id, period, "GM0080"),
            lambda each=each: values.series(1, each.id, "WK008060"),
        ):
            asked.clear()
            assert 0 < len(question()) <= MOST_ROWS
            assert len(asked) <= MOST_QUERIES
    door._engine.cache_clear()


def test_an_unknown_area_or_period_gives_no_rows(gemeente_period: str) -> None:
    assert values.published(1, "volunteers", "2019-Q1", "GM0080").empty
    assert values.published(1, "volunteers", gemeente_period, "GM9999").empty
    assert values.published(99, "volunteers", gemeente_period, "GM0080").empty


def _sentences(error: DatabaseUnavailable | DatabaseNotReady) -> tuple[str, str]:
    for language in ("nl", "en"):
        sentence = error.message(language)
        assert sentence.endswith(".")
        assert "Traceback" not in sentence
    return error.message_nl, error.message_en


def _nobody_listens() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_a_server_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"postgresql://reader:verysecret@127.0.0.1:{_nobody_listens()}/wijk"
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(DatabaseUnavailable) as raised:
        about.releases()
    for sentence in _sentences(raised.value):
        assert "DATABASE_URL" in sentence
        assert "verysecret" not in sentence


@pytest.mark.parametrize("url", ["not a url", "oracle9://x", "mysql://", "://"])
def test_a_url_that_means_nothing(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(DatabaseUnavailable) as raised:
        about.releases()
    assert all("DATABASE_URL" in sentence for sentence in _sentences(raised.value))


def test_a_file_that_is_no_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"this is a letter, not a database. " * 100)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{broken}")
    with pytest.raises(DatabaseUnavailable) as raised:
        about.releases()
    _sentences(raised.value)


def test_a_file_that_does_not_exist(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    absent = tmp_path / "absent.sqlite"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{absent}")
    with pytest.raises(DatabaseNotReady) as raised:
        about.releases()
    assert all("data_access publish" in sentence for sentence in _sentences(raised.value))
    assert not absent.exists()


def test_a_database_without_our_tables(databases, monkeypatch: pytest.MonkeyPatch) -> None:
    url = databases.empty()
    create_engine(url).connect().close()
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(DatabaseNotReady) as raised:
        about.releases()
    assert all("data_access load" in sentence for sentence in _sentences(raised.value))
    door.engine().dispose()
    databases.drop(url)


def test_tables_without_a_release_give_an_empty_list(
    empty_database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = empty_database.url.render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", url)
    assert about.releases().empty
    door.engine().dispose()


def test_a_release_being_written_is_not_seen(
    tiny: TinyRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages go on reading the previous release until the new one is whole."""
    from data_access import publish as publishing

    publish(tiny.engine)
    tiny.agreement("one-more", "2025-01-01")
    monkeypatch.setenv("DATABASE_URL", tiny.engine.url.render_as_string(hide_password=False))
    seen = []
    insert = publishing.insert_release

    def look_while_writing(connection, header, rows) -> None:
        insert(connection, header, rows)
        seen.append(list(about.releases()["number"]))

    monkeypatch.setattr(publishing, "insert_release", look_while_writing)
    publish(tiny.engine, even_if_unchanged=True)
    assert seen == [[1]]
    assert list(about.releases()["number"]) == [2, 1]
    door.engine().dispose()


def test_making_ready_twice_changes_nothing(empty_database: Engine) -> None:
    def size() -> int:
        with empty_database.connect() as connection:
            return int(connection.scalar(select(func.count()).select_from(register.quarter)) or 0)

    before = size()
    make_ready(empty_database)
    assert size() == before > 0
