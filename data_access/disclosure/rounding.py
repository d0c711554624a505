"""Controlled rounding of one table."""

from data_access.disclosure.checks import check
from data_access.disclosure.draws import costs_of_going_up
from data_access.disclosure.limits import Tier, free_leaves, limits
from data_access.disclosure.programme import solve
from data_access.disclosure.tables import CountTable, RoundedTable


def round_table(table: CountTable, secret: bytes) -> RoundedTable:
    """Published values of a table, in the unit of its counts, each a multiple of its base.

    Each leaf and total is next to its true value and totals are sums of leaves; among such
    tables, the one that deviates least from the draws. The same table and secret give the same
    answer. Raises DisclosureError without a secret, or if the table contradicts itself.
    """
    check(table)
    free, rules = free_leaves(table), limits(table)
    ups = solve(costs_of_going_up(table, free, secret), rules)
    up = dict(zip(free, ups.tolist(), strict=True))
    values = {
        key: table.base * (table.leaves[key] // table.base + up.get(key, 0))
        for key in sorted(table.leaves)
    }
    broken: dict[Tier, set[tuple[str, ...]]] = {tier: set() for tier in Tier}
    for limit in rules:
        if not limit.low <= ups[list(limit.members)].sum() <= limit.high:
            broken[limit.tier].add(limit.key)
    return RoundedTable(
        values=values,
        totals={
            key: sum(values[leaf] for leaf in table.totals[key]) for key in sorted(table.totals)
        },
        widened=tuple(sorted(broken[Tier.NEXT_TO_TRUTH])),
        released=tuple(sorted(broken[Tier.KEEP])),
        unsteady=tuple(sorted(broken[Tier.HIDDEN] | broken[Tier.STEADY])),
    )
