"""The integer programme: which free leaves go up."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from data_access.disclosure.limits import Limit, Tier
from data_access.disclosure.tables import DisclosureError

Vector = NDArray[np.int64]

_ENUMERATED = 10
_NODES = 20_000
import os
PRE=bool(int(os.environ.get('PRE','0')))
_OPTIMAL, _LIMIT, _INFEASIBLE = 0, 1, 2


def solve(costs: Vector, limits: Sequence[Limit]) -> Vector:
    """1 for each free leaf that goes up, 0 for the others.

    costs: cost of going up, per free leaf. All limits hold if they can. Otherwise the tiers give
    way in their order: as little as possible of `keep`, then of the totals, then of steadiness;
    bounds never do. Within that, the cost is the lowest there is.
    """
    if not len(costs):
        _check_bounds_of_constants(limits)
        return costs
    if len(costs) <= _ENUMERATED:
        return _enumerate(costs, limits)
    strict = _strict(costs, limits)
    return _in_tiers(costs, limits) if strict is None else strict


def _check_bounds_of_constants(limits: Sequence[Limit]) -> None:
    for limit in limits:
        if limit.tier is Tier.BOUND and limit.can_be_broken:
            raise _impossible()


def _impossible() -> DisclosureError:
    return DisclosureError(
        "The bounds of a table contradict each other: no rounding keeps every part within its "
        "whole. Check that the whole was rounded before its parts and counts the same people."
    )


@cache
def _choices(size: int) -> Vector:
    numbers = np.arange(1 << size, dtype=np.int64)
    return (numbers[:, None] >> np.arange(size)) & 1


def _enumerate(costs: Vector, limits: Sequence[Limit]) -> Vector:
    choices = _choices(len(costs))
    broken = np.zeros((len(Tier), len(choices)), dtype=np.int64)
    for limit in limits:
        ups = choices[:, limit.members].sum(axis=1)
        broken[limit.tier] += limit.below * np.maximum(limit.low - ups, 0)
        broken[limit.tier] += limit.above * np.maximum(ups - limit.high, 0)
    best = np.lexsort((choices @ costs, *broken[::-1]))[0]
    if broken[Tier.BOUND, best]:
        raise _impossible()
    return choices[best]


def _strict(costs: Vector, limits: Sequence[Limit]) -> Vector | None:
    """All limits hold, or None."""
    ranges: dict[tuple[int, ...], tuple[int, int]] = {}
    for limit in limits:
        low, high = ranges.get(limit.members, (0, len(limit.members)))
        ranges[limit.members] = (max(low, limit.low), min(high, limit.high))
    if any(low > high for low, high in ranges.values()):
        return None
    matrix = _membership(list(ranges), len(costs))
    lows, highs = np.array(list(ranges.values()), dtype=float).reshape(-1, 2).T
    return _milp(costs.astype(float), matrix, lows, highs, np.ones(len(costs)), len(costs))


def _in_tiers(costs: Vector, limits: Sequence[Limit]) -> Vector:
    """Each tier gives way as little as the tiers before it allow."""
    size = len(costs)
    matrix = _membership([limit.members for limit in limits], size)
    lows = np.array([limit.low for limit in limits], dtype=float)
    highs = np.array([limit.high for limit in limits], dtype=float)
    slacks = _slacks(limits)
    widths = np.array([1] * size + [slack.most for slack in slacks], dtype=float)
    extra = np.zeros((len(limits), len(slacks)))
    for column, slack in enumerate(slacks):
        extra[slack.row, column] = slack.sign
    matrix = np.hstack([matrix, extra])
    for tier in (Tier.KEEP, Tier.WIDEN, Tier.STEADY):
        price = np.array([0] * size + [slack.cost * (slack.tier is tier) for slack in slacks], dtype=float)
        if not price.any():
            continue
        answer = _milp(price, matrix, lows, highs, widths, size)
        if answer is None:
            raise _impossible()
        matrix = np.vstack([matrix, price])
        lows = np.append(lows, -np.inf)
        highs = np.append(highs, _broken(answer, limits, tier))
    answer = _milp(np.append(costs, [0] * len(slacks)).astype(float), matrix, lows, highs, widths, size)
    if answer is None:
        raise _impossible()
    return answer


from dataclasses import dataclass
@dataclass(frozen=True)
class _Slack:
    row: int
    sign: int
    most: int
    cost: int
    tier: Tier

def _slacks(limits):
    found = []
    for row, limit in enumerate(limits):
        if limit.tier is Tier.BOUND: continue
        if limit.low > 0: found.append(_Slack(row, 1, limit.low, limit.below, limit.tier))
        if limit.high < len(limit.members): found.append(_Slack(row, -1, len(limit.members)-limit.high, limit.above, limit.tier))
    return found


def _broken(answer: Vector, limits: Sequence[Limit], tier: Tier) -> int:
    total = 0
    for limit in limits:
        if limit.tier is tier:
            ups = int(answer[list(limit.members)].sum())
            total += limit.below * max(limit.low - ups, 0) + limit.above * max(ups - limit.high, 0)
    return total


def _membership(rows: Sequence[tuple[int, ...]], size: int) -> NDArray[np.float64]:
    matrix = np.zeros((len(rows), size))
    for row, members in zip(matrix, rows, strict=True):
        row[list(members)] = 1
    return matrix


def _milp(
    price: NDArray[np.float64],
    matrix: NDArray[np.float64],
    lows: NDArray[np.float64],
    highs: NDArray[np.float64],
    widths,
    size: int,
) -> Vector | None:
    """The first `size` columns are leaves (0 or 1), the others slack (0 or more)."""
    columns = len(price)
    result = milp(
        price,
        integrality=np.arange(columns) < size,
        bounds=Bounds(0, widths),
        constraints=LinearConstraint(matrix, lows, highs) if len(matrix) else None,
        options={"mip_rel_gap": 0, "node_limit": _NODES, "presolve": PRE},
    )
    if result.status == _INFEASIBLE:
        return None
    if result.x is None:
        raise DisclosureError(f"The table could not be rounded: {result.message}")
    return np.rint(result.x[:size]).astype(np.int64)
