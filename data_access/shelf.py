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
from data_access.release_file import BrokenRelease, Header, checked_header

_log = logging.getLogger("data_access.shelf")
_Stamp = tuple[tuple[str, int, int], ...]


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
    except ArgumentError:
        return settings.FETCHED_RELEASES / "unknown"
    if parsed.get_backend_name() == "sqlite":
        return Path(parsed.database or "").with_suffix(".releases")
    which = f"{parsed.host}:{parsed.port}/{parsed.database}"
    return settings.FETCHED_RELEASES / hashlib.sha256(which.encode()).hexdigest()[:16]


class _Kept:
    """The shelf as it was last read, per place; a file is checked once for each time it changes."""

    lock = threading.Lock()
    shelves: ClassVar[dict[Path, tuple[_Stamp, Shelf]]] = {}
    checked: ClassVar[dict[tuple[Path, int, int], Header | str]] = {}


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


def _stamp(place: Path) -> _Stamp:
    """Return name, time and size of every file: what tells that something has changed."""
    files = [place] if place.is_file() else _files(place)
    found = []
    for file in files:
        try:
            about = file.stat()
        except OSError:
            continue
        found.append((file.name, about.st_mtime_ns, about.st_size))
    return tuple(sorted(found))


def _files(place: Path) -> Iterable[Path]:
    try:
        return sorted(place.glob("*.sqlite"))
    except OSError:
        return ()


def _read(place: Path, stamp: _Stamp) -> Shelf:
    headers: dict[tuple[str, int], Header] = {}
    paths: dict[ReleaseKey, Path] = {}
    broken = []
    for name, changed, size in stamp:
        path = place if place.is_file() else place / name
        about = path, changed, size
        if about not in _Kept.checked:
            _Kept.checked[about] = _checked(path)
        found = _Kept.checked[about]
        if isinstance(found, str):
            broken.append(found)
            continue
        headers[found.gemeente_code, found.number] = found
        paths[key_of(found)] = path
    in_order = sorted(headers.values(), key=lambda each: (each.gemeente_code, -each.number))
    return Shelf(tuple(in_order), paths, tuple(broken))


def _checked(path: Path) -> Header | str:
    try:
        return checked_header(path)
    except BrokenRelease as error:
        _log.error("%s", error.message_en)
        return error.message_en


def forget() -> None:
    """Forget what was read: for tests."""
    with _Kept.lock:
        _Kept.shelves.clear()
        _Kept.checked.clear()
