"""Rows that must leave the register (intrekken.csv), and the trace that they leave."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, delete, exists, insert, select

from data_access import register
from data_access.deliveries.comparing import Compared
from data_access.deliveries.delivery import Delivery
from data_access.deliveries.faults import Fault
from data_access.deliveries.known import Known
from data_access.deliveries.participants import PARTICIPANT, PEOPLE_TABLES
from data_access.deliveries.registry import (
    DELIVERY_FILE,
    FILES,
    DeliveryFile,
    template_name,
)
from data_access.deliveries.rows import ParsedRow
from data_access.deliveries.stored import Key, portions, stored_by_key
from data_access.deliveries.suppliers import supplier_in_name
from indicators.vocabulary import Text

FILE_OF = {file.name: file for file in FILES if file.numbered}


@dataclass(frozen=True)
class Withdrawal:
    """A stored row that is to go: its file, key and values, and the row of intrekken.csv."""

    file: DeliveryFile
    supplier: str
    id: str
    values: Mapping[str, Any]
    row: ParsedRow


@dataclass(frozen=True)
class Withdrawals:
    """All rows that are to go."""

    each: tuple[Withdrawal, ...]

    def keys_of(self, table: str) -> set[Key]:
        """Return the keys (supplier, id) of the rows of one table that are to go."""
        return {(one.supplier, one.id) for one in self.each if one.file.table.name == table}


def find_withdrawals(
    connection: Connection, delivery: Delivery, known: Known, compared: Mapping[str, Compared]
) -> tuple[Withdrawals, list[Fault]]:
    """Return the stored rows that intrekken.csv names, and a fault for each that it cannot mean.

    They are rows of the supplier that is declared, or else the only one that the delivery is
    about. To look for a key at everybody would tell who has it, and delete a neighbour's row.
    """
    supplier = supplier_in_name(delivery, known)
    if not supplier and delivery.withdrawals.rows:
        return Withdrawals(()), [Fault(DELIVERY_FILE.name, 2, "leverancier", "", _WHOSE)]
    named: dict[str, list[ParsedRow]] = defaultdict(list)
    for row, (name, _) in delivery.withdrawals.complete(("file", "id")):
        named[name].append(row)
    found: list[Withdrawal] = []
    faults: list[Fault] = []
    for name, rows in named.items():
        stored = _stored(connection, FILE_OF[name], supplier, rows)
        delivered = compared[name].keys() if name in compared else set()
        seen: dict[Key, int] = {}
        for row in rows:
            key = row.values["id"]
            wrong = _wrong((supplier, key) in stored, seen.get((supplier, key)))
            if wrong is None and (supplier, key) in delivered:
                wrong = _DELIVERED_TOO
            if wrong is not None:
                faults.append(delivery.withdrawals.fault(row, ("id",), wrong))
                continue
            seen[supplier, key] = row.number
            values = stored[supplier, key]
            found.append(Withdrawal(FILE_OF[name], supplier, key, values, row))
    return Withdrawals(tuple(found)), faults


_WHOSE = Text(
    "wiens rijen intrekken.csv intrekt: de sleutel van één organisatie of de code van één gemeente",
    "whose rows intrekken.csv withdraws: the key of one organisation or the code of one gemeente",
)
_DELIVERED_TOO = Text(
    "een rij die niet ook in deze levering staat: leveren en intrekken gaan niet samen",
    "a row that is not in this delivery as well: deliver it or withdraw it",
)


def _stored(
    connection: Connection, file: DeliveryFile, supplier: str, rows: Iterable[ParsedRow]
) -> dict[Key, dict[str, Any]]:
    fields = ("supplier", "id", *(c.name for c in file.table.c if c.name not in file.key))
    keys = ((supplier, row.values["id"]) for row in rows)
    return {
        row[:2]: dict(zip(fields, row, strict=True))
        for row in stored_by_key(connection, file.table, fields, keys)
    }


def _wrong(is_stored: bool, earlier: int | None) -> Text | None:
    if not is_stored:
        return Text(
            "een kenmerk van deze leverancier dat in het register staat",
            "a key of this supplier that is in the register",
        )
    if earlier is not None:
        return Text(
            f"een rij die maar één keer wordt ingetrokken; deze staat al in rij {earlier}",
            f"a row that is withdrawn once; this one is already in row {earlier}",
        )
    return None


def withdraw(
    connection: Connection,
    withdrawals: Withdrawals,
    known: Known,
    delivery_id: int,
    now: datetime.datetime,
) -> None:
    """Delete the rows and what hangs on them, and keep the trace that they were there."""
    for file in FILE_OF.values():
        keys = sorted(withdrawals.keys_of(file.table.name))
        if file.table is register.spending:
            outcome = register.spending_outcome.c
            _delete(
                connection, register.spending_outcome, (outcome.supplier, outcome.spending_id), keys
            )
        _delete(connection, file.table, (file.table.c.supplier, file.table.c.id), keys)
        forget_marks(connection, file, keys)
    traces = [
        {
            "file": one.file.name,
            "supplier": one.supplier,
            "id": one.id,
            "gemeente_code": known.gemeente_of(one.file.table.name, one.values),
            "delivery_id": delivery_id,
            "withdrawn_at": now,
        }
        for one in withdrawals.each
    ]
    if traces:
        connection.execute(insert(register.withdrawn), traces)


def forget_marks(connection: Connection, file: DeliveryFile, keys: Sequence[Key]) -> None:
    """Forget that these rows were withdrawn before, and which doubts about them were accepted."""
    for table in (register.withdrawn, register.accepted_doubt):
        of_file = table.c.file == template_name(file)
        _delete(connection, table, (table.c.supplier, table.c.id), keys, of_file)


def _delete(
    connection: Connection, table: Any, columns: tuple[Any, Any], keys: Sequence[Key], *where: Any
) -> None:
    by_supplier: dict[str, list[str]] = defaultdict(list)
    for supplier, key in keys:
        by_supplier[supplier].append(key)
    for supplier, owned in by_supplier.items():
        for portion in portions(owned):
            mine = and_(columns[0] == supplier, columns[1].in_(portion), *where)
            connection.execute(delete(table).where(mine))


def forget_people(
    connection: Connection, withdrawals: Withdrawals, compared: Mapping[str, Compared]
) -> None:
    """Delete people of whom nothing is left, now that rows went or are about somebody else."""
    stored = {one.values.get(PARTICIPANT) for one in withdrawals.each}
    for each in compared.values():
        if PARTICIPANT in each.fields:
            stored |= {each.before[each.key(row)][PARTICIPANT] for row in each.changed}
    participant = register.participant.c.pseudonym
    tables = [register.metadata.tables[name] for name in PEOPLE_TABLES]
    anywhere = [exists(select(1).where(table.c.participant == participant)) for table in tables]
    for portion in portions(sorted(person for person in stored if person)):
        gone = delete(register.participant).where(participant.in_(portion))
        connection.execute(gone.where(*(~found for found in anywhere)))
