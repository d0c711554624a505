"""What goes into controlled rounding and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

LeafKey = tuple[str, ...]
TotalKey = tuple[str, ...]

SMALLEST_BASE = 5


class DisclosureError(ValueError):
    """The table cannot be protected as asked; the message says why, without a true count."""


@dataclass(frozen=True, kw_only=True)
class CountTable:
    """One measure in one period: true counts of people, and the totals that will be published.

    measure, draw_period: name the draw of each leaf, together with the leaf's key. A stock has
        draw_period '': the same draw at each date. The three must point at one count only.
    leaves: true count (people, or hours when `base` is a base of hours) per leaf, 0 or more.
    totals: the leaves of each published margin. Every sum that can be formed belongs here.
    base: published values are multiples of this; at least 5.
    keep: published value of leaves that have not changed since the last release of this period.
    prefer: published value of leaves that have not changed since the previous reference date.
    steady: (lowest, highest) of published - true so far, over earlier dates and releases with
        the same draw. Leaf or total.
    at_most, at_least: bounds on published values that come from other published values (the
        whole of a subset, the subsets of a whole). Leaf or total.
    carried: (true, published) sum of the other quarters of the year that are published already.
        Leaf or total.
    """

    measure: str
    draw_period: str
    leaves: Mapping[LeafKey, int]
    totals: Mapping[TotalKey, tuple[LeafKey, ...]]
    base: int = SMALLEST_BASE
    keep: Mapping[LeafKey, int] = field(default_factory=dict)
    prefer: Mapping[LeafKey, int] = field(default_factory=dict)
    steady: Mapping[LeafKey | TotalKey, tuple[int, int]] = field(default_factory=dict)
    at_most: Mapping[LeafKey | TotalKey, int] = field(default_factory=dict)
    at_least: Mapping[LeafKey | TotalKey, int] = field(default_factory=dict)
    carried: Mapping[LeafKey | TotalKey, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class RoundedTable:
    """Protected values, all multiples of the base, and what had to give way.

    values, totals: published value per leaf and per total; a total is the sum of its leaves.
    widened: keys whose value, or whose sum over the year, is not next to the truth.
    released: kept leaves that had to change because of a bound.
    unsteady: keys for which `prefer` or `steady` could not be honoured.

    The last three describe the truth, so they are for the publisher: a release may say how many
    totals were widened in it, never which (see the package's docstring).
    """

    values: dict[LeafKey, int]
    totals: dict[TotalKey, int]
    widened: tuple[LeafKey | TotalKey, ...]
    released: tuple[LeafKey, ...]
    unsteady: tuple[LeafKey | TotalKey, ...]


def check(table: CountTable) -> None:
    """Refuse a table that contradicts itself, with a DisclosureError that names the key."""
    if table.base < SMALLEST_BASE:
        raise DisclosureError(
            f"{table.measure}: base {table.base} protects nobody; use 5 or more."
        )
    for key, count in table.leaves.items():
        if count < 0:
            raise DisclosureError(f"{table.measure}: the count of {key} is below zero.")
    for key, members in table.totals.items():
        _check_total(table, key, members)
    for name in ("keep", "prefer"):
        _check_earlier_values(table, name, getattr(table, name))
    for name in ("steady", "at_most", "at_least", "carried"):
        for key in getattr(table, name):
            if key not in table.leaves and key not in table.totals:
                raise DisclosureError(
                    f"{table.measure}: {name} names {key}, which is not in the table."
                )
    for key, (_, published) in table.carried.items():
        if published % table.base:
            raise DisclosureError(
                f"{table.measure}: the carried value of {key} is not a multiple of {table.base}."
            )


def _check_total(table: CountTable, key: TotalKey, members: tuple[LeafKey, ...]) -> None:
    if key in table.leaves:
        raise DisclosureError(f"{table.measure}: {key} is both a leaf and a total.")
    if len(set(members)) != len(members):
        raise DisclosureError(f"{table.measure}: total {key} counts a leaf twice.")
    for member in members:
        if member not in table.leaves:
            raise DisclosureError(
                f"{table.measure}: total {key} counts {member}, which is not in the table."
            )


def _check_earlier_values(table: CountTable, name: str, earlier: Mapping[LeafKey, int]) -> None:
    for key, value in earlier.items():
        if key not in table.leaves:
            raise DisclosureError(
                f"{table.measure}: {name} names {key}, which is not a leaf of the table."
            )
        if value % table.base or abs(value - table.leaves[key]) >= table.base:
            raise DisclosureError(
                f"{table.measure}: the {name} value of {key} is not next to its count; "
                "only leaves that did not change may be listed."
            )


def sum_base(declared: int, largest: int) -> int:
    """Base for rounding a sum over people, such as hours, in the unit of the sum.

    declared: the measure's own base. largest: the largest contribution of one person in all
    cells of the measure. Gives the smallest multiple of `declared` that is no smaller than
    `largest`, so that one person's share cannot be pinned down.
    """
    if declared < SMALLEST_BASE:
        raise DisclosureError(f"A declared base of {declared} protects nobody; use 5 or more.")
    return declared * max(1, -(-largest // declared))
