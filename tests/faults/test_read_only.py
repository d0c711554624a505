"""Releases are written for their owner only, aside first; nobody writes to one through the door."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dashboard.address.page_list import PAGES
from data_access import door, shelf
from data_access.database import writing_engine
from data_access.publish import publish
from data_access.shelf import folder_of
from tests.app.pages import opened
from tests.faults.registers import files_in

ATTEMPTS = (
    "INSERT INTO pub_release SELECT * FROM pub_release",
    "UPDATE pub_cell SET value = 0",
    "DELETE FROM pub_area",
    "DROP TABLE pub_area",
    "CREATE TABLE mine (id integer)",
    "PRAGMA query_only=OFF; DELETE FROM pub_area",
    "PRAGMA writable_schema=ON; DELETE FROM sqlite_master",
    "ATTACH DATABASE '{path}' AS again",
    "ATTACH DATABASE 'file:{path}?mode=rw' AS again",
    "ATTACH DATABASE ':memory:' AS other",
    "PRAGMA journal_mode=WAL",
    "PRAGMA user_version=7",
    "PRAGMA application_id=7",
    "VACUUM",
    "VACUUM INTO '{path}.copy'",
    "REINDEX",
)
# Opened by a page of the dashboard on SQLite, though it may not be.
_opened: list[str] = []
_listening = False


@pytest.fixture(params=["sqlite"])
def kind(request: pytest.FixtureRequest) -> str:
    """Return the kind of database of which publishing writes the files itself."""
    return request.param


@pytest.fixture
def published(register: str) -> Path:
    """Return the folder with the releases of a register."""
    engine = writing_engine(register)
    publish(engine)
    engine.dispose()
    return folder_of(register)


def test_only_the_owner_reads_files_and_folder(register: str, monkeypatch) -> None:
    replaced: list[tuple[str, int, int]] = []
    real = os.replace

    def noted(aside: str, path: Path) -> None:
        about = os.stat(aside)
        replaced.append((os.path.basename(aside), about.st_mode & 0o777, about.st_size))
        assert not os.path.exists(path)
        real(aside, path)

    folder = folder_of(register)
    shutil.rmtree(folder, ignore_errors=True)
    monkeypatch.setattr(os, "replace", noted)
    before = os.umask(0)
    try:
        engine = writing_engine(register)
        publish(engine)
        engine.dispose()
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert len(replaced) == len(files_in(folder)) == 4
    for name, mode, _size in replaced:
        assert name.startswith(".")
        assert name.endswith(".part")
        assert mode == 0o600
    assert sorted(size for *_rest, size in replaced) == sorted(
        path.stat().st_size for path in folder.glob("*.sqlite")
    )
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in folder.iterdir())


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_nobody_writes_to_a_release(published: Path, attempt: str) -> None:
    path = min(published.glob("*.sqlite"))
    before = {each.name: each.read_bytes() for each in published.iterdir()}
    engine = door._engine(path, None)
    failed = False
    with engine.connect() as connection:
        for statement in attempt.format(path=path).split("; "):
            try:
                connection.execute(text(statement.replace(":memory:", r"\\:memory\\:")))
                connection.commit()
            except DBAPIError:
                failed = True
    assert {each.name: each.read_bytes() for each in published.iterdir()} == before
    # SQLite answers to a change of its journal with the one it keeps.
    assert failed or attempt == "PRAGMA journal_mode=WAL"
    files_in(published)


def _listen() -> None:
    """Note every file that this process opens; such a hook stays until the process ends."""
    global _listening
    if not _listening:
        sys.addaudithook(_note)
        _listening = True


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("open", "sqlite3.connect", "os.open"):
        _opened.append(os.fsdecode(arguments[0]) if isinstance(arguments[0], str | bytes) else "")


def test_pages_never_open_the_register(
    register: str, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dashboard.frame import kept_views

    monkeypatch.setenv("DATABASE_URL", register)
    kept_views.forget()
    door._engine.cache_clear()
    _listen()
    _opened.clear()
    for page in PAGES:
        app = opened(page.id, gemeente="GM0001")
        assert not app.exception
        assert not app.error
    place = str(published.with_suffix(".sqlite"))
    assert Path(place).exists()
    assert any(str(published) in each for each in _opened), "the hook hears nothing"
    assert [each for each in _opened if place in each] == []
    held = [os.readlink(f"/proc/self/fd/{each}") for each in _descriptors()]
    assert [each for each in held if each.startswith(place)] == []
    assert len(shelf.shelf().headers) == 4


def _descriptors() -> list[str]:
    return [each for each in os.listdir("/proc/self/fd") if os.path.islink(f"/proc/self/fd/{each}")]
