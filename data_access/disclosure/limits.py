"""The rules of a table, as limits on how many of its free leaves are rounded up."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from data_access.disclosure.tables import CountTable, LeafKey, TotalKey


class Tier(IntEnum):
    """Which limits give way when not all can hold: the last first, the first never."""

    BOUND = 0
    KEEP = 1
    HIDDEN = 2
    NEXT_TO_TRUTH = 3
    STEADY = 4


@dataclass(frozen=True)
class Limit:
    """The number of `members` (positions of free leaves) that go up is in low..high.

    below, above: cost of each step beyond the limit.
    """

    key: LeafKey | TotalKey
    tier: Tier
    members: tuple[int, ...]
    low: int
    high: int
    below: int = 1
    above: int = 1

    @property
    def can_be_broken(self) -> bool:
        return self.low > 0 or self.high < len(self.members)


@dataclass(frozen=True)
class _Number:
    """A leaf or total: its true value, and its published value in steps if all leaves go down."""

    key: LeafKey | TotalKey
    true: int
    lowest: int
    members: tuple[int, ...]


def free_leaves(table: CountTable) -> list[LeafKey]:
    """Leaves that are no multiple of the base, in the order of their keys."""
    return sorted(key for key, count in table.leaves.items() if count % table.base)


def limits(table: CountTable) -> list[Limit]:
    """Every rule of the table that a choice of directions can break, in the order of its keys."""
    return [
        limit
        for number in _numbers(table)
        for limit in _rules(table, number)
        if limit.can_be_broken
    ]


def _numbers(table: CountTable) -> Iterator[_Number]:
    position = {key: index for index, key in enumerate(free_leaves(table))}
    parts = {key: (key,) for key in table.leaves} | dict(table.totals)
    for key in sorted(parts):
        counts = [table.leaves[leaf] for leaf in parts[key]]
        members = sorted(position[leaf] for leaf in parts[key] if leaf in position)
        lowest = sum(count // table.base for count in counts)
        yield _Number(key, sum(counts), lowest, tuple(members))


def _rules(table: CountTable, number: _Number) -> Iterator[Limit]:
    key = number.key
    yield from _bound(table, number)
    for tier, earlier in ((Tier.KEEP, table.keep), (Tier.STEADY, table.prefer)):
        if key in earlier:
            up = earlier[key] // table.base - number.lowest
            yield Limit(key, tier, number.members, up, up)
    if key in table.totals:
        yield _next_to_truth(table, number, 0, 0)
    if key in table.carried:
        yield _next_to_truth(table, number, *table.carried[key])
    if key in table.steady:
        yield _spread(table, number, Tier.HIDDEN, 2 * table.base - 3)
        if key in table.leaves:
            yield _spread(table, number, Tier.STEADY, table.base - 1)


def _bound(table: CountTable, number: _Number) -> Iterator[Limit]:
    low, high = 0, len(number.members)
    if number.key in table.at_least:
        low = -(-table.at_least[number.key] // table.base) - number.lowest
    if number.key in table.at_most:
        high = table.at_most[number.key] // table.base - number.lowest
    yield Limit(number.key, Tier.BOUND, number.members, low, high)


def _next_to_truth(
    table: CountTable, number: _Number, true_before: int, published_before: int
) -> Limit:
    true = true_before + number.true
    lowest = published_before // table.base + number.lowest
    low, high = true // table.base - lowest, -(-true // table.base) - lowest
    return Limit(number.key, Tier.NEXT_TO_TRUTH, number.members, low, high)


def _spread(table: CountTable, number: _Number, tier: Tier, widest: int) -> Limit:
    """`published - true` over all tables with this draw spans at most `widest`.

    One who knows every change of a number knows these differences up to a constant, and is left
    with 2 * base - 1 - span possible values. If the span is wider already, it gets no wider.
    """
    lowest_error, highest_error = table.steady[number.key]
    floor = number.true + min(lowest_error, highest_error - widest)
    ceiling = number.true + max(highest_error, lowest_error + widest)
    low, high = -(-floor // table.base), ceiling // table.base
    return Limit(
        number.key,
        tier,
        number.members,
        low - number.lowest,
        high - number.lowest,
        below=floor - table.base * (low - 1),
        above=table.base * (high + 1) - ceiling,
    )
