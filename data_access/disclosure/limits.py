"""The rules of a table as limits on how many of its leaves are rounded up."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from data_access.disclosure.tables import CountTable, LeafKey, TotalKey


class Tier(IntEnum):
    """What gives way last to first."""

    BOUND = 0
    KEEP = 1
    WIDEN = 2
    STEADY = 3


@dataclass(frozen=True)
class Limit:
    """The number of `members` (positions of free leaves) rounded up lies in low..high.

    below, above: cost of the first step beyond the limit, for limits that may give way.
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
class _Cell:
    """A published number: its true value, and its value in steps of the base if all go down."""

    key: LeafKey | TotalKey
    true: int
    lowest: int
    members: tuple[int, ...]


def free_leaves(table: CountTable) -> list[LeafKey]:
    """Leaves that are not a multiple of the base, in the order of their keys."""
    return sorted(key for key, count in table.leaves.items() if count % table.base)


def limits(table: CountTable) -> list[Limit]:
    """Every rule of the table, in the order of its keys."""
    position = {key: index for index, key in enumerate(free_leaves(table))}
    found: list[Limit] = []
    for cell in _cells(table, position):
        if cell.key in table.totals:
            found.append(_next_to(cell, Tier.WIDEN, table.base, cell.true, 0))
        found.extend(_declared(table, cell))
    return [limit for limit in found if limit.can_be_broken]


def _cells(table: CountTable, position: dict[LeafKey, int]) -> Iterator[_Cell]:
    for key in sorted(table.leaves):
        yield _cell(table, position, key, (key,))
    for key in sorted(table.totals):
        yield _cell(table, position, key, table.totals[key])


def _cell(
    table: CountTable,
    position: dict[LeafKey, int],
    key: LeafKey | TotalKey,
    leaves: tuple[LeafKey, ...],
) -> _Cell:
    counts = [table.leaves[leaf] for leaf in leaves]
    members = sorted(position[leaf] for leaf in leaves if leaf in position)
    lowest = sum(count // table.base for count in counts)
    return _Cell(key, sum(counts), lowest, tuple(members))


def _declared(table: CountTable, cell: _Cell) -> Iterator[Limit]:
    base, key = table.base, cell.key
    if key in table.carried:
        true, published = table.carried[key]
        yield _next_to(cell, Tier.WIDEN, base, true + cell.true, published // base)
    if key in table.steady:
        yield _steady(cell, base, *table.steady[key])
    for tier, earlier in ((Tier.KEEP, table.keep), (Tier.STEADY, table.prefer)):
        if key in earlier:
            up = earlier[key] // base - cell.lowest
            yield Limit(key, tier, cell.members, up, up)
    if key in table.at_most or key in table.at_least:
        low = -(-table.at_least[key] // base) - cell.lowest if key in table.at_least else 0
        high = len(cell.members)
        if key in table.at_most:
            high = table.at_most[key] // base - cell.lowest
        yield Limit(key, Tier.BOUND, cell.members, low, high)


def _next_to(cell: _Cell, tier: Tier, base: int, true: int, published_before: int) -> Limit:
    constant = published_before + cell.lowest
    return Limit(cell.key, tier, cell.members, true // base - constant, -(-true // base) - constant)


def _steady(cell: _Cell, base: int, lowest_error: int, highest_error: int) -> Limit:
    """Errors of one cell lie less than one base apart; if they did not, they get no wider."""
    low_error = min(lowest_error, highest_error - base + 1)
    high_error = max(highest_error, lowest_error + base - 1)
    low = -(-(cell.true + low_error) // base) - cell.lowest
    high = (cell.true + high_error) // base - cell.lowest
    below = cell.true + low_error - base * (low - 1 + cell.lowest)
    above = base * (high + 1 + cell.lowest) - cell.true - high_error
    return Limit(cell.key, Tier.STEADY, cell.members, low, high, below, above)
