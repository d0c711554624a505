"""The release files that this computer has: which there are, and which were current at a moment.

Where they lie: the setting RELEASES (a folder, or one file to show alone); else beside the SQLite
database, or in a folder per shared database that the fetcher fills. Without any setting and with
nothing published, the sample that is shipped.
"""

import datetime
import hashlib
import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, NamedTuple

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from data_access import settings
from data_access.release_file import BrokenRelease, Header, checked_header, file_name

_log = logging.getLogger("data_access.shelf")
# Name, and what changes whenever the file does: nobody can set the time of the last change (ctime).
_FileStamp = tuple[str, int, int, int, int]
_Stamp = tuple[_FileStamp, ...]


class ReleaseKey(NamedTuple):
    """One release: the first argument of every question to the reading door."""

    gemeente: str
    number: int
    seal: str


def key_of(header: Header) -> ReleaseKey:
    """Return the key of a release."""
    return ReleaseKey(header.gemeente_code, header.number, header.seal)


@dataclass(frozen=True, eq=False)
class Shelf:
    """The releases at hand, by gemeente and newest first, and the files that are none.

    `broken` holds a sentence per file, for operators. The same shelf is the same object.
    """

    headers: tuple[Header, ...]
    paths: dict[ReleaseKey, Path]
    broken: tuple[str, ...]

    def current(self, moment: datetime.datetime | None = None) -> tuple[Header, ...]:
        """Return each gemeente's newest release, or the one that was newest at `moment` (UTC)."""
        newest: dict[str, Header] = {}
        for header in self.headers:
            if moment is None or header.made_at <= moment:
                newest.setdefault(header.gemeente_code, header)
        return tuple(newest.values())


def folder() -> Path:
    """Return the folder (or single file) from which releases are read now."""
    if given := settings.releases():
        return given
    own = folder_of(settings.database_url())
    if settings.database_is_given() or (own.is_dir() and any(own.glob("*.sqlite"))):
        return own
    return settings.SHIPPED_RELEASES


def folder_of(url: str) -> Path:
    """Return the folder for the releases of a database: beside an SQLite file, else in data/."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        return settings.FETCHED_RELEASES / "unknown"
    if parsed.get_backend_name() == "sqlite":
        return Path(parsed.database or "").with_suffix(".releases")
    which = f"{parsed.host}:{parsed.port}/{parsed.database}"
    return settings.FETCHED_RELEASES / hashlib.sha256(which.encode()).hexdigest()[:16]


class _Kept:
    """The shelf as it was last read, per place; a file is checked once for each time it changes."""

    lock = threading.Lock()
    shelves: ClassVar[dict[Path, tuple[_Stamp, Shelf]]] = {}
    checked: ClassVar[dict[Path, tuple[_FileStamp, Header | str]]] = {}


def shelf() -> Shelf:
    """Return the releases at hand now. A file that is no release is left out and logged once."""
    place = folder()
    stamp = _stamp(place)
    with _Kept.lock:
        known = _Kept.shelves.get(place)
        if known is None or known[0] != stamp:
            known = stamp, _read(place, stamp)
            _Kept.shelves[place] = known
        return known[1]


def is_whole(path: Path) -> bool:
    """Tell whether there is a release under this name with a good seal."""
    stamp = _stamp_of(path)
    if stamp is None:
        return False
    with _Kept.lock:
        return not isinstance(_found(path, stamp), str)


def _stamp(place: Path) -> _Stamp:
    """Return what tells that something has changed in a folder, or in a file to show alone."""
    files = [place] if place.is_file() else _files(place)
    return tuple(sorted(stamp for file in files if (stamp := _stamp_of(file)) is not None))


def _stamp_of(file: Path) -> _FileStamp | None:
    try:
        about = file.stat()
    except OSError:
        return None
    return file.name, about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns


def _files(place: Path) -> Iterable[Path]:
    try:
        return sorted(place.glob("*.sqlite"))
    except OSError:
        return ()


def _read(place: Path, stamp: _Stamp) -> Shelf:
    alone = place.is_file()
    found: list[tuple[Header, Path]] = []
    broken = []
    for each in stamp:
        path = place if alone else place / each[0]
        header = _found(path, each)
        if isinstance(header, str):
            broken.append(header)
        else:
            found.append((header, path))
    # Of one number made twice (a register that was put back and published again) the later counts.
    found.sort(key=lambda pair: pair[0].made_at)
    headers = {(header.gemeente_code, header.number): header for header, _path in found}
    in_order = sorted(headers.values(), key=lambda each: (each.gemeente_code, -each.number))
    paths = {key_of(header): path for header, path in found}
    return Shelf(tuple(in_order), paths, tuple(broken))


def _found(path: Path, stamp: _FileStamp) -> Header | str:
    """Return what a file is: its header, or in a sentence why it is no release (logged once)."""
    known = _Kept.checked.get(path)
    if known is None or known[0] != stamp:
        known = stamp, _checked(path)
        _Kept.checked[path] = known
    return known[1]


def _checked(path: Path) -> Header | str:
    try:
        header = checked_header(path)
        # A single file may have been given another name by whoever takes it along.
        if path != settings.releases() and path.name != name_of(header):
            raise _misnamed(path, header)
    except BrokenRelease as error:
        _log.error("%s", error.message_en)
        return error.message_en
    return header


def name_of(header: Header) -> str:
    """Return the name under which a release belongs in a folder."""
    return file_name(header.gemeente_code, header.number, header.seal)


def _misnamed(path: Path, header: Header) -> BrokenRelease:
    return BrokenRelease(
        f"{path.name} bevat een andere publicatie dan de naam zegt. Noem het "
        f"{name_of(header)}, of haal het weg.",
        f"{path.name} holds another release than its name says. Call it {name_of(header)}, or "
        "remove it.",
    )


def forget() -> None:
    """Forget what was read: for tests."""
    with _Kept.lock:
        _Kept.shelves.clear()
        _Kept.checked.clear()
