"""The version of the schema: which one a database has, and bringing it to the newest.

A database notes its revision (a file in migrations/versions) in the table `alembic_version`. A
database from before revisions has our tables and no note; its schema is that of the first one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import (
    Connection,
    Engine,
    Inspector,
    Table,
    create_engine,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError

from data_access import register
from data_access.database import connected, lacks_table
from data_access.errors import DatabaseNotReady, DatabaseUnavailable
from data_access.exclusive import LOCK
from indicators.periods import first_day, last_day, quarters_between
from indicators.taakvelden import TAAKVELDEN
from indicators.vocabulary import Text

FIRST_REVISION = "0001"
MIGRATIONS = "data_access:migrations"
_NOTE = "alembic_version"
_A_TABLE_OF_THE_FIRST = "delivery"
_FIRST_QUARTER, _LAST_QUARTER = "2010-Q1", "2045-Q4"
_SECONDS_TO_WAIT = 15


class Standing(Enum):
    """How the schema of a database relates to the revisions that this program knows."""

    EMPTY = auto()
    UNNOTED = auto()
    OLDER = auto()
    NEWEST = auto()
    UNKNOWN = auto()


@dataclass(frozen=True)
class Schema:
    """The schema of a database; `revision` is what it notes, "" when it notes none."""

    standing: Standing
    revision: str = ""

    def describe(self) -> Text:
        """Return in a sentence which version this is, and what must be done when it is not ours."""
        newest = newest_revision()
        backup_and_upgrade = Text(
            "Maak een reservekopie en werk de database bij met 'python -m data_access upgrade'.",
            "Make a backup and bring the database up to date with 'python -m data_access upgrade'.",
        )
        return {
            Standing.EMPTY: Text(
                "Er is nog geen database. 'python -m data_access load MAP' maakt haar.",
                "There is no database yet. 'python -m data_access load FOLDER' makes it.",
            ),
            Standing.UNNOTED: Text(
                "De database is van voor de versienummers, dit programma werkt met schemaversie "
                f"{newest}. {backup_and_upgrade.nl}",
                "The database is from before version numbers, this program works with schema "
                f"version {newest}. {backup_and_upgrade.en}",
            ),
            Standing.OLDER: Text(
                f"De database heeft schemaversie {self.revision}, dit programma werkt met versie "
                f"{newest}. {backup_and_upgrade.nl}",
                f"The database has schema version {self.revision}, this program works with version "
                f"{newest}. {backup_and_upgrade.en}",
            ),
            Standing.NEWEST: Text(
                f"Schemaversie {self.revision}; dat is de nieuwste.",
                f"Schema version {self.revision}, which is the newest.",
            ),
            Standing.UNKNOWN: Text(
                f"De database heeft schemaversie {self.revision}, maar dit programma kent alleen "
                f"versies tot en met {newest}. Werk het programma bij.",
                f"The database has schema version {self.revision}, but this program knows versions "
                f"up to {newest} only. Update the program.",
            ),
        }[self.standing]


@dataclass(frozen=True)
class Upgraded:
    """What an upgrade found, which revision the database has now, and what else to know."""

    found: Schema
    revision: str
    remarks: tuple[Text, ...] = ()

    def describe(self) -> Text:
        """Return in a sentence what was done, and each remark on a line of its own."""
        said = (self._done(), *self.remarks)
        return Text("\n".join(each.nl for each in said), "\n".join(each.en for each in said))

    def _done(self) -> Text:
        return {
            Standing.EMPTY: Text(
                f"De database is gemaakt, met schemaversie {self.revision}.",
                f"The database was made, with schema version {self.revision}.",
            ),
            Standing.UNNOTED: Text(
                f"De database is van voor de versienummers (dat is versie {FIRST_REVISION}) naar "
                f"schemaversie {self.revision} gebracht.",
                f"The database was brought from before version numbers (which is version "
                f"{FIRST_REVISION}) to schema version {self.revision}.",
            ),
            Standing.OLDER: Text(
                f"De database is van schemaversie {self.found.revision} naar {self.revision} "
                "gebracht.",
                f"The database was brought from schema version {self.found.revision} to "
                f"{self.revision}.",
            ),
            Standing.NEWEST: Text(
                f"Er is niets te doen: schemaversie {self.revision} is de nieuwste.",
                f"There is nothing to do: schema version {self.revision} is the newest.",
            ),
        }[self.found.standing]


def newest_revision() -> str:
    """Return the revision that this program works with."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def read_schema(connection: Connection) -> Schema:
    """Return the schema of a database, in one query when it notes a revision.

    A transaction on the connection may be rolled back.
    """
    try:
        return _schema(connection, _noted(connection))
    except DBAPIError as error:
        connection.rollback()
        if not lacks_table(error):
            raise
    return _schema(connection, "")


