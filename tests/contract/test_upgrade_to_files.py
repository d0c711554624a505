"""What revision 0002 makes of a filled database of before: people, suppliers, release files."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text

import data_access
from data_access.database import writing_engine
from data_access.errors import DataAccessError
from data_access.pseudonyms.stored import fingerprint, stored_pseudonym
from data_access.release_file import checked_header, is_sealed
from data_access.releases_kept import write_missing_files
from data_access.schema import upgrade
from data_access.shelf import folder_of
from tests.databases import Databases
from tests.old_databases import old_database
from tests.releases import key, keys

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


def test_every_release_is_a_file_per_gemeente(converted: tuple[Any, Path]) -> None:
    before, folder = converted
    expected = {(row["gemeente_code"], row["release"]) for row in before["pub_period"]}
    assert {each[:2] for each in keys()} == expected
    assert {number for _, number in expected} == {1, 2}
    for path in folder.glob("*.sqlite"):
        header = checked_header(path)
        assert is_sealed(path.read_bytes(), header.seal)
        [old] = [row for row in before["pub_release"] if row["number"] == header.number]
        assert (header.reason_nl, header.reason_en) == (old["reason_nl"], old["reason_en"])
        assert str(old["made_at"])[:19] == str(header.made_at)[:19]


def test_the_converted_files_say_what_the_rows_said(converted: tuple[Any, Path]) -> None:
    before, _ = converted
    for one in keys():
        cells = [
            row for row in before["pub_cell"] if (row["gemeente_code"], row["release"]) == one[:2]
        ]
        assert cells
        measures = sorted({row["measure"] for row in cells})
        said = {
            (row["measure"], row["period"], row["item"], row["category"]): (
                None if row["value"] != row["value"] else row["value"],
                row["status"],
            )
            for row in data_access.counts(one, measures).to_dict("records")
        }
        expected = {
            (row["measure"], row["period"], row["item"], row["category"]): (
                row["value"],
                row["status"],
            )
            for row in cells
            if row["area_code"] == one.gemeente and row["organisation_id"] == ""
        }
        assert said == expected
        money = data_access.money(one, ("year",))["euros"].sum()
        cents = sum(
            row["cents"]
            for row in before["pub_amount"]
            if (row["gemeente_code"], row["release"]) == one[:2]
        )
        assert money == pytest.approx(cents / 100)
        wijken = data_access.areas(one)
        assert set(wijken["area_code"]) == {
            row["area_code"]
            for row in before["pub_area"]
            if (row["gemeente_code"], row["release"]) == one[:2]
        }


def test_what_changed_between_two_converted_releases_is_still_told(
    converted: tuple[Any, Path],
) -> None:
    gemeenten = sorted({each.gemeente for each in keys()})
    told = [
        len(data_access.changes(key(each, 1), key(each, 2)))
        + len(data_access.money_changes(key(each, 1), key(each, 2)))
        for each in gemeenten
    ]
    assert sum(told) > 0


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
