"""Make databases with the code of an earlier commit and keep them as SQL text.

    TEST_POSTGRES_URL=... python -m tests.old_databases.make COMMIT

The commit is unpacked in a temporary folder and runs there, with the Python and the libraries of
now. Needs git, a PostgreSQL server and its pg_dump.
"""

import gzip
import io
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from tests.databases import Databases, PostgresDatabases, SqliteDatabases
from tests.old_databases import FOLDER

KEY = "sleutel van de test, alleen voor verzonnen gegevens"
DELIVERIES = FOLDER / "deliveries"
REASON = ("--reason", "Nagekomen overeenkomsten", "--reason-en", "Agreements that came late")
# `load` of a folder that is not there makes the tables and loads nothing.
COMMANDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "empty": (("load", "no-such-folder"),),
    "filled": (
        ("load", str(DELIVERIES / "first")),
        ("publish",),
        ("load", str(DELIVERIES / "later")),
        ("publish", *REASON),
    ),
}
LARGEST_PLAIN_TEXT = 100_000


@contextmanager
def _program_of(commit: str) -> Iterator[Path]:
    packed = subprocess.run(["git", "archive", commit], check=True, capture_output=True).stdout
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        yield Path(folder)


def _fill(program: Path, url: str, content: str) -> None:
    environment = os.environ | {"DATABASE_URL": url, "DISCLOSURE_KEY": KEY}
    for command in COMMANDS[content]:
        arguments = [sys.executable, "-m", "data_access", *command]
        subprocess.run(arguments, cwd=program, env=environment, check=content == "filled")


def _sqlite_text(url: str) -> str:
    connection = sqlite3.connect(str(make_url(url).database))
    try:
        return "\n".join(connection.iterdump()) + "\n"
    finally:
        connection.close()


def _postgres_text(url: str) -> str:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    options = ("--inserts", "--rows-per-insert=500", "--no-owner", "--no-privileges")
    dumped = subprocess.run(
        [_pg_dump(), *options, plain], check=True, capture_output=True, text=True
    ).stdout
    # Lines such as \restrict are for psql, which the tests do not need.
    return "".join(line for line in dumped.splitlines(True) if not line.startswith("\\"))


def _pg_dump() -> str:
    on_path = shutil.which("pg_dump")
    if on_path:
        return on_path
    installed = Path("/usr/lib/postgresql").glob("*/bin/pg_dump")
    newest = max(installed, key=lambda path: float(path.parts[-3]), default=None)
    if newest is None:
        sys.exit("pg_dump was not found: install the client programs of PostgreSQL.")
    return str(newest)


def _keep(text: str, name: str) -> None:
    for old in FOLDER.glob(f"{name}*"):
        old.unlink()
    content = text.encode()
    if len(content) > LARGEST_PLAIN_TEXT:
        name, content = f"{name}.gz", gzip.compress(content, mtime=0)
    (FOLDER / name).write_bytes(content)
    print(f"{name}: {len(content)} bytes")


def make(commit: str, databases: Databases) -> None:
    """Make, fill and keep a database for each content."""
    as_text = _sqlite_text if databases.kind == "sqlite" else _postgres_text
    with _program_of(commit) as program:
        for content in COMMANDS:
            url = databases.empty()
            try:
                _fill(program, url, content)
                _keep(as_text(url), f"{commit}-{content}.{databases.kind}.sql")
            finally:
                databases.drop(url)


def main(arguments: list[str]) -> None:
    """Make the databases of the commit named, on SQLite and PostgreSQL."""
    given = os.environ.get("TEST_POSTGRES_URL", "").strip()
    if len(arguments) != 1 or not given:
        sys.exit(__doc__)
    short = ["git", "rev-parse", "--short=7", arguments[0]]
    commit = subprocess.run(short, check=True, capture_output=True, text=True).stdout.strip()
    server = make_url(given).set(drivername="postgresql+psycopg")
    with tempfile.TemporaryDirectory() as folder:
        make(commit, SqliteDatabases(Path(folder)))
    make(commit, PostgresDatabases(server))


if __name__ == "__main__":
    main(sys.argv[1:])
