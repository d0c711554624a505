"""What stands in a register, for tests that load."""

from typing import Any

from sqlalchemy import Engine, select

from data_access import register


def rows_of(engine: Engine, table: str, **key: Any) -> list[dict[str, Any]]:
    """Return the rows of a table with these values, in the order of their key."""
    chosen = register.metadata.tables[table]
    with engine.connect() as connection:
        found = connection.execute(select(chosen).filter_by(**key).order_by(*chosen.primary_key))
        return [dict(row) for row in found.mappings()]


def row_of(engine: Engine, table: str, **key: Any) -> dict[str, Any]:
    """Return the only row of a table with these values."""
    (row,) = rows_of(engine, table, **key)
    return row


def contents(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of the register, in a fixed order."""
    with engine.connect() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for name, table in register.metadata.tables.items()
            if table.schema is None
        }
