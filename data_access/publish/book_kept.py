"""The book of a gemeente in the register: read before publishing, kept in the same transaction."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from data_access import register as r
from data_access.disclosure.small_places import Standing
from data_access.publish.book import Book, Settled, Threshold

_ROWS_AT_ONCE = 2_000


def read_book(connection: Connection, gemeente: str, key: bytes, epoch: int) -> Book:
    """Return what is remembered of a gemeente; `key` and `epoch` draw what is not drawn yet."""
    book = Book(key, epoch)
    for row in _rows(connection, r.leaf_threshold, gemeente):
        leaf = (row.people, row.organisation_id, row.place)
        book.thresholds.setdefault(row.epoch, {})[leaf] = Threshold(row.seat, row.threshold)
    for row in _rows(connection, r.settled, gemeente):
        whose = (row.measure, row.period, row.organisation_id)
        book.settled[whose] = Settled(row.epoch, row.counted_on)
    counted: dict[tuple[str, str], dict[Any, int]] = defaultdict(dict)
    for row in _rows(connection, r.counted, gemeente):
        cell = (row.place, row.organisation_id, row.item, row.category)
        counted[row.measure, row.period][cell] = row.true_value
    book.counted = dict(counted)
    for row in _rows(connection, r.standing, gemeente):
        whom = (row.breakdown, row.period, row.organisation_id, row.item)
        how = Standing(row.part, row.coarse)
        book.standing.setdefault(whom, {})[row.place] = how
    return book


def keep_book(connection: Connection, gemeente: str, book: Book) -> None:
    """Replace what is remembered of a gemeente."""
    _replace(
        connection,
        r.leaf_threshold,
        gemeente,
        (
            {
                "epoch": epoch, "people": people, "organisation_id": organisation, "place": place,
                "seat": threshold.seat, "threshold": threshold.value,
            }
            for epoch, leaves in book.thresholds.items()
            for (people, organisation, place), threshold in leaves.items()
        ),
    )  # fmt: skip
    _replace(
        connection,
        r.settled,
        gemeente,
        (
            {
                "measure": measure, "period": period, "organisation_id": organisation,
                "epoch": settled.epoch, "counted_on": settled.counted_on,
            }
            for (measure, period, organisation), settled in book.settled.items()
        ),
    )  # fmt: skip
    _replace(
        connection,
        r.counted,
        gemeente,
        (
            {
                "measure": measure, "period": period, "place": place,
                "organisation_id": organisation, "item": item, "category": category,
                "true_value": n,
            }
            for (measure, period), cells in book.counted.items()
            for (place, organisation, item, category), n in cells.items()
        ),
    )  # fmt: skip
    _replace(
        connection,
        r.standing,
        gemeente,
        (
            {
                "breakdown": breakdown, "period": period, "organisation_id": organisation,
                "item": item, "place": place, "part": how.part, "coarse": how.coarse,
            }
            for (breakdown, period, organisation, item), places in book.standing.items()
            for place, how in places.items()
        ),
    )  # fmt: skip


def _rows(connection: Connection, table: Table, gemeente: str) -> Iterable[Any]:
    return connection.execute(select(table).where(table.c.gemeente_code == gemeente))


def _replace(
    connection: Connection, table: Table, gemeente: str, rows: Iterable[Mapping[str, Any]]
) -> None:
    connection.execute(delete(table).where(table.c.gemeente_code == gemeente))
    lines = [{"gemeente_code": gemeente, **row} for row in rows]
    for start in range(0, len(lines), _ROWS_AT_ONCE):
        connection.execute(insert(table), lines[start : start + _ROWS_AT_ONCE])
