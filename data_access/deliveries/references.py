"""References: whatever a row points to is in the same delivery or already in the register.

Which fields point where follows from the foreign keys of the register.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from data_access import register
from data_access.deliveries.delivery import Delivery
from data_access.deliveries.faults import Fault
from data_access.deliveries.registry import Reference, files_of_table
from data_access.deliveries.rows import ParsedFile, ParsedRow
from data_access.deliveries.stored import stored_rows
from indicators.vocabulary import Text

Key = tuple[Any, ...]


def reference_faults(connection: Connection, delivery: Delivery) -> Iterator[Fault]:
    """Yield a fault for each row that points to something that is nowhere."""
    for parsed in delivery.files.values():
        for reference in parsed.file.references:
            yield from _faults_of(connection, delivery, parsed, reference)
        if parsed.file.table is register.target:
            yield from _target_faults(connection, delivery, parsed)


def _faults_of(
    connection: Connection, delivery: Delivery, parsed: ParsedFile, reference: Reference
) -> Iterator[Fault]:
    named = [(row, key) for row, key in parsed.complete(reference.fields) if None not in key]
    unknown = _unknown(connection, delivery, reference, {key for _, key in named})
    for row, key in named:
        if key in unknown:
            yield parsed.fault(row, reference.fields, _expected(reference))


def _unknown(
    connection: Connection, delivery: Delivery, reference: Reference, keys: set[Key]
) -> set[Key]:
    absent = keys - delivery.keys_of(reference.table, reference.referred)
    table = register.metadata.tables[reference.table]
    return absent - set(
        stored_rows(connection, table, reference.referred, (key[0] for key in absent))
    )


def _expected(reference: Reference) -> Text:
    if reference.table == register.quarter.name:
        return Text("een kwartaal van 2010-Q1 tot en met 2045-Q4", "a quarter, 2010-Q1 to 2045-Q4")
    files = " / ".join(file.name for file in files_of_table(reference.table))
    return Text(
        f"iets dat in {files} van deze levering staat of al in het register",
        f"something that is in {files} of this delivery or already in the register",
    )


def _target_faults(
    connection: Connection, delivery: Delivery, parsed: ParsedFile
) -> Iterator[Fault]:
    named: list[tuple[ParsedRow, Key]] = list(parsed.complete(("area_code",)))
    unknown = {key for _, key in named}
    for table in (register.gemeente, register.wijk):
        reference = Reference(("area_code",), table.name, ("code",))
        unknown = _unknown(connection, delivery, reference, unknown)
    for row, key in named:
        if key in unknown:
            expected = Text(
                "een gebied dat in gemeenten.csv of wijken.csv van deze levering staat of al in "
                "het register",
                "an area that is in gemeenten.csv or wijken.csv of this delivery or already in "
                "the register",
            )
            yield parsed.fault(row, ("area_code",), expected)
