"""Databases as earlier commits of this program left them, kept as SQL text; see README.md."""

import gzip
import sqlite3
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from tests.databases import Databases

FOLDER = Path(__file__).parent
BEFORE_REVISIONS = "a68a2db"


def old_database(
    databases: Databases, content: str = "filled", commit: str = BEFORE_REVISIONS
) -> str:
    """Return the URL of a new database with what the code of `commit` made.

    `content` is "filled" (two releases) or "empty" (tables and fixed lists). Drop it when done.
    """
    script = _script(f"{commit}-{content}.{databases.kind}.sql")
    url = databases.empty()
    if databases.kind == "sqlite":
        connection = sqlite3.connect(str(make_url(url).database))
        connection.executescript(script)
        connection.close()
    else:
        plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain) as postgres:
            postgres.execute(script.encode())
    return url


def _script(name: str) -> str:
    packed = FOLDER / f"{name}.gz"
    if packed.exists():
        return gzip.decompress(packed.read_bytes()).decode()
    return (FOLDER / name).read_text(encoding="utf-8")
