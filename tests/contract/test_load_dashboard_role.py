"""`grant`: in PostgreSQL the dashboard's own role reads releases and nothing else."""

import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import ProgrammingError

from data_access import register
from data_access.dashboard_role import let_dashboard_read
from data_access.database import writing_engine
from data_access.errors import DataAccessError
from data_access.schema import make_ready
from tests.databases import PostgresDatabases

pytestmark = pytest.mark.postgres
RELEASES = f"{register.PUBLISHED}.release_file"


@pytest.fixture
def postgres(postgres_databases: PostgresDatabases) -> Iterator[Engine]:
    """An engine on an empty, ready PostgreSQL database."""
    url = postgres_databases.empty()
    engine = writing_engine(url)
    make_ready(engine)
    yield engine
    engine.dispose()
    postgres_databases.drop(url)


@pytest.fixture
def role(postgres: Engine) -> Iterator[str]:
    """A new role that may log in, with a name that needs quotes."""
    name = f'Dash "board" {uuid.uuid4().hex}'
    quoted = postgres.dialect.identifier_preparer.quote_identifier(name)
    with postgres.begin() as connection:
        connection.execute(text(f"CREATE ROLE {quoted} LOGIN"))
    yield name
    with postgres.begin() as connection:
        connection.execute(text(f"DROP OWNED BY {quoted}"))
        connection.execute(text(f"DROP ROLE {quoted}"))


def reads(engine: Engine, role: str, table: str) -> bool:
    """Tell whether someone who logs in as the role can read a table."""
    as_role = create_engine(engine.url.set(username=role))
    try:
        with as_role.connect() as connection:
            connection.execute(text(f"SELECT * FROM {table} LIMIT 1"))
    except ProgrammingError:
        return False
    finally:
        as_role.dispose()
    return True


def quoted(engine: Engine, role: str) -> str:
    return engine.dialect.identifier_preparer.quote_identifier(role)


def test_the_role_reads_releases_and_nothing_else(postgres: Engine, role: str) -> None:
    assert not reads(postgres, role, RELEASES)
    let_dashboard_read(postgres, role)
    assert {name for name in register.metadata.tables if reads(postgres, role, name)} == {RELEASES}


def test_the_role_writes_nothing(postgres: Engine, role: str) -> None:
    let_dashboard_read(postgres, role)
    as_role = create_engine(postgres.url.set(username=role))
    for statement in (
        f"DELETE FROM {RELEASES}",
        f"TRUNCATE {RELEASES}",
        f"UPDATE {RELEASES} SET number = 0",
        "CREATE TABLE extra (x int)",
        "CREATE TABLE pub.extra (x int)",
    ):
        with as_role.connect() as connection, pytest.raises(ProgrammingError):
            connection.execute(text(statement))
    as_role.dispose()


def test_what_the_role_or_everyone_held_before_is_taken_away(postgres: Engine, role: str) -> None:
    with postgres.begin() as connection:
        connection.execute(text(f"GRANT ALL ON agreement TO {quoted(postgres, role)}"))
        connection.execute(text("GRANT SELECT ON participant TO PUBLIC"))
    let_dashboard_read(postgres, role)
    assert not reads(postgres, role, "agreement")
    assert not reads(postgres, role, "participant")


def test_twice_is_the_same_as_once(postgres: Engine, role: str) -> None:
    let_dashboard_read(postgres, role)
    let_dashboard_read(postgres, role)
    assert reads(postgres, role, RELEASES)
    assert not reads(postgres, role, "spending")


@pytest.mark.parametrize("power", ["SUPERUSER", "member"])
def test_a_role_that_can_reach_more_is_refused(postgres: Engine, role: str, power: str) -> None:
    name = quoted(postgres, role)
    statement = f"GRANT pg_read_all_data TO {name}" if power == "member" else ""
    with postgres.begin() as connection:
        connection.execute(text(statement or f"ALTER ROLE {name} SUPERUSER"))
    with pytest.raises(DataAccessError, match="kan meer dan publicaties lezen"):
        let_dashboard_read(postgres, role)
    with postgres.begin() as connection:
        connection.execute(text(f"ALTER ROLE {name} NOSUPERUSER"))
        connection.execute(text(f"REVOKE pg_read_all_data FROM {name}"))
    assert not reads(postgres, role, RELEASES)


def test_a_role_that_does_not_exist(postgres: Engine) -> None:
    with pytest.raises(DataAccessError, match="CREATE ROLE"):
        let_dashboard_read(postgres, 'x"; DROP TABLE agreement; --')
