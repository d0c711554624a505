"""Rules between rows: keys that occur once, and shares that add up.

Both look at the register as it would be after loading: the delivered rows, and the stored rows
that they do not replace.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from data_access import register
from data_access.deliveries.delivery import Delivery
from data_access.deliveries.faults import Fault
from data_access.deliveries.registry import SUPPLIER
from data_access.deliveries.rows import ParsedFile, ParsedRow
from data_access.deliveries.stored import Key, stored_by_key, stored_rows
from data_access.deliveries.withdrawing import Withdrawals
from indicators.vocabulary import Text

# Shares have five decimals: three parts of 0.33333 are a whole.
_LARGEST_ROUNDING = Decimal("0.00005")


@dataclass(frozen=True)
class ShareRule:
    """Shares of the same `whole` (the first key fields) must satisfy `holds`."""

    table: str
    whole: tuple[str, ...]
    part: str
    holds: Callable[[Decimal], bool]
    expected: Text


SHARE_RULES = (
    ShareRule(
        register.contract_financier.name,
        ("contract_id",),
        "financier_id",
        lambda total: abs(total - 1) <= _LARGEST_ROUNDING,
        Text("aandelen die per contract samen 1 zijn", "shares that are 1 in all for a contract"),
    ),
    ShareRule(
        register.spending_outcome.name,
        (SUPPLIER, "spending_id"),
        "outcome",
        lambda total: total <= 1 + _LARGEST_ROUNDING,
        Text(
            "aandelen die per besteding samen hoogstens 1 zijn",
            "shares that are at most 1 in all for one spending",
        ),
    ),
)


def double_keys(delivery: Delivery) -> Iterator[Fault]:
    """Yield a fault for each row whose key stands in an earlier row of the same file."""
    for parsed in delivery.files.values():
        keys = (parsed.file.key,) if parsed.file.updates_only else _all_keys(parsed)
        for fields in keys:
            first: dict[tuple[Any, ...], int] = {}
            for row, key in parsed.complete(fields):
                if key in first:
                    yield parsed.fault(row, parsed.file.written(fields), _once(first[key]))
                else:
                    first[key] = row.number


def keys_taken(
    connection: Connection, delivery: Delivery, withdrawals: Withdrawals
) -> Iterator[Fault]:
    """Yield a fault for each row that repeats something of a stored row with another key.

    Example: the register has a reading of this person on this day, under another kenmerk.
    """
    for parsed in delivery.files.values():
        gone = withdrawals.keys_of(parsed.file.table.name)
        for fields in () if parsed.file.updates_only else parsed.file.other_keys:
            yield from _taken(connection, parsed, fields, gone)


def share_faults(connection: Connection, delivery: Delivery) -> Iterator[Fault]:
    """Yield a fault for each contract or spending whose shares do not add up."""
    for rule in SHARE_RULES:
        for parsed in delivery.files_of(rule.table):
            yield from _share_faults(connection, parsed, rule)


def _all_keys(parsed: ParsedFile) -> tuple[tuple[str, ...], ...]:
    return (parsed.file.key, *parsed.file.other_keys)


def _once(earlier: int) -> Text:
    return Text(
        f"een sleutel die maar één keer voorkomt; deze staat al in rij {earlier}",
        f"a key that occurs only once; this one is already in row {earlier}",
    )


def _taken(
    connection: Connection, parsed: ParsedFile, fields: tuple[str, ...], gone: set[Key]
) -> Iterator[Fault]:
    key = parsed.file.key
    free = gone | {values for _, values in parsed.complete(key)}
    rows = list(parsed.complete((*fields, *key)))
    stored = stored_rows(
        connection, parsed.file.table, (*fields, *key), (values[0] for _, values in rows)
    )
    width = len(fields)
    holders = {row[:width]: row[width:] for row in stored if row[width:] not in free}
    for row, values in rows:
        if values[:width] in holders:
            supplier, own = holders[values[:width]]
            of_another = supplier != values[width]
            nl, en = (f" van {supplier}", f" of {supplier}") if of_another else ("", "")
            expected = Text(
                f"iets dat nog niet in het register staat; {own}{nl} heeft dit al",
                f"something that is not in the register yet; {own}{en} has it already",
            )
            yield parsed.fault(row, fields, expected)


def _share_faults(connection: Connection, parsed: ParsedFile, rule: ShareRule) -> Iterator[Fault]:
    fields = (*rule.whole, rule.part, "share")
    width = len(rule.whole)
    shares: dict[Key, dict[Any, Decimal]] = defaultdict(dict)
    last_row: dict[Key, ParsedRow] = {}
    broken = {
        tuple(row.values[field] for field in rule.whole)
        for row in parsed.rows
        if row.values.keys() >= set(rule.whole) and not {rule.part, "share"} <= row.values.keys()
    }
    for row, values in parsed.complete(fields):
        shares[values[:width]][values[width]] = values[-1]
        last_row[values[:width]] = row
    for stored in stored_by_key(connection, parsed.file.table, fields, list(shares)):
        if stored[:width] in shares:
            shares[stored[:width]].setdefault(stored[width], stored[-1])
    for whole, parts in shares.items():
        total = sum(parts.values(), Decimal(0))
        if whole not in broken and not rule.holds(total):
            column = parsed.file.columns["share"].header
            value = f"{whole[-1]}: {total.normalize():f}".replace(".", ",")
            yield Fault(parsed.file.name, last_row[whole].number, column, value, rule.expected)
