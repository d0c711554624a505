"""A disk that is full or may not be written to: one sentence, and the old figures stay."""

import codecs
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dashboard.frame import kept_views
from data_access import door, fetching, shelf
from data_access.database import writing_engine
from data_access.publish import publish
from data_access.shelf import folder_of
from tests.app.pages import opened
from tests.faults import loads
from tests.faults.processes import Started, command, start
from tests.faults.readers import QUIET, app
from tests.faults.registers import change, content, files_in, leftovers_in

NOBODY = 65534
ROOM = 40_000


@contextmanager
def _small_disk(folder: Path, size: str) -> Iterator[None]:
    """Give a folder a disk of its own; skip where this is not allowed."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0700", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, text=True, check=False)
    except OSError as error:
        pytest.skip(f"mount: {error}")
    if done.returncode != 0:
        pytest.skip(f"mount: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _fill_up(folder: Path) -> Path:
    """Fill a disk to the last byte and return the file that does it."""
    stuffing = folder / "stuffing"
    with stuffing.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 10, 1):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                continue
    return stuffing


def _one_sentence(started: Started, *words: str) -> None:
    assert started.ended() == 1, started.output
    told = started.output.strip().splitlines()
    assert len(told) == 1, told
    assert any(word in told[0] for word in words), told
    assert told[0].endswith(".")
    assert "Traceback" not in told[0]


def limit_files(most: int) -> None:
    """Let no file that this process writes become longer than so many bytes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def become_nobody() -> None:
    """Go on as a user who may write nowhere, nor read what lies in this user's Python."""
    for name in ("utf-8-sig", "cp1252", "utf-16"):
        codecs.lookup(name)
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def _work(what: str, folder: Path) -> tuple[str, ...]:
    """Return the arguments of a command that changes the register."""
    return ("publish",) if what == "publish" else ("load", str(loads.larger(folder / "levering")))


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


@pytest.fixture(params=["sqlite"])
def kind(request: pytest.FixtureRequest) -> str:
    """Return the kind of database that lies on a disk of ours."""
    return request.param


@pytest.fixture
def published(register: str) -> Iterator[str]:
    """Return the URL of a register of which everything was published, and which changed again."""
    engine = writing_engine(register)
    publish(engine)
    change(engine)
    engine.dispose()
    yield register
    shutil.rmtree(folder_of(register), ignore_errors=True)


def test_no_room_for_release_files(published: str, tmp_path: Path) -> None:
    folder = folder_of(published)
    kept = tmp_path / "kept"
    shutil.move(folder, kept)
    with _small_disk(folder, "8m"):
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        before = files_in(folder)
        stuffing = _fill_up(folder)
        _one_sentence(command(tmp_path, published, "publish"), "Maak ruimte")
        assert files_in(folder) == before
        assert leftovers_in(folder) == []
        stuffing.unlink()
        again = command(tmp_path, published, "publish")
        assert again.ended() == 0, again.output
        assert len(files_in(folder)) == len(before) + 2


@pytest.mark.parametrize("what", ["publish", "load"])
def test_no_room_for_the_register(published: str, tmp_path: Path, what: str) -> None:
    """The register is on a disk that is full: nothing changes until there is room."""
    disk = tmp_path / "disk"
    with _small_disk(disk, "16m"):
        file = Path(published.removeprefix("sqlite:///"))
        shutil.copy(file, disk / "register.sqlite")
        shutil.copytree(folder_of(published), disk / "register.releases")
        url = f"sqlite:///{disk / 'register.sqlite'}"
        before, files = content(url), files_in(folder_of(url))
        stuffing = _fill_up(disk)
        work = _work(what, tmp_path)
        _one_sentence(command(tmp_path, url, *work, environment=loads.KEY), "Maak ruimte")
        stuffing.unlink()
        assert content(url) == before
        assert files_in(folder_of(url)) == files
        again = command(tmp_path, url, *work, environment=loads.KEY)
        assert again.ended() == 0, again.output
        assert content(url) != before


