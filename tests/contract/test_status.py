"""`status` tells what is there and leaves no trace."""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, func, inspect, select, text

from data_access import commands, register
from data_access.database import writing_engine
from data_access.errors import DatabaseUnavailable
from data_access.looking import look
from data_access.schema import newest_revision, upgrade
from tests.databases import Databases, PostgresDatabases, SqliteDatabases
from tests.old_databases import old_database

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A filled database of now in a folder of its own, closed by everybody."""
    databases = SqliteDatabases(tmp_path / "register")
    databases.folder.mkdir()
    engine = writing_engine(old_database(databases))
    upgrade(engine)
    engine.dispose()
    [releases] = databases.folder.glob("*.releases")
    shutil.rmtree(releases)
    (path,) = databases.folder.iterdir()
    return path


def traces(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Return moment of change and content of a folder and all in it."""
    inside = {each.name: (each.stat().st_mtime_ns, each.read_bytes()) for each in folder.iterdir()}
    return inside | {".": (folder.stat().st_mtime_ns, b"")}


def agreements(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(register.agreement)) or 0


def test_where_there_is_no_database_none_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'nergens' / 'x.sqlite'}")
    assert commands.run(["status"]) == 0
    assert "Er is nog geen database." in capsys.readouterr().out
    assert commands.run(["status", "--language", "en"]) == 0
    assert "There is no database yet." in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_a_file_and_its_folder_stay_as_they_are(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    before = traces(file.parent)
    assert list(before) == [file.name, "."]
    assert commands.run(["status"]) == 0
    shown = capsys.readouterr().out
    assert f"Schemaversie {newest_revision()}; dat is de nieuwste." in shown
    assert "vrijwilligers.csv: 64" in shown
    assert traces(file.parent) == before


def test_what_stands_in_the_log_of_a_file_in_use_is_seen(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    engine = writing_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        connection.execute(text("DELETE FROM agreement WHERE id = 'v-001'"))
        connection.commit()
        names = set(os.listdir(file.parent))
        content = file.read_bytes()
        assert commands.run(["status"]) == 0
        assert "vrijwilligers.csv: 63" in capsys.readouterr().out
        assert (set(os.listdir(file.parent)), file.read_bytes()) == (names, content)
    engine.dispose()


def test_a_file_that_changes_meanwhile_is_read_again(file: Path) -> None:
    def delete_one() -> None:
        engine = writing_engine(f"sqlite:///{file}")
        with engine.begin() as connection:
            first = select(func.min(register.agreement.c.id)).scalar_subquery()
            connection.execute(register.agreement.delete().where(register.agreement.c.id == first))
        engine.dispose()

    seen: list[int] = []

    def read(connection: Connection) -> int:
        seen.append(agreements(connection))
        if len(seen) == 1:
            delete_one()
        return seen[-1]

    assert look(f"sqlite:///{file}", read) == 63
    assert seen == [64, 63]

    def read_and_change(connection: Connection) -> int:
        number = agreements(connection)
        delete_one()
        return number

    with pytest.raises(DatabaseUnavailable, match="voortdurend gewijzigd"):
        look(f"sqlite:///{file}", read_and_change)


def test_nothing_can_be_changed_while_looking(empty_database: Engine) -> None:
    url = empty_database.url.render_as_string(hide_password=False)
    with pytest.raises(Exception, match=r"(?i)read-?only"):
        look(url, lambda connection: connection.execute(text("CREATE TABLE mine (x INTEGER)")))


def test_an_old_database_needs_an_upgrade_and_stays_as_it_is(
    databases: Databases, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    url = old_database(databases)
    monkeypatch.setenv("DATABASE_URL", url)
    assert commands.run(["status"]) == 0
    assert "werk de database bij met 'python -m data_access upgrade'" in capsys.readouterr().out
    engine = create_engine(url)
    assert not inspect(engine).has_table("alembic_version")
    engine.dispose()
    databases.drop(url)


def test_a_database_without_tables_gets_none(
    databases: Databases, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    url = databases.empty()
    if databases.kind == "sqlite":
        Path(url.removeprefix("sqlite:///")).touch()
    monkeypatch.setenv("DATABASE_URL", url)
    assert commands.run(["status"]) == 0
    assert "Er is nog geen database." in capsys.readouterr().out
    engine = create_engine(url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()
    databases.drop(url)


@pytest.fixture
def reader(postgres_databases: PostgresDatabases) -> Iterator[str]:
    """The URL of a role that may only read, on a filled database."""
    url = old_database(postgres_databases)
    role = f"reader_{uuid.uuid4().hex}"
    engine = writing_engine(url)
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE ROLE {role} LOGIN"))
        for schema in ("public", register.PUBLISHED):
            connection.execute(text(f"GRANT USAGE ON SCHEMA {schema} TO {role}"))
            connection.execute(text(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}"))
        connection.execute(text(f"ALTER ROLE {role} SET default_transaction_read_only = on"))
    yield engine.url.set(username=role, password=None).render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.execute(text(f"DROP OWNED BY {role}"))
        connection.execute(text(f"DROP ROLE {role}"))
    engine.dispose()
    postgres_databases.drop(url)


@pytest.mark.postgres
def test_a_role_that_may_only_read_is_enough(
    reader: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("DATABASE_URL", reader)
    assert commands.run(["status"]) == 0
    assert "vrijwilligers.csv: 64" in capsys.readouterr().out
