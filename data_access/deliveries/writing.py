"""Writing a checked delivery: rows with a new key are added, changed rows are updated."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Executable, Table, and_, bindparam, delete, update
from sqlalchemy.dialects import postgresql, sqlite

from data_access import register
from data_access.deliveries.comparing import Compared, Values
from data_access.deliveries.registry import DeliveryFile
from data_access.deliveries.rows import ParsedRow
from data_access.deliveries.stored import portions
from data_access.deliveries.withdrawing import forget_marks

_ROWS_AT_ONCE = 2_000
_PARTICIPANT = "participant"
_DELIVERY = "delivery_id"
_KEY_PREFIX = "of_"


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


def counted(compared: Compared) -> Written:
    """Return how many rows of a file are new, changed and the same."""
    return Written(len(compared.new), len(compared.changed), len(compared.same))


def write_participants(connection: Connection, compared: Mapping[str, Compared]) -> None:
    """Add everybody whom the register does not know yet."""
    people = {
        row.values[_PARTICIPANT]
        for each in compared.values()
        if _PARTICIPANT in each.fields
        for row, _ in each.differing()
    }
    rows = [{"pseudonym": stored} for stored in sorted(people)]
    for portion in portions(rows, _ROWS_AT_ONCE):
        connection.execute(_upsert(connection, register.participant, ("pseudonym",)), portion)


def write_file(
    connection: Connection, compared: Compared, delivery_id: int, written: Callable[[int], None]
) -> Written:
    """Write the rows of one file; `written` is called with the number of rows done so far.

    Rows that the register holds as they are are left alone, but for the delivery they were in.
    """
    file = compared.parsed.file
    if file.numbered:
        differing = [compared.key(row) for row in (*compared.new, *compared.changed)]
        forget_marks(connection, file, differing)
        _touch(connection, file.table, compared.same, delivery_id)
    if file.other_keys:
        _clear(connection, file.table, compared.changed)
    statement = _statement(connection, file, compared.fields)
    done = len(compared.same)
    for portion in portions([*compared.new, *compared.changed], _ROWS_AT_ONCE):
        rows = [_parameters(file, row.values, delivery_id) for row in portion]
        connection.execute(statement, rows)
        done += len(portion)
        written(done)
    written(done)
    return counted(compared)


def _touch(
    connection: Connection, table: Table, rows: Sequence[ParsedRow], delivery_id: int
) -> None:
    """Say of unchanged rows that they were in this delivery too."""
    for supplier, keys in _by_supplier(rows).items():
        for portion in portions(keys):
            mine = and_(table.c.supplier == supplier, table.c.id.in_(portion))
            connection.execute(update(table).where(mine).values({_DELIVERY: delivery_id}))


def _clear(connection: Connection, table: Table, changed: Sequence[ParsedRow]) -> None:
    """Delete rows that are about to be written anew.

    Two rows that trade places (the dates of two readings of one person) would otherwise break the
    second key half-way. Nothing refers to these tables.
    """
    for supplier, keys in _by_supplier(changed).items():
        for portion in portions(keys):
            gone = and_(table.c.supplier == supplier, table.c.id.in_(portion))
            connection.execute(delete(table).where(gone))


def _by_supplier(rows: Sequence[ParsedRow]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row.values["supplier"]].append(row.values["id"])
    return found


def _statement(connection: Connection, file: DeliveryFile, fields: tuple[str, ...]) -> Executable:
    if not file.updates_only:
        written = (*fields, _DELIVERY) if file.numbered else fields
        return _upsert(connection, file.table, written)
    statement = update(file.table)
    for field in file.key:
        statement = statement.where(file.table.c[field] == bindparam(_KEY_PREFIX + field))
    return statement


def _parameters(file: DeliveryFile, values: Values, delivery_id: int) -> Values:
    """Return the values for the statement: an update may not set what it looks for."""
    if file.numbered:
        return {**values, _DELIVERY: delivery_id}
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
