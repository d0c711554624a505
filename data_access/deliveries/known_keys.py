"""What the register and the delivery know, told with a fault about a key that they do not know."""

import difflib
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, select

from data_access import register
from data_access.deliveries.delivery import Delivery
from data_access.deliveries.faults import Fault
from data_access.deliveries.registry import ALL_FILES, DeliveryFile, Reference
from indicators.vocabulary import Text

KEYS_SHOWN = 8

_FILES = {file.name.rsplit(".", 1)[0]: file for file in ALL_FILES}
_SHORT_LISTS = (
    register.gemeente.name,
    register.organisation.name,
    register.financier.name,
    register.contract.name,
    register.outcome.name,
)


def with_known_keys(
    connection: Connection, delivery: Delivery, faults: Iterable[Fault]
) -> list[Fault]:
    """Return the faults; one about an unknown key also says which ones are known.

    Keys are those of the register and of the delivery itself, those most alike first.
    """
    known = _Known(connection, delivery)
    return [_with_known_keys(known, fault) for fault in faults]


class _Known:
    """Keys that exist, asked once for each table and only when a fault needs them."""

    def __init__(self, connection: Connection, delivery: Delivery) -> None:
        self._connection = connection
        self._delivery = delivery
        self._keys: dict[Reference, list[tuple[str, ...]]] = {}

    def keys(self, reference: Reference) -> list[tuple[str, ...]]:
        if reference not in self._keys:
            table = register.metadata.tables[reference.table]
            columns = [table.c[field] for field in reference.referred]
            stored = self._connection.execute(select(*columns))
            found = {tuple(row) for row in stored}
            found |= self._delivery.keys_of(reference.table, reference.referred)
            self._keys[reference] = sorted(tuple(map(str, key)) for key in found)
        return self._keys[reference]


def _with_known_keys(known: _Known, fault: Fault) -> Fault:
    file = _FILES.get(fault.file.rsplit(".", 1)[0])
    reference = _reference(file, fault.column) if file else None
    if reference is None:
        return fault
    hint = _nearest([key for (key,) in known.keys(reference)], fault.value)
    expected = Text(f"{fault.expected.nl}; {hint.nl}", f"{fault.expected.en}; {hint.en}")
    return replace(fault, expected=expected)


def _reference(file: DeliveryFile, column: str) -> Reference | None:
    if file.updates_only:
        return None
    for reference in file.references:
        listed = reference.table in _SHORT_LISTS and len(reference.fields) == 1
        if listed and column == file.headers(reference.fields):
            return reference
    return None


def _nearest(keys: list[str], value: str) -> Text:
    if not keys:
        return Text("er is er nog geen bekend", "none is known yet")
    wanted = "-".join(value.casefold().split())
    first = difflib.get_close_matches(wanted, keys, n=KEYS_SHOWN, cutoff=0.5)
    shown = [*first, *(key for key in keys if key not in first)][:KEYS_SHOWN]
    more = len(keys) - len(shown)
    listed = ", ".join(shown)
    return Text(
        f"bekend zijn {listed}{f' en nog {more}' if more else ''}",
        f"known are {listed}{f' and {more} more' if more else ''}",
    )