def make_ready(engine: Engine) -> None:
    """See to it that the register can be read and written; a new database gets its tables.

    Raises DatabaseNotReady, which says what to do, when the schema is not the newest.
    """
    with connected(engine) as connection:
        found = read_schema(connection)
    if found.standing is Standing.EMPTY:
        upgrade(engine)
    elif found.standing is not Standing.NEWEST:
        raise _refusal(found.describe())


def upgrade(engine: Engine) -> Upgraded:
    """Bring a database to the newest revision, and the fixed lists (quarters, taakvelden) with it.

    All of it is one transaction: after a failure the database is as it was. Raises DatabaseNotReady
    for a schema that this program does not know, DatabaseUnavailable when others hold the database.
    """
    remarks: list[Text] = []
    with _alone(engine) as connection:
        noted = _noted(connection) if inspect(connection).has_table(_NOTE) else ""
        found = _schema(connection, noted)
        if found.standing is Standing.UNKNOWN:
            raise _refusal(found.describe())
        if found.standing is not Standing.NEWEST:
            config = _config(connection)
            if not noted and _has_first_revision(connection):
                command.stamp(config, FIRST_REVISION)
            if found.standing is not Standing.EMPTY:
                config.attributes.update(_means_to_keep_people(connection, remarks))
            command.upgrade(config, "head")
            remarks += [Text(*each) for each in config.attributes.get("remarks", ())]
            _complete(connection, register.quarter, _quarters())
            _complete(connection, register.taakveld, [dict(vars(each)) for each in TAAKVELDEN])
    if found.standing is not Standing.EMPTY and engine.dialect.name == "sqlite":
        _tidy(engine)
    return Upgraded(found, newest_revision(), tuple(remarks))


def _means_to_keep_people(connection: Connection, remarks: list[Text]) -> dict[str, Any]:
    """Return how pseudonyms are kept, for a revision that finds them as they were delivered.

    The key is written to its file before anything made with it is kept.
    """
    from data_access.deliveries.pseudonym_key import advice_on_file, key_or_new, write_key
    from data_access.pseudonyms.stored import fingerprint, stored_pseudonym

    if inspect(connection).has_table(register.pseudonym_key.name) or not connection.scalar(
        select(func.count()).select_from(register.participant)
    ):
        return {}
    key = key_or_new()
    write_key(key)
    if key.file is not None:
        remarks.append(advice_on_file(key.file))
    return {
        "stored_pseudonym": partial(stored_pseudonym, key.value),
        "fingerprint": fingerprint(key.value),
    }


def _tidy(engine: Engine) -> None:
    """Leave nothing of old rows behind in an SQLite file, and put its releases beside it.

    What an earlier upgrade could not finish is done now: dropped tables leave free pages.
    """
    from data_access.releases_kept import write_missing_files
    from data_access.shelf import folder_of

    try:
        with engine.connect() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            if alone.exec_driver_sql("PRAGMA freelist_count").scalar():
                alone.exec_driver_sql("VACUUM")
                alone.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    except DBAPIError as error:
        raise DatabaseUnavailable(
            "De database is bijgewerkt, maar het bestand kon niet worden opgeschoond: er kunnen "
            "nog oude pseudoniemen in staan. Maak schijfruimte vrij, sluit andere programma's die "
            "de database gebruiken en voer 'python -m data_access upgrade' nog eens uit.",
            "The database is up to date, but its file could not be cleaned: old pseudonyms may "
            "still be in it. Free some disk space, close other programs that use the database and "
            "run 'python -m data_access upgrade' again.",
        ) from error
    write_missing_files(engine, folder_of(engine.url.render_as_string(hide_password=False)))


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", MIGRATIONS)
    return config


def _noted(connection: Connection) -> str:
    return connection.scalar(text(f"SELECT version_num FROM {_NOTE}")) or ""


