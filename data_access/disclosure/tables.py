"""What goes into controlled rounding and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from data_access.errors import PublishRefused

LeafKey = tuple[str, ...]
TotalKey = tuple[str, ...]

SMALLEST_BASE = 5


class DisclosureError(PublishRefused):
    """A table cannot be protected as asked. The sentence names keys, never a true count."""


@dataclass(frozen=True, kw_only=True)
class CountTable:
    """One measure in one period: true counts of people, and the totals that will be published.

    measure, draw_period: with a leaf's or total's key they name its draw. A stock has draw_period
        '': the same draw at each date. The three together must mean one count only.
    leaves: true count per leaf, 0 or more: people, or the unit of `base` (see `sum_base`).
    totals: the leaves of each published margin. Every sum that a reader can form belongs here.
    base: published values are multiples of this; 5 or more.
    keep: published value of leaves unchanged since the last release of this period.
    prefer: published value of leaves unchanged since the previous reference date.
    steady: lowest and highest `published - true` of a leaf or total in all earlier tables with
        the same draw: other dates of a stock, earlier releases of this period.
    at_most, at_least: bounds on the published value of a leaf or total, taken from other
        published values: the whole of which it is a part, the parts of which it is the whole.
    carried: true and published sum of a leaf or total over the quarters of the year that have
        been published already; the sum with this quarter stays next to the truth too.
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
    """Published values, all multiples of the base, and what had to give way.

    values, totals: published value per leaf and per total; a total is the sum of its leaves.
    widened: totals that are not next to the truth, and keys whose sum over the year is not.
    released: kept leaves that changed because a bound left no other way.
    unsteady: keys for which `prefer` or `steady` could not be honoured.

    The last three tell something about the truth: they are for the publisher's own log. A
    release may say how many totals were widened in it as a whole, never which.
    """

    values: dict[LeafKey, int]
    totals: dict[TotalKey, int]
    widened: tuple[LeafKey | TotalKey, ...]
    released: tuple[LeafKey, ...]
    unsteady: tuple[LeafKey | TotalKey, ...]


def sum_base(declared: int, largest: int) -> int:
    """Base for rounding a sum over people, such as hours, in the unit of that sum.

    declared: the measure's own base, 5 or more. largest: the largest contribution of one person
    to any cell of the measure. Gives the smallest multiple of `declared` that is no smaller than
    `largest`, so that one person's share cannot be pinned down. The base itself is published, so
    take `largest` over the whole measure and not per wijk: it tells one number about one person,
    in steps of `declared`.
    """
    if declared < SMALLEST_BASE:
        raise DisclosureError(
            f"Een afrondingsbasis van {declared} beschermt niemand; gebruik 5 of meer.",
            f"A base of {declared} protects nobody; use 5 or more.",
        )
    return declared * max(1, -(-largest // declared))
