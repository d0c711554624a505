"""A release as one SQLite file: written in memory, sealed with a checksum, opened for reading only.

The same rows give the same bytes: nothing in a file depends on when, where or by which version of
SQLite it was written. The seal is the SHA-256 of the file with 64 zeros in the seal's own place,
so that a file that was cut short or altered is recognised without anything beside it.
"""

import contextlib
import datetime
import hashlib
import json
import os
import re
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, insert, select
from sqlalchemy.pool import NullPool, StaticPool

from data_access import release_tables as t
from data_access.errors import DataAccessError
from indicators.vocabulary import Text

Rows = dict[Table, list[dict[str, Any]]]
_UNSEALED = "0" * 64
_ROWS_AT_ONCE = 2_000
# Where SQLite notes which version wrote the file last; it means nothing to readers.
_WRITTEN_BY = slice(96, 100)
_ANY_VERSION = (3_040_000).to_bytes(4, "big")
_SQLITE = b"SQLite format 3\x00"
_ASIDE = ".part"
# Writing one file takes far less; what is older was left behind by a process that died.
SECONDS_ASIDE = 60


class BrokenRelease(DataAccessError):
    """A file is no release, was cut short or altered, or is of another format."""


@dataclass(frozen=True)
class Header:
    """What a release says of itself.

    `made_at` is in UTC, `periods` are the closed periods, oldest first, `checksum` is that of its
    rows (the same rows give the same checksum), `seal` that of the file.
    """

    gemeente_code: str
    gemeente: str
    number: int
    made_at: datetime.datetime
    closed_until: str
    periods: tuple[str, ...]
    sample: bool
    checksum: str
    reason_nl: str
    reason_en: str
    notes: str
    seal: str = _UNSEALED


def file_name(gemeente_code: str, number: int, seal: str) -> str:
    """Return the name of a release's file: gemeente, number and the start of the seal."""
    return f"{gemeente_code}-{number:04}-{seal[:12]}.sqlite"


def checksum(rows: Rows) -> str:
    """Return the SHA-256 of all rows in a fixed order and notation, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for table in sorted(rows, key=lambda each: each.name):
        lines = sorted(json.dumps(row, sort_keys=True, default=_plain) for row in rows[table])
        digest.update((table.name + "\n" + "\n".join(lines) + "\n").encode())
    return digest.hexdigest()


def _plain(value: Any) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def file_content(header: Header, rows: Rows) -> tuple[Header, bytes]:
    """Return the bytes of the file and the header with its seal."""
    raw = sqlite3.connect(":memory:", check_same_thread=False)
    engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
    with contextlib.closing(raw), engine.begin() as connection:
        t.metadata.create_all(connection)
        connection.execute(insert(t.pub_release), _header_row(header))
        for table in t.metadata.sorted_tables:
            for portion in _portions(sorted(rows.get(table, ()), key=_by_key(table))):
                connection.execute(insert(table), portion)
        connection.commit()
        unsealed = bytearray(raw.serialize())
    unsealed[_WRITTEN_BY] = _ANY_VERSION
    seal = hashlib.sha256(unsealed).hexdigest()
    content = bytes(unsealed).replace(_UNSEALED.encode(), seal.encode(), 1)
    return Header(**{**vars(header), "seal": seal}), content


def _header_row(header: Header) -> dict[str, Any]:
    return {**vars(header), "periods": " ".join(header.periods), "format": t.FORMAT}


def _by_key(table: Table) -> Any:
    names = [column.name for column in table.primary_key]
    return lambda row: tuple(row[name] for name in names)


def _portions(rows: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[Mapping[str, Any]]]:
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        yield rows[start : start + _ROWS_AT_ONCE]


def is_sealed(content: bytes, seal: str) -> bool:
    """Tell whether this is a whole and unaltered file with this seal."""
    mark = seal.encode()
    unsealed = content.replace(mark, _UNSEALED.encode())
    return content.count(mark) == 1 and hashlib.sha256(unsealed).hexdigest() == seal


def write_file(folder: Path, name: str, content: bytes) -> Path:
    """Write a release into a folder and return its path: aside first, then renamed, mode 0600.

    Raises OSError; what was in the folder is then as it was.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    # mkstemp makes files that only their owner can read.
    number, aside = tempfile.mkstemp(dir=folder, prefix=".", suffix=_ASIDE)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(aside)
        raise
    return path


