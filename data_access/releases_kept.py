"""From the shared database to a folder: release files that are not there yet are written.

The same for the embedded database, where publishing does it, and for a shared one, where the
dashboard's own process fetches. Nothing is read but the table of release files.
"""

from pathlib import Path

from sqlalchemy import Connection, Engine, select

from data_access import register as r
from data_access.errors import DataAccessError
from data_access.release_file import file_name, is_sealed, remove_leftovers, write_file
from data_access.shelf import is_whole


def write_missing_files(engine: Engine, folder: Path) -> int:
    """Write the releases of a database that a folder lacks; return how many were written.

    Raises DataAccessError when a release in the database is not what was published (the others
    are written all the same), or when the folder cannot be written to; what was there is as it
    was.
    """
    with engine.connect() as connection:
        return fetch_missing(connection, folder)


def fetch_missing(connection: Connection, folder: Path) -> int:
    """Do as `write_missing_files` on a connection that is open, newest releases first."""
    remove_leftovers(folder)
    written = 0
    refused: list[DataAccessError] = []
    f = r.release_file.c
    newest_first = select(f.gemeente_code, f.number, f.seal).order_by(f.made_at.desc())
    for gemeente, number, seal in connection.execute(newest_first).all():
        path = folder / file_name(gemeente, number, seal)
        # One that was damaged on this computer is fetched once more.
        if is_whole(path):
            continue
        content = connection.scalar(
            select(f.content).where(f.gemeente_code == gemeente, f.number == number)
        )
        if content is None or not is_sealed(content, seal):
            refused.append(_damaged(gemeente, number))
            continue
        try:
            write_file(folder, path.name, content)
        except OSError as error:
            raise _not_writable(error) from error
        written += 1
    if refused:
        raise refused[0]
    return written


def _damaged(gemeente: str, number: int) -> DataAccessError:
    return DataAccessError(
        f"Publicatie {number} van {gemeente} is in de database veranderd of beschadigd; "
        "zij wordt niet getoond. Zet een reservekopie terug.",
        f"Release {number} of {gemeente} was altered or damaged in the database; it is "
        "not shown. Restore a backup.",
    )


def _not_writable(error: OSError) -> DataAccessError:
    return DataAccessError(
        f"De map voor publicaties kan niet worden beschreven ({error.strerror}). Maak "
        "ruimte of geef schrijfrechten en probeer het opnieuw; wat er al stond blijft zichtbaar.",
        f"The folder for releases cannot be written to ({error.strerror}). Make room or "
        "give permission to write, then try again; what was there stays visible.",
    )
