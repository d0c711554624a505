"""Databases for tests: files and a PostgreSQL server, both with quick copies of a template."""

import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from data_access.shelf import folder_of


class Databases(Protocol):
    """Makes databases of one kind. A URL names a database; nobody may be connected to it."""

    kind: str

    def empty(self) -> str:
        """Return the URL of a new database without tables."""

    def copy(self, url: str) -> str:
        """Return the URL of a new database with the content of `url`."""

    def drop(self, url: str) -> None:
        """Remove a database."""


@dataclass(frozen=True)
class SqliteDatabases:
    """Files in one folder."""

    folder: Path
    kind: str = "sqlite"

    def empty(self) -> str:
        """Return the URL of a file that does not exist yet."""
        return f"sqlite:///{self.folder / uuid.uuid4().hex}.sqlite"

    def copy(self, url: str) -> str:
        """Copy the file and its releases; its log was written back by the last connection."""
        new = self.empty()
        shutil.copyfile(_file(url), _file(new))
        if folder_of(url).is_dir():
            shutil.copytree(folder_of(url), folder_of(new))
        return new

    def drop(self, url: str) -> None:
        """Remove the file with its log and its releases."""
        for each in self.folder.glob(f"{_file(url).name}*"):
            each.unlink()
        shutil.rmtree(folder_of(url), ignore_errors=True)


def _file(url: str) -> Path:
    return Path(str(make_url(url).database))


@dataclass(frozen=True)
class PostgresDatabases:
    """Databases on one server; `server` is the URL of a role that may create them."""

    server: URL
    kind: str = "postgres"

    def empty(self) -> str:
        """Create a database."""
        return self._create("template0")

    def copy(self, url: str) -> str:
        """Create a database from another one, file by file."""
        return self._create(str(make_url(url).database))

    def drop(self, url: str) -> None:
        """Drop the database, also when a test left a connection open."""
        name = sql.Identifier(str(make_url(url).database))
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))

    def _create(self, template: str) -> str:
        name = f"test_{uuid.uuid4().hex}"
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
            sql.Identifier(name), sql.Identifier(template)
        )
        self._run(command)
        return self.server.set(database=name).render_as_string(hide_password=False)

    def _run(self, command: sql.Composed) -> None:
        plain = self.server.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True, connect_timeout=5) as connection:
            connection.execute(command)
