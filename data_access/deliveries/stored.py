"""What the register already holds of the things that a delivery names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, select

_VALUES_IN_A_QUESTION = 900

T = TypeVar("T")
Key = tuple[Any, ...]


def portions(values: Sequence[T], size: int = _VALUES_IN_A_QUESTION) -> Iterator[Sequence[T]]:
    """Yield the values in portions: databases limit the number of values in one question."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def stored_rows(
    connection: Connection, table: Table, fields: tuple[str, ...], values: Iterable[Any]
) -> Iterator[tuple[Any, ...]]:
    """Yield `fields` of the rows of a table in which the first field is one of `values`."""
    columns = [table.c[field] for field in fields]
    for portion in portions(sorted(set(values))):
        yield from (
            tuple(row)
            for row in connection.execute(select(*columns).where(columns[0].in_(portion)))
        )


def stored_by_key(
    connection: Connection, table: Table, fields: tuple[str, ...], keys: Iterable[Key]
) -> Iterator[tuple[Any, ...]]:
    """Yield `fields` of the rows whose first fields may be one of `keys`.

    More rows may come than those with the keys. A table whose key begins with a supplier is asked
    per supplier, so that the database finds the rows by their key.
    """
    if fields[0] != "supplier":
        yield from stored_rows(connection, table, fields, (key[0] for key in keys))
        return
    by_supplier: dict[str, set[Any]] = defaultdict(set)
    for supplier, own, *_ in keys:
        by_supplier[supplier].add(own)
    columns = [table.c[field] for field in fields]
    for supplier, owned in by_supplier.items():
        for portion in portions(sorted(owned)):
            asked = select(*columns).where(columns[0] == supplier, columns[1].in_(portion))
            yield from (tuple(row) for row in connection.execute(asked))
