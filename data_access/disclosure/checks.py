"""Refusal of tables that contradict themselves."""

from data_access.disclosure.tables import (
    SMALLEST_BASE,
    CountTable,
    DisclosureError,
    LeafKey,
    TotalKey,
)


def check(table: CountTable) -> None:
    """Raise a DisclosureError that names the key, if the table contradicts itself."""
    if table.base < SMALLEST_BASE:
        raise _refusal(
            table,
            f"een afrondingsbasis van {table.base} beschermt niemand; gebruik 5 of meer.",
            f"a base of {table.base} protects nobody; use 5 or more.",
        )
    for key, count in table.leaves.items():
        if count < 0:
            raise _refusal(
                table, f"het aantal van {key} is negatief.", f"the count of {key} is below zero."
            )
    for key, members in table.totals.items():
        _check_total(table, key, members)
    _check_earlier_values(table)
    _check_declared_keys(table)


def _refusal(table: CountTable, nl: str, en: str) -> DisclosureError:
    return DisclosureError(
        f"Meting {table.measure}, periode {table.draw_period or 'stand'}: {nl}",
        f"Measure {table.measure}, period {table.draw_period or 'stock'}: {en}",
    )


def _check_total(table: CountTable, key: TotalKey, members: tuple[LeafKey, ...]) -> None:
    if key in table.leaves:
        raise _refusal(
            table, f"{key} is zowel cel als totaal.", f"{key} is both a leaf and a total."
        )
    if len(set(members)) != len(members):
        raise _refusal(
            table, f"totaal {key} telt een cel dubbel.", f"total {key} counts a leaf twice."
        )
    for member in members:
        if member not in table.leaves:
            raise _refusal(
                table,
                f"totaal {key} telt {member} mee, maar die cel is er niet.",
                f"total {key} counts {member}, which is not in the table.",
            )


def _check_earlier_values(table: CountTable) -> None:
    for name, earlier in (("keep", table.keep), ("prefer", table.prefer)):
        for key, value in earlier.items():
            count = table.leaves.get(key)
            if count is None or value % table.base or abs(value - count) >= table.base:
                raise _refusal(
                    table,
                    f"{name} noemt {key}, maar die waarde hoort niet bij een ongewijzigde cel.",
                    f"{name} names {key}, but that value does not belong to an unchanged leaf.",
                )


def _check_declared_keys(table: CountTable) -> None:
    for name, declared in (
        ("steady", table.steady),
        ("at_most", table.at_most),
        ("at_least", table.at_least),
        ("carried", table.carried),
    ):
        for key in declared:
            if key not in table.leaves and key not in table.totals:
                raise _refusal(
                    table,
                    f"{name} noemt {key}, en dat is geen cel of totaal van de tabel.",
                    f"{name} names {key}, which is no leaf or total of the table.",
                )
    for key, (_, published) in table.carried.items():
        if published % table.base:
            raise _refusal(
                table,
                f"carried van {key} is geen veelvoud van {table.base}.",
                f"carried of {key} is no multiple of {table.base}.",
            )
