"""The reading door: it opens on release files only and fails in sentences."""

import importlib
import inspect
import pkgutil
import sqlite3
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine, create_engine, event, func, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

import data_access
from data_access import door, register, release_tables, values
from data_access import release as about
from data_access.database import writing_engine
from data_access.errors import ReleaseUnavailable
from data_access.release_file import BrokenRelease, checked_header, opened
from data_access.releases_kept import write_missing_files
from data_access.schema import make_ready
from data_access.shelf import shelf
from indicators.catalogue import INDICATORS
from tests import releases
from tests.contract.tiny_register import GEMEENTE, TinyRegister
from tests.databases import PostgresDatabases
from tests.releases import Reading, key, on_map

GEMEENTEN = ("GM0014", "GM0080", "GM0085")
CITY = "GM0080"
ROLE = "wijk_reader_test"
MOST_ROWS = 550
MOST_QUERIES = 2


@pytest.fixture
def last_quarter(sample_app: Path) -> str:
    """Return the last closed quarter of the sample."""
    return str(about.releases()["closed_until"].iloc[0])


def _usual_period(frequency: tuple[str, ...], quarter: str) -> str:
    return quarter if frequency[0] == "quarter" else quarter[:4]


def test_the_questions_stay_questions_whatever_is_imported() -> None:
    """A package of the same name would take a question's place at its first import."""
    for module in pkgutil.walk_packages(data_access.__path__, "data_access."):
        if not module.name.endswith("__main__") and ".migrations." not in module.name:
            importlib.import_module(module.name)
    hidden = [name for name in data_access.__all__ if inspect.ismodule(getattr(data_access, name))]
    assert hidden == []


def test_a_release_file_holds_the_tables_of_a_release_and_nothing_else(
    sample_releases: Path,
) -> None:
    for path in releases.paths(sample_releases):
        with sqlite3.connect(path) as connection:
            tables = {
                name
                for (name,) in connection.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table'"
                )
            }
            kinds = {
                kind for (kind,) in connection.execute("SELECT DISTINCT type FROM sqlite_master")
            }
        assert tables == set(release_tables.metadata.tables)
        assert kinds == {"table", "index"}


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count(*) FROM participant",
        "INSERT INTO pub_taakveld VALUES ('x', 'y')",
        "DELETE FROM pub_cell",
        "UPDATE pub_cell SET value = 0",
        "DROP TABLE pub_cell",
        "CREATE TABLE mine (id integer)",
        "ATTACH DATABASE ':memory:' AS other",
        "ATTACH DATABASE 'other.sqlite' AS other",
    ],
)
def test_the_door_lets_nothing_else_through(sample_releases: Path, statement: str) -> None:
    path = releases.paths(sample_releases)[0]
    before = path.read_bytes()
    with opened(path).connect() as connection:
        for pragma in ("query_only=OFF", "writable_schema=ON"):
            connection.execute(text(f"PRAGMA {pragma}"))
        with pytest.raises(DBAPIError):
            connection.execute(text(statement))
    assert path.read_bytes() == before


@pytest.fixture
def reader_url(postgres_databases: PostgresDatabases, templates):
    """Return the URL of a role that was given what the dashboard needs."""
    url = postgres_databases.copy(templates(postgres_databases, "ready"))
    engine = writing_engine(url)
    with engine.begin() as connection:
        exists = connection.scalar(
            text("SELECT count(*) FROM pg_roles WHERE rolname = :role"), {"role": ROLE}
        )
        if not exists:
            connection.execute(text(f"CREATE ROLE {ROLE} LOGIN PASSWORD 'only-for-tests'"))
    _publish_somebody(engine)
    _grant(engine)
    engine.dispose()
    as_reader = make_url(url).set(username=ROLE, password="only-for-tests")
    yield as_reader.render_as_string(hide_password=False)
    engine = writing_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"DROP OWNED BY {ROLE}"))
    engine.dispose()
    postgres_databases.drop(url)


def _publish_somebody(engine: Engine) -> None:
    from data_access.publish import publish

    tiny = TinyRegister(engine)
    for number in range(12):
        tiny.agreement(f"p{number}", "2024-02-01")
    publish(engine)


def _grant(engine: Engine) -> None:
    from data_access.commands import run

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
        assert run(["grant", ROLE]) == 0


