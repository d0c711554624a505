"""The dashboard's own role in PostgreSQL: it may read releases and nothing else."""

from sqlalchemy import Connection, Engine, text

from data_access import register
from data_access.database import transaction
from data_access.errors import DataAccessError

_WRITING = "INSERT, UPDATE, DELETE, TRUNCATE"
_PUBLISHED = f"{register.PUBLISHED}.{register.release_file.name}"


def let_dashboard_read(engine: Engine, role: str) -> None:
    """Let a role SELECT the table of release files only.

    What the role itself, or everyone, held on our tables is taken away first. Afterwards the
    rights are tested: raises DataAccessError, and changes nothing, when the role can still reach
    more (a superuser, an owner, a member of another role), does not exist, or on SQLite.
    """
    if engine.dialect.name != "postgresql":
        raise DataAccessError(
            "Rollen bestaan alleen in PostgreSQL. Bij SQLite leest het dashboard vanzelf alleen "
            "publicaties.",
            "Only PostgreSQL has roles. With SQLite the dashboard reads releases only by itself.",
        )
    with transaction(engine) as connection:
        _check_exists(connection, role)
        quote = connection.dialect.identifier_preparer.quote_identifier
        name = quote(role)
        schema = quote(str(connection.scalar(text("SELECT current_schema()"))))
        for table in register.metadata.tables.values():
            which = connection.dialect.identifier_preparer.format_table(table)
            connection.execute(text(f"REVOKE ALL ON {which} FROM {name}, PUBLIC"))
        for each in (schema, register.PUBLISHED):
            connection.execute(text(f"REVOKE CREATE ON SCHEMA {each} FROM {name}, PUBLIC"))
        connection.execute(text(f"GRANT USAGE ON SCHEMA {register.PUBLISHED} TO {name}"))
        connection.execute(text(f"GRANT SELECT ON {_PUBLISHED} TO {name}"))
        _check_nothing_more(connection, role)


def _check_exists(connection: Connection, role: str) -> None:
    found = connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role})
    if not found:
        raise DataAccessError(
            f"De rol {role} bestaat niet. Maak haar eerst in PostgreSQL met: CREATE ROLE ... LOGIN "
            "PASSWORD '...'.",
            f"The role {role} does not exist. Create it in PostgreSQL first with: CREATE ROLE ... "
            "LOGIN PASSWORD '...'.",
        )


def _check_nothing_more(connection: Connection, role: str) -> None:
    readable = text("SELECT has_any_column_privilege(:role, :table, 'SELECT')")
    writable = text(f"SELECT has_table_privilege(:role, :table, '{_WRITING}')")
    format_table = connection.dialect.identifier_preparer.format_table
    open_tables = [
        table.name
        for table in register.metadata.tables.values()
        if connection.scalar(writable, {"role": role, "table": format_table(table)})
        or (
            table is not register.release_file
            and connection.scalar(readable, {"role": role, "table": format_table(table)})
        )
    ]
    if open_tables:
        raise DataAccessError(
            f"De rol {role} kan meer dan publicaties lezen (bijvoorbeeld {open_tables[0]}): zij is "
            "beheerder, eigenaar of lid van een andere rol. Kies een eigen rol voor het dashboard.",
            f"The role {role} can reach more than releases (for instance {open_tables[0]}): it is "
            "a superuser, an owner or a member of another role. Use a role of its own for the "
            "dashboard.",
        )
