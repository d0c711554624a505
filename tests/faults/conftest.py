"""Registers on both databases for the faults, on a PostgreSQL server of their own."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data_access.database import writing_engine
from data_access.schema import make_ready
from tests.databases import Databases, PostgresDatabases, SqliteDatabases
from tests.faults.cluster import Cluster, running_cluster
from tests.faults.processes import kill_all
from tests.faults.registers import fill

KINDS = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


@pytest.fixture(autouse=True)
def _nobody_left_behind() -> Iterator[None]:
    yield
    kill_all()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Give a PostgreSQL server that may be stopped; whoever stops it starts it again."""
    with running_cluster() as made:
        yield made


@pytest.fixture(scope="session")
def here(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    """Make SQLite databases."""
    return SqliteDatabases(tmp_path_factory.mktemp("faults"))


@pytest.fixture(scope="session")
def makers(here: SqliteDatabases, request: pytest.FixtureRequest) -> Callable[[str], Databases]:
    """Return who makes databases of a kind."""

    def maker(kind: str) -> Databases:
        if kind == "sqlite":
            return here
        return PostgresDatabases(request.getfixturevalue("cluster").url)

    return maker


@pytest.fixture(scope="session")
def filled(makers: Callable[[str], Databases]) -> Callable[[str], str]:
    """Return the URL of a register of a kind that has something to publish: copy it."""
    made: dict[str, str] = {}

    def template(kind: str) -> str:
        if kind not in made:
            made[kind] = makers(kind).empty()
            engine = writing_engine(made[kind])
            make_ready(engine)
            fill(engine)
            engine.dispose()
        return made[kind]

    return template


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Return a kind of database; a test that uses this runs on SQLite and on PostgreSQL."""
    return request.param


@pytest.fixture
def register(kind: str, makers, filled) -> Iterator[str]:
    """Return the URL of a register of one's own that has something to publish."""
    url = makers(kind).copy(filled(kind))
    yield url
    makers(kind).drop(url)


@pytest.fixture
def kills() -> int:
    """Return how often each process is killed: KILLS, 4 when it is not set."""
    return int(os.environ.get("KILLS", "4"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder for release files."""
    made = tmp_path / "releases"
    made.mkdir(mode=0o700)
    return made
