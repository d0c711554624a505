"""The loader killed and stopped at any moment, and met by others while it is at work."""

import shutil
import time
from collections import Counter
from pathlib import Path

import pytest

from data_access.database import writing_engine
from data_access.schema import make_ready
from tests.faults import loads
from tests.faults.processes import both, command, set_constant, stop_in, wait_until
from tests.faults.registers import content, is_marked_busy
from tests.faults.test_killed import MANY, _kill_at, _moments, _tell
from tests.faults.test_one_at_a_time import SHORT_LIMIT, refusal

IN_THE_TRANSACTION = (stop_in, ("data_access.deliveries.loading", "_write"))
AT_THE_END = ("data_access.exclusive", "_remove_note")


@pytest.fixture(scope="module")
def deliveries(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the folders of a first delivery and of a larger one."""
    folder = tmp_path_factory.mktemp("deliveries")
    return loads.first(folder / "first"), loads.larger(folder / "larger")


@pytest.fixture
def loaded(kind: str, makers, deliveries, tmp_path: Path):
    """Return the URL of a register with the first delivery in it."""
    url = makers(kind).empty()
    engine = writing_engine(url)
    make_ready(engine)
    engine.dispose()
    started = command(tmp_path, url, "load", str(deliveries[0]), environment=loads.KEY)
    assert started.ended() == 0, started.output
    yield url
    makers(kind).drop(url)


def test_loader_killed(
    kind: str, makers, loaded: str, deliveries, kills: int, tmp_path: Path
) -> None:
    arguments = ("load", str(deliveries[1]))
    before = content(loaded)
    url = makers(kind).copy(loaded)
    whole = command(tmp_path, url, *arguments, environment=loads.KEY)
    assert whole.ended() == 0, whole.output
    seconds = time.monotonic() - whole.began
    after = content(url)
    makers(kind).drop(url)
    assert after != before
    phases: Counter[str] = Counter()
    for moment in _moments(kills, seconds):
        url = makers(kind).copy(loaded)
        _kill_at(command(tmp_path, url, *arguments, environment=loads.KEY), moment)
        found = content(url)
        assert found in (before, after), f"killed after {moment:.3f} s of {seconds:.3f} s"
        during = found == before and is_marked_busy(url)
        phases["during" if during else "before" if found == before else "after"] += 1
        again = command(tmp_path, url, *arguments, environment=loads.KEY)
        assert again.ended() == 0, again.output
        assert content(url) == after
        makers(kind).drop(url)
    _tell("loader", kind, kills, phases)
    # Few kills may all miss on a machine that is busy with something else.
    assert phases["during"] > 0 or kills < MANY


def test_killed_when_all_but_the_end_was_written(
    kind: str, makers, loaded: str, deliveries, tmp_path: Path
) -> None:
    arguments = ("load", str(deliveries[1]))
    before = content(loaded)
    other = makers(kind).copy(loaded)
    whole = command(tmp_path, other, *arguments, environment=loads.KEY)
    assert whole.ended() == 0, whole.output
    after = content(other)
    makers(kind).drop(other)
    killed = command(
        tmp_path, loaded, *arguments, environment=loads.KEY, before=stop_in, before_with=AT_THE_END
    )
    killed.wait_until_stopped()
    killed.kill()
    assert content(loaded) == before
    # The server may need a moment to notice that its client is gone.
    wait_until(lambda: command(tmp_path, loaded, *arguments, environment=loads.KEY).ended() == 0)
    assert content(loaded) == after


@pytest.mark.parametrize(
    ("first", "second"), [("load", "publish"), ("publish", "load"), ("load", "load")]
)
def test_loader_and_publisher_refuse_each_other(
    register: str, kind: str, deliveries, tmp_path: Path, first: str, second: str
) -> None:
    """The first one is stopped: it would never be ready."""
    arguments = {"load": ("load", str(deliveries[0])), "publish": ("publish",)}
    where = {"load": IN_THE_TRANSACTION, "publish": (stop_in, ("data_access.publish", "_draft"))}
    at_work = command(
        tmp_path,
        register,
        *arguments[first],
        environment=loads.KEY,
        before=both,
        before_with=(where[first],),
    )
    at_work.wait_until_stopped()
    took, said = refusal(tmp_path, register, *arguments[second], environment=loads.KEY)
    print(f"\n{kind}: {second} while {first} is at work was refused in {took:.2f} s")
    doing = {"load": "geladen", "publish": "gepubliceerd"}[first]
    assert f"Er wordt nu {doing} door " in said, said
    assert f", proces {at_work.number}, sinds " in said
    at_work.go_on()
    assert at_work.ended() == 0, at_work.output


@pytest.mark.postgres
@pytest.mark.parametrize("kind", ["postgres"])
def test_a_loader_that_hangs_is_ended(loaded: str, deliveries, tmp_path: Path) -> None:
    before = content(loaded)
    arguments = ("load", str(deliveries[1]))
    hanging = command(
        tmp_path,
        loaded,
        *arguments,
        environment=loads.KEY,
        before=both,
        before_with=(SHORT_LIMIT, IN_THE_TRANSACTION),
    )
    hanging.wait_until_stopped()

    def loaded_by_another() -> bool:
        again = command(tmp_path, loaded, *arguments, environment=loads.KEY)
        return again.ended() == 0

    assert content(loaded) == before
    wait_until(loaded_by_another)
    after = content(loaded)
    assert after != before
    hanging.go_on()
    assert hanging.ended() == 1
    assert len(hanging.output.strip().splitlines()) == 1, hanging.output
    assert content(loaded) == after


def test_killed_when_the_key_was_just_made(kind: str, makers, deliveries, tmp_path: Path) -> None:
    """A key of a load that never was is the key of the next one."""
    url = makers(kind).empty()
    embedded = tmp_path / "own" / "embedded.sqlite"
    embedded.parent.mkdir()
    own = (set_constant, ("data_access.settings", "EMBEDDED_DATABASE", embedded))
    stop = (stop_in, ("data_access.deliveries.loading", "write_participants"))
    arguments = ("load", str(deliveries[0]))
    started = command(tmp_path, url, *arguments, before=both, before_with=(own, stop))
    started.wait_until_stopped()
    key = (embedded.parent / "pseudonym.key").read_bytes()
    started.kill()
    again = command(tmp_path, url, *arguments, before=both, before_with=(own,))
    assert again.ended() == 0, again.output
    assert (embedded.parent / "pseudonym.key").read_bytes() == key
    makers(kind).drop(url)
    shutil.rmtree(embedded.parent)
