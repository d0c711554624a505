"""Release files in tests: published into a folder of the test's own, and read as a whole."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine, Table, select

import data_access
from data_access import shelf
from data_access.publish import Publication, publish
from data_access.release_file import opened
from data_access.releases_kept import write_missing_files
from data_access.shelf import ReleaseKey


class Reading:
    """Publishes a register and lets the reading door open on its releases, in `folder`."""

    def __init__(self, engine: Engine, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.engine = engine
        self.folder = folder
        folder.mkdir(exist_ok=True)
        patch.setenv("RELEASES", str(folder))

    def publish(self, **options: Any) -> Publication:
        """Publish, and bring the new releases to the folder."""
        done = publish(self.engine, **options)
        write_missing_files(self.engine, self.folder)
        return done

    def key(self, gemeente: str, number: int) -> ReleaseKey:
        """Return the key of a release."""
        return key(gemeente, number)


def key(gemeente: str, number: int = 1) -> ReleaseKey:
    """Return the key of a release at hand. Raises StopIteration when it is not there."""
    return next(each for each in keys() if each[:2] == (gemeente, number))


def keys() -> tuple[ReleaseKey, ...]:
    """Return the keys of all releases at hand, by gemeente and newest first."""
    return tuple(shelf.key_of(each) for each in shelf.shelf().headers)


def on_map(release: ReleaseKey, indicator_id: str, period: str) -> pd.DataFrame:
    """Ask what a map asks: one indicator in one period, of the gemeente and its places."""
    return data_access.panel(release, (indicator_id,), (period,), "")


def paths(folder: Path, numbers: Sequence[int] = (1,)) -> list[Path]:
    """Return the release files with these numbers in a folder."""
    return sorted(path for n in numbers for path in folder.glob(f"GM????-{n:04}-*.sqlite"))


def rows(files: Sequence[Path], table: Table) -> pd.DataFrame:
    """Return all rows of a table in some release files."""
    return pd.concat([pd.DataFrame(rows_of(file, table)) for file in files], ignore_index=True)


def rows_of(file: Path, table: Table) -> Iterator[dict[str, Any]]:
    """Give the rows of a table in one release file."""
    with opened(file).connect() as connection:
        for row in connection.execute(select(table)).mappings():
            yield dict(row)
