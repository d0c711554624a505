"""Controlled rounding of one table."""

import numpy as np

from data_access.disclosure.draws import draw
from data_access.disclosure.limits import Limit, Tier, free_leaves, limits
from data_access.disclosure.programme import Vector, solve
from data_access.disclosure.tables import (
    CountTable,
    DisclosureError,
    LeafKey,
    RoundedTable,
    check,
)

import os
TOTALS = float(os.environ.get("TOT", "1"))

def round_table(table: CountTable, secret: bytes) -> RoundedTable:
    check(table)
    free = free_leaves(table)
    rules = limits(table)
    ups = solve(_costs(table, free, secret), rules)
    values = _values(table, free, ups)
    return RoundedTable(
        values=values,
        totals={key: sum(values[leaf] for leaf in table.totals[key]) for key in sorted(table.totals)},
        widened=_broken(rules, ups, Tier.WIDEN),
        released=_broken(rules, ups, Tier.KEEP),
        unsteady=_broken(rules, ups, Tier.STEADY),
    )


def _costs(table: CountTable, free: list[LeafKey], secret: bytes) -> Vector:
    costs = np.zeros(len(free), dtype=np.int64)
    pos = {k:i for i,k in enumerate(free)}
    for i, key in enumerate(free):
        d = draw(secret, (table.measure, table.draw_period, *key), table.leaves[key] % table.base, table.base)
        costs[i] += -d.cost if d.up else d.cost
    if TOTALS:
        for key in sorted(table.totals):
            m = [pos[l] for l in table.totals[key] if l in pos]
            true = sum(table.leaves[l] for l in table.totals[key])
            if len(m) > 1 and true % table.base:
                d = draw(secret, (table.measure, table.draw_period, *key), true % table.base, table.base)
                c = int(TOTALS*d.cost)
                costs[m] += -c if d.up else c
    return costs


def _values(table: CountTable, free: list[LeafKey], ups: Vector) -> dict[LeafKey, int]:
    up = dict(zip(free, ups.tolist(), strict=True))
    return {k: table.base * (c // table.base + up.get(k, 0)) for k, c in sorted(table.leaves.items())}


def _broken(rules: list[Limit], ups: Vector, tier: Tier):
    keys = {r.key for r in rules if r.tier is tier and not r.low <= int(ups[list(r.members)].sum()) <= r.high}
    return tuple(sorted(keys))
