"""Questions about a delivery without faults: what may be right and may be a mistake.

Nothing is loaded until whoever loads has said yes to all of them. A yes is remembered for as long
as the row stays as it is.
"""

import datetime
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, insert, select

from data_access import register
from data_access.deliveries.questions.closed_quarters import CLOSED_QUARTER, closed_quarters
from data_access.deliveries.questions.dates import FUTURE, future_dates
from data_access.deliveries.questions.doubles import DOUBLE, doubles
from data_access.deliveries.questions.doubt import Checked, Doubt, Kind, row_key
from data_access.deliveries.questions.elsewhere import (
    OTHER_GEMEENTE,
    UNDECLARED_WIJK,
    money_elsewhere,
    undeclared_wijken,
)
from data_access.deliveries.questions.leading_zeros import LEADING_ZEROS, leading_zeros
from data_access.deliveries.questions.no_agreement import NO_AGREEMENT, outflow_of_nobody
from data_access.deliveries.questions.persons import PERSON, persons_in_texts
from data_access.deliveries.registry import WITHDRAWALS
from data_access.deliveries.stored import stored_rows

KINDS = (
    FUTURE,
    DOUBLE,
    NO_AGREEMENT,
    OTHER_GEMEENTE,
    PERSON,
    CLOSED_QUARTER,
    UNDECLARED_WIJK,
    LEADING_ZEROS,
)

__all__ = ["KINDS", "Checked", "Doubt", "Kind", "find_doubts", "remember"]


def find_doubts(checked: Checked, today: datetime.date) -> list[Doubt]:
    """Return every doubt that was not accepted before, by kind, file and row."""
    accepted = _accepted(checked)
    found = {
        (doubt.kind.id, doubt.file, doubt.row, doubt.column): doubt
        for doubt in _all(checked, today)
        if (doubt.kind.id, doubt.template, doubt.supplier, doubt.key) not in accepted
    }
    kinds = [kind.id for kind in KINDS]
    return sorted(
        found.values(),
        key=lambda doubt: (kinds.index(doubt.kind.id), doubt.file, doubt.row, doubt.column),
    )


def _all(checked: Checked, today: datetime.date) -> Iterator[Doubt]:
    yield from future_dates(checked, today)
    yield from doubles(checked)
    yield from outflow_of_nobody(checked)
    yield from money_elsewhere(checked)
    yield from persons_in_texts(checked)
    yield from closed_quarters(checked)
    yield from undeclared_wijken(checked)
    yield from leading_zeros(checked)


def _accepted(checked: Checked) -> set[tuple[str, str, str, str]]:
    """Return (kind, file, supplier, key) of accepted doubts about rows that stayed as they were."""
    table = register.accepted_doubt
    fields = ("id", "doubt", "file", "supplier")
    accepted = set()
    for name, compared in checked.compared.items():
        same = {row_key(compared.parsed, row) for row in compared.same}
        if not same or not _any_accepted(checked.connection, name):
            continue
        for key, kind, file, supplier in stored_rows(
            checked.connection, table, fields, (key for _, key in same)
        ):
            if file == name and (supplier, key) in same:
                accepted.add((kind, name, supplier, key))
    return accepted


def _any_accepted(connection: Connection, file: str) -> bool:
    table = register.accepted_doubt
    return (
        connection.execute(select(table.c.id).where(table.c.file == file).limit(1)).first()
        is not None
    )


def remember(connection: Connection, doubts: Sequence[Doubt], delivery_id: int) -> None:
    """Remember accepted doubts. Those about rows that are withdrawn have no row any more."""
    table = register.accepted_doubt
    keys = {
        (doubt.template, doubt.supplier, doubt.key, doubt.kind.id)
        for doubt in doubts
        if doubt.template != WITHDRAWALS.name
    }
    names = [column.name for column in table.primary_key.columns]
    rows = [
        {**dict(zip(names, key, strict=True)), "delivery_id": delivery_id} for key in sorted(keys)
    ]
    for row in rows:
        mine = [table.c[name] == row[name] for name in names]
        connection.execute(table.delete().where(*mine))
    if rows:
        connection.execute(insert(table), rows)