def _schema(connection: Connection, noted: str) -> Schema:
    if not noted:
        ours = inspect(connection).has_table(_A_TABLE_OF_THE_FIRST)
        return Schema(Standing.UNNOTED if ours else Standing.EMPTY)
    scripts = ScriptDirectory.from_config(_config())
    if noted == scripts.get_current_head():
        return Schema(Standing.NEWEST, noted)
    known = {script.revision for script in scripts.walk_revisions()}
    return Schema(Standing.OLDER if noted in known else Standing.UNKNOWN, noted)


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """Give a connection in a transaction that one process at a time can have."""
    hold = _alone_on_sqlite if engine.dialect.name == "sqlite" else _alone_on_postgres
    try:
        with connected(engine) as connection, hold(connection):
            yield connection
    except DBAPIError as error:
        if not _is_held_by_others(error):
            raise
        raise DatabaseUnavailable(
            "De database is in gebruik door een andere opdracht; er is niets veranderd. Wacht tot "
            "die klaar is en probeer het opnieuw.",
            "Another command is using the database; nothing has changed. Wait until it has "
            "finished, then try again.",
        ) from error


@contextmanager
def _alone_on_postgres(connection: Connection) -> Iterator[None]:
    with connection.begin():
        connection.execute(text(f"SET LOCAL lock_timeout = '{_SECONDS_TO_WAIT}s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        yield


@contextmanager
def _alone_on_sqlite(connection: Connection) -> Iterator[None]:
    """Python's sqlite3 begins a transaction at the first INSERT, so not before DDL: we do.

    Foreign keys are checked at the end only, since a table that is rebuilt is dropped for a moment.
    """
    try:
        with connection.begin():
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield
            _check_foreign_keys(connection)
    finally:
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise _refusal(
            Text(
                f"Na het bijwerken zou {broken[0]} verwijzen naar rijen die er niet zijn; er is "
                "niets veranderd. Meld dit aan de makers van het programma.",
                f"After the upgrade {broken[0]} would refer to rows that are not there; nothing "
                "has changed. Report this to the makers of the program.",
            )
        )


def _is_held_by_others(error: DBAPIError) -> bool:
    return "database is locked" in str(error.orig) or type(error.orig).__name__ in (
        "LockNotAvailable",
        "DeadlockDetected",
    )


def _has_first_revision(connection: Connection) -> bool:
    """Tell whether a database that notes no revision has the schema of the first; False if empty.

    Raises DatabaseNotReady when it has some of the tables, or other columns.
    """
    wanted = _first_columns()
    found = _columns(inspect(connection), set(wanted))
    for table, columns in wanted.items():
        if found and found.get(table) != columns:
            raise _refusal(
                Text(
                    f"De tabel {table} van deze database is niet die van schemaversie "
                    f"{FIRST_REVISION}; er is niets veranderd. Controleer DATABASE_URL, of zet een "
                    "reservekopie terug.",
                    f"The table {table} of this database is not that of schema version "
                    f"{FIRST_REVISION}; nothing has changed. Check DATABASE_URL, or restore a "
                    "backup.",
                )
            )
    return bool(found)


def _first_columns() -> dict[str, set[str]]:
    """Return the names of columns by table of the first revision, by running it in memory."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        command.upgrade(_config(connection), FIRST_REVISION)
        inspector = inspect(connection)
        return _columns(inspector, set(inspector.get_table_names()) - {_NOTE})


def _columns(inspector: Inspector, tables: set[str]) -> dict[str, set[str]]:
    return {
        table: {column["name"] for column in inspector.get_columns(table)}
        for table in inspector.get_table_names()
        if table in tables
    }


def _refusal(sentence: Text) -> DatabaseNotReady:
    return DatabaseNotReady(sentence.nl, sentence.en)


def _complete(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert the rows whose key is not in a fixed list yet."""
    (key,) = table.primary_key.columns
    known = set(connection.scalars(select(key)))
    missing = [row for row in rows if row[key.name] not in known]
    if missing:
        connection.execute(table.insert(), missing)


def _quarters() -> list[dict[str, Any]]:
    return [
        {"id": q, "year": int(q[:4]), "starts_on": first_day(q), "ends_on": last_day(q)}
        for q in quarters_between(_FIRST_QUARTER, _LAST_QUARTER)
    ]
