"""The integer programme: which free leaves go up."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from data_access.disclosure.limits import Limit, Tier
from data_access.disclosure.tables import DisclosureError

Vector = NDArray[np.int64]

_ENUMERATED_LEAVES = 10

# Without presolve: with it, HiGHS 1.12 can loop for ever on tables of a hundred leaves, and its
# time limit is not looked at there. A limit on nodes gives the same answer on a slow machine.
_OPTIONS = {"mip_rel_gap": 0, "node_limit": 20_000, "presolve": False}


class _Rules:
    """Limits as arrays: `matrix` has a row per limit and a column per free leaf."""

    def __init__(self, limits: Sequence[Limit], leaves: int) -> None:
        self.matrix = np.zeros((len(limits), leaves), dtype=np.int64)
        for row, limit in enumerate(limits):
            self.matrix[row, list(limit.members)] = 1
        columns = [(x.low, x.high, x.below, x.above, x.tier) for x in limits]
        arrays = np.array(columns, dtype=np.int64).reshape(-1, 5).T
        self.low, self.high, self.below, self.above, self.tier = arrays
        self._in_tier = (self.tier[:, None] == np.arange(len(Tier))).astype(np.int64)

    def broken(self, choices: Vector) -> Vector:
        """Cost of the limits that choices of directions (one a row) break, per tier."""
        ups = choices @ self.matrix.T
        price = self.below * np.maximum(self.low - ups, 0)
        price += self.above * np.maximum(ups - self.high, 0)
        per_tier: Vector = (price @ self._in_tier).T
        return per_tier


def solve(costs: Vector, limits: Sequence[Limit]) -> Vector:
    """1 for each free leaf that goes up, 0 for the others.

    costs: of going up, per free leaf, whole numbers. The answer has the lowest cost among those
    in which all limits hold. If there is none, each tier gives way as little as the tiers before
    it allow. Bounds never give way: a DisclosureError says so.
    """
    rules = _Rules(limits, len(costs))
    if len(costs) <= _ENUMERATED_LEAVES:
        answer = _enumerate(costs, rules)
    else:
        answer = _strict(costs, rules)
        if rules.broken(answer[None]).any():
            answer = _in_tiers(costs, rules)
    if rules.broken(answer[None])[Tier.BOUND].any():
        raise DisclosureError(
            "De grenzen van een tabel spreken elkaar tegen: geen afronding houdt elk deel binnen "
            "zijn geheel. Rond eerst het geheel af, en tel in beide dezelfde mensen.",
            "The bounds of a table contradict each other: no rounding keeps every part within its "
            "whole. Round the whole first, and count the same people in both.",
        )
    return answer


@cache
def _choices(leaves: int) -> Vector:
    numbers = np.arange(1 << leaves, dtype=np.int64)
    return (numbers[:, None] >> np.arange(leaves)) & 1


def _enumerate(costs: Vector, rules: _Rules) -> Vector:
    choices = _choices(len(costs))
    best = np.lexsort((choices @ costs, *rules.broken(choices)[::-1]))[0]
    answer: Vector = choices[best]
    return answer


def _strict(costs: Vector, rules: _Rules) -> Vector:
    """The cheapest choice in which all limits hold, or one in which they do not if none is found.

    Most time goes to HiGHS, so it is not called if each leaf's own cheapest direction will do:
    that is so in small tables, and when (nearly) all leaves are kept.
    """
    low, high = np.zeros_like(costs), np.ones_like(costs)
    single = rules.matrix.sum(axis=1) == 1
    for row in np.flatnonzero(single):
        leaf = rules.matrix[row].argmax()
        low[leaf] = max(low[leaf], rules.low[row])
        high[leaf] = min(high[leaf], rules.high[row])
    cheapest: Vector = np.clip((costs < 0).astype(np.int64), low, high)
    if (low > high).any() or not rules.broken(cheapest[None]).any():
        return cheapest
    rows = LinearConstraint(rules.matrix[~single], rules.low[~single], rules.high[~single])
    return _milp(costs, Bounds(low, high), rows, otherwise=cheapest)


def _in_tiers(costs: Vector, rules: _Rules) -> Vector:
    """Minimise what each tier gives way, one after another, then the cost.

    Columns: the leaves, then how far each limit is undershot, then how far it is exceeded. These
    have upper bounds that never bind: HiGHS behaves better with them than with infinity.
    """
    soft = rules.tier != Tier.BOUND
    slack = np.diag(soft.astype(np.int64))
    matrix = np.hstack([rules.matrix, slack, -slack])
    low, high = rules.low.astype(float), rules.high.astype(float)
    under = np.where(soft, np.maximum(rules.low, 0), 0)
    over = np.where(soft, np.maximum(rules.matrix.sum(axis=1) - rules.high, 0), 0)
    widths = Bounds(0, np.concatenate([np.ones_like(costs), under, over]))
    answer: Vector = np.zeros_like(costs)
    for tier in [*Tier][1:]:
        mine = rules.tier == tier
        price = np.concatenate([np.zeros_like(costs), rules.below * mine, rules.above * mine])
        if mine.any():
            answer = _milp(price, widths, LinearConstraint(matrix, low, high), answer)
            matrix = np.vstack([matrix, price])
            low = np.append(low, -np.inf)
            high = np.append(high, rules.broken(answer[None])[tier])
    price = np.concatenate([costs, np.zeros(2 * len(soft), dtype=np.int64)])
    return _milp(price, widths, LinearConstraint(matrix, low, high), answer)


def _milp(price: Vector, widths: Bounds, rows: LinearConstraint, otherwise: Vector) -> Vector:
    """The first columns are leaves, as many as `otherwise` has: the answer if none is found."""
    leaves = len(otherwise)
    result = milp(
        price.astype(float),
        integrality=np.arange(len(price)) < leaves,
        bounds=widths,
        constraints=rows,
        options=_OPTIONS,
    )
    return otherwise if result.x is None else np.rint(result.x[:leaves]).astype(np.int64)