@pytest.mark.postgres
def test_the_dashboard_s_role_can_read_releases_and_nothing_else(reader_url: str) -> None:
    # Not through our own engine: the role itself must hold no more than this.
    engine = create_engine(reader_url)
    tables = [*register.metadata.tables]
    with engine.connect() as connection:
        may_read = text("SELECT has_table_privilege(:name, 'SELECT')")
        read = {name for name in tables if connection.scalar(may_read, {"name": name})}
    assert read == {"pub.release_file"}
    for statement in (
        *(f"SELECT * FROM {name}" for name in tables if name != "pub.release_file"),
        "INSERT INTO pub.release_file SELECT * FROM pub.release_file",
        "UPDATE pub.release_file SET number = 0",
        "DELETE FROM pub.release_file",
        "TRUNCATE pub.release_file",
        "CREATE TABLE mine (id integer)",
        "CREATE TABLE pub.mine (id integer)",
    ):
        with engine.connect() as connection, pytest.raises(DBAPIError, match="permission denied"):
            connection.execute(text(statement))
    engine.dispose()


@pytest.mark.postgres
def test_the_dashboard_s_role_is_enough_to_fetch_and_read(
    reader_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = writing_engine(reader_url)
    assert write_missing_files(engine, tmp_path) == 1
    engine.dispose()
    monkeypatch.setenv("RELEASES", str(tmp_path))
    assert len(about.releases()) == 1
    assert len(on_map(key(GEMEENTE), "volunteers", "2025-Q4")) == 5


@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_a_value_exists_exactly_where_it_is_published(last_quarter: str, gemeente: str) -> None:
    ids = [each.id for each in INDICATORS]
    periods = (last_quarter, last_quarter[:4])
    for frame in (
        values.panel(key(gemeente), ids, periods, gemeente),
        values.by_organisation(key(gemeente), ids, periods),
    ):
        assert list(frame.columns) == values.VALUE_COLUMNS
        assert set(frame["status"]) <= {"published", "partial", "no_data", "not_shown"}
        shown = frame["status"].isin(["published", "partial"])
        assert (frame["value"].notna() == shown).all()
        assert ((frame["reason"] == "") == (frame["status"] == "published")).all()
        # Whose delivery is missing is told wherever a figure leaves it out, and only there.
        partial = frame["status"] == "partial"
        assert (partial == (shown & (frame["missing"] != ""))).all()
        assert (frame[partial]["reason"] == "not_delivered").all()
        assert set(frame["indicator"]) == set(ids)
        assert not frame.duplicated(values.KEYS).any()


@pytest.mark.parametrize("each", INDICATORS, ids=lambda each: each.id)
def test_three_questions_give_one_answer(last_quarter: str, each) -> None:
    """What the map shows is what the wijk's page and the series show."""
    period = _usual_period(each.frequency, last_quarter)
    gemeente = CITY
    map_ = on_map(key(gemeente), each.id, period)
    wijk = str(map_["area_code"].iloc[-1])
    series = values.series(key(gemeente), each.id, wijk)
    other = "new_volunteers" if each.id == "outflow" else "outflow"
    panel = values.panel(key(gemeente), (each.id, other), (period,), wijk)
    panel = panel[panel["indicator"] == each.id].reset_index(drop=True)

    here = map_[map_["area_code"] == wijk].reset_index(drop=True)
    for frame in (series, panel):
        same = frame[(frame["area_code"] == wijk) & (frame["period"] == period)]
        pd.testing.assert_frame_equal(same.reset_index(drop=True), here)
    in_panel = panel[panel["period"] == period].reset_index(drop=True)
    pd.testing.assert_frame_equal(in_panel, map_)
    in_series = panel[panel["area_code"] == wijk].sort_values("period", ignore_index=True)
    pd.testing.assert_frame_equal(in_series, series)


def test_a_count_is_the_same_as_the_indicator_made_of_it(last_quarter: str) -> None:
    counts = values.counts(key(CITY), ("outflow",), periods=("2025",))
    total = counts[counts["category"] == ""]["value"].iloc[0]
    frame = on_map(key(CITY), "outflow", "2025")
    whole = frame[frame["area_code"] == "GM0080"]["value"].iloc[0]
    assert whole == total
    # Small places without a group are in the total and in no class: that is said.
    classes = counts[counts["category"] != ""]
    assert 0 < classes["value"].sum() < total
    assert (classes["without"] > 0).all()
    assert counts[counts["category"] == ""]["without"].eq(0).all()


def test_a_map_has_every_place_once(last_quarter: str) -> None:
    for gemeente, wijken in (("GM0014", 20), ("GM0080", 22), ("GM0085", 13)):
        areas = about.areas(key(gemeente))
        levels = areas["level"].value_counts().to_dict()
        assert levels == {"wijk": wijken, "gemeente": 1, "elsewhere": 1, "unknown": 1}
        for each in INDICATORS:
            period = _usual_period(each.frequency, last_quarter)
            frame = on_map(key(gemeente), each.id, period)
            assert len(frame) == wijken + 3
            assert set(frame["area_code"]) == set(areas["area_code"])


def test_money_adds_up_over_every_breakdown(last_quarter: str) -> None:
    from data_access.amounts import GROUPS, money

    whole = money(key(CITY), ("year",))["euros"].sum()
    assert whole > 0
    for group in GROUPS:
        assert money(key(CITY), (group,))["euros"].sum() == pytest.approx(whole)


def test_questions_stay_small(last_quarter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    city = key(CITY)
    engine = door._engine(shelf().paths[city], None)
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    for each in INDICATORS:
        period = _usual_period(each.frequency, last_quarter)
        for question in (
            lambda each=each, period=period: on_map(city, each.id, period),
            lambda each=each: values.series(city, each.id, "WK008060"),
        ):
            asked.clear()
            assert 0 < len(question()) <= MOST_ROWS
            assert len(asked) <= MOST_QUERIES
    door._engine.cache_clear()


def test_an_unknown_area_or_period_gives_no_rows(last_quarter: str) -> None:
    assert on_map(key(CITY), "volunteers", "2019-Q1").empty
    assert values.series(key(CITY), "volunteers", "GM9999").empty


def test_a_release_that_is_not_there_is_a_sentence(last_quarter: str) -> None:
    gone = key(CITY)._replace(number=99)
    with pytest.raises(ReleaseUnavailable) as raised:
        on_map(gone, "volunteers", last_quarter)
    for language in ("nl", "en"):
        assert raised.value.message(language).endswith(".")


@pytest.mark.parametrize(
    "content",
    [b"", b"this is a letter, not a release. " * 100, b"SQLite format 3\x00" + b"x" * 500],
    ids=["empty", "a letter", "half a database"],
)
def test_a_file_that_is_no_release_is_told_and_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    path = tmp_path / "GM0080-0001-0123456789ab.sqlite"
    path.write_bytes(content)
    with pytest.raises(BrokenRelease) as raised:
        checked_header(path)
    assert path.name in raised.value.message_nl
    monkeypatch.setenv("RELEASES", str(tmp_path))
    assert about.releases().empty
    assert len(shelf().broken) == 1


@pytest.mark.parametrize("place", [0.001, 0.2, 0.5, 0.9, 0.9999])
def test_a_release_that_was_altered_is_not_shown(
    sample_releases: Path, tmp_path: Path, place: float
) -> None:
    source = releases.paths(sample_releases)[-1]
    content = bytearray(source.read_bytes())
    content[int(place * len(content))] ^= 1
    path = tmp_path / source.name
    path.write_bytes(content)
    with pytest.raises(BrokenRelease):
        checked_header(path)


def test_without_any_setting_the_shipped_sample_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = about.releases()
    assert set(shown["gemeente_code"]) == set(GEMEENTEN)
    assert shown["sample"].all()


def test_a_database_that_somebody_set_is_never_filled_with_the_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'own.sqlite'}")
    assert about.releases().empty
    assert list(tmp_path.iterdir()) == []


def test_what_is_published_in_the_embedded_database_takes_the_samples_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from data_access import settings

    monkeypatch.setattr(settings, "EMBEDDED_DATABASE", tmp_path / "embedded.sqlite")
    engine = writing_engine(settings.database_url())
    make_ready(engine)
    _publish_somebody(engine)
    engine.dispose()
    assert list(about.releases()["gemeente_code"]) == [GEMEENTE]


def test_a_release_being_written_is_not_seen(
    tiny: TinyRegister, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages go on reading the previous release until the new one is whole."""
    from data_access import release_file, releases_kept

    reading.publish()
    tiny.agreement("one-more", "2025-01-01")
    seen = []
    replace = release_file.os.replace

    def look_while_writing(aside, path) -> None:
        seen.append(list(about.releases()["number"]))
        replace(aside, path)

    monkeypatch.setattr(releases_kept.write_file.__globals__["os"], "replace", look_while_writing)
    reading.publish(even_if_unchanged=True)
    assert set(map(tuple, seen)) == {(1,)}
    assert list(about.releases()["number"]) == [2, 1]


def test_making_ready_twice_changes_nothing(empty_database: Engine) -> None:
    def size() -> int:
        with empty_database.connect() as connection:
            return int(connection.scalar(select(func.count()).select_from(register.quarter)) or 0)

    before = size()
    make_ready(empty_database)
    assert size() == before > 0