def remove_leftovers(folder: Path) -> None:
    """Remove what processes that died left of files they were writing. Never fails."""
    old = time.time() - SECONDS_ASIDE
    for aside in folder.glob(f".*{_ASIDE}"):
        with contextlib.suppress(OSError):
            if aside.stat().st_mtime < old:
                aside.unlink()


def checked_header(path: Path) -> Header:
    """Return the header of a release file after checking its seal.

    Raises BrokenRelease with a sentence for whoever keeps the files.
    """
    try:
        content = _content(path)
    except OSError as error:
        raise _broken(
            path,
            Text(
                f"kan niet worden gelezen ({error.strerror})", f"cannot be read ({error.strerror})"
            ),
        ) from error
    if content is None:
        raise _broken(path, Text("is geen publicatie", "is no release"))
    try:
        with _opened_in_memory(content) as connection:
            seal = connection.scalar(select(t.pub_release.c.seal))
            if seal is None or not _is_seal(seal) or not is_sealed(content, seal):
                raise _broken(path, _ALTERED)
            return _header(connection)
    except BrokenRelease:
        raise
    except Exception as error:
        # What lies in a file that was not made by us can be anything, so can what goes wrong.
        raise _broken(path, _ALTERED) from error


def _content(path: Path) -> bytes | None:
    """Return the bytes of a file; None, without reading all of it, for what is no release."""
    # Opening a pipe would wait for somebody to write into it.
    if not path.is_file() and path.exists():
        return None
    with path.open("rb") as file:
        start = file.read(_WRITTEN_BY.stop)
        if not start.startswith(_SQLITE) or start[_WRITTEN_BY] != _ANY_VERSION:
            return None
        return start + file.read()


@contextlib.contextmanager
def _opened_in_memory(content: bytes) -> Iterator[Connection]:
    with contextlib.closing(sqlite3.connect(":memory:", check_same_thread=False)) as raw:
        raw.deserialize(content)
        engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
        with engine.connect() as connection:
            yield connection


def _is_seal(found: str) -> bool:
    return re.fullmatch("[0-9a-f]{64}", found) is not None


_ALTERED = Text("is beschadigd of veranderd", "is damaged or was altered")


def _broken(path: Path, what: Text) -> BrokenRelease:
    return BrokenRelease(
        f"{path.name} {what.nl}. Gebruik een bestand dat met 'python -m data_access publish' is "
        "gemaakt, of haal het opnieuw op.",
        f"{path.name} {what.en}. Use a file that 'python -m data_access publish' made, or fetch it "
        "again.",
    )


def _header(connection: Connection) -> Header:
    about = t.pub_release.c
    first = connection.execute(select(about.format, about.number, about.gemeente)).one()
    if first.format < t.FORMAT:
        raise BrokenRelease(
            f"Publicatie {first.number} van {first.gemeente} is gemaakt door een oudere versie van "
            "dit programma en wordt niet meer getoond. Publiceer opnieuw.",
            f"Release {first.number} of {first.gemeente} was made by an older version of this "
            "program and is no longer shown. Publish again.",
        )
    if first.format != t.FORMAT:
        raise BrokenRelease(
            f"Publicatie {first.number} van {first.gemeente} is gemaakt door een andere versie van "
            "dit programma. Werk het programma bij.",
            f"Release {first.number} of {first.gemeente} was made by another version of this "
            "program. Update the program.",
        )
    values = dict(connection.execute(select(t.pub_release)).one()._mapping)
    del values["format"]
    made_at = values["made_at"].replace(tzinfo=datetime.UTC)
    return Header(**{**values, "made_at": made_at, "periods": tuple(values["periods"].split())})


def opened(path: Path, beside: Path | None = None) -> Engine:
    """Return an engine that reads one release file, or two, and can change nothing.

    Tables of the second one are in the schema release_tables.BESIDE.
    """

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(_address(path), uri=True, check_same_thread=False)
        if beside is not None:
            connection.execute(f"ATTACH DATABASE ? AS {t.BESIDE}", (_address(beside),))
        connection.set_authorizer(_no_other_files)
        return connection

    return create_engine("sqlite://", creator=connect, poolclass=NullPool)


def _address(path: Path) -> str:
    # A file never changes under its name, so SQLite need not lock it or look for a journal.
    return f"{path.absolute().as_uri()}?mode=ro&immutable=1"


def _no_other_files(action: int, *_about: str | None) -> int:
    return sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_ATTACH else sqlite3.SQLITE_OK
