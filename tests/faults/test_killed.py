"""Publisher, loader and fetcher killed at any moment: nothing half done or lost, no lock left.

KILLS says how often each is killed (4 when it is not set), at moments that are spread evenly over
how long an undisturbed run takes.
"""

import io
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from data_access import fetching
from data_access.commands import run
from data_access.database import writing_engine
from data_access.publish import publish
from data_access.release_file import SECONDS_ASIDE
from data_access.shelf import folder_of
from tests.databases import Databases
from tests.faults.processes import Started, command, start
from tests.faults.registers import (
    change,
    content,
    files_in,
    is_marked_busy,
    leftovers_in,
)

RELEASES_TO_FETCH = 3
SHARE_OF_WRITING = 0.1
MANY = 20


def _kill_at(began: Started, seconds: float) -> None:
    time.sleep(max(began.began + seconds - time.monotonic(), 0))
    began.kill()


def _moments(kills: int, seconds: float) -> list[float]:
    return [(each + 0.5) / kills * seconds for each in range(kills)]


def _run_again(url: str, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with redirect_stdout(io.StringIO()):
        assert run(arguments) == 0


def _age(leftovers: list[Path]) -> None:
    for each in leftovers:
        os.utime(each, (0, time.time() - SECONDS_ASIDE - 1))


def _forget(url: str, maker: Databases) -> None:
    shutil.rmtree(folder_of(url), ignore_errors=True)
    maker.drop(url)


def _undisturbed(
    maker: Databases, template: str, tmp_path: Path, arguments: tuple[str, ...]
) -> tuple[str, int, float]:
    """Return what a register holds after a whole run, how many files there are, and its seconds."""
    times = []
    for _ in range(2):
        url = maker.copy(template)
        whole = command(tmp_path, url, *arguments)
        assert whole.ended() == 0, whole.output
        times.append(time.monotonic() - whole.began)
        after, files = content(url), len(files_in(folder_of(url)))
        _forget(url, maker)
    return after, files, min(times)


def _kill_again_and_again(
    maker: Databases,
    template: str,
    tmp_path: Path,
    kills: int,
    arguments: tuple[str, ...],
    again: Callable[[str], None],
) -> Counter[str]:
    before = content(template)
    after, files, seconds = _undisturbed(maker, template, tmp_path, arguments)
    assert after != before
    phases: Counter[str] = Counter()
    for moment in _moments(kills, seconds):
        url = maker.copy(template)
        _kill_at(command(tmp_path, url, *arguments), moment)
        found = content(url)
        assert found in (before, after), f"killed after {moment:.3f} s of {seconds:.3f} s"
        during = found == before and is_marked_busy(url)
        phases["during" if during else "before" if found == before else "after"] += 1
        folder = folder_of(url)
        assert len(files_in(folder)) <= files
        _age(leftovers_in(folder))
        began = time.monotonic()
        again(url)
        assert time.monotonic() - began < 5 * seconds + 2
        assert content(url) == after, f"killed after {moment:.3f} s of {seconds:.3f} s"
        assert len(files_in(folder)) == files
        assert leftovers_in(folder) == []
        _forget(url, maker)
    return phases


def _tell(who: str, kind: str, kills: int, phases: Counter[str]) -> None:
    told = ", ".join(f"{phases[each]} {each}" for each in ("before", "during", "after"))
    print(f"\n{who} on {kind} killed {kills} times: {told} its work")


def test_publisher_killed(
    kind: str, makers, filled, kills: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    phases = _kill_again_and_again(
        makers(kind),
        filled(kind),
        tmp_path,
        kills,
        ("publish",),
        lambda url: _run_again(url, monkeypatch, "publish"),
    )
    _tell("publisher", kind, kills, phases)
    # Few kills may all miss on a machine that is busy with something else.
    assert phases["during"] > 0 or kills < MANY


@pytest.fixture
def many_releases(kind: str, makers, filled):
    """Return the URL of a register with several releases of each gemeente."""
    url = makers(kind).copy(filled(kind))
    engine = writing_engine(url)
    for _ in range(RELEASES_TO_FETCH):
        publish(engine)
        change(engine)
    engine.dispose()
    yield url
    _forget(url, makers(kind))


@pytest.mark.postgres
@pytest.mark.parametrize("kind", ["postgres"])
def test_fetcher_killed(many_releases: str, kills: int, tmp_path: Path) -> None:
    wanted = 2 * (RELEASES_TO_FETCH + 1)
    times = []
    # The first one also waits for what all processes are forked from.
    for folder in (tmp_path / "warm", tmp_path / "whole", tmp_path / "once more"):
        whole = start(tmp_path, fetch_once, many_releases, folder)
        assert whole.ended() == 0, whole.output
        times.append(time.monotonic() - whole.began)
    seconds = min(times)
    names = files_in(tmp_path / "whole")
    assert len(names) == wanted
    phases: Counter[str] = Counter()
    for number, moment in enumerate(_moments(kills, seconds)):
        folder = tmp_path / f"fetched-{number}"
        fetcher = start(tmp_path, fetch_once, many_releases, folder)
        if number % 2:
            # Writing is short: half of the kills wait for it to begin.
            _wait_for_a_file(folder, fetcher)
            time.sleep(moment * SHARE_OF_WRITING)
            fetcher.kill()
        else:
            _kill_at(fetcher, moment)
        found = files_in(folder)
        assert found <= names
        during = leftovers_in(folder) or 0 < len(found) < wanted
        phases["during" if during else "after" if found else "before"] += 1
        _age(leftovers_in(folder))
        assert start(tmp_path, fetch_once, many_releases, folder).ended() == 0
        assert files_in(folder) == names
        assert leftovers_in(folder) == []
        for name in names:
            assert (folder / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
    _tell("fetcher", "postgres", kills, phases)
    assert phases["during"] > 0 or kills < MANY


def _wait_for_a_file(folder: Path, fetcher: Started) -> None:
    while fetcher.process.is_alive() and not (folder.is_dir() and any(folder.iterdir())):
        time.sleep(0.0005)


def fetch_once(url: str, folder: Path) -> int:
    """Do once what the dashboard's thread does again and again."""
    state, error = fetching._fetch_once(url, folder)
    if error is not None:
        print(error)
    return int(state.failing)


@pytest.mark.postgres
@pytest.mark.parametrize("kind", ["postgres"])
def test_two_dashboards_fetch_into_one_folder(many_releases: str, tmp_path: Path) -> None:
    for attempt in range(3):
        folder = tmp_path / f"shared-{attempt}"
        both = [start(tmp_path, fetch_once, many_releases, folder) for _ in range(2)]
        assert [each.ended() for each in both] == [0, 0], [each.output for each in both]
        assert len(files_in(folder)) == 2 * (RELEASES_TO_FETCH + 1)
        assert leftovers_in(folder) == []


@pytest.mark.parametrize("kind", ["sqlite"])
def test_what_somebody_else_is_writing_is_left_alone(
    register: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(register)
    folder.mkdir(mode=0o700, exist_ok=True)
    fresh, old = folder / ".fresh.part", folder / ".old.part"
    for each in (fresh, old):
        each.write_bytes(b"half a release")
    _age([old])
    _run_again(register, monkeypatch, "publish")
    assert leftovers_in(folder) == [fresh]
    shutil.rmtree(folder)
