"""A file that is not what was published is never shown; the release before it is."""

import json
import os
import random
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from data_access import door, fetching, release_tables, shelf
from data_access.database import writing_engine
from data_access.door import ask
from data_access.errors import ReleaseUnavailable
from data_access.publish import publish
from data_access.release import areas
from data_access.release_file import BrokenRelease, checked_header, file_content
from data_access.shelf import folder_of
from tests.app.pages import opened, words
from tests.faults.registers import change

CUTS, BYTES = 50, 200


@pytest.fixture(scope="module")
def published(makers, filled) -> Iterator[Path]:
    """Return a folder with three releases of each gemeente, as publishing left it."""
    url = makers("sqlite").copy(filled("sqlite"))
    engine = writing_engine(url)
    publish(engine)
    change(engine)
    publish(engine)
    engine.dispose()
    yield folder_of(url)
    shutil.rmtree(folder_of(url))
    makers("sqlite").drop(url)


@pytest.fixture
def releases(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a copy of the folder that the pages read."""
    folder = tmp_path / "releases"
    shutil.copytree(published, folder)
    monkeypatch.setenv("RELEASES", str(folder))
    _forget()
    yield folder
    _forget()


def _forget() -> None:
    from dashboard.frame import kept_views

    kept_views.forget()
    door._engine.cache_clear()


def _newest(folder: Path, gemeente: str = "GM0001") -> Path:
    return sorted(folder.glob(f"{gemeente}-*.sqlite"))[-1]


def _shown() -> dict[str, int]:
    return {each.gemeente_code: each.number for each in shelf.shelf().current()}


def _cut(content: bytes) -> Iterator[bytes]:
    for place in range(CUTS):
        yield content[: len(content) * place // CUTS]
    yield content[:-1]


def _altered(content: bytes) -> Iterator[bytes]:
    chance = random.Random(8)
    seal = content.rfind(checked_seal(content))
    places = [*range(0, 100, 4), *range(seal, seal + 64, 4)]
    places += [chance.randrange(len(content)) for _ in range(BYTES - len(places))]
    for place in places:
        changed = bytearray(content)
        changed[place] ^= chance.randrange(1, 256)
        yield bytes(changed)


def checked_seal(content: bytes) -> bytes:
    """Return the seal that a file carries."""
    with sqlite3.connect(":memory:") as raw:
        raw.deserialize(content)
        return raw.execute("SELECT seal FROM pub_release").fetchone()[0].encode()


@pytest.mark.parametrize("damage", [_cut, _altered], ids=["cut short", "one byte altered"])
def test_a_damaged_file_is_no_release(published: Path, tmp_path: Path, damage) -> None:
    made = 0
    for gemeente in ("GM0001", "GM0002"):
        newest = _newest(published, gemeente)
        path = tmp_path / newest.name
        for content in damage(newest.read_bytes()):
            path.write_bytes(content)
            with pytest.raises(BrokenRelease) as raised:
                checked_header(path)
            assert path.name in raised.value.message_nl
            made += 1
    print(f"\n{made} damaged files, none taken for a release")


def _directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (name)")
    other.close()


def _looks_like_one(path: Path) -> None:
    """The right table, and in it what cannot be."""
    content = path.read_bytes()
    path.unlink()
    with sqlite3.connect(path) as other:
        other.deserialize(content)
    other.close()
    path.write_bytes(content)
    with sqlite3.connect(path) as other:
        other.execute("UPDATE pub_release SET made_at = 'long ago', seal = ''")
    other.close()
    _as_if_ours(path)


def _as_if_ours(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[96:100] = (3_040_000).to_bytes(4, "big")
    path.write_bytes(content)


def _other_format(path: Path) -> None:
    """A good file of a later version of the program."""
    header = checked_header(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(release_tables, "FORMAT", release_tables.FORMAT + 1)
        sealed, content = file_content(header.__class__(**{**vars(header), "seal": "0" * 64}), {})
    path.unlink()
    path.with_name(shelf.name_of(sealed)).write_bytes(content)


DAMAGES = {
    "empty": lambda path: path.write_bytes(b""),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:9000]),
    "altered": lambda path: path.write_bytes(path.read_bytes().replace(b"bakery", b"beggar", 1)),
    "a directory": _directory,
    "a pipe": _pipe,
    "another database": _foreign,
    "looks like a release": _looks_like_one,
    "another format": _other_format,
    "text": lambda path: path.write_text("not a release"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_release_before_is_shown_instead(
    releases: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert _shown() == {"GM0001": 3, "GM0002": 3}
    DAMAGES[damage](_newest(releases))
    for _ in range(3):
        app = opened("overview", gemeente="GM0001")
        assert not app.exception
        assert not app.error
        assert "Klein" in words(app)
    assert _shown() == {"GM0001": 2, "GM0002": 3}
    told = [each for each in caplog.records if each.name == "data_access.shelf"]
    assert len(told) == 1, [each.getMessage() for each in told]
    health = fetching.health()
    assert health["broken_files"] == 1
    assert health["gemeenten"]["GM0001"]["number"] == 2
    json.dumps(health)


def test_swapped_names(releases: Path, caplog: pytest.LogCaptureFixture) -> None:
    one, other = _newest(releases), _newest(releases, "GM0002")
    aside = releases / "aside"
    one.rename(aside)
    other.rename(one)
    aside.rename(other)
    assert _shown() == {"GM0001": 2, "GM0002": 2}
    assert fetching.health()["broken_files"] == 2
    assert len(caplog.records) == 2
    assert not opened("overview", gemeente="GM0001").exception


def test_one_file_may_have_any_name(
    releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever takes a release along gives it a name of his own."""
    taken = tmp_path / "for the council.sqlite"
    shutil.copy(_newest(releases), taken)
    monkeypatch.setenv("RELEASES", str(taken))
    assert _shown() == {"GM0001": 3}


def test_altered_and_the_time_put_back(releases: Path) -> None:
    """Size and time of the file say that nothing has happened."""
    newest = _newest(releases)
    assert _shown()["GM0001"] == 3
    about = newest.stat()
    DAMAGES["altered"](newest)
    os.utime(newest, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert newest.stat().st_size == about.st_size
    assert _shown()["GM0001"] == 2


def test_a_file_replaced_or_removed_under_open_pages(releases: Path) -> None:
    app = opened("accountability", gemeente="GM0001")
    key = shelf.key_of(shelf.shelf().current()[0])
    assert len(areas(key))
    newest = _newest(releases)
    content = newest.read_bytes()
    newest.unlink()
    with pytest.raises(ReleaseUnavailable):
        areas(key)
    assert not app.run().exception
    assert not app.error
    newest.write_bytes(content[:20_000])
    with pytest.raises(ReleaseUnavailable):
        areas(key)
    assert not app.run().exception
    newest.write_bytes(content)
    assert len(areas(key))
    assert not app.run().exception
    for each in releases.glob("*.sqlite"):
        each.unlink()
    gone = app.run()
    assert not gone.exception


def test_a_file_made_bad_between_look_and_question(
    releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shelf was read, and then the file went bad: a sentence, never a trace."""
    known = shelf.shelf()
    key = shelf.key_of(known.current()[0])
    monkeypatch.setattr(door, "shelf", lambda: known)
    newest = _newest(releases)
    content = newest.read_bytes()
    for bad in (b"", b"text", content[:5000], content[:100] + bytes(len(content) - 100)):
        newest.write_bytes(bad)
        with pytest.raises(ReleaseUnavailable):
            ask(key, select(release_tables.pub_area))
