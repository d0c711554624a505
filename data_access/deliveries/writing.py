"""Writing a checked delivery: rows with a new key are added, changed rows are updated."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Executable, Table, bindparam, delete, update
from sqlalchemy.dialects import postgresql, sqlite

from data_access import register
from data_access.deliveries.delivery import Delivery
from data_access.deliveries.registry import DeliveryFile
from data_access.deliveries.rows import ParsedFile
from data_access.deliveries.stored import stored_rows

_ROWS_AT_ONCE = 2_000
_PARTICIPANT = "participant"
_KEY_PREFIX = "of_"

Values = dict[str, Any]


@dataclass(frozen=True)
class Written:
    """How many rows of a file were new to the register, changed in it, or already there."""

    new: int
    changed: int
    same: int

    @property
    def rows(self) -> int:
        """All rows of the file."""
        return self.new + self.changed + self.same


def write_participants(connection: Connection, delivery: Delivery) -> None:
    """Add every pseudonym that the register does not know yet."""
    pseudonyms = {
        row.values[_PARTICIPANT]
        for parsed in delivery.files.values()
        if _PARTICIPANT in parsed.file.columns
        for row in parsed.rows
    }
    rows = [{"pseudonym": pseudonym} for pseudonym in sorted(pseudonyms)]
    for portion in _portions(rows):
        connection.execute(_upsert(connection, register.participant, ("pseudonym",)), portion)


def write_file(
    connection: Connection, parsed: ParsedFile, written: Callable[[int], None]
) -> Written:
    """Write the rows of one file; `written` is called with the number of rows done so far.

    Rows that the register already holds as they are are left alone.
    """
    fields = tuple(parsed.rows[0].values) if parsed.rows else ()
    before = _stored(connection, parsed, fields)
    new: list[Values] = []
    changed: list[Values] = []
    for row in parsed.rows:
        key = tuple(row.values[field] for field in parsed.file.key)
        if key not in before:
            new.append(row.values)
        elif before[key] != row.values:
            changed.append(row.values)
    if parsed.file.other_keys:
        _clear(connection, parsed.file, changed)
    statement = _statement(connection, parsed.file, fields)
    done = 0
    for portion in _portions(new + changed):
        connection.execute(statement, [_parameters(parsed.file, values) for values in portion])
        done += len(portion)
        written(done)
    written(len(parsed.rows))
    return Written(len(new), len(changed), len(parsed.rows) - len(new) - len(changed))


def _stored(
    connection: Connection, parsed: ParsedFile, fields: tuple[str, ...]
) -> dict[tuple[Any, ...], Values]:
    key = parsed.file.key
    asked = (*key, *(field for field in fields if field not in key))
    first = (row.values[key[0]] for row in parsed.rows)
    return {
        row[: len(key)]: dict(zip(asked, row, strict=True))
        for row in stored_rows(connection, parsed.file.table, asked, first)
    }


def _clear(connection: Connection, file: DeliveryFile, changed: Sequence[Values]) -> None:
    """Delete rows that are about to be written anew.

    Two rows that trade places (the dates of two readings of one person) would otherwise break the
    second key half-way. Nothing refers to these tables.
    """
    (key,) = file.key
    for portion in _portions(changed):
        gone = [row[key] for row in portion]
        connection.execute(delete(file.table).where(file.table.c[key].in_(gone)))


def _statement(connection: Connection, file: DeliveryFile, fields: tuple[str, ...]) -> Executable:
    if not file.updates_only:
        return _upsert(connection, file.table, fields)
    statement = update(file.table)
    for field in file.key:
        statement = statement.where(file.table.c[field] == bindparam(_KEY_PREFIX + field))
    return statement


def _parameters(file: DeliveryFile, values: Values) -> Values:
    """Return the values for the statement: an update may not set what it looks for."""
    if not file.updates_only:
        return values
    return {
        _KEY_PREFIX + field if field in file.key else field: value
        for field, value in values.items()
    }


def _upsert(connection: Connection, table: Table, fields: Iterable[str]) -> Executable:
    """Return INSERT ... ON CONFLICT (key) DO UPDATE for SQLite or PostgreSQL."""
    on_postgresql = connection.dialect.name == "postgresql"
    statement = postgresql.insert(table) if on_postgresql else sqlite.insert(table)
    key = [column.name for column in table.primary_key.columns]
    others = {field: statement.excluded[field] for field in fields if field not in key}
    if not others:
        return statement.on_conflict_do_nothing(index_elements=key)
    return statement.on_conflict_do_update(index_elements=key, set_=others)


def _portions(rows: Sequence[Values]) -> Iterable[Sequence[Values]]:
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        yield rows[start : start + _ROWS_AT_ONCE]
