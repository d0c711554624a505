"""What the register already holds of the things that a delivery names."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Table, select

_VALUES_IN_A_QUESTION = 900


def stored_rows(
    connection: Connection, table: Table, fields: tuple[str, ...], values: Iterable[Any]
) -> Iterator[tuple[Any, ...]]:
    """Yield `fields` of the rows of a table in which the first field is one of `values`.

    Asked in portions, since databases limit the number of values in one question.
    """
    wanted = sorted(set(values))
    columns = [table.c[field] for field in fields]
    for start in range(0, len(wanted), _VALUES_IN_A_QUESTION):
        portion = wanted[start : start + _VALUES_IN_A_QUESTION]
        yield from (
            tuple(row)
            for row in connection.execute(select(*columns).where(columns[0].in_(portion)))
        )
