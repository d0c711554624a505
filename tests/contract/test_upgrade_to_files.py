"""What revision 0002 makes of a filled database of before: people, suppliers, release files."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text

import data_access
from data_access.database import writing_engine
from data_access.errors import DataAccessError
from data_access.pseudonyms.stored import fingerprint, stored_pseudonym
from data_access.release_file import is_sealed
from data_access.releases_kept import write_missing_files
from data_access.schema import upgrade
from data_access.shelf import folder_of, shelf
from tests.databases import Databases
from tests.old_databases import old_database
from tests.releases import keys

KEY = "5c" * 32
OF_PEOPLE = ("agreement", "allowance", "ladder_reading", "placement", "result")


@pytest.fixture
def old(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An engine on a filled database of before, with a key to keep its people with."""
    monkeypatch.setenv("PSEUDONYM_KEY", KEY)
    url = old_database(databases)
    engine = writing_engine(url)
    yield engine
    engine.dispose()
    databases.drop(url)


def people(connection: Connection, table: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return per person the rows of a table, without the name of the person."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    columns = "organisation_id, wijk_code, id"
    for who, *row in connection.execute(text(f"SELECT participant, {columns} FROM {table}")):
        found.setdefault(who, []).append(tuple(row))
    return found


def shapes(found: dict[str, list[tuple[Any, ...]]]) -> Counter[tuple[Any, ...]]:
    """Return how many people have exactly these rows: who they are does not matter."""
    return Counter(tuple(sorted(rows)) for rows in found.values())


@pytest.mark.parametrize("table", OF_PEOPLE)
def test_everybody_keeps_all_rows_and_nobody_is_split_or_merged(old: Engine, table: str) -> None:
    with old.connect() as connection:
        before = people(connection, table)
    upgrade(old)
    with old.connect() as connection:
        after = people(connection, table)
    assert before
    assert shapes(after) == shapes(before)
    assert not before.keys() & after.keys()


def test_people_are_the_same_in_all_tables(old: Engine) -> None:
    def together(connection: Connection) -> Counter[tuple[Any, ...]]:
        everything: dict[str, list[tuple[Any, ...]]] = {}
        for table in OF_PEOPLE:
            for who, rows in people(connection, table).items():
                everything.setdefault(who, []).extend((table, *row) for row in rows)
        return shapes(everything)

    with old.connect() as connection:
        before = together(connection)
    upgrade(old)
    with old.connect() as connection:
        assert together(connection) == before


def test_people_are_kept_with_the_gemeentes_own_key(old: Engine) -> None:
    with old.connect() as connection:
        [(raw, organisation, gemeente)] = connection.execute(
            text(
                "SELECT a.participant, o.id, o.gemeente_code FROM agreement a "
                "JOIN organisation o ON o.id = a.organisation_id ORDER BY a.id LIMIT 1"
            )
        )
    upgrade(old)
    with old.connect() as connection:
        domain = connection.scalar(
            text("SELECT pseudonym_domain FROM organisation WHERE id = :id"), {"id": organisation}
        )
        stored = stored_pseudonym(
            bytes.fromhex(KEY), gemeente, domain or f"organisatie:{organisation}", raw
        )
        known = set(connection.scalars(text("SELECT pseudonym FROM participant")))
        kept = set(connection.scalars(text("SELECT fingerprint FROM pseudonym_key")))
    assert stored in known
    assert kept == {fingerprint(bytes.fromhex(KEY))}


def test_organisations_that_shared_people_share_a_domain(old: Engine) -> None:
    with old.connect() as connection:
        shared = connection.execute(
            text(
                "SELECT participant FROM agreement GROUP BY participant "
                "HAVING count(DISTINCT organisation_id) > 1"
            )
        ).all()
        organisations = set(
            connection.scalars(
                text(
                    "SELECT DISTINCT organisation_id FROM agreement WHERE participant IN "
                    "(SELECT participant FROM agreement GROUP BY participant "
                    "HAVING count(DISTINCT organisation_id) > 1)"
                )
            )
        )
    assert shared, "the old database has people at two organisations"
    upgrade(old)
    with old.connect() as connection:
        found = connection.execute(text("SELECT id, pseudonym_domain FROM organisation"))
        assert {each.id for each in found if each.pseudonym_domain} >= organisations


def test_no_pseudonym_as_it_was_delivered_stays_behind(old: Engine) -> None:
    with old.connect() as connection:
        raw = set(connection.scalars(text("SELECT pseudonym FROM participant")))
    assert len(raw) > 20
    upgrade(old)
    if old.dialect.name == "sqlite":
        path = Path(str(old.url.database))
        old.dispose()
        content = b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
        assert [each for each in raw if each.encode() in content] == []
        return
    with old.connect() as connection:
        for table in (*OF_PEOPLE, "participant"):
            for row in connection.execute(text(f"SELECT * FROM {table}")):
                assert not raw & set(map(str, row))


@pytest.fixture
def converted(
    old: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[dict[str, list[dict[str, Any]]], Path]:
    """The old rows of all releases by table, and a folder with the files made of them."""
    with old.connect() as connection:
        tables = ("pub_release", "pub_cell", "pub_amount", "pub_area", "pub_period")
        before = {
            table: [
                dict(row) for row in connection.execute(text(f"SELECT * FROM {table}")).mappings()
            ]
            for table in tables
        }
    upgrade(old)
    write_missing_files(old, tmp_path)
    monkeypatch.setenv("RELEASES", str(tmp_path))
    return before, tmp_path


def files_in(folder: Path) -> dict[tuple[str, int], Path]:
    """Return the files by gemeente and number: the reading door does not open on them."""
    paths = sorted(folder.glob("GM????-????-*.sqlite"))
    return {(path.name[:6], int(path.name[7:11])): path for path in paths}


def rows_in(path: Path, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table in a file of format 1."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]


def test_every_release_is_a_file_per_gemeente(converted: tuple[Any, Path]) -> None:
    before, folder = converted
    expected = {(row["gemeente_code"], row["release"]) for row in before["pub_period"]}
    assert set(files_in(folder)) == expected
    assert {number for _, number in expected} == {1, 2}
    for (_, number), path in files_in(folder).items():
        [header] = rows_in(path, "pub_release")
        assert is_sealed(path.read_bytes(), header["seal"])
        [old] = [row for row in before["pub_release"] if row["number"] == number]
        assert (header["reason_nl"], header["reason_en"]) == (old["reason_nl"], old["reason_en"])
        assert str(old["made_at"])[:19] == str(header["made_at"])[:19]


def test_the_converted_files_say_what_the_rows_said(converted: tuple[Any, Path]) -> None:
    before, folder = converted
    asked = {
        "pub_cell": ("measure", "period", "area_code", "item", "category", "value", "status"),
        "pub_amount": ("area_code", "year", "outcome", "kind", "cents"),
        "pub_area": ("area_code", "level", "name"),
        "pub_period": ("period", "kind"),
    }
    for one, path in files_in(folder).items():
        for table, names in asked.items():
            was = [row for row in before[table] if (row["gemeente_code"], row["release"]) == one]
            assert was, table
            said = Counter(tuple(row[name] for name in names) for row in rows_in(path, table))
            assert said == Counter(tuple(row[name] for name in names) for row in was), table


def test_converted_releases_are_kept_but_no_longer_read(converted: tuple[Any, Path]) -> None:
    """Their protection was not enough: nobody is shown a figure or a change of them."""
    _, folder = converted
    assert keys() == ()
    assert data_access.releases().empty
    assert len(shelf().broken) == len(files_in(folder)) == 4
    for sentence in shelf().broken:
        assert "older version" in sentence or "oudere versie" in sentence


def test_on_sqlite_the_files_are_put_beside_the_database(
    sqlite_databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSEUDONYM_KEY", KEY)
    url = old_database(sqlite_databases)
    engine = writing_engine(url)
    upgrade(engine)
    engine.dispose()
    assert len(list(folder_of(url).glob("*.sqlite"))) == 4
    sqlite_databases.drop(url)


def test_a_key_that_is_too_short_leaves_everything_as_it_was(
    old: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSEUDONYM_KEY", "kort")
    with pytest.raises(DataAccessError, match="te kort"):
        upgrade(old)
    with old.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM pub_release")) == 2
