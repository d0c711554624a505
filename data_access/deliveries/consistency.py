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
from data_access.deliveries.rows import ParsedFile, ParsedRow
from data_access.deliveries.stored import stored_rows
from indicators.vocabulary import Text

# Shares have five decimals: three parts of 0.33333 are a whole.
_LARGEST_ROUNDING = Decimal("0.00005")


@dataclass(frozen=True)
class ShareRule:
    """Shares of the same `whole` (first key field) must satisfy `holds`."""

    table: str
    whole: str
    part: str
    holds: Callable[[Decimal], bool]
    expected: Text


SHARE_RULES = (
    ShareRule(
        register.contract_financier.name,
        "contract_id",
        "financier_id",
        lambda total: abs(total - 1) <= _LARGEST_ROUNDING,
        Text("aandelen die per contract samen 1 zijn", "shares that are 1 in all for a contract"),
    ),
    ShareRule(
        register.spending_outcome.name,
        "spending_id",
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
                    yield parsed.fault(row, fields, _once(first[key]))
                else:
                    first[key] = row.number


def keys_taken(connection: Connection, delivery: Delivery) -> Iterator[Fault]:
    """Yield a fault for each row that repeats something of a stored row with another key.

    Example: the register has a reading of this person on this day, under another kenmerk.
    """
    for parsed in delivery.files.values():
        for fields in () if parsed.file.updates_only else parsed.file.other_keys:
            yield from _taken(connection, parsed, fields)


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


def _taken(connection: Connection, parsed: ParsedFile, fields: tuple[str, ...]) -> Iterator[Fault]:
    key = parsed.file.key
    delivered = {values for _, values in parsed.complete(key)}
    rows = list(parsed.complete((*fields, *key)))
    stored = stored_rows(
        connection, parsed.file.table, (*fields, *key), (values[0] for _, values in rows)
    )
    width = len(fields)
    holders = {row[:width]: row[width:] for row in stored if row[width:] not in delivered}
    for row, values in rows:
        if values[:width] in holders:
            holder = " + ".join(str(part) for part in holders[values[:width]])
            expected = Text(
                f"iets dat nog niet in het register staat; {holder} heeft dit al",
                f"something that is not in the register yet; {holder} has it already",
            )
            yield parsed.fault(row, fields, expected)


def _share_faults(connection: Connection, parsed: ParsedFile, rule: ShareRule) -> Iterator[Fault]:
    fields = (rule.whole, rule.part, "share")
    shares: dict[Any, dict[Any, Decimal]] = defaultdict(dict)
    last_row: dict[Any, ParsedRow] = {}
    broken = {
        row.values[rule.whole]
        for row in parsed.rows
        if rule.whole in row.values and not {rule.part, "share"} <= row.values.keys()
    }
    for row, (whole, part, share) in parsed.complete(fields):
        shares[whole][part] = share
        last_row[whole] = row
    for whole, part, share in stored_rows(connection, parsed.file.table, fields, shares):
        shares[whole].setdefault(part, share)
    for whole, parts in shares.items():
        total = sum(parts.values(), Decimal(0))
        if whole not in broken and not rule.holds(total):
            column = parsed.file.columns["share"].header
            value = f"{whole}: {total.normalize():f}".replace(".", ",")
            yield Fault(parsed.file.name, last_row[whole].number, column, value, rule.expected)
