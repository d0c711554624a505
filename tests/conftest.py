"""What all tests share: databases of both kinds, the published sample, a browser.

A test that needs PostgreSQL or Chromium looks for it and is skipped with a reason where it is
missing. REQUIRE_POSTGRES=1 and REQUIRE_BROWSER=1 turn such a skip into a failure.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from data_access import door, settings
from data_access.database import make_ready, writing_engine
from data_access.deliveries import load
from data_access.publish import publish
from tests.databases import Databases, PostgresDatabases, SqliteDatabases

SAMPLE = settings.ROOT / "sample_data"
DATABASE_KINDS = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))
CHROMIUM_FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Let a skip fail where the environment promised that nothing would be missing."""
    report = yield
    for marker in ("browser", "postgres"):
        promised = os.environ.get(f"REQUIRE_{marker.upper()}") == "1"
        expected = hasattr(report, "wasxfail")
        if promised and report.skipped and not expected and item.get_closest_marker(marker):
            report.outcome = "failed"
            report.longrepr = f"REQUIRE_{marker.upper()}=1, but this was skipped: {report.longrepr}"
    return report


@pytest.fixture(scope="session", autouse=True)
def _nobodys_own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests away from the database, key and settings of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            ours = ("DATABASE_URL", "DISCLOSURE_KEY", "PSEUDONYM_KEY")
            if name in ours or name.startswith("ALLOWANCE_MAXIMUM_"):
                patch.delenv(name)
        folder = tmp_path_factory.mktemp("embedded")
        patch.setattr(settings, "EMBEDDED_DATABASE", folder / "embedded.sqlite")
        yield


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    """Make SQLite databases."""
    return SqliteDatabases(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_databases() -> PostgresDatabases:
    """Make databases on the PostgreSQL server of TEST_POSTGRES_URL."""
    given = os.environ.get("TEST_POSTGRES_URL", "").strip()
    if not given:
        pytest.skip("PostgreSQL: set TEST_POSTGRES_URL to a server on which databases can be made")
    server = make_url(given).set(drivername="postgresql+psycopg")
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        psycopg.connect(plain, connect_timeout=5).close()
    except psycopg.OperationalError:
        pytest.skip(f"PostgreSQL: nothing answers at TEST_POSTGRES_URL {server}")
    return PostgresDatabases(server)


@pytest.fixture(scope="session", params=DATABASE_KINDS)
def databases(request: pytest.FixtureRequest) -> Databases:
    """Make databases; a test that uses this runs on SQLite and on PostgreSQL."""
    return request.getfixturevalue(f"{request.param}_databases")


@pytest.fixture(scope="session")
def templates() -> Iterator[Callable[[Databases, str], str]]:
    """Return the URL of a database to copy: "ready" (tables only) or "sample" (published)."""
    made: dict[tuple[str, str], tuple[Databases, str]] = {}

    def template(databases: Databases, content: str) -> str:
        key = databases.kind, content
        if key not in made:
            url = databases.empty()
            made[key] = databases, url
            engine = writing_engine(url)
            make_ready(engine)
            if content == "sample":
                load(SAMPLE, engine)
                publish(engine)
            engine.dispose()
        return made[key][1]

    yield template
    for databases, url in made.values():
        databases.drop(url)


@pytest.fixture
def empty_database(databases: Databases, templates) -> Iterator[Engine]:
    """Return an engine on a database of its own with all tables and nothing in them."""
    yield from _engine_on_copy(databases, templates(databases, "ready"))


@pytest.fixture
def sample_copy(databases: Databases, templates) -> Iterator[Engine]:
    """Return an engine on an own copy of the published sample, to change and publish again."""
    yield from _engine_on_copy(databases, templates(databases, "sample"))


def _engine_on_copy(databases: Databases, template: str) -> Iterator[Engine]:
    url = databases.copy(template)
    engine = writing_engine(url)
    yield engine
    engine.dispose()
    databases.drop(url)


@pytest.fixture(scope="session")
def sample_database_url(databases: Databases, templates) -> Iterator[str]:
    """Return the URL of the published sample. Shared by the whole run: read it only."""
    url = databases.copy(templates(databases, "sample"))
    yield url
    door._engine.cache_clear()
    databases.drop(url)


@pytest.fixture
def sample_app(sample_database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let the reading door and the pages read the published sample; return its URL."""
    from dashboard import cached

    monkeypatch.setenv("DATABASE_URL", sample_database_url)
    cached.forget()
    return sample_database_url


def find_chromium() -> str | None:
    """Return the path of a Chromium: CHROMIUM, one on the path, or Playwright's own."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next((path for path in map(shutil.which, filter(None, names)) if path), None)
    if found:
        return found
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Return the path of a Chromium; skip where there is none."""
    found = find_chromium()
    if found is None:
        pytest.skip("Chromium: none on the path; install it or set CHROMIUM to its path")
    return found


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Return one headless Chromium for the whole run; make a context per test."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