@pytest.mark.parametrize("most", [ROOM, 4 * ROOM, 16 * ROOM])
def test_files_may_not_grow(published: str, tmp_path: Path, most: int) -> None:
    """Where nothing can be mounted: the file gets no more room in the middle of the work."""
    before, files = content(published), files_in(folder_of(published))
    started = command(tmp_path, published, "publish", before=limit_files, before_with=(most,))
    _one_sentence(started, "Maak ruimte")
    assert files_in(folder_of(published)) >= files
    assert leftovers_in(folder_of(published)) == []
    if content(published) == before:
        assert files_in(folder_of(published)) == files
    again = command(tmp_path, published, "publish")
    assert again.ended() == 0, again.output
    assert len(files_in(folder_of(published))) == len(files) + 2


@pytest.fixture
def for_anybody() -> Iterator[Path]:
    """Return a folder that every user reaches."""
    folder = Path(tempfile.mkdtemp(prefix="faults-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@needs_root
@pytest.mark.parametrize("what", ["publish", "load"])
@pytest.mark.parametrize("closed", ["register", "folder of the register"])
def test_a_register_that_may_not_be_written(
    published: str, tmp_path: Path, for_anybody: Path, what: str, closed: str
) -> None:
    work = _work(what, for_anybody)
    file = for_anybody / "register.sqlite"
    shutil.copy(Path(published.removeprefix("sqlite:///")), file)
    shutil.copytree(folder_of(published), for_anybody / "register.releases")
    if closed == "register":
        for_anybody.chmod(0o777)
        file.chmod(0o644)
    else:
        file.chmod(0o666)
    url = f"sqlite:///{file}"
    before = file.read_bytes()
    files = files_in(folder_of(url))
    _one_sentence(
        command(tmp_path, url, *work, before=become_nobody, environment=loads.KEY), "Geef"
    )
    assert file.read_bytes() == before
    assert files_in(folder_of(url)) == files


@needs_root
def test_a_folder_for_releases_that_may_not_be_written(
    published: str, tmp_path: Path, for_anybody: Path
) -> None:
    file = for_anybody / "register.sqlite"
    shutil.copy(Path(published.removeprefix("sqlite:///")), file)
    shutil.copytree(folder_of(published), for_anybody / "register.releases")
    (for_anybody / "register.releases").chmod(0o755)
    for each in for_anybody.rglob("*.sqlite"):
        each.chmod(0o644)
    file.chmod(0o666)
    for_anybody.chmod(0o777)
    url = f"sqlite:///{file}"
    files = files_in(folder_of(url))
    started = command(tmp_path, url, "publish", before=become_nobody)
    _one_sentence(started, "geef schrijfrechten")
    assert files_in(folder_of(url)) == files


@needs_root
def test_releases_in_a_folder_that_may_only_be_read(
    published: str, tmp_path: Path, for_anybody: Path
) -> None:
    folder = for_anybody / "releases"
    shutil.copytree(folder_of(published), folder)
    folder.chmod(0o555)
    for each in folder.iterdir():
        each.chmod(0o444)
    started = start(tmp_path, show_all, folder)
    assert started.ended() == 0, started.output


def show_all(folder: Path) -> int:
    """Open a page on the releases of a folder as somebody who may only read them."""
    os.environ["RELEASES"] = str(folder)
    # Once before, since nobody else may import what lies in this user's Python.
    opened("overview", gemeente="GM0001")
    kept_views.forget()
    door._engine.cache_clear()
    become_nobody()
    try:
        (folder / "mine").touch()
    except PermissionError:
        shown = opened("overview", gemeente="GM0001")
        print(shown.exception, shown.error)
        return int(bool(shown.exception or shown.error) or len(shelf.shelf().headers) != 4)
    return 1


@pytest.mark.postgres
def test_the_fetcher_keeps_the_old_figures(cluster, makers, filled, tmp_path: Path) -> None:
    url = makers("postgres").copy(filled("postgres"))
    folder = tmp_path / "releases"
    with _small_disk(folder, "8m"):
        _state, error = fetching._fetch_once(url, folder)
        assert error is None
        engine = writing_engine(url)
        publish(engine)
        engine.dispose()
        before = files_in(folder)
        stuffing = _fill_up(folder)
        with app(tmp_path, url, folder) as running:
            cause = running.wait_until_failing()
            assert "cannot be written to" in cause
            assert str(folder) not in cause
            assert running.open_all().everywhere(QUIET)
            assert files_in(folder) == before
            assert leftovers_in(folder) == []
            stuffing.unlink()
            running.wait_until_well()
            assert running.open_all().nowhere(QUIET)
        assert len(files_in(folder)) == len(before) + 2
    makers("postgres").drop(url)
