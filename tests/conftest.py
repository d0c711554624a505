"""What all tests share: databases of both kinds, the published sample, a browser.

A test that needs PostgreSQL or Chromium looks for it and is skipped with a reason where it is
missing. REQUIRE_POSTGRES=1 and REQUIRE_BROWSER=1 turn such a skip into a failure.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import hypothesis
import psycopg
import pytest
from filelock import FileLock
from playwright.sync_api import Browser, expect, sync_playwright
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from dashboard.frame import kept_views
from data_access import settings
from data_access.database import writing_engine
from data_access.deliveries import load
from data_access.publish import publish
from data_access.schema import make_ready
from tests import releases
from tests.databases import Databases, PostgresDatabases, SqliteDatabases
from tests.keys import key_of

SAMPLE = settings.ROOT / "sample_data"
SAMPLE_DAY, SAMPLE_MOMENT = date(2026, 3, 17), datetime(2026, 3, 17, 9, 0, tzinfo=UTC)
# A busy machine is no fault of what is tested.
hypothesis.settings.register_profile("no deadline", deadline=None)
hypothesis.settings.load_profile("no deadline")
# Gemeenten of registers that tests make; the sample has a key of its own.
INVENTED_GEMEENTEN = (
    *("GM0001", "GM0002", "GM0090", "GM0193", "GM0299"),
    *("GM0363", "GM0998", "GM0999", "GM1699"),
)
DATABASE_KINDS = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))
Template = Callable[[Databases, str], str]
# How long a browser waits for what it expects: a busy machine is slow, not broken.
MILLISECONDS_TO_WAIT = 30_000
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
    """Keep the tests away from the database, keys and settings of whoever runs them."""
    ours = ("DATABASE_URL", "PSEUDONYM_KEY", "RELEASES")
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name in ours or name.startswith(("ALLOWANCE_MAXIMUM_", "DISCLOSURE_KEY")):
                patch.delenv(name)
        patch.setenv("DISCLOSURE_KEY", key_of("any one gemeente"))
        for gemeente in INVENTED_GEMEENTEN:
            patch.setenv(settings.own_disclosure_setting(gemeente), key_of(gemeente))
        folder = tmp_path_factory.mktemp("embedded")
        patch.setattr(settings, "EMBEDDED_DATABASE", folder / "embedded.sqlite")
        patch.setattr(settings, "FETCHED_RELEASES", folder / "fetched")
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
def templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    """Return the URL of a database to copy: "ready" (tables only) or "sample" (published).

    The sample takes long to publish, so all workers of a test run share one for each kind.
    """
    made: dict[tuple[str, str], tuple[Databases, str]] = {}

    def template(databases: Databases, content: str) -> str:
        key = databases.kind, content
        if key not in made:
            if content == "sample":
                made[key] = databases, _shared_sample(databases, tmp_path_factory)
            else:
                made[key] = databases, _filled(databases, content)
        return made[key][1]

    yield template
    for (_, content), (databases, url) in made.items():
        if content != "sample":
            databases.drop(url)


def _filled(databases: Databases, content: str) -> str:
    url = databases.empty()
    engine = writing_engine(url)
    make_ready(engine)
    if content == "sample":
        load(SAMPLE, engine, today=SAMPLE_DAY)
        publish(engine, moment=SAMPLE_MOMENT)
    engine.dispose()
    return url


def _shared_sample(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make the sample in the first worker that asks; let the others wait for it."""
    own = tmp_path_factory.getbasetemp()
    together = own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own
    with FileLock(together / f"{databases.kind}-sample.lock"):
        note = together / f"{databases.kind}-sample.txt"
        if not note.exists():
            note.write_text(_filled(databases, "sample"), encoding="utf-8")
        return note.read_text(encoding="utf-8")


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
def sample_register(databases: Databases, templates) -> Iterator[Engine]:
    """Return an engine on the published sample. Shared by the whole run: read it only."""
    yield from _engine_on_copy(databases, templates(databases, "sample"))


@pytest.fixture(scope="session")
def sample_releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sample's first releases, as they are shipped."""
    folder = tmp_path_factory.mktemp("releases")
    for path in releases.paths(settings.SHIPPED_RELEASES):
        shutil.copyfile(path, folder / path.name)
    return folder


@pytest.fixture
def sample_app(sample_releases: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the reading door and the pages read the sample's first releases; return their folder."""

    monkeypatch.setenv("RELEASES", str(sample_releases))
    kept_views.forget()
    return sample_releases


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
    expect.set_options(timeout=MILLISECONDS_TO_WAIT)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
